import { applyDecorators } from '@nestjs/common';
import { Field, Float, ID, Int } from '@nestjs/graphql';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { constantOf, type Enumeration, listWords } from './enumeration.ts';
import { Json } from './json.model.ts';
import { noteMember } from './model-members.ts';
import { DateTime, Url } from './scalars.model.ts';

/** A scalar's constructor, `Int`, `Float`, {@link Json}, an {@link Enumeration}, a model class, or a list of one of them; or lists of texts. */
export type PropertyType = unknown;

interface PropertyOptions {
  description: string;
  example?: unknown;
  /** The value may be `null`; the member itself is always there. */
  nullable?: boolean;
  /** What JSON Schema calls the text's form. */
  format?: 'date-time';
}

/**
 * One member of an answer: declares the GraphQL field and the OpenAPI property with one description.
 *
 * @example
 * \@Property(() => Int, { description: 'Status code of the final response.', example: 200 })
 * status!: number;
 */
export function Property(type: () => PropertyType, { description, example, nullable = false, format }: PropertyOptions): PropertyDecorator {
  return applyDecorators(
    (target: object, name: string | symbol) => {
      noteMember(target, { name: String(name), type, example });
    },
    Field((format === undefined ? type : () => DateTime) as () => StringConstructor, {
      description: withExample(description, type(), example),
      nullable,
    }),
    ApiProperty({
      ...openApiType(type),
      description: description + listWords(type()),
      required: true,
      nullable,
      ...(format !== undefined && { format }),
      ...(example !== undefined && { example }),
    } as ApiPropertyOptions),
  );
}

/** Characters of an example: a longer one belongs into a document. */
const LONGEST_EXAMPLE = 120;

/** A description for GraphQL, which has no place of its own for examples. A word of an enumeration is spelled as it is there. */
export function withExample(description: string, type: unknown, example: unknown): string {
  const isShown = ['string', 'number', 'boolean'].includes(typeof example) || (Array.isArray(example) && example.length > 0);
  const text = isShown ? (constantOf(type, example) ?? JSON.stringify(example)) : '';
  return text === '' || text.length > LONGEST_EXAMPLE || text.includes('`') ? description : `${description} Example: \`${text}\`.`;
}

/** A schema that says nothing would be taken for an object by the generator. `null` is a matter of `nullable`. */
const ANY_JSON = [
  { type: 'object', additionalProperties: true },
  { type: 'array', items: {} },
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
];

/** What OpenAPI calls a type that GraphQL has a name for. */
export function openApiType(type: () => PropertyType): ApiPropertyOptions {
  const declared = type();
  const isArray = Array.isArray(declared);
  if (isArray && Array.isArray(declared[0])) return { type: 'array', items: { type: 'array', items: { type: 'string' } } };
  const item: unknown = isArray ? declared[0] : declared;
  if (item === Int) return { type: 'integer', isArray };
  if (item === Float) return { type: 'number', isArray };
  if (item === ID || item === String || item === Url) return { type: 'string', isArray };
  if (item === Boolean) return { type: 'boolean', isArray };
  if (item === Json) return isArray ? { type: 'array', items: { anyOf: ANY_JSON } } : { anyOf: ANY_JSON };
  if (typeof item === 'object' && item !== null) return { type: 'string', enum: Object.values(item as Enumeration), isArray };
  return { type: () => item as () => void, isArray };
}
