import { type Kysely, sql } from 'kysely';
import type { PageSource, PageState, Tables } from '../jobs/tables.ts';
import type { SiteScope } from '../sites/scope.ts';
import { PASSED_OVER, type PassedOver, type PassedOverCounts } from './crawl-options.ts';
import { type PageLinks, type PageTargets, unpackLinks, unpackTargets } from './page-links.ts';

/** A page of a crawl: a URL within its scope that something led to, whether it was retrieved or not. */
export interface CrawlPage {
  /** From 0, without a gap, in the order in which they were found. The start is 0. */
  index: number;
  /** As it is retrieved. */
  url: string;
  /** Links on the shortest way from the start; redirects and canonical links are no step, and what a sitemap lists is one link away. */
  depth: number;
  /** Index of the page that led there first; null of a start, and of what a sitemap lists. */
  foundOn: number | null;
  source: PageSource;
  state: PageState;
  /** Status code of the response; null where there is none, or not yet. */
  status: number | null;
  /** Index of the page that its response redirects to; null for all else, and where that leads out of the scope. */
  redirectsTo: number | null;
  /** Index of the page that this one is, as a canonical link says; null where it is itself. */
  sameAs: number | null;
  title: string | null;
  /** The essence, as `text/html`. */
  mediaType: string | null;
  /** The URL that its canonical link names, also where that is its own or out of the scope. */
  canonical: string | null;
  /** What its `meta` elements and `X-Robots-Tag` say; null before a response. */
  noindex: boolean | null;
  nofollow: boolean | null;
  /** The code of the problem that it has in place of a response. */
  problem: string | null;
}

/** What a page is to the graph of its crawl. */
export type PageStanding = Pick<
  CrawlPage,
  'index' | 'state' | 'source' | 'depth' | 'status' | 'problem' | 'redirectsTo' | 'sameAs' | 'nofollow'
>;

/** What pages may share. */
export type SharedMember = 'title' | 'canonical';

/** Which shared values are wanted, and how many pages of each. */
export interface SharedWanted {
  limit: number;
  offset: number;
  examples: number;
}

/** A value that pages share; null where they have none. */
export interface SharedValue {
  value: string | null;
  /** Pages that have it. */
  total: number;
  pages: { index: number; url: string }[];
}

/** A crawl besides its job. */
export interface CrawlFacts {
  /** Pages that are known. */
  known: number;
  /** Of these, those that robots.txt forbids, and those that may yet be given out. */
  forbidden: number;
  waiting: number;
  /** Depth of the deepest page that was given out. */
  reached: number;
  scope: SiteScope;
  passedOver: { reason: PassedOver; count: number; examples: string[] }[];
  /** The first 100. */
  sitemaps: { url: string; status: number | null; urls: number | null; problem: string | null }[];
}

/** Sitemaps of a crawl that are told. */
const MOST_SITEMAPS = 100;
/** Rows that are read at a time. */
const PART = { pages: 2000, links: 500 };

/** Reads what a crawl has found so far. Nothing is held but the part that is being read. */
export class CrawlStore {
  readonly #tables: Kysely<Tables>;
  readonly #part: typeof PART;

  constructor(tables: Kysely<Tables>, part = PART) {
    this.#tables = tables;
    this.#part = part;
  }

  /** What is known of crawls, by their ids. */
  async facts(ids: readonly string[]): Promise<ReadonlyMap<string, CrawlFacts>> {
    const tables = this.#tables.withSchema('pagewire');
    const crawls = await tables
      .selectFrom('crawl')
      .selectAll()
      .where('job_id', 'in', [...ids])
      .execute();
    const sitemaps = await tables
      .selectFrom('crawl_sitemap')
      .select(['job_id', 'url', 'status', 'urls', 'problem'])
      .where('job_id', 'in', [...ids])
      .where('number', '<=', MOST_SITEMAPS)
      .orderBy('number')
      .execute();
    const ofCrawls = Map.groupBy(sitemaps, ({ job_id }) => job_id);
    return new Map(
      crawls.map(({ job_id, known, forbidden, waiting, reached, scope, passed_over }) => {
        const counts = JSON.parse(passed_over) as PassedOverCounts;
        const passedOver = PASSED_OVER.flatMap((reason) => {
          const counted = counts[reason];
          return counted === undefined || counted.count === 0 ? [] : [{ reason, ...counted }];
        });
        const read = (ofCrawls.get(job_id) ?? []).map(({ url, status, urls, problem }) => ({ url, status, urls, problem }));
        return [job_id, { known, forbidden, waiting, reached, scope: JSON.parse(scope) as SiteScope, passedOver, sitemaps: read }];
      }),
    );
  }

