import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { FieldsOf } from '../api/fields.args.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { DecodedText, NormalizationForm, Unencodable } from './encode.model.ts';

/** What is wanted of a text's characters. */
@ArgsType()
export class CharactersOptions extends PageArgs {
  @Parameter({
    type: 'list',
    description: 'Labels of the Encoding Standard: encodings to answer besides UTF-8, UTF-16LE and BE, UTF-32LE and BE.',
    example: ['shift_jis', 'windows-1252'],
  })
  encodings?: string[];

  @Parameter({
    type: Unencodable,
    default: 'html',
    description: 'What is written for a character that one of the `encodings` lacks.',
    example: 'replace',
  })
  unencodable: Unencodable = 'html';

  @Parameter({ type: NormalizationForm, description: 'Normalizes the text first; without it, the text is taken as it is.', example: 'NFC' })
  normalization?: NormalizationForm;
}

/** A text, and what of it is wanted. */
@ArgsType()
export class EncodeArgs extends CharactersOptions {
  @Parameter({
    type: 'string',
    required: true,
    allowEmpty: true,
    maxLength: 65_536,
    description: 'The text: at most 65,536 code points.',
    example: 'H\n',
  })
  text!: string;
}

/** Bytes, and how they are to be read. Exactly one of `hex` and `base64` is given. */
@ArgsType()
export class DecodeArgs extends PageArgs {
  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 65_536,
    description: 'Most byte sequences to answer.',
    example: 100,
  })
  override limit = 65_536;

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

/** The same over REST. */
export class DecodeRequest extends IntersectionType(DecodeArgs, FieldsOf(DecodedText, ['text', 'sequences.hex'])) {}
