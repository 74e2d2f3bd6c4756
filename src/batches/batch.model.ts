import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Json } from '../api/json.model.ts';
import { ListFacts, NextUrl } from '../api/list.model.ts';
import { Problem } from '../api/problem.model.ts';
import { Property } from '../api/property.decorator.ts';
import { ResponseHead } from '../fetch/fetch.model.ts';
import type { JobState } from '../jobs/tables.ts';
import { Extraction } from '../parse/extract.model.ts';
import { Feed } from '../parse/feed.model.ts';
import { LinksComparison } from '../parse/links-compare.model.ts';
import { Links } from '../parse/links.model.ts';
import { Metadata } from '../parse/metadata.model.ts';
import { Selection } from '../parse/select.model.ts';
import { Tags } from '../parse/tags.model.ts';
import { PageMarkdown } from '../text/markdown.model.ts';
import { Tables } from '../text/tables.model.ts';
import { PageText } from '../text/text.model.ts';
import { WebhookAnswer } from '../webhooks/webhook.model.ts';
import { WordCount } from '../wordcount/wordcount.model.ts';
import type { BatchViewName } from './batch-views.ts';

export const BatchState = enumeration<JobState>(
  'BatchState',
  {
    queued: 'Nothing has been retrieved yet.',
    running: 'Some of it is being retrieved.',
    completed: 'Every URL has a result, and one of them at least is what was asked for.',
    failed: 'Every URL has a result, and each of them is a problem.',
    cancelled: 'It was ended before every URL had a result.',
  },
  'How a batch stands.',
);

export const ResultState = enumeration(
  'BatchResultState',
  { succeeded: 'It has all that was asked for.', failed: 'Something of it is a problem.' },
  'What came of a URL.',
);

export const ResultOrder = enumeration(
  'BatchResultOrder',
  {
    arrival: 'As they came: what comes later is behind what was there, so that `next` misses nothing while the batch runs.',
    index: 'As the URLs were given.',
  },
  'The order of results.',
);
export type ResultOrder = (typeof ResultOrder)[keyof typeof ResultOrder];

@ObjectType({ description: 'How many URLs of a batch stand how.' })
export class BatchCounts {
  @Property(() => Int, { description: 'All.', example: 3 })
  total!: number;

  @Property(() => Int, { description: 'Those that have no result yet.', example: 0 })
  pending!: number;

  @Property(() => Int, { description: 'Those with all that was asked for.', example: 2 })
  succeeded!: number;

  @Property(() => Int, { description: 'Those with a problem.', example: 1 })
  failed!: number;

  @Property(() => Int, { description: 'Those that were dropped when the batch was cancelled.', example: 0 })
  cancelled!: number;
}

@ObjectType({ description: 'A list of URLs, retrieved and read in the background.' })
export class Batch {
  @Property(() => ID, { description: 'Id of the batch.', example: 'p7Yf3v0bq1yQ8o2JmVwQ1g' })
  id!: string;

  @Property(() => BatchState, { description: 'How it stands.', example: 'completed' })
  state!: JobState;

  @Property(() => BatchCounts, { description: 'How many of its URLs stand how.' })
  counts!: BatchCounts;

