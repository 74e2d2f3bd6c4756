import { ProblemError } from './problem.ts';

/** How much memory all requests under way may hold together: contents that arrive, and answers until they have been sent. */
export class ByteBudget {
  readonly maxBytes: number;
  #held = 0;
  #refused = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held;
  }

  /** How often more was asked for than there was. */
  get refused(): number {
    return this.#refused;
  }

  /** The share of one request or retrieval, with nothing in it. */
  open(): Hold {
    return new Hold((from, to, isBinding) => {
      this.#resize(from, to, isBinding);
    });
  }

  /** What is alone is let through whatever its size: its own limits bound it, and nothing would come of refusing it for ever. */
  #resize(from: number, to: number, isBinding: boolean): void {
    const others = this.#held - from;
    if (isBinding && to > from && others > 0 && others + to > this.maxBytes) {
      this.#refused += 1;
      const detail = `the requests under way hold as much memory as they may (${String(this.maxBytes)} bytes); ask again in a moment, or for less`;
      throw new ProblemError('OVERLOADED', detail, { retryAfterS: 1 });
    }
    this.#held = others + to;
  }
}

/** What one request or retrieval holds of a {@link ByteBudget}. */
export class Hold {
  readonly #change: (from: number, to: number, isBinding: boolean) => void;
  #bytes = 0;
  #isOpen = true;

  constructor(change: (from: number, to: number, isBinding: boolean) => void) {
    this.#change = change;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Holds so many bytes more.
   *
   * @throws ProblemError `OVERLOADED` when there are not so many; what was held before still is.
   */
  grow(bytes: number): void {
    this.resize(this.#bytes + bytes);
  }

  /**
   * Holds so many bytes in all. What is not `binding` is counted, and never refused.
   *
   * @throws ProblemError `OVERLOADED`
   */
  resize(bytes: number, isBinding = true): void {
    // What comes after its request has ended is on its way out already.
    if (!this.#isOpen) return;
    this.#change(this.#bytes, bytes, isBinding);
    this.#bytes = bytes;
  }

  /** Gives everything back, for good. */
  release(): void {
    this.resize(0);
    this.#isOpen = false;
  }
}
