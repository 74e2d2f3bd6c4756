import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Json } from '../api/json.model.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Problem } from '../api/problem.model.ts';
import { Property } from '../api/property.decorator.ts';
import { BatchResultViews, BatchViewFailure, Removal } from '../batches/batch.model.ts';
import { SitemapFacts } from '../sites/map.model.ts';
import { WebhookAnswer } from '../webhooks/webhook.model.ts';
import type { JobState, PageSource } from '../jobs/tables.ts';

export const CrawlState = enumeration<JobState>(
  'CrawlState',
  {
    queued: 'Nothing has been retrieved yet.',
    running: 'Some of it is being retrieved.',
    completed: 'Every page that it may retrieve has a result, and one of them at least is no problem.',
    failed: 'Every page that it may retrieve has a result, and each of them is a problem.',
    cancelled: 'It was ended before.',
  },
  'How a crawl stands.',
);

export const CrawlResultState = enumeration(
  'CrawlResultState',
  {
    succeeded: 'A response came, whatever its status, and has all that was asked for.',
    failed: 'No response came, or something of it is a problem.',
    forbidden: 'It was not retrieved: robots.txt forbids it. `reason` says how.',
  },
  'What came of a page.',
);

export const CrawlSource = enumeration<PageSource>(
  'CrawlSource',
  {
    start: 'The crawl began there.',
    link: 'A link.',
    redirect: 'A redirect.',
    canonical: 'A canonical link.',
    sitemap: 'A sitemap.',
  },
  'What led to a page first.',
);

@ObjectType({ description: 'How many pages of a crawl stand how.' })
export class CrawlCounts {
  @Property(() => Int, { description: 'Pages that it knows: within its scope, and linked to or listed.', example: 42 })
  known!: number;

  @Property(() => Int, { description: 'Those that are retrieved next.', example: 0 })
  pending!: number;

  @Property(() => Int, { description: 'Those that may yet be retrieved; once it is finished, those that `limit` left.', example: 0 })
  waiting!: number;

  @Property(() => Int, { description: 'Those with all that was asked for.', example: 40 })
  succeeded!: number;

  @Property(() => Int, { description: 'Those with a problem.', example: 1 })
  failed!: number;

  @Property(() => Int, { description: 'Those that robots.txt forbids.', example: 1 })
  forbidden!: number;

  @Property(() => Int, { description: 'Those that were dropped when it was cancelled.', example: 0 })
  cancelled!: number;

  @Property(() => Int, { description: 'Links on the way to the farthest of them that was begun.', example: 3 })
  depth!: number;
}

export const PassedOverReason = enumeration(
  'CrawlPassedOverReason',
  {
    outside: 'It is out of the scope. Counted are links.',
    excluded: '`include` or `exclude` say so. Counted are links.',
    nofollow: 'Only `nofollow` links lead there. Counted are pages.',
    depth: 'It is farther from the start than `depth`. Counted are pages.',
    redirects: 'More than ten redirects lead there. Counted are pages.',
    tooLong: 'Its URL has more than 2,000 characters or 40 segments. Counted are links.',
    repeating: 'Its path repeats itself three times, as `/a/b/a/b/a/b`. Counted are links.',
    pattern: 'There are `perPattern` others like it, but for the values of their parameters or for their date. Counted are links.',
    full: 'The crawl knows as many pages as it may. Counted are links.',
  },
  'Why something is not retrieved.',
);

@ObjectType({ description: 'What a crawl passed over for one reason.' })
export class CrawlPassedOver {
  @Property(() => PassedOverReason, { description: 'Why.', example: 'outside' })
  reason!: string;

  @Property(() => Int, { description: 'How many links or pages.', example: 3 })
  count!: number;

  @Property(() => [String], { description: 'The first URLs, at most five.', example: ['http://example.net/'] })
  examples!: string[];
}

