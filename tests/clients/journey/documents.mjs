// The operations of the journey, each as a document of its own.
import { readFileSync } from 'node:fs';
import { Kind, parse, print } from 'graphql';

export const OPERATIONS = new URL('operations.graphql', import.meta.url);

export const documents = Object.fromEntries(
  parse(readFileSync(OPERATIONS, 'utf8')).definitions.map((definition) => [
    definition.name.value,
    { kind: Kind.DOCUMENT, definitions: [definition] },
  ]),
);

export const texts = Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, print(document)]));
