// What a learner does, from the first visit to a question to the tutor, by whichever client.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { data, signIn } from '../support/wire.mjs';

const PASSWORD = 'correct horse battery staple';
const SLUG = 'how-the-internet-works';
const ID = (type) => new RegExp(`^${type}_[0-9a-hjkmnp-tv-z]{26}$`);

/** Lets a course be reviewed from the first day on: nobody here has the time to watch a tenth of it. */
export async function openReviews(url) {
  const token = await signIn(url, 'admin@lectern.test', 'lectern-demo');
  const { course } = await data(url, `{ course(slug: "${SLUG}") { id } }`);
  const { updateCourse } = await data(
    url,
    `mutation ($input: UpdateCourseInput!) {
      updateCourse(input: $input) { course { reviewMinProgress } userErrors { code } } }`,
    { token, variables: { input: { id: course.id, reviewMinProgress: 0 } } },
  );
  assert.deepEqual(updateCourse, { course: { reviewMinProgress: 0 }, userErrors: [] });
}

/**
 * Goes the whole way and asserts each answer.
 * `client.run(name, variables)` answers the data of an operation of operations.graphql; `client.listen(name, variables)`
 * answers all that a subscription says, where the client has subscriptions; `client.session` is a Session.
 */
export async function travel(t, server, client) {
  const email = `${randomUUID()}@example.test`;
  await t.test('registers', () => register(client, email));
  await t.test('logs in', () => logIn(client, email));
  await t.test('is refreshed when the token has expired', () => refresh(server, client, email));
  await t.test('browses page by page', () => browse(client));
  const course = await open(client);
  await t.test('enrols', () => enrol(client, course));
  await t.test('plays', () => play(client, course));
  await t.test('attempts a quiz', () => attempt(client, course));
  await t.test('reviews', () => review(client, course));
  await t.test('asks the tutor', () => ask(client, course));
}

async function register(client, email) {
  const short = await client.run('JourneyRegisterMutation', { input: { email, password: 'short' } });
  assert.deepEqual(plain(short), {
    register: { email: null, userErrors: [{ code: 'PASSWORD_TOO_SHORT', field: ['input', 'password'] }] },
  });
  const done = await client.run('JourneyRegisterMutation', { input: { email, password: PASSWORD } });
  assert.deepEqual(plain(done), { register: { email, userErrors: [] } });
}

async function logIn(client, email) {
  const wrong = await client.run('JourneyLoginMutation', { input: { email, password: 'wrong-password' } });
  assert.deepEqual(plain(wrong), { login: { outcome: null, userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }] } });
  const { login } = await client.run('JourneyLoginMutation', { input: { email, password: PASSWORD } });
  const { accessToken, refreshToken, user } = login.outcome;
  assert.deepEqual(plain(login), {
    outcome: { __typename: 'Session', accessToken, refreshToken, user: { id: user.id, email } },
    userErrors: [],
  });
  assert.match(user.id, ID('user'));
  client.session.keep({ accessToken, refreshToken });
}

async function refresh(server, client, email) {
  const { accessToken } = client.session.tokens;
  server.expireAccessTokens();
  const [{ me }, again] = await Promise.all([client.run('JourneyMeQuery', {}), client.run('JourneyMeQuery', {})]);
  assert.equal(me.email, email);
  assert.deepEqual(plain(again.me), plain(me));
  assert.notEqual(client.session.tokens.accessToken, accessToken);
  assert.equal(client.session.refreshes, 1);
}

/** Two at a time until there are no more: each free course once, in order. */
async function browse(client) {
  const titles = [];
  let after = null;
  let total;
  do {
    const { courses } = await client.run('JourneyBrowseQuery', { first: 2, after });
    total = courses.totalCount;
    for (const { node } of courses.edges) {
      assert.match(node.id, ID('course'));
      assert.equal(Number(node.price.amount), 0);
      titles.push(node.title);
    }
    after = courses.pageInfo.hasNextPage ? courses.pageInfo.endCursor : null;
  } while (after);
  assert.equal(titles.length, total);
  assert.ok(total > 2, 'one page is no paging');
  assert.deepEqual(titles, [...new Set(titles)].sort());
}

async function open(client) {
  const { course } = await client.run('JourneyCourseQuery', { slug: SLUG });
  assert.equal(course.title, 'How the Internet Works');
  assert.equal(course.viewerEnrollment, null);
  return {
    id: course.id,
    video: course.mediaFiles.nodes[0],
    quiz: course.quizzes.nodes.find(({ quizType }) => quizType === 'PRACTICE'),
  };
}

