import { ObjectType } from '@nestjs/graphql';
import { Json } from '../api/json.model.ts';
import { Property } from '../api/property.decorator.ts';
import {
  Alternate,
  Icon,
  JsonLd,
  MetadataImage,
  MetaElement,
  Pagination,
  Refresh,
  RobotsRule,
  SOURCE,
  StructuredProperty,
  ThemeColor,
} from './metadata-parts.model.ts';

@ObjectType({ description: 'Which rule gave a member of the metadata: the first that had something.' })
export class MetadataSource {
  @Property(() => String, { description: 'Name of the member; `pagination.next` for one within another.', example: 'title' })
  member!: string;

  @Property(() => String, { description: SOURCE, example: 'title' })
  source!: string;

  @Property(() => String, {
    nullable: true,
    description: 'The value as written. The member is null where it says nothing that can be read: a date in no known form, a broken URL.',
    example: 'The First Page',
  })
  written!: string | null;
}

@ObjectType({ description: 'What a page says of itself. RDFa is not read, but for `property` of `meta`.' })
export class Metadata {
  @Property(() => String, { nullable: true, description: 'Title.', example: 'The First Page' })
  title!: string | null;

  @Property(() => String, { nullable: true, description: 'Description.', example: null })
  description!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'The URL that it wants to be known by, resolved.',
    example: 'http://example.com/page1.htm',
  })
  canonical!: string | null;

  @Property(() => String, { nullable: true, description: 'Language: a BCP 47 tag, as written.', example: 'en' })
  language!: string | null;

  @Property(() => String, { nullable: true, description: 'Direction of its text: `ltr`, `rtl` or `auto`.', example: 'ltr' })
  direction!: string | null;

  @Property(() => String, {
    nullable: true,
    description: "The document's encoding, by the Encoding Standard; null for an inline document, which comes as text.",
    example: 'UTF-8',
  })
  charset!: string | null;

  @Property(() => String, { nullable: true, description: 'Who wrote it.', example: null })
  author!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'When it was published: ISO 8601, in UTC where the zone is said, otherwise as exact as written (see `sources`).',
    example: '2026-11-23T10:00:00.000Z',
  })
  published!: string | null;

  @Property(() => String, { nullable: true, description: 'When it was changed, as `published`.', example: null })
  modified!: string | null;

  @Property(() => String, { nullable: true, description: 'Name of the site.', example: null })
  siteName!: string | null;

  @Property(() => String, { nullable: true, description: 'Its AMP form, resolved.', example: null })
  amp!: string | null;

  @Property(() => String, { nullable: true, description: 'Its web application manifest, resolved.', example: null })
  manifest!: string | null;

  @Property(() => Pagination, { description: 'What comes before and after it.' })
  pagination!: Pagination;

  @Property(() => [MetadataSource], { description: 'Which rule gave each of the members above.' })
  sources!: MetadataSource[];

  @Property(() => [MetadataImage], { description: 'Images that stand for it, best rule first, each URL once.' })
  images!: MetadataImage[];

  @Property(() => [Icon], { description: 'Its icons, in document order.' })
  icons!: Icon[];

  @Property(() => [ThemeColor], { description: 'Theme colours, in document order: the first whose media query holds is used.' })
  themeColors!: ThemeColor[];

  @Property(() => [Alternate], { description: 'Its feeds, which /feed reads.' })
  feeds!: Alternate[];

  @Property(() => [Alternate], { description: 'Where to ask for how to embed it (oEmbed).', example: [] })
  oEmbed!: Alternate[];

  @Property(() => [Alternate], {
    description: 'Its other forms: languages, media, types.',
    example: [
      {
        url: 'http://example.com/seite1.htm',
        href: 'seite1.htm',
        format: null,
        type: null,
        title: null,
        hreflang: 'de',
        media: null,
        source: 'link',
      },
    ],
  })
  alternates!: Alternate[];

  @Property(() => [RobotsRule], { description: 'What robots are told, by the page and by its header fields.' })
  robots!: RobotsRule[];

  @Property(() => Refresh, {
    nullable: true,
    description: 'Where it goes on by itself (a `Refresh` field, or `http-equiv=refresh`); null where it does not.',
  })
  refresh!: Refresh | null;

  @Property(() => [String], {
    description: 'Content security policies that it sets itself (`http-equiv`).',
    example: ["default-src 'self'"],
  })
  contentSecurityPolicies!: string[];

  @Property(() => [StructuredProperty], { description: 'Open Graph properties, in document order.' })
  openGraph!: StructuredProperty[];

  @Property(() => [StructuredProperty], {
    description: 'Properties of its Twitter card, in document order.',
    example: [{ property: 'twitter:card', content: 'summary', url: null, properties: [] }],
  })
  twitter!: StructuredProperty[];

  @Property(() => [JsonLd], {
    description: 'Its blocks of JSON-LD, in document order; one that is no JSON says why.',
    example: [{ value: { '@type': 'Article' }, error: null, position: { index: 0, line: 4, column: 1, offset: 78 } }],
  })
  jsonLd!: JsonLd[];

  @Property(() => Json, {
    description: "Its microdata, as the HTML Standard's JSON: `items`, each with `type`, `id` and `properties`.",
    example: { items: [{ type: ['https://schema.org/Article'], properties: { name: ['The First Page'] } }] },
  })
  microdata!: object;

  @Property(() => [MetaElement], { description: 'Every `meta`, in document order.' })
  meta!: MetaElement[];
}
