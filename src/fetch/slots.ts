import { FetchError } from './fetch-error.ts';

/** How many retrievals run at a time, and how many may wait for how long. */
export interface SlotLimits {
  concurrent: number;
  perOrigin: number;
  queue: number;
  /** Milliseconds. */
  maxWaitMs: number;
  /** What the places are for, in words. */
  what: string;
}

interface Waiting {
  origin: string;
  start: () => void;
}

/** Places for retrievals: so many in all, so many an origin, a bounded queue in front. */
export class Slots {
  readonly #limits: SlotLimits;
  readonly #queue: Waiting[] = [];
  readonly #perOrigin = new Map<string, number>();
  #running = 0;

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /**
   * Waits for a place and gives back how to leave it.
   *
   * @throws FetchError `OVERLOADED` when the queue is full, or when no place came free in time.
   */
  async enter(origin: string): Promise<() => void> {
    if (!this.#hasRoom(origin)) await this.#wait(origin);
    this.#running += 1;
    this.#perOrigin.set(origin, (this.#perOrigin.get(origin) ?? 0) + 1);
    return () => {
      this.#leave(origin);
    };
  }

  #hasRoom(origin: string): boolean {
    return this.#running < this.#limits.concurrent && (this.#perOrigin.get(origin) ?? 0) < this.#limits.perOrigin;
  }

  #wait(origin: string): Promise<void> {
    if (this.#queue.length >= this.#limits.queue) return Promise.reject(overloaded(`the queue for ${this.#limits.what} is full`));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        origin,
        start: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(overloaded(`no place for ${this.#limits.what} came free within ${String(this.#limits.maxWaitMs)} ms`));
      }, this.#limits.maxWaitMs);
      this.#queue.push(waiting);
    });
  }

  #leave(origin: string): void {
    const left = (this.#perOrigin.get(origin) ?? 1) - 1;
    if (left === 0) this.#perOrigin.delete(origin);
    else this.#perOrigin.set(origin, left);
    this.#running -= 1;
    const next = this.#queue.findIndex((waiting) => this.#hasRoom(waiting.origin));
    if (next !== -1) this.#queue.splice(next, 1)[0]?.start();
  }
}

function overloaded(why: string): FetchError {
  return new FetchError('OVERLOADED', `${why}; ask again in a moment`, { retryAfterS: 1 });
}
