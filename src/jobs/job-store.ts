import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { fromKysely, type JobWithMetadata } from 'pg-boss';
import { type Database, LANES, type LaneTurn } from './database.ts';
import { addWebhook, announce, jobEnd, type NewWebhook, type WebhookFacts, webhookOf } from './outbox.ts';
import type { JobState, Tables } from './tables.ts';

/** A job as it stands. */
export interface Job {
  id: string;
  kind: string;
  owner: string;
  caller: string;
  state: JobState;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  expiresAt: Date | null;
  total: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  bytes: number;
  concurrency: number;
  delayMs: number;
  options: string;
  /** Where its end is told; null where nobody wants to hear it. */
  webhook: WebhookFacts | null;
}

/** What is to be done of a job. */
export interface NewItem {
  /** One of its own in the job; unless given, they are numbered from 0. */
  index?: number | undefined;
  url: string;
  origin: string;
  /** What its worker is told of it alone, as JSON. */
  note?: string | undefined;
}

/** A job to be done. */
export interface NewJob extends Pick<Job, 'id' | 'kind' | 'owner' | 'caller' | 'concurrency' | 'delayMs' | 'options'> {
  items: readonly NewItem[];
  /** What is recorded beside it, in the same transaction. */
  beside?: ((session: Transaction<Tables>, id: string) => Promise<void>) | undefined;
  webhook: NewWebhook | null;
}

/** How many jobs one caller may have. */
export interface JobQuota {
  unfinished: number;
  kept: number;
}

/** What is to be retrieved. */
export interface Item {
  index: number;
  url: string;
  note: string | null;
  /** How often it was begun by a process that knew that another had ended, perhaps because of it. */
  tries: number;
}

/** What came of an item. */
export interface ItemResult {
  job: string;
  index: number;
  succeeded: boolean;
  /** JSON; null of an item that has no result of its own, and is counted no more. */
  answer: string | null;
  /** What the kind of the job makes more of it. */
  found?: unknown;
}

/** What came of items, and what is to be recorded with it. */
export interface Recording {
  /** Before these were done. */
  job: Job;
  /** Those that count, in order: an item that was done twice is here once. */
  done: readonly ItemResult[];
  /** Items that are still to be done. */
  pending: number;
}

/** Records what a job's kind makes more of its results, in their transaction: gives what is to be done besides, and what to do once all is committed. */
export type Growth = (session: Transaction<Tables>, recording: Recording) => Promise<{ items: NewItem[]; committed: () => void }>;

/** How much of a job's results is kept, for how long once it is finished, and what in place of a result that there is no room for. */
export interface RecordLimits {
  maxBytes: number;
  ttlS: number;
  inPlace: (job: Job, item: Item) => string;
  /** Null where a job of this kind never becomes more. */
  growthOf: (kind: string) => Growth | null;
}

/** A result as it is kept. */
export interface KeptResult {
  index: number;
  sequence: number;
  succeeded: boolean;
  bytes: number;
  answer: string;
}

/** What a turn of a lane begins with. */
export interface LaneStart {
  job: Job;
  /** Retrievals at a time. */
  width: number;
  /** Milliseconds since a job has last asked the origin; null where none has. */
  askedAgoMs: number | null;
}

/** A turn as the queue gave it. */
export type QueuedTurn = Pick<JobWithMetadata<LaneTurn>, 'id' | 'retryCount' | 'data'>;

const JOB = sql.raw(`
  id, kind, owner, caller, state, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt",
  expires_at as "expiresAt", total, succeeded, failed, cancelled, bytes, concurrency, delay_ms as "delayMs", options,
  ${webhookOf('job')}`);

type Session = Kysely<Tables> | Transaction<Tables>;

