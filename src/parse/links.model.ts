import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Position } from './element.model.ts';

export const LinkKind = enumeration(
  'LinkKind',
  ['internal', 'external', 'fragment', 'mail', 'tel', 'script', 'data', 'other', 'invalid'],
  'Where a link leads: to the origin of the document, to another, to a part of the document itself; by its scheme; or nowhere (`invalid`).',
);
export type LinkKind = (typeof LinkKind)[keyof typeof LinkKind];

export const LinkMethod = enumeration(
  'LinkMethod',
  ['parser', 'regex'],
  'How links are found: as a browser does, or as `href="(https?://.*?)"` does on the raw text.',
);
export type LinkMethod = (typeof LinkMethod)[keyof typeof LinkMethod];

export const BaseSource = enumeration(
  'BaseSource',
  ['element', 'url', 'parameter'],
  'What named the document base URL: a `<base>`, the final URL, or the parameter of an inline document.',
);
export type BaseSource = (typeof BaseSource)[keyof typeof BaseSource];

@ObjectType({ description: 'A hyperlink.' })
export class Link {
  @Property(() => String, { description: 'As written, character references resolved (by `regex`: the raw text).', example: 'page2.htm' })
  href!: string;

  @Property(() => String, {
    nullable: true,
    description: 'Resolved against the document base URL; null where it cannot be parsed.',
    example: 'http://data.pr4e.org/page2.htm',
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
    example: 'http://data.pr4e.org/page1.htm',
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
