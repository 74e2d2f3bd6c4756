import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import type { TextFormat } from '../formats/text-format.ts';
import { DocumentTargetBody } from '../parse/parse.args.ts';
import { TextAnswer, TextScope } from './text.model.ts';

/** Which text of a page is wanted. */
@ArgsType()
export class TextOptions {
  @Parameter({ type: TextScope, default: 'page', description: 'How much of the page is read.', example: 'article' })
  scope: TextScope = 'page';

  @Parameter({
    type: 'string',
    maxLength: 1000,
    description:
      'A CSS selector: only the text of the elements that it matches, a line feed between two of them; what is in one of them is not told again. Not for `scope=article`.',
    example: 'main p',
  })
  selector?: string;
}

const Format = enumeration<Extract<TextFormat, 'json' | 'text'>>(
  'TextFormat',
  { json: 'The whole answer.', text: 'The text alone, as `text/plain` in UTF-8.' },
  'The form of a text.',
);

/** In which form a text is answered. Not for the graph, which has one of its own. */
class TextFormatArgs {
  @Parameter({
    type: Format,
    description:
      'The form of the answer. Unless given, what `Accept` asks for: `text/plain`, otherwise JSON. But for JSON, header fields tell of the target.',
    example: 'text',
  })
  format?: (typeof Format)[keyof typeof Format];
}

const FIELDS = FieldsOf(TextAnswer, ['text']);

export class TextArgs extends IntersectionType(TargetArgs, TextOptions, TextFormatArgs, FIELDS) {}
export class TextBody extends IntersectionType(DocumentTargetBody, TextOptions, TextFormatArgs, FIELDS) {}