/** Jobs, what is to be done of them, and what came of it, in the database. Each method is one transaction. */
export class JobStore {
  readonly #database: Database;
  /** Called when something is to be told to a webhook. */
  onAnnounced: () => void = () => undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes a job on, for good once this returns; or says how many unfinished or kept ones its caller has, where that is too many. */
  async create({ items, beside, webhook, ...job }: NewJob, quota: JobQuota): Promise<Job | { refusedFor: keyof JobQuota }> {
    return this.#database.tables.transaction().execute(async (session) => {
      // Of one caller one at a time, so that the quota is kept to.
      await sql`select pg_advisory_xact_lock(728114302, hashtext(${job.caller}))`.execute(session);
      const [had] = await rows<{ kept: number; unfinished: number }>(
        session,
        sql`select count(*)::int as kept, (count(*) filter (where finished_at is null))::int as unfinished from pagewire.job where caller = ${job.caller}`,
      );
      if ((had?.unfinished ?? 0) >= quota.unfinished) return { refusedFor: 'unfinished' };
      if ((had?.kept ?? 0) >= quota.kept) return { refusedFor: 'kept' };
      const [created] = await rows<Job>(
        session,
        sql`insert into pagewire.job (id, kind, owner, caller, state, total, concurrency, delay_ms, options)
          values (${job.id}, ${job.kind}, ${job.owner}, ${job.caller}, 'queued', ${items.length}, ${job.concurrency}, ${job.delayMs}, ${job.options})
          returning ${JOB}`,
      );
      await addItems(session, job.id, items);
      await this.#fill(session, job.id, job.concurrency);
      await beside?.(session, job.id);
      if (created === undefined) throw new Error('the job was not inserted');
      if (webhook === null) return created;
      await addWebhook(session, 'job', job.id, webhook);
      const { id, url, events } = webhook;
      return {
        ...created,
        webhook: { id, url, events: events === null ? null : [...events], previousSecretUntil: null, disabledAt: null },
      };
    });
  }

  /** A job; null where there is none, or none of that owner. */
  async find(id: string, owner: string): Promise<Job | null> {
    const [job] = await rows<Job>(
      this.#database.tables,
      sql`select ${JOB} from pagewire.job where id = ${id} and owner = ${owner} and (expires_at is null or expires_at > now())`,
    );
    return job ?? null;
  }

  /** Jobs of an owner, newest first, and how many there are. */
  async list(kind: string, owner: string, offset: number, limit: number | null): Promise<{ total: number; jobs: Job[] }> {
    const which = sql`from pagewire.job where kind = ${kind} and owner = ${owner} and (expires_at is null or expires_at > now())`;
    const [count] = await rows<{ total: number }>(this.#database.tables, sql`select count(*)::int as total ${which}`);
    const jobs = await rows<Job>(
      this.#database.tables,
      sql`select ${JOB} ${which} order by created_at desc, id limit ${limit} offset ${offset}`,
    );
    return { total: count?.total ?? 0, jobs };
  }

  /**
   * Results of a job from an offset on, in the order in which they came or in that of their items: at most so many, and no more than so
   * many bytes of them, one at least.
   */
  async results(id: string, by: 'sequence' | 'index', offset: number, limit: number, maxBytes: number): Promise<KeptResult[]> {
    const order = sql.ref(by);
    const part =
      by === 'sequence'
        ? sql`where job_id = ${id} and sequence > ${offset} order by sequence limit ${limit}`
        : sql`where job_id = ${id} order by index limit ${limit} offset ${offset}`;
    return rows<KeptResult>(
      this.#database.tables,
      sql`select index, sequence, succeeded, bytes, answer from (
          select *, sum(bytes) over (order by ${order}) as reached, row_number() over (order by ${order}) as place
          from (select * from pagewire.result ${part}) as part
        ) as counted
        where place = 1 or reached <= ${maxBytes} order by ${order}`,
    );
  }

  /** Bytes of the same part of the results, all of it. */
  async resultBytes(id: string, by: 'sequence' | 'index', offset: number, limit: number): Promise<number> {
    const [sum] = await rows<{ bytes: number }>(
      this.#database.tables,
      sql`select coalesce(sum(bytes), 0)::float8 as bytes
        from (select bytes from pagewire.result where job_id = ${id} order by ${sql.ref(by)} limit ${limit} offset ${offset}) as part`,
    );
    return sum?.bytes ?? 0;
  }

  /** Ends a job that is not finished: what is still to be done of it is dropped. Of one that is, nothing changes. */
  async cancel(id: string, ttlS: number): Promise<void> {
    const isAnnounced = await this.#database.tables.transaction().execute(async (session) => {
      const [job] = await rows<{ finished: boolean }>(
        session,
        sql`select finished_at is not null as finished from pagewire.job where id = ${id} for update`,
      );
      if (job?.finished !== false) return false;
      await sql`delete from pagewire.item where job_id = ${id}`.execute(session);
      await sql`delete from pagewire.lane where job_id = ${id} and state = 'waiting'`.execute(session);
      return end(
        session,
        sql`update pagewire.job set state = 'cancelled', cancelled = total - succeeded - failed, finished_at = now(),
          expires_at = now() + make_interval(secs => ${ttlS}) where id = ${id} returning ${JOB}`,
      );
    });
    if (isAnnounced) this.onAnnounced();
  }

  /** Of these jobs, those that are finished, or gone. */
  async ended(ids: readonly string[]): Promise<string[]> {
    const ended = await rows<{ id: string }>(
      this.#database.tables,
      sql`select id from unnest(${ids}::text[]) as given (id)
        where not exists (select from pagewire.job where job.id = given.id and finished_at is null)`,
    );
    return ended.map(({ id }) => id);
  }

  /** Whether some process works on a job. */
  async isWorkedOn(id: string): Promise<boolean> {
    const [found] = await rows<{ is: boolean }>(
      this.#database.tables,
      sql`select exists (select from pagewire.lane join pagewire_queue.job as entry on entry.name = ${LANES} and entry.id = lane.queue_id
        where lane.job_id = ${id} and entry.state = 'active') as is`,
    );
    return found?.is ?? false;
  }

  /** Deletes a job with all that is kept of it. */
  async delete(id: string): Promise<void> {
    await sql`delete from pagewire.job where id = ${id}`.execute(this.#database.tables);
  }

  /** Deletes what is kept no longer; says how many jobs that were. */
  async deleteExpired(): Promise<number> {
    const { numAffectedRows } = await sql`delete from pagewire.job where expires_at < now()`.execute(this.#database.tables);
    await sql`delete from pagewire.origin where asked_at < now() - interval '1 day'`.execute(this.#database.tables);
    return Number(numAffectedRows ?? 0);
  }

  /** Gives the room of what is no more to what comes; a server does so by itself. */
  async vacuum(): Promise<void> {
    await sql`vacuum`.execute(this.#database.tables);
  }

  /** How much there is to go on with: jobs that are not finished, what is still to be told, and pages that are watched. */
  async unfinished(): Promise<number> {
    const [count] = await rows<{ total: number }>(
      this.#database.tables,
      sql`select (select count(*) from pagewire.job where finished_at is null)::int
        + (select count(*) from pagewire.delivery where due_at is not null)::int
        + (select count(*) from pagewire.watch where next_run_at is not null)::int as total`,
    );
    return count?.total ?? 0;
  }

  /** Turns that this process may have: of each origin one at a time, in all processes. */
  async takeTurns(most: number): Promise<QueuedTurn[]> {
    return this.#database.queue.fetch<LaneTurn>(LANES, { batchSize: most });
  }

  /** Says that turns are still worked on; gives the ids of those that are this process's still. */
  async keepTurns(turns: readonly QueuedTurn[]): Promise<ReadonlySet<string>> {
    const { settled } = (await this.#database.queue.touch(LANES, [...turns])) as { settled: string[] };
    return new Set(settled);
  }

  /** What a turn is about; null where nothing is to be done any more. The job is running from now on. */
  async startLane({ job, origin }: LaneTurn): Promise<LaneStart | null> {
    return this.#database.tables.transaction().execute(async (session) => {
      const [found] = await rows<Job>(session, sql`select ${JOB} from pagewire.job where id = ${job} and finished_at is null`);
      if (found === undefined) return null;
      if (found.state === 'queued') {
        await sql`update pagewire.job set state = 'running', started_at = now() where id = ${job} and state = 'queued'`.execute(session);
      }
      const [lanes] = await rows<{ count: number; askedAgoMs: number | null }>(
        session,
        sql`select count(*)::int as count,
            (select (extract(epoch from clock_timestamp() - asked_at) * 1000)::float8 from pagewire.origin where origin = ${origin}) as "askedAgoMs"
          from pagewire.lane where job_id = ${job} and state = 'queued'`,
      );
      return {
        job: found,
        width: Math.max(1, Math.floor(found.concurrency / Math.max(1, lanes?.count ?? 1))),
        askedAgoMs: lanes?.askedAgoMs ?? null,
      };
    });
  }

  /** What is to be done of a lane, behind an item of it. */
  async items({ job, origin }: LaneTurn, after: number, limit: number): Promise<Item[]> {
    return rows<Item>(
      this.#database.tables,
      sql`select index, url, note, tries from pagewire.item where job_id = ${job} and origin = ${origin} and index > ${after} order by index limit ${limit}`,
    );
  }

  /** Notes that an item is begun: if this process ends in its midst, the next knows. */
  async begin(job: string, index: number): Promise<void> {
    await sql`update pagewire.item set tries = tries + 1 where job_id = ${job} and index = ${index}`.execute(this.#database.tables);
  }

  /** It was left, and nothing ended. */
  async unbegin(job: string, index: number): Promise<void> {
    await sql`update pagewire.item set tries = tries - 1 where job_id = ${job} and index = ${index}`.execute(this.#database.tables);
  }

  /**
   * Records what came of items of one job. Each takes the place of its item, so that of an item that was done twice the first result counts.
   * Past the bytes that a job may keep, `inPlace` makes what is kept instead.
   */
  async record(id: string, results: readonly ItemResult[], { maxBytes, ttlS, inPlace, growthOf }: RecordLimits): Promise<void> {
    const outcome = await this.#database.tables.transaction().execute(async (session) => {
      // Whoever records results of this job waits here: so they are numbered without a gap, and seen in that order.
      const [job] = await rows<Job>(
        session,
        sql`select ${JOB} from pagewire.job where id = ${id} and finished_at is null for no key update`,
      );
      if (job === undefined) return null;
      const taken = await rows<Item>(
        session,
        sql`delete from pagewire.item where job_id = ${id} and index = any(${results.map(({ index }) => index)}::int[]) returning index, url, note, tries`,
      );
      const items = new Map(taken.map((item) => [item.index, item]));
      const done: ItemResult[] = [];
      const kept: (ItemResult & { answer: string })[] = [];
      let { bytes } = job;
      for (const result of results) {
        const item = items.get(result.index);
        if (item === undefined) continue;
        items.delete(result.index);
        done.push(result);
        if (result.answer === null) continue;
        const fits = bytes + Buffer.byteLength(result.answer) <= maxBytes;
        const answer = fits ? result.answer : inPlace(job, item);
        bytes += Buffer.byteLength(answer);
        kept.push({ ...result, succeeded: fits && result.succeeded, answer });
      }
      if (done.length === 0) return null;
      await sql`insert into pagewire.result (job_id, index, sequence, succeeded, bytes, answer)
        select ${id}, index, ${job.succeeded + job.failed}::int + place::int, succeeded, bytes, answer
        from unnest(${kept.map(({ index }) => index)}::int[], ${kept.map(({ succeeded }) => succeeded)}::boolean[],
          ${kept.map(({ answer }) => Buffer.byteLength(answer))}::int[], ${kept.map(({ answer }) => answer)}::text[])
          with ordinality as came (index, succeeded, bytes, answer, place)`.execute(session);
      const good = kept.filter(({ succeeded }) => succeeded).length;
      const pending = job.total - job.succeeded - job.failed - done.length;
      const grown = await growthOf(job.kind)?.(session, { job, done, pending });
      const more = grown?.items ?? [];
      await addItems(session, id, more);
      await sql`update pagewire.job set succeeded = succeeded + ${good}, failed = failed + ${kept.length - good}, bytes = ${bytes},
        total = total + ${more.length - (done.length - kept.length)} where id = ${id}`.execute(session);
      if (more.length > 0) await this.#fillUp(session, id, job.concurrency);
      const isAnnounced = await end(
        session,
        sql`update pagewire.job set state = case when succeeded = 0 and total > 0 then 'failed' else 'completed' end, finished_at = now(),
          expires_at = now() + make_interval(secs => ${ttlS}) where id = ${id} and succeeded + failed = total returning ${JOB}`,
      );
      return { isAnnounced, committed: grown?.committed };
    });
    outcome?.committed?.();
    if (outcome?.isAnnounced === true) this.onAnnounced();
  }

  /**
   * Ends turns. A lane with more to do has another turn, behind those that wait; for one without, another of its job has its place. A turn
   * that has become another process's is left to that.
   */
  async endTurns(turns: readonly QueuedTurn[]): Promise<void> {
    await this.#database.tables.transaction().execute(async (session) => {
      for (const turn of turns) await this.#endTurn(session, turn);
    });
  }

  async #endTurn(session: Transaction<Tables>, turn: QueuedTurn): Promise<void> {
    const { job, origin } = turn.data;
    const { affected } = (await this.#database.queue.deleteJob(LANES, turn, { db: fromKysely(session) })) as { affected: number };
    if (affected === 0) return;
    await sql`insert into pagewire.origin (origin, asked_at) values (${origin}, clock_timestamp())
      on conflict (origin) do update set asked_at = excluded.asked_at`.execute(session);
    // Whoever adds items to the job waits, or is waited for: a lane goes only where nothing has come to it.
    await sql`select from pagewire.job where id = ${job} for no key update`.execute(session);
    const [lane] = await rows<{ more: boolean }>(
      session,
      sql`select exists (select from pagewire.item where job_id = ${job} and origin = ${origin}) as more`,
    );
    if (lane?.more === true) {
      await this.#enqueue(session, job, [{ origin, queueId: randomUUID() }]);
      return;
    }
    await sql`delete from pagewire.lane where job_id = ${job} and origin = ${origin}`.execute(session);
    await this.#fill(session, job, 1);
  }

  /** Has waiting lanes of a job have their turns, as many as it may have in all. */
  async #fillUp(session: Transaction<Tables>, job: string, concurrency: number): Promise<void> {
    const [queued] = await rows<{ count: number }>(
      session,
      sql`select count(*)::int as count from pagewire.lane where job_id = ${job} and state = 'queued'`,
    );
    const free = concurrency - (queued?.count ?? 0);
    if (free > 0) await this.#fill(session, job, free);
  }

  /** Has so many waiting lanes of a job have their turns. */
  async #fill(session: Transaction<Tables>, job: string, count: number): Promise<void> {
    const waiting = await rows<{ origin: string }>(
      session,
      sql`select origin from pagewire.lane where job_id = ${job} and state = 'waiting' order by position limit ${count} for update skip locked`,
    );
    if (waiting.length > 0)
      await this.#enqueue(
        session,
        job,
        waiting.map(({ origin }) => ({ origin, queueId: randomUUID() })),
      );
  }

  async #enqueue(session: Transaction<Tables>, job: string, lanes: readonly { origin: string; queueId: string }[]): Promise<void> {
    await sql`update pagewire.lane set state = 'queued', queue_id = given.queue_id
      from unnest(${lanes.map(({ origin }) => origin)}::text[], ${lanes.map(({ queueId }) => queueId)}::uuid[]) as given (origin, queue_id)
      where job_id = ${job} and lane.origin = given.origin`.execute(session);
    await this.#database.queue.insert(
      LANES,
      lanes.map(({ origin, queueId }) => ({ id: queueId, data: { job, origin }, singletonKey: origin })),
      { db: fromKysely(session) },
    );
  }

  /**
   * Puts lanes back into the queue that should be in it and are not, whatever became of their turns. `all`: also those that are being
   * worked on, for a database that nobody else can work on.
   */
  async mendQueue(all: boolean): Promise<number> {
    if (all) {
      const active = await rows<{ id: string }>(
        this.#database.tables,
        sql`select queue_id as id from pagewire.lane where queue_id is not null`,
      );
      if (active.length > 0) await this.#database.queue.fail(LANES, active.map(({ id }) => id)); // prettier-ignore
    }
    return this.#database.tables.transaction().execute(async (session) => {
      const lost = await rows<{ job: string; origin: string }>(
        session,
        sql`select job_id as job, origin from pagewire.lane where state = 'queued' and not exists (
            select from pagewire_queue.job as entry where entry.name = ${LANES} and entry.id = lane.queue_id and entry.state in ('created', 'retry', 'active')
          ) for update skip locked`,
      );
      for (const { job, origin } of lost) await this.#enqueue(session, job, [{ origin, queueId: randomUUID() }]);
      return lost.length;
    });
  }
}

