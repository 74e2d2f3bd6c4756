import type { PageOptions } from './list-page.ts';

/** Characters that every client and proxy takes in a URL. */
const LONGEST_URL = 8000;
const LONGEST_OFFSET = '&offset=2147483647'.length;

/**
 * The URL under which a GET asks what a POST asked: its members as query parameters, lists joined by commas. Null where a
 * query cannot say it, or not in fewer than 8,000 characters.
 */
export function getTwinUrl(postUrl: string, members: object): string | null {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    const text = queryText(value);
    if (text?.isWellFormed() !== true) return null;
    query.set(name, text);
  }
  const url = `${withoutQuery(postUrl)}?${query.toString()}`;
  return url.length + LONGEST_OFFSET < LONGEST_URL ? url : null;
}

/** How a query parameter spells a value; null where it cannot. */
function queryText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const words = value.map((word: unknown) => (typeof word === 'string' && !word.includes(',') ? word : null));
  return words.includes(null) ? null : words.join(',');
}

/**
 * The URL of a list's next page: the one asked for with another `offset`; null behind the last page, or where the list was
 * not asked for by a URL.
 *
 * @param total - entries of the whole list
 */
export function nextUrl(requestedUrl: string | null, { limit, offset }: PageOptions, total: number): string | null {
  if (requestedUrl === null || limit === undefined || offset + limit >= total) return null;
  const base = withoutQuery(requestedUrl);
  const query = new URLSearchParams(requestedUrl.slice(base.length));
  query.set('offset', String(offset + limit));
  return `${base}?${query.toString()}`;
}

function withoutQuery(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}
