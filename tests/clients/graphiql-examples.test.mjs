// The examples of the GraphiQL page: each is valid, says as whom it runs, and runs so from its panel against the demo school.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { getOperationAST, parse, validate } from 'graphql';
import { launchBrowser, screenshot } from './support/browser.mjs';
import { openExample, openExamples, resultShows, run, runAndRead, signInAs, visitGraphiql } from './support/graphiql.mjs';
import { schema } from './support/schema.mjs';
import { startServer } from './support/server.mjs';
import { data, signIn } from './support/wire.mjs';

const FOLDER = new URL('../../crates/gateway/graphiql/examples/', import.meta.url);
const CONTEXTS = ['accounts', 'ai', 'assessment', 'courses', 'learning', 'media', 'reviews'];
const DESK = { viewport: { width: 1400, height: 900 } };

const examples = CONTEXTS.flatMap((context) =>
  readdirSync(new URL(context, FOLDER))
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => example(context, file.replace('.graphql', ''))),
);

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('every context has examples, a file each, that are valid', () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), CONTEXTS);
  for (const { name, context, text, operation } of examples) {
    assert.deepEqual(validate(schema, parse(text)).map(({ message }) => message), [], name);
    assert.equal(operation.name.value, name, `the file ${context}/${name}`);
    assert.match(text, /^# \S.*\.\n(?!#)/m, `${name} begins with what it does`);
  }
  for (const kind of ['query', 'mutation', 'subscription']) {
    assert.ok(examples.filter(({ operation }) => operation.operation === kind).length > 1, kind);
  }
});

test('the panel lists them by context', async () => {
  await visit(DESK, async (page) => {
    const panel = await openExamples(page);
    const shown = {};
    for (const group of await panel.getByRole('group').all()) {
      shown[await group.getByRole('heading').innerText()] = await group.locator('button strong').allInnerTexts();
    }
    const of = (context) => examples.filter((one) => one.context === context).map(({ name }) => name);
    assert.deepEqual(shown, {
      Courses: of('courses'),
      Accounts: of('accounts'),
      Media: of('media'),
      Learning: of('learning'),
      Assessment: of('assessment'),
      Reviews: of('reviews'),
      'AI tutor': of('ai'),
    });
    await screenshot(page, 'graphiql-examples');
  });
});

for (const who of ['nobody', 'student', 'teacher', 'admin']) {
  test(`the examples for ${who} run without an error`, async (t) => {
    const mine = examples.filter((one) => one.who === who && one.operation.operation !== 'subscription');
    assert.ok(mine.length > 0);
    await visit(DESK, async (page) => {
      if (who !== 'nobody') await signInAs(page, who);
      for (const one of mine) await t.test(`${one.context}: ${one.name}`, () => runs(page, one));
    });
  });
}

test('a mutation is done, and the answer shown is the answer', async () => {
  await visit(DESK, async (page) => {
    await signInAs(page, 'student');
    await openExample(page, 'UpdateProfile');
    const answer = await runAndRead(page, 'UpdateProfile');
    const bio = 'I learn in the evenings.';
    const { displayName } = answer.data.updateProfile.user;
    assert.deepEqual(answer, { data: { updateProfile: { user: { displayName, bio }, userErrors: [] } } });
    await resultShows(page, bio);
    const token = await signIn(server.url, 'student@lectern.test', 'lectern-demo');
    assert.deepEqual(await data(server.url, '{ me { displayName bio } }', { token }), { me: { displayName, bio } });
  });
});

test('a subscription shows how things stand, and then what happens elsewhere', async () => {
  const token = await signIn(server.url, 'student@lectern.test', 'lectern-demo');
  const { variables } = examples.find(({ name }) => name === 'ProgressChanged');
  const standing = async () =>
    (await data(server.url, 'query ($courseId: ID!) { courseProgress(courseId: $courseId) { percentage totalWatchTimeSeconds } }', { token, variables }))
      .courseProgress;
  const shown = ({ percentage, totalWatchTimeSeconds }) =>
    `"percentage": ${percentage}, "totalWatchTimeSeconds": ${totalWatchTimeSeconds}`;
  await visit(DESK, async (page) => {
    await signInAs(page, 'student');
    await openExample(page, 'ProgressChanged');
    await run(page);
    await resultShows(page, shown(await standing()));
    const before = await standing();
    await watch(token, variables.courseId);
    const now = await standing();
    assert.equal(now.totalWatchTimeSeconds, before.totalWatchTimeSeconds + 45);
    await resultShows(page, shown(now));
    await screenshot(page, 'graphiql-subscription');
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
  });
});

test('a subscription that comes to its end shows the last event', async () => {
  await visit(DESK, async (page) => {
    await signInAs(page, 'teacher');
    await openExample(page, 'ProcessingOfAFile');
    await run(page);
    await resultShows(page, '"processingStatus": "COMPLETED"');
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
  });
});

async function runs(page, { name, variables }) {
  await openExample(page, name);
  const { data: answer, errors } = await runAndRead(page, name);
  assert.equal(errors, undefined, JSON.stringify({ errors, variables }));
  for (const [field, value] of Object.entries(answer)) {
    assert.notEqual(value, null, field);
    assert.notDeepEqual(value, [], field);
    assert.deepEqual(value.userErrors ?? [], []);
  }
  await resultShows(page, `"${Object.keys(answer)[0]}":`);
}

/** Records 45 seconds of a video that the student has not come to. */
async function watch(token, courseId) {
  const { course } = await data(server.url, 'query ($id: ID!) { course(id: $id) { mediaFiles(first: 100) { nodes { id fileName } } } }', {
    variables: { id: courseId },
  });
  const { id: mediaId } = course.mediaFiles.nodes.findLast(({ fileName }) => fileName.endsWith('.mp4'));
  const at = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
  const item = { at, clientSequence: 0, courseId, mediaId, fromSeconds: 0, toSeconds: 45, positionSeconds: 45 };
  const { recordPlayback } = await data(
    server.url,
    'mutation ($input: RecordPlaybackInput!) { recordPlayback(input: $input) { userErrors { code } } }',
    { token, variables: { input: { items: [item] } } },
  );
  assert.deepEqual(recordPlayback, { userErrors: [] });
}

function example(context, name) {
  const text = readFileSync(new URL(`${context}/${name}.graphql`, FOLDER), 'utf8');
  const hasVariables = readdirSync(new URL(context, FOLDER)).includes(`${name}.json`);
  return {
    name,
    context,
    text,
    operation: getOperationAST(parse(text)),
    variables: hasVariables ? JSON.parse(readFileSync(new URL(`${context}/${name}.json`, FOLDER), 'utf8')) : {},
    who: whom(text),
  };
}

/** Whom the comment of an example, or the bar, says to sign in as. */
function whom(text) {
  const [, who] = /Sign in as (\w+) first\./.exec(text.replace(/\n# /g, ' ')) ?? [];
  if (who) return who;
  return /Sign in/.test(text) ? 'student' : 'nobody';
}

const visit = (options, steps) => visitGraphiql(browser, server.url, options, steps);
