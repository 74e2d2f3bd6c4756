import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { WEBHOOK_FACTS, type WebhookFacts } from '../jobs/outbox.ts';
import type { Tables } from '../jobs/tables.ts';

/** How a delivery stands. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One attempt to deliver, as it went. */
export interface AttemptRow {
  number: number;
  startedAt: Date;
  tookMs: number;
  status: number | null;
  code: string | null;
  detail: string | null;
  answer: string | null;
}

/** A delivery as it is kept, with its attempts. */
export interface DeliveryRow {
  id: string;
  of: string;
  webhook: string;
  url: string;
  type: string;
  body: string;
  state: DeliveryState;
  createdAt: Date;
  nextAttemptAt: Date | null;
  finishedAt: Date | null;
  attempts: (Omit<AttemptRow, 'startedAt'> & { startedAt: string })[];
}

/** A delivery that is to be tried now, and what it takes. */
export interface DueDelivery {
  id: string;
  webhook: string;
  url: string;
  /** The newest first. */
  secrets: string[];
  caller: string;
  body: string;
  /** Attempts before this one, since it happened or was asked for again. */
  tries: number;
  /** When it was taken, by the clock of the database. */
  takenAt: Date;
}

/** What became of an attempt. */
export type Verdict = { kind: 'delivered' } | { kind: 'again'; inS: number } | { kind: 'failed' } | { kind: 'gone' };

/** Which deliveries are wanted. */
export interface DeliveriesWanted {
  of: string | null;
  state: DeliveryState | null;
  limit: number | null;
  offset: number;
}

/** Attempts that are kept of one delivery: it may be asked for again and again. */
const MOST_ATTEMPTS = 50;
/** Old secrets that a webhook has beside its own: each makes every message longer. */
const MOST_OLD_SECRETS = 5;

const DELIVERY = sql.raw(`
  d.id, coalesce(w.job_id, w.watch_id) as "of", w.id as webhook, w.url, d.type, d.body, d.state, d.created_at as "createdAt",
  d.due_at as "nextAttemptAt", d.finished_at as "finishedAt", coalesce((
    select json_agg(json_build_object('number', a.number, 'startedAt', a.started_at, 'tookMs', a.took_ms, 'status', a.status, 'code', a.code,
      'detail', a.detail, 'answer', a.answer) order by a.number) from pagewire.attempt as a where a.delivery_id = d.id
  ), '[]'::json) as attempts`);

/** What is to be told, and what became of it, in the database. Each method is one transaction. */
export class DeliveryStore {
  readonly #tables: Kysely<Tables>;

  constructor(tables: Kysely<Tables>) {
    this.#tables = tables;
  }

