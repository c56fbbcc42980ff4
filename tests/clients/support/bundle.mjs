// The GraphiQL page, built anew from its sources and its lock file beside what is committed. By itself: says what differs.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCES = fileURLToPath(new URL('../../../crates/gateway/graphiql', import.meta.url));
const COMMITTED = join(SOURCES, 'dist');

/** The names of the files that are not the same, or in one of the two only; none when the build is the one committed. */
export async function differences() {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-graphiql-'));
  try {
    await cp(SOURCES, folder, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
    await npm(folder, 'ci', '--no-audit', '--no-fund', '--prefer-offline');
    await npm(folder, 'run', 'build');
    return await compare(join(folder, 'dist'), COMMITTED);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(built, committed) {
  const [ours, theirs] = await Promise.all([readdir(built), readdir(committed)]);
  const names = [...new Set([...ours, ...theirs])].sort();
  const bytes = (folder, name) => readFile(join(folder, name)).catch(() => Buffer.from('there is none'));
  const same = await Promise.all(names.map(async (name) => (await bytes(built, name)).equals(await bytes(committed, name))));
  return names.filter((_, index) => !same[index]);
}

async function npm(cwd, ...args) {
  await promisify(execFile)('npm', args, { cwd }).catch((error) => {
    throw new Error(`npm ${args.join(' ')}:\n${error.stdout}\n${error.stderr}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = await differences();
  if (names.length === 0) {
    console.log('dist/ is what its sources make.');
  } else {
    console.error(`Not what the sources make: ${names.join(', ')}. Run \`npm ci && npm run build\` in crates/gateway/graphiql.`);
    process.exitCode = 1;
  }
}
