import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import type { TextFormat } from '../formats/text-format.ts';
import { DocumentTargetBody } from '../parse/parse.args.ts';
import { MarkdownAnswer } from './markdown.model.ts';
import { TextScope } from './text.model.ts';

/** What of a page is wanted as Markdown. */
@ArgsType()
export class MarkdownOptions {
  @Parameter({ type: TextScope, default: 'article', description: 'How much of the page is written.', example: 'page' })
  scope: TextScope = 'article';
}

const Format = enumeration<Extract<TextFormat, 'json' | 'markdown'>>(
  'MarkdownFormat',
  { json: 'The whole answer.', markdown: 'The Markdown alone, as `text/markdown` in UTF-8.' },
  'The form of Markdown.',
);

/** In which form Markdown is answered. Not for the graph, which has one of its own. */
class MarkdownFormatArgs {
  @Parameter({
    type: Format,
    description:
      'The form of the answer. Unless given, what `Accept` asks for: `text/markdown`, otherwise JSON. But for JSON, header fields tell of the target.',
    example: 'markdown',
  })
  format?: (typeof Format)[keyof typeof Format];
}

const FIELDS = FieldsOf(MarkdownAnswer, ['title', 'markdown']);

export class MarkdownArgs extends IntersectionType(TargetArgs, MarkdownOptions, MarkdownFormatArgs, FIELDS) {}
export class MarkdownBody extends IntersectionType(DocumentTargetBody, MarkdownOptions, MarkdownFormatArgs, FIELDS) {}
