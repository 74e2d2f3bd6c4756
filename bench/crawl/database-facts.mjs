/** What PostgreSQL says of itself: what was written so far, and what its tables take. */
import pg from 'pg';

const FACTS = `
  select (select pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 as "walBytes", xact_commit::float8 as commits,
    (tup_inserted + tup_updated + tup_deleted)::float8 as "rowsWritten"
  from pg_stat_database where datname = current_database()`;
const TABLES = `
  select relname as name, pg_total_relation_size(relid)::float8 as bytes from pg_stat_user_tables where schemaname = 'pagewire'`;

export async function facts(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Sessions tell what they did once they are idle for ten seconds.
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  const [counted] = (await client.query(FACTS)).rows;
  const tables = Object.fromEntries((await client.query(TABLES)).rows.map(({ name, bytes }) => [name, bytes]));
  await client.end();
  return { ...counted, tables };
}
