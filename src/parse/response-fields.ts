import { type HeaderField, utf8Value } from '../fetch/field-lines.ts';

/** What a response says of its document: the fields that views read besides the content. */
const READ: ReadonlySet<string> = new Set(['content-language', 'link', 'refresh', 'x-robots-tag']);

/** Those fields of a response that tell something of its document, in order, their bytes read as UTF-8 where they are that. */
export function fieldsOfDocument(headers: readonly HeaderField[]): HeaderField[] {
  return headers.filter(({ name }) => READ.has(name.toLowerCase())).map(({ name, value }) => ({ name, value: utf8Value(value) }));
}
