import type { Asked } from './contract.ts';

/** What a shared address says of a request; header fields, cookies and content stay out of it, as secrets are among them. */
const SHARED = {
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

/** The request that an address asks for. */
export function askedOf(parameters: URLSearchParams): Asked {
  const entries = Object.entries(SHARED).flatMap(([name, kind]): [string, string | number | boolean][] => {
    const value = parameters.get(name);
    if (value === null || value === '') return [];
    if (kind === 'number') return /^\d+$/.test(value) ? [[name, Number(value)]] : [];
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

/** A URL as people type it: without a scheme it is https, but for the demo, which is http alone. */
export function typedUrl(text: string): string {
  const typed = text.trim();
  if (typed === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(typed)) return typed;
  if (typed.startsWith('/')) return new URL(typed, location.origin).href;
  return `${/^pagewire\.test(?:[/?#]|$)/i.test(typed) ? 'http' : 'https'}://${typed}`;
}
