import { CallerGone, unlessAborted } from '../api/under-way.ts';
import type { Retrieved } from './retrieved.ts';

/** One retrieval for as many callers as wait for it: it is cancelled once all of them have gone. */
export class SharedRetrieval {
  readonly #abort = new AbortController();
  readonly #coming: Promise<Retrieved>;
  #waiting = 0;
  #hasEnded = false;

  constructor(start: (signal: AbortSignal) => Promise<Retrieved>) {
    this.#coming = start(this.#abort.signal);
    this.onEnd(() => {
      this.#hasEnded = true;
    });
  }

  /** Nobody waits for it any more: whoever comes now needs another one. */
  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Calls back once it has ended, however it did. */
  onEnd(listener: () => void): void {
    this.#coming.then(listener, listener);
  }

  /** What it brings back; or the reason of a caller's own signal, when that is aborted before. */
  async join(signal: AbortSignal | null): Promise<Retrieved> {
    this.#waiting += 1;
    try {
      return await unlessAborted(this.#coming, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#hasEnded) this.#abort.abort(new CallerGone());
    }
  }
}
