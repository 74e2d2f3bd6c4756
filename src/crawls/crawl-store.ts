import type { Kysely } from 'kysely';
import type { PageSource, PageState, Tables } from '../jobs/tables.ts';
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

/** Rows that are read at a time. */
const PART = { pages: 2000, links: 500 };

/** Reads what a crawl has found so far. Nothing is held but the part that is being read. */
export class CrawlStore {
  readonly #tables: Kysely<Tables>;

  constructor(tables: Kysely<Tables>) {
    this.#tables = tables;
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
        .limit(PART.pages)
        .execute();
      yield* part;
      next = part.length < PART.pages ? null : (part.at(-1)?.index ?? 0) + 1;
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
        .limit(PART.links)
        .execute();
      yield* part.map(unpackLinks);
      next = part.length < PART.links ? null : (part.at(-1)?.index ?? 0) + 1;
    }
  }
}
