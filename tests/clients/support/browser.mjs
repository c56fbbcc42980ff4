import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const OUTPUT = new URL('../../output/', import.meta.url);

/** What has not come to be on a page by then does not come. */
const LATE_MS = 15_000;

/** The Chromium of the machine, which contacts nobody by itself. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * A page in a fresh profile which writes down everything it should not do: errors
 * on the console, uncaught errors, violations of the content security policy,
 * requests that fail, and requests to any host but that of `url`.
 * @returns {Promise<{ page: import('playwright-core').Page, faults: string[] }>}
 */
export async function watchedPage(browser, url, options = {}) {
  const context = await browser.newContext(options);
  await serveBuilt(context);
  context.setDefaultTimeout(LATE_MS);
  const page = await context.newPage();
  const faults = [];
  const home = new URL(url).host;
  const checkHost = (kind, address) => {
    const { protocol, host } = new URL(address);
    if (protocol !== 'data:' && host !== home) faults.push(`${kind} to ${address}`);
  };

  await page.exposeFunction('reportViolation', (text) => faults.push(`CSP: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.effectiveDirective} forbids ${event.blockedURI} in ${event.sourceFile}`);
    });
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error}`));
  page.on('websocket', (socket) => checkHost('WebSocket', socket.url()));
  context.on('request', (request) => checkHost('request', request.url()));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${reason}`); // Aborted: the page was left.
  });
  return { page, faults };
}

/** Puts the files of GRAPHIQL_DIST in the place of those in the binary, under the same headers. */
async function serveBuilt(context) {
  const folder = process.env.GRAPHIQL_DIST;
  if (!folder) return;
  await context.route('**/graphiql/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    await route.fulfill({ response: await route.fetch(), body: await readFile(join(folder, name)) });
  });
}

/** Writes tests/output/<name>.png. */
export async function screenshot(page, name) {
  await mkdir(OUTPUT, { recursive: true });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, OUTPUT)), animations: 'disabled' });
}
