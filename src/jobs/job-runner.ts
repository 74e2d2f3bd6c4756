import { setTimeout as sleep } from 'node:timers/promises';
import { HEARTBEAT_S } from './database.ts';
import type { Growth, Item, Job, JobStore, LaneStart, QueuedTurn } from './job-store.ts';
import { ResultLedger } from './result-ledger.ts';
import { WorkEnded } from './work-ended.ts';

/** What came of an item: what is kept, and whether it is what was wanted. */
export interface Outcome {
  succeeded: boolean;
  /** JSON; null of an item that has no result of its own. */
  answer: string | null;
  /** What the kind of the job makes more of it when it is recorded. */
  found?: unknown;
  /** Bytes that it takes, about. */
  foundBytes?: number;
}

/** How an origin is asked for a job. */
export interface Pace {
  /** Milliseconds from the end of one retrieval to the beginning of the next. */
  delayMs: number;
  /** The origin was asked to find that out. */
  hasAsked: boolean;
}

/** Does one item of a job. Throws where that is to be tried again later; the signal says that nobody wants it any more, by {@link WorkEnded}. */
export type Worker = (job: Job, item: Item, signal: AbortSignal) => Promise<Outcome>;

/** What a runner is given. */
export interface RunnerMeans {
  store: JobStore;
  work: Worker;
  /** How an origin is to be asked. Throws where that cannot be said now. */
  paceOf: (job: Job, origin: string, signal: AbortSignal) => Promise<Pace>;
  /** What is kept of a result that there is no room for. */
  inPlace: (job: Job, item: Item) => string;
  /** What becomes of an item in whose midst so many processes ended. */
  abandoned: (job: Job, item: Item, deaths: number) => Outcome;
  growthOf: (kind: string) => Growth | null;
  /** Retrievals of this process at a time, in all and of one origin. */
  concurrency: number;
  perOrigin: number;
  maxResultBytes: number;
  ttlS: number;
  /** Milliseconds between two looks into an empty queue. */
  pollMs: number;
  /** Whether other processes may end a job. */
  isShared: boolean;
  onError: (error: unknown) => void;
  /** Something has become of a job. */
  onProgress: (job: string) => void;
}

/** Of an item: what is done before all else has a number below 0. */
const FIRST_INDEX = -1_000_000;
/** Milliseconds of a turn: then others at the same origin have theirs. */
const TURN_MS = 5000;
/** Processes that end in the midst of an item before it is given up: the last of them while it did nothing else. */
const MOST_DEATHS = 3;
/** Milliseconds before an item is tried again that there was no room for. */
const AGAIN_MS = 500;
/** Milliseconds between two signs of life, and for how long after one a turn is worked on. */
const SIGN_MS = 2500;
const TRUST_MS = HEARTBEAT_S * 1000 - 2 * SIGN_MS;

/** A turn that this process has; one that it has lost is another's. */
interface Turn {
  queued: QueuedTurn;
  isLost: boolean;
  end: AbortController;
  /** Who had it before may have ended because of an item: they are done one at a time, in order, and each is written down before it is begun. */
  isCareful: boolean;
}

/** Whoever waits for a place. */
interface Waiting {
  /** A place beside which there is no other. */
  isAlone: boolean;
  turn: Turn;
  go: () => void;
}

/**
 * Works on jobs: takes turns at origins from the queue, as many as there are places, and does what is there to be done. An origin is one
 * process's at a time, which therefore knows how often it is asked.
 */
export class JobRunner {
  readonly #means: RunnerMeans;
  readonly #ledger: ResultLedger;
  readonly #turns = new Set<Turn>();
  readonly #end = new AbortController();
  #wake: () => void = () => undefined;
  #isWoken = false;
  #retrieving = 0;
  #heardAt = performance.now();
  #isLooking = false;
  #isAlone = false;
  readonly #waiting: Waiting[] = [];

