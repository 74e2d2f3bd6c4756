import { applyDecorators } from '@nestjs/common';
import { Field, Int } from '@nestjs/graphql';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import { type Enumeration, listWords } from './enumeration.ts';
import { Json } from './json.model.ts';
import { openApiType, withExample } from './property.decorator.ts';

interface CommonOptions {
  description: string;
  example?: unknown;
  required?: boolean;
}

type ParameterOptions = CommonOptions &
  (
    | { type: 'string'; maxLength?: number; allowEmpty?: boolean; pattern?: readonly [RegExp, string]; default?: string }
    | { type: 'integer'; minimum: number; maximum: number; default?: number }
    | { type: 'boolean'; default?: boolean }
    | { type: 'list'; maxItems?: number; default?: string[] }
    | { type: 'json'; maxLength: number; default?: undefined }
    | { type: Enumeration; default?: string }
  );

/**
 * One parameter, for the query string, the JSON body and GraphQL at once: its type, its bounds and its default, with one
 * description. Text from a query string ({@link TEXT}) becomes a number or a boolean only where it is written as one; in JSON a
 * string is a string. Everything else is refused by name. A `list` is comma-separated in a query string. `json` is any JSON value of a body or
 * an operation; it comes as its text, so that nothing on the way takes a name in it for its own, and `maxLength` is that text's.
 */
export function Parameter(options: ParameterOptions): PropertyDecorator {
  const { description, example, required = false } = options;
  const kind = typeof options.type === 'string' ? options.type : 'enum';
  const graphType = graphTypeOf(options);
  return applyDecorators(
    Field(graphType as () => StringConstructor, {
      description: withExample(description, options.type, example),
      nullable: !required,
      ...(options.default !== undefined && { defaultValue: options.default as string }),
    }),
    ApiProperty({
      ...(options.type !== 'list' && openApiType(graphType)),
      ...boundsOf(options),
      description: description + listWords(options.type),
      required,
      ...(options.default !== undefined && { default: options.default }),
      ...(example !== undefined && { example }),
    } as ApiPropertyOptions),
    // A null is a parameter that is not given.
    Transform(({ value }: { value: unknown }) => (value === null ? options.default : value)),
    Transform(({ value }: { value: unknown }) => fromText(kind, value), { groups: [TEXT] }),
    required ? IsDefined({ message: 'is required' }) : IsOptional(),
    ...validators(options),
  );
}

/** The group of transformations of class-transformer for parameters that are all text, as those of a query string are. */
export const TEXT = 'text';

/** The name of the rule for parameters that are JSON of any shape. */
export const JSON_TEXT = 'jsonText';

/** Characters that a text may have where nothing else is said, and those of each word of a list. */
const LONGEST_TEXT = 8192;
const LONGEST_WORD = 100;

/** The bounds that the validators hold a value to, as JSON Schema says them. */
function boundsOf(options: ParameterOptions): ApiPropertyOptions {
  if (options.type === 'integer') return { minimum: options.minimum, maximum: options.maximum };
  if (options.type === 'list') {
    const { maxItems } = options;
    return { type: 'array', items: { type: 'string', minLength: 1, maxLength: LONGEST_WORD }, ...(maxItems !== undefined && { maxItems }) };
  }
  if (options.type !== 'string') return {};
  const { allowEmpty = false, maxLength = LONGEST_TEXT, pattern } = options;
  return { ...(!allowEmpty && { minLength: 1 }), maxLength, ...(pattern !== undefined && { pattern: pattern[0].source }) };
}

function graphTypeOf({ type }: ParameterOptions): () => unknown {
  if (type === 'integer') return () => Int;
  if (type === 'boolean') return () => Boolean;
  if (type === 'list') return () => [String];
  if (type === 'json') return () => Json;
  return typeof type === 'string' ? () => String : () => type;
}

function fromText(kind: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (kind === 'list') return value.split(',').map((item) => item.trim());
  return value;
}

function validators(options: ParameterOptions): PropertyDecorator[] {
  if (options.type === 'integer') {
    const message = `must be a whole number from ${String(options.minimum)} to ${String(options.maximum)}`;
    return [IsInt({ message }), Min(options.minimum, { message }), Max(options.maximum, { message })];
  }
  if (options.type === 'boolean') return [IsBoolean({ message: 'must be true or false' })];
  if (options.type === 'list') {
    const message = 'must be a list of words (comma-separated in a query string, an array of strings in JSON)';
    return [
      IsArray({ message }),
      IsString({ each: true, message }),
      Length(1, LONGEST_WORD, { each: true, message }),
      ...(options.maxItems === undefined
        ? []
        : [ArrayMaxSize(options.maxItems, { message: `must be a list of at most ${String(options.maxItems)}` })]),
    ];
  }
  if (options.type === 'json') {
    const { maxLength } = options;
    const validate = (value: unknown): boolean => typeof value === 'string' && value.length <= maxLength;
    const defaultMessage = (): string => `must have at most ${String(maxLength)} characters as JSON`;
    return [ValidateBy({ name: JSON_TEXT, validator: { validate, defaultMessage } })];
  }
  if (options.type === 'string') {
    const longest = options.maxLength ?? LONGEST_TEXT;
    const shortest = options.allowEmpty === true ? 0 : 1;
    return [
      IsString({ message: 'must be one text value, given once' }),
      Length(shortest, longest, { message: `must have ${String(shortest)} to ${String(longest)} characters` }),
      ...(options.pattern === undefined ? [] : [Matches(options.pattern[0], { message: options.pattern[1] })]),
    ];
  }
  const words = Object.values(options.type);
  return [IsIn(words, { message: `must be one of ${words.join(', ')}` })];
}