  /** Links of a crawl to pages that it knows, about: it may go on meanwhile. */
  async countLinks(job: string): Promise<number> {
    const { rows } = await sql<{
      links: string | number;
    }>`select coalesce(sum(length(targets)) / 4, 0) as links from pagewire.crawl_links where job_id = ${job}`.execute(this.#tables);
    return Number(rows[0]?.links ?? 0);
  }

  /** The pages of a crawl in the order of their indexes, from one on. */
  async *pages(job: string, from = 0): AsyncGenerator<CrawlPage> {
    for (let next: number | null = from; next !== null;) {
      const part: CrawlPage[] = await this.#pages(job).where('index', '>=', next).orderBy('index').limit(this.#part.pages).execute();
      yield* part;
      next = part.length < this.#part.pages ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }

  /** The same without texts. */
  async *standings(job: string): AsyncGenerator<PageStanding> {
    for (let next: number | null = 0; next !== null;) {
      const part: PageStanding[] = await this.#rows(job)
        .select(['index', 'state', 'source', 'depth', 'status', 'problem', 'nofollow', 'redirects_to as redirectsTo', 'same_as as sameAs'])
        .where('index', '>=', next)
        .orderBy('index')
        .limit(this.#part.pages)
        .execute();
      yield* part;
      next = part.length < this.#part.pages ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }

  /** Some pages of a crawl, in this order; those that it does not know are left out. */
  async pagesAt(job: string, indexes: readonly number[]): Promise<CrawlPage[]> {
    const rows = await this.#pages(job).where(isOneOf(indexes)).execute();
    const pages = new Map(rows.map((page) => [page.index, page]));
    return indexes.flatMap((index) => pages.get(index) ?? []);
  }

  /** The URLs of some pages of a crawl, by their indexes. */
  async urlsAt(job: string, indexes: readonly number[]): Promise<Map<number, string>> {
    if (indexes.length === 0) return new Map();
    const rows = await this.#rows(job).select(['index', 'url']).where(isOneOf(indexes)).execute();
    return new Map(rows.map(({ index, url }) => [index, url]));
  }

  /** The links of each page that was retrieved and has any, in the order of the pages' indexes, from one on. Every target is the index of a page. */
  async *links(job: string, from = 0): AsyncGenerator<PageLinks> {
    for (let next: number | null = from; next !== null;) {
      const part = await this.#links(job).select(['texts', 'outside']).where('index', '>=', next).execute();
      yield* part.map(unpackLinks);
      next = part.length < this.#part.links ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }

  /** The same without texts. */
  async *targets(job: string): AsyncGenerator<PageTargets> {
    for (let next: number | null = 0; next !== null;) {
      const part = await this.#links(job).where('index', '>=', next).execute();
      yield* part.map(unpackTargets);
      next = part.length < this.#part.links ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }

  /** The links of some pages, by the pages' indexes. */
  async linksAt(job: string, indexes: readonly number[]): Promise<Map<number, PageLinks>> {
    const rows = await this.#links(job, indexes.length).select(['texts', 'outside']).where(isOneOf(indexes)).execute();
    return new Map(rows.map((row) => [row.index, unpackLinks(row)]));
  }

  /** Where redirects lead by their own account, also out of the scope, by the indexes of their pages. */
  async locationsAt(job: string, indexes: readonly number[]): Promise<Map<number, string | null>> {
    if (indexes.length === 0) return new Map();
    const { rows } = await sql<{ index: number; location: string | null }>`select index, answer::json ->> 'redirectsTo' as location
      from pagewire.result where job_id = ${job} and ${isOneOf(indexes)}`.execute(this.#tables);
    return new Map(rows.map(({ index, location }) => [index, location]));
  }

  /** How many values there are that pages share; of titles, that there are pages without one counts, too. */
  async countShared(job: string, of: SharedMember): Promise<number> {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${sharedValues(job, of)}) as shared`.execute(
      this.#tables,
    );
    return rows[0]?.count ?? 0;
  }

  /** Values that pages share, those of most pages first, each with its first pages. */
  async *shared(job: string, of: SharedMember, { limit, offset, examples }: SharedWanted): AsyncGenerator<SharedValue[]> {
    for (let at = offset; at < offset + limit;) {
      const most = Math.min(this.#part.pages, offset + limit - at);
      const { rows: values } = await sql<{
        value: string | null;
        total: number;
      }>`select value, total from (${sharedValues(job, of)}) as shared
        order by total desc, first limit ${most} offset ${at}`.execute(this.#tables);
      const { rows } = await sql<{ value: string | null; index: number; url: string }>`select value, index, url
        from (select *, row_number() over (partition by value order by index) as place from (${readPages(job, of)}) as page
          where value = any(${values.flatMap(({ value }) => value ?? [])}::text[]) or value is null) as page
        where place <= ${examples} order by index`.execute(this.#tables);
      const pages = Map.groupBy(rows, ({ value }) => value);
      yield values.map(({ value, total }) => ({
        value,
        total,
        pages: (pages.get(value) ?? []).map(({ index, url }) => ({ index, url })),
      }));
      if (values.length < most) return;
      at += most;
    }
  }

  #rows(job: string) {
    return this.#tables.withSchema('pagewire').selectFrom('crawl_page').where('job_id', '=', job);
  }

  #pages(job: string) {
    return this.#rows(job)
      .select(['index', 'url', 'depth', 'found_on as foundOn', 'source', 'state', 'status', 'redirects_to as redirectsTo'])
      .select(['same_as as sameAs', 'title', 'media_type as mediaType', 'canonical', 'noindex', 'nofollow', 'problem']);
  }

  #links(job: string, limit = this.#part.links) {
    return this.#tables
      .withSchema('pagewire')
      .selectFrom('crawl_links')
      .select(['index', 'targets', 'marks', 'outside_total as outsideTotal'])
      .where('job_id', '=', job)
      .orderBy('index')
      .limit(limit);
  }
}

/** The pages of HTML that were read, each with a value. */
function readPages(job: string, of: SharedMember) {
  const value = of === 'title' ? sql`nullif(title, '')` : sql`canonical`;
  return sql`select index, url, ${value} as value from pagewire.crawl_page where job_id = ${job} and state = 'retrieved' and noindex is not null`;
}

function sharedValues(job: string, of: SharedMember) {
  const isTold = of === 'title' ? sql`count(*) > 1 or value is null` : sql`count(*) > 1 and value is not null`;
  return sql`select value, count(*)::int as total, min(index) as first from (${readPages(job, of)}) as page group by value having ${isTold}`;
}

function isOneOf(indexes: readonly number[]) {
  return sql<boolean>`index = any(${[...indexes]}::int[])`;
}
