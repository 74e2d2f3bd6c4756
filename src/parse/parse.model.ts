import { ID, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType, OmitType } from '@nestjs/swagger';
import { Property } from '../api/property.decorator.ts';
import { Cache } from '../fetch/fetch.model.ts';
import { Extraction } from './extract.model.ts';
import { Feed } from './feed.model.ts';
import { LinksComparison } from './links-compare.model.ts';
import { Links } from './links.model.ts';
import { Metadata } from './metadata.model.ts';
import { Selection } from './select.model.ts';
import { Tags } from './tags.model.ts';

/** What every view of a document says of where it came from. An inline document has no target: null. */
@ObjectType({ isAbstract: true })
export class DocumentAnswer {
  @Property(() => ID, {
    description: 'Id of the snapshot; null for an inline document.',
    nullable: true,
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot!: string | null;

  @Property(() => String, {
    description: 'Target URL, as asked; null for an inline document.',
    nullable: true,
    example: 'http://example.com/page1.htm',
  })
  url!: string | null;

  @Property(() => String, {
    description: 'URL of the final response; null for an inline document.',
    nullable: true,
    example: 'http://example.com/page1.htm',
  })
  finalUrl!: string | null;

  @Property(() => Int, { description: 'Status code of the final response; null for an inline document.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, {
    description: 'When it was retrieved, ISO 8601; null for an inline document.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:00.000Z',
  })
  fetchedAt!: string | null;

  @Property(() => Boolean, { description: 'Certificates were not checked.', example: false })
  insecureTls!: boolean;

  @Property(() => Cache, { description: 'How the answer came about; null for an inline document.', nullable: true })
  cache!: Cache | null;

  @Property(() => String, {
    description:
      'Where the next entries are, an absolute URL; null when there are none, when an inline document would have to be sent again, or when a URL cannot say what was asked.',
    nullable: true,
    example: null,
  })
  next!: string | null;
}

/** It is one value: there is nothing to page through. */
export class ExtractAnswer extends IntersectionType(OmitType(DocumentAnswer, ['next']), Extraction) {}
export class FeedAnswer extends IntersectionType(DocumentAnswer, Feed) {}
export class LinksAnswer extends IntersectionType(DocumentAnswer, Links) {}
export class LinksCompareAnswer extends IntersectionType(DocumentAnswer, LinksComparison) {}
/** Its lists are short: there is nothing to page through. */
export class MetadataAnswer extends IntersectionType(OmitType(DocumentAnswer, ['next']), Metadata) {}
export class SelectAnswer extends IntersectionType(DocumentAnswer, Selection) {}
export class TagsAnswer extends IntersectionType(DocumentAnswer, Tags) {}