@ObjectType({ description: 'A site, retrieved and read page by page in the background.' })
export class Crawl {
  @Property(() => ID, { description: 'Id of the crawl.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  id!: string;

  @Property(() => String, { description: 'Where it began.', example: 'http://example.com/' })
  url!: string;

  @Property(() => CrawlState, { description: 'How it stands.', example: 'completed' })
  state!: JobState;

  @Property(() => CrawlCounts, { description: 'How many of its pages stand how.' })
  counts!: CrawlCounts;

  @Property(() => [CrawlPassedOver], { description: 'What was not retrieved for another reason than robots.txt and `limit`.' })
  passedOver!: CrawlPassedOver[];

  @Property(() => [SitemapFacts], { description: 'The sitemaps that it read, at most 100 of them.' })
  sitemaps!: SitemapFacts[];

  @Property(() => [String], {
    description: 'The origins where it may go; with `scope: domain`, those that it was given.',
    example: ['http://example.com'],
  })
  origins!: string[];

  @Property(() => String, { description: 'When it was taken on, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  createdAt!: string;

  @Property(() => String, {
    description: 'When its first page was begun; null before.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:00.100Z',
  })
  startedAt!: string | null;

  @Property(() => String, {
    description: 'When it was completed, had failed or was cancelled; null before.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:30.000Z',
  })
  finishedAt!: string | null;

  @Property(() => String, {
    description: 'When it is deleted with all its results; null before it is finished.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-30T10:00:30.000Z',
  })
  expiresAt!: string | null;

  @Property(() => Int, { description: 'Pages that it retrieves at most.', example: 1000 })
  limit!: number;

  @Property(() => Int, { description: 'Links on the way to the farthest page that it retrieves.', example: 50 })
  depth!: number;

  @Property(() => [String], { description: 'The views that were asked for.', example: ['metadata'] })
  views!: string[];

  @Property(() => Int, { description: 'Retrievals at a time.', example: 8 })
  concurrency!: number;

  @Property(() => Int, { description: 'Milliseconds between two retrievals of one origin.', example: 0 })
  perOriginDelayMs!: number;

  @Property(() => Float, { description: 'Bytes of its results so far, as JSON.', example: 20480 })
  resultBytes!: number;

  @Property(() => WebhookAnswer, { description: 'Where its end is told; null where nobody wants to hear it.', nullable: true })
  webhook!: WebhookAnswer | null;
}

const VIEWS = 'What was read off it, as the endpoints of the same names answer; null where nothing was retrieved.';
const none = (description: string): string => `${description}; null where there is none.`;

@ObjectType({ description: 'What came of one page of a crawl.' })
export class CrawlResult {
  @Property(() => Int, { description: 'Its number, from 0, in the order in which pages were found.', example: 1 })
  index!: number;

  @Property(() => String, { description: 'Its URL, normalised.', example: 'http://example.com/page2.htm' })
  url!: string;

  @Property(() => Int, { description: 'Links on the shortest way to it; redirects are none.', example: 1 })
  depth!: number;

  @Property(() => String, {
    description: 'URL of the page that led there first; null of the start, and of what a sitemap lists.',
    nullable: true,
    example: 'http://example.com/',
  })
  foundOn!: string | null;

  @Property(() => CrawlSource, { description: 'What led there first.', example: 'link' })
  source!: PageSource;

  @Property(() => CrawlResultState, { description: 'What came of it.', example: 'succeeded' })
  state!: (typeof CrawlResultState)[keyof typeof CrawlResultState];

  @Property(() => String, {
    description: 'Why it was not retrieved, where it is `forbidden`; null of all others.',
    nullable: true,
    example: null,
  })
  reason!: string | null;

  @Property(() => ID, {
    description: none('Id of the snapshot, which the process that retrieved it keeps for a while'),
    nullable: true,
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot!: string | null;

  @Property(() => String, {
    description: none('URL of the response: a redirect is a result of its own, and so is where it leads'),
    nullable: true,
    example: 'http://example.com/page2.htm',
  })
  finalUrl!: string | null;

  @Property(() => Int, { description: none('Status code of the response'), nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, {
    description: none('When it was retrieved, ISO 8601'),
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:00.000Z',
  })
  fetchedAt!: string | null;

  @Property(() => String, { description: none('Where a redirect leads, also out of the scope'), nullable: true, example: null })
  redirectsTo!: string | null;

  @Property(() => String, { description: none('Media type of the content'), nullable: true, example: 'text/html' })
  mediaType!: string | null;

  @Property(() => String, { description: none('Title of the page'), nullable: true, example: 'The Second Page' })
  title!: string | null;

  @Property(() => String, { description: none('What its canonical link names'), nullable: true, example: null })
  canonical!: string | null;

  @Property(() => Boolean, {
    description: 'Robots are asked not to index it; null where it is no page.',
    nullable: true,
    example: false,
  })
  noindex!: boolean | null;

  @Property(() => Boolean, {
    description: 'Robots are asked not to follow its links; null where it is no page.',
    nullable: true,
    example: false,
  })
  nofollow!: boolean | null;

  @Property(() => Int, { description: 'Links of the page to http and https; null where it is none.', nullable: true, example: 1 })
  links!: number | null;

  @Property(() => Problem, { description: none('Why it failed'), nullable: true })
  problem!: Problem | null;

  @Property(() => [BatchViewFailure], { description: 'The views that could not be read: of a file that is no page, all.', example: [] })
  failures!: BatchViewFailure[];

  @Field(() => Json, { description: `${VIEWS} Names as in \`views\` of the crawl.`, nullable: true })
  @ApiProperty({ type: () => BatchResultViews, description: VIEWS, required: true, nullable: true })
  views!: BatchResultViews | null;
}

@ObjectType('CrawlResults', { description: 'Results of a crawl.' })
export class CrawlResults extends ListFacts {
  @Property(() => [CrawlResult], { description: 'The results, in the order that was asked for.' })
  results!: CrawlResult[];
}

@ObjectType('Crawls', { description: 'Crawls, newest first.' })
export class Crawls extends ListFacts {
  @Property(() => [Crawl], { description: 'The crawls.' })
  crawls!: Crawl[];
}

class OfCrawl {
  @Property(() => Crawl, { description: 'The crawl, as it stood then.' })
  crawl!: Crawl;
}

export class CrawlResultsAnswer extends IntersectionType(CrawlResults, OfCrawl, NextUrl) {}
export class CrawlsAnswer extends IntersectionType(Crawls, NextUrl) {}

@ObjectType('CrawlRemoval', { description: 'What became of a crawl that was to go.' })
export class CrawlRemoval {
  @Property(() => Removal, { description: 'What was done.', example: 'cancelled' })
  done!: (typeof Removal)[keyof typeof Removal];

  @Property(() => Crawl, { description: 'The crawl, as it stands now; of one that was deleted, as it stood before.' })
  crawl!: Crawl;
}
