import { ProblemError } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

/**
 * What a request may spend. It costs a unit itself, which pays for its first retrieval; each further retrieval costs one
 * more. What comes from the cache, from a snapshot or from a retrieval under way is none.
 */
export class Allowance {
  readonly #limit: RateLimit;
  readonly #caller: string;
  /** Retrievals that are paid for. */
  #paid = 0;

  constructor(limit: RateLimit, caller: string) {
    this.#limit = limit;
    this.#caller = caller;
  }

  /**
   * Pays for so many retrievals, as far as they are not.
   *
   * @throws ProblemError `RATE_LIMITED` where the quota is not enough for all of them; nothing is charged then.
   */
  pay(retrievals: number): void {
    const units = retrievals - this.#paid;
    if (units <= 0) return;
    const waitS = this.#limit.take(this.#caller, units);
    if (waitS > 0) throw this.#refusal(units, waitS);
    this.#paid = retrievals;
  }

  /**
   * Uses up one retrieval, and pays for it unless it is paid for.
   *
   * @throws ProblemError `RATE_LIMITED`
   */
  spend(): void {
    this.pay(1);
    this.#paid -= 1;
  }

  #refusal(units: number, waitS: number): ProblemError {
    const { quota, remaining } = this.#limit.standing(this.#caller);
    const much = `${String(quota)} a minute (RATE_LIMIT_PER_MINUTE)`;
    const detail =
      units > quota
        ? `this needs ${String(units)} retrievals, and there are ${much} at most: ask for fewer at a time`
        : units === 1
          ? `the requests and retrievals of this minute are used up, ${much}; ask again in ${String(waitS)} s`
          : `this needs ${String(units)} retrievals, and ${String(remaining)} of ${much} are left; ask again in ${String(waitS)} s`;
    return new ProblemError('RATE_LIMITED', detail, { retryAfterS: waitS });
  }
}