  constructor(means: RunnerMeans) {
    this.#means = means;
    const { store, maxResultBytes, ttlS, inPlace, growthOf } = means;
    this.#ledger = new ResultLedger(async (job, results) => {
      await store.record(job, results, { maxBytes: maxResultBytes, ttlS, inPlace, growthOf });
      means.onProgress(job);
    }, means.onError);
  }

  /** Retrievals that are under way. */
  get retrieving(): number {
    return this.#retrieving;
  }

  /** Turns that are worked on. */
  get turns(): number {
    return this.#turns.size;
  }

  /** Looks into the queue now: something has come. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /** Works until it is told to stop. */
  async run(): Promise<void> {
    const { isShared, pollMs } = this.#means;
    const signs = setInterval(() => void this.#giveSign(), SIGN_MS);
    const looks = isShared ? setInterval(() => void this.#dropEnded(), pollMs) : undefined;
    while (!this.#hasStopped()) {
      this.#isWoken = false;
      const taken = await this.#takeTurns();
      if (taken === 0) await this.#idle();
    }
    clearInterval(signs);
    clearInterval(looks);
  }

  /** Leaves a job that has ended: what is under way of it has no result, and what was read ahead is not begun. */
  drop(job: string): void {
    for (const { queued, end } of this.#turns) if (queued.data.job === job) end.abort(new WorkEnded('the job has ended'));
    this.#letGo();
  }

  /** Ends what is under way, without a result, and leaves it to whoever takes it next. */
  async stop(): Promise<void> {
    this.#ledger.close();
    const reason = new WorkEnded('this process is stopping');
    this.#end.abort(reason);
    for (const { end } of this.#turns) end.abort(reason);
    this.wake();
    this.#letGo();
    const endsAt = performance.now() + SIGN_MS;
    while (this.#turns.size > 0 && performance.now() < endsAt) await sleep(10);
  }

  #hasStopped(): boolean {
    return this.#end.signal.aborted;
  }

  async #takeTurns(): Promise<number> {
    const free = this.#means.concurrency - this.#turns.size;
    if (free <= 0 || this.#ledger.isFull) return 0;
    try {
      const askedAt = performance.now();
      const queued = await this.#means.store.takeTurns(free);
      if (this.#turns.size === 0) this.#heardAt = askedAt;
      for (const each of queued) {
        void this.#have({ queued: each, isLost: false, end: new AbortController(), isCareful: each.retryCount > 0 });
      }
      return queued.length;
    } catch (error) {
      this.#means.onError(error);
      return 0;
    }
  }

  async #idle(): Promise<void> {
    // While the queue was looked into something may have come.
    if (this.#isWoken) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([woken, sleep(this.#means.pollMs)]);
  }

  /** Tells the queue that this process is alive. While it cannot be told, nothing new is begun: others may take over. */
  async #giveSign(): Promise<void> {
    const turns = [...this.#turns];
    if (turns.length === 0) return;
    try {
      const saidAt = performance.now();
      const kept = await this.#means.store.keepTurns(turns.map(({ queued }) => queued));
      this.#heardAt = saidAt;
      for (const turn of turns) turn.isLost ||= !kept.has(turn.queued.id);
    } catch (error) {
      this.#means.onError(error);
    }
  }

  /** Others may have ended the jobs of which this process has turns. */
  async #dropEnded(): Promise<void> {
    const jobs = [...new Set([...this.#turns].map(({ queued }) => queued.data.job))];
    if (jobs.length === 0 || this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (const job of await this.#means.store.ended(jobs)) this.drop(job);
    } catch (error) {
      this.#means.onError(error);
    }
    this.#isLooking = false;
  }

  async #have(turn: Turn): Promise<void> {
    const { store, onError } = this.#means;
    this.#turns.add(turn);
    if (this.#hasStopped()) turn.end.abort(this.#end.signal.reason);
    try {
      const start = await store.startLane(turn.queued.data);
      if (start !== null) await this.#work(turn, start);
      await store.endTurns([turn.queued]);
    } catch (error) {
      // It is another turn once the queue has missed its signs.
      onError(error);
    } finally {
      this.#turns.delete(turn);
      this.wake();
    }
  }

  /** One turn: at most so long, and until there is nothing to do. */
  async #work(turn: Turn, { job, width, askedAgoMs }: LaneStart): Promise<void> {
    const endsAt = performance.now() + TURN_MS;
    const { delayMs, hasAsked } = await this.#means.paceOf(job, turn.queued.data.origin, turn.end.signal);
    const isPolite = delayMs > 0;
    // Who had the turn before may have asked just before it was lost.
    const sinceMs = hasAsked || turn.isCareful ? 0 : askedAgoMs;
    if (isPolite && sinceMs !== null && sinceMs < delayMs) await this.#pause(turn, delayMs - sinceMs);
    const atOnce = isPolite || turn.isCareful ? 1 : Math.min(width, this.#means.perOrigin);
    const items = this.#itemsOf(turn, atOnce, endsAt);
    const recorded = new Set<Promise<void>>();
    const work = async (): Promise<void> => {
      for (let item = await items(); item !== null; item = await items()) {
        const done = await this.#do(turn, job, item);
        if (done === null) return;
        const { kept } = done;
        recorded.add(kept);
        void kept.then(() => recorded.delete(kept));
        if (this.#ledger.isFull) await kept;
        if (isPolite) await this.#pause(turn, delayMs);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
    await Promise.all(recorded);
    for (const end of ends) if (end.status === 'rejected') throw end.reason as Error;
  }

  /** Gives the items of a lane one after the other, to however many ask; null at the end of the turn. */
  #itemsOf(turn: Turn, atOnce: number, endsAt: number): () => Promise<Item | null> {
    let known: Item[] = [];
    let last = FIRST_INDEX - 1;
    let coming: Promise<void> | null = null;
    let isOver = false;
    const look = async (): Promise<void> => {
      known = await this.#means.store.items(turn.queued.data, last, Math.max(16, 4 * atOnce));
      last = known.at(-1)?.index ?? last;
      isOver ||= known.length === 0;
      coming = null;
    };
    let given = 0;
    return async () => {
      // One at least: whoever has a turn gets on.
      while (!isOver && !turn.end.signal.aborted && !turn.isLost && (given === 0 || performance.now() < endsAt) && this.#isTrusted) {
        const item = known.shift();
        if (item !== undefined) {
          given += 1;
          return item;
        }
        await (coming ??= look());
      }
      return null;
    };
  }

  /** Whether the queue has heard of this process lately: else its turns may be another's. */
  get #isTrusted(): boolean {
    return performance.now() - this.#heardAt < TRUST_MS;
  }

  /** Does an item as soon as there is a place, and until something comes of it, which is then recorded; null where nobody wants it before. */
  async #do(turn: Turn, job: Job, item: Item): Promise<{ kept: Promise<void> } | null> {
    const { signal } = turn.end;
    if (item.tries >= MOST_DEATHS - 1) return this.#recorded(job, item, this.#means.abandoned(job, item, item.tries + 1));
    const isWatched = turn.isCareful || item.tries > 0;
    let isBegun = false;
    for (;;) {
      const leave = await this.#enter(turn, item.tries > 0);
      try {
        if (signal.aborted) {
          // It was no fault of the item.
          if (isBegun) await this.#means.store.unbegin(job.id, item.index);
          return null;
        }
        if (isWatched && !isBegun) await this.#means.store.begin(job.id, item.index);
        isBegun = isWatched;
        const done = this.#recorded(job, item, await this.#means.work(job, item, signal));
        // What ends this process afterwards is another item.
        if (isWatched) await done.kept;
        return done;
      } catch (error) {
        if (!signal.aborted) this.#means.onError(error);
      } finally {
        leave();
      }
      await this.#pause(turn, AGAIN_MS);
    }
  }

  #recorded(job: Job, { index }: Item, { foundBytes, ...result }: Outcome): { kept: Promise<void> } {
    return { kept: this.#ledger.add({ job: job.id, index, ...result }, foundBytes) };
  }

  /** Waits for a place, among others or alone; gives what leaves it. */
  async #enter(turn: Turn, isAlone: boolean): Promise<() => void> {
    await new Promise<void>((go) => {
      this.#waiting.push({ isAlone, turn, go });
      this.#admit();
    });
    return () => {
      this.#retrieving -= 1;
      if (isAlone) this.#isAlone = false;
      this.#admit();
    };
  }

  /** Gives places in the order in which they were asked for: whoever is to be alone waits until all have left, and all behind wait for that. */
  #admit(): void {
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      if (this.#isAlone || this.#retrieving >= (next.isAlone ? 1 : this.#means.concurrency)) return;
      this.#waiting.shift();
      this.#retrieving += 1;
      this.#isAlone = next.isAlone;
      next.go();
    }
  }

  /** Those whose turns have ended wait for nothing. */
  #letGo(): void {
    const waiting = this.#waiting.splice(0);
    for (const each of waiting) {
      if (each.turn.end.signal.aborted) {
        this.#retrieving += 1;
        each.go();
      } else this.#waiting.push(each);
    }
    this.#admit();
  }

  async #pause({ end }: Turn, ms: number): Promise<void> {
    await sleep(ms, null, { signal: end.signal }).catch(() => undefined);
  }
}
