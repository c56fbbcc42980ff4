// Every kind of operation by the graphql-ws client over one socket, what another client does, and a restart of the server.
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

const STANDING = `subscription ($courseId: ID!) {
  progressChanged(courseId: $courseId) { totalWatchTimeSeconds percentage lastVideo { id } course { id } } }`;
const DAY_MS = 24 * 60 * 60 * 1000;

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

test('a learner who listens on one device hears what another records', async () => {
  const { id, video, before } = await learner();
  const { client } = connect({ connectionParams: { authorization: `Bearer ${await student()}` } });
  const other = connect({ connectionParams: { authorization: `Bearer ${await student()}` } });
  const progress = client.iterate({ query: STANDING, variables: { courseId: id } });
  // Whoever subscribes hears first how things stand.
  assert.deepEqual((await progress.next()).value, { data: { progressChanged: { ...before, course: { id } } } });

  assert.deepEqual(await play(other.client, id, video, [0, 40], [40, 90]), [{ lastPositionSeconds: 90, video }]);
  const { progressChanged } = await watched(progress, before.totalWatchTimeSeconds + 90);
  const { percentage } = progressChanged;
  assert.ok(percentage > before.percentage && percentage < 100, `${before.percentage} % became ${percentage} %`);
  assert.deepEqual(progressChanged, {
    totalWatchTimeSeconds: before.totalWatchTimeSeconds + 90,
    percentage,
    lastVideo: { id: video.id },
    course: { id },
  });
  // What is heard is what can be read.
  const { course, ...standing } = progressChanged;
  assert.deepEqual((await learner()).before, standing);

  await progress.return();
  await Promise.all([client.dispose(), other.client.dispose()]);
});

test('what one learner records is not told to another', async () => {
  const { id, video, before } = await learner();
  const { client } = connect();
  await one(client, 'mutation ($input: EnrollInput!) { enroll(input: $input) { userErrors { code } } }', { input: { courseId: id } });
  const stranger = client.iterate({ query: PROGRESS, variables: { courseId: id } });
  await stranger.next();
  const { client: listener } = connect({ connectionParams: { authorization: `Bearer ${await student()}` } });
  const progress = listener.iterate({ query: STANDING, variables: { courseId: id } });
  await play(listener, id, video, [90, 100]);
  await watched(progress, before.totalWatchTimeSeconds + 10);

  // The stranger's next event is about what the stranger does.
  const heard = stranger.next();
  await one(client, 'mutation ($input: DropEnrollmentInput!) { dropEnrollment(input: $input) { userErrors { code } } }', {
    input: { courseId: id },
  });
  const { value } = await heard;
  assert.equal(value.data?.progressChanged ?? null, null, JSON.stringify(value));
  assert.deepEqual(value.errors.map(({ extensions }) => extensions.code), ['NOT_FOUND']);
  await progress.return();
  await Promise.all([client.dispose(), listener.dispose()]);
});

test('the fields of an answer come in the order in which they were asked for', async () => {
  const { client } = connect();
  const answer = await one(client, '{ me { status email id } courses(first: 1) { totalCount nodes { title slug id } } __typename }');
  assert.deepEqual(Object.keys(answer.data), ['me', 'courses', '__typename']);
  assert.deepEqual(Object.keys(answer.data.me), ['status', 'email', 'id']);
  assert.deepEqual(Object.keys(answer.data.courses.nodes[0]), ['title', 'slug', 'id']);
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

test('after a restart the client connects again and its subscription goes on', async () => {
  const { id, video, before } = await learner();
  const { client, opened, closes } = connect({
    connectionParams: { authorization: `Bearer ${await student()}` },
    retryAttempts: 100,
    retryWait: () => new Promise((go) => setTimeout(go, 100)),
  });
  const progress = client.iterate({ query: STANDING, variables: { courseId: id } });
  await watched(progress, before.totalWatchTimeSeconds);
  await server.restart();
  await watched(progress, before.totalWatchTimeSeconds);
  assert.equal(opened(), 2);
  assert.deepEqual(closes[0], [1001, 'The server is stopping']);
  await play(client, id, video, [200, 220]);
  await watched(progress, before.totalWatchTimeSeconds + 20);
  await progress.return();
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

/** A course that the demo student has taken for long enough to have time left, a video of it, and how far the student is. */
async function learner() {
  const query = `{
    course(slug: "${SLUG}") { id mediaFiles(first: 100) { nodes { id fileName } } }
  }`;
  const { course } = await data(server.url, query);
  const { courseProgress } = await data(
    server.url,
    'query ($id: ID!) { courseProgress(courseId: $id) { totalWatchTimeSeconds percentage lastVideo { id } } }',
    { variables: { id: course.id }, token: await student() },
  );
  // The last chapter, which the seeded student has not come to.
  const { id } = course.mediaFiles.nodes.findLast(({ fileName }) => fileName.endsWith('.mp4'));
  return { id: course.id, video: { id }, before: courseProgress };
}

const student = () => signIn(server.url, 'student@lectern.test', 'lectern-demo');

/** Records pieces of a video that were watched a day ago; answers the progress with it. */
async function play(client, courseId, video, ...pieces) {
  const start = Date.now() - DAY_MS;
  const items = pieces.map(([fromSeconds, toSeconds], clientSequence) => ({
    at: new Date(start + toSeconds * 1000).toISOString(),
    clientSequence,
    courseId,
    mediaId: video.id,
    fromSeconds,
    toSeconds,
    positionSeconds: toSeconds,
  }));
  const { data: answer } = await one(
    client,
    `mutation ($input: RecordPlaybackInput!) {
      recordPlayback(input: $input) { videoProgress { lastPositionSeconds video { id } } userErrors { code } } }`,
    { input: { playbackId: randomUUID(), items } },
  );
  assert.deepEqual(answer.recordPlayback.userErrors, []);
  return answer.recordPlayback.videoProgress;
}

/** Listens until this many seconds have been watched, and answers that event; the time never goes back. */
async function watched(progress, seconds) {
  for (let before = 0; ; ) {
    const { value, done } = await progress.next();
    assert.ok(!done && !value.errors, JSON.stringify(value));
    const { totalWatchTimeSeconds } = value.data.progressChanged;
    assert.ok(before <= totalWatchTimeSeconds && totalWatchTimeSeconds <= seconds, JSON.stringify(value));
    if (totalWatchTimeSeconds === seconds) return value.data;
    before = totalWatchTimeSeconds;
  }
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
