import type { Kysely } from 'kysely';
import type { PageSource, PageState, Tables } from '../jobs/tables.ts';
import type { SiteScope } from '../sites/scope.ts';
import { PASSED_OVER, type PassedOver, type PassedOverCounts } from './crawl-options.ts';
import { type PageLinks, unpackLinks } from './page-links.ts';

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

  /** The pages of a crawl in the order of their indexes, from one on. */
  async *pages(job: string, from = 0): AsyncGenerator<CrawlPage> {
    for (let next: number | null = from; next !== null;) {
      const part = await this.#tables
        .withSchema('pagewire')
        .selectFrom('crawl_page')
        .select(['index', 'url', 'depth', 'found_on as foundOn', 'source', 'state', 'status', 'redirects_to as redirectsTo'])
        .select(['same_as as sameAs', 'title', 'media_type as mediaType', 'canonical', 'noindex', 'nofollow', 'problem'])
        .where('job_id', '=', job)
        .where('index', '>=', next)
        .orderBy('index')
        .limit(this.#part.pages)
        .execute();
      yield* part;
      next = part.length < this.#part.pages ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }

  /** The links of each page that was retrieved and has any, in the order of the pages' indexes, from one on. Every target is the index of a page. */
  async *links(job: string, from = 0): AsyncGenerator<PageLinks> {
    for (let next: number | null = from; next !== null;) {
      const part = await this.#tables
        .withSchema('pagewire')
        .selectFrom('crawl_links')
        .select(['index', 'targets', 'marks', 'texts', 'outside', 'outside_total as outsideTotal'])
        .where('job_id', '=', job)
        .where('index', '>=', next)
        .orderBy('index')
        .limit(this.#part.links)
        .execute();
      yield* part.map(unpackLinks);
      next = part.length < this.#part.links ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }
}
