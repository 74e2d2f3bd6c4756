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
  '0002-webhooks': {
    async up(db) {
      await sql`
        create table pagewire.webhook (
          id text primary key,
          job_id text unique references pagewire.job on delete cascade,
          owner text not null,
          caller text not null,
          url text not null,
          secret text not null,
          events text,
          created_at timestamptz not null default now(),
          disabled_at timestamptz
        )`.execute(db);
      await sql`
        create table pagewire.delivery (
          id text primary key,
          webhook_id text not null references pagewire.webhook on delete cascade,
          owner text not null,
          type text not null,
          body text not null,
          created_at timestamptz not null default now(),
          state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
          tries integer not null default 0,
          due_at timestamptz,
          taken_until timestamptz,
          finished_at timestamptz
        )`.execute(db);
      await sql`create index delivery_due on pagewire.delivery (due_at) where due_at is not null`.execute(db);
      await sql`create index delivery_of_owner on pagewire.delivery (owner, created_at desc, id)`.execute(db);
      await sql`create index delivery_of_webhook on pagewire.delivery (webhook_id)`.execute(db);
      await sql`
        create table pagewire.attempt (
          delivery_id text not null references pagewire.delivery on delete cascade,
          number integer not null,
          started_at timestamptz not null,
          took_ms integer not null,
          status integer,
          code text,
          detail text,
          answer text,
          primary key (delivery_id, number)
        )`.execute(db);
    },
  },
  '0003-crawls': {
    async up(db) {
      await sql`alter table pagewire.item add column note text`.execute(db);
      await sql`
        create table pagewire.crawl (
          job_id text primary key references pagewire.job on delete cascade,
          known integer not null default 0,
          sitemaps_known integer not null default 0,
          forbidden integer not null default 0,
          reached integer not null default 0,
          waiting integer not null default 0,
          scope text not null,
          passed_over text not null default '{}'
        )`.execute(db);
      await sql`
        create table pagewire.crawl_page (
          job_id text not null references pagewire.job on delete cascade,
          index integer not null,
          key uuid not null,
          url text not null,
          origin text not null,
          depth integer not null,
          found_on integer,
          source text not null check (source in ('start', 'link', 'redirect', 'canonical', 'sitemap')),
          hops integer not null default 0,
          state text not null check (state in ('found', 'queued', 'retrieved', 'failed', 'forbidden', 'same', 'noted')),
          unwanted text,
          status integer,
          redirects_to integer,
          same_as integer,
          title text,
          media_type text,
          canonical text,
          noindex boolean,
          nofollow boolean,
          problem text,
          primary key (job_id, index),
          unique (job_id, key)
        )`.execute(db);
      await sql`create index crawl_page_to_come on pagewire.crawl_page (job_id, depth, index) where state = 'found'`.execute(db);
      await sql`
        create table pagewire.crawl_links (
          job_id text not null references pagewire.job on delete cascade,
          index integer not null,
          targets bytea not null,
          marks bytea not null,
          texts text not null,
          outside text not null,
          outside_total integer not null,
          primary key (job_id, index)
        )`.execute(db);
      await sql`
        create table pagewire.crawl_sitemap (
          job_id text not null references pagewire.job on delete cascade,
          number integer not null,
          key uuid not null,
          url text not null,
          level integer not null,
          status integer,
          urls integer,
          problem text,
          primary key (job_id, number),
          unique (job_id, key)
        )`.execute(db);
      await sql`
        create table pagewire.crawl_pattern (
          job_id text not null references pagewire.job on delete cascade,
          key uuid not null,
          pages integer not null,
          primary key (job_id, key)
        )`.execute(db);
    },
  },
  '0004-watches': {
    async up(db) {
      await sql`
        create table pagewire.watch (
          id text primary key,
          owner text not null,
          caller text not null,
          url text not null,
          options text not null,
          schedule text not null,
          next_run_at timestamptz,
          taken_until timestamptz,
          is_paused boolean not null default false,
          is_asked boolean not null default false,
          memory text not null,
          runs integer not null default 0,
          changes integer not null default 0,
          events integer not null default 0,
          created_at timestamptz not null default now()
        )`.execute(db);
      await sql`create index watch_due on pagewire.watch (next_run_at) where next_run_at is not null`.execute(db);
      await sql`create index watch_of_owner on pagewire.watch (owner, created_at desc, id)`.execute(db);
      await sql`create index watch_of_caller on pagewire.watch (caller)`.execute(db);
      await sql`
        create table pagewire.watch_run (
          watch_id text not null references pagewire.watch on delete cascade,
          number integer not null,
          started_at timestamptz not null,
          took_ms integer not null,
          is_asked boolean not null,
          state text not null check (state in ('baseline', 'unchanged', 'changed', 'failed')),
          snapshot text,
          status integer,
          code text,
          detail text,
          changes integer not null,
          failed text not null,
          primary key (watch_id, number)
        )`.execute(db);
      await sql`
        create table pagewire.watch_change (
          watch_id text not null references pagewire.watch on delete cascade,
          sequence integer not null,
          run integer not null,
          change text not null,
          primary key (watch_id, sequence)
        )`.execute(db);
      await sql`
        create table pagewire.watch_event (
          watch_id text not null references pagewire.watch on delete cascade,
          sequence integer not null,
          event text not null,
          primary key (watch_id, sequence)
        )`.execute(db);
      await sql`alter table pagewire.webhook add column watch_id text unique references pagewire.watch on delete cascade`.execute(db);
    },
  },
  '0005-old-secrets': {
    async up(db) {
      await sql`
        create table pagewire.old_secret (
          webhook_id text not null references pagewire.webhook on delete cascade,
          secret text not null,
          until timestamptz not null,
          replaced_at timestamptz not null default now(),
          primary key (webhook_id, secret)
        )`.execute(db);
    },
  },
  '0006-tries': {
    async up(db) {
      await sql`alter table pagewire.item add column tries integer not null default 0`.execute(db);
    },
  },
};

/** Brings the tables up to date. Of several processes that start at once one does it, and the others wait: the library has a lock for that. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: (): Promise<Record<string, Migration>> => Promise.resolve({ ...MIGRATIONS }) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: 'pagewire', allowUnorderedMigrations: true });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error as Error;
}
