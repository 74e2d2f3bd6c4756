import { Float, Int, ObjectType } from '@nestjs/graphql';
import { Json } from '../api/json.model.ts';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';
import { Position } from './element.model.ts';

/** What `source` means wherever a rule has given something. */
export const SOURCE =
  'What said so: an element (`title`, `h1`, `meta[name=description]`, `link[rel=canonical]`, `html[lang]`), a property (`og:title`), `JSON-LD` and a name, a header field (`http Link`), or `default`.';

@ObjectType({ description: 'An icon of the page.' })
export class Icon {
  @Property(() => Url, {
    nullable: true,
    description: 'Resolved; null where it cannot be parsed.',
    example: 'http://example.com/icon.png',
  })
  url!: string | null;

  @Property(() => String, { description: 'As written.', example: 'icon.png' })
  href!: string;

  @Property(() => [String], { description: 'Its link types, in lower case.', example: ['icon'] })
  rel!: string[];

  @Property(() => [String], { description: 'The sizes it is said to have, in lower case: `32x32`, `any`.', example: ['32x32'] })
  sizes!: string[];

  @Property(() => String, { nullable: true, description: 'Its media type, as written.', example: 'image/png' })
  type!: string | null;

  @Property(() => String, { nullable: true, description: 'The media query it is for, as written.', example: null })
  media!: string | null;

  @Property(() => String, { nullable: true, description: 'Colour of a mask icon, as written.', example: null })
  color!: string | null;

  @Property(() => String, {
    description: 'What named it: `link`, `http Link`, or `default` for the `/favicon.ico` that is asked for where no icon is named.',
    example: 'link',
  })
  source!: string;
}

@ObjectType({ description: 'Another form of the page, or something that goes with it.' })
export class Alternate {
  @Property(() => Url, {
    nullable: true,
    description: 'Resolved; null where it cannot be parsed.',
    example: 'http://example.com/feed.xml',
  })
  url!: string | null;

  @Property(() => String, { description: 'As written.', example: 'feed.xml' })
  href!: string;

  @Property(() => String, {
    nullable: true,
    description: 'Of a feed `rss`, `atom` or `json`, of oEmbed `json` or `xml`, by the media type; null where it is not said.',
    example: 'rss',
  })
  format!: string | null;

  @Property(() => String, { nullable: true, description: 'Its media type, as written.', example: 'application/rss+xml' })
  type!: string | null;

  @Property(() => String, { nullable: true, description: 'Its title.', example: 'News' })
  title!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'Its language, as written; `x-default` for readers of every other.',
    example: null,
  })
  hreflang!: string | null;

  @Property(() => String, { nullable: true, description: 'The media query it is for, as written.', example: null })
  media!: string | null;

  @Property(() => String, { description: 'What named it: `link` or `http Link`.', example: 'link' })
  source!: string;
}

@ObjectType({ description: 'An image that stands for the page.' })
export class MetadataImage {
  @Property(() => Url, {
    nullable: true,
    description: 'Resolved; null where it cannot be parsed.',
    example: 'http://example.com/cover.jpg',
  })
  url!: string | null;

  @Property(() => String, { description: 'As written.', example: 'cover.jpg' })
  href!: string;

  @Property(() => String, { nullable: true, description: 'What it shows.', example: null })
  alt!: string | null;

  @Property(() => Int, { nullable: true, description: 'Width in pixels, as the page says.', example: 1200 })
  width!: number | null;

  @Property(() => Int, { nullable: true, description: 'Height in pixels, as the page says.', example: 630 })
  height!: number | null;

  @Property(() => String, { nullable: true, description: 'Its media type, as written.', example: null })
  type!: string | null;

  @Property(() => String, { description: SOURCE, example: 'og:image' })
  source!: string;
}

@ObjectType({ description: 'A colour for what surrounds the page.' })
export class ThemeColor {
  @Property(() => String, { description: 'As written.', example: '#0b5cad' })
  color!: string;

  @Property(() => String, { nullable: true, description: 'The media query it is for, as written.', example: null })
  media!: string | null;

  @Property(() => String, { description: 'What said so.', example: 'meta[name=theme-color]' })
  source!: string;
}

