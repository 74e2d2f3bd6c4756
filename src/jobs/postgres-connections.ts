import pg from 'pg';
import type { Connections } from './connections.ts';

/** Milliseconds to come by a connection, and for one statement: a server that hangs is as good as none. */
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** Sessions of one process: what records results, what reads them, and what waits. */
const SESSIONS = 8;

/** Sessions with the PostgreSQL server of `DATABASE_URL`; none is opened before it is needed. */
export function postgresConnections(url: string): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: SESSIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'pagewire',
  });
  // A session that ends while nobody uses it: who asks next gets another, or is told.
  pool.on('error', () => undefined);
  // One that ends while it is used: its next statement says so.
  pool.on('connect', (session) => {
    session.on('error', () => undefined);
  });
  return pool;
}
