// Our validation against graphql-js': the same documents are refused, whichever rule they break.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { documents, variables } from './support/documents.mjs';
import { gaps } from './support/gaps.mjs';
import { startServer } from './support/server.mjs';
import { ask, signIn } from './support/wire.mjs';

const SCHEMA = new URL('../../schema.graphql', import.meta.url);

let server;
let schema;
let token;
before(async () => {
  [server, schema] = await Promise.all([startServer(), readFile(SCHEMA, 'utf8').then(buildSchema)]);
  token = await signIn(server.url, 'admin@lectern.test', 'lectern-demo');
});
after(() => server?.stop());

test('there are documents for every rule, at least a hundred', () => {
  assert.deepEqual(
    specifiedRules.map(({ name }) => name).filter((name) => !(documents[name]?.bad.length && documents[name].good.length)),
    [],
  );
  assert.ok(all().length >= 100, `only ${all().length}`);
});

test('each document is what the table says, by the word of graphql-js', () => {
  const wrong = all().filter(({ rule, text, isGood }) => {
    const broken = validate(schema, parse(text), [specifiedRules.find(({ name }) => name === rule)]);
    const any = validate(schema, parse(text));
    return isGood ? any.length > 0 : broken.length === 0;
  });
  assert.deepEqual(wrong, []);
});

test('the server refuses what graphql-js refuses, and nothing else', async (t) => {
  const differences = [];
  for (const { rule, text, isGood } of all()) {
    const { status, body } = await ask(server.url, text, { token, variables: declared(text) });
    const codes = (body.errors ?? []).map(({ extensions }) => extensions?.code);
    // Refused before anything ran: our limits may be the first to say so.
    const isRefused = !('data' in body);
    if (isRefused) assert.equal(status, 400, text);
    if (isRefused === isGood) differences.push({ rule, text, codes });
  }
  t.diagnostic(`${all().length} documents, ${gaps.length} known gaps`);
  const found = differences.map(({ text }) => text);
  assert.deepEqual(differences.filter(({ text }) => !gaps.some((gap) => gap.document === text)), []);
  // A gap that is closed is to be struck off the list.
  assert.deepEqual(gaps.map((gap) => gap.document).filter((text) => !found.includes(text)), []);
});

function all() {
  return Object.entries(documents).flatMap(([rule, { good, bad }]) => [
    ...good.map((text) => ({ rule, text, isGood: true })),
    ...bad.map((text) => ({ rule, text, isGood: false })),
  ]);
}

function declared(text) {
  const names = [...text.matchAll(/\$(\w+):/g)].map(([, name]) => name);
  return Object.fromEntries(names.filter((name) => name in variables).map((name) => [name, variables[name]]));
}
