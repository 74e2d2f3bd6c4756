import { registerEnumType } from '@nestjs/graphql';

/** `only-if-cached` → `ONLY_IF_CACHED`, `firstByte` → `FIRST_BYTE`: how a value is spelled as a GraphQL enum value. */
type Constant<Value extends string> = string extends Value ? Uppercase<Value> : Spelled<Value, ''>;
type Spelled<Value extends string, Before extends string> = Value extends `${infer First}${infer Rest}`
  ? `${First extends '-' ? '_' : IsHump<Before, First> extends true ? `_${First}` : Uppercase<First>}${Spelled<Rest, First>}`
  : '';
type IsHump<Before extends string, Next extends string> =
  Before extends Uppercase<Before> ? false : Next extends Lowercase<Next> ? false : true;

function constantOfWord(word: string): string {
  return word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/** The object form of an enumeration, GraphQL name to JSON value. */
export type Enumeration<Value extends string = string> = { readonly [V in Value as Constant<V>]: V };

const meanings = new WeakMap<Enumeration, Readonly<Record<string, string>>>();

/**
 * Declares a set of words once for both faces, each with its meaning: the words themselves in JSON, their constants in
 * GraphQL.
 *
 * @example
 * export const CacheMode = enumeration('CacheMode', { default: 'As fresh as it is.', reload: 'Never.' }, 'How the cache is used.');
 * export type CacheMode = (typeof CacheMode)[keyof typeof CacheMode];
 */
export function enumeration<Value extends string>(
  name: string,
  words: Readonly<Record<Value, string>>,
  description: string,
): Enumeration<Value> {
  const constants = (Object.keys(words) as Value[]).map((word) => [constantOfWord(word), word] as const);
  const enumObject = Object.freeze(Object.fromEntries(constants)) as Enumeration<Value>;
  const valuesMap = Object.fromEntries(constants.map(([constant, word]) => [constant, { description: words[word] }]));
  registerEnumType<Enumeration>(enumObject, { name, description, valuesMap });
  meanings.set(enumObject, words);
  return enumObject;
}

/** What each word of an enumeration means, as a list in Markdown; empty for any other type. */
export function listWords(type: unknown): string {
  const words = Object.entries(meanings.get(type as Enumeration) ?? {});
  return words.map(([word, meaning]) => `\n- \`${word}\`: ${meaning}`).join('');
}

/** The constant of a word of an enumeration in GraphQL; null where it is none. */
export function constantOf(type: unknown, word: unknown): string | null {
  if (!meanings.has(type as Enumeration)) return null;
  return Object.entries(type as Enumeration).find(([, value]) => value === word)?.[0] ?? null;
}
