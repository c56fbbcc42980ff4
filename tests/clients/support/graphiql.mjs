// GraphiQL as its visitors use it.
import assert from 'node:assert/strict';
import { watchedPage } from './browser.mjs';

/** Opens the page, waits for its editor, does `steps`, and fails on whatever went wrong unseen. */
export async function visitGraphiql(browser, url, options, steps) {
  const { page, faults } = await watchedPage(browser, url, options);
  try {
    await page.goto(url);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await steps(page);
    assert.deepEqual(faults, []);
  } finally {
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
  }
}

export const run = (page) => page.getByRole('button', { name: /^Execute query/ }).click();

/** Waits until the lines of the result that are on the screen, from top to bottom, hold `text`, wrapped as it may be. */
export async function resultShows(page, text) {
  await page
    .waitForFunction((wanted) => {
      const lines = [...document.querySelectorAll('.result-window .view-line')];
      // The editor keeps them in any order.
      lines.sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top));
      return lines.map((line) => line.textContent).join('').replace(/\s/g, '').includes(wanted);
    }, text.replace(/\s/g, ''))
    .catch(async (error) => {
      const shown = await page.locator('.result-window').innerText();
      throw new Error(`The result does not show "${text}" but:\n${shown}`, { cause: error });
    });
}

/** Signs in with one of the bar's demo users, after whoever was signed in. */
export async function signInAs(page, name) {
  const out = page.getByRole('button', { name: 'Sign out' });
  if (await out.isVisible()) await out.click();
  await page.getByRole('button', { name: `Sign in as demo ${name}` }).click();
  await page.getByRole('status').filter({ hasText: `${name}@lectern.test` }).waitFor();
}

/** Opens the panel of examples unless it is open. */
export async function openExamples(page) {
  const panel = page.getByRole('region', { name: 'Examples' });
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Show Examples' }).click();
  await panel.waitFor();
  return panel;
}

/** Opens an example from the panel, in a tab of its own, and waits until the editor shows it. */
export async function openExample(page, name) {
  const panel = await openExamples(page);
  await panel.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
  await page.locator('.graphiql-tab-active .graphiql-tab-button').filter({ hasText: new RegExp(`^${name}$`) }).waitFor();
}

/** Runs the open query or mutation; answers what the server said. */
export async function runAndRead(page, name) {
  const answered = page.waitForResponse((response) => response.request().postDataJSON?.()?.operationName === name);
  await run(page);
  return (await answered).json();
}
