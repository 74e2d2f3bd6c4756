import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from './problem.ts';

/** Paths that say what this server is, and nothing about anybody's targets: no key is asked for. */
const OPEN_PATH = /^\/($|\?|(docs|problems|health|openapi\.json|schema\.graphql)(\/|\?|$))/;

/** What a machine asks for at fixed times, however busy its caller is otherwise: the rate limit is not for it. */
const UNCOUNTED_PATH = /^\/metrics(\/|\?|$)/;

/** The header fields by which a caller may show a key, and the address it calls from. */
export interface Caller {
  authorization: string | undefined;
  apiKey: string | string[] | undefined;
  address: string;
}

/** True for a path that anybody may ask. */
export function isOpenPath(path: string): boolean {
  return OPEN_PATH.test(path);
}

/** True for a path that does not count for the rate limit. */
export function isUncountedPath(path: string): boolean {
  return UNCOUNTED_PATH.test(path);
}

/** Knows the API keys, as digests only. */
export class KeyRing {
  readonly #digests: readonly Buffer[] | null;

  /** Without keys everybody is let in. */
  constructor(keys: readonly string[] | null) {
    this.#digests = keys?.map(digest) ?? null;
  }

  /**
   * Who is calling, as a name under which requests may be counted: a key's digest, or the address.
   *
   * @throws ProblemError `UNAUTHORIZED`.
   */
  identify(caller: Caller): string {
    if (this.#digests === null) return `address ${caller.address}`;
    const given = /^Bearer +(\S+)$/i.exec(caller.authorization ?? '')?.[1] ?? caller.apiKey;
    if (typeof given !== 'string') {
      throw new ProblemError('UNAUTHORIZED', 'an API key is required: send it as "Authorization: Bearer <key>" or as "X-API-Key: <key>"');
    }
    const candidate = digest(given);
    // Every key is compared, so that the time taken tells nothing.
    const matches = this.#digests.filter((known) => timingSafeEqual(known, candidate));
    if (matches.length === 0) throw new ProblemError('UNAUTHORIZED', 'this API key is not known here');
    return `key ${candidate.toString('base64')}`;
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
