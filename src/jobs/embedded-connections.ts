import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Connection, type Connections, DatabaseLost, type StatementResult } from './connections.ts';

/** What the thread is told at its start: where the database is, and what a new one is made of, null where it is made from nothing. */
export interface Start {
  directory: string;
  template: string | null;
}

/** What the thread is asked: a statement, or with null to end. */
export type Statement = { number: number; text: string; values: readonly unknown[] } | { number: number; text: null };

/** What the thread says. */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string; code: string | null }
  | { kind: 'answer'; number: number; result: unknown }
  | { kind: 'refused'; number: number; message: string; code: string | null };

/** As written in development, bundled when built. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './embedded-thread.ts' : '../server/embedded-thread.js', import.meta.url);
/** Made by the build, of the migrations: it spares a new database a second and some hundred megabytes. */
const TEMPLATE = fileURLToPath(new URL('../../dist/database/template.tar.gz', import.meta.url));

interface Waiting {
  resolve: (result: StatementResult) => void;
  reject: (error: Error) => void;
}

/** The thread, and those who wait for its answers. */
interface Running {
  thread: Worker;
  ready: Promise<void>;
  waiting: Map<number, Waiting>;
}

/**
 * PostgreSQL without a server: PGlite, in a thread of its own, since a statement keeps its thread busy to its end. It has one session, which
 * those who want it have in turn. The thread starts when the first comes, and again when one comes after it has ended.
 */
export class EmbeddedConnections implements Connections {
  readonly #start: Start;
  #running: Running | null = null;
  #number = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  /** @param directory - made where it is not there; one process at a time has it */
  constructor(directory: string) {
    this.#start = { directory: resolve(directory), template: existsSync(TEMPLATE) ? TEMPLATE : null };
  }

  async connect(): Promise<Connection> {
    let leave: () => void = () => undefined;
    const before = this.#turn;
    this.#turn = new Promise<void>((done) => {
      leave = done;
    });
    await before;
    try {
      if (this.#hasEnded) throw new DatabaseLost('this process is stopping');
      this.#running ??= this.#launch();
      const running = this.#running;
      await running.ready;
      return {
        query: (text, values = []) => this.#ask(running, text, values),
        release: (): void => {
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#turn;
    this.#hasEnded = true;
    const running = this.#running;
    if (running === null) return;
    await running.ready.then(() => this.#ask(running, null, [])).catch(() => undefined);
    await running.thread.terminate();
  }

  #launch(): Running {
    const thread = new Worker(THREAD, { workerData: this.#start, execArgv: ['--disable-warning=ExperimentalWarning'], env: {} });
    const waiting = new Map<number, Waiting>();
    const running: Running = { thread, waiting, ready: Promise.resolve() };
    running.ready = new Promise((done, fail) => {
      const lose = (error: DatabaseLost): void => {
        if (this.#running === running) this.#running = null;
        fail(error);
        for (const { reject } of waiting.values()) reject(error);
        waiting.clear();
      };
      thread.on('message', (reply: Reply) => {
        if (reply.kind === 'ready') done();
        else if (reply.kind === 'failed') {
          lose(this.#notOpened(reply.message));
          void thread.terminate();
        } else settle(waiting, reply);
      });
      thread.on('error', (error: unknown) => {
        lose(new DatabaseLost(`the embedded database ended: ${String(error)}`));
      });
      thread.on('exit', () => {
        lose(new DatabaseLost('the embedded database ended'));
      });
    });
    running.ready.catch(() => undefined);
    return running;
  }

  #notOpened(why: string): DatabaseLost {
    const { directory } = this.#start;
    return new DatabaseLost(
      why.includes('database is locked')
        ? `another process has the embedded database in ${directory} (DATA_DIR): several processes need DATABASE_URL, the URL of a PostgreSQL server`
        : `the embedded database in ${directory} (DATA_DIR) cannot be opened: ${why}`,
    );
  }

  #ask({ thread, waiting }: Running, text: string | null, values: readonly unknown[]): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      if (this.#running?.thread !== thread) {
        reject(new DatabaseLost('the embedded database ended'));
        return;
      }
      const number = ++this.#number;
      waiting.set(number, { resolve, reject });
      thread.postMessage((text === null ? { number, text } : { number, text, values }) satisfies Statement);
    });
  }
}

function settle(waiting: Map<number, Waiting>, reply: Extract<Reply, { number: number }>): void {
  const asked = waiting.get(reply.number);
  waiting.delete(reply.number);
  if (reply.kind === 'answer') asked?.resolve(reply.result as StatementResult);
  else asked?.reject(Object.assign(new Error(reply.message), reply.code !== null && { code: reply.code }));
}
