import { Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType, OmitType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { DocumentAnswer } from '../parse/parse.model.ts';

export const TextScope = enumeration(
  'TextScope',
  {
    page: 'The whole page.',
    article: 'The main article, as the reader view of a browser finds it; the whole page where there is none.',
  },
  'How much of a page is read.',
);
export type TextScope = (typeof TextScope)[keyof typeof TextScope];

@ObjectType({ description: 'The text that a reader of a page sees.' })
export class PageText {
  @Property(() => TextScope, { description: 'How much was read: `page` also where no article was found.', example: 'page' })
  scope!: TextScope;

  @Property(() => Int, { nullable: true, description: 'How many elements `selector` matched; null without one.', example: null })
  elements!: number | null;

  @Property(() => String, { nullable: true, description: 'Title of the page, or of the article.', example: 'The First Page' })
  title!: string | null;

  @Property(() => String, { nullable: true, description: 'Language, as written.', example: 'en' })
  language!: string | null;

  @Property(() => Int, { description: 'How many code points the text has.', example: 29 })
  characters!: number;

  @Property(() => Int, { description: 'How many lines it has.', example: 3 })
  lines!: number;

  @Property(() => String, {
    description:
      'The text as `innerText` gives it where scripts are not run and style sheets not applied: a line for each block, a blank line around paragraphs, a tab between the cells of a row, what is hidden left out. Text that is no document is as it is.',
    example: 'The First Page\n\nSecond Page',
  })
  text!: string;
}

export class TextAnswer extends IntersectionType(OmitType(DocumentAnswer, ['next']), PageText) {}
