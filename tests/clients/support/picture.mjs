import { readFile } from 'node:fs/promises';

const SAMPLE = new URL('../../../crates/gateway/src/seed/samples/picture.png', import.meta.url);

/** A picture as an input field of a page has it. */
export async function picture() {
  const { File } = await import('node:buffer');
  return new File([await readFile(SAMPLE)], 'picture.png', { type: 'image/png' });
}
