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
   * Counts one request and says what is left, as header fields; with a problem `RATE_LIMITED` when nothing was.
   */
  charge(caller: string, now = Date.now()): { fields: Record<string, string>; problem: ProblemError | null } {
    if (this.#perMinute === 0) return { fields: {}, problem: null };
    let window = this.#windows.get(caller);
    if (window === undefined || now - window.startedAt >= WINDOW_MS) {
      window = { startedAt: now, used: 0 };
      this.#windows.set(caller, window);
    }
    const resetS = Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1000));
    const isOver = window.used >= this.#perMinute;
    if (!isOver) window.used += 1;
    const fields = {
      'X-RateLimit-Limit': String(this.#perMinute),
      'X-RateLimit-Remaining': String(this.#perMinute - window.used),
      'X-RateLimit-Reset': String(resetS),
    };
    const detail = `more than ${String(this.#perMinute)} requests within a minute; ask again in ${String(resetS)} s`;
    return { fields, problem: isOver ? new ProblemError('RATE_LIMITED', detail, { retryAfterS: resetS }) : null };
  }
}
