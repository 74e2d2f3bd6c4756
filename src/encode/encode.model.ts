import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';

@ObjectType({ description: "A text's length by three measures." })
export class TextLength {
  @Property(() => Int, { description: 'User-perceived characters (UAX #29 grapheme clusters).', example: 2 })
  graphemes!: number;

  @Property(() => Int, { description: 'Code points; a lone surrogate counts as one.', example: 2 })
  codePoints!: number;

  @Property(() => Int, { description: "Code units of UTF-16: what JavaScript's `length` counts.", example: 2 })
  codeUnits!: number;
}

@ObjectType({ description: 'One code point of a text.' })
export class Character {
  @Property(() => String, { description: 'The code point as text.', example: 'H' })
  character!: string;

  @Property(() => String, { description: 'The code point as Unicode writes it.', example: 'U+0048' })
  codePoint!: string;

  @Property(() => Int, { description: 'The code point as a decimal number.', example: 72 })
  decimal!: number;

  @Property(() => String, {
    description:
      'Its Unicode 17.0 name; for a control character its first alias (`LINE FEED`), for a code point without a name a label (`<private-use-E000>`).',
    example: 'LATIN CAPITAL LETTER H',
  })
  name!: string;

  @Property(() => String, { description: 'Its bytes in UTF-8, hexadecimal. A lone surrogate is encoded as U+FFFD.', example: '48' })
  utf8!: string;

  @Property(() => String, { description: 'Its one or two code units in UTF-16, hexadecimal, big-endian.', example: '0048' })
  utf16!: string;

  @Property(() => String, { description: 'Its code unit in UTF-32, hexadecimal, big-endian.', example: '00000048' })
  utf32!: string;
}

@ObjectType({ description: 'A whole text in one encoding, without a byte order mark.' })
export class EncodedBytes {
  @Property(() => String, { description: "The encoding's name.", example: 'UTF-8' })
  name!: string;

  @Property(() => Int, { description: 'How many bytes.', example: 2 })
  bytes!: number;

  @Property(() => String, { description: 'The bytes, hexadecimal.', example: '480a' })
  hex!: string;

  @Property(() => String, { description: 'The bytes, base64.', example: 'SAo=' })
  base64!: string;

  @Property(() => Boolean, {
    description:
      'Decoding the bytes gives the text back. Where not: a lone surrogate became U+FFFD, or a character that the encoding lacks became `&#…;`, as in a form that a browser sends.',
    example: true,
  })
  lossless!: boolean;
}

@ObjectType({ description: 'A text as characters and as bytes.' })
export class EncodedText {
  @Property(() => String, { description: 'The text.', example: 'H\n' })
  text!: string;

  @Property(() => TextLength, { description: 'Its length.' })
  length!: TextLength;

  @Property(() => Int, { description: 'Code points of the whole text: what `next` pages through.', example: 2 })
  total!: number;

  @Property(() => String, { nullable: true, description: 'The URL of the next page of `characters`.', example: null })
  next!: string | null;

  @Property(() => [Character], { description: 'Its code points, in order, from `offset` on.' })
  characters!: Character[];

  @Property(() => [EncodedBytes], {
    description: 'The whole text in UTF-8, UTF-16LE and BE, UTF-32LE and BE and the `encodings` asked for.',
  })
  encodings!: EncodedBytes[];
}

@ObjectType({ description: 'Bytes read as text.' })
export class DecodedText {
  @Property(() => String, {
    description: 'The text, without a byte order mark, with U+FFFD for what is no character.',
    example: 'もしもし',
  })
  text!: string;

  @Property(() => String, { description: 'The name of the encoding that was used.', example: 'Shift_JIS' })
  encoding!: string;

  @Property(() => Int, { description: 'How many bytes were given.', example: 8 })
  bytes!: number;

  @Property(() => Int, {
    description: 'How many U+FFFD of the text stand for bytes that are no character; those that were encoded do not count.',
    example: 0,
  })
  replacements!: number;

  @Property(() => Int, { nullable: true, description: 'Offset of the first byte sequence that was replaced, in bytes.', example: null })
  firstInvalidOffset!: number | null;
}
