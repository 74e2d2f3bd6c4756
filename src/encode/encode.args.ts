import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';

/** A text, and what of it is wanted. */
@ArgsType()
export class EncodeArgs extends PageArgs {
  @Parameter({
    type: 'string',
    required: true,
    allowEmpty: true,
    maxLength: 65_536,
    description: 'The text: at most 65,536 code points.',
    example: 'H\n',
  })
  text!: string;

  @Parameter({
    type: 'list',
    description: 'Labels of the Encoding Standard: encodings to answer besides UTF-8, UTF-16LE and BE, UTF-32LE and BE.',
    example: ['shift_jis', 'windows-1252'],
  })
  encodings?: string[];
}

/** Bytes, and how they are to be read. Exactly one of `hex` and `base64` is given. */
@ArgsType()
export class DecodeArgs {
  @Parameter({
    type: 'string',
    allowEmpty: true,
    maxLength: 1_000_000,
    description:
      'The bytes: two hexadecimal digits each, with white space between them if you like. Exactly one of `hex` and `base64` is given.',
    example: '82 e0 82 b5 82 e0 82 b5',
  })
  hex?: string;

  @Parameter({
    type: 'string',
    allowEmpty: true,
    maxLength: 1_000_000,
    description: 'The bytes in base64, standard or URL-safe alphabet, padded or not. In a URL the plus sign is written %2B.',
    example: 'guCCtYLggrU=',
  })
  base64?: string;

  @Parameter({
    type: 'string',
    maxLength: 100,
    description:
      'A label of the Encoding Standard. Without it the byte order mark decides; else valid UTF-8 that is not ASCII alone is read as UTF-8, everything else as windows-1252.',
    example: 'shift_jis',
  })
  encoding?: string;
}
