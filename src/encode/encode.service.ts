import { Injectable } from '@nestjs/common';
import { TaskService } from '../tasks/task.service.ts';
import { decodeBytes } from './decode-bytes.ts';
import { encodeText } from './encode-text.ts';
import type { DecodeArgs, EncodeArgs } from './encode.args.ts';
import type { EncodedText } from './encode.model.ts';

/** A text of so many code units is described here: that takes a few milliseconds. */
const INLINE_UNITS = 2000;
/** Bytes in so many digits, too. */
const INLINE_DIGITS = 4000;

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
    return this.#elsewhere('encode', { args, here });
  }

  /** The same, for GraphQL. */
  async encode(args: EncodeArgs): Promise<EncodedText> {
    return JSON.parse((await this.write(args, null)).toString()) as EncodedText;
  }

  /**
   * Bytes as text, as JSON. `here` is the URL that a GET asks this by.
   *
   * @throws ProblemError `INVALID_REQUEST`, `OVERLOADED`
   */
  async writeDecoded(args: DecodeArgs, here: string | null): Promise<Buffer> {
    const digits = (args.hex ?? '').length + (args.base64 ?? '').length;
    if (digits <= INLINE_DIGITS) return Buffer.from(JSON.stringify(decodeBytes(args, here)));
    return this.#elsewhere('decode', { args, here });
  }

  async #elsewhere(name: string, input: { args: object; here: string | null }): Promise<Buffer> {
    const { pieces } = await this.tasks.run({ name, input, bytes: [] });
    return Buffer.concat(pieces);
  }
}
