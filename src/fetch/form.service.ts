import { Injectable } from '@nestjs/common';
import { TaskService } from '../tasks/task.service.ts';
import { formTask } from './form-task.ts';
import type { Retrieved } from './retrieved.ts';
import { weightOf } from './snapshot.ts';
import { writeForm, type WrittenForm } from './snapshot-form.ts';

/** A snapshot up to this size is written here: that takes a millisecond or two. */
const INLINE_BYTES = 128 * 1024;

/** Snapshots as answers. Large ones are decoded, digested and written elsewhere, and not by the processes that pages may keep busy. */
@Injectable()
export class FormService {
  constructor(private readonly tasks: TaskService) {}

  /**
   * A form of a snapshot: of `fetch`, the members that `fields` name.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` where it would have more than 64 MiB, `OVERLOADED`
   */
  async write(form: WrittenForm, retrieved: Retrieved, encoding?: string, fields?: readonly string[]): Promise<Buffer> {
    const { snapshot } = retrieved;
    if (weightOf(snapshot) <= INLINE_BYTES) {
      const { buffer, byteOffset, byteLength } = await writeForm(form, retrieved, encoding, fields);
      return Buffer.from(buffer, byteOffset, byteLength);
    }
    const { pieces } = await this.tasks.run(formTask(form, retrieved, encoding, fields), snapshot.url);
    return Buffer.concat(pieces);
  }
}
