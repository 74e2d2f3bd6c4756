import { ProblemError } from '../api/problem.ts';

/** How many may have a place at a time, and how many may wait for how long. */
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
  reject: (error: Error) => void;
}

/**
 * Places for retrievals or tasks: so many in all, so many an origin, a bounded queue in front. Origins take turns in leaving the
 * queue, and when it is full the last one of the origin with most in it makes room for one of another.
 */
export class Slots {
  readonly #limits: SlotLimits;
  /** By origin, the one whose turn it is first. */
  readonly #queues = new Map<string, Waiting[]>();
  readonly #perOrigin = new Map<string, number>();
  #running = 0;
  #waiting = 0;
  /** How many were refused, by why. */
  readonly refused = { full: 0, late: 0 };

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place and gives back how to leave it.
   *
   * @throws ProblemError `OVERLOADED` when the queue is full, or when no place came free in time; the signal's reason when it
   * is aborted before.
   */
  async enter(origin: string, signal: AbortSignal | null = null): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#hasRoom(origin)) this.#take(origin);
    else await this.#wait(origin, signal);
    return () => {
      this.#leave(origin);
    };
  }

  #hasRoom(origin: string): boolean {
    return this.#running < this.#limits.concurrent && (this.#perOrigin.get(origin) ?? 0) < this.#limits.perOrigin;
  }

  #take(origin: string): void {
    this.#running += 1;
    this.#perOrigin.set(origin, (this.#perOrigin.get(origin) ?? 0) + 1);
  }

  #wait(origin: string, signal: AbortSignal | null): Promise<void> {
    if (this.#waiting >= this.#limits.queue && !this.#makesRoomFor(origin)) return Promise.reject(this.#isFull());
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiting: Waiting = {
        origin,
        start: () => {
          settle();
          this.#take(origin);
          resolve();
        },
        reject: (error) => {
          settle();
          this.#remove(waiting);
          reject(error);
        },
      };
      const onAbort = (): void => {
        waiting.reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        this.refused.late += 1;
        waiting.reject(overloaded(`no place for ${this.#limits.what} came free within ${String(this.#limits.maxWaitMs)} ms`));
      }, this.#limits.maxWaitMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queues.set(origin, [...(this.#queues.get(origin) ?? []), waiting]);
      this.#waiting += 1;
    });
  }

  /** The origin with most in the queue gives its last place up to one that has less, the new one counted. */
  #makesRoomFor(origin: string): boolean {
    let longest: Waiting[] = [];
    for (const queue of this.#queues.values()) if (queue.length > longest.length) longest = queue;
    if (longest.length <= (this.#queues.get(origin)?.length ?? 0) + 1) return false;
    longest.at(-1)?.reject(this.#isFull());
    return true;
  }

  #isFull(): ProblemError {
    this.refused.full += 1;
    return overloaded(`the queue for ${this.#limits.what} is full`);
  }

  #remove(waiting: Waiting): void {
    const { origin } = waiting;
    const left = (this.#queues.get(origin) ?? []).filter((other) => other !== waiting);
    if (left.length === 0) this.#queues.delete(origin);
    else this.#queues.set(origin, left);
    this.#waiting -= 1;
  }

  #leave(origin: string): void {
    const left = (this.#perOrigin.get(origin) ?? 1) - 1;
    if (left === 0) this.#perOrigin.delete(origin);
    else this.#perOrigin.set(origin, left);
    this.#running -= 1;
    for (const [turn, queue] of this.#queues) {
      const [next] = queue;
      if (next === undefined || !this.#hasRoom(turn)) continue;
      this.#remove(next);
      const rest = this.#queues.get(turn);
      // It has had its turn: the others come first now.
      if (rest !== undefined && this.#queues.delete(turn)) this.#queues.set(turn, rest);
      next.start();
      return;
    }
  }
}

/** No place now, but perhaps in a moment. */
export function overloaded(why: string): ProblemError {
  return new ProblemError('OVERLOADED', `${why}; ask again in a moment`, { retryAfterS: 1 });
}
