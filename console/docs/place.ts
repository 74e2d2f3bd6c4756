import { useFragment } from '../place.ts';
import { readable } from '../server.ts';
import { ENTRIES, type Entry, type Method } from './contents.ts';

/** The parts of the page that are no endpoint. */
export const SECTIONS = [
  { id: 'start', title: 'Getting started' },
  { id: 'graph', title: 'GraphQL' },
  { id: 'limits', title: 'Limits in force' },
  { id: 'standards', title: 'Standards' },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];

/**
 * What is looked at, which the fragment of the address says: a section, or an endpoint as it is asked, `#/links?url=…`, `#POST/links`.
 * A fragment survives a reload, can be shared, is there without the server, and tells no server what a reader looks at.
 */
export type Place =
  | { kind: 'section'; id: SectionId }
  | { kind: 'endpoint'; entry: Entry; method: Method; values: URLSearchParams }
  | { kind: 'nowhere'; text: string };

/** The address of an endpoint in the list of all. */
export const addressOfEntry = ({ path, methods }: Entry): string => addressOf(path, methods[0] ?? 'GET');

/** The address of an endpoint, with what is filled in. */
export function addressOf(path: string, method: Method, values = new URLSearchParams()): string {
  const query = readable(values);
  return `#${method === 'GET' ? '' : method}${path}${query === '' ? '' : `?${query}`}`;
}

/** What a fragment says. */
export function placeOf(hash: string): Place {
  const [name = '', ...query] = hash.replace(/^#/, '').split('?');
  const text = decoded(name);
  const section = SECTIONS.find(({ id }) => id === (text === '' ? 'start' : text));
  if (section !== undefined) return { kind: 'section', id: section.id };
  const [, method = '', path = ''] = /^(GET|POST|PATCH|DELETE)?(\/.*)$/.exec(text) ?? [];
  const entry = ENTRIES.get(path);
  if (entry === undefined) return { kind: 'nowhere', text };
  const asked = entry.methods.find((one) => one === method) ?? entry.methods[0] ?? 'GET';
  return { kind: 'endpoint', entry, method: asked, values: new URLSearchParams(query.join('?')) };
}

/** Braces and the like, as some programs write them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is looked at now, followed as it changes. */
export const usePlace = (): Place => useFragment(placeOf);
