import * as graph from '@nestjs/graphql';
import { ArgsType } from '@nestjs/graphql';
import { IntersectionType, PickType } from '@nestjs/swagger';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { NestedParameter } from '../api/nested-parameter.decorator.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { BatchCreationArgs, BatchViews, GraphBatchViews, MOST_CONCURRENT, ResultOrderArgs, RETRIEVAL } from '../batches/batch.args.ts';
import { WebhookArgument, WebhookBody, WebhookMember } from '../webhooks/webhook.args.ts';
import { Obedience, ScopeKind, SitemapUse } from '../sites/map.model.ts';
import { Crawl, CrawlResultsAnswer, CrawlsAnswer } from './crawl.model.ts';

/** How each page is retrieved: redirects are pages of their own. */
const OF_PAGES = RETRIEVAL.filter((name) => name !== 'maxRedirects');

/** Links on the way to the farthest page. */
export const MOST_DEPTH = 1000;

/** What creates a crawl, but for its views. */
@ArgsType()
class CrawlOptionsArgs {
  @Parameter({
    type: 'string',
    required: true,
    description: 'Where the crawl begins: absolute, http or https.',
    example: 'http://example.com/',
  })
  url!: string;

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 10_000_000,
    default: 1000,
    description: 'Pages to retrieve at most, redirects and failures included. At most what the server allows.',
    example: 100,
  })
  limit = 1000;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: MOST_DEPTH,
    default: 50,
    description: 'Links on the way to the farthest page; 0 for the start alone. Redirects are none.',
    example: 2,
  })
  depth = 50;

  @Parameter({
    type: 'list',
    maxItems: 50,
    default: [],
    description:
      'Only URLs whose path with its query begins with one of these, as patterns stand in robots.txt: `*` is anything, `$` at the end the end. The start is retrieved in any case.',
    example: ['/docs/', '*.html$'],
  })
  include: string[] = [];

  @Parameter({
    type: 'list',
    maxItems: 50,
    default: [],
    description: 'No URLs whose path begins with one of these; this wins.',
    example: ['/login', '*.pdf$'],
  })
  exclude: string[] = [];

  @Parameter({ type: ScopeKind, default: 'origin', description: 'Where it may go.', example: 'origin' })
  scope: (typeof ScopeKind)[keyof typeof ScopeKind] = 'origin';

  @Parameter({
    type: 'list',
    maxItems: 50,
    default: [],
    description: 'Further origins (or, with `scope: domain`, domains) where it may go, each as a URL.',
    example: ['http://shop.example.com'],
  })
  origins: string[] = [];

  @Parameter({ type: SitemapUse, default: 'include', description: 'What is made of sitemaps.', example: 'skip' })
  sitemap: (typeof SitemapUse)[keyof typeof SitemapUse] = 'include';

  @Parameter({
    type: Obedience,
    default: 'respect',
    description: 'What is made of robots.txt (RFC 9309), its `Crawl-delay` included.',
    example: 'respect',
  })
  robots: (typeof Obedience)[keyof typeof Obedience] = 'respect';

  @Parameter({
    type: Obedience,
    default: 'respect',
    description: 'What is made of `nofollow`, of links and of pages.',
    example: 'ignore',
  })
  nofollow: (typeof Obedience)[keyof typeof Obedience] = 'respect';

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 10_000_000,
    default: 1000,
    description:
      'URLs that differ in the values of their parameters, or in the date that they end with, alone: so many at most. Calendars and filters have no end.',
    example: 1000,
  })
  perPattern = 1000;

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: MOST_CONCURRENT,
    default: 8,
    description: 'Retrievals at a time, in all processes of the server. Of one origin at most as many as the server allows.',
    example: 8,
  })
  concurrency = 8;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 3_600_000,
    default: 0,
    description:
      'Milliseconds from the end of one retrieval of an origin to the beginning of the next. More than 0, or where robots.txt has a `Crawl-delay`: one at a time of each origin, whatever process does it.',
    example: 1000,
  })
  perOriginDelayMs = 0;
}

const VIEWS =
  'What is read off each page: the views by their names, each with the options of its endpoint. None unless given: then it is said what came back.';

const WEBHOOK = 'Where the end of the crawl is told: `crawl.completed`, `crawl.failed` or `crawl.cancelled`, signed by Standard Webhooks.';

/** What creates a crawl. */
export class CrawlBody extends IntersectionType(PickType(TargetArgs, OF_PAGES), CrawlOptionsArgs) {
  @NestedParameter(BatchViews, 'rest', { description: VIEWS, example: { metadata: {} } })
  views?: BatchViews;

  @WebhookMember(WEBHOOK)
  webhook?: WebhookBody;
}

/** The same as arguments of the graph. */
@ArgsType()
export class CreateCrawlArgs extends graph.IntersectionType(graph.PickType(TargetArgs, OF_PAGES, ArgsType), CrawlOptionsArgs, ArgsType) {
  @NestedParameter(GraphBatchViews, 'graph', { description: VIEWS })
  views?: GraphBatchViews;

  @WebhookArgument(WEBHOOK)
  webhook?: WebhookBody;
}

/** Which crawl is meant. */
export class CrawlPath {
  @Parameter({
    type: 'string',
    maxLength: 64,
    required: true,
    description: 'The id of a crawl, as the answer to its creation named it.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;
}

/** Whether to wait for a crawl. */
export class CrawlWaitArgs extends IntersectionType(
  PickType(BatchCreationArgs, ['wait'] as const),
  FieldsOf(Crawl, ['state', 'counts.pending']),
) {}

/** Which crawls are wanted. */
export class CrawlsArgs extends IntersectionType(PageArgs, FieldsOf(CrawlsAnswer, ['total', 'crawls.state'])) {}

/** Which results are wanted, and how. */
export class CrawlResultsArgs extends IntersectionType(
  PageArgs,
  ResultOrderArgs,
  FormatArgs,
  FieldsOf(CrawlResultsAnswer, ['next', 'results.url', 'results.status', 'results.views.metadata.title']),
) {}
