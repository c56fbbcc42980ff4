// graphql-transport-ws, rule by rule: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Socket } from './support/socket.mjs';
import { startServer } from './support/server.mjs';
import { data, signIn } from './support/wire.mjs';

const NAME = '{ __typename }';
const ANSWER = { data: { __typename: 'Query' } };
const INIT = { type: 'connection_init' };
const SUBSCRIBE = { id: '1', type: 'subscribe', payload: { query: NAME } };
const PROGRESS = 'subscription ($courseId: ID!) { progressChanged(courseId: $courseId) { percentage } }';

let server;
before(async () => {
  server = await startServer({ LECTERN_RATE_VIEWER: '0', LECTERN_RATE_ADDRESS: '0' });
});
after(() => server?.stop());

const student = () => signIn(server.url, 'student@lectern.test', 'lectern-demo');

test('the subprotocol is chosen among those that are offered', async () => {
  const socket = await Socket.open(server.url, { protocol: ['graphql-ws', 'graphql-transport-ws'] });
  assert.equal(socket.wire.protocol, 'graphql-transport-ws');
  await socket.close();
});

// The text has 4406 for a server that finds out after the handshake; ours refuses the handshake itself.
test('who offers no subprotocol of ours is not connected', async () => {
  for (const protocol of ['graphql-ws', 'graphql-transport-wss', []]) {
    await assert.rejects(Socket.open(server.url, { protocol }), /Unexpected server response: 400/);
  }
});

