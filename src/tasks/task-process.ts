import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';
import { frameOf, FrameReader, type Message } from './frames.ts';
import type { Task } from './task.ts';

/** As written in development, bundled when built. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? '../worker.ts' : '../server/worker.js', import.meta.url);

/** A young generation of moderate size, collected by one thread: several take more time of the processors than they save one who waits. */
const FRUGAL = ['--max-semi-space-size=16', '--single-threaded-gc'];

/** Kept of what a process says about its end. */
const LAST_WORDS = 4096;

/** A process that is no more. */
export class ProcessEnded extends Error {
  /** It ran out of memory, of stack, or was ended by the system; false where it ended by an error in its own code. */
  readonly isExhausted: boolean;

  constructor(code: number | null, signal: NodeJS.Signals | null, lastWords: string) {
    super(`the process ended with ${signal ?? String(code)}: ${lastWords}`);
    // Windows has no signals: V8 ends a process with 134 there.
    this.isExhausted = signal !== null || (code !== null && code >= 128);
  }
}

/**
 * Another process for what pages can make expensive: unlike a thread, which V8 may let take the whole process with it when it
 * runs out of memory, it ends alone, at once whatever it is doing, and gives back all it took. It is told no secrets.
 */
export class TaskProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #reader = new FrameReader();
  #waiting: { resolve: (message: Message) => void; reject: (error: Error) => void } | null = null;
  #ended: Error | null = null;
  /** Settles once the process takes tasks, or has failed to start. */
  readonly ready: Promise<unknown>;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;

  /** @param memoryMb - mebibytes of heap that it may take */
  constructor(memoryMb: number) {
    const flags = [`--max-old-space-size=${String(memoryMb)}`, ...FRUGAL, '--stack-size=3900', '--disable-warning=ExperimentalWarning'];
    const environment = process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] };
    this.#child = spawn(process.execPath, [...flags, fileURLToPath(WORKER)], { stdio: ['pipe', 'pipe', 'pipe'], env: environment });
    this.ready = this.#next();
    // Who waits for it is told; nobody may.
    this.ready.catch(() => undefined);
    let lastWords = '';
    this.#child.stderr.on('data', (piece: Buffer) => {
      lastWords = (lastWords + piece.toString()).slice(-LAST_WORDS);
    });
    this.#child.stdin.on('error', () => undefined); // its end is told by 'close'
    this.#child.stdout.on('data', (piece: Buffer) => {
      for (const message of this.#reader.push(piece)) {
        const waiting = this.#waiting;
        this.#waiting = null;
        waiting?.resolve(message);
      }
    });
    this.ended = new Promise((resolve) => {
      const end = (error: Error): void => {
        this.#ended ??= error;
        this.#waiting?.reject(this.#ended);
        this.#waiting = null;
        resolve();
      };
      this.#child.once('error', end);
      this.#child.once('close', (code, signal) => {
        end(new ProcessEnded(code, signal, lastWords));
      });
    });
  }

  /** Nothing can be asked of it any more. */
  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  /** Has a task done, one at a time. Rejects with {@link ProcessEnded}, or the error that kept it from starting. */
  run({ name, input, bytes }: Task): Promise<Message> {
    const reply = this.#next();
    for (const piece of frameOf({ name, input }, bytes)) this.#child.stdin.write(piece);
    return reply;
  }

  /** Ends it, whatever it is doing; who waits for it gets this error. */
  kill(why: Error = new ProcessEnded(null, 'SIGKILL', '')): void {
    this.#child.kill('SIGKILL');
    this.#ended ??= why;
    this.#waiting?.reject(this.#ended);
    this.#waiting = null;
  }

  /** Whether it keeps this process from ending. */
  keepsAlive(isBusy: boolean): void {
    const change = isBusy ? 'ref' : 'unref';
    this.#child[change]();
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) (stream as unknown as NodeJS.Timeout)[change]();
  }

  #next(): Promise<Message> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) reject(this.#ended);
      else this.#waiting = { resolve, reject };
    });
  }
}
