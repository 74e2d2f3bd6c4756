import { createHash, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { networkOf } from './caller-address.ts';
import { ProblemError } from './problem.ts';
import { RateLimit, type Standing } from './rate-limit.ts';

/** Paths that say what this server is, and nothing about anybody's targets: no key is asked for. */
const OPEN_PATH = /^\/($|\?|(console|demo|docs|jobs|problems|limits|health|openapi\.json|schema\.graphql)(\/|\?|$))/;

/** What a machine asks for at fixed times, however busy its caller is otherwise: the rate limit is not for it. */
const UNCOUNTED_PATH = /^\/metrics(\/|\?|$)/;

/** Keys that do not fit, a minute and an address, after which no key from there is looked at. */
const GUESSES_PER_MINUTE = 30;

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

/** Who calls without a key, as a name under which requests may be counted. */
export function nameOfAddress(address: string): string {
  return `address ${networkOf(address)}`;
}

/** Knows the API keys, as digests only. */
export class KeyRing {
  readonly #digests: readonly Buffer[] | null;
  readonly #guesses = new RateLimit(GUESSES_PER_MINUTE);
  /** Callers that have shown their key from their address: the guesses of a neighbour do not keep them out. */
  readonly #known = new LRUCache<string, true>({ max: 10_000 });

  /** Without keys everybody is let in. */
  constructor(keys: readonly string[] | null) {
    this.#digests = keys?.map(digest) ?? null;
  }

  /**
   * Who is calling, as a name under which requests may be counted: a key's digest, or the network of the address.
   *
   * @throws ProblemError `UNAUTHORIZED`, or `RATE_LIMITED` after too many keys that were none.
   */
  identify(caller: Caller): string {
    const network = networkOf(caller.address);
    if (this.#digests === null) return nameOfAddress(caller.address);
    const given = /^Bearer +(\S+)$/i.exec(caller.authorization ?? '')?.[1] ?? caller.apiKey;
    if (typeof given !== 'string') {
      throw new ProblemError('UNAUTHORIZED', 'an API key is required: send it as "Authorization: Bearer <key>" or as "X-API-Key: <key>"');
    }
    const candidate = digest(given);
    const name = `key ${candidate.toString('base64')}`;
    const place = `${name} ${network}`;
    const { remaining, resetS } = this.#guesses.standing(network);
    if (remaining === 0 && !this.#known.has(place)) {
      const detail = `too many keys from this address were not known here; ask again in ${String(resetS)} s`;
      throw new ProblemError('RATE_LIMITED', detail, { retryAfterS: resetS });
    }
    // Every key is compared, so that the time taken tells nothing.
    const matches = this.#digests.filter((known) => timingSafeEqual(known, candidate));
    if (matches.length === 0) {
      this.#guesses.take(network, 1);
      throw new ProblemError('UNAUTHORIZED', 'this API key is not known here');
    }
    this.#known.set(place, true);
    return name;
  }

  /** How many more keys may be tried from an address. */
  guessesLeft(address: string): Standing {
    return this.#guesses.standing(networkOf(address));
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