test('a page of another origin is not connected, our own page and a program are', async () => {
  for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`]) {
    await assert.rejects(Socket.open(server.url, { origin }), /Unexpected server response: 403/, origin);
  }
  for (const options of [{ origin: server.url }, {}]) await (await Socket.open(server.url, options)).close();
});

test('ConnectionInit is acknowledged, with a payload and without', async () => {
  for (const message of [INIT, { ...INIT, payload: {} }, { ...INIT, payload: null }, { ...INIT, payload: { other: 1 } }]) {
    const socket = await Socket.open(server.url);
    socket.send(message);
    assert.deepEqual(await socket.read(), { type: 'connection_ack' });
    await socket.close();
  }
});

test('4408: who says nothing is shut out after a while', async () => {
  const socket = await Socket.open(server.url);
  assert.deepEqual(await socket.read(), { close: 4408, reason: 'Connection initialisation timeout' });
});

test('4429: a second ConnectionInit', async () => {
  const socket = await Socket.init(server.url);
  socket.send(INIT);
  assert.deepEqual(await socket.read(), { close: 4429, reason: 'Too many initialisation requests' });
});

test('4401: Subscribe before the acknowledgement', async () => {
  const socket = await Socket.open(server.url);
  socket.send(SUBSCRIBE);
  assert.deepEqual(await socket.read(), { close: 4401, reason: 'Unauthorized' });
});

test('4403: a token that is none', async () => {
  for (const authorization of ['Bearer nothing', 'nothing', `Basic ${btoa('a:b')}`]) {
    const socket = await Socket.open(server.url);
    socket.send({ ...INIT, payload: { authorization } });
    assert.deepEqual(await socket.read(), { close: 4403, reason: 'Forbidden' }, authorization);
  }
});

test('4409: an id that is in use; the first operation goes on until then', async () => {
  const [socket, courseId] = [await Socket.init(server.url, await student()), await taken()];
  socket.subscribe('twice', PROGRESS, { courseId });
  assert.equal((await socket.read()).type, 'next');
  socket.send({ ...SUBSCRIBE, id: 'twice' });
  assert.deepEqual(await socket.closed(), { close: 4409, reason: 'Subscriber for twice already exists' });
});

test('4400: whatever is no message of the protocol', async () => {
  const bad = [
    'no JSON',
    '',
    '[]',
    'null',
    '"connection_init"',
    '{}',
    { type: 1 },
    { type: 'nothing' },
    { type: 'start', id: '1', payload: { query: NAME } },
    { type: 'connection_ack' },
    { type: 'next', id: '1', payload: {} },
    { type: 'subscribe' },
    { type: 'subscribe', id: '1' },
    { type: 'subscribe', id: '', payload: { query: NAME } },
    { type: 'subscribe', id: 1, payload: { query: NAME } },
    { type: 'subscribe', id: '1', payload: {} },
    { type: 'subscribe', id: '1', payload: { query: 1 } },
    { type: 'subscribe', id: '1', payload: { query: NAME, variables: [] } },
    { type: 'subscribe', id: '1', payload: { query: NAME, operationName: 1 } },
    { type: 'complete' },
    Buffer.from(JSON.stringify(SUBSCRIBE)),
  ];
  for (const message of bad) {
    const socket = await Socket.init(server.url);
    socket.send(message);
    const { close, reason } = await socket.read();
    assert.equal(close, 4400, `${JSON.stringify(message)}: ${close}`);
    assert.ok(reason, 'the reason is said');
  }
});

test('Ping is answered by Pong at any time, and a Pong unasked for is taken', async () => {
  const socket = await Socket.open(server.url);
  for (const message of [{ type: 'ping' }, { type: 'ping', payload: { some: 'thing' } }]) {
    socket.send({ type: 'pong' });
    socket.send(message);
    assert.equal((await socket.read()).type, 'pong');
  }
  socket.send(INIT);
  assert.deepEqual(await socket.read(), { type: 'connection_ack' });
  socket.send({ type: 'ping' });
  assert.deepEqual(await socket.read(), { type: 'pong' });
  await socket.close();
});

test('an operation says Next and Complete, and its id is free again', async () => {
  const socket = await Socket.init(server.url);
  for (let round = 0; round < 3; round += 1) {
    socket.send(SUBSCRIBE);
    assert.deepEqual(await socket.read(), { id: '1', type: 'next', payload: ANSWER });
    assert.deepEqual(await socket.read(), { id: '1', type: 'complete' });
  }
  await socket.close();
});

test('a refused operation ends with Error and no Complete, and the connection goes on', async () => {
  const socket = await Socket.init(server.url);
  const refused = [
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ me { id } }', 'UNAUTHENTICATED'],
    [`{ ${'a: __typename '.repeat(31)} }`, 'DOCUMENT_LIMIT_EXCEEDED'],
  ];
  for (const [query, code] of refused) {
    socket.subscribe('1', query);
    const message = await socket.read();
    assert.deepEqual([message.id, message.type, Object.keys(message).sort()], ['1', 'error', ['id', 'payload', 'type']]);
    assert.deepEqual(message.payload.map(({ extensions }) => extensions.code), [code]);
  }
  socket.send(SUBSCRIBE);
  assert.equal((await socket.read()).type, 'next', 'no Complete came after Error');
  await socket.close();
});

test('a subscription to what one may not see ends with the code', async () => {
  const socket = await Socket.init(server.url, await student());
  socket.subscribe('1', PROGRESS, { courseId: 'course_01aaaaaaaaaaaaaaaaaaaaaaaa' });
  const message = await socket.read();
  const errors = message.type === 'error' ? message.payload : message.payload.errors;
  assert.deepEqual(errors.map(({ extensions }) => extensions.code), ['NOT_FOUND']);
  await socket.close();
});

test('Complete of the client ends a subscription: nothing more comes, and the id is free', async () => {
  const [socket, courseId] = [await Socket.init(server.url, await student()), await taken()];
  socket.subscribe('1', PROGRESS, { courseId });
  assert.equal((await socket.read()).type, 'next');
  socket.send({ id: '1', type: 'complete' });
  socket.send({ id: '1', type: 'complete' }); // Both sides may say it at the same time.
  socket.send({ id: 'never begun', type: 'complete' });
  socket.send(SUBSCRIBE);
  assert.deepEqual(await socket.read(), { id: '1', type: 'next', payload: ANSWER });
  assert.deepEqual(await socket.read(), { id: '1', type: 'complete' });
  await socket.close();
});

test('operations run side by side, each with its id', async () => {
  const socket = await Socket.init(server.url);
  const ids = Array.from({ length: 10 }, (_, number) => `operation ${number}`);
  for (const id of ids) socket.subscribe(id, NAME);
  const heard = [];
  for (let count = 0; count < 2 * ids.length; count += 1) heard.push(await socket.read());
  for (const id of ids) {
    assert.deepEqual(heard.filter((message) => message.id === id).map(({ type }) => type), ['next', 'complete']);
  }
  await socket.close();
});

test('a session that is revoked takes its sockets along, and only its own', async () => {
  const [token, other] = [await student(), await student()];
  const [socket, kept] = [await Socket.init(server.url, token), await Socket.init(server.url, other)];
  socket.subscribe('1', PROGRESS, { courseId: await taken() });
  assert.equal((await socket.read()).type, 'next');
  await data(server.url, 'mutation { logout { userErrors { code } } }', { token });
  assert.deepEqual(await socket.closed(), { close: 4403, reason: 'The session has ended' });
  kept.subscribe('1', '{ me { email } }');
  assert.deepEqual((await kept.read()).payload, { data: { me: { email: 'student@lectern.test' } } });
  await kept.close();
});

test('1,000 idle sockets are held, all answer, and requests beside them are served', async () => {
  const sockets = [];
  for (let count = 0; count < 1000; count += 100) {
    sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => Socket.init(server.url)))));
  }
  for (let count = 0; count < 20; count += 1) {
    const { courses } = await data(server.url, '{ courses(first: 1) { totalCount nodes { title } } }');
    assert.ok(courses.totalCount > 0);
  }
  const answers = await Promise.all(
    sockets.map((socket) => {
      socket.send({ type: 'ping' });
      return socket.read();
    }),
  );
  assert.deepEqual(answers.filter(({ type }) => type !== 'pong'), []);
  await Promise.all(sockets.map((socket) => socket.close()));
});

test('a server that stops says goodbye: 1001 and why', async () => {
  const stopping = await startServer();
  try {
    const sockets = [await Socket.open(stopping.url), await Socket.init(stopping.url)];
    stopping.terminate();
    for (const socket of sockets) {
      assert.deepEqual(await socket.closed(), { close: 1001, reason: 'The server is stopping' });
    }
  } finally {
    await stopping.stop();
  }
});

/** A course that the demo student takes. */
async function taken() {
  const query = '{ me { enrollments(first: 1) { nodes { course { id } } } } }';
  const { me } = await data(server.url, query, { token: await student() });
  return me.enrollments.nodes[0].course.id;
}
