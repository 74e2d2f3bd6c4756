import { overloaded, Slots } from './slots.ts';

/** How many tasks run at a time, how many may wait for how long, and how much they may weigh together. */
export interface QueueLimits {
  concurrent: number;
  waiting: number;
  /** Of the tasks that run and those that wait. */
  maxBytes: number;
  maxWaitMs: number;
}

/** Places for tasks, shared out among callers. They are admitted by bytes, too: a few large ones fill the memory that many small ones leave. */
export class TaskQueue {
  readonly #slots: Slots;
  readonly #maxBytes: number;
  /** How many tasks of each caller run or wait. */
  readonly #held = new Map<string, number>();
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
   * Waits for a place and gives back how to leave it. Past the bytes that all may weigh, a caller is admitted who has nothing
   * here yet: others cannot keep it out.
   *
   * @throws ProblemError `OVERLOADED` when too many wait, when those admitted weigh too much, or when no place came free in time;
   * the signal's reason when it is aborted before.
   */
  async enter(bytes: number, caller: string, signal: AbortSignal | null = null): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#bytes + bytes > this.#maxBytes && this.#held.has(caller)) {
      this.refused.full += 1;
      throw overloaded('too many bytes of documents are being read or wait for it');
    }
    this.#hold(caller, bytes, 1);
    try {
      const leave = await this.#slots.enter({ caller, origin: '' }, signal);
      return () => {
        this.#hold(caller, -bytes, -1);
        leave();
      };
    } catch (error) {
      this.#hold(caller, -bytes, -1);
      throw error;
    }
  }

  #hold(caller: string, bytes: number, tasks: number): void {
    this.#bytes += bytes;
    const held = (this.#held.get(caller) ?? 0) + tasks;
    if (held === 0) this.#held.delete(caller);
    else this.#held.set(caller, held);
  }
}
