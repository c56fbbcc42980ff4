// The journey by Apollo Client: normalised cache, pages merged as Relay's connections are, error link, upload link.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs';
import { createClient } from 'graphql-ws';
import { from, switchMap } from 'rxjs';
import { WebSocket } from 'ws';
import { documents } from './journey/documents.mjs';
import { Session, hasExpired } from './journey/session.mjs';
import { openReviews, travel } from './journey/steps.mjs';
import { possibleTypes } from './support/schema.mjs';
import { startServer } from './support/server.mjs';
import { picture } from './support/picture.mjs';
import { signIn } from './support/wire.mjs';

let server;
before(async () => {
  server = await startServer();
  await openReviews(server.url);
});
after(() => server?.stop());

test('the journey by Apollo Client', async (t) => {
  const { client, socket, ...adapter } = apollo(server.url);
  await travel(t, server, adapter);
  await t.test('one object is one entry of the cache, wherever it was read', () => assertNormalised(client));
  await socket.dispose();
});

test('pages are merged into one list', async () => {
  const { client } = apollo(server.url);
  const query = gql`
    query ($after: String) {
      courses(first: 3, after: $after, sort: { field: TITLE, direction: ASC }) {
        totalCount
        edges { node { id title } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `;
  await client.query({ query });
  const watched = client.watchQuery({ query });
  const subscription = watched.subscribe(() => {});
  let data = client.readQuery({ query });
  while (data.courses.pageInfo.hasNextPage) {
    await watched.fetchMore({ variables: { after: data.courses.pageInfo.endCursor } });
    data = client.readQuery({ query });
  }
  subscription.unsubscribe();
  const titles = data.courses.edges.map(({ node }) => node.title);
  assert.equal(titles.length, data.courses.totalCount);
  assert.equal(new Set(titles).size, titles.length);
});

test('a picture is uploaded in a multipart request', async () => {
  const { client, session } = apollo(server.url);
  session.keep({ accessToken: await signIn(server.url, 'student@lectern.test', 'lectern-demo') });
  const { data } = await client.mutate({
    mutation: gql`
      mutation ($input: UploadImageInput!) {
        uploadImage(input: $input) {
          media { id fileName mimeType }
          userErrors { code }
        }
      }
    `,
    variables: { input: { file: await picture(), purpose: 'AVATAR' } },
  });
  const { media, userErrors } = data.uploadImage;
  assert.deepEqual(userErrors, []);
  // Drawn anew by the server, as a JPEG.
  assert.deepEqual([media.fileName, media.mimeType], ['picture.png', 'image/jpeg']);
});

test('the error link hears of an error with its code, and what else was asked for is there', async () => {
  const { client, errors } = apollo(server.url);
  const { data, error } = await client.query({
    query: gql`{ courses(first: 1) { nodes { title } } node(id: "course_01aaaaaaaaaaaaaaaaaaaaaaaa") { id } }`,
    errorPolicy: 'all',
  });
  assert.equal(data.courses.nodes.length, 1);
  assert.equal(data.node, null);
  assert.equal(error, undefined);
  await assert.rejects(client.query({ query: gql`{ nothing }` }), CombinedGraphQLErrors);
  assert.deepEqual(errors, ['GRAPHQL_VALIDATION_FAILED']);
});

/** A client as a front end has it, and the journey's view of it. */
function apollo(url) {
  const session = new Session();
  const uri = `${url}/graphql`;
  const errors = [];
  const bare = new ApolloClient({ link: new HttpLink({ uri }), cache: new InMemoryCache() });
  const send = async (variables) =>
    (await bare.mutate({ mutation: documents.JourneyRefreshMutation, variables })).data;
  const authorise = new SetContextLink(({ headers }) => ({ headers: { ...headers, ...session.headers } }));
  const renew = new ErrorLink(({ error, operation, forward }) => {
    if (!CombinedGraphQLErrors.is(error)) return undefined;
    if (session.tokens && hasExpired(error.errors)) {
      return from(session.refresh(send)).pipe(switchMap(() => forward(operation)));
    }
    errors.push(...error.errors.map(({ extensions }) => extensions.code));
    return undefined;
  });
  const socket = createClient({
    url: `${uri.replace('http', 'ws')}`,
    webSocketImpl: WebSocket,
    connectionParams: () => session.headers,
  });
  const http = ApolloLink.from([renew, authorise, new UploadHttpLink({ uri, headers: { 'x-lectern-csrf': '1' } })]);
  const client = new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), http),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { Query: { fields: { courses: relayStylePagination(['filter', 'sort', 'search']) } } },
    }),
  });
  const ask = (name, variables) =>
    name.endsWith('Mutation')
      ? client.mutate({ mutation: documents[name], variables })
      : client.query({ query: documents[name], variables, fetchPolicy: 'no-cache' });
  const run = async (name, variables) => {
    const { data } = await ask(name, variables);
    if (!name.endsWith('Mutation')) client.writeQuery({ query: documents[name], variables, data });
    return data;
  };
  const listen = (name, variables) =>
    new Promise((resolve, reject) => {
      const heard = [];
      client.subscribe({ query: documents[name], variables }).subscribe({
        next: ({ data, error }) => (error ? reject(error) : heard.push(data)),
        error: reject,
        complete: () => resolve(heard),
      });
    });
  return { client, session, socket, errors, run, listen };
}

function assertNormalised(client) {
  const cache = client.cache.extract();
  const enrolled = Object.values(cache).find(({ __typename }) => __typename === 'Enrollment');
  assert.equal(enrolled.status, 'ACTIVE');
  const courses = Object.values(cache).filter(({ viewerEnrollment }) => viewerEnrollment);
  assert.deepEqual(
    courses.map(({ title, viewerEnrollment }) => [title, viewerEnrollment]),
    [['How the Internet Works', { __ref: `Enrollment:${enrolled.id}` }]],
  );
}
