import { FetchError } from './fetch-error.ts';
import type { Phase } from '../api/problem.ts';

/** The one end of a retrieval, by time or because nobody wants it: it holds for every exchange of it. */
export class Deadline {
  readonly #endsAt: number;
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | null;
  readonly #end: () => void;
  /** The whole time that was given, in milliseconds. */
  readonly ms: number;

  /** @param signal - when aborted, time is up at once */
  constructor(ms: number, signal: AbortSignal | null = null) {
    this.ms = ms;
    this.#endsAt = performance.now() + ms;
    this.#end = (): void => {
      for (const listener of [...this.#listeners]) listener();
    };
    this.#timer = setTimeout(this.#end, ms);
    this.#signal = signal;
    signal?.addEventListener('abort', this.#end, { once: true });
  }

  get hasExpired(): boolean {
    return this.#signal?.aborted === true || performance.now() >= this.#endsAt;
  }

  /** Calls back once time is up, at once if it is already; gives back how to stop waiting. */
  onExpiry(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.hasExpired) queueMicrotask(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * What to fail with now: the signal's reason where that was aborted, else `TARGET_TIMEOUT` in a phase of a target; `phase`
   * is null in the wait for one of an origin's connections.
   */
  failure(phase: Phase | null, url: string): Error {
    if (this.#signal?.aborted === true) return this.#signal.reason as Error;
    const where = phase ?? 'waiting for another retrieval to leave a connection to this origin';
    return new FetchError('TARGET_TIMEOUT', `no answer within ${String(this.ms)} ms (${where}): ${url}`, {
      url,
      phase: phase ?? undefined,
    });
  }

  /** Nobody waits any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#end);
    this.#listeners.clear();
  }
}
