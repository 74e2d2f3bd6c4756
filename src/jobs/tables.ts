import type { ColumnType, Generated } from 'kysely';

/** How a job stands. `failed` is one without a single result that is none. */
export type JobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

/** What was asked for, and what came of it so far. */
interface JobTable {
  id: string;
  /** Which worker does it, as `batch`. */
  kind: string;
  /** The key it belongs to; empty where there are no keys. */
  owner: string;
  /** Who asked, as its quota counts. */
  caller: string;
  state: JobState;
  created_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
  /** From then on it may be deleted; null of one that is not finished. */
  expires_at: Date | null;
  total: number;
  succeeded: Generated<number>;
  failed: Generated<number>;
  cancelled: Generated<number>;
  /** Bytes of its results. */
  bytes: Generated<number>;
  /** Retrievals at a time, in all processes. */
  concurrency: number;
  /** Milliseconds between the end of one retrieval of an origin and the beginning of the next. */
  delay_ms: number;
  /** What the worker of its kind is told, as JSON. */
  options: string;
}

/** What is still to be done. A result takes the place of its item: both are never there. */
interface ItemTable {
  job_id: string;
  index: number;
  url: string;
  origin: string;
  /** What its worker is told of it alone, as JSON; null where that is nothing. */
  note: string | null;
  /** How often it was begun after a process had ended, perhaps because of it. */
  tries: Generated<number>;
}

/** What is to be done of one job at one origin. Those that are `queued` are in the queue, or are worked on: as many as the job may have retrievals. */
interface LaneTable {
  job_id: string;
  origin: string;
  /** Of its first item. */
  position: number;
  state: 'waiting' | 'queued';
  /** In the queue. */
  queue_id: string | null;
}

/** What came of an item. */
interface ResultTable {
  job_id: string;
  index: number;
  /** From 1, in the order in which they came, without a gap. */
  sequence: number;
  succeeded: boolean;
  bytes: number;
  /** JSON, as it is answered. */
  answer: string;
}

/** When an origin was last asked by a job. */
interface OriginTable {
  origin: string;
  asked_at: ColumnType<Date, Date | undefined, Date>;
}

/** Where it is to be told what becomes of a job. */
interface WebhookTable {
  id: string;
  /** What it belongs to, and goes with: one of the two. */
  job_id: string | null;
  watch_id: string | null;
  owner: string;
  caller: string;
  url: string;
  /** As Standard Webhooks writes it. It is told once, when it is made. */
  secret: string;
  /** The types that are wanted, a list as JSON; null for all. */
  events: string | null;
  created_at: Generated<Date>;
  /** Since then nothing is told there: it answered 410. */
  disabled_at: Date | null;
}

/** A secret that was replaced, and signs beside the one that came in its place. */
interface OldSecretTable {
  webhook_id: string;
  secret: string;
  until: Date;
  replaced_at: Generated<Date>;
}

/** Something that happened, and is to be told: the outbox, and the log of it. */
interface DeliveryTable {
  /** The same in each attempt. */
  id: string;
  webhook_id: string;
  owner: string;
  type: string;
  /** JSON, as it is signed and sent. */
  body: string;
  created_at: Generated<Date>;
  state: Generated<'pending' | 'delivered' | 'failed'>;
  /** Attempts since it happened, or since it was asked for again. */
  tries: Generated<number>;
  /** When it is tried next; null where it is not. */
  due_at: Date | null;
  /** Until then it is somebody's. */
  taken_until: Date | null;
  finished_at: Date | null;
}

/** One attempt to tell it. */
interface AttemptTable {
  delivery_id: string;
  number: number;
  started_at: Date;
  took_ms: number;
  /** What was answered; null where nothing was. */
  status: number | null;
  /** Why it was none: a problem. */
  code: string | null;
  detail: string | null;
  /** How the answer begins. */
  answer: string | null;
}

/** How a page of a crawl came to be known. */
export type PageSource = 'start' | 'link' | 'redirect' | 'canonical' | 'sitemap';

/**
 * How a page of a crawl stands. `found`: it may yet be retrieved; `queued`: it is going to be; `retrieved`: a response came, whatever its status;
 * `failed`: none did; `forbidden`: robots.txt forbids it; `same`: another page said that it is this one, so it is not retrieved; `noted`: it is
 * linked to, and is not to be retrieved (only `nofollow` links lead there, or it lies too deep).
 */
export type PageState = 'found' | 'queued' | 'retrieved' | 'failed' | 'forbidden' | 'same' | 'noted';

/** What a crawl is besides its job. */
interface CrawlTable {
  job_id: string;
  /** Pages so far, and the index of the next. */
  known: Generated<number>;
  /** Sitemaps so far. */
  sitemaps_known: Generated<number>;
  /** Results of pages that robots.txt forbids: nothing was retrieved. */
  forbidden: Generated<number>;
  /** Depth of the deepest page that was given out. */
  reached: Generated<number>;
  /** Pages that are `found`. */
  waiting: Generated<number>;
  /** Where it may go, as JSON. */
  scope: string;
  /** By reasons what was passed over, with examples, as JSON. */
  passed_over: Generated<string>;
}

