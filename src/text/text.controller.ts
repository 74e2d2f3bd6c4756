import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { ParseService } from '../parse/parse.service.ts';
import { MarkdownArgs, MarkdownBody, MarkdownOptions } from './markdown.args.ts';
import { MarkdownAnswer, PageMarkdown } from './markdown.model.ts';
import { TablesArgs, TablesBody, TablesOptions } from './tables.args.ts';
import { TablesAnswer, TableText } from './tables.model.ts';
import { TextArgs, TextBody, TextOptions } from './text.args.ts';
import { PageText, TextAnswer } from './text.model.ts';

const MARKDOWN = {
  type: MarkdownAnswer,
  text: { member: 'markdown', format: 'markdown', model: PageMarkdown },
  summary: 'The main article of a page as Markdown',
  description:
    'What the reader view of a browser shows of a page, as CommonMark with tables; the whole page where there is no article, or with `scope=page`.',
} as const;
const TABLES = {
  type: TablesAnswer,
  text: { member: 'table', format: 'csv', view: 'table-csv', model: TableText },
  summary: 'The tables of a page',
  description: 'Every `table` as rows of texts, row and column spans resolved, with its caption and its headers; one of them as CSV.',
} as const;
const TEXT = {
  type: TextAnswer,
  text: { member: 'text', format: 'text', model: PageText },
  summary: 'The text that a reader of a page sees',
  description:
    'The text of a page as `innerText` gives it in a browser without style sheets and scripts, or of its main article alone. Other text is answered as it is.',
} as const;

@ApiTags('Documents')
@Controller()
export class TextController {
  constructor(private readonly parse: ParseService) {}

  @AnswersGet('markdown', MARKDOWN)
  getMarkdown(@Query() args: MarkdownArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('markdown', MARKDOWN.text, MarkdownOptions, args, asked);
  }

  @AnswersPost('markdown', MARKDOWN)
  postMarkdown(@Body() args: MarkdownBody, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('markdown', MARKDOWN.text, MarkdownOptions, args, asked);
  }

  @AnswersGet('tables', TABLES)
  getTables(@Query() args: TablesArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('tables', TABLES.text, TablesOptions, args, asked);
  }

  @AnswersPost('tables', TABLES)
  postTables(@Body() args: TablesBody, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('tables', TABLES.text, TablesOptions, args, asked);
  }

  @AnswersGet('text', TEXT)
  getText(@Query() args: TextArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('text', TEXT.text, TextOptions, args, asked);
  }

  @AnswersPost('text', TEXT)
  postText(@Body() args: TextBody, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.parse.text('text', TEXT.text, TextOptions, args, asked);
  }
}
