import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseState } from '../api/database-state.ts';
import { Metrics } from '../api/metrics.ts';
import { ProblemError } from '../api/problem.ts';
import { randomId } from '../api/random-id.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { type Connections, lossOf } from './connections.ts';
import type { Database } from './database.ts';
import type { DueLoop } from './due-loop.ts';
import type { Growth, Item, Job, JobStore, NewJob } from './job-store.ts';
import type { JobRunner, Outcome, Pace } from './job-runner.ts';

/** What does the jobs of a kind. */
export interface JobKind {
  /** Does an item; throws where it is to be tried again later. */
  work: (job: Job, item: Item, signal: AbortSignal) => Promise<Outcome>;
  /** What is kept of a result that there is no room for. */
  inPlace: (job: Job, item: Item) => string;
  /** What becomes of an item in whose midst so many processes ended. */
  abandoned: (job: Job, item: Item, deaths: number) => Outcome;
  /** How an origin is to be asked; by the delay of the job unless given. */
  paceOf?: (job: Job, origin: string, signal: AbortSignal) => Promise<Pace>;
  /** What becomes more of a job by its results; nothing unless given. */
  growth?: Growth;
}

/** What else is done where jobs are worked on, of what is in the database; `isAlone`: no other process has it. */
export type Chore = (tables: Database['tables'], isAlone: boolean) => Promise<Pick<DueLoop<unknown>, 'run' | 'wake' | 'stop'>>;

/** What is open. */
interface Open {
  database: Database;
  store: JobStore;
  runner: JobRunner | null;
  /** Besides jobs. */
  chores: Awaited<ReturnType<Chore>>[];
}

/** Seconds after which asking again makes sense, for what. */
const AGAIN_S = { database: 5, quota: 10 };
/** Milliseconds between two looks after what has expired or was lost, and between two tries to come by a database. */
const CARE_MS = 15_000;
const RETRY_MS = 2000;
/** Milliseconds after which an embedded database gives room back although there is work to go on with. */
const VACUUM_MS = 600_000;
/** Milliseconds that what says how things stand waits for the database. */
const GLANCE_MS = 1000;
/** Milliseconds between two looks into an empty queue: what comes from this process is told at once. */
const POLL_MS = { embedded: 1000, shared: 250 };
/** Milliseconds that processes are given to leave a job that was cancelled, and between two looks whether they have. */
const LEAVE_MS = 3000;
const LEAVE_LOOK_MS = 20;

/**
 * Jobs: many retrievals that outlive their request, and this process. The database is opened when a job first needs it, or at the start
 * where there is work to go on with. While it cannot be reached all else is answered, and it is tried again.
 */
