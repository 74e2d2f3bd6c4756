import { ProblemError } from '../api/problem.ts';
import { UsedTime } from './used-time.ts';

/** How many may have a place at a time, and how many may wait for how long. */
export interface SlotLimits {
  concurrent: number;
  perOrigin: number;
  queue: number;
  /** Milliseconds. */
  maxWaitMs: number;
  /** What the places are for, in words. */
  what: string;
}

/** For whom a place is, and where it leads. */
export interface Place {
  /** Who asked: a name under which callers take turns. */
  caller: string;
  /** What no more than so many may be busy with; '' where that makes no difference. */
  origin: string;
}

/**
 * Milliseconds that one may have waited before others of the same caller for the same origin are refused: a burst waits for its turn, but
 * more than can be done for long is told so at once, instead of after a wait that only grows.
 */
const PATIENCE_MS = 2000;
/** So many of one caller for one origin may wait in any case: a program that asks for some pages at a time waits for slow ones, too. */
const BURST = 16;

interface Waiting extends Place {
  /** When it came. */
  since: number;
  start: () => void;
  reject: (error: Error) => void;
}

/**
 * Places for retrievals or tasks: so many in all, so many an origin, a bounded line in front. The caller whose work took least
 * time lately goes first, and of one caller the origins take turns. When the line is full, the last one of the caller with most
 * in it (of the same caller, the origin with most) makes room for another; who has waited in it for long gets no more of his own into it.
 */
export class Slots {
  readonly #limits: SlotLimits;
  /** In the order they came. */
  readonly #line = new Set<Waiting>();
  readonly #perOrigin = new Map<string, number>();
  readonly #used: UsedTime;
  /** Of each origin in the line, when it had its last turn. */
  readonly #turns = new Map<string, number>();
  readonly #now: () => number;
  #turn = 0;
  #running = 0;
  /** How many were refused, by why. */
  readonly refused = { full: 0, late: 0 };

  /** @param now - milliseconds of a clock that never goes back */
  constructor(limits: SlotLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#used = new UsedTime(now);
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#line.size;
  }

  /**
   * Waits for a place and gives back how to leave it.
   *
   * @throws ProblemError `OVERLOADED` when the line is full, or when no place came free in time; the signal's reason when it
   * is aborted before.
   */
  async enter(place: Place, signal: AbortSignal | null = null): Promise<() => void> {
    signal?.throwIfAborted();
    if (!this.#hasRoom(place)) return this.#wait(place, signal);
    return this.#take(place);
  }

  #hasRoom({ origin }: Place): boolean {
    return this.#running < this.#limits.concurrent && (this.#perOrigin.get(origin) ?? 0) < this.#limits.perOrigin;
  }

  #take({ caller, origin }: Place): () => void {
    this.#running += 1;
    this.#perOrigin.set(origin, (this.#perOrigin.get(origin) ?? 0) + 1);
    const end = this.#used.begin(caller);
    return () => {
      end();
      this.#leave(origin);
    };
  }

  #wait(place: Place, signal: AbortSignal | null): Promise<() => void> {
    if (this.#hasLongWaited(place)) return Promise.reject(this.#refused(`what was asked before waits for ${this.#limits.what}`));
    if (this.#line.size >= this.#limits.queue && !this.#makesRoomFor(place)) return Promise.reject(this.#isFull());
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#remove(waiting);
      };
      const waiting: Waiting = {
        ...place,
        since: this.#now(),
        start: () => {
          settle();
          resolve(this.#take(place));
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const onAbort = (): void => {
        waiting.reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        this.refused.late += 1;
        waiting.reject(overloaded(`no place for ${this.#limits.what} came free within ${String(this.#limits.maxWaitMs)} ms`));
      }, this.#limits.maxWaitMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#line.add(waiting);
    });
  }

  /** The line is in the order they came: the first of a place has waited longest. */
  #hasLongWaited({ caller, origin }: Place): boolean {
    const own = [...this.#line].filter((waiting) => waiting.caller === caller && waiting.origin === origin);
    return own.length >= BURST && this.#now() - (own[0]?.since ?? 0) > PATIENCE_MS;
  }

  /** Who has most in the line gives the last place up to one who has less, the new one counted. */
  #makesRoomFor({ caller, origin }: Place): boolean {
    const line = [...this.#line];
    const own = line.filter((waiting) => waiting.caller === caller);
    const last = lastOfMost(line, (waiting) => waiting.caller, caller) ?? lastOfMost(own, (waiting) => waiting.origin, origin);
    last?.reject(this.#isFull());
    return last !== undefined;
  }

  #isFull(): ProblemError {
    return this.#refused(`the queue for ${this.#limits.what} is full`);
  }

  #refused(why: string): ProblemError {
    this.refused.full += 1;
    return overloaded(why);
  }

  #remove(waiting: Waiting): void {
    this.#line.delete(waiting);
    // An origin that nobody waits for has no turn to remember.
    for (const { origin } of this.#line) if (origin === waiting.origin) return;
    this.#turns.delete(waiting.origin);
  }

  #leave(origin: string): void {
    const left = (this.#perOrigin.get(origin) ?? 1) - 1;
    if (left === 0) this.#perOrigin.delete(origin);
    else this.#perOrigin.set(origin, left);
    this.#running -= 1;
    const next = this.#next();
    if (next === null) return;
    this.#turns.set(next.origin, ++this.#turn);
    next.start();
  }

  #next(): Waiting | null {
    const used = new Map<string, number>();
    let next: Waiting | null = null;
    for (const waiting of this.#line) {
      if (!this.#hasRoom(waiting)) continue;
      if (!used.has(waiting.caller)) used.set(waiting.caller, this.#used.of(waiting.caller));
      if (next === null || this.#isBefore(waiting, next, used)) next = waiting;
    }
    return next;
  }

  #isBefore(waiting: Waiting, other: Waiting, used: ReadonlyMap<string, number>): boolean {
    if (waiting.caller !== other.caller) return (used.get(waiting.caller) ?? 0) < (used.get(other.caller) ?? 0);
    return (this.#turns.get(waiting.origin) ?? 0) < (this.#turns.get(other.origin) ?? 0);
  }
}

/** The last of those with the key that most have, unless as many have one's own with one more. */
function lastOfMost(line: readonly Waiting[], keyOf: (waiting: Waiting) => string, own: string): Waiting | undefined {
  const counts = new Map<string, number>();
  for (const waiting of line) counts.set(keyOf(waiting), (counts.get(keyOf(waiting)) ?? 0) + 1);
  const [most, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [own, 0]);
  return count > (counts.get(own) ?? 0) + 1 ? line.findLast((waiting) => keyOf(waiting) === most) : undefined;
}

/** No place now, but perhaps in a moment. */
export function overloaded(why: string): ProblemError {
  return new ProblemError('OVERLOADED', `${why}; ask again in a moment`, { retryAfterS: 1 });
}
