// The page that the binary holds is what its sources and its lock file make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './support/bundle.mjs';

test('the committed GraphiQL page is what a build from its sources makes, byte by byte', async () => {
  assert.deepEqual(await differences(), []);
});
