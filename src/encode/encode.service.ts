import { Injectable } from '@nestjs/common';
import { TaskService } from '../tasks/task.service.ts';
import { encodeText } from './encode-text.ts';
import type { EncodeArgs } from './encode.args.ts';
import type { EncodedText } from './encode.model.ts';

/** A text of so many code units is described here: that takes a few milliseconds. */
const INLINE_UNITS = 2000;

@Injectable()
export class EncodeService {
  constructor(private readonly tasks: TaskService) {}

  /**
   * A text as characters and bytes, as JSON. `here` is the URL that a GET asks this by.
   *
   * @throws ProblemError `INVALID_REQUEST`, `OVERLOADED`
   */
  async write(args: EncodeArgs, here: string | null): Promise<Buffer> {
    if (args.text.length <= INLINE_UNITS) return Buffer.from(JSON.stringify(encodeText(args, here)));
    const { pieces } = await this.tasks.run({ name: 'encode', input: { args, here }, bytes: [] });
    return Buffer.concat(pieces);
  }

  /** The same, for GraphQL. */
  async encode(args: EncodeArgs): Promise<EncodedText> {
    return JSON.parse((await this.write(args, null)).toString()) as EncodedText;
  }
}
