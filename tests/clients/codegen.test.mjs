// GraphQL Code Generator with its client preset on our schema: what it writes compiles strictly, runs, and persists.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse } from 'graphql';
import { OPERATIONS } from './journey/documents.mjs';
import { Session, hasExpired } from './journey/session.mjs';
import { openReviews, travel } from './journey/steps.mjs';
import { SDL } from './support/schema.mjs';
import { startServer } from './support/server.mjs';
import { data } from './support/wire.mjs';

const FOLDER = new URL('../output/codegen/', import.meta.url);
const CONSUMER = new URL('codegen/school.ts', import.meta.url);
const TSC = fileURLToPath(new URL('node_modules/.bin/tsc', import.meta.url));

/** Each scalar of the schema as JSON has it. `strictScalars` fails on one that is missing. */
const SCALARS = {
  ...Object.fromEntries(
    ['CurrencyCode', 'Date', 'DateTime', 'Decimal', 'EmailAddress', 'Locale', 'URL', 'UUID'].map((name) => [name, 'string']),
  ),
  JSON: 'unknown',
  SafeInt: 'number',
  Upload: 'File',
};

const COMPILER_OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
  target: 'es2022',
  lib: ['es2023', 'dom'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: [],
  rootDir: 'src',
  outDir: 'dist',
};

/** The kinds of question whose options come from the schema's `options`. */
const CHOOSING = ['MULTIPLE_CHOICE', 'MATCHING', 'ORDERING'];

const settings = {};
let server;
before(async () => {
  await generate();
  await compile();
  server = await startServer(settings);
  await openReviews(server.url);
});
after(() => server?.stop());

test('a front end that was compiled against the generated types reads what they promise', async () => {
  const { School } = await import(new URL('dist/school.js', FOLDER));
  const school = new School(server.url);
  assert.equal(await school.signIn({ email: 'student@lectern.test', password: 'wrong' }), 'INVALID_CREDENTIALS -');
  assert.equal(await school.signIn({ email: 'student@lectern.test', password: 'lectern-demo' }), 'student@lectern.test');

  const { total, courses } = await school.catalogue({ isFree: true }, 2);
  const { courses: free } = await data(
    server.url,
    '{ courses(filter: {isFree: true}, first: 100, sort: {field: TITLE, direction: ASC}) { totalCount nodes { id title } } }',
  );
  assert.equal(total, free.totalCount);
  assert.deepEqual(courses.map(({ id }) => id), free.nodes.map(({ id }) => id));

  const internet = courses.find(({ line }) => line.startsWith('How the Internet Works'));
  assert.equal(internet.line, 'How the Internet Works (ALL_LEVELS, en) 0.00 USD, Tomás');
  const { course, sections, quizzes } = await school.lessons('how-the-internet-works');
  assert.deepEqual(course, internet);
  assert.deepEqual(sections.slice(0, 3), ['A Click in Slow Motion: 5', 'Wires, Light and Radio: 5', 'The Local Network: 5']);
  assert.equal(quizzes.length, 3);
  assert.equal(await school.lessons('there-is-none'), null);

  const mine = await school.mine('COMPLETED');
  assert.equal(mine.length, 1);
  assert.match(mine[0], /^COMPLETED course_/);
  const paper = await school.paper(quizzes.find(({ quizType }) => quizType === 'PRACTICE').id);
  assert.equal(paper.length, 10);
  for (const [kind, options] of paper) assert.equal(options > 1, CHOOSING.includes(kind), `${kind}: ${options}`);
  await assert.rejects(school.paper('quiz_01aaaaaaaaaaaaaaaaaaaaaaaa'), /"code":"NOT_FOUND"/);

  assert.deepEqual(await school.again(internet.id), internet);
  assert.equal(await school.again('course_01aaaaaaaaaaaaaaaaaaaaaaaa'), null);
});

test('the journey where nothing runs but the persisted documents, each sent by its hash', async (t) => {
  settings.LECTERN_TRUSTED_DOCUMENTS = fileURLToPath(new URL('src/gql/persisted-documents.json', FOLDER));
  await server.restart();
  const generated = await import(new URL('dist/gql/graphql.js', FOLDER));
  await travel(t, server, trusted(server.url, generated));
  await t.test('a document that is not on the list is refused', async () => {
    const { errors } = await post(server.url, { query: '{ __typename }' });
    assert.deepEqual(errors.map(({ extensions }) => extensions.code), ['PERSISTED_QUERY_NOT_IN_LIST']);
  });
});

/** Writes what `graphql-codegen` writes for the consumer's documents and the journey's. */
async function generate() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(new URL('src/gql/', FOLDER), { recursive: true });
  await symlink(new URL('node_modules', import.meta.url), new URL('node_modules', FOLDER));
  const consumer = await readFile(CONSUMER, 'utf8');
  const tagged = [...consumer.matchAll(/graphql\(`(.*?)`\)/gs)].map(([, text]) => text);
  const documents = [...tagged, await readFile(OPERATIONS, 'utf8')].map((rawSDL, index) => ({
    document: parse(rawSDL),
    location: `${index}.ts`,
    rawSDL,
  }));
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: 'gql/',
    schema: parse(await readFile(SDL, 'utf8')),
    documents,
    config: { scalars: SCALARS, strictScalars: true, useTypeImports: true, emitLegacyCommonJSImports: false },
    plugins: [],
    pluginMap: {},
    presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
  });
  for (const output of outputs) {
    await writeFile(new URL(`src/${output.filename}`, FOLDER), await codegen(output));
  }
  await writeFile(new URL('src/school.ts', FOLDER), consumer);
}

async function compile() {
  await writeFile(new URL('package.json', FOLDER), '{ "type": "module" }');
  await writeFile(
    new URL('tsconfig.json', FOLDER),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }),
  );
  await promisify(execFile)(TSC, ['--project', 'tsconfig.json'], { cwd: fileURLToPath(FOLDER) }).catch((error) => {
    throw new Error(`tsc --strict says:\n${error.stdout}`);
  });
}

/** Sends hashes only. */
function trusted(url, generated) {
  const session = new Session();
  const ask = (name, variables, headers) => {
    const sha256Hash = generated[`${name}Document`].__meta__.hash;
    return post(url, { variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }, headers);
  };
  const send = async (variables) => (await ask('JourneyRefreshMutation', variables)).data;
  async function run(name, variables) {
    let answer = await ask(name, variables, session.headers);
    if (session.tokens && hasExpired(answer.errors)) {
      await session.refresh(send);
      answer = await ask(name, variables, session.headers);
    }
    if (answer.errors) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
    return answer.data;
  }
  return { session, run };
}

async function post(url, body, headers = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.json();
}
