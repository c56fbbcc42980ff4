// Every kind of operation by the graphql-ws client over one socket.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { CloseCode, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startServer } from './support/server.mjs';
import { data, signIn } from './support/wire.mjs';

const SLUG = 'how-the-internet-works';
const PROGRESS = `subscription ($courseId: ID!) {
  progressChanged(courseId: $courseId) { totalWatchTimeSeconds } }`;

let server;
let token;
before(async () => {
  server = await startServer();
  token = await newcomer();
});
after(() => server?.stop());

test('a query, a mutation and a subscription over one socket', async () => {
  const { client, opened } = connect();
  const { course } = (await one(client, `{ course(slug: "${SLUG}") { id } }`)).data;
  const { enroll } = (
    await one(client, 'mutation ($input: EnrollInput!) { enroll(input: $input) { enrollment { status } userErrors { code } } }', {
      input: { courseId: course.id },
    })
  ).data;
  assert.deepEqual(enroll, { enrollment: { status: 'ACTIVE' }, userErrors: [] });

  const progress = client.iterate({ query: PROGRESS, variables: { courseId: course.id } });
  assert.deepEqual((await progress.next()).value, { data: { progressChanged: { totalWatchTimeSeconds: 0 } } });
  await progress.return();
  assert.equal(opened(), 1);
  await client.dispose();
});

test('a refused operation rejects with its errors, and the socket stays', async () => {
  const { client, opened } = connect();
  await assert.rejects(one(client, '{ nothing }'), ([{ extensions }]) => extensions.code === 'GRAPHQL_VALIDATION_FAILED');
  assert.deepEqual((await one(client, '{ __typename }')).data, { __typename: 'Query' });
  assert.equal(opened(), 1);
  await client.dispose();
});

test('who comes with a token that is none is told 4403, and gets in with a better one', async () => {
  const { client } = connect({ connectionParams: { authorization: 'Bearer nothing' } });
  await assert.rejects(one(client, '{ __typename }'), ({ code }) => code === CloseCode.Forbidden);
  const tokens = ['nothing', token];
  const again = connect({
    connectionParams: () => ({ authorization: `Bearer ${tokens.shift()}` }),
    retryAttempts: 1,
    retryWait: async () => {},
  });
  const { me } = (await one(again.client, '{ me { email } }')).data;
  assert.match(me.email, /@example\.test$/);
  assert.deepEqual([again.opened(), again.closes], [2, [[4403, 'Forbidden']]]);
  await again.client.dispose();
});

test('client and server keep each other awake by pings', async () => {
  const pongs = [];
  const { client } = connect({ keepAlive: 50, on: { pong: (received) => pongs.push(received) } });
  const idle = client.iterate({ query: PROGRESS, variables: { courseId: await courseId() } });
  await idle.next();
  while (!pongs.includes(true)) await new Promise((resolve) => setTimeout(resolve, 20));
  await idle.return();
  await client.dispose();
});

/** A client, how often it was connected, and how its sockets were closed. */
function connect({ on = {}, retryAttempts = 0, ...options } = {}) {
  let count = 0;
  const closes = [];
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: true,
    lazyCloseTimeout: 2_000,
    retryAttempts,
    on: { ...on, opened: () => (count += 1), closed: ({ code, reason }) => closes.push([code, String(reason)]) },
    ...options,
  });
  return { client, opened: () => count, closes };
}

/** The only answer of an operation. */
async function one(client, query, variables) {
  const answers = [];
  for await (const answer of client.iterate({ query, variables })) answers.push(answer);
  assert.equal(answers.length, 1);
  assert.equal(answers[0].errors, undefined);
  return answers[0];
}

async function courseId() {
  return (await data(server.url, `{ course(slug: "${SLUG}") { id } }`)).course.id;
}

/** The token of somebody new, who has no enrolments. */
async function newcomer() {
  const input = { email: `${randomUUID()}@example.test`, password: 'correct horse battery staple' };
  await data(server.url, 'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }', {
    variables: { input },
  });
  return signIn(server.url, input.email, input.password);
}
