import { registerEnumType } from '@nestjs/graphql';

/** `only-if-cached` → `ONLY_IF_CACHED`: how a value is spelled as a GraphQL enum value. */
type Constant<Value extends string> = Value extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${Constant<Tail>}`
  : Uppercase<Value>;

/** The object form of an enumeration, GraphQL name to JSON value. */
export type Enumeration<Value extends string = string> = { readonly [V in Value as Constant<V>]: V };

/**
 * Declares a set of words once for both faces: the words themselves in JSON, their constants in GraphQL.
 *
 * @example
 * export const CacheMode = enumeration('CacheMode', ['default', 'reload'], 'How the cache is used.');
 * export type CacheMode = (typeof CacheMode)[keyof typeof CacheMode];
 */
export function enumeration<const Value extends string>(name: string, values: readonly Value[], description: string): Enumeration<Value> {
  const entries = values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]);
  const enumObject = Object.freeze(Object.fromEntries(entries)) as Enumeration<Value>;
  registerEnumType(enumObject, { name, description });
  return enumObject;
}
