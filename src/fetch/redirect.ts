import type { Exchange, ExchangeRequest } from './exchange.ts';
import { FetchError } from './fetch-error.ts';
import { firstValue, type HeaderField, utf8Value } from './field-lines.ts';
import { parseLocation } from './target-url.ts';

/** https://fetch.spec.whatwg.org/#redirect-status */
const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);

/** https://fetch.spec.whatwg.org/#request-body-header-name */
const CONTENT_FIELDS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']);

/** The fields that say nothing of the content of a request: what one without content keeps. */
export function withoutContentFields<Field extends Pick<HeaderField, 'name'>>(fields: readonly Field[]): Field[] {
  return fields.filter(({ name }) => !CONTENT_FIELDS.has(name.toLowerCase()));
}

/** A request, and which of its fields the caller named: these stay with the origin they were meant for. */
export interface RedirectableRequest extends ExchangeRequest {
  callerHeaders: readonly HeaderField[];
}

/** True for a response that sends elsewhere. */
export function isRedirect(exchange: Exchange): boolean {
  return REDIRECT_STATUS.has(exchange.status) && firstValue(exchange.headers, 'location') !== null;
}

/**
 * The request that follows a redirect: method and content as the standard changes them, the caller's fields dropped at
 * another origin. https://fetch.spec.whatwg.org/#http-redirect-fetch
 *
 * @throws FetchError when the `Location` cannot be parsed or may not be followed.
 */
export function redirectedRequest(request: RedirectableRequest, exchange: Exchange): RedirectableRequest {
  const url = parseLocation(utf8Value(onlyLocation(exchange)), request.url);
  const becomesGet =
    ((exchange.status === 301 || exchange.status === 302) && request.method === 'POST') ||
    (exchange.status === 303 && request.method !== 'GET' && request.method !== 'HEAD');
  const sameOrigin = url.origin === request.url.origin;
  return {
    ...request,
    url,
    method: becomesGet ? 'GET' : request.method,
    content: becomesGet ? null : request.content,
    callerHeaders: sameOrigin ? (becomesGet ? withoutContentFields(request.callerHeaders) : request.callerHeaders) : [],
  };
}

/** Of Locations that differ none is believed. https://fetch.spec.whatwg.org/#extract-header-list-values */
function onlyLocation({ headers, url }: Exchange): string {
  const [location = '', ...others] = headers.filter(({ name }) => name.toLowerCase() === 'location').map(({ value }) => value);
  if (others.every((other) => other === location)) return location;
  throw new FetchError('MALFORMED_RESPONSE', `a redirect has several Locations: redirected by ${url}`, { url, phase: 'firstByte' });
}
