import { type Kysely, sql, type Transaction } from 'kysely';
import { randomId } from '../api/random-id.ts';
import type { Job } from './job-store.ts';
import type { Tables } from './tables.ts';

type Session = Kysely<Tables> | Transaction<Tables>;

/** Where events are to be told. */
export interface NewWebhook {
  id: string;
  owner: string;
  caller: string;
  url: string;
  /** As Standard Webhooks writes it, `whsec_…`. */
  secret: string;
  /** The types that are wanted; null for all. */
  events: readonly string[] | null;
}

/** What may be told of a webhook: not its secret. */
export interface WebhookFacts {
  id: string;
  url: string;
  events: string[] | null;
  previousSecretUntil: string | null;
  disabledAt: string | null;
}

/** What may have a webhook: the column of what it belongs to. */
export type Subject = 'job' | 'watch';

/** Something that happened. */
export interface Happening {
  /** As `batch.completed`. */
  type: string;
  /** What is told of it: JSON, and little. */
  told: object;
}

/** The {@link WebhookFacts} of the row `w` of webhooks. */
export const WEBHOOK_FACTS = `json_build_object('id', w.id, 'url', w.url, 'events', w.events::json, 'disabledAt', w.disabled_at,
  'previousSecretUntil', (select max(until) from pagewire.old_secret where webhook_id = w.id and until > now()))`;

/** The webhook of a row of this table, as a column named `webhook`. */
export function webhookOf(subject: Subject): string {
  return `(select ${WEBHOOK_FACTS}
    from pagewire.webhook as w where w.${subject}_id = ${subject}.id) as webhook`;
}

/** Gives a job or a watch a webhook. */
export async function addWebhook(session: Session, subject: Subject, of: string, webhook: NewWebhook): Promise<void> {
  const { id, owner, caller, url, secret, events } = webhook;
  const wanted = events === null ? null : JSON.stringify(events);
  await sql`insert into pagewire.webhook (id, ${sql.ref(`${subject}_id`)}, owner, caller, url, secret, events)
    values (${id}, ${of}, ${owner}, ${caller}, ${url}, ${secret}, ${wanted})`.execute(session);
}

/**
 * Writes down that something is to be told, where somebody wants to hear it: in the transaction in which it happens, so that it is told if and
 * only if that is so, and each time by the same id. Says whether somebody does.
 */
export async function announce(session: Transaction<Tables>, subject: Subject, of: string, { type, told }: Happening): Promise<boolean> {
  const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data: told });
  const { numAffectedRows = 0n } = await sql`insert into pagewire.delivery (id, webhook_id, owner, type, body, due_at)
    select ${`msg_${randomId(16)}`}, id, owner, ${type}, ${body}, now() from pagewire.webhook
    where ${sql.ref(`${subject}_id`)} = ${of} and disabled_at is null and (events is null or events::jsonb ? ${type})`.execute(session);
  return numAffectedRows > 0n;
}

/** What is told of jobs of a kind: under which path their results are, and how many there are of what. */
const KINDS: Readonly<Record<string, { path: string; counts: (session: Session, job: Job) => Promise<object> }>> = {
  batch: {
    path: 'batches',
    counts: (_session, { total, succeeded, failed, cancelled }) => Promise.resolve({ total, succeeded, failed, cancelled }),
  },
  crawl: {
    path: 'crawls',
    counts: async (session, { id, succeeded, failed, cancelled }) => {
      const { rows } = await sql<{ known: number; waiting: number; forbidden: number; reached: number }>`
        select known, waiting, forbidden, reached from pagewire.crawl where job_id = ${id}`.execute(session);
      const { known = 0, waiting = 0, forbidden = 0, reached: depth = 0 } = rows[0] ?? {};
      return { known, waiting, succeeded: succeeded - forbidden, failed, forbidden, cancelled, depth };
    },
  },
};

/** The end of a job, as it is told: how it ended and where its results are. */
export async function jobEnd(session: Session, job: Job): Promise<Happening> {
  const { id, kind, state } = job;
  const told = KINDS[kind];
  return {
    type: `${kind}.${state}`,
    told: {
      id,
      state,
      counts: (await told?.counts(session, job)) ?? {},
      createdAt: job.createdAt.toISOString(),
      startedAt: job.startedAt?.toISOString() ?? null,
      finishedAt: job.finishedAt?.toISOString() ?? null,
      expiresAt: job.expiresAt?.toISOString() ?? null,
      results: told === undefined ? null : `/${told.path}/${id}/results`,
    },
  };
}
