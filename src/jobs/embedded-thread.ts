import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Results } from '@electric-sql/pglite';
import type { Reply, Start, Statement } from './embedded-connections.ts';

/** Once a database is whole it has this name: what is being made is elsewhere, and goes with whoever made it. */
const WHOLE = 'postgres';

const { directory, template } = workerData as Start;

/** PostgreSQL in this thread, and the lock of its directory, which the system lets go of when the process ends in whatever way. */
async function open(): Promise<PGlite> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  lock();
  const whole = join(directory, WHOLE);
  if (!existsSync(whole)) {
    const coming = join(directory, `${WHOLE}.new`);
    rmSync(coming, { recursive: true, force: true });
    const packed = template === null ? {} : { loadDataDir: new Blob([readFileSync(template)]) };
    const made = await PGlite.create({ dataDir: coming, ...packed });
    await made.close();
    renameSync(coming, whole);
  }
  return PGlite.create({ dataDir: whole });
}

/** Held by SQLite, since Node.js has no locks of files. The connection is kept for as long as this thread. */
function lock(): void {
  const held = new DatabaseSync(join(directory, 'lock'));
  held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  parentPort?.once('close', () => {
    held.close();
  });
}

function say(reply: Reply): void {
  parentPort?.postMessage(reply);
}

function inWords(error: unknown): { message: string; code: string | null } {
  const { message, code } = error as { message?: unknown; code?: unknown };
  return { message: String(message ?? error), code: typeof code === 'string' ? code : null };
}

async function run(database: PGlite, { text, values }: Exclude<Statement, { text: null }>): Promise<unknown> {
  if (values.length === 0) {
    const results = (await database.exec(text)).map((result) => asNodePostgres(result));
    return results.length === 1 ? results[0] : results;
  }
  return asNodePostgres(await database.query(text, [...values]));
}

function asNodePostgres({ rows, affectedRows = rows.length, ...others }: Results): object {
  return { rows, rowCount: affectedRows, command: 'command' in others ? others.command : null };
}

async function serve(): Promise<void> {
  const database = await open().catch((error: unknown) => {
    say({ kind: 'failed', ...inWords(error) });
    return null;
  });
  if (database === null) return;
  // One after the other: it is one session.
  let turn: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', (statement: Statement) => {
    turn = turn.then(async () => {
      try {
        if (statement.text === null) {
          await database.close();
          say({ kind: 'answer', number: statement.number, result: null });
          parentPort?.close();
        } else say({ kind: 'answer', number: statement.number, result: await run(database, statement) });
      } catch (error) {
        say({ kind: 'refused', number: statement.number, ...inWords(error) });
      }
    });
  });
  say({ kind: 'ready' });
}

await serve();
