import { ProblemError } from '../api/problem.ts';

/** How many tasks run at a time, how many may wait for how long, and how much they may weigh together. */
export interface QueueLimits {
  concurrent: number;
  waiting: number;
  /** Of the tasks that run and those that wait. */
  maxBytes: number;
  maxWaitMs: number;
}

/** Places for tasks, first come, first served. They are admitted by bytes, too: a few large ones fill the memory that many small ones leave. */
export class TaskQueue {
  readonly #limits: QueueLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #bytes = 0;
  /** How many were refused, by why. */
  readonly refused = { full: 0, late: 0 };

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Waits for a place and gives back how to leave it. A task heavier than all may weigh together is admitted alone.
   *
   * @throws ProblemError `OVERLOADED` when too many wait, when those admitted weigh too much, or when no place came free in time;
   * the signal's reason when it is aborted before.
   */
  async enter(bytes: number, signal: AbortSignal | null = null): Promise<() => void> {
    signal?.throwIfAborted();
    const { concurrent, waiting, maxBytes } = this.#limits;
    if (this.#bytes > 0 && this.#bytes + bytes > maxBytes) throw this.#isFull('too many bytes of documents are being read or wait for it');
    if (this.#waiting.length >= waiting) throw this.#isFull('the queue for reading documents is full');
    this.#bytes += bytes;
    try {
      if (this.#running >= concurrent) await this.#wait(signal);
      else this.#running += 1;
    } catch (error) {
      this.#bytes -= bytes;
      throw error;
    }
    return () => {
      this.#bytes -= bytes;
      // Whoever waits takes over the place itself: nobody who comes now can be quicker.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    };
  }

  #isFull(why: string): ProblemError {
    this.refused.full += 1;
    return overloaded(why);
  }

  #wait(signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const start = (): void => {
        settle();
        resolve();
      };
      const giveUp = (error: Error): void => {
        settle();
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(error);
      };
      const onAbort = (): void => {
        giveUp(signal?.reason as Error);
      };
      const { maxWaitMs } = this.#limits;
      const timer = setTimeout(() => {
        this.refused.late += 1;
        giveUp(overloaded(`no place for reading documents came free within ${String(maxWaitMs)} ms`));
      }, maxWaitMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(start);
    });
  }
}

function overloaded(why: string): ProblemError {
  return new ProblemError('OVERLOADED', `${why}; ask again in a moment`, { retryAfterS: 1 });
}
