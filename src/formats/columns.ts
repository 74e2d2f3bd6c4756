/** An entry of a list, as JSON has it. */
export type Entry = Readonly<Record<string, unknown>>;

/**
 * The value of an entry in a column, a dotted name as `position.line`, as one text: lists of words joined by a space, what else is made of
 * parts as JSON, null as nothing.
 */
export function cellOf(entry: Entry, column: string): string | number | boolean {
  let value: unknown = entry;
  for (const name of column.split('.')) {
    if (typeof value !== 'object' || value === null) return '';
    value = (value as Entry)[name];
  }
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value.join(' ');
  return JSON.stringify(value);
}
