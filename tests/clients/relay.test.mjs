// Relay: its compiler on our schema, the journey by its runtime, a real list paged, an object refetched by its id.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import compiler from 'relay-compiler';
import { createClient } from 'graphql-ws';
import relay from 'relay-runtime';
import { WebSocket } from 'ws';
import { OPERATIONS, texts } from './journey/documents.mjs';
import { Session, hasExpired } from './journey/session.mjs';
import { openReviews, travel } from './journey/steps.mjs';
import { SDL } from './support/schema.mjs';
import { startServer } from './support/server.mjs';
import { ask, data } from './support/wire.mjs';

const { Environment, Network, Observable, RecordSource, Store, commitMutation } = relay;
const { createOperationDescriptor, fetchQuery, getRequest, requestSubscription } = relay;

const FOLDER = new URL('../output/relay/', import.meta.url);

const PAGING = `
query PagingQuery($first: Int!, $after: String) {
  courses(first: $first, after: $after, sort: { field: TITLE, direction: ASC })
    @connection(key: "Paging_courses", filters: ["sort"]) {
    edges { node { id title } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Paging_course on Course
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" })
  @refetchable(queryName: "PagingCourseRefetchQuery") {
  title
  reviews(first: $first, after: $after) @connection(key: "Paging_reviews") {
    edges { node { rating author { name } } }
  }
}`;

let server;
before(async () => {
  await compile();
  server = await startServer();
  await openReviews(server.url);
});
after(() => server?.stop());

test('the journey by Relay', async (t) => {
  const { environment, socket, ...adapter } = client(server.url);
  await travel(t, server, adapter);
  await socket.dispose();
});

test('a list is paged into one connection of the store, without a gap', async () => {
  const { environment } = client(server.url);
  const query = await artifact('PagingQuery');
  const read = () => environment.lookup(createOperationDescriptor(getRequest(query), { first: 5 }).fragment).data.courses;
  let page = { hasNextPage: true, endCursor: null };
  const retained = environment.retain(createOperationDescriptor(getRequest(query), { first: 5 }));
  const sizes = [];
  while (page.hasNextPage) {
    await fetchQuery(environment, query, { first: 5, after: page.endCursor }).toPromise();
    sizes.push(read().edges.length);
    page = read().pageInfo;
  }
  const titles = read().edges.map(({ node }) => node.title);
  const { courses } = await data(server.url, '{ courses { totalCount } }');
  assert.equal(titles.length, courses.totalCount);
  assert.equal(new Set(titles).size, titles.length);
  assert.deepEqual(sizes.slice(0, 4), [5, 10, 15, 20]);
  retained.dispose();
});

test('what was read in a list is refetched by its id', async () => {
  const { environment } = client(server.url);
  const { courses } = await data(server.url, '{ courses(first: 1) { nodes { id title } } }');
  const [course] = courses.nodes;
  const query = await artifact('PagingCourseRefetchQuery');
  await fetchQuery(environment, query, { id: course.id }).toPromise();
  // The fields are the fragment's, which only it may read: looked at is what the store keeps by that id.
  const { title } = environment.getStore().getSource().get(course.id);
  assert.equal(title, course.title);
});

test('node answers each object with the id it is asked by, and null for what is not there', async () => {
  const { courses } = await data(server.url, '{ courses(first: 1) { nodes { id sections { id } instructor { id } category { id } } } }');
  const [{ id, sections, instructor, category }] = courses.nodes;
  const ids = [id, sections[0].id, instructor.id, category.id];
  const types = ['Course', 'CourseSection', 'PublicProfile', 'CourseCategory'];
  const { nodes } = await data(server.url, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { variables: { ids } });
  assert.deepEqual(nodes, ids.map((id, index) => ({ __typename: types[index], id })));
  const missing = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
  const { body } = await ask(server.url, 'query ($id: ID!) { node(id: $id) { id } }', { variables: { id: missing } });
  assert.deepEqual(body, { data: { node: null } });
});

/** Compiles the journey and the paging, as a front end does when it is built. */
async function compile() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(new URL('src/', FOLDER), { recursive: true });
  const write = (path, text) => writeFile(new URL(path, FOLDER), text);
  // The compiler reads the tags; nobody runs these files.
  const tagged = (text) =>
    text
      .trim()
      .split(/\n(?=query |mutation |subscription |fragment )/)
      .map((definition) => `graphql\`${definition}\`;`)
      .join('\n');
  await Promise.all([
    write('package.json', '{ "type": "module" }'),
    write('schema.graphql', await readFile(SDL, 'utf8')),
    write('src/Journey.js', tagged(await readFile(OPERATIONS, 'utf8'))),
    write('src/Paging.js', tagged(PAGING)),
    write(
      'relay.config.json',
      JSON.stringify({ src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './artifacts', eagerEsModules: true }),
    ),
  ]);
  await mkdir(new URL('artifacts/', FOLDER), { recursive: true });
  await promisify(execFile)(compiler, ['relay.config.json'], { cwd: fileURLToPath(FOLDER) });
}

const artifact = async (name) => (await import(new URL(`artifacts/${name}.graphql.js`, FOLDER))).default;

function client(url) {
  const session = new Session();
  const send = (variables) => data(url, texts.JourneyRefreshMutation, { variables });
  async function fetchFn({ text }, variables) {
    const asked = () => ask(url, text, { variables, token: session.tokens?.accessToken });
    let { body } = await asked();
    if (session.tokens && hasExpired(body.errors)) {
      await session.refresh(send);
      ({ body } = await asked());
    }
    return body;
  }
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: () => session.headers,
  });
  const subscribeFn = ({ text }, variables) =>
    Observable.create((sink) => socket.subscribe({ query: text, variables }, sink));
  const environment = new Environment({
    network: Network.create(fetchFn, subscribeFn),
    store: new Store(new RecordSource()),
  });
  const run = async (name, variables) => {
    const operation = await artifact(name);
    if (!name.endsWith('Mutation')) return fetchQuery(environment, operation, variables, { fetchPolicy: 'network-only' }).toPromise();
    return new Promise((resolve, reject) => {
      commitMutation(environment, { mutation: operation, variables, onCompleted: resolve, onError: reject });
    });
  };
  const listen = async (name, variables) => {
    const subscription = await artifact(name);
    const heard = [];
    return new Promise((resolve, reject) => {
      requestSubscription(environment, {
        subscription,
        variables,
        onNext: (data) => heard.push(data),
        onError: reject,
        onCompleted: () => resolve(heard),
      });
    });
  };
  return { environment, session, socket, run, listen };
}
