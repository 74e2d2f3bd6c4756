import type { PageState } from '../jobs/tables.ts';
import type { FoundUrl } from './crawl-options.ts';

/** What an item of a crawl is told besides its URL. */
export type CrawlNote =
  | {
      kind: 'page';
      depth: number;
      hops: number;
      /** The URL of the page that led there first. */
      foundOn: string | null;
      source: string;
    }
  | {
      kind: 'sitemap';
      number: number;
      level: number;
      /** Of the pages that it lists. */
      depth: number;
      /** The origin whose robots.txt names it, or its index. */
      namedBy: string | null;
    };

/** A link of a page. */
export interface FoundLink {
  to: FoundUrl;
  text: string;
  nofollow: boolean;
}

/** A sitemap that something names. */
export interface FoundSitemap {
  url: string;
  origin: string;
  key: string;
  level: number;
  depth: number;
  namedBy: string | null;
}

/** What came of a page of a crawl, besides its result. */
export interface FoundPage {
  kind: 'page';
  url: string;
  key: string;
  depth: number;
  hops: number;
  state: Extract<PageState, 'retrieved' | 'failed' | 'forbidden'>;
  status: number | null;
  title: string | null;
  mediaType: string | null;
  /** As it is linked, resolved. */
  canonicalUrl: string | null;
  canonical: FoundUrl | null;
  noindex: boolean | null;
  nofollow: boolean | null;
  problem: string | null;
  redirect: FoundUrl | null;
  links: readonly FoundLink[];
  sitemaps: readonly FoundSitemap[];
}

/** What came of a sitemap of a crawl. */
export interface FoundEntries {
  kind: 'sitemap';
  number: number;
  depth: number;
  status: number | null;
  problem: string | null;
  /** Null where it could not be read. */
  total: number | null;
  pages: readonly FoundUrl[];
  sitemaps: readonly FoundSitemap[];
}
