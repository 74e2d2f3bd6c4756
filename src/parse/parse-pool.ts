import { Piscina } from 'piscina';
import { ProblemError } from '../api/problem.ts';
import { Slots } from '../fetch/slots.ts';
import type { ParseReply, ParseTask } from './parse-task.ts';

/** Limits of the threads that read documents. */
export interface PoolLimits {
  threads: number;
  /** Milliseconds after which a thread is ended, whatever it is doing. */
  timeoutMs: number;
  /** Mebibytes of heap a thread may take. */
  memoryMb: number;
}

/** Beside src in development, beside dist when built. */
const WORKER = new URL(`../worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

const MAX_QUEUE = 512;

/** Threads for what pages can make expensive. One that is ended, or runs out of memory, is replaced. */
export class ParsePool {
  readonly #pool: Piscina<ParseTask, ParseReply>;
  readonly #slots: Slots;
  readonly #limits: PoolLimits;

  constructor(limits: PoolLimits) {
    this.#limits = limits;
    this.#pool = new Piscina({
      filename: WORKER.href,
      // A server at rest has no threads: the first document after it makes one.
      minThreads: 0,
      maxThreads: limits.threads,
      idleTimeout: 300_000,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, stackSizeMb: 4 },
    });
    // A task is handed over only when a thread is free for it, so that its time begins when it begins.
    this.#slots = new Slots({
      concurrent: limits.threads,
      perOrigin: limits.threads,
      queue: MAX_QUEUE,
      maxWaitMs: limits.timeoutMs * 2,
      what: 'reading documents',
    });
  }

  /**
   * Has a task answered by a thread. Bytes of its source are handed over: the caller must not use them afterwards.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` when time or memory runs out, `OVERLOADED` when no thread comes free, or
   * what the view itself says.
   */
  async run(task: ParseTask, url: string | undefined): Promise<{ json: Uint8Array; entries: number }> {
    const leave = await this.#slots.enter('');
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort();
    }, this.#limits.timeoutMs);
    try {
      const transferList = 'bytes' in task.source ? [task.source.bytes.buffer as ArrayBuffer] : [];
      const reply = await this.#pool.run(task, { signal: abort.signal, transferList });
      if (reply.problem === undefined) return reply;
      const { code, detail, phase, errors } = reply.problem;
      throw new ProblemError(code, detail, { url, phase: phase ?? undefined, errors });
    } catch (error) {
      throw abort.signal.aborted ? this.#outOf(`${String(this.#limits.timeoutMs)} ms`, url, error) : this.#asProblem(error, url);
    } finally {
      clearTimeout(timer);
      leave();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #asProblem(error: unknown, url: string | undefined): unknown {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.#outOf(`${String(this.#limits.memoryMb)} MiB of memory`, url, error) : error;
  }

  #outOf(bound: string, url: string | undefined, cause: unknown): ProblemError {
    const detail = `reading this document takes more than ${bound}${url === undefined ? '' : `: ${url}`}`;
    return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse', cause });
  }
}