async function enrol(client, { id }) {
  const { enroll } = await client.run('JourneyEnrollMutation', { input: { courseId: id } });
  const enrollment = { id: enroll.enrollment.id, status: 'ACTIVE' };
  assert.match(enrollment.id, ID('enrollment'));
  assert.deepEqual(plain(enroll), {
    enrollment: { ...enrollment, course: { id, viewerEnrollment: enrollment } },
    userErrors: [],
  });
  const { course } = await client.run('JourneyCourseQuery', { slug: SLUG });
  assert.deepEqual(plain(course.viewerEnrollment), enrollment);
}

async function play(client, { id, video }) {
  const item = {
    at: new Date().toISOString(),
    clientSequence: 0,
    courseId: id,
    mediaId: video.id,
    fromSeconds: 0,
    toSeconds: 12,
    positionSeconds: 12,
  };
  const { recordPlayback } = await client.run('JourneyPlayMutation', { input: { playbackId: randomUUID(), items: [item] } });
  const [progress] = recordPlayback.videoProgress;
  assert.deepEqual(plain(recordPlayback), {
    videoProgress: [{ id: progress.id, lastPositionSeconds: 12, video: { id: video.id } }],
    userErrors: [],
  });
}

async function attempt(client, { quiz }) {
  const { startQuizAttempt } = await client.run('JourneyStartMutation', { input: { quizId: quiz.id } });
  const { attempt, userErrors } = startQuizAttempt;
  assert.deepEqual([attempt.status, attempt.questions.length, plain(userErrors)], ['IN_PROGRESS', 10, []]);
  const question = attempt.questions.find(({ questionType }) => questionType === 'SHORT_ANSWER');
  const answer = { attemptId: attempt.id, questionId: question.questionId, clientSequence: 0 };
  const saved = await client.run('JourneyAnswerMutation', { input: { ...answer, answer: { shortAnswer: 'DNS' } } });
  assert.deepEqual(plain(saved), { saveAnswer: { isSuperseded: false, userErrors: [] } });
  const done = await client.run('JourneySubmitMutation', { input: { attemptId: attempt.id } });
  assert.deepEqual(plain(done), {
    submitQuizAttempt: { attempt: { id: attempt.id, status: 'GRADED', answeredCount: 1 }, userErrors: [] },
  });
}

async function review(client, { id }) {
  const input = { courseId: id, rating: 5, title: 'At last', comment: 'Now I know what a packet is.' };
  const { submitReview } = await client.run('JourneyReviewMutation', { input });
  assert.deepEqual(plain(submitReview), {
    review: { id: submitReview.review.id, rating: 5, title: 'At last', course: { id } },
    userErrors: [],
  });
  const twice = await client.run('JourneyReviewMutation', { input });
  assert.deepEqual(twice.submitReview.userErrors.map(({ code }) => code), ['REVIEW_EXISTS']);
}

async function ask(client, { id }) {
  const input = { courseId: id, message: 'What is a packet?' };
  const { askTutor } = await client.run('JourneyAskMutation', { input });
  assert.deepEqual(plain(askTutor), {
    conversation: { id: askTutor.conversation.id },
    message: { id: askTutor.message.id, message: input.message },
    userErrors: [],
  });
  const variables = { id: askTutor.message.id };
  const heard = client.listen && (await client.listen('JourneyReplySubscription', variables));
  const node = await answered(client, variables);
  assert.deepEqual([node.__typename, node.id, node.state, node.isGrounded], ['AiChat', variables.id, 'COMPLETE', true]);
  assert.match(node.response, /packet/i);
  if (!heard) return;
  assert.equal(heard.map(({ tutorAnswer }) => tutorAnswer.text).join(''), node.response);
  assert.equal(heard.at(-1).tutorAnswer.message.state, 'COMPLETE');
}

/** Asks until the answer is there: after a subscription, at once. */
async function answered(client, variables) {
  for (;;) {
    const { node } = await client.run('JourneyReplyQuery', variables);
    if (node.state === 'COMPLETE' || node.state === 'FAILED') return node;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Without what clients add of their own: `__typename` where it was not asked for. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name, of]) => name !== '__typename' || of === 'Session');
  return Object.fromEntries(kept.map(([name, of]) => [name, plain(of)]));
}
