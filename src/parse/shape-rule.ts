import type { Finder } from './shape-finder.ts';
import type { Pattern } from './shape-pattern.ts';

/** What a value becomes. */
export const VALUE_TYPES = ['text', 'html', 'number', 'date', 'url', 'boolean'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** One value, read off what a selector finds. */
export interface ValueRule {
  kind: 'value';
  /** Tried in order. */
  finders: readonly Finder[];
  type: ValueType;
  /** What of the text is taken; null for all of it. */
  pattern: Pattern | null;
  /** What stands before the decimals of a number. */
  decimal: '.' | ',';
  /** What stands in place of a value that is missing, as JSON; null for nothing. */
  preset: string | null;
  /** Without it there is no record. */
  required: boolean;
}

/** A value that the shape itself names, as JSON. */
export interface ConstantRule {
  kind: 'constant';
  json: string;
}

/** Members, read within one element. */
export interface RecordRule {
  kind: 'record';
  /** Which element; null for the one that the record stands in. */
  scope: Finder | null;
  members: readonly (readonly [name: string, rule: Rule])[];
}

/** One entry for everything that the selector of a value or a record finds. */
export interface ListRule {
  kind: 'list';
  of: ValueRule | RecordRule;
}

/** A shape, or part of one, ready to be filled. */
export type Rule = ValueRule | ConstantRule | RecordRule | ListRule;
