import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';

export const Tokenizer = enumeration(
  'Tokenizer',
  {
    whitespace: "What stands between white space, as Python's `str.split` has it.",
    unicode: 'What stands between the word boundaries of UAX #29.',
  },
  'What a word is.',
);
export type Tokenizer = (typeof Tokenizer)[keyof typeof Tokenizer];

export const WordSource = enumeration(
  'WordSource',
  {
    raw: 'The decoded content as it is.',
    text: 'The text that a reader sees.',
    article: 'What a reader sees of the main article, found by Readability; where there is none, as if `source` were not given.',
  },
  'What is counted.',
);
export type WordSource = (typeof WordSource)[keyof typeof WordSource];

export const WordOrder = enumeration(
  'WordOrder',
  { count: 'Most frequent first, then as first seen.', first: 'As first seen.', word: 'By code point.' },
  'Order of the entries.',
);
export type WordOrder = (typeof WordOrder)[keyof typeof WordOrder];

@ObjectType({ description: 'A word, or with `ngrams` a phrase, and how often it occurs.' })
export class WordFrequency {
  @Property(() => String, {
    description: 'The word, folded where `fold` is; the words of a phrase with a space between them.',
    example: 'the',
  })
  word!: string;

  @Property(() => Int, { description: 'How often it occurs.', example: 3 })
  count!: number;
}

@ObjectType({ description: 'How long a text is by five measures, whatever is left out of `words`.' })
export class TextCounts {
  @Property(() => Int, { description: 'User-perceived characters (UAX #29 grapheme clusters), white space included.', example: 167 })
  graphemes!: number;

  @Property(() => Int, { description: 'Code points; a lone surrogate counts as one.', example: 167 })
  codePoints!: number;

  @Property(() => Int, { description: 'Words, as `tokenizer` finds them.', example: 33 })
  words!: number;

  @Property(() => Int, { description: 'Sentences with a letter or a digit in them, as `rule.sentences` says.', example: 1 })
  sentences!: number;

  @Property(() => Int, { description: 'Paragraphs with a letter or a digit in them, as `rule.paragraphs` says.', example: 1 })
  paragraphs!: number;
}

@ObjectType({ description: 'The language of a text: what its page says, and what it looks like.' })
export class TextLanguage {
  @Property(() => String, { nullable: true, description: 'What the page says: a BCP 47 tag, as written.', example: 'en' })
  declared!: string | null;

  @Property(() => String, { nullable: true, description: 'Where it says so.', example: 'html[lang]' })
  declaredBy!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'What the text that was counted looks like, as a BCP 47 tag: the language of most of up to nine parts of it.',
    example: 'en',
  })
  detected!: string | null;

  @Property(() => Boolean, {
    nullable: true,
    description: 'The detector is sure of most of those parts; null where it found nothing.',
    example: true,
  })
  reliable!: boolean | null;

  @Property(() => String, { description: 'What detects languages.', example: 'eld 2.1.0' })
  detector!: string;
}

@ObjectType({ description: 'The rules by which was counted, in words.' })
export class WordRule {
  @Property(() => String, { description: 'What was counted.', example: 'The decoded content as it is.' })
  source!: string;

  @Property(() => String, { description: 'What a word was.', example: "What stands between white space, as Python's str.split parts it." })
  words!: string;

  @Property(() => String, { nullable: true, description: 'How letter case was ignored; null where it was not.', example: null })
  fold!: string | null;

  @Property(() => String, { nullable: true, description: 'Which words were left out; null where none were.', example: null })
  leftOut!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'Which words made a phrase; null where words were counted one by one.',
    example: null,
  })
  ngrams!: string | null;

  @Property(() => String, { description: 'What a sentence was.', example: 'UAX #29 sentence boundaries.' })
  sentences!: string;

  @Property(() => String, { description: 'What a paragraph was.', example: 'Text between blank lines.' })
  paragraphs!: string;

  @Property(() => String, {
    description: 'How fast somebody reads.',
    example: '238 words a minute, 260 characters of Chinese and Japanese.',
  })
  readingTime!: string;

  @Property(() => String, { description: 'The version of Unicode whose characters and boundaries these are.', example: '17.0' })
  unicodeVersion!: string;

  @Property(() => String, { description: 'The version of ICU, which finds the boundaries of UAX #29.', example: '78.3' })
  icuVersion!: string;
}

@ObjectType({ description: 'The words of a text, counted.' })
export class WordCount {
  @Property(() => Tokenizer, { description: 'What a word was.', example: 'whitespace' })
  tokenizer!: Tokenizer;

  @Property(() => WordSource, { description: 'What was counted; not `article` where there is none.', example: 'raw' })
  source!: WordSource;

  @Property(() => Boolean, { description: 'Whether letter case was ignored.', example: false })
  fold!: boolean;

  @Property(() => String, {
    nullable: true,
    description:
      'The locale whose rules found the words: the one asked for, or `en`, whose rules are the default ones, where there are none for it. Null by `whitespace`, which has none.',
    example: null,
  })
  locale!: string | null;

  @Property(() => Int, { description: 'Fewest user-perceived characters of a word that was counted.', example: 1 })
  minLength!: number;

  @Property(() => String, { nullable: true, description: 'The language whose stop words were left out; null for none.', example: null })
  stopWords!: string | null;

  @Property(() => Int, { description: 'How many words were stop words: those of the language and your own, repetitions once.', example: 0 })
  stopWordCount!: number;

  @Property(() => Int, { description: 'How many words made an entry.', example: 1 })
  ngrams!: number;

  @Property(() => WordRule, { description: 'The rules by which was counted, in words.' })
  rule!: WordRule;

  @Property(() => TextCounts, { description: 'How long the text is.' })
  counts!: TextCounts;

  @Property(() => Int, { description: 'Seconds that reading the text takes, rounded up, as `rule.readingTime` says.', example: 9 })
  readingTimeS!: number;

  @Property(() => TextLanguage, { description: 'The language of the text.' })
  language!: TextLanguage;

  @Property(() => Int, { description: 'Words (or phrases) that were counted, repetitions included.', example: 33 })
  total!: number;

  @Property(() => Int, { description: 'Different ones: the entries that `limit` and `offset` page through.', example: 26 })
  distinct!: number;

  @Property(() => [WordFrequency], { description: 'Each different word or phrase, in the order asked for.' })
  words!: WordFrequency[];
}
