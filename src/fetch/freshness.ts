import CachePolicy from 'http-cache-semantics';
import type { Exchange } from './exchange.ts';
import { combinedValue, type HeaderField } from './field-lines.ts';
import { parseHttpDate } from './http-date.ts';
import type { Snapshot } from './snapshot.ts';

/** What HTTP caching says of a retrieval whose every response may be stored by a shared cache. */
export interface Freshness {
  /** Age of the final response when it was stored, in seconds. RFC 9111, section 4.2.3. */
  ageS: number;
  /** Until when all of its responses are fresh, in milliseconds since 1970. In the past for one that never was. */
  freshUntilMs: number;
  /** None of its responses forbids to be used stale. RFC 9111, section 4.2.4. */
  allowsStale: boolean;
  /** Names of the request fields that its responses vary by, in lower case. */
  vary: readonly string[];
}

/** Longest guess at a freshness lifetime that nobody declared, in seconds. */
const MAX_HEURISTIC_S = 86_400;
/** What a larger delta-seconds counts as. RFC 9111, section 1.2.2. */
const MAX_DELTA_S = 2_147_483_648;

/**
 * Judges what a retrieval brought back: null where any of its responses may not be stored for others, else how long it may
 * be used. A chain of redirects is as fresh as the response in it that is stale first.
 *
 * @param now - milliseconds since 1970
 */
export function freshnessOf({ exchanges, final, fetchedAt }: Snapshot, now: number): Freshness | null {
  // A 304 on the way is stored by what it says of the response that it confirms.
  const responses = [...exchanges.slice(0, -1).filter(({ status }) => status !== 304), final];
  const delayS = Math.max(0, now - Date.parse(fetchedAt)) / 1000;
  const verdicts = responses.map((exchange) => judge(exchange, delayS, now)).filter((verdict) => verdict !== null);
  const last = verdicts.at(-1);
  if (last === undefined || verdicts.length < responses.length) return null;
  return {
    ageS: last.ageS,
    freshUntilMs: now + Math.min(...verdicts.map(({ lifetimeS, ageS }) => lifetimeS - ageS)) * 1000,
    allowsStale: verdicts.every(({ allowsStale }) => allowsStale),
    vary: [...new Set(verdicts.flatMap(({ vary }) => vary))],
  };
}

/**
 * True where no response of a retrieval is meant for its caller alone: only then do others who asked at the same time
 * share it. https://www.rfc-editor.org/rfc/rfc9111#section-4
 */
export function isForEverybody({ exchanges }: Snapshot): boolean {
  return exchanges.every(({ headers }) => {
    const directives = parseDirectives(combinedValue(headers, 'cache-control') ?? '');
    return !directives.has('no-store') && !directives.has('private') && !setsCookieForOne(headers, directives);
  });
}

/** RFC 9111, section 7.3, lets it be shared; but a cookie is set for one, unless the response is for all. */
function setsCookieForOne(headers: readonly HeaderField[], directives: Directives): boolean {
  return combinedValue(headers, 'set-cookie') !== null && !directives.has('public');
}

interface Verdict {
  ageS: number;
  lifetimeS: number;
  allowsStale: boolean;
  vary: string[];
}

/** https://www.rfc-editor.org/rfc/rfc9111#section-3, and stricter where the answer would tell of who asked. */
function judge({ method, url, status, headers, requestHeaders }: Exchange, delayS: number, now: number): Verdict | null {
  const vary = listOf(combinedValue(headers, 'vary'));
  if (vary.includes('*')) return null;
  // Answers show the request as sent: credentials in it would be shown to others.
  if (['authorization', 'cookie'].some((name) => combinedValue(requestHeaders, name) !== null)) return null;
  const directives = parseDirectives(combinedValue(headers, 'cache-control') ?? combinedValue(headers, 'pragma') ?? '');
  if (setsCookieForOne(headers, directives)) return null;
  const fields = policyFields(headers, directives, now);
  const policy = new CachePolicy({ method, url, headers: {} }, { status, headers: fields });
  if (!policy.storable()) return null;
  const isDeclared = directives.has('max-age') || directives.has('s-maxage') || 'expires' in fields;
  return {
    ageS: initialAge(headers, delayS, now),
    lifetimeS: isDeclared ? policy.maxAge() : Math.min(policy.maxAge(), MAX_HEURISTIC_S),
    allowsStale: !['no-cache', 'must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name)),
    vary,
  };
}

/** https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3 */
function initialAge(headers: readonly HeaderField[], delayS: number, now: number): number {
  const [said = ''] = listOf(combinedValue(headers, 'age'));
  const ageValue = /^\d+$/.test(said) ? Math.min(Number(said), MAX_DELTA_S) : 0;
  const date = parseHttpDate(combinedValue(headers, 'date') ?? '', now) ?? now;
  const apparentAge = Math.floor(Math.max(0, now - date) / 1000);
  return Math.max(apparentAge, ageValue + delayS);
}

/** The fields that decide, in the one spelling that the library of rules reads. */
function policyFields(headers: readonly HeaderField[], directives: Directives, now: number): Record<string, string> {
  const fields: Record<string, string> = {
    // proxy-revalidate forbids stale use alone; the library would take it for no use at all.
    'cache-control': [...directives]
      .filter(([name]) => name !== 'proxy-revalidate')
      .map(([name, value]) => (value === null ? name : `${name}=${String(value)}`))
      .join(', '),
    date: new Date(parseHttpDate(combinedValue(headers, 'date') ?? '', now) ?? now).toUTCString(),
  };
  const modified = parseHttpDate(combinedValue(headers, 'last-modified') ?? '', now);
  if (modified !== null) fields['last-modified'] = new Date(modified).toUTCString();
  const expires = combinedValue(headers, 'expires');
  // What is no date means that it has expired. RFC 9111, section 5.3.
  if (expires !== null) fields['expires'] = new Date(parseHttpDate(expires, now) ?? 0).toUTCString();
  return fields;
}

/** Directives by name in lower case; the value is seconds, or null for those that take none. */
export type Directives = ReadonlyMap<string, number | null>;

const DIRECTIVE = /([!#$%&'*+.^`|~\w-]+)(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^\s,;]*))?/g;
const FLAGS = new Set(['no-store', 'no-cache', 'private', 'public', 'must-revalidate', 'proxy-revalidate']);

/**
 * Reads `Cache-Control`. Names in any letter case; a directive about some fields counts for all; seconds that are not valid,
 * or said twice and differently, count as 0. https://www.rfc-editor.org/rfc/rfc9111#section-5.2
 */
export function parseDirectives(value: string): Directives {
  const directives = new Map<string, number | null>();
  for (const [, written = '', argument] of value.matchAll(DIRECTIVE)) {
    const name = written.toLowerCase();
    if (FLAGS.has(name)) directives.set(name, null);
    if (name !== 'max-age' && name !== 's-maxage') continue;
    const seconds = /^"?(\d+)"?$/.exec(argument ?? '')?.[1];
    const read = seconds === undefined ? 0 : Math.min(Number(seconds), MAX_DELTA_S);
    directives.set(name, (directives.get(name) ?? read) === read ? read : 0);
  }
  return directives;
}

function listOf(value: string | null): string[] {
  return (value ?? '')
    .split(',')
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
}
