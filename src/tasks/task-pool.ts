import { ProblemError } from '../api/problem.ts';
import { ProcessEnded, TaskProcess } from './task-process.ts';
import type { UnderWay } from '../api/under-way.ts';
import { TaskQueue } from './task-queue.ts';
import type { Reply, Task, TaskAnswer } from './task.ts';

/** Limits of the processes that do tasks. */
export interface TaskLimits {
  /** How many there are at most. */
  processes: number;
  /** Milliseconds after which one is ended, whatever it is doing. */
  timeoutMs: number;
  /** Mebibytes of heap one may take. */
  memoryMb: number;
  /** Told how each task ended; `failed` with the error that it failed with. */
  onEnd?: (outcome: 'ok' | 'deadline' | 'memory' | 'failed', error?: unknown) => void;
}

/** Tasks that may wait. */
const MAX_QUEUE = 128;
/** Bytes that the tasks under way and those that wait may have together. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Milliseconds for a process to start. */
const START_MS = 30_000;
/** Milliseconds after which a process with nothing to do is ended. */
const IDLE_MS = 300_000;
/**
 * A process that has become larger than this is not kept: what it took goes back. Of ordinary pages one takes up to 300 MiB, a fifth of it
 * the program that all share, and another costs more than fifty pages.
 */
const KEPT_BYTES = 384 * 1024 * 1024;
/** Milliseconds that a task of a caller who has gone may go on: another process costs more than most tasks. */
const GONE_MS = 500;

/** Processes for what pages can make expensive. One that is ended, or runs out of memory, takes nothing with it and is replaced. */
export class TaskPool {
  readonly #limits: TaskLimits;
  /** Those who wait. */
  readonly queue: TaskQueue;
  readonly #all = new Set<TaskProcess>();
  readonly #idle: { process: TaskProcess; timer: NodeJS.Timeout }[] = [];

  constructor(limits: TaskLimits) {
    this.#limits = limits;
    this.queue = new TaskQueue({
      concurrent: limits.processes,
      waiting: MAX_QUEUE,
      maxBytes: MAX_BYTES,
      maxWaitMs: limits.timeoutMs * 2,
    });
  }

  /**
   * Has a task done. Its bytes must not change meanwhile. Once the signal of the request is aborted it is not begun, or soon ended.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` when time or memory runs out, `OVERLOADED` when no process comes free, or
   * what the function itself says; the signal's reason once that is aborted.
   */
  async run<Facts>(
    task: Task,
    url: string | undefined,
    underWay: Pick<UnderWay, 'caller' | 'signal'> | null = null,
  ): Promise<TaskAnswer<Facts>> {
    const signal = underWay?.signal ?? null;
    const leave = await this.queue.enter(
      task.bytes.reduce((sum, { byteLength }) => sum + byteLength, 0),
      underWay?.caller ?? '',
      signal,
    );
    try {
      const answer = await this.#answered<Facts>(task, url, signal);
      this.#limits.onEnd?.('ok');
      return answer;
    } catch (error) {
      this.#limits.onEnd?.(error instanceof Exhausted ? error.what : 'failed', error);
      throw error;
    } finally {
      leave();
    }
  }

  async #answered<Facts>(task: Task, url: string | undefined, signal: AbortSignal | null): Promise<TaskAnswer<Facts>> {
    const process = await this.#take();
    if (signal?.aborted === true) {
      this.#keep(process);
      throw signal.reason as Error;
    }
    const { facts, pieces } = await this.#runOn(process, task, url, signal);
    const reply = facts as Reply;
    if (reply.kind === 'answer') return { facts: reply.facts as Facts, pieces };
    if (reply.kind !== 'problem') throw new Error(`a task failed in another process: ${reply.kind === 'fault' ? reply.stack : reply.kind}`);
    const { code, detail, phase, errors } = reply;
    throw new ProblemError(code, detail, { url, phase: phase ?? undefined, errors });
  }

  /** How many processes there are. */
  get processes(): number {
    return this.#all.size;
  }

  /** Ends all processes; resolves when they are gone. */
  async close(): Promise<void> {
    for (const process of this.#all) process.kill();
    await Promise.all(Array.from(this.#all, ({ ended }) => ended));
  }

  async #runOn(process: TaskProcess, task: Task, url: string | undefined, signal: AbortSignal | null): ReturnType<TaskProcess['run']> {
    const { timeoutMs, memoryMb } = this.#limits;
    const timer = setTimeout(() => {
      process.kill(new Exhausted('deadline', `${String(timeoutMs)} ms`, url));
    }, timeoutMs);
    let gone: NodeJS.Timeout | undefined;
    const onGone = (): void => {
      gone = setTimeout(() => {
        process.kill(signal?.reason as Error);
      }, GONE_MS);
    };
    signal?.addEventListener('abort', onGone, { once: true });
    try {
      const message = await process.run(task);
      this.#giveBack(process, message.facts as Reply);
      return message;
    } catch (error) {
      process.kill();
      const isExhausted = error instanceof ProcessEnded && error.isExhausted;
      throw isExhausted ? new Exhausted('memory', `${String(memoryMb)} MiB of memory`, url, error) : error;
    } finally {
      signal?.removeEventListener('abort', onGone);
      clearTimeout(gone);
      clearTimeout(timer);
    }
  }

  /** The process used last, or a new one: a task's time begins when it can begin. */
  async #take(): Promise<TaskProcess> {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      clearTimeout(last.timer);
      if (last.process.hasEnded) continue;
      last.process.keepsAlive(true);
      return last.process;
    }
    const process = new TaskProcess(this.#limits.memoryMb);
    this.#all.add(process);
    void process.ended.then(() => this.#all.delete(process));
    const timer = setTimeout(() => {
      process.kill();
    }, START_MS);
    try {
      await process.ready;
      return process;
    } catch (error) {
      throw new ProblemError('OVERLOADED', 'this server cannot start a process to read documents in; ask again in a moment', {
        retryAfterS: 1,
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #giveBack(process: TaskProcess, reply: Reply): void {
    if (reply.kind === 'fault' || (reply.kind === 'answer' && reply.residentBytes > KEPT_BYTES)) {
      process.kill();
      return;
    }
    this.#keep(process);
  }

  /** Until it is idle for too long. */
  #keep(process: TaskProcess): void {
    process.keepsAlive(false);
    const timer = setTimeout(() => {
      process.kill();
    }, IDLE_MS).unref();
    this.#idle.push({ process, timer });
  }
}

/** What a task may take, in time or memory, was not enough. */
class Exhausted extends ProblemError {
  readonly what: 'deadline' | 'memory';

  constructor(what: 'deadline' | 'memory', bound: string, url: string | undefined, cause?: unknown) {
    const setting = what === 'deadline' ? 'PARSE_TIMEOUT_MS' : 'PARSE_MEMORY_MB';
    const detail = `reading ${url ?? 'what was sent'} takes more than ${bound}; who runs this server may allow more (${setting})`;
    super('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse', cause });
    this.what = what;
  }
}
