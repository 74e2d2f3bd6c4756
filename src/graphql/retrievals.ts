import type { TargetRequest } from '../fetch/fetch.service.ts';
import { ProblemError } from '../api/problem.ts';
import { unlessAborted, withSignal } from '../api/under-way.ts';
import type { Retrieved } from '../fetch/retrieved.ts';

/** Retrieves what a target names. */
export type Retriever = (target: TargetRequest) => Promise<Retrieved>;

/** Retrievals of one operation: how many different ones it asked for, how many it made, and how many it might still have made. */
export interface Budget {
  asked: number;
  used: number;
  left: number;
}

/** Retrievals that one operation makes of one origin at a time, as browsers do. */
const MAX_PER_ORIGIN = 6;
/** Retrievals beyond the budget that are told apart; more count as asked each time. */
const MOST_CUT = 10_000;

/** The retrievals of one operation: so many, each target once, some of one origin at a time, and none after its end. */
export class Retrievals {
  readonly #retrieve: Retriever;
  readonly #most: number;
  readonly #end: AbortSignal;
  readonly #known = new Map<string, Promise<Retrieved>>();
  readonly #cut = new Set<string>();
  readonly #origins = new Map<string, OriginPlaces>();
  #used = 0;
  #passedOver = 0;

  /** @param end - aborted when the time of the operation is up, with the problem to answer with */
  constructor(retrieve: Retriever, most: number, end: AbortSignal) {
    this.#retrieve = retrieve;
    this.#most = most;
    this.#end = end;
  }

  get budget(): Budget {
    return { asked: this.#used + this.#cut.size + this.#passedOver, used: this.#used, left: this.#most - this.#used };
  }

  /** Notes that one was not even asked for. */
  passOver(): void {
    this.#passedOver += 1;
  }

  /**
   * What a target brings back: the same promise for the same target, by whatever way the operation comes to it. A snapshot is no
   * retrieval.
   *
   * @throws ProblemError `INVALID_REQUEST` past the budget; nothing is retrieved then.
   */
  get(target: TargetRequest): Promise<Retrieved> {
    const asked = withoutFragment(target);
    const key = keyOf(asked);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const isRetrieval = target.snapshot === undefined;
    if (isRetrieval && this.#used >= this.#most) {
      if (this.#cut.size < MOST_CUT) this.#cut.add(key);
      return Promise.reject(this.#beyond('this one was', target.url));
    }
    if (isRetrieval) this.#used += 1;
    const coming = isRetrieval ? this.#inItsPlace(asked) : this.#retrieve(asked);
    this.#known.set(key, coming);
    return coming;
  }

  /**
   * Retrieves so many variants of one request, none of which is known: all of them or none.
   *
   * @throws ProblemError `INVALID_REQUEST` where the budget has no room for all
   */
  variants(count: number, url: string | undefined): Retriever {
    if (this.#used + count > this.#most) {
      this.#passedOver += count;
      throw this.#beyond(`these ${String(count)} variants were`, url);
    }
    this.#used += count;
    return (target) => this.#inItsPlace(target);
  }

  #beyond(what: string, url: string | undefined): ProblemError {
    const detail = `this operation asks for more than ${String(this.#most)} retrievals (GRAPHQL_MAX_RETRIEVALS); ${what} cut: ${url ?? ''}`;
    return new ProblemError('INVALID_REQUEST', detail, { url });
  }

  async #inItsPlace(target: TargetRequest): Promise<Retrieved> {
    const origin = URL.parse(target.url ?? '')?.origin ?? '';
    const places = this.#origins.get(origin) ?? new OriginPlaces();
    this.#origins.set(origin, places);
    await unlessAborted(places.enter(), this.#end);
    try {
      return await withSignal(this.#end, () => this.#retrieve(target));
    } finally {
      places.leave();
    }
  }
}

/** Places at one origin, taken in the order in which they were asked for. */
class OriginPlaces {
  readonly #waiting: (() => void)[] = [];
  #free = MAX_PER_ORIGIN;

  enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

/** Requests with the same key are the same, whether what goes without saying is said or not. */
function keyOf(target: TargetRequest): string {
  const { url, method = 'GET', httpVersion = '1.1', headers = [], cookies = [], ...others } = target;
  // It says how content is read, not what is retrieved.
  delete others.encoding;
  const said = Object.entries<unknown>({ ...others }).filter(([, value]) => value !== undefined);
  // One that is no URL is told as it was written.
  return JSON.stringify([URL.parse(url ?? '')?.href ?? [url], method, httpVersion, headers, cookies, said.sort()]);
}

/** A fragment is a place within what is retrieved. One that no URL may have is left for whoever judges it. */
function withoutFragment(target: TargetRequest): TargetRequest {
  const url = target.url?.replace(/#[!-[\]-~]*$/, '');
  return url === undefined || url === target.url ? target : { ...target, url };
}
