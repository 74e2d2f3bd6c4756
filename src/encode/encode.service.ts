import { Injectable } from '@nestjs/common';
import { TaskService } from '../tasks/task.service.ts';
import { decodeFunction } from './decode-bytes.ts';
import { encodeFunction } from './encode-text.ts';
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
   * A text as characters and bytes, as JSON of the members that `fields` name. `here` is the URL that a GET asks this by.
   *
   * @throws ProblemError `INVALID_REQUEST`, `OVERLOADED`
   */
  async write(args: EncodeArgs, here: string | null, fields?: readonly string[]): Promise<Buffer> {
    if (args.text.length <= INLINE_UNITS) return Buffer.from(encodeFunction({ args, here, fields }).bytes);
    return this.#elsewhere('encode', { args, here, fields });
  }

  /** The same, for GraphQL. */
  async encode(args: EncodeArgs): Promise<EncodedText> {
    return JSON.parse((await this.write(args, null)).toString()) as EncodedText;
  }

  /**
   * Bytes as text, as JSON of the members that `fields` name. `here` is the URL that a GET asks this by.
   *
   * @throws ProblemError `INVALID_REQUEST`, `OVERLOADED`
   */
  async writeDecoded({ fields, ...args }: DecodeArgs & { fields?: readonly string[] }, here: string | null): Promise<Buffer> {
    const digits = (args.hex ?? '').length + (args.base64 ?? '').length;
    if (digits <= INLINE_DIGITS) return Buffer.from(decodeFunction({ args, here, fields }).bytes);
    return this.#elsewhere('decode', { args, here, fields });
  }

  async #elsewhere(name: string, input: object): Promise<Buffer> {
    const { pieces } = await this.tasks.run({ name, input, bytes: [] });
    return Buffer.concat(pieces);
  }
}
