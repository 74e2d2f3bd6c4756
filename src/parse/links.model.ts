import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Position } from './element.model.ts';

export const LinkKind = enumeration(
  'LinkKind',
  {
    internal: 'To the origin of the document.',
    external: 'To another origin.',
    fragment: 'To a part of the document itself.',
    mail: 'To a mailbox: `mailto:`.',
    tel: 'To a telephone: `tel:`.',
    script: 'To a script: `javascript:`.',
    data: 'To what it carries itself: `data:`.',
    other: 'To another scheme.',
    invalid: 'Nowhere: it cannot be parsed, and its `url` is null.',
  },
  'Where a link leads.',
);
export type LinkKind = (typeof LinkKind)[keyof typeof LinkKind];

export const LinkMethod = enumeration(
  'LinkMethod',
  { parser: 'By parsing the document, as a browser does.', regex: 'By `href="(https?://.*?)"` on the raw text.' },
  'How links are found.',
);
export type LinkMethod = (typeof LinkMethod)[keyof typeof LinkMethod];

export const BaseSource = enumeration(
  'BaseSource',
  { element: 'A `<base>`.', url: 'The final URL.', parameter: 'The parameter `baseUrl` of an inline document.' },
  'What named the document base URL.',
);
export type BaseSource = (typeof BaseSource)[keyof typeof BaseSource];

@ObjectType({ description: 'A hyperlink.' })
export class Link {
  @Property(() => String, { description: 'As written, character references resolved (by `regex`: the raw text).', example: 'page2.htm' })
  href!: string;

  @Property(() => String, {
    nullable: true,
    description: 'Resolved against the document base URL; null where it cannot be parsed.',
    example: 'http://example.com/page2.htm',
  })
  url!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'Its descendant text, ASCII whitespace stripped and collapsed. Null by `regex`, which sees no elements.',
    example: 'Second Page',
  })
  text!: string | null;

  @Property(() => String, { nullable: true, description: 'Local name of the element, `a` or `area`. Null by `regex`.', example: 'a' })
  element!: string | null;

  @Property(() => [String], { description: 'Its link types, in lower case, each once.', example: ['nofollow'] })
  rel!: string[];

  @Property(() => String, { nullable: true, description: 'Its `title`.', example: null })
  title!: string | null;

  @Property(() => LinkKind, { description: 'Where it leads.', example: 'internal' })
  kind!: LinkKind;

  @Property(() => Position, { description: 'Where its start tag is (by `regex`: where the match begins).' })
  position!: Position;
}

@ObjectType({ description: 'The links of a document.' })
export class Links {
  @Property(() => String, {
    nullable: true,
    description: 'What links are resolved against: the document base URL. By `regex`, which sees no `<base>`, the URL of the document.',
    example: 'http://example.com/page1.htm',
  })
  baseUrl!: string | null;

  @Property(() => BaseSource, { description: 'What named `baseUrl`.', example: 'url' })
  baseSource!: BaseSource;

  @Property(() => LinkMethod, { description: 'How the links were found.', example: 'parser' })
  method!: LinkMethod;

  @Property(() => Int, { description: 'How many there are, after filters, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [Link], { description: 'The links, in document order.' })
  links!: Link[];
}
