import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';

export const Unencodable = enumeration(
  'Unencodable',
  {
    html: 'A decimal character reference, `&#128512;`, as in a form that a browser sends (Encoding Standard, error mode "html").',
    url: 'The same percent-encoded, `%26%23128512%3B`, as in the query of a URL (URL Standard, "percent-encode after encoding").',
    replace: 'A question mark.',
    fail: 'Nothing: the request is refused, and the problem names the character.',
  },
  'What is written for a character that an encoding lacks.',
);
export type Unencodable = (typeof Unencodable)[keyof typeof Unencodable];

export const NormalizationForm = enumeration(
  'NormalizationForm',
  {
    NFC: 'Canonical decomposition, then canonical composition: what the web is written in.',
    NFD: 'Canonical decomposition.',
    NFKC: 'Compatibility decomposition, then canonical composition.',
    NFKD: 'Compatibility decomposition.',
  },
  'A Unicode normalization form (UAX #15).',
);
export type NormalizationForm = (typeof NormalizationForm)[keyof typeof NormalizationForm];

export const EncodingSource = enumeration(
  'EncodingSource',
  {
    bom: 'A byte order mark.',
    override: 'The parameter `encoding`.',
    transport: 'The `charset` of the Content-Type.',
    meta: 'A `<meta>`.',
    xml: 'The XML declaration.',
    detected: 'The bytes themselves: undeclared, not ASCII alone, and valid UTF-8.',
    default: 'Nothing: the default of the media type.',
  },
  'What decided, or said something about, the encoding.',
);
export type EncodingSource = (typeof EncodingSource)[keyof typeof EncodingSource];

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

  @Property(() => String, { description: 'Its general category, as the Unicode Character Database abbreviates it.', example: 'Lu' })
  category!: string;

  @Property(() => String, { description: 'Its script, as the Unicode Character Database calls it.', example: 'Latin' })
  script!: string;

  @Property(() => String, { description: 'Its block, as the Unicode Character Database calls it.', example: 'Basic_Latin' })
  block!: string;

  @Property(() => String, { description: 'Its bytes in UTF-8, hexadecimal. A lone surrogate is encoded as U+FFFD.', example: '48' })
  utf8!: string;

  @Property(() => String, { description: 'Its one or two code units in UTF-16, hexadecimal, big-endian.', example: '0048' })
  utf16!: string;

  @Property(() => String, { description: 'Its code unit in UTF-32, hexadecimal, big-endian.', example: '00000048' })
  utf32!: string;
}

@ObjectType({ description: 'A user-perceived character: an extended grapheme cluster of UAX #29.' })
export class Grapheme {
  @Property(() => String, { description: 'The cluster as text.', example: 'H' })
  text!: string;

  @Property(() => Int, { description: 'How many code points of the text come before it.', example: 0 })
  offset!: number;

  @Property(() => [String], { description: 'Its code points, as Unicode writes them.', example: ['U+0048'] })
  codePoints!: string[];
}

@ObjectType({ description: 'A text in one of the normalization forms of UAX #15.' })
export class NormalizedText {
  @Property(() => NormalizationForm, { description: 'The form.', example: 'NFC' })
  form!: NormalizationForm;

  @Property(() => String, { description: 'The text in this form.', example: 'H\n' })
  text!: string;

  @Property(() => Int, { description: 'How many code points it has in this form.', example: 2 })
  codePoints!: number;

  @Property(() => Boolean, { description: 'The text is in this form already.', example: true })
  isNormalized!: boolean;
}

@ObjectType({
  description:
    'A text as it is written, in ASCII alone, in six notations. A lone surrogate is U+FFFD in those that cannot say it: `html`, `url`, `css`.',
})
export class Escapes {
  @Property(() => String, {
    description:
      'For element content and quoted attribute values of HTML, with character references. A C1 control stands there itself, since its reference means another character.',
    example: 'H\n',
  })
  html!: string;

  @Property(() => String, { description: 'For a component of a URL, percent-encoded in UTF-8.', example: 'H%0A' })
  url!: string;

  @Property(() => String, { description: 'A JSON string, with its quotes.', example: '"H\\n"' })
  json!: string;

  @Property(() => String, {
    description: 'A JavaScript string literal, with its quotes; it may stand in a script element.',
    example: "'H\\n'",
  })
  javascript!: string;

  @Property(() => String, { description: 'A CSS string, with its quotes; U+0000 is U+FFFD.', example: '"H\\a "' })
  css!: string;

  @Property(() => String, { description: "A Python string literal, with its quotes, as Python's `ascii` writes it.", example: "'H\\n'" })
  python!: string;
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
      'Decoding the bytes gives the text back; a U+FEFF at its start counts as kept, though decoders of UTF-8 and UTF-16 take it for a byte order mark. Where not: a lone surrogate became U+FFFD, a character that the encoding lacks became what `unencodable` says, or the standard writes a character as another one: `¥`, `‾` and `−` in EUC-JP and Shift_JIS (as `\\`, `~` and `－`), `−` and half-width katakana in ISO-2022-JP, 18 private-use characters in GBK and gb18030.',
    example: true,
  })
  lossless!: boolean;
}

