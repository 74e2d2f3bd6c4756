import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { STOP_WORD_LANGUAGES } from './stop-word-languages.ts';
import { Tokenizer, WordOrder, WordSource } from './wordcount.model.ts';

/** How words are counted. */
@ArgsType()
export class WordCountOptions extends PageArgs {
  @Parameter({ type: Tokenizer, default: 'whitespace', description: 'What a word is.', example: 'unicode' })
  tokenizer: Tokenizer = 'whitespace';

  @Parameter({
    type: 'string',
    maxLength: 100,
    description:
      'Language whose rules `tokenizer=unicode` follows, as a BCP 47 tag; `en` unless given. White space is the same in every language: `tokenizer=whitespace` makes nothing of it.',
    example: 'ja',
  })
  locale?: string;

  @Parameter({
    type: WordSource,
    description: 'What is counted; unless given, the text that a reader sees for HTML, and the content as it is for everything else.',
    example: 'text',
  })
  source?: WordSource;

  @Parameter({
    type: 'boolean',
    default: false,
    description:
      "Counts words that differ in letter case alone as one: by Unicode's full default case folding, the same in every language (`Straße` is `strasse`).",
    example: true,
  })
  fold = false;

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 1,
    description: 'Leaves out words of fewer user-perceived characters (UAX #29 grapheme clusters).',
    example: 3,
  })
  minLength = 1;

  @Parameter({
    type: 'string',
    maxLength: 100,
    description: `Leaves out the stop words of a language, whatever their letter case. A BCP 47 tag; there are lists for ${STOP_WORD_LANGUAGES}.`,
    example: 'en',
  })
  stopWords?: string;

  @Parameter({
    type: 'list',
    description: 'Leaves out these words, whatever their letter case, besides those of `stopWords`.',
    example: ['page', 'site'],
  })
  stopWordList?: string[];

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 3,
    default: 1,
    description: 'Counts phrases of so many words that follow one another within a sentence; a word that is left out parts them.',
    example: 2,
  })
  ngrams = 1;

  @Parameter({ type: WordOrder, default: 'count', description: 'Order of the entries.', example: 'first' })
  sort: WordOrder = 'count';
}
