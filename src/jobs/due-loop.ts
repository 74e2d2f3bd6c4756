import { setTimeout as sleep } from 'node:timers/promises';
import { WorkEnded } from './work-ended.ts';

/** Work that is due at a time, in the database. */
export interface DueWork<Task> {
  /** Takes at most so many tasks that are due in so many milliseconds (0: now): nobody else has them for a while. */
  take: (most: number, aheadMs: number) => Promise<Task[]>;
  /** Does one, and says when it is due again or that it is done; the signal says that this process stops. */
  work: (task: Task, signal: AbortSignal) => Promise<void>;
  /** Tasks at a time. */
  concurrency: number;
  /** Milliseconds between two looks when nothing is due. */
  pollMs: number;
  onError: (error: unknown) => void;
}

/** Milliseconds that tasks are given to leave off when this process stops. */
const LEAVE_MS = 2500;

/** Does what is due, as soon as it is: what is taken here is done by no other process. */
export class DueLoop<Task> {
  readonly #what: DueWork<Task>;
  readonly #end = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #wake: () => void = () => undefined;
  #isWoken = false;

  constructor(what: DueWork<Task>) {
    this.#what = what;
  }

  /** Looks now: something has become due. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /** Works until it is told to stop. */
  async run(): Promise<void> {
    while (!this.#hasStopped()) {
      this.#isWoken = false;
      const begun = await this.#begin(0).catch((error: unknown) => {
        this.#what.onError(error);
        return [];
      });
      if (begun.length === 0) await this.#idle();
    }
  }

  /** Does all that is due in so many milliseconds, once, and waits for its end. */
  async pass(aheadMs: number): Promise<void> {
    await Promise.all(await this.#begin(aheadMs));
  }

  /** Ends what is under way; whoever is next does it. */
  async stop(): Promise<void> {
    this.#end.abort(new WorkEnded('this process is stopping'));
    this.wake();
    await Promise.race([Promise.all(this.#underWay), sleep(LEAVE_MS)]);
  }

  #hasStopped(): boolean {
    return this.#end.signal.aborted;
  }

  async #begin(aheadMs: number): Promise<Promise<void>[]> {
    const free = this.#what.concurrency - this.#underWay.size;
    if (free <= 0) return [];
    return (await this.#what.take(free, aheadMs)).map((task) => this.#do(task));
  }

  #do(task: Task): Promise<void> {
    const done = this.#what
      .work(task, this.#end.signal)
      .catch((error: unknown) => {
        this.#what.onError(error);
      })
      .finally(() => {
        this.#underWay.delete(done);
        this.wake();
      });
    this.#underWay.add(done);
    return done;
  }

  async #idle(): Promise<void> {
    // Meanwhile something may have become due.
    if (this.#isWoken) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([woken, sleep(this.#what.pollMs, null, { ref: false })]);
  }
}
