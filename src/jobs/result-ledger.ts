import type { ItemResult } from './job-store.ts';

/** Results of one transaction: more of them take no less time each. */
const MOST_RESULTS = 200;
/** Bytes of results that may wait to be recorded, before whoever brings more waits. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;
/** Milliseconds before what could not be recorded is tried again; each time twice as many. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/** Records results of one job, all of them or none. */
type Record = (job: string, results: readonly ItemResult[]) => Promise<void>;

interface Waiting {
  result: ItemResult;
  bytes: number;
  done: () => void;
}

/**
 * Results on their way into the database: those that come while others are being recorded go together, so that the more there are the less
 * each takes. What cannot be recorded is tried until it is, or until nobody wants it.
 */
export class ResultLedger {
  readonly #record: Record;
  readonly #onError: (error: unknown) => void;
  readonly #waiting = new Map<string, Waiting[]>();
  #bytes = 0;
  #isBusy = false;
  #isClosed = false;

  constructor(record: Record, onError: (error: unknown) => void) {
    this.#record = record;
    this.#onError = onError;
  }

  /** Whether so much waits that no more should be made. */
  get isFull(): boolean {
    return this.#bytes > MOST_WAITING_BYTES;
  }

  /** Takes a result, and so many bytes that were found with it; settles once it is recorded, or once the ledger was closed. */
  add(result: ItemResult, foundBytes = 0): Promise<void> {
    return new Promise((done) => {
      const others = this.#waiting.get(result.job);
      const bytes = foundBytes + (result.answer?.length ?? 0);
      if (others === undefined) this.#waiting.set(result.job, [{ result, bytes, done }]);
      else others.push({ result, bytes, done });
      this.#bytes += bytes;
      void this.#work();
    });
  }

  /** Gives up what cannot be recorded: it will be done again. */
  close(): void {
    this.#isClosed = true;
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      const [job, waiting] = next;
      const part = waiting.splice(0, MOST_RESULTS);
      // The jobs take turns.
      this.#waiting.delete(job);
      if (waiting.length > 0) this.#waiting.set(job, waiting);
      await this.#recorded(
        job,
        part.map(({ result }) => result),
      );
      for (const { bytes, done } of part) {
        this.#bytes -= bytes;
        done();
      }
    }
    this.#isBusy = false;
  }

  async #recorded(job: string, results: readonly ItemResult[]): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      try {
        await this.#record(job, results);
        return;
      } catch (error) {
        this.#onError(error);
        if (this.#isClosed) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }
}
