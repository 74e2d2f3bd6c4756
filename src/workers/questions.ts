import type { PrimaryMessage, WorkerMessage } from './colleagues.ts';

/** Milliseconds that workers are given to answer another one. */
const ANSWER_MS = 5000;

/** One that was asked and has not been answered. */
interface Open {
  missing: Set<number>;
  values: unknown[];
  end: () => void;
}

type Asked = Extract<WorkerMessage, { kind: 'ask' }>;
type Answer = Extract<WorkerMessage, { kind: 'answer' }>;

/** Passes the questions of workers on to others, and the answers back: workers have no way to each other but the primary process. */
export class Questions {
  readonly #tell: (worker: number, message: PrimaryMessage) => void;
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(tell: (worker: number, message: PrimaryMessage) => void) {
    this.#tell = tell;
  }

  /** A worker asks, of those that are there. */
  ask(asker: number, { number: askedAs, of, what, about }: Asked, there: readonly number[]): void {
    const number = ++this.#last;
    const missing = new Set(there.filter((worker) => worker !== asker && (of === null || worker === of)));
    const end = (): void => {
      clearTimeout(timer);
      this.#open.delete(number);
      this.#tell(asker, { kind: 'answered', number: askedAs, values: open.values });
    };
    const open: Open = { missing, values: [], end };
    const timer = setTimeout(end, ANSWER_MS);
    this.#open.set(number, open);
    if (missing.size === 0) end();
    for (const worker of missing) this.#tell(worker, { kind: 'asked', number, what, about });
  }

  /** A worker answers; null is no answer. What comes too late is passed over. */
  answer(worker: number, { number, value }: Answer): void {
    const open = this.#open.get(number);
    if (open?.missing.delete(worker) !== true) return;
    if (value !== null) open.values.push(value);
    if (open.missing.size === 0) open.end();
  }

  /** A worker is no more: nobody waits for its answers. */
  forget(worker: number): void {
    for (const number of [...this.#open.keys()]) this.answer(worker, { kind: 'answer', number, value: null });
  }
}
