import { CallerGone, unlessAborted } from '../api/under-way.ts';
import { type ProgressListener, RetrievalProgress } from './progress.ts';
import type { Retrieved } from './retrieved.ts';

/** One retrieval for as many callers as wait for it: it is cancelled once all of them have gone. */
export class SharedRetrieval extends RetrievalProgress {
  readonly #abort = new AbortController();
  readonly #coming: Promise<Retrieved>;
  #waiting = 0;
  #hasEnded = false;

  constructor(start: (signal: AbortSignal, progress: RetrievalProgress) => Promise<Retrieved>) {
    super();
    this.#coming = start(this.#abort.signal, this);
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

  /** What it brings back; or the reason of a caller's own signal, when that is aborted before. A listener is told how it goes meanwhile. */
  async join(signal: AbortSignal | null, listener: ProgressListener | null): Promise<Retrieved> {
    this.#waiting += 1;
    const stop = listener === null ? null : this.hear(listener);
    try {
      return await unlessAborted(this.#coming, signal);
    } finally {
      stop?.();
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#hasEnded) this.#abort.abort(new CallerGone());
    }
  }
}
