import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { addWebhook, announce, type NewWebhook, type WebhookFacts, webhookOf } from '../jobs/outbox.ts';
import type { Tables } from '../jobs/tables.ts';
import type { Judgement } from './judge.ts';
import { MOST_CHANGES, MOST_EVENTS, MOST_RUNS } from './kept.ts';

/** A watch as it is kept. */
export interface WatchRow {
  id: string;
  owner: string;
  caller: string;
  url: string;
  options: string;
  schedule: string;
  /** Also of one that is paused, where somebody has asked for a run. */
  nextRunAt: Date | null;
  isPaused: boolean;
  isAsked: boolean;
  runs: number;
  changes: number;
  events: number;
  createdAt: Date;
  webhook: WebhookFacts | null;
  lastRun: (Omit<RunRow, 'startedAt'> & { startedAt: string }) | null;
}

/** A watch whose run is due, and when it was taken, by the clock of the database. */
export interface DueWatch extends WatchRow {
  /** What it remembers, as JSON. */
  memory: string;
  takenAt: Date;
}

/** A run as it is kept. */
export interface RunRow {
  number: number;
  startedAt: Date;
  tookMs: number;
  isAsked: boolean;
  state: Judgement['state'];
  snapshot: string | null;
  status: number | null;
  code: string | null;
  detail: string | null;
  changes: number;
  /** JSON. */
  failed: string;
}

/** What became of a run. */
export interface RunRecord {
  run: Omit<RunRow, 'number' | 'isAsked' | 'changes' | 'failed' | 'state'>;
  judgement: Judgement;
  nextRunAt: Date;
}

const WATCH = sql.raw(`
  id, owner, caller, url, options, schedule, next_run_at as "nextRunAt", is_paused as "isPaused", is_asked as "isAsked", runs, changes, events, created_at as "createdAt",
  ${webhookOf('watch')}, (select json_build_object('number', r.number, 'startedAt', r.started_at, 'tookMs', r.took_ms, 'isAsked', r.is_asked, 'state', r.state,
    'snapshot', r.snapshot, 'status', r.status, 'code', r.code, 'detail', r.detail, 'changes', r.changes, 'failed', r.failed)
    from pagewire.watch_run as r where r.watch_id = watch.id order by r.number desc limit 1) as "lastRun"`);

/** Watches and what became of their pages, in the database. Each method is one transaction. */
export class WatchStore {
  readonly #tables: Kysely<Tables>;

  constructor(tables: Kysely<Tables>) {
    this.#tables = tables;
  }

