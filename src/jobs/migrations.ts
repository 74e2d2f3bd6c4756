import { type Kysely, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Tables } from './tables.ts';

/** Forward only, each once, by their names' order. What is there is never changed: a new one follows. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-jobs': {
    async up(db) {
      await sql`
        create table pagewire.job (
          id text primary key,
          kind text not null,
          owner text not null,
          caller text not null,
          state text not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
          created_at timestamptz not null default now(),
          started_at timestamptz,
          finished_at timestamptz,
          expires_at timestamptz,
          total integer not null,
          succeeded integer not null default 0,
          failed integer not null default 0,
          cancelled integer not null default 0,
          bytes double precision not null default 0,
          concurrency integer not null,
          delay_ms integer not null,
          options text not null
        )`.execute(db);
      await sql`create index job_of_owner on pagewire.job (kind, owner, created_at desc, id)`.execute(db);
      await sql`create index job_of_caller on pagewire.job (caller)`.execute(db);
      await sql`create index job_expired on pagewire.job (expires_at) where expires_at is not null`.execute(db);
      await sql`
        create table pagewire.item (
          job_id text not null references pagewire.job on delete cascade,
          index integer not null,
          url text not null,
          origin text not null,
          primary key (job_id, index)
        )`.execute(db);
      await sql`create index item_of_origin on pagewire.item (job_id, origin, index)`.execute(db);
      await sql`
        create table pagewire.lane (
          job_id text not null references pagewire.job on delete cascade,
          origin text not null,
          position integer not null,
          state text not null check (state in ('waiting', 'queued')),
          queue_id uuid,
          primary key (job_id, origin)
        )`.execute(db);
      await sql`create index lane_in_turn on pagewire.lane (job_id, state, position)`.execute(db);
      await sql`
        create table pagewire.result (
          job_id text not null references pagewire.job on delete cascade,
          index integer not null,
          sequence integer not null,
          succeeded boolean not null,
          bytes integer not null,
          answer text not null,
          primary key (job_id, index),
          unique (job_id, sequence)
        )`.execute(db);
      await sql`create table pagewire.origin (origin text primary key, asked_at timestamptz not null default now())`.execute(db);
      await sql`create index origin_by_time on pagewire.origin (asked_at)`.execute(db);
    },
  },
};

/** Brings the tables up to date. Of several processes that start at once one does it, and the others wait: the library has a lock for that. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: (): Promise<Record<string, Migration>> => Promise.resolve({ ...MIGRATIONS }) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: 'pagewire' });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error as Error;
}
