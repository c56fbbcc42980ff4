// The GraphQL-over-HTTP audits of the graphql-http package: MUST, SHOULD and MAY.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { auditServer } from 'graphql-http';
import { startServer } from './support/server.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

test('the server passes every GraphQL-over-HTTP audit', async (t) => {
  const results = await auditServer({ url: `${server.url}/graphql` });
  const failed = results.filter(({ status }) => status !== 'ok');
  t.diagnostic(`${results.length - failed.length} of ${results.length} audits are ok`);
  assert.ok(results.length > 0, 'no audit ran');
  assert.deepEqual(
    failed.map(({ id, name, status, reason }) => `${status} ${id} ${name}: ${reason}`),
    [],
  );
});