  @Property(() => String, { description: 'When it was taken on, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  createdAt!: string;

  @Property(() => String, {
    description: 'When its first URL was begun; null before.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:00.100Z',
  })
  startedAt!: string | null;

  @Property(() => String, {
    description: 'When it was completed, had failed or was cancelled; null before.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:01.000Z',
  })
  finishedAt!: string | null;

  @Property(() => String, {
    description: 'When it is deleted with all its results; null before it is finished.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-30T10:00:01.000Z',
  })
  expiresAt!: string | null;

  @Property(() => [String], { description: 'The views that were asked for.', example: ['links', 'metadata'] })
  views!: string[];

  @Property(() => Int, { description: 'Retrievals at a time.', example: 16 })
  concurrency!: number;

  @Property(() => Int, { description: 'Milliseconds between two retrievals of one origin.', example: 0 })
  perOriginDelayMs!: number;

  @Property(() => Float, { description: 'Bytes of its results so far, as JSON.', example: 20480 })
  resultBytes!: number;

  @Property(() => WebhookAnswer, { description: 'Where its end is told; null where nobody wants to hear it.', nullable: true })
  webhook!: WebhookAnswer | null;
}

/** For REST: in the graph it is one value, since what a page's own fields do there is worked out where the page is. */
export class BatchResultViews implements Record<BatchViewName, object | null> {
  @Property(() => ResponseHead, { description: 'As /headers.', nullable: true })
  headers!: ResponseHead | null;

  @Property(() => Links, { description: 'As /links.', nullable: true })
  links!: Links | null;

  @Property(() => LinksComparison, { description: 'As /links/compare.', nullable: true })
  linksCompare!: LinksComparison | null;

  @Property(() => Tags, { description: 'As /tags.', nullable: true })
  tags!: Tags | null;

  @Property(() => Selection, { description: 'As /select.', nullable: true })
  select!: Selection | null;

  @Property(() => Extraction, { description: 'As /extract.', nullable: true })
  extract!: Extraction | null;

  @Property(() => Metadata, { description: 'As /metadata.', nullable: true })
  metadata!: Metadata | null;

  @Property(() => Feed, { description: 'As /feed.', nullable: true })
  feed!: Feed | null;

  @Property(() => PageText, { description: 'As /text.', nullable: true })
  text!: PageText | null;

  @Property(() => PageMarkdown, { description: 'As /markdown.', nullable: true })
  markdown!: PageMarkdown | null;

  @Property(() => Tables, { description: 'As /tables.', nullable: true })
  tables!: Tables | null;

  @Property(() => WordCount, { description: 'As /wordcount.', nullable: true })
  wordCount!: WordCount | null;
}

@ObjectType({ description: 'A view that could not be read, although the page was retrieved.' })
export class BatchViewFailure {
  @Property(() => String, { description: 'Which one.', example: 'links' })
  view!: string;

  @Property(() => Problem, { description: 'Why.' })
  problem!: Problem;
}

const VIEWS = 'What was read off it, as the endpoints of the same names answer; null where nothing was retrieved.';

@ObjectType({ description: 'What came of one URL of a batch.' })
export class BatchResult {
  @Property(() => Int, { description: 'Which of the URLs it is, from 0.', example: 0 })
  index!: number;

  @Property(() => String, { description: 'The URL, as given.', example: 'http://example.com/page1.htm' })
  url!: string;

  @Property(() => ResultState, { description: 'What came of it.', example: 'succeeded' })
  state!: (typeof ResultState)[keyof typeof ResultState];

  @Property(() => ID, {
    description: 'Id of the snapshot, which the process that retrieved it keeps for a while; null where nothing was retrieved.',
    nullable: true,
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot!: string | null;

  @Property(() => String, {
    description: 'URL of the final response; null where there is none.',
    nullable: true,
    example: 'http://example.com/page1.htm',
  })
  finalUrl!: string | null;

  @Property(() => Int, { description: 'Status code of the final response; null where there is none.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => String, {
    description: 'When it was retrieved, ISO 8601; null where it was not.',
    nullable: true,
    format: 'date-time',
    example: '2026-11-23T10:00:00.000Z',
  })
  fetchedAt!: string | null;

  @Property(() => Problem, {
    description: 'Why it failed: the retrieval, or else the first view of `failures`; null where it succeeded.',
    nullable: true,
  })
  problem!: Problem | null;

  @Property(() => [BatchViewFailure], { description: 'The views that could not be read.', example: [] })
  failures!: BatchViewFailure[];

  @Field(() => Json, { description: `${VIEWS} Names as in \`views\` of the batch.`, nullable: true })
  @ApiProperty({ type: () => BatchResultViews, description: VIEWS, required: true, nullable: true })
  views!: BatchResultViews | null;
}

@ObjectType('BatchResults', { description: 'Results of a batch.' })
export class BatchResults extends ListFacts {
  @Property(() => [BatchResult], { description: 'The results, in the order that was asked for.' })
  results!: BatchResult[];
}

@ObjectType('Batches', { description: 'Batches, newest first.' })
export class Batches extends ListFacts {
  @Property(() => [Batch], { description: 'The batches.' })
  batches!: Batch[];
}

class OfBatch {
  @Property(() => Batch, { description: 'The batch, as it stood then.' })
  batch!: Batch;
}

export class BatchResultsAnswer extends IntersectionType(BatchResults, OfBatch, NextUrl) {}
export class BatchesAnswer extends IntersectionType(Batches, NextUrl) {}

export const Removal = enumeration(
  'BatchRemovalKind',
  {
    cancelled: 'It was not finished: nothing more is retrieved, and what was there is kept until it expires.',
    deleted: 'It was finished: it is gone, with all its results.',
  },
  'What became of a batch that was to go.',
);

@ObjectType('BatchRemoval', { description: 'What became of a batch that was to go.' })
export class BatchRemoval {
  @Property(() => Removal, { description: 'What was done.', example: 'cancelled' })
  done!: (typeof Removal)[keyof typeof Removal];

  @Property(() => Batch, { description: 'The batch, as it stands now; of one that was deleted, as it stood before.' })
  batch!: Batch;
}