@Injectable()
export class JobsService implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #kinds = new Map<string, JobKind>();
  readonly #chores: Chore[] = [];
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #log = new Logger('jobs');
  readonly #care: NodeJS.Timeout;
  #opening: Promise<Open> | null = null;
  #open: Open | null = null;
  #running: Promise<unknown> | null = null;
  #isStopping = false;
  #lastError = '';
  #vacuumedAt = performance.now();
  /** How many jobs were asked for so far. */
  #asked = 0;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly state: DatabaseState,
    metrics: Metrics,
  ) {
    this.#care = setInterval(() => void this.#lookAfter(), CARE_MS).unref();
    metrics.watchJobs({
      databaseUp: () => ({ unused: 0, ok: 1, unavailable: -1 })[this.state.health],
      turns: () => this.#open?.runner?.turns ?? 0,
      retrieving: () => this.#open?.runner?.retrieving ?? 0,
    });
  }

  /** Says what does the jobs of a kind. */
  register(kind: string, how: JobKind): void {
    this.#kinds.set(kind, how);
  }

  /** Says what else is done where jobs are worked on. */
  attend(chore: Chore): void {
    this.#chores.push(chore);
  }

  /** Goes on with what is unfinished, and from now on with what others create. */
  begin(): void {
    const { DATABASE_URL: url, ROLE: role } = this.settings;
    if (url === null ? !existsSync(this.#marker) : role === 'api') return;
    void this.#keepTrying();
  }

  /** First of all: what is under way is left to whoever takes it next. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#care);
    const open = this.#open ?? (await this.#opening?.catch(() => null));
    await Promise.all([open?.runner ?? [], open?.chores ?? []].flat().map((each) => each.stop()));
    await this.#running;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#open?.database.close();
  }

  /**
   * Does something with the jobs in the database, and with its tables.
   *
   * @throws ProblemError `DATABASE_UNAVAILABLE`
   */
  async use<Value>(make: (store: JobStore, tables: Database['tables']) => Promise<Value>): Promise<Value> {
    try {
      const { store, database } = await this.#opened();
      const value = await make(store, database.tables);
      this.state.health = 'ok';
      return value;
    } catch (error) {
      const why = lossOf(error);
      if (why === null) throw error;
      this.state.health = 'unavailable';
      throw unavailable(why, error);
    }
  }

  /** The same with what is to be gone on with afterwards, whatever becomes of this process. */
  async commit<Value>(make: (store: JobStore, tables: Database['tables']) => Promise<Value>): Promise<Value> {
    this.#asked += 1;
    return this.use((store, tables) => {
      this.#mark();
      return make(store, tables);
    });
  }

  /** The same, where what nobody has opened yet has nothing in it: then `none` is known without it. */
  async look<Value>(none: Value, make: (store: JobStore, tables: Database['tables']) => Promise<Value>): Promise<Value> {
    const isEmpty = this.settings.DATABASE_URL === null && this.#opening === null && !existsSync(join(this.settings.DATA_DIR, 'postgres'));
    return isEmpty && this.settings.WORKERS === 1 ? none : this.use(make);
  }

  /** What the database says at once, without opening it: null where it cannot say, `none` where nobody needed it yet. Nothing waits for it. */
  async glance<Value>(none: Value, make: (tables: Database['tables']) => Promise<Value>): Promise<Value | null> {
    if (this.#open === null) return this.state.health === 'unavailable' ? null : none;
    const { database } = this.#open;
    return Promise.race([make(database.tables).catch(() => null), sleep(GLANCE_MS, null, { ref: false })]);
  }

  /**
   * Takes a job on.
   *
   * @throws ProblemError `QUOTA_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async create(job: Omit<NewJob, 'id'>): Promise<Job> {
    const { JOB_MAX_UNFINISHED: unfinished, JOB_MAX_KEPT: kept } = this.settings;
    const created = await this.commit((store) => store.create({ ...job, id: randomId(16) }, { unfinished, kept }));
    if ('refusedFor' in created) {
      const what =
        created.refusedFor === 'unfinished'
          ? `${String(unfinished)} of your jobs are not finished, the most there may be (JOB_MAX_UNFINISHED); wait for one of them, or cancel one`
          : `${String(kept)} of your jobs are kept, the most there may be (JOB_MAX_KEPT); delete one, or wait until one expires (JOB_TTL_S)`;
      throw new ProblemError('QUOTA_EXCEEDED', what, { retryAfterS: AGAIN_S.quota });
    }
    this.#open?.runner?.wake();
    return created;
  }

  /** Ends a job that is not finished: once this returns nothing more is retrieved for it, unless a process that works on it does not answer. */
  async cancel(id: string): Promise<void> {
    await this.use((store) => store.cancel(id, this.settings.JOB_TTL_S));
    this.#open?.runner?.drop(id);
    const endsAt = performance.now() + LEAVE_MS;
    while ((await this.use((store) => store.isWorkedOn(id))) && performance.now() < endsAt) await sleep(LEAVE_LOOK_MS);
    this.tell(id);
  }

  /** Settles when something has become of a job, or after so many milliseconds. */
  async progress(id: string, ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#progress.off(id, done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#progress.on(id, done);
    });
  }

  /** Tells those who wait that something has become of a job. */
  tell(id: string): void {
    this.#progress.emit(id);
  }

  /** Has what is done besides jobs look now. */
  wakeChores(): void {
    for (const chore of this.#open?.chores ?? []) chore.wake();
  }

  get #marker(): string {
    return join(this.settings.DATA_DIR, 'unfinished');
  }

  /** Says in the directory that there is work: whoever starts there opens the database at once. */
  #mark(): void {
    if (this.settings.DATABASE_URL === null && !existsSync(this.#marker)) {
      mkdirSync(this.settings.DATA_DIR, { recursive: true, mode: 0o700 });
      writeFileSync(this.#marker, '');
    }
  }

  #opened(): Promise<Open> {
    if (this.#opening !== null) return this.#opening;
    const opening = this.#start();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  async #start(): Promise<Open> {
    const { DATABASE_URL: url, DATA_DIR: directory, WORKERS: workers, ROLE: role } = this.settings;
    if (this.#isStopping) throw unavailable('this process is stopping');
    if (url === null && workers > 1) {
      const why = 'several processes (WORKERS) need a database that they share: set DATABASE_URL to the URL of a PostgreSQL server';
      throw new ProblemError('DATABASE_UNAVAILABLE', why, { retryAfterS: AGAIN_S.database });
    }
    const isEmbedded = url === null;
    // What most servers never need is loaded by those that do.
    const [{ openDatabase, JobStore }, connections] = await Promise.all([engine(), isEmbedded ? embedded(directory) : postgres(url)]);
    const works = role !== 'api';
    const onError = this.note.bind(this);
    const database = await openDatabase(connections, { isEmbedded, supervises: works, onError }).catch(async (error: unknown) => {
      await connections.end().catch(() => undefined);
      throw error;
    });
    const store = new JobStore(database);
    if (works) await store.mendQueue(isEmbedded);
    const chores = works ? await Promise.all(this.#chores.map((chore) => chore(database.tables, isEmbedded))) : [];
    const open: Open = { database, store, runner: works ? await this.#runnerOf(store, isEmbedded) : null, chores };
    store.onAnnounced = (): void => {
      this.wakeChores();
    };
    this.#open = open;
    this.state.health = 'ok';
    this.#running = Promise.all([open.runner ?? [], chores].flat().map((each) => each.run()));
    return open;
  }

  async #runnerOf(store: JobStore, isEmbedded: boolean): Promise<JobRunner> {
    const { JobRunner } = await engine();
    const { JOB_CONCURRENCY, FETCH_MAX_PER_ORIGIN, JOB_MAX_RESULT_BYTES, JOB_TTL_S } = this.settings;
    return new JobRunner({
      store,
      work: (job, item, signal) => this.#kind(job.kind).work(job, item, signal),
      paceOf: (job, origin, signal) =>
        this.#kind(job.kind).paceOf?.(job, origin, signal) ?? Promise.resolve({ delayMs: job.delayMs, hasAsked: false }),
      inPlace: (job, item) => this.#kind(job.kind).inPlace(job, item),
      abandoned: (job, item, deaths) => this.#kind(job.kind).abandoned(job, item, deaths),
      growthOf: (kind) => this.#kind(kind).growth ?? null,
      concurrency: JOB_CONCURRENCY,
      perOrigin: FETCH_MAX_PER_ORIGIN,
      maxResultBytes: JOB_MAX_RESULT_BYTES,
      ttlS: JOB_TTL_S,
      pollMs: isEmbedded ? POLL_MS.embedded : POLL_MS.shared,
      isShared: !isEmbedded,
      onError: this.note.bind(this),
      onProgress: this.tell.bind(this),
    });
  }

  #kind(kind: string): JobKind {
    const how = this.#kinds.get(kind);
    if (how === undefined) throw new Error(`nothing here does jobs of the kind ${kind}`);
    return how;
  }

  /** Until the database can be opened: there is work in it, or there will be. */
  async #keepTrying(): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.#opened();
        return;
      } catch (error) {
        this.note(error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  /** Deletes what has expired, and puts back what was lost. */
  async #lookAfter(): Promise<void> {
    const open = this.#open;
    if (open === null || this.#isStopping) return;
    try {
      const deleted = await open.store.deleteExpired();
      if (open.runner !== null && (await open.store.mendQueue(false)) > 0) open.runner.wake();
      if (this.settings.DATABASE_URL === null && (deleted > 0 || existsSync(this.#marker))) await this.#rest(open);
      this.state.health = 'ok';
    } catch (error) {
      this.note(error);
    }
  }

  /**
   * Of an embedded database, whose every process this is: room is given back, and nothing is left to go on with, once nothing is done. Pages that are
   * watched never come to an end: room is given back meanwhile.
   */
  async #rest({ store, runner }: Open): Promise<void> {
    const asked = this.#asked;
    if ((runner?.turns ?? 0) > 0) return;
    const isDone = (await store.unfinished()) === 0;
    if (!isDone && performance.now() - this.#vacuumedAt < VACUUM_MS) return;
    await store.vacuum();
    this.#vacuumedAt = performance.now();
    // One that was asked for meanwhile is to be found.
    if (isDone && asked === this.#asked) rmSync(this.#marker, { force: true });
  }

  /** Says what failed, once as long as it is the same. */
  note(error: unknown): void {
    const why = lossOf(error);
    if (why !== null) this.state.health = 'unavailable';
    const words = why ?? String((error as Error).stack);
    if (words === this.#lastError || this.#isStopping) return;
    this.#lastError = words;
    this.#log.error(why === null ? words : `the database of jobs cannot be used: ${why}`);
  }
}

function unavailable(why: string, cause?: unknown): ProblemError {
  const detail = `the database of jobs cannot be used (${why}); all else is answered; ask again in a moment`;
  return new ProblemError('DATABASE_UNAVAILABLE', detail, { retryAfterS: AGAIN_S.database, cause });
}

// Outside the class, since the compiler leaves the names of late imports within a decorated one as they are.
async function engine(): Promise<{
  openDatabase: typeof import('./database.ts').openDatabase;
  JobStore: typeof import('./job-store.ts').JobStore;
  JobRunner: typeof import('./job-runner.ts').JobRunner;
}> {
  const { openDatabase } = await import('./database.ts');
  const { JobStore } = await import('./job-store.ts');
  const { JobRunner } = await import('./job-runner.ts');
  return { openDatabase, JobStore, JobRunner };
}

async function embedded(directory: string): Promise<Connections> {
  const { EmbeddedConnections } = await import('./embedded-connections.ts');
  return new EmbeddedConnections(directory);
}

async function postgres(url: string): Promise<Connections> {
  const { postgresConnections } = await import('./postgres-connections.ts');
  return postgresConnections(url);
}
