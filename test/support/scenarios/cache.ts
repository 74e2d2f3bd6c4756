import { bare, type Fields, type OriginRequest, type Scenario, type Scenarios } from './response.ts';

/** How often each target was asked for, since the tests of this file began. */
const asked = new Map<string, number>();

/** `@-60` is the HTTP date of a minute ago, `#` the number of the request for this target. */
function valueOf(text: string, count: number): string {
  const seconds = /^@(-?\d+)$/.exec(text)?.[1];
  return seconds === undefined ? text.replace('#', String(count)) : new Date(Date.now() + Number(seconds) * 1000).toUTCString();
}

function fieldsOf({ url }: OriginRequest, prefix: '' | '304.', count: number): Fields {
  return [...url.searchParams]
    .filter(([name]) => (prefix === '' ? !/^(304\.|_)/.test(name) : name.startsWith(prefix)))
    .filter(([name]) => !name.startsWith('second.') || count === 2)
    .map(([name, value]) => [name.slice(prefix.length).replace(/^second\./, ''), valueOf(value, count)]);
}

/** The validators sent hold: what a server says 304 to. */
function isUnchanged(request: OriginRequest, fields: Fields): boolean {
  const own = (name: string): string | undefined => fields.find(([field]) => field === name)?.[1];
  const etag = request.header('if-none-match');
  if (etag !== undefined) return etag === own('etag') || request.url.searchParams.has('_always');
  const modified = request.header('if-modified-since');
  return modified !== undefined && (own('last-modified') ?? '') !== '';
}

/**
 * `/cache?etag=…&cache-control=…`: each parameter is a field of the response, and `304.cache-control` one of the 304 that a
 * matching condition gets; `second.set-cookie` comes at the second request alone. `_status` is the status, `_fails=2` a 503 at the second request, `_always` a 304 to any
 * `If-None-Match`, `_slow` milliseconds to wait; other names with `_` tell targets apart. The content counts the requests.
 */
const cache: Scenario = async (request, connection) => {
  const { searchParams } = request.url;
  const count = (asked.get(request.target) ?? 0) + 1;
  asked.set(request.target, count);
  await connection.pause(Number(searchParams.get('_slow') ?? '0'));
  if (searchParams.get('_fails') === String(count)) return bare('503 Service Unavailable', [['Content-Length', '0']]);
  const fields = fieldsOf(request, '', count);
  if (isUnchanged(request, fields)) return bare('304 Not Modified', fieldsOf(request, '304.', count));
  const content = `answer ${String(count)}\n`;
  const status = `${searchParams.get('_status') ?? '200'} Status`;
  return bare(status, [['Content-Type', 'text/plain'], ...fields, ['Content-Length', String(content.length)]], content);
};

/** Responses whose caching the query describes, at two paths. */
export const caching: Scenarios = { '/cache': cache, '/cache/other': cache };
