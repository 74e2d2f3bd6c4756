import { Float, Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';

@ObjectType({ description: 'What one retrieval may take. A request may ask for less.' })
export class RetrievalLimits {
  @Property(() => Int, {
    description: 'Milliseconds, redirects included; the most that `timeoutMs` gives (`FETCH_TIMEOUT_MS`).',
    example: 30000,
  })
  timeoutMs!: number;

  @Property(() => Int, {
    description: 'Bytes of content, as coded and as decoded; the most that `maxBytes` gives (`FETCH_MAX_BYTES`).',
    example: 20971520,
  })
  maxBytes!: number;

  @Property(() => Int, { description: 'Bytes of the heads of an exchange (`FETCH_MAX_HEADER_BYTES`).', example: 65536 })
  maxHeaderBytes!: number;

  @Property(() => Int, { description: 'Redirects that `maxRedirects` may ask for.', example: 20 })
  maxRedirects!: number;

  @Property(() => Int, { description: 'Retrievals at a time, of all callers (`FETCH_MAX_CONCURRENT`).', example: 64 })
  concurrent!: number;

  @Property(() => Int, { description: 'Retrievals at a time from one origin (`FETCH_MAX_PER_ORIGIN`).', example: 16 })
  perOrigin!: number;

  @Property(() => Int, { description: 'Retrievals that may wait for a place; more are `OVERLOADED` (`FETCH_QUEUE`).', example: 128 })
  waiting!: number;
}

@ObjectType({ description: 'What reading one document may take; past it the answer is `PARSE_LIMIT_EXCEEDED`.' })
export class DocumentLimits {
  @Property(() => Int, { description: 'Milliseconds (`PARSE_TIMEOUT_MS`).', example: 5000 })
  timeoutMs!: number;

  @Property(() => Int, { description: 'Memory in MiB (`PARSE_MEMORY_MB`).', example: 256 })
  memoryMb!: number;

  @Property(() => Int, { description: 'Elements, texts and comments together.', example: 1000000 })
  maxNodes!: number;

  @Property(() => Int, { description: 'Elements within each other.', example: 2000 })
  maxDepth!: number;

  @Property(() => Int, { description: 'Attributes of one element.', example: 10000 })
  maxAttributes!: number;
}

@ObjectType({ description: 'What a caller may send, and be sent.' })
export class CallerLimits {
  @Property(() => Int, {
    description:
      'Requests and retrievals within any minute, for each key, or address without keys; null where there is no limit (`RATE_LIMIT_PER_MINUTE`).',
    nullable: true,
    example: 120,
  })
  ratePerMinute!: number | null;

  @Property(() => Int, { description: 'Milliseconds to send a request (`REQUEST_TIMEOUT_MS`).', example: 60000 })
  requestTimeoutMs!: number;

  @Property(() => Int, { description: 'Bytes of the body of a request: as many as of a content, 1 MiB at least.', example: 20971520 })
  maxRequestBytes!: number;

  @Property(() => Int, { description: 'Milliseconds to take an answer (`SEND_TIMEOUT_MS`).', example: 120000 })
  sendTimeoutMs!: number;

  @Property(() => Int, { description: 'Bytes of an answer; past it it is `PARSE_LIMIT_EXCEEDED`.', example: 67108864 })
  maxAnswerBytes!: number;

  @Property(() => Int, { description: 'Entries that `limit` may ask for.', example: 100000 })
  maxEntries!: number;
}

@ObjectType({ description: 'What one operation of the graph may take.' })
export class GraphLimits {
  @Property(() => Int, { description: 'Retrievals (`GRAPHQL_MAX_RETRIEVALS`).', example: 20 })
  retrievals!: number;

  @Property(() => Int, { description: 'Milliseconds, with all that it retrieves and reads (`GRAPHQL_TIMEOUT_MS`).', example: 60000 })
  timeoutMs!: number;

  @Property(() => Int, { description: 'Fields within each other (`GRAPHQL_MAX_DEPTH`).', example: 15 })
  depth!: number;

  @Property(() => Boolean, {
    description: 'The schema may be asked for; /schema.graphql has it either way (`GRAPHQL_INTROSPECTION`).',
    example: true,
  })
  introspection!: boolean;
}

@ObjectType({ description: 'What jobs may take: batches and crawls.' })
export class JobLimits {
  @Property(() => Int, { description: 'Jobs of a caller that are not finished (`JOB_MAX_UNFINISHED`).', example: 16 })
  unfinished!: number;

  @Property(() => Int, { description: 'Jobs of a caller that are kept, finished or not (`JOB_MAX_KEPT`).', example: 256 })
  kept!: number;

  @Property(() => Int, { description: 'Seconds that a job is kept once it is finished (`JOB_TTL_S`).', example: 604800 })
  ttlS!: number;

  @Property(() => Float, { description: 'Bytes of the results of one job (`JOB_MAX_RESULT_BYTES`).', example: 268435456 })
  maxResultBytes!: number;

  @Property(() => Int, { description: 'Retrievals that `concurrency` of one job may ask for.', example: 256 })
  perJob!: number;

  @Property(() => Int, { description: 'Retrievals of this process at a time, for all jobs (`JOB_CONCURRENCY`).', example: 32 })
  concurrent!: number;

  @Property(() => Int, { description: 'URLs of one batch.', example: 10000 })
  batchUrls!: number;

  @Property(() => Int, { description: 'Pages that `limit` of a crawl may ask for (`CRAWL_MAX_PAGES`).', example: 100000 })
  crawlPages!: number;

  @Property(() => Int, { description: 'Links on the way to the farthest page that `depth` of a crawl may ask for.', example: 1000 })
  crawlDepth!: number;

  @Property(() => Int, { description: 'Sitemaps that a crawl reads.', example: 500 })
  crawlSitemaps!: number;

  @Property(() => Int, {
    description: 'Milliseconds of a `Crawl-delay` that a crawl keeps to; of a longer one it keeps to these (`CRAWL_MAX_DELAY_MS`).',
    example: 30000,
  })
  crawlDelayMs!: number;
}

@ObjectType({ description: 'What watches may take.' })
export class WatchLimits {
  @Property(() => Int, { description: 'Watches of a caller (`WATCH_MAX`).', example: 100 })
  count!: number;

  @Property(() => Int, { description: 'Seconds from one run to the next at least (`WATCH_MIN_INTERVAL_S`).', example: 60 })
  minIntervalS!: number;

  @Property(() => Int, { description: 'Runs of a watch that are kept: the last ones.', example: 1000 })
  runs!: number;

  @Property(() => Int, { description: 'Changes of a watch that are kept: the last ones.', example: 10000 })
  changes!: number;

  @Property(() => Int, { description: 'Events of a watch that are kept: the last ones.', example: 1000 })
  events!: number;
}

@ObjectType({ description: 'How webhooks are told.' })
export class WebhookLimits {
  @Property(() => Int, { description: 'Milliseconds to answer a delivery (`WEBHOOK_TIMEOUT_MS`).', example: 15000 })
  timeoutMs!: number;

  @Property(() => Int, { description: 'Attempts of a delivery.', example: 8 })
  attempts!: number;
}

@ObjectType({ description: 'What is in force on this very server.' })
export class Limits {
  @Property(() => String, { description: 'The version of the server.', example: '0.1.0' })
  version!: string;

  @Property(() => Boolean, { description: 'An API key is wanted (`API_KEYS`).', example: false })
  keyRequired!: boolean;

  @Property(() => Boolean, { description: 'It answers `http://pagewire.test/` itself (`DEMO`).', example: true })
  demo!: boolean;

  @Property(() => Int, {
    description:
      'Processes that answer (`WORKERS`). Where there are several, each has its share of the rate and of the retrievals at a time, and the figures here are those of the one that answers.',
    example: 1,
  })
  workers!: number;

  @Property(() => Int, { description: 'Seconds that a snapshot is kept, or less when memory is short (`SNAPSHOT_TTL_S`).', example: 600 })
  snapshotTtlS!: number;

  @Property(() => CallerLimits, { description: 'Of a caller.' })
  caller!: CallerLimits;

  @Property(() => RetrievalLimits, { description: 'Of a retrieval.' })
  retrieval!: RetrievalLimits;

  @Property(() => DocumentLimits, { description: 'Of a document.' })
  document!: DocumentLimits;

  @Property(() => JobLimits, { description: 'Of batches and crawls.' })
  jobs!: JobLimits;

  @Property(() => WatchLimits, { description: 'Of watches.' })
  watches!: WatchLimits;

  @Property(() => WebhookLimits, { description: 'Of webhooks.' })
  webhooks!: WebhookLimits;

  @Property(() => GraphLimits, { description: 'Of an operation of the graph.' })
  graphql!: GraphLimits;
}