  /** Deliveries that are due in so many milliseconds: until `forS` has passed nobody else has them. */
  async take(most: number, aheadMs: number, forS: number): Promise<DueDelivery[]> {
    const now = sql`now() + make_interval(secs => ${aheadMs / 1000})`;
    return this.#rows<DueDelivery>(sql`
      update pagewire.delivery as d set taken_until = ${now} + make_interval(secs => ${forS})
      from pagewire.webhook as w
      where w.id = d.webhook_id and d.id in (
        select id from pagewire.delivery where due_at <= ${now} and (taken_until is null or taken_until <= ${now})
        order by due_at limit ${most} for update skip locked
      )
      returning d.id, w.id as webhook, w.url, w.caller, d.body, d.tries, ${now} as "takenAt",
        array_prepend(w.secret, array(select secret from pagewire.old_secret where webhook_id = w.id and until > ${now} order by replaced_at desc)) as secrets`);
  }

  /** Lets go of all that is taken, where nobody can have it: the one process that did has ended. */
  async releaseAll(): Promise<void> {
    await sql`update pagewire.delivery set taken_until = null where taken_until is not null`.execute(this.#tables);
  }

  /** Lets go of a delivery without an attempt. */
  async release({ id, takenAt }: DueDelivery, inS: number): Promise<void> {
    await sql`update pagewire.delivery set taken_until = null, due_at = ${takenAt}::timestamptz + make_interval(secs => ${inS})
      where id = ${id} and due_at is not null`.execute(this.#tables);
  }

  /** Writes down an attempt, and what follows of it. One that somebody else has made meanwhile, too, changes nothing but by its success. */
  async record(due: DueDelivery, attempt: Omit<AttemptRow, 'number'>, verdict: Verdict): Promise<void> {
    const { id, webhook, tries, takenAt } = due;
    await this.#tables.transaction().execute(async (session) => {
      const [delivery] = await rowsOf<{ tries: number; state: DeliveryState }>(
        session,
        sql`select tries, state from pagewire.delivery where id = ${id} for update`,
      );
      if (delivery === undefined) return;
      const [last] = await rowsOf<{ number: number }>(
        session,
        sql`select coalesce(max(number), 0)::int as number from pagewire.attempt where delivery_id = ${id}`,
      );
      const number = (last?.number ?? 0) + 1;
      await sql`insert into pagewire.attempt (delivery_id, number, started_at, took_ms, status, code, detail, answer)
        values (${id}, ${number}, ${attempt.startedAt}, ${Math.round(attempt.tookMs)}, ${attempt.status}, ${attempt.code}, ${attempt.detail}, ${attempt.answer})`.execute(
        session,
      );
      await sql`delete from pagewire.attempt where delivery_id = ${id} and number <= ${number - MOST_ATTEMPTS}`.execute(session);
      if (verdict.kind === 'delivered') {
        await sql`update pagewire.webhook set disabled_at = null where id = ${webhook} and disabled_at is not null`.execute(session);
        await sql`update pagewire.delivery set state = 'delivered', due_at = null, taken_until = null, tries = tries + 1, finished_at = now()
          where id = ${id}`.execute(session);
      } else if (delivery.state !== 'pending' || delivery.tries !== tries) return;
      else if (verdict.kind === 'again') {
        await sql`update pagewire.delivery set due_at = ${takenAt}::timestamptz + make_interval(secs => ${verdict.inS}), taken_until = null, tries = tries + 1
          where id = ${id}`.execute(session);
      } else {
        if (verdict.kind === 'gone') await sql`update pagewire.webhook set disabled_at = now() where id = ${webhook}`.execute(session);
        // Where nothing is wanted any more, nothing else that waits is tried.
        const which = verdict.kind === 'gone' ? sql`webhook_id = ${webhook} and state = 'pending'` : sql`id = ${id}`;
        await sql`update pagewire.delivery set state = 'failed', due_at = null, taken_until = null, tries = tries + 1, finished_at = now()
          where ${which}`.execute(session);
      }
    });
  }

  /** Deliveries of an owner, newest first, and how many there are. */
  async list(owner: string, { of, state, limit, offset }: DeliveriesWanted): Promise<{ total: number; deliveries: DeliveryRow[] }> {
    const which = sql`from pagewire.delivery as d join pagewire.webhook as w on w.id = d.webhook_id
      where d.owner = ${owner} and (${of}::text is null or w.job_id = ${of} or w.watch_id = ${of}) and (${state}::text is null or d.state = ${state})`;
    const [count] = await this.#rows<{ total: number }>(sql`select count(*)::int as total ${which}`);
    const deliveries = await this.#rows<DeliveryRow>(
      sql`select ${DELIVERY} ${which} order by d.created_at desc, d.id limit ${limit} offset ${offset}`,
    );
    return { total: count?.total ?? 0, deliveries };
  }

  /** A delivery; null where there is none, or none of that owner. */
  async find(id: string, owner: string): Promise<DeliveryRow | null> {
    const [delivery] = await this.#rows<DeliveryRow>(
      sql`select ${DELIVERY} from pagewire.delivery as d join pagewire.webhook as w on w.id = d.webhook_id where d.id = ${id} and d.owner = ${owner}`,
    );
    return delivery ?? null;
  }

  /** Has a delivery tried again now, whatever became of it, and from the beginning of the schedule. */
  async replay(id: string): Promise<void> {
    await sql`update pagewire.delivery set state = 'pending', tries = 0, due_at = now(), finished_at = null where id = ${id}`.execute(
      this.#tables,
    );
  }

  /**
   * Gives a webhook another secret. Those before it sign beside it for so many seconds at most; one that is given again is no new one. Null where
   * there is no such webhook, or none of that owner.
   */
  async rotate(id: string, owner: string, secret: string, graceS: number): Promise<WebhookFacts | null> {
    return this.#tables.transaction().execute(async (session) => {
      const [webhook] = await rowsOf<{ secret: string }>(
        session,
        sql`select secret from pagewire.webhook where id = ${id} and owner = ${owner} for update`,
      );
      if (webhook === undefined) return null;
      const until = sql`now() + make_interval(secs => ${graceS})`;
      await sql`insert into pagewire.old_secret (webhook_id, secret, until, replaced_at) values (${id}, ${webhook.secret}, ${until}, clock_timestamp())
        on conflict do nothing`.execute(session);
      await sql`update pagewire.old_secret set until = least(until, ${until}) where webhook_id = ${id}`.execute(session);
      await sql`delete from pagewire.old_secret where webhook_id = ${id} and (until <= now() or secret = ${secret} or secret not in (
        select secret from pagewire.old_secret where webhook_id = ${id} order by replaced_at desc limit ${MOST_OLD_SECRETS}))`.execute(
        session,
      );
      await sql`update pagewire.webhook set secret = ${secret} where id = ${id}`.execute(session);
      const [rotated] = await rowsOf<{ facts: WebhookFacts }>(
        session,
        sql`select ${sql.raw(WEBHOOK_FACTS)} as facts from pagewire.webhook as w where w.id = ${id}`,
      );
      return rotated?.facts ?? null;
    });
  }

  #rows<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    return rowsOf<Row>(this.#tables, statement);
  }
}

async function rowsOf<Row>(session: Kysely<Tables> | Transaction<Tables>, statement: RawBuilder<unknown>): Promise<Row[]> {
  return (await statement.execute(session)).rows as Row[];
}
