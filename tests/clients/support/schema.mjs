// The committed schema, in the forms that clients want it in.
import { readFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema, isAbstractType } from 'graphql';

export const SDL = new URL('../../../schema.graphql', import.meta.url);

export const schema = buildSchema(readFileSync(SDL, 'utf8'));

export const introspection = introspectionFromSchema(schema);

/** The types that each interface and each union may be. */
export const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
