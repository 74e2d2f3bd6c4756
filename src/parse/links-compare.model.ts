import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';
import { Position } from './element.model.ts';

export const FoundBy = enumeration(
  'FoundBy',
  {
    both: 'By both, at the same place.',
    regex: 'By the regular expression alone.',
    parser: 'By the parser alone.',
  },
  'Which method found a link.',
);
export type FoundBy = (typeof FoundBy)[keyof typeof FoundBy];

export const LinkReason = enumeration(
  'LinkReason',
  {
    relative: 'Missed by the expression: a URL without a scheme, which has to be resolved.',
    scheme: 'Missed by the expression: a URL that does not begin with `http://` or `https://`.',
    'single-quoted': 'Missed by the expression: the value stands in single quotes.',
    unquoted: 'Missed by the expression: the value stands in no quotes.',
    'upper-case': 'Missed by the expression: the attribute or the scheme has a capital letter.',
    'character-reference':
      'Missed by the expression: the scheme is written with a character reference. Where both found it: the expression has the references, the parser what they mean.',
    whitespace: 'Missed by the expression: white space stands around the equals sign or before the URL, or control characters do.',
    comment: 'No link: it stands in a comment.',
    script: 'No link: it stands in a script.',
    'raw-text': 'No link: it stands in a style sheet, a title, a `textarea` or another element whose text is no markup.',
    text: 'No link: it stands in text, between tags.',
    template: 'No link yet: it stands in a template, whose content is no part of the document.',
    'not-a-hyperlink': 'No hyperlink: it is in another attribute than the `href` of an `a` or `area`.',
    'duplicate-attribute': 'No link: the tag has an attribute of this name already, and the first one counts.',
    'broken-markup':
      'A line break, a missing quote or an end tag: the expression and the parser see the bounds of attributes in different places.',
    dropped: 'No link: the parser drops the tag, which must not stand there.',
    misnested: 'Counted again by the parser: it makes an element anew that is still open where its parent ends.',
    other: 'None of these.',
  },
  'Why a link was found by one method alone, or in two ways.',
);
export type LinkReason = (typeof LinkReason)[keyof typeof LinkReason];

@ObjectType({ description: 'A link as one method found it.' })
export class LinkFinding {
  @Property(() => String, { description: 'As this method has it.', example: 'http://example.com/page2.htm' })
  href!: string;

  @Property(() => Url, {
    nullable: true,
    description: 'What that means, resolved as `/links` does; null where it cannot be parsed.',
    example: 'http://example.com/page2.htm',
  })
  url!: string | null;

  @Property(() => Position, { description: 'Where it is, as `/links` says by this method.' })
  position!: Position;
}

@ObjectType({ description: 'A place where a regular expression, a parser or both found a link.' })
export class ComparedLink {
  @Property(() => FoundBy, { description: 'Who found it.', example: 'both' })
  foundBy!: FoundBy;

  @Property(() => LinkFinding, { nullable: true, description: 'What the expression found; null for nothing.' })
  regex!: LinkFinding | null;

  @Property(() => LinkFinding, { nullable: true, description: 'What the parser found; null for nothing.' })
  parser!: LinkFinding | null;

  @Property(() => LinkReason, { nullable: true, description: 'Why they differ; null where both found the same.', example: null })
  reason!: LinkReason | null;

  @Property(() => String, { nullable: true, description: 'The same in a sentence about this link.', example: null })
  explanation!: string | null;
}

@ObjectType({ description: 'How often links differ for a reason.' })
export class LinkReasonCount {
  @Property(() => LinkReason, { description: 'The reason.', example: 'relative' })
  reason!: LinkReason;

  @Property(() => FoundBy, { description: 'Who found them.', example: 'parser' })
  foundBy!: FoundBy;

  @Property(() => Int, { description: 'How many.', example: 12 })
  count!: number;
}

@ObjectType({ description: 'The links that a regular expression finds beside those that a parser finds.' })
export class LinksComparison {
  @Property(() => String, { description: 'The regular expression.', example: 'href="(https?://.*?)"' })
  expression!: string;

  @Property(() => Int, { description: 'Links that the expression finds.', example: 1 })
  regex!: number;

  @Property(() => Int, { description: 'Links that the parser finds.', example: 1 })
  parser!: number;

  @Property(() => Int, { description: 'Links that both find, at the same place.', example: 1 })
  both!: number;

  @Property(() => Int, { description: 'Links that the expression alone finds.', example: 0 })
  onlyRegex!: number;

  @Property(() => Int, { description: 'Links that the parser alone finds.', example: 0 })
  onlyParser!: number;

  @Property(() => [LinkReasonCount], { description: 'Why they differ, the most frequent first; before filters.' })
  reasons!: LinkReasonCount[];

  @Property(() => Int, { description: 'How many entries there are, after filters, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [ComparedLink], { description: 'What each found, in the order of the source.' })
  links!: ComparedLink[];
}
