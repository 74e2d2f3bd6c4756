/** The one time limit of a retrieval: it runs over every exchange of it and over the wait for a thread. */
export class Deadline {
  readonly #endsAt: number;
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  /** The whole time that was given, in milliseconds. */
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
    this.#endsAt = performance.now() + ms;
    this.#timer = setTimeout(() => {
      for (const listener of [...this.#listeners]) listener();
    }, ms);
  }

  get hasExpired(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Calls back once time is up, at once if it is already; gives back how to stop waiting. */
  onExpiry(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.hasExpired) queueMicrotask(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nobody waits any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
