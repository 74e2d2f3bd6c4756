import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { Tokenizer, WordOrder, WordSource } from './wordcount.model.ts';

/** How words are counted. */
@ArgsType()
export class WordCountOptions extends PageArgs {
  @Parameter({ type: Tokenizer, default: 'whitespace', description: 'What a word is.', example: 'unicode' })
  tokenizer: Tokenizer = 'whitespace';

  @Parameter({
    type: 'string',
    maxLength: 100,
    description: 'Language whose rules `tokenizer=unicode` follows, as a BCP 47 tag; `en` unless given.',
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
    description: 'Counts words that differ in letter case alone as one, in lower case.',
    example: true,
  })
  fold = false;

  @Parameter({ type: WordOrder, default: 'count', description: 'Order of the entries.', example: 'first' })
  sort: WordOrder = 'count';
}
