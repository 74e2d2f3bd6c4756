import type { Asked } from './contract.ts';
import { percentEncoded } from './target-text.tsx';

/** What a shared address says of a request; header fields, cookies and content stay out of it, as secrets are among them. */
export const SHARED = {
  url: 'text',
  method: 'text',
  httpVersion: 'text',
  userAgent: 'text',
  acceptLanguage: 'text',
  encoding: 'text',
  cache: 'text',
  timeoutMs: 'number',
  maxRedirects: 'number',
  maxBytes: 'number',
  insecureTls: 'flag',
} as const satisfies Partial<Record<keyof Asked, 'text' | 'number' | 'flag'>>;

/** Those of them that are words of a list. */
export const SHARED_WORDS = {
  httpVersion: ['1.0', '1.1'],
  cache: ['default', 'reload', 'only-if-cached'],
  insecureTls: ['true', 'false'],
} as const satisfies { [Name in keyof typeof SHARED]?: readonly string[] };

/** The request that an address asks for. */
export function askedOf(parameters: URLSearchParams): Asked {
  const entries = Object.entries(SHARED).flatMap(([name, kind]): [string, string | number | boolean][] => {
    const value = parameters.get(name);
    if (value === null || value === '') return [];
    if (kind === 'number') return /^\d{1,15}$/.test(value) ? [[name, Number(value)]] : [];
    const words: readonly string[] | undefined = name in SHARED_WORDS ? SHARED_WORDS[name as keyof typeof SHARED_WORDS] : undefined;
    if (words !== undefined && !words.includes(value)) return [];
    if (name === 'url') return [[name, percentEncoded(value)]];
    return [[name, kind === 'flag' ? value === 'true' : value]];
  });
  return { url: '', ...Object.fromEntries(entries) };
}

/** The parameters of an address that ask for the same. */
export function sharedParameters(asked: Asked): [string, string][] {
  return Object.keys(SHARED).flatMap((name): [string, string][] => {
    const value = asked[name as keyof typeof SHARED];
    return value === undefined || value === '' || value === false ? [] : [[name, String(value)]];
  });
}

/** What a JSON body can say and a query cannot. */
export function needsBody({ method, headers, cookies, content }: Asked): boolean {
  return (method !== undefined && method !== 'GET') || (headers?.length ?? 0) > 0 || (cookies?.length ?? 0) > 0 || (content ?? '') !== '';
}

/** True where asking for it may change something at the target: then nobody but the reader may start it. */
export function isUnsafe({ method = 'GET' }: Asked): boolean {
  return !/^(get|head|options)$/i.test(method);
}

/** The members that are said; a member that is empty is as good as not said. */
export function membersOf(asked: Asked): Partial<Asked> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => isSaid(value)));
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** A scheme other than that of a URL with an authority, and no host with its port. https://url.spec.whatwg.org/#scheme-state */
const OTHER_SCHEME = /^[a-z][a-z\d+.-]*:(?!\d*(?:[/?#]|$))/i;

/**
 * A URL as people type it: without a scheme it is https, but for the demo, which is http alone. Another scheme stays, for the server to say
 * that it retrieves none.
 */
export function typedUrl(text: string): string {
  const typed = percentEncoded(text.trim());
  if (typed === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(typed) || OTHER_SCHEME.test(typed)) return typed;
  if (typed.startsWith('/')) return new URL(typed, location.origin).href;
  return `${/^pagewire\.test(?:[/?#]|$)/i.test(typed) ? 'http' : 'https'}://${typed}`;
}
