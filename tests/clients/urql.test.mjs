// The journey by urql with its normalised cache, which knows our schema and has nothing to warn of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient } from 'graphql-ws';
import { onEnd, pipe, subscribe } from 'wonka';
import { WebSocket } from 'ws';
import { documents, texts } from './journey/documents.mjs';
import { Session, hasExpired } from './journey/session.mjs';
import { openReviews, travel } from './journey/steps.mjs';
import { introspection } from './support/schema.mjs';
import { startServer } from './support/server.mjs';
import { data } from './support/wire.mjs';

let server;
before(async () => {
  server = await startServer();
  await openReviews(server.url);
});
after(() => server?.stop());

test('the journey by urql', async (t) => {
  const { warnings, socket, ...adapter } = urql(server.url);
  await travel(t, server, adapter);
  await socket.dispose();
  assert.deepEqual(warnings, []);
});

test('pages are merged into one list by graphcache', async () => {
  const { client, warnings } = urql(server.url, { Query: { courses: relayPagination() } });
  const query = `query ($after: String) {
    courses(first: 5, after: $after, sort: { field: TITLE, direction: ASC }) {
      totalCount edges { cursor node { id title } } pageInfo { hasNextPage endCursor } } }`;
  let courses;
  let after = null;
  do {
    const result = await client.query(query, { after }).toPromise();
    assert.equal(result.error, undefined);
    ({ courses } = result.data);
    after = courses.pageInfo.endCursor;
  } while (courses.pageInfo.hasNextPage);
  const titles = courses.edges.map(({ node }) => node.title);
  assert.equal(titles.length, courses.totalCount);
  assert.equal(new Set(titles).size, titles.length);
  assert.deepEqual(warnings, []);
});

function urql(url, resolvers = {}) {
  const session = new Session();
  const warnings = [];
  const cache = cacheExchange({
    schema: introspection,
    logger: (severity, message) => warnings.push(`${severity}: ${message}`),
    keys: keysOf(introspection),
    resolvers,
  });
  const auth = authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation: (operation) => appendHeaders(operation, session.headers),
    didAuthError: ({ graphQLErrors }) => session.tokens !== null && hasExpired(graphQLErrors),
    refreshAuth: () => session.refresh((variables) => data(url, texts.JourneyRefreshMutation, { variables })),
  }));
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: () => session.headers,
  });
  const subscriptions = subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe(request, sink) }),
    }),
  });
  const client = new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    exchanges: [cache, auth, fetchExchange, subscriptions],
  });
  const run = async (name, variables) => {
    const options = { requestPolicy: 'network-only' };
    const result = name.endsWith('Mutation')
      ? await client.mutation(documents[name], variables).toPromise()
      : await client.query(documents[name], variables, options).toPromise();
    if (result.error) throw result.error;
    return result.data;
  };
  const listen = (name, variables) => collect(client.subscription(documents[name], variables));
  return { client, session, socket, warnings, run, listen };
}

/** Objects without an id live in the object that holds them: their keys are null. */
function keysOf({ __schema: { types } }) {
  const without = types.filter(
    ({ kind, name, fields }) =>
      kind === 'OBJECT' && !name.startsWith('__') && !fields.some((field) => field.name === 'id'),
  );
  return Object.fromEntries(without.map(({ name }) => [name, () => null]));
}

/** All that a subscription says until it ends. */
function collect(source) {
  const heard = [];
  return new Promise((resolve, reject) => {
    pipe(
      source,
      onEnd(() => resolve(heard)),
      // The last result comes once more when the subscription ends.
      subscribe(({ data, error, hasNext }) => (error ? reject(error) : hasNext && heard.push(data))),
    );
  });
}
