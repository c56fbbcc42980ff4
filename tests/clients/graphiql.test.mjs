// The GraphiQL page as a visitor meets it, in a real browser, on the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, screenshot } from './support/browser.mjs';
import { resultShows, run, visitGraphiql } from './support/graphiql.mjs';
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

test('the page is usable in dark', async () => {
  await visit({ colorScheme: 'dark', viewport: { width: 1400, height: 900 } }, async (page) => {
    await run(page);
    await resultShows(page, mostPopular);
    await screenshot(page, 'graphiql-dark');
  });
});

test('the page is usable on a phone', async () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  await visit(phone, async (page) => {
    await run(page);
    await resultShows(page, mostPopular);
    const { content, screen } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
    }));
    assert.ok(content <= screen, `the page is ${content} px wide on a screen of ${screen} px`);
    await screenshot(page, 'graphiql-phone');
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
