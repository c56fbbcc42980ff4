// Apollo's automatic persisted queries: what goes over the wire, in which order, and that the answers are the same.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { print } from 'graphql';
import { startServer } from './support/server.mjs';

const TITLE = 'How the Internet Works';
const QUERY = gql`
  query Persisted($slug: String!) {
    course(slug: $slug) {
      __typename
      title
    }
  }
`;
const SLUG = { slug: 'how-the-internet-works' };
const ANSWER = { course: { __typename: 'Course', title: TITLE } };

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

test('by POST: the hash is missed, Apollo sends the text along by itself, and then the hash is enough', async () => {
  const query = named('ByPost');
  const first = apollo(server.url);
  assert.deepEqual(await first.ask(query), ANSWER);
  assert.deepEqual(first.wire, [
    { method: 'POST', hash: hash(query), hasText: false, status: 200, codes: ['PERSISTED_QUERY_NOT_FOUND'] },
    { method: 'POST', hash: hash(query), hasText: true, status: 200, codes: [] },
  ]);
  assert.deepEqual(await first.ask(query), ANSWER);
  // Another visitor, whose Apollo knows nothing of the first.
  const second = apollo(server.url);
  assert.deepEqual(await second.ask(query), ANSWER);
  const hit = { method: 'POST', hash: hash(query), hasText: false, status: 200, codes: [] };
  assert.deepEqual([first.wire.slice(2), second.wire], [[hit], [hit]]);
});

test('by GET: the hash alone in the address, the text by POST, and then the address is enough', async () => {
  const query = named('ByGet');
  const client = apollo(server.url, { useGETForHashedQueries: true });
  assert.deepEqual(await client.ask(query), ANSWER);
  assert.deepEqual(await client.ask(query), ANSWER);
  assert.deepEqual(client.wire, [
    { method: 'GET', hash: hash(query), hasText: false, status: 200, codes: ['PERSISTED_QUERY_NOT_FOUND'] },
    { method: 'POST', hash: hash(query), hasText: true, status: 200, codes: [] },
    { method: 'GET', hash: hash(query), hasText: false, status: 200, codes: [] },
  ]);
});

test('what is known by its hash is answered by what the variables say', async () => {
  const query = named('ByVariables');
  const client = apollo(server.url, { useGETForHashedQueries: true });
  await client.ask(query);
  assert.deepEqual(await client.ask(query, { slug: 'there-is-none' }), { course: null });
  assert.deepEqual(await client.ask(query, { slug: 'rust-from-zero' }), {
    course: { __typename: 'Course', title: 'Rust from Zero' },
  });
  assert.deepEqual(client.wire.map(({ hasText }) => hasText), [false, true, false, false]);
});

test('a mutation goes by its hash as well, and is done once', async () => {
  const client = apollo(server.url, { useGETForHashedQueries: true });
  const mutation = gql`
    mutation PersistedLogin($input: LoginInput!) {
      login(input: $input) {
        outcome {
          __typename
        }
        userErrors {
          code
        }
      }
    }
  `;
  const input = { email: 'student@lectern.test', password: 'wrong-password' };
  for (const round of [1, 2]) {
    const { data } = await client.client.mutate({ mutation, variables: { input } });
    assert.deepEqual(data.login.userErrors.map(({ code }) => code), ['INVALID_CREDENTIALS'], `round ${round}`);
  }
  // Never by GET, though queries are: what is changed by a GET could be changed by a link.
  assert.deepEqual(client.wire.map(({ method, hasText }) => [method, hasText]), [['POST', false], ['POST', true], ['POST', false]]);
});

test('a document that is not valid is refused as such, each time it is asked', async () => {
  const query = gql`
    query Wrong {
      nothing
    }
  `;
  const client = apollo(server.url);
  for (const round of [1, 2]) {
    await assert.rejects(client.ask(query, {}), (error) => {
      assert.ok(CombinedGraphQLErrors.is(error), `round ${round}: ${error}`);
      return error.errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED';
    });
  }
  const codes = client.wire.map(({ codes }) => codes.join());
  assert.deepEqual(codes.slice(0, 2), ['PERSISTED_QUERY_NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED']);
  assert.equal(codes.at(-1), 'GRAPHQL_VALIDATION_FAILED');
});

test('a text under the hash of another is refused, and the other stays what it was', async () => {
  const query = named('Poisoned');
  const liar = apollo(server.url, { generateHash: () => hash(query) });
  await assert.rejects(liar.ask(gql`query Poison { __typename }`, {}), (error) => error.errors[0].extensions.code === 'BAD_REQUEST');
  const client = apollo(server.url);
  assert.deepEqual(await client.ask(query), ANSWER);
  assert.deepEqual(client.wire.map(({ codes, hasText }) => [codes, hasText]), [[['PERSISTED_QUERY_NOT_FOUND'], false], [[], true]]);
});

/** The query under a name of its own, so that no test finds what another left. */
function named(name) {
  return gql(print(QUERY).replace('Persisted', name));
}

/** The hash that Apollo sends: of the document as it prints it. */
const hash = (query) => sha256(print(query));

/** A client with the link, and what went over its wire. */
function apollo(url, options = {}) {
  const wire = [];
  async function watchedFetch(address, init) {
    const response = await fetch(address, init);
    const { errors = [] } = await response.clone().json();
    const { query, extensions } = init.method === 'GET' ? parameters(address) : JSON.parse(init.body);
    wire.push({
      method: init.method,
      hash: extensions.persistedQuery.sha256Hash,
      hasText: query !== undefined,
      status: response.status,
      codes: errors.map(({ extensions }) => extensions.code),
    });
    return response;
  }
  const client = new ApolloClient({
    link: ApolloLink.from([new PersistedQueryLink({ sha256, ...options }), new HttpLink({ uri: `${url}/graphql`, fetch: watchedFetch })]),
    cache: new InMemoryCache(),
  });
  const ask = async (query, variables = SLUG) => (await client.query({ query, variables, fetchPolicy: 'no-cache' })).data;
  return { client, wire, ask };
}

function parameters(address) {
  const { searchParams } = new URL(address);
  return { query: searchParams.get('query') ?? undefined, extensions: JSON.parse(searchParams.get('extensions')) };
}
