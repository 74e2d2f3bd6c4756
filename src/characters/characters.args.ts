import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { CharactersOptions } from '../encode/encode.args.ts';
import { DocumentTargetBody } from '../parse/parse.args.ts';
import { WordSource } from '../wordcount/wordcount.model.ts';
import { CharactersAnswer } from './characters.model.ts';

/** Which text of a page is meant, and what is wanted of its characters. */
@ArgsType()
export class PageCharactersOptions extends CharactersOptions {
  @Parameter({
    type: 'string',
    maxLength: 1000,
    description: 'A CSS selector: the text of the first element that it matches, as `/select` gives it. In place of `source`.',
    example: 'h1',
  })
  selector?: string;

  @Parameter({
    type: WordSource,
    description:
      'Which text of the page; unless given, and without `selector`, the text that a reader sees for HTML, and the content as it is for everything else.',
    example: 'raw',
  })
  source?: WordSource;
}

/** A text of the caller's own, in place of a page. */
class GivenText {
  @Parameter({
    type: 'string',
    allowEmpty: true,
    maxLength: 65_536,
    description: 'The text: at most 65,536 code points. Exactly one of `text`, `url` and `snapshot` is given.',
    example: 'H\n',
  })
  text?: string;
}

const FIELDS = FieldsOf(CharactersAnswer, ['length', 'characters.name']);

export class CharactersArgs extends IntersectionType(TargetArgs, PageCharactersOptions, GivenText, FIELDS) {}
export class CharactersBody extends IntersectionType(DocumentTargetBody, PageCharactersOptions, GivenText, FIELDS) {}