  /** Begins a watch, whose first run is due at once; null where its caller has as many as it may have. */
  async create(
    watch: Pick<WatchRow, 'id' | 'owner' | 'caller' | 'url' | 'options' | 'schedule'>,
    memory: string,
    webhook: NewWebhook | null,
    most: number,
  ): Promise<WatchRow | null> {
    return this.#tables.transaction().execute(async (session) => {
      // Of one caller one at a time, so that the quota is kept to.
      await sql`select pg_advisory_xact_lock(728114303, hashtext(${watch.caller}))`.execute(session);
      const [had] = await rowsOf<{ kept: number }>(
        session,
        sql`select count(*)::int as kept from pagewire.watch where caller = ${watch.caller}`,
      );
      if ((had?.kept ?? 0) >= most) return null;
      await sql`insert into pagewire.watch (id, owner, caller, url, options, schedule, memory, next_run_at)
        values (${watch.id}, ${watch.owner}, ${watch.caller}, ${watch.url}, ${watch.options}, ${watch.schedule}, ${memory}, now())`.execute(
        session,
      );
      if (webhook !== null) await addWebhook(session, 'watch', watch.id, webhook);
      const [created] = await rowsOf<WatchRow>(session, sql`select ${WATCH} from pagewire.watch where id = ${watch.id}`);
      return created ?? null;
    });
  }

  /** A watch; null where there is none, or none of that owner. */
  async find(id: string, owner: string): Promise<WatchRow | null> {
    const [watch] = await this.#rows<WatchRow>(sql`select ${WATCH} from pagewire.watch where id = ${id} and owner = ${owner}`);
    return watch ?? null;
  }

  /** Watches of an owner, newest first, and how many there are. */
  async list(owner: string, offset: number, limit: number | null): Promise<{ total: number; watches: WatchRow[] }> {
    const [count] = await this.#rows<{ total: number }>(sql`select count(*)::int as total from pagewire.watch where owner = ${owner}`);
    const watches = await this.#rows<WatchRow>(
      sql`select ${WATCH} from pagewire.watch where owner = ${owner} order by created_at desc, id limit ${limit} offset ${offset}`,
    );
    return { total: count?.total ?? 0, watches };
  }

  /** Changes when a watch runs, and how it judges. */
  async update(id: string, watch: Pick<WatchRow, 'options' | 'schedule' | 'isPaused' | 'nextRunAt'>): Promise<void> {
    const { options, schedule, isPaused, nextRunAt } = watch;
    await sql`update pagewire.watch set options = ${options}, schedule = ${schedule}, is_paused = ${isPaused}, next_run_at = ${nextRunAt}::timestamptz
      where id = ${id}`.execute(this.#tables);
  }

  /** Has a watch run now, whatever its schedule. */
  async ask(id: string): Promise<void> {
    await sql`update pagewire.watch set next_run_at = now(), is_asked = true where id = ${id}`.execute(this.#tables);
  }

  /** Deletes a watch with all that is kept of it. */
  async delete(id: string): Promise<void> {
    await sql`delete from pagewire.watch where id = ${id}`.execute(this.#tables);
  }

  /** Watches whose run is due in so many milliseconds: until `forS` has passed nobody else has them. */
  async take(most: number, aheadMs: number, forS: number): Promise<DueWatch[]> {
    const now = sql`now() + make_interval(secs => ${aheadMs / 1000})`;
    return this.#rows<DueWatch>(sql`
      update pagewire.watch set taken_until = ${now} + make_interval(secs => ${forS})
      where id in (
        select id from pagewire.watch where next_run_at <= ${now} and (taken_until is null or taken_until <= ${now})
        order by next_run_at limit ${most} for update skip locked
      )
      returning ${WATCH}, memory, ${now} as "takenAt"`);
  }

  /** Lets go of all that is taken, where nobody can have it: the one process that did has ended. */
  async releaseAll(): Promise<void> {
    await sql`update pagewire.watch set taken_until = null where taken_until is not null`.execute(this.#tables);
  }

  /** Lets go of a watch without a run. */
  async release(id: string): Promise<void> {
    await sql`update pagewire.watch set taken_until = null where id = ${id}`.execute(this.#tables);
  }

  /** Writes down a run with all that it found, and what is to be told of it; nothing where another one has come before. Says whether something is told. */
  async record(watch: DueWatch, { run, judgement, nextRunAt }: RunRecord): Promise<boolean> {
    const { memory, state, changes, failed, happenings } = judgement;
    const { id } = watch;
    return this.#tables.transaction().execute(async (session) => {
      const [kept] = await rowsOf<{ runs: number; changes: number; events: number }>(
        session,
        sql`select runs, changes, events from pagewire.watch where id = ${id} for update`,
      );
      if (kept?.runs !== watch.runs) return false;
      const number = kept.runs + 1;
      await sql`insert into pagewire.watch_run (watch_id, number, started_at, took_ms, is_asked, state, snapshot, status, code, detail, changes, failed)
        values (${id}, ${number}, ${run.startedAt}, ${Math.round(run.tookMs)}, ${watch.isAsked}, ${state}, ${run.snapshot}, ${run.status}, ${run.code},
          ${run.detail}, ${changes.length}, ${JSON.stringify(failed)})`.execute(session);
      await append(session, 'watch_change', 'change', id, kept.changes, changes, number);
      const told = happenings.map(({ type, told: what }) => ({ type, told: { id, url: watch.url, run: number, ...what } }));
      const timestamp = new Date().toISOString();
      const events = told.map((happening) => ({ type: happening.type, timestamp, data: happening.told }));
      await append(session, 'watch_event', 'event', id, kept.events, events, null);
      // A run that was asked for, and one that came too soon, leave the schedule as it is. What was paused meanwhile stays so.
      await sql`update pagewire.watch set memory = ${JSON.stringify(memory)}, runs = ${number}, changes = ${kept.changes + changes.length},
        events = ${kept.events + events.length}, taken_until = null, is_asked = false,
        next_run_at = case when is_paused then null else ${nextRunAt}::timestamptz end where id = ${id}`.execute(session);
      await sql`delete from pagewire.watch_run where watch_id = ${id} and number <= ${number - MOST_RUNS}`.execute(session);
      let isTold = false;
      for (const happening of told) isTold = (await announce(session, 'watch', id, happening)) || isTold;
      return isTold;
    });
  }

  /** Runs of a watch, newest first. */
  async runs(id: string, offset: number, limit: number | null): Promise<{ total: number; runs: RunRow[] }> {
    const [count] = await this.#rows<{ total: number }>(sql`select count(*)::int as total from pagewire.watch_run where watch_id = ${id}`);
    const runs = await this.#rows<RunRow>(
      sql`select number, started_at as "startedAt", took_ms as "tookMs", is_asked as "isAsked", state, snapshot, status, code, detail, changes, failed
        from pagewire.watch_run where watch_id = ${id} order by number desc limit ${limit} offset ${offset}`,
    );
    return { total: count?.total ?? 0, runs };
  }

  /** Changes of a watch, newest first, each as JSON. */
  async changes(id: string, offset: number, limit: number | null): Promise<{ total: number; changes: { run: number; change: string }[] }> {
    const [count] = await this.#rows<{ total: number }>(
      sql`select count(*)::int as total from pagewire.watch_change where watch_id = ${id}`,
    );
    const changes = await this.#rows<{ run: number; change: string }>(
      sql`select run, change from pagewire.watch_change where watch_id = ${id} order by sequence desc limit ${limit} offset ${offset}`,
    );
    return { total: count?.total ?? 0, changes };
  }

  /** Events of a watch behind one, oldest first, each as JSON. */
  async events(id: string, after: number): Promise<{ sequence: number; event: string }[]> {
    return this.#rows(
      sql`select sequence, event from pagewire.watch_event where watch_id = ${id} and sequence > ${after} order by sequence limit 100`,
    );
  }

  #rows<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    return rowsOf<Row>(this.#tables, statement);
  }
}

/** Appends to what is kept of a watch, numbered on, and lets go of the oldest. */
async function append(
  session: Transaction<Tables>,
  table: 'watch_change' | 'watch_event',
  column: string,
  id: string,
  had: number,
  added: readonly object[],
  run: number | null,
): Promise<void> {
  if (added.length === 0) return;
  const most = table === 'watch_change' ? MOST_CHANGES : MOST_EVENTS;
  const name = sql.raw(`pagewire.${table}`);
  const json = added.map((each) => JSON.stringify(each));
  await sql`insert into ${name} (watch_id, sequence, ${sql.raw(run === null ? '' : 'run,')} ${sql.raw(column)})
    select ${id}, ${had}::int + place::int, ${sql.raw(run === null ? '' : `${String(run)},`)} added
    from unnest(${json}::text[]) with ordinality as given (added, place)`.execute(session);
  await sql`delete from ${name} where watch_id = ${id} and sequence <= ${had + added.length - most}`.execute(session);
}

async function rowsOf<Row>(session: Kysely<Tables> | Transaction<Tables>, statement: RawBuilder<unknown>): Promise<Row[]> {
  return (await statement.execute(session)).rows as Row[];
}
