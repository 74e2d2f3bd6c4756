/** What tells a process that it is a worker: its number, and its place among the workers. One that takes the place of another gets a number of its own. */
export const WORKER_VARIABLE = 'PAGEWIRE_WORKER';

/** What a worker says to the primary process. `of` is the worker that is asked, null for all others; `value` is null where there is no answer. */
export type WorkerMessage =
  | { kind: 'ready'; url: string }
  | { kind: 'failed'; why: string }
  | { kind: 'ask'; number: number; of: number | null; what: Question; about: unknown }
  | { kind: 'answer'; number: number; value: unknown };

/** What the primary process says to a worker. */
export type PrimaryMessage =
  | { kind: 'stop' }
  | { kind: 'asked'; number: number; what: Question; about: unknown }
  | { kind: 'answered'; number: number; values: unknown[] };

/** What one worker may ask of another: a snapshot by its id, or what it counts. */
export type Question = 'snapshot' | 'metrics';

/** Which process this is: its number, which no other of the same server ever has, and how it speaks to the primary process. */
interface Own {
  number: number;
  say: (message: WorkerMessage) => void;
}

/** The other processes of this server, as one of them sees them; a server of one process has none. */
export class Colleagues {
  readonly #own: Own | null;
  readonly #answerers = new Map<Question, (about: unknown) => unknown>();
  readonly #waiting = new Map<number, (values: unknown[]) => void>();
  #last = 0;

  constructor(own: Own | null = null) {
    this.#own = own;
  }

  /** The number of this process; null where it is the only one. */
  get own(): number | null {
    return this.#own?.number ?? null;
  }

  /** Says what this process answers to a question; null where it has no answer. */
  onAsked(what: Question, answerer: (about: unknown) => unknown): void {
    this.#answerers.set(what, answerer);
  }

  /**
   * Asks one of the others, or with null all of them. Gives what those said that are there, had an answer, and gave it within
   * the time that the primary process waits.
   */
  ask(what: Question, about: unknown, of: number | null): Promise<unknown[]> {
    const own = this.#own;
    if (own === null || of === own.number) return Promise.resolve([]);
    return new Promise((resolve) => {
      const number = ++this.#last;
      this.#waiting.set(number, resolve);
      own.say({ kind: 'ask', number, of, what, about });
    });
  }

  /** Takes a message of the primary process that is about a question. */
  async hear(message: Exclude<PrimaryMessage, { kind: 'stop' }>): Promise<void> {
    const { number } = message;
    if (message.kind === 'answered') {
      this.#waiting.get(number)?.(message.values);
      this.#waiting.delete(number);
      return;
    }
    let value: unknown = null;
    try {
      value = (await this.#answerers.get(message.what)?.(message.about)) ?? null;
    } finally {
      this.#own?.say({ kind: 'answer', number, value });
    }
  }
}