@ObjectType({ description: 'A text as characters and as bytes.' })
export class EncodedText {
  @Property(() => String, { description: 'The text, in the `normalization` asked for.', example: 'H\n' })
  text!: string;

  @Property(() => TextLength, { description: 'Its length.' })
  length!: TextLength;

  @Property(() => Int, { description: 'Code points of the whole text: what `next` pages through.', example: 2 })
  total!: number;

  @Property(() => String, { nullable: true, description: 'The URL of the next page of `characters`.', example: null })
  next!: string | null;

  @Property(() => [Character], { description: 'Its code points, in order, from `offset` on.' })
  characters!: Character[];

  @Property(() => [Grapheme], { description: 'Its user-perceived characters, in order: those that begin among `characters`.' })
  graphemes!: Grapheme[];

  @Property(() => [NormalizedText], { description: 'The text in each normalization form.' })
  normalizations!: NormalizedText[];

  @Property(() => Escapes, { description: 'The whole text as it is written in other languages.' })
  escapes!: Escapes;

  @Property(() => [EncodedBytes], {
    description: 'The whole text in UTF-8, UTF-16LE and BE, UTF-32LE and BE and the `encodings` asked for.',
  })
  encodings!: EncodedBytes[];
}

@ObjectType({ description: 'Bytes that a decoder reads in one go, and what it made of them.' })
export class ByteSequence {
  @Property(() => Int, { description: 'How many bytes come before it.', example: 0 })
  offset!: number;

  @Property(() => String, { description: 'The bytes, hexadecimal.', example: '82e0' })
  hex!: string;

  @Property(() => String, {
    description: 'What it became: all of them together are the text. Empty for a byte order mark and an escape sequence.',
    example: 'も',
  })
  text!: string;

  @Property(() => String, {
    description: 'That text as a code point (in Big5 four sequences stand for two); null where it is empty.',
    nullable: true,
    example: 'U+3082',
  })
  codePoint!: string | null;

  @Property(() => Boolean, { description: 'It is valid; otherwise it became U+FFFD.', example: true })
  valid!: boolean;
}

@ObjectType({ description: 'Something that spoke about the encoding.' })
export class EncodingCandidate {
  @Property(() => EncodingSource, { description: 'Who spoke.', example: 'transport' })
  source!: EncodingSource;

  @Property(() => String, { description: 'What it said: a label, as written.', example: 'iso-8859-1' })
  label!: string;

  @Property(() => Int, {
    description: 'How many bytes come before what it said; null where that is not in them.',
    nullable: true,
    example: null,
  })
  offset!: number | null;
}

@ObjectType({
  description: 'How a text could be read that seems to have been read in a wrong encoding. It is a proposal: nothing was changed.',
})
export class EncodingRepair {
  @Property(() => String, { description: 'The encoding that the bytes seem to have been read in.', example: 'windows-1252' })
  from!: string;

  @Property(() => String, { description: 'The encoding that they seem to be in.', example: 'UTF-8' })
  to!: string;

  @Property(() => String, { description: 'The first piece that would change, as it would read.', example: 'café' })
  sample!: string;
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

  @Property(() => EncodingSource, { description: 'What decided: `override`, `bom`, `detected` or `default`.', example: 'override' })
  source!: EncodingSource;

  @Property(() => [EncodingCandidate], {
    description: 'All that spoke about the encoding, first in precedence first: a named encoding is taken before a byte order mark.',
    example: [{ source: 'override', label: 'shift_jis', offset: null }],
  })
  candidates!: EncodingCandidate[];

  @Property(() => Boolean, { description: 'A byte order mark says another encoding than the one that was named.', example: false })
  conflict!: boolean;

  @Property(() => Int, { description: 'How many bytes were given.', example: 8 })
  bytes!: number;

  @Property(() => Int, {
    description: 'How many U+FFFD of the text stand for bytes that are no character; those that were encoded do not count.',
    example: 0,
  })
  replacements!: number;

  @Property(() => Int, { nullable: true, description: 'Offset of the first byte sequence that was replaced, in bytes.', example: null })
  firstInvalidOffset!: number | null;

  @Property(() => EncodingRepair, {
    description:
      'What to try where the text looks like UTF-8 that was read as windows-1252 (`cafÃ©`), here or by whoever wrote it; null where it does not.',
    nullable: true,
    example: null,
  })
  repair!: EncodingRepair | null;

  @Property(() => Int, { description: 'Byte sequences in all: what `next` pages through.', example: 4 })
  total!: number;

  @Property(() => String, { nullable: true, description: 'The URL of the next page of `sequences`.', example: null })
  next!: string | null;

  @Property(() => [ByteSequence], { description: 'What each byte sequence became, in order, from `offset` on.' })
  sequences!: ByteSequence[];
}