/** Adds what is to be done of a job. */
async function addItems(session: Session, job: string, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  const indexes = items.map(({ index }, place) => index ?? place);
  const urls = items.map(({ url }) => url);
  const origins = items.map(({ origin }) => origin);
  const notes = items.map(({ note }) => note ?? null);
  await sql`insert into pagewire.item (job_id, index, url, origin, note)
    select ${job}, index, url, origin, note
    from unnest(${indexes}::int[], ${urls}::text[], ${origins}::text[], ${notes}::text[]) as given (index, url, origin, note)`.execute(
    session,
  );
  await sql`insert into pagewire.lane (job_id, origin, position, state)
    select ${job}, origin, min(index), 'waiting'
    from unnest(${indexes}::int[], ${origins}::text[]) as given (index, origin) group by origin
    on conflict do nothing`.execute(session);
}

/** Ends a job by a statement; says whether that is to be told to somebody. */
async function end(session: Transaction<Tables>, statement: ReturnType<typeof sql>): Promise<boolean> {
  const [ended] = await rows<Job>(session, statement);
  if (ended === undefined || ended.webhook === null) return false;
  return announce(session, 'job', ended.id, await jobEnd(session, ended));
}

async function rows<Row>(session: Session, statement: ReturnType<typeof sql>): Promise<Row[]> {
  return (await statement.execute(session)).rows as Row[];
}
