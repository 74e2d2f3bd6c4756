import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags, IntersectionType } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { DocumentTargetBody } from '../parse/parse.args.ts';
import { DocumentAnswer } from '../parse/parse.model.ts';
import { ParseService } from '../parse/parse.service.ts';
import { WordCountOptions } from './wordcount.args.ts';
import { WordCount } from './wordcount.model.ts';

export class WordCountAnswer extends IntersectionType(DocumentAnswer, WordCount) {}

const FIELDS = FieldsOf(WordCountAnswer, ['total', 'words.word']);

export class WordCountArgs extends IntersectionType(TargetArgs, WordCountOptions, FIELDS) {}
export class WordCountBody extends IntersectionType(DocumentTargetBody, WordCountOptions, FIELDS) {}

const WORDCOUNT = {
  type: WordCountAnswer,
  summary: 'The words of a text and how often each occurs',
  description: 'Counts the words that a reader of a page sees, or those of any other text as it is.',
};

@ApiTags('Documents')
@Controller()
export class WordCountController {
  constructor(private readonly parse: ParseService) {}

  @AnswersGet('wordcount', { ...WORDCOUNT, name: 'getWordCount' })
  getWordCount(@Query() args: WordCountArgs, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('wordcount', WordCountOptions, args, here);
  }

  @AnswersPost('wordcount', { ...WORDCOUNT, name: 'postWordCount' })
  postWordCount(@Body() args: WordCountBody, @RequestUrl() here: string): Promise<Buffer> {
    return this.parse.answer('wordcount', WordCountOptions, args, here);
  }
}
