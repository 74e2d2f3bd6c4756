import { LRUCache } from 'lru-cache';
import { ProblemError } from './problem.ts';

const WINDOW_MS = 60_000;

/** Counts requests a minute for each caller. A limit of 0 means none. */
export class RateLimit {
  readonly #perMinute: number;
  /** Bounded, so that a million addresses do not fill the memory. */
  readonly #windows = new LRUCache<string, { startedAt: number; used: number }>({ max: 100_000 });

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /**
   * Counts one request and says what is left, as header fields.
   *
   * @throws ProblemError `RATE_LIMITED` with the seconds to wait.
   */
  charge(caller: string, now = Date.now()): Record<string, string> {
    if (this.#perMinute === 0) return {};
    let window = this.#windows.get(caller);
    if (window === undefined || now - window.startedAt >= WINDOW_MS) {
      window = { startedAt: now, used: 0 };
      this.#windows.set(caller, window);
    }
    const resetS = Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1000));
    if (window.used >= this.#perMinute) {
      const detail = `more than ${String(this.#perMinute)} requests within a minute; ask again in ${String(resetS)} s`;
      throw new ProblemError('RATE_LIMITED', detail, { retryAfterS: resetS });
    }
    window.used += 1;
    return {
      'X-RateLimit-Limit': String(this.#perMinute),
      'X-RateLimit-Remaining': String(this.#perMinute - window.used),
      'X-RateLimit-Reset': String(resetS),
    };
  }
}
