import { Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType, OmitType } from '@nestjs/swagger';
import { Property } from '../api/property.decorator.ts';
import { DocumentAnswer } from '../parse/parse.model.ts';
import { TextScope } from './text.model.ts';

@ObjectType({ description: 'A page, or its main article, as Markdown.' })
export class PageMarkdown {
  @Property(() => TextScope, { description: 'What was written: `page` also where no article was found.', example: 'article' })
  scope!: TextScope;

  @Property(() => String, { nullable: true, description: 'Title of the article, or of the page.', example: 'The tides rise again today' })
  title!: string | null;

  @Property(() => String, { nullable: true, description: 'Who wrote it.', example: 'Ada Quay' })
  byline!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'What the page calls its description, or the first paragraph.',
    example: 'Water, and more of it.',
  })
  excerpt!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'When it was published, ISO 8601; null where that is not said in a known form.',
    example: '2026-11-23T10:00:00.000Z',
  })
  published!: string | null;

  @Property(() => String, { nullable: true, description: 'Language, as written.', example: 'en' })
  language!: string | null;

  @Property(() => Int, { description: 'How many words a reader sees, as white space parts them.', example: 120 })
  words!: number;

  @Property(() => String, {
    description:
      'CommonMark with the tables and the strikethrough of GitHub Flavored Markdown, and no HTML in it. Links and images are resolved; code has its language where a class names it. An article is without its title, which is a member of its own.',
    example: 'The tide came in.\n\n## At the quay\n\n- [Tables](http://example.com/tables)',
  })
  markdown!: string;
}

export class MarkdownAnswer extends IntersectionType(OmitType(DocumentAnswer, ['next']), PageMarkdown) {}
