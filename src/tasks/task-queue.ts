import { overloaded, Slots } from './slots.ts';

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
  readonly #slots: Slots;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor({ concurrent, waiting, maxBytes, maxWaitMs }: QueueLimits) {
    this.#slots = new Slots({ concurrent, perOrigin: concurrent, queue: waiting, maxWaitMs, what: 'reading documents' });
    this.#maxBytes = maxBytes;
  }

  get running(): number {
    return this.#slots.running;
  }

  get waiting(): number {
    return this.#slots.waiting;
  }

  /** How many were refused, by why. */
  get refused(): Slots['refused'] {
    return this.#slots.refused;
  }

  /**
   * Waits for a place and gives back how to leave it. A task heavier than all may weigh together is admitted alone.
   *
   * @throws ProblemError `OVERLOADED` when too many wait, when those admitted weigh too much, or when no place came free in time;
   * the signal's reason when it is aborted before.
   */
  async enter(bytes: number, signal: AbortSignal | null = null): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
      this.refused.full += 1;
      throw overloaded('too many bytes of documents are being read or wait for it');
    }
    this.#bytes += bytes;
    const release = (): void => {
      this.#bytes -= bytes;
    };
    try {
      // All wait in one line.
      const leave = await this.#slots.enter('', signal);
      return () => {
        release();
        leave();
      };
    } catch (error) {
      release();
      throw error;
    }
  }
}
