import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY = /GraphQL\s+(http:\/\/127\.0\.0\.1:\d+)\/graphql/;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/**
 * Starts the binary that LECTERN_BIN names on a free port, with an empty data
 * folder, which it fills with its demo school. Answers once it is ready. `settings`
 * are environment variables of the server.
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void>, terminate: () => void, restart: () => Promise<void>, expireAccessTokens: () => void }>}
 */
export async function startServer(settings = {}) {
  const binary = process.env.LECTERN_BIN;
  if (!binary) throw new Error('LECTERN_BIN must name the lectern binary to test.');
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-clients-'));
  const { DATABASE_URL, ...env } = process.env;
  let child;
  let ended;

  function start(listen) {
    child = spawn(binary, ['serve', '--listen', listen, '--data-dir', dataDir], {
      env: { ...env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    ended = new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', resolve);
    });
    return readyUrl(child);
  }

  async function end() {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(force);
  }

  async function stop() {
    await end();
    await rm(dataDir, { recursive: true, force: true });
  }

  try {
    const url = await start('127.0.0.1:0');
    return {
      url,
      get pid() {
        return child.pid;
      },
      stop,
      terminate: () => child.kill('SIGTERM'),
      /** Ends the server and starts it again: the same address, the same data. */
      restart: async () => {
        await end();
        await start(new URL(url).host);
      },
      expireAccessTokens: () => expireAccessTokens(join(dataDir, 'lectern.db')),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What time does in a quarter of an hour: the access token of every session is over. */
function expireAccessTokens(database) {
  const script = `import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=30) as db:
    db.execute("UPDATE user_sessions SET expires_at = '2000-01-01T00:00:00.000000+00:00'")`;
  execFileSync('python3', ['-c', script, database]);
}

/** The address in the line that says the server is ready; the output so far if none comes. */
async function readyUrl(child) {
  const said = [];
  const stderr = createInterface({ input: child.stderr });
  stderr.on('line', (line) => said.push(line));
  const stdout = createInterface({ input: child.stdout });
  const found = new Promise((resolve) => {
    stdout.on('line', (line) => {
      said.push(line);
      const [, url] = READY.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
  const failed = once(child, 'close').then(([code, signal]) => {
    throw new Error(`lectern ended before it was ready (${signal ?? code}):\n${said.join('\n')}`);
  });
  failed.catch(() => {}); // It also ends after the tests.
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`lectern was not ready in ${START_LIMIT_MS} ms:\n${said.join('\n')}`)),
      START_LIMIT_MS,
    );
  });
  return Promise.race([found, failed, late]).finally(() => clearTimeout(timer));
}
