import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { type Db, PgBoss } from 'pg-boss';
import type { Connections, StatementResult } from './connections.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './tables.ts';

/** The queue of {@link Database.queue}: an entry is a lane's turn. */
export const LANES = 'lane';

/** Seconds after which a turn whose process gives no sign of life is another's: the least that the queue takes. */
export const HEARTBEAT_S = 10;

/** What an entry of the queue says. */
export interface LaneTurn {
  job: string;
  origin: string;
}

/** The database as it is used: our tables, and the queue. */
export interface Database {
  tables: Kysely<Tables>;
  queue: PgBoss;
  close(): Promise<void>;
}

/** How a database is used. */
export interface DatabaseUse {
  isEmbedded: boolean;
  /** Whether this process looks after the queue: it is to be one that works. */
  supervises: boolean;
  onError: (error: Error) => void;
}

/**
 * Brings a database up to date and opens it. Several processes may do that at once.
 *
 * @throws whatever the sessions throw
 */
export async function openDatabase(connections: Connections, { isEmbedded, supervises, onError }: DatabaseUse): Promise<Database> {
  const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connections as unknown as PostgresPool }) });
  const queue = new PgBoss({
    db: asQueueDatabase(connections),
    schema: 'pagewire_queue',
    schedule: false,
    supervise: supervises,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    ...(isEmbedded && { backend: 'pglite' as const }),
  });
  queue.on('error', onError);
  await alone(connections, isEmbedded, async () => {
    await migrate(tables);
    await queue.start();
    // Of one origin one turn at a time, whatever its job and its process: a unique index holds it to that.
    await queue.createQueue(LANES, {
      policy: 'singleton',
      heartbeatSeconds: HEARTBEAT_S,
      retryLimit: 1_000_000,
      retryDelay: 0,
      expireInSeconds: 6 * 60 * 60,
      retentionSeconds: 365 * 24 * 60 * 60,
    });
  });
  return {
    tables,
    queue,
    async close() {
      await queue.stop({ graceful: false }).catch(onError);
      await tables.destroy();
    },
  };
}

/** A number of ours among the advisory locks of a database. */
const OPENING = 728_114_301;

/** Does something that one process at a time may do; an embedded database has only one. */
async function alone(connections: Connections, isEmbedded: boolean, make: () => Promise<void>): Promise<void> {
  if (isEmbedded) {
    await make();
    return;
  }
  const holder = await connections.connect();
  let isSpoilt = true;
  try {
    await holder.query('select pg_advisory_lock($1)', [OPENING]);
    await make();
    await holder.query('select pg_advisory_unlock($1)', [OPENING]);
    isSpoilt = false;
  } finally {
    // A session that ends lets go of its locks.
    holder.release(isSpoilt);
  }
}

/** The queue uses the same sessions. */
function asQueueDatabase(connections: Connections): Db {
  return {
    async executeSql(text, values = []) {
      const connection = await connections.connect();
      let isSpoilt = true;
      try {
        const result = await (values.length === 0 ? connection.query(text) : connection.query(text, values));
        isSpoilt = false;
        return { rows: [result].flat().flatMap(({ rows }: StatementResult) => rows) };
      } catch (error) {
        // Of statements that make a transaction, one has failed: it is still open.
        if (/^\s*begin\b/i.test(text)) await connection.query('rollback').catch(() => undefined);
        isSpoilt = false;
        throw error;
      } finally {
        connection.release(isSpoilt);
      }
    },
  };
}