@ObjectType({ description: 'What robots are told.' })
export class RobotsRule {
  @Property(() => String, { description: 'Whom it is for, in lower case: `robots` for all.', example: 'robots' })
  agent!: string;

  @Property(() => [String], { description: 'What is said, in lower case but for values.', example: ['noindex', 'nofollow'] })
  directives!: string[];

  @Property(() => String, { description: 'As written.', example: 'noindex, nofollow' })
  written!: string;

  @Property(() => String, { description: '`meta[name=…]` or `http X-Robots-Tag`.', example: 'meta[name=robots]' })
  source!: string;
}

@ObjectType({ description: 'Where a page goes on by itself.' })
export class Refresh {
  @Property(() => Float, { description: 'Seconds until then.', example: 5 })
  delayS!: number;

  @Property(() => String, { nullable: true, description: 'Where to, as written; null for the page itself.', example: 'page2.htm' })
  href!: string | null;

  @Property(() => Url, {
    nullable: true,
    description: 'Resolved; null where it cannot be parsed, and for an inline document that goes to itself.',
    example: 'http://example.com/page2.htm',
  })
  url!: string | null;

  @Property(() => String, { description: 'What said so.', example: 'meta[http-equiv=refresh]' })
  source!: string;
}

@ObjectType({ description: 'Earlier and later parts of what the page is one of.' })
export class Pagination {
  @Property(() => String, { nullable: true, description: 'The part before, resolved.', example: null })
  previous!: string | null;

  @Property(() => String, { nullable: true, description: 'The part after, resolved.', example: 'http://example.com/page2.htm' })
  next!: string | null;
}

@ObjectType({ description: 'What is said about a property.' })
export class PropertyDetail {
  @Property(() => String, { description: 'Name, in lower case.', example: 'og:image:width' })
  property!: string;

  @Property(() => String, { description: 'Content, as written.', example: '1200' })
  content!: string;

  @Property(() => Url, { nullable: true, description: 'The content resolved, where it is a URL.', example: null })
  url!: string | null;
}

@ObjectType({ description: 'A property, with what is said about it.' })
export class StructuredProperty {
  @Property(() => String, { description: 'Name, in lower case.', example: 'og:image' })
  property!: string;

  @Property(() => String, { description: 'Content, as written.', example: 'cover.jpg' })
  content!: string;

  @Property(() => Url, {
    nullable: true,
    description: 'The content resolved, where it is a URL.',
    example: 'http://example.com/cover.jpg',
  })
  url!: string | null;

  @Property(() => [PropertyDetail], { description: 'What belongs to it: `og:image:width` to the `og:image` before it.' })
  properties!: PropertyDetail[];
}

@ObjectType({ description: 'Why a text is no JSON.' })
export class JsonError {
  @Property(() => String, { description: 'What is wrong.', example: 'Unexpected token' })
  message!: string;

  @Property(() => Int, { description: 'Line in the text of the script, from 1.', example: 2 })
  line!: number;

  @Property(() => Int, { description: 'Column, from 1, in UTF-16 code units.', example: 7 })
  column!: number;

  @Property(() => Int, { description: 'UTF-16 code units before it in the text of the script.', example: 9 })
  offset!: number;
}

@ObjectType({ description: 'A block of JSON-LD.' })
export class JsonLd {
  @Property(() => Json, {
    nullable: true,
    description: 'What it says, as written; null where it is no JSON.',
    example: { '@type': 'Article' },
  })
  value!: unknown;

  @Property(() => JsonError, { nullable: true, description: 'Why it could not be read; null where it could.' })
  error!: JsonError | null;

  @Property(() => Position, { description: 'Where the script is.' })
  position!: Position;
}

@ObjectType({ description: 'A `meta` element. What it does not have is null.' })
export class MetaElement {
  @Property(() => String, { nullable: true, description: 'Its `name`.', example: 'description' })
  name!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `property` (RDFa, Open Graph).', example: null })
  property!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `http-equiv`.', example: null })
  httpEquiv!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `itemprop` (microdata).', example: null })
  itemprop!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `charset`.', example: null })
  charset!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `media`.', example: null })
  media!: string | null;

  @Property(() => String, { nullable: true, description: 'Its `content`.', example: 'A page.' })
  content!: string | null;

  @Property(() => Position, { description: 'Where its tag is.' })
  position!: Position;
}
