import { Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';
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

export const Landmark = enumeration(
  'Landmark',
  {
    nav: 'A section of links: `nav`, or `role=navigation`.',
    header: 'An introduction: `header`, or `role=banner`.',
    footer: '`footer`, or `role=contentinfo`.',
    main: 'What the page is about: `main`, or `role=main`.',
    aside: 'What stands beside it: `aside`, or `role=complementary`.',
    article: 'What could stand alone: `article`, or `role=article`.',
    section: '`section`, or `role=region`.',
    search: '`search`, or `role=search`.',
  },
  'A part of a page, as an element or the first word of a `role` that names one says it.',
);
export type Landmark = (typeof Landmark)[keyof typeof Landmark];

export const BaseSource = enumeration(
  'BaseSource',
  { element: 'A `<base>`.', url: 'The final URL.', parameter: 'The parameter `baseUrl` of an inline document.' },
  'What named the document base URL.',
);
export type BaseSource = (typeof BaseSource)[keyof typeof BaseSource];

@ObjectType({ description: 'A link: a hyperlink, or what else has a URL.' })
export class Link {
  @Property(() => String, { description: 'As written, character references resolved (by `regex`: the raw text).', example: 'page2.htm' })
  href!: string;

  @Property(() => Url, {
    nullable: true,
    description: 'Resolved against the document base URL; null where it cannot be parsed.',
    example: 'http://example.com/page2.htm',
  })
  url!: string | null;

  @Property(() => String, {
    nullable: true,
    description:
      'Its descendant text, ASCII whitespace stripped and collapsed. Null of what is neither `a`, `area` nor a button, and by `regex`, which sees no elements.',
    example: 'Second Page',
  })
  text!: string | null;

  @Property(() => String, { nullable: true, description: 'Local name of the element. Null by `regex`.', example: 'a' })
  element!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'The attribute that it stands in. Null in the text of a `style` element, and by `regex`.',
    example: 'href',
  })
  attribute!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'Of an image of a `srcset` its descriptors as written, as `2x` or `480w`; null without them, and for all else.',
    example: null,
  })
  descriptor!: string | null;

  @Property(() => [String], { description: 'Its link types, in lower case, each once.', example: ['nofollow'] })
  rel!: string[];

  @Property(() => String, { nullable: true, description: 'Its `title`.', example: null })
  title!: string | null;

  @Property(() => LinkKind, { description: 'Where it leads.', example: 'internal' })
  kind!: LinkKind;

  @Property(() => String, {
    nullable: true,
    description:
      'The domain that somebody has registered, of which its host is a part: by the Public Suffix List, its private section included. Null for an address, for a suffix, and where there is no host.',
    example: 'example.com',
  })
  registrableDomain!: string | null;

  @Property(() => String, {
    nullable: true,
    description:
      'The descendant text of the `h1` to `h6` that was begun last before it in document order, also where the link is in it; empty where that has none. Null before the first, and by `regex`.',
    example: 'The First Page',
  })
  nearestHeading!: string | null;

  @Property(() => Landmark, {
    nullable: true,
    description: 'The innermost part of the page that it is in. Null in none, and by `regex`.',
    example: 'main',
  })
  landmark!: Landmark | null;

  @Property(() => Boolean, {
    nullable: true,
    description: 'It is in a `nav`, or in what has that role, at any depth. Null by `regex`.',
    example: false,
  })
  inNav!: boolean | null;

  @Property(() => Int, {
    description:
      'Which of the links to the same URL it is, from 1 (to the same `href` where there is no URL), before filters but `element` and `include`.',
    example: 1,
  })
  occurrence!: number;

  @Property(() => Int, { description: 'How many links to the same URL there are, counted in the same way.', example: 1 })
  occurrences!: number;

  @Property(() => Position, { description: 'Where its start tag is (by `regex`: where the match begins).' })
  position!: Position;
}

@ObjectType({ description: 'The links of a document.' })
export class Links {
  @Property(() => Url, {
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
