import { Float, Int, ObjectType } from '@nestjs/graphql';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';

export const FeedFormat = enumeration(
  'FeedFormat',
  { rss: 'RSS 0.9x, 1.0 (RDF) or 2.0.', atom: 'Atom 0.3 or 1.0 (RFC 4287).', json: 'JSON Feed.' },
  'What a feed is written in.',
);
export type FeedFormat = (typeof FeedFormat)[keyof typeof FeedFormat];

@ObjectType({ description: 'Who wrote something.' })
export class FeedAuthor {
  @Property(() => String, { nullable: true, description: 'Name.', example: 'Ada Lovelace' })
  name!: string | null;

  @Property(() => Url, { nullable: true, description: 'Their page, resolved.', example: null })
  url!: string | null;

  @Property(() => String, { nullable: true, description: 'Their mailbox.', example: null })
  email!: string | null;
}

@ObjectType({ description: 'A file that goes with an item.' })
export class Enclosure {
  @Property(() => Url, { nullable: true, description: 'Resolved; null where it cannot be parsed.', example: 'http://example.com/1.mp3' })
  url!: string | null;

  @Property(() => String, { description: 'As written.', example: '1.mp3' })
  href!: string;

  @Property(() => String, { nullable: true, description: 'Its media type, as written.', example: 'audio/mpeg' })
  type!: string | null;

  @Property(() => Float, { nullable: true, description: 'Its size in bytes, as the feed says.', example: 1048576 })
  bytes!: number | null;

  @Property(() => Float, { nullable: true, description: 'How long it plays in seconds, as the feed says.', example: 61 })
  durationS!: number | null;
}

const DATE = 'ISO 8601, in UTC where the zone is said, otherwise as exact as written. Null where it is in no known form.';

@ObjectType({ description: 'An item of a feed, or an entry.' })
export class FeedItem {
  @Property(() => String, { nullable: true, description: 'What the feed calls it, as written.', example: 'tag:example.com,2026:1' })
  id!: string | null;

  @Property(() => Url, {
    nullable: true,
    description: 'Its page, resolved; null where there is none or it cannot be parsed.',
    example: 'http://example.com/1',
  })
  url!: string | null;

  @Property(() => String, { nullable: true, description: '`url` as written.', example: '/1' })
  href!: string | null;

  @Property(() => String, { nullable: true, description: 'Title, as text.', example: 'First' })
  title!: string | null;

  @Property(() => String, { nullable: true, description: 'A summary, as written: it may hold markup.', example: 'How it began.' })
  summary!: string | null;

  @Property(() => String, { nullable: true, description: 'The whole of it, as written; markup as markup.', example: '<p>It began.</p>' })
  content!: string | null;

  @Property(() => String, {
    nullable: true,
    description: 'Media type of `content`: `text/html`, `text/plain`, `application/xhtml+xml`, or as written.',
    example: 'text/html',
  })
  contentType!: string | null;

  @Property(() => String, { nullable: true, description: `When it was published. ${DATE}`, example: '2026-11-23T10:00:00.000Z' })
  published!: string | null;

  @Property(() => String, { nullable: true, description: '`published` as written.', example: 'Mon, 23 Nov 2026 10:00:00 GMT' })
  publishedWritten!: string | null;

  @Property(() => String, { nullable: true, description: `When it was changed. ${DATE}`, example: null })
  updated!: string | null;

  @Property(() => String, { nullable: true, description: '`updated` as written.', example: null })
  updatedWritten!: string | null;

  @Property(() => [FeedAuthor], { description: 'Who wrote it; none where only the feed as a whole says so.' })
  authors!: FeedAuthor[];

  @Property(() => [String], { description: 'Its categories, each once.', example: ['History'] })
  categories!: string[];

  @Property(() => String, { nullable: true, description: 'Its image, resolved.', example: null })
  image!: string | null;

  @Property(() => [Enclosure], { description: 'Files that go with it, each once.' })
  enclosures!: Enclosure[];
}

@ObjectType({ description: 'A feed, in whatever it is written.' })
export class Feed {
  @Property(() => FeedFormat, { description: 'What it is written in.', example: 'rss' })
  format!: FeedFormat;

  @Property(() => String, { nullable: true, description: 'The version of that; null where it is not said.', example: '2.0' })
  version!: string | null;

  @Property(() => String, { nullable: true, description: 'Title, as text.', example: 'News' })
  title!: string | null;

  @Property(() => String, { nullable: true, description: 'Description, as written.', example: 'What is new.' })
  description!: string | null;

  @Property(() => Url, { nullable: true, description: 'The site that it is of, resolved.', example: 'http://example.com/' })
  url!: string | null;

  @Property(() => Url, {
    nullable: true,
    description: 'Where it says it is itself, resolved; null where it does not say.',
    example: 'http://example.com/feed.xml',
  })
  feedUrl!: string | null;

  @Property(() => String, { nullable: true, description: 'Language, as written.', example: 'en' })
  language!: string | null;

  @Property(() => String, { nullable: true, description: `When it was changed. ${DATE}`, example: null })
  updated!: string | null;

  @Property(() => String, { nullable: true, description: '`updated` as written.', example: null })
  updatedWritten!: string | null;

  @Property(() => [FeedAuthor], { description: 'Who writes it.' })
  authors!: FeedAuthor[];

  @Property(() => String, { nullable: true, description: 'Its image, resolved.', example: null })
  image!: string | null;

  @Property(() => Int, { description: 'How many items there are, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [FeedItem], { description: 'The items, in the order of the feed.' })
  items!: FeedItem[];
}
