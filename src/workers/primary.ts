import cluster, { type Worker } from 'node:cluster';
import { type PrimaryMessage, WORKER_VARIABLE, type WorkerMessage } from './colleagues.ts';
import { Questions } from './questions.ts';

/** Milliseconds before a worker that has ended is replaced; each time that one ends soon after it was started, twice as many. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** Milliseconds after which a worker has not ended soon. */
const SOON_MS = 60_000;
/** Level 50 is that of errors: the log has it so. */
const ERROR_LEVEL = 50;

/** What the primary process is told to do. */
interface Orders {
  workers: number;
  isSilent: boolean;
  /** All workers are ready, at this URL. */
  onReady: (url: string) => void;
  /** A worker cannot start, before all were ready; the others are ended. */
  onFailure: (why: string) => void;
  /** All workers have come to their end as they were told; false where one of them did not get there in order. */
  onStopped: (isOrderly: boolean) => void;
}

interface Member {
  worker: Worker;
  place: number;
  startedAt: number;
  isReady: boolean;
}

/**
 * The process that starts the workers, hands them connections in turn, passes their questions on, replaces those that end, and
 * tells all of them to stop. It reads nothing of what callers and targets send.
 */
export class Primary {
  readonly #orders: Orders;
  readonly #members = new Map<number, Member>();
  readonly #questions = new Questions((number, message) => {
    this.#tell(number, message);
  });
  #last = 0;
  #isAnnounced = false;
  #isStopping = false;
  #isOrderly = true;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(orders: Orders) {
    this.#orders = orders;
    // Snapshots go from one to another as bytes.
    cluster.setupPrimary({ serialization: 'advanced' });
    cluster.schedulingPolicy = cluster.SCHED_RR;
    for (let place = 0; place < orders.workers; place += 1) this.#start(place);
  }

  /** Tells every worker to answer what it has and to end; one that has nothing yet is ended. */
  stop(): void {
    this.#isStopping = true;
    if (this.#members.size === 0) this.#orders.onStopped(this.#isOrderly);
    for (const [number, { worker, isReady }] of this.#members) {
      if (isReady) this.#tell(number, { kind: 'stop' });
      else worker.process.kill('SIGKILL');
    }
  }

  /** Ends every worker at once. */
  kill(): void {
    this.#isStopping = true;
    for (const { worker } of this.#members.values()) worker.process.kill('SIGKILL');
  }

  #start(place: number): void {
    const number = ++this.#last;
    const worker = cluster.fork({ [WORKER_VARIABLE]: `${String(number)} ${String(place)}` });
    const member: Member = { worker, place, startedAt: performance.now(), isReady: false };
    this.#members.set(number, member);
    // Its end tells all that there is to know.
    worker.on('error', () => undefined);
    worker.on('message', (message: WorkerMessage) => {
      this.#hear(number, member, message);
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.#onEnd(number, member, signal ?? String(code));
    });
  }

  #tell(number: number, message: PrimaryMessage): void {
    const member = this.#members.get(number);
    if (member?.worker.isConnected() === true) member.worker.send(message, () => undefined);
  }

  #hear(number: number, member: Member, message: WorkerMessage): void {
    switch (message.kind) {
      case 'ready':
        member.isReady = true;
        this.#onReady(message.url);
        break;
      case 'failed':
        if (!this.#isAnnounced) this.#fail(message.why);
        break;
      case 'ask':
        this.#questions.ask(
          number,
          message,
          [...this.#members].flatMap(([other, { isReady }]) => (isReady ? [other] : [])),
        );
        break;
      case 'answer':
        this.#questions.answer(number, message);
    }
  }

  #onReady(url: string): void {
    if (this.#isAnnounced || [...this.#members.values()].some(({ isReady }) => !isReady)) return;
    this.#isAnnounced = true;
    this.#orders.onReady(url);
  }

  #fail(why: string): void {
    if (this.#isStopping) return;
    this.kill();
    this.#orders.onFailure(why);
  }

  #onEnd(number: number, { place, startedAt, isReady }: Member, how: string): void {
    this.#members.delete(number);
    this.#questions.forget(number);
    if (this.#isStopping) {
      if (isReady && how !== '0') this.#isOrderly = false;
      if (this.#members.size === 0) this.#orders.onStopped(this.#isOrderly);
    } else if (this.#isAnnounced) {
      if (performance.now() - startedAt >= SOON_MS) this.#pauseMs = FIRST_PAUSE_MS;
      this.#log(`worker ${String(number)} ended unexpectedly (${how}); another takes its place in ${String(this.#pauseMs)} ms`);
      setTimeout(() => {
        if (!this.#isStopping) this.#start(place);
      }, this.#pauseMs);
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    } else {
      this.#fail(`a worker ended before it was ready (${how})`);
    }
  }

  /** As the workers log. */
  #log(msg: string): void {
    if (this.#orders.isSilent) return;
    process.stderr.write(`${JSON.stringify({ level: ERROR_LEVEL, time: Date.now(), pid: process.pid, msg })}\n`);
  }
}