/** A URL within the scope of a crawl that something led to, whether it was retrieved or not. Different spellings of one URL are one. */
interface CrawlPageTable {
  job_id: string;
  /** From 0, in the order in which they were found. */
  index: number;
  /** Of what makes it the same as another spelling: a hash. */
  key: string;
  url: string;
  origin: string;
  /** Links on the shortest way from the start; redirects and canonical links are no step. What a sitemap lists is one link away. */
  depth: number;
  /** The page that led there first; null of a start, and of what a sitemap lists. */
  found_on: number | null;
  source: PageSource;
  /** Redirects on the way to it. */
  hops: number;
  state: PageState;
  /** Why it is `noted`, where that is a reason that is told. */
  unwanted: string | null;
  /** Null before a response. */
  status: number | null;
  /** Where its response redirects to, within the scope; null for all else. */
  redirects_to: number | null;
  /** The page that this one is, as a canonical link says. */
  same_as: number | null;
  title: string | null;
  media_type: string | null;
  /** As it is linked, resolved; also outside of the scope. */
  canonical: string | null;
  noindex: boolean | null;
  nofollow: boolean | null;
  /** The code of the problem that its result has. */
  problem: string | null;
}

/** The links of a page, packed: each distinct target once, in the order of its first link. */
interface CrawlLinksTable {
  job_id: string;
  index: number;
  /** Indexes of pages, as 32 bit each, little-endian. */
  targets: Uint8Array;
  /** A byte for each target: 1 where every link to it is `nofollow`. */
  marks: Uint8Array;
  /** JSON: the text of the first link to each target that has one, cut. */
  texts: string;
  /** JSON: the first links that lead out of the scope. */
  outside: string;
  /** Distinct targets out of the scope, with those that are not kept. */
  outside_total: number;
}

/** A sitemap of a crawl. */
interface CrawlSitemapTable {
  job_id: string;
  /** From 1; its item has the same number with a minus. */
  number: number;
  key: string;
  url: string;
  /** 0 of one that robots.txt or its place names, else of its index and one. */
  level: number;
  status: number | null;
  /** URLs that it lists; null before it was read, and of one that could not be. */
  urls: number | null;
  problem: string | null;
}

/** How many URLs of a crawl look alike: numbers aside. */
interface CrawlPatternTable {
  job_id: string;
  key: string;
  pages: number;
}

/** A page that is retrieved again and again. */
interface WatchTable {
  id: string;
  owner: string;
  caller: string;
  url: string;
  /** How it is retrieved, what is read off it and what must hold, as JSON. */
  options: string;
  /** When, as JSON. */
  schedule: string;
  /** Null of one that is paused, unless somebody has asked for a run. */
  next_run_at: Date | null;
  is_paused: Generated<boolean>;
  /** Until then it is somebody's. */
  taken_until: Date | null;
  /** Why it runs next, where that is not its schedule. */
  is_asked: Generated<boolean>;
  /** What it remembers from run to run, as JSON. */
  memory: string;
  runs: Generated<number>;
  changes: Generated<number>;
  events: Generated<number>;
  created_at: Generated<Date>;
}

interface WatchRunTable {
  watch_id: string;
  /** From 1. */
  number: number;
  started_at: Date;
  took_ms: number;
  is_asked: boolean;
  state: 'baseline' | 'unchanged' | 'changed' | 'failed';
  snapshot: string | null;
  status: number | null;
  code: string | null;
  detail: string | null;
  changes: number;
  /** Assertions that did not hold, as JSON. */
  failed: string;
}

interface WatchChangeTable {
  watch_id: string;
  /** From 1, without a gap. */
  sequence: number;
  run: number;
  /** JSON, as it is answered. */
  change: string;
}

interface WatchEventTable {
  watch_id: string;
  /** From 1, without a gap. */
  sequence: number;
  /** JSON, as it is told. */
  event: string;
}

/** The tables of ours; the queue's are its own. */
export interface Tables {
  job: JobTable;
  item: ItemTable;
  lane: LaneTable;
  result: ResultTable;
  origin: OriginTable;
  crawl: CrawlTable;
  crawl_page: CrawlPageTable;
  crawl_links: CrawlLinksTable;
  crawl_sitemap: CrawlSitemapTable;
  crawl_pattern: CrawlPatternTable;
  webhook: WebhookTable;
  old_secret: OldSecretTable;
  delivery: DeliveryTable;
  attempt: AttemptTable;
  watch: WatchTable;
  watch_run: WatchRunTable;
  watch_change: WatchChangeTable;
  watch_event: WatchEventTable;
}
