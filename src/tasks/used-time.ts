import { LRUCache } from 'lru-cache';

/** Milliseconds after which what was used counts half. */
const HALF_LIFE_MS = 60_000;
/** Callers remembered: who is forgotten has used nothing. */
const MOST_CALLERS = 10_000;

interface Used {
  /** Milliseconds, as they counted at that time. */
  ms: number;
  at: number;
  /** When each of those under way began. */
  begun: number[];
}

/** How much time each caller's work took lately, that under way counted as far as it has come. */
export class UsedTime {
  readonly #callers = new LRUCache<string, Used>({ max: MOST_CALLERS });
  readonly #now: () => number;

  /** @param now - milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Milliseconds that a caller has used, what is long ago counted less. */
  of(caller: string): number {
    const used = this.#callers.get(caller);
    if (used === undefined) return 0;
    const now = this.#now();
    return used.begun.reduce((sum, begun) => sum + now - begun, faded(used, now));
  }

  /** Work for a caller begins; gives back how to say that it has ended. */
  begin(caller: string): () => void {
    const used = this.#callers.get(caller) ?? { ms: 0, at: 0, begun: [] };
    const begun = this.#now();
    used.begun.push(begun);
    this.#callers.set(caller, used);
    return () => {
      const now = this.#now();
      used.begun.splice(used.begun.indexOf(begun), 1);
      used.ms = faded(used, now) + now - begun;
      used.at = now;
    };
  }
}

function faded({ ms, at }: Used, now: number): number {
  return ms * 2 ** ((at - now) / HALF_LIFE_MS);
}
