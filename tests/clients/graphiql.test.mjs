// The GraphiQL page as a visitor meets it, in a real browser, on the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, screenshot } from './support/browser.mjs';
import { openExample, openExamples, resultShows, run, runAndRead, signInAs, visitGraphiql } from './support/graphiql.mjs';
import { schema } from './support/schema.mjs';
import { startServer } from './support/server.mjs';

const DEMO_STUDENT = 'student@lectern.test';

let server;
let browser;
let mostPopular;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  mostPopular = await titleOfMostPopularCourse();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('a visitor runs the catalogue, signs in as a demo student and runs Me', async () => {
  await visit({ colorScheme: 'light', viewport: { width: 1400, height: 900 } }, async (page) => {
    assert.equal(await page.title(), 'Lectern GraphiQL');
    const names = await page.locator('.graphiql-tab-button').allTextContents();
    assert.deepEqual(names, ['CatalogueWithCurriculum', 'CourseBySlug', 'CategoryTree', 'SignIn', 'Me']);
    await run(page);
    await resultShows(page, mostPopular);

    await page.getByRole('button', { name: 'Sign in as demo student' }).click();
    await page.getByRole('status').filter({ hasText: DEMO_STUDENT }).waitFor();
    await page.getByRole('tab', { name: 'Me', exact: true }).click();
    await run(page);
    await resultShows(page, DEMO_STUDENT);

    await page.getByRole('tab', { name: 'CatalogueWithCurriculum' }).click();
    await resultShows(page, mostPopular);
    await screenshot(page, 'graphiql-light');
  });
});

test('light and dark follow the visitor, also while the page is open', async () => {
  await visit({ colorScheme: 'dark', viewport: { width: 1400, height: 900 } }, async (page) => {
    await run(page);
    await resultShows(page, mostPopular);
    assert.deepEqual(await brightness(page), { bar: 'dark', page: 'dark', editor: 'dark', text: 'light', code: 'light' });
    await screenshot(page, 'graphiql-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction(() => !document.querySelector('.monaco-editor.vs-dark'));
    assert.deepEqual(await brightness(page), { bar: 'light', page: 'light', editor: 'light', text: 'dark', code: 'dark' });
  });
});

test('the page is usable on a phone', async () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  await visit(phone, async (page) => {
    await run(page);
    await resultShows(page, mostPopular);
    await fits(page);
    await screenshot(page, 'graphiql-phone');

    // The panel takes the place of the editors, and makes room when an example was chosen.
    const panel = await openExamples(page);
    await fits(page);
    const { width, height } = await panel.getByRole('button', { name: /^Me\b/ }).boundingBox();
    assert.ok(width > 250 && height >= 44, `a button of ${width} x ${height} px`);
    await screenshot(page, 'graphiql-phone-examples');
    await signInAs(page, 'student');
    await openExample(page, 'ContinueLearning');
    await panel.waitFor({ state: 'detached' });
    const answer = await runAndRead(page, 'ContinueLearning');
    assert.equal(answer.errors, undefined);
    await resultShows(page, '"continueLearning":');
    await fits(page);

    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').waitFor();
    await fits(page);
    await screenshot(page, 'graphiql-phone-docs');
  });
});

test('the documentation explorer opens a type from where it is used, with its description and its fields', async () => {
  await visit({ viewport: { width: 1400, height: 900 } }, async (page) => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-doc-explorer');
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'course', exact: true }).click();
    await docs.locator('.graphiql-doc-explorer-title', { hasText: /^course$/ }).waitFor();
    assert.equal(await description(docs), plain(schema.getQueryType().getFields().course.description));
    await docs.getByRole('link', { name: 'Course', exact: true }).first().click();
    await docs.locator('.graphiql-doc-explorer-title', { hasText: /^Course$/ }).waitFor();
    assert.equal(await description(docs), plain(schema.getType('Course').description));
    const shown = await docs.locator('.graphiql-doc-explorer-item .graphiql-doc-explorer-field-name').allInnerTexts();
    assert.deepEqual(shown.sort(), Object.keys(schema.getType('Course').getFields()).sort());
    await screenshot(page, 'graphiql-docs');
  });
});

test('a refused sign-in is said in words, and the token lives in sessionStorage only', async () => {
  await visit({}, async (page) => {
    const form = page.getByRole('form', { name: 'Sign in' });
    await form.getByLabel('E-mail').fill(DEMO_STUDENT);
    await form.getByLabel('Password').fill('wrong-password');
    await form.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('banner').getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /\w+ \w+/);

    await form.getByLabel('Password').fill('lectern-demo');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('status').filter({ hasText: DEMO_STUDENT }).waitFor();
    const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem('lectern:session')).accessToken);
    assert.ok(token);
    const elsewhere = await page.evaluate(() => JSON.stringify(localStorage) + document.cookie);
    assert.ok(!elsewhere.includes(token), 'the token is stored outside sessionStorage');

    await page.reload();
    await page.getByRole('status').filter({ hasText: DEMO_STUDENT }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await form.waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('lectern:session')), null);
  });
});

test('a browser that opens /graphql gets the same page', async () => {
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const [home, endpoint] = await Promise.all(
    ['/', '/graphql'].map(async (path) => (await fetch(server.url + path, { headers })).text()),
  );
  assert.match(home, /<title>Lectern GraphiQL<\/title>/);
  assert.equal(endpoint, home);
});

const visit = (options, steps) => visitGraphiql(browser, server.url, options, steps);

/** Nothing sticks out, and what runs the operation is on the screen unless a panel covers it. */
async function fits(page) {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  assert.ok(content <= screen, `the page is ${content} px wide on a screen of ${screen} px`);
}

/** Which parts of the page are light and which are dark, as they are painted. */
function brightness(page) {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    const of = (selector, property) => {
      canvas.fillStyle = getComputedStyle(document.querySelector(selector))[property];
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
      return red + green + blue > 384 ? 'light' : 'dark';
    };
    return {
      bar: of('.sign-in', 'backgroundColor'),
      page: of('.graphiql-container', 'backgroundColor'),
      editor: of('.graphiql-query-editor', 'backgroundColor'),
      text: of('.graphiql-container', 'color'),
      code: of('.graphiql-query-editor .mtk1', 'color'),
    };
  });
}

/** The description of what the explorer has open. */
async function description(docs) {
  return plain(await docs.locator('.graphiql-markdown-description').first().innerText());
}

/** Without marks and line breaks. */
const plain = (text) => text.replace(/`/g, '').replace(/\s+/g, ' ').trim();

async function titleOfMostPopularCourse() {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({
      query: '{ courses(first: 1, sort: {field: POPULARITY, direction: DESC}) { nodes { title } } }',
    }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data.courses.nodes[0].title;
}
