import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { TaskPool } from '../tasks/task-pool.ts';
import type { BodyFacts } from './body.ts';
import { formTask } from './form-task.ts';
import type { Retrieved } from './retrieved.ts';
import { weightOf } from './snapshot.ts';
import { writeForm, type WrittenForm } from './snapshot-form.ts';

/** A snapshot up to this size is written here: that takes a millisecond or two. */
const INLINE_BYTES = 128 * 1024;

/** Writing takes time in proportion to the content: these serve the largest. */
const LEAST_TIMEOUT_MS = 10_000;
const LEAST_MEMORY_MB = 512;

/** Snapshots as answers. Large ones are decoded, digested and written elsewhere, and not by the processes that pages may keep busy. */
@Injectable()
export class FormService implements OnApplicationShutdown {
  readonly #pool: TaskPool;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.#pool = new TaskPool({
      processes: settings.PARSE_THREADS,
      timeoutMs: Math.max(LEAST_TIMEOUT_MS, settings.PARSE_TIMEOUT_MS),
      memoryMb: Math.max(LEAST_MEMORY_MB, settings.PARSE_MEMORY_MB),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  /**
   * A form of a snapshot.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` where it would have more than 64 MiB, `OVERLOADED`
   */
  async write(form: WrittenForm, retrieved: Retrieved, encoding?: string): Promise<Buffer> {
    const { snapshot } = retrieved;
    if (weightOf(snapshot) <= INLINE_BYTES) {
      const { buffer, byteOffset, byteLength } = await writeForm(form, retrieved, encoding);
      return Buffer.from(buffer, byteOffset, byteLength);
    }
    const { pieces } = await this.#pool.run(formTask(form, retrieved, encoding), snapshot.url);
    return Buffer.concat(pieces);
  }

  /** The content of a snapshot, described; null where it holds a head alone. */
  async body(retrieved: Retrieved, encoding: string | undefined): Promise<BodyFacts | null> {
    return JSON.parse((await this.write('body', retrieved, encoding)).toString()) as BodyFacts | null;
  }
}
