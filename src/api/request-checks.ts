import { invalidParameter, ProblemError } from './problem.ts';

/** Levels of lists and objects that a JSON body may have. No parameter needs more than five. */
const MAX_DEPTH = 32;

/** What a Host field may be: it becomes part of the URLs that answers name. RFC 9110, section 7.2. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/**
 * Refuses a JSON body that is no object, or that is nested deeper than what reads it could follow.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkBody(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ProblemError('INVALID_REQUEST', 'the body must be a JSON object with the parameters as its members');
  }
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new ProblemError('INVALID_REQUEST', `the body must not be nested deeper than ${String(MAX_DEPTH)} levels`);
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value as Record<string, unknown>) : []));
  }
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
 * Refuses a request whose Host is not one.
 *
 * @throws ProblemError `INVALID_REQUEST`
 */
export function checkHost(host: string): void {
  if (!HOST.test(host)) throw new ProblemError('INVALID_REQUEST', 'the Host field of this request is not a host name or an address');
}
