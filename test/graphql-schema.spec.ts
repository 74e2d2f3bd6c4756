import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { readFileSync } from 'node:fs';

const SCHEMA = buildSchema(readFileSync(new URL('../openapi/schema.graphql', import.meta.url), 'utf8'));
const TYPES = Object.values(SCHEMA.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

type Part = [place: string, description: string | null | undefined];

/** What there is to describe in a type, by its place. */
function describedParts(type: (typeof TYPES)[number]): Part[] {
  const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] =
    isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
  return [
    [type.name, type.description],
    ...(isEnumType(type) ? type.getValues() : []).map(({ name, description }) => [`${type.name}.${name}`, description] as Part),
    ...fields.flatMap((field) => {
      const args: readonly GraphQLArgument[] = 'args' in field ? field.args : [];
      return [
        [`${type.name}.${field.name}`, field.description] as Part,
        ...args.map(({ name, description }): Part => [`${type.name}.${field.name}(${name})`, description]),
      ];
    }),
  ];
}

describe('the schema', () => {
  it.each(TYPES.map((type) => [type.name, type] as const))('describes all of %s in sentences', (_name, type) => {
    expect(describedParts(type).filter(([, description]) => !/\S\.$/.test(description ?? ''))).toEqual([]);
  });

  it('has examples of what is said in a word or a number', () => {
    const parts = TYPES.flatMap(describedParts);
    expect(parts.filter(([, description]) => description?.includes('Example: ') === true).length).toBeGreaterThan(250);
    expect(SCHEMA.getType('Link')).toMatchObject({ _fields: { kind: { description: expect.stringContaining('Example: `INTERNAL`') } } });
  });

  it('spells the words of enumerations as constants', () => {
    const values = TYPES.filter(isEnumType).flatMap((type) => type.getValues().map(({ name }) => name));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  });

  it('says where its own scalars are specified', () => {
    const own = TYPES.filter(isScalarType).map(({ name, specifiedByURL }) => [name, specifiedByURL]);
    expect(own).toEqual(own.map(([name]) => [name, expect.stringMatching(/^https:/)]));
    expect(own.map(([name]) => name).sort()).toEqual(['DateTime', 'JSON', 'URL']);
  });
});
