import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../api/metrics.ts';
import { currentUnderWay } from '../api/under-way.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { TaskPool } from './task-pool.ts';
import type { Task, TaskAnswer } from './task.ts';

/** These tasks take time and memory in proportion to what they are given: so much serves the largest. */
const LEAST_TIMEOUT_MS = 10_000;
const LEAST_MEMORY_MB = 512;

/** Processes for what is large, but does not depend on how a page was made: pages cannot keep them busy. */
@Injectable()
export class TaskService implements OnApplicationShutdown {
  readonly #pool: TaskPool;

  constructor(@Inject(SETTINGS) settings: Settings, metrics: Metrics) {
    this.#pool = new TaskPool({
      processes: settings.PARSE_THREADS,
      timeoutMs: Math.max(LEAST_TIMEOUT_MS, settings.PARSE_TIMEOUT_MS),
      memoryMb: Math.max(LEAST_MEMORY_MB, settings.PARSE_MEMORY_MB),
    });
    metrics.watchQueue('writing_tasks', this.#pool.queue);
  }

  /** Comes after the last request has been answered, unlike onModuleDestroy. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  /**
   * Has a task done, unless the caller has gone. Its bytes must not change meanwhile.
   *
   * @throws ProblemError
   */
  run<Facts>(task: Task, url?: string): Promise<TaskAnswer<Facts>> {
    return this.#pool.run(task, url, currentUnderWay());
  }
}
