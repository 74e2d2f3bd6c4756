import { LRUCache } from 'lru-cache';
import { invalidParameter, ProblemError } from './problem.ts';

/** What a Host field may be: it becomes part of the URLs that answers name. RFC 9110, section 7.2. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;
/** Those asked for lately: most callers ask one. */
const GOOD_HOSTS = new LRUCache<string, true>({ max: 256 });

/**
 * Refuses a JSON body that is no object.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkBody(body: unknown): void {
  if (Array.isArray(body)) {
    throw new ProblemError(
      'INVALID_REQUEST',
      'the body must be a JSON object, and not a list: requests and operations are sent one by one',
    );
  }
  if (typeof body !== 'object' || body === null) {
    throw new ProblemError('INVALID_REQUEST', 'the body must be a JSON object with the parameters as its members');
  }
}

/** Routes at which something is done to what is there: a POST to them has no parameters in a body. */
export const ACTIONS: ReadonlySet<string> = new Set(['/webhooks/deliveries/:id/replay', '/watches/:id/run']);

/** Routes with parameters all of which may be left out, and the body with them. */
export const BODILESS: ReadonlySet<string> = new Set(['/webhooks/:id/secret/rotate']);

/**
 * Refuses a body where nobody would read it; one that is empty says nothing.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkNoBody(body: unknown): void {
  if (body !== undefined && Object.keys(Object(body) as object).length + Number(typeof body !== 'object') > 0)
    throw new ProblemError('INVALID_REQUEST', 'nothing goes into the body of this POST: send it without one');
}

/**
 * Refuses query parameters where nobody would read them.
 *
 * @param why - what is said of the first, after its name
 * @throws ProblemError `INVALID_REQUEST` that names it.
 */
export function checkNoQuery(query: unknown, why: string): void {
  const [name] = Object.keys(query ?? {});
  if (name !== undefined) throw invalidParameter(name, why);
}

/**
 * Refuses a request whose Host is not one, or that has two. RFC 9112, section 3.2.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkHost(host: string, rawHeaders: readonly string[] = []): void {
  if (hasTwice(rawHeaders, 'host')) throw new ProblemError('INVALID_REQUEST', 'this request has more than one Host field');
  if (GOOD_HOSTS.has(host)) return;
  if (!HOST.test(host) || !URL.canParse(`http://${host}/`))
    throw new ProblemError('INVALID_REQUEST', 'the Host field of this request is not a host name or an address');
  GOOD_HOSTS.set(host, true);
}

/** True where {@link checkHost} has passed it lately, and passes it now. */
export function isKnownHost(host: string, rawHeaders: readonly string[]): boolean {
  return GOOD_HOSTS.has(host) && !hasTwice(rawHeaders, 'host');
}

/** `name` in lower case; names and values come in turn. */
function hasTwice(rawHeaders: readonly string[], name: string): boolean {
  let times = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const field = rawHeaders[at] ?? '';
    if (field.length === name.length && field.toLowerCase() === name) times += 1;
  }
  return times > 1;
}

/**
 * Refuses a request that a trusted proxy says to have come by a scheme that is none of HTTP's: it becomes part of the URLs
 * that answers name.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkForwarded(protocol: string): void {
  if (protocol !== 'http' && protocol !== 'https') {
    throw new ProblemError('INVALID_REQUEST', 'the X-Forwarded-Proto field of this request is neither http nor https');
  }
}

/** What a page loads to run it, or to style itself by it. https://fetch.spec.whatwg.org/#destination-script-like */
const SCRIPT_LIKE = new Set([
  'script',
  'style',
  'worker',
  'sharedworker',
  'serviceworker',
  'audioworklet',
  'paintworklet',
  'xslt',
  'object',
  'embed',
  'manifest',
]);

/**
 * Refuses a browser that is about to run an answer as part of a page. Only the files of /console are made for that; content
 * of a target is not, whatever its media type says. https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkDestination(path: string, destination: string | string[] | undefined): void {
  if (typeof destination !== 'string' || !SCRIPT_LIKE.has(destination) || path.startsWith('/console/')) return;
  throw new ProblemError('INVALID_REQUEST', `the answers of this server are data: no page may load one as a ${destination}`);
}
