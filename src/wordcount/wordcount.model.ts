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
  { raw: 'The decoded content as it is.', text: 'The text that a reader sees.' },
  'What is counted.',
);
export type WordSource = (typeof WordSource)[keyof typeof WordSource];

export const WordOrder = enumeration(
  'WordOrder',
  { count: 'Most frequent first, then as first seen.', first: 'As first seen.', word: 'By code point.' },
  'Order of the entries.',
);
export type WordOrder = (typeof WordOrder)[keyof typeof WordOrder];

@ObjectType({ description: 'A word and how often it occurs.' })
export class WordFrequency {
  @Property(() => String, { description: 'The word.', example: 'the' })
  word!: string;

  @Property(() => Int, { description: 'How often it occurs.', example: 3 })
  count!: number;
}

@ObjectType({ description: 'The words of a text, counted.' })
export class WordCount {
  @Property(() => Tokenizer, { description: 'What a word was.', example: 'whitespace' })
  tokenizer!: Tokenizer;

  @Property(() => WordSource, { description: 'What was counted.', example: 'raw' })
  source!: WordSource;

  @Property(() => Boolean, { description: 'Whether letter case was ignored.', example: false })
  fold!: boolean;

  @Property(() => String, {
    nullable: true,
    description: 'The locale whose rules found the words; null by `whitespace`, which has none.',
    example: null,
  })
  locale!: string | null;

  @Property(() => Int, { description: 'Words, repetitions included.', example: 33 })
  total!: number;

  @Property(() => Int, { description: 'Different words: the entries that `limit` and `offset` page through.', example: 26 })
  distinct!: number;

  @Property(() => [WordFrequency], { description: 'Each different word, in the order asked for.' })
  words!: WordFrequency[];
}
