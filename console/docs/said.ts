import type { Operation } from '../../src/api/open-api.ts';
import type { ApiRequest, Value } from '../server.ts';
import type { Method } from './contents.ts';
import { type Endpoint, plain } from './endpoints.ts';

/** A page of the demo with something for every view; it needs no Internet. */
export const DEMO_URL = 'http://pagewire.test/article.html';

/** What stands in the controls of a form, by the names of the parameters. Empty is not said. */
export type Typed = Readonly<Record<string, string>>;

/** What a form begins with: what an answer needs, with a target that this server can reach. */
export function presets({ parameters = [] }: Operation, isDemo: boolean, snapshot: string): Typed {
  return Object.fromEntries(
    parameters.flatMap(({ name, example, schema, in: place }): [string, string][] => {
      if (place === 'path' && name === 'id') return [[name, snapshot]];
      if (example === undefined && place !== 'path') return [];
      const value = name === 'url' && isDemo ? DEMO_URL : (example ?? schema.examples?.[0]);
      return [[name, plain(value)]];
    }),
  );
}

/** The request of a form. */
export function queryRequest({ path }: Endpoint, method: Method, { parameters = [] }: Operation, typed: Typed): ApiRequest {
  const place = path.replace(/\{(\w+)\}/, (_whole, name: string) => encodeURIComponent(typed[name] ?? ''));
  const query = Object.fromEntries(
    parameters.flatMap(({ name, in: where }): [string, Value][] => {
      const value = typed[name] ?? '';
      return where !== 'query' || value === '' ? [] : [[name, value]];
    }),
  );
  return { path: place, query, ...((method === 'PATCH' || method === 'DELETE') && { method }) };
}

/** The object that a text is as JSON; null where it is none. */
export function bodyOf(text: string): object | null {
  return bodyFault(text) === null ? (JSON.parse(text) as object) : null;
}

/** What is wrong with a text that is to be a JSON object; null where nothing is. */
export function bodyFault(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? null : 'It must be a JSON object, in braces.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What stands in for an example of the contract where nothing of the Internet is to be asked; documents of the caller's own are nowhere. */
function ofDemo(key: string, text: string): string {
  if (key === 'url') return DEMO_URL;
  return key === 'html' || key === 'baseUrl' ? text : text.replaceAll(/https?:\/\/example\.com\//g, 'http://pagewire.test/');
}

/** The bodies that the contract shows, with a target that this server can reach. */
export function bodyExamples({ requestBody }: Operation, isDemo: boolean): { name: string; summary: string; text: string }[] {
  const examples = Object.entries(requestBody?.content['application/json']?.examples ?? {});
  return examples.map(([name, { summary, value }]) => ({
    name,
    summary,
    text: JSON.stringify(value, (key, member: unknown) => (isDemo && typeof member === 'string' ? ofDemo(key, member) : member), 2),
  }));
}
