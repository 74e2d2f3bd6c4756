import type { AskedViews } from '../batches/page-work.service.ts';
import type { TargetArgs } from '../api/target.args.ts';
import { pathMatcher } from '../sites/robots.ts';
import { keyOf, siteUrl } from '../sites/site-url.ts';
import { patternOf, trapOf } from '../sites/traps.ts';

/** Sitemaps of a crawl. */
export const MOST_SITEMAPS = 500;

/** What a crawl is to do, as its job keeps it. */
export interface CrawlOptions {
  /** Of each retrieval, besides its URL. */
  target: Partial<TargetArgs>;
  views: AskedViews;
  url: string;
  /** Pages that are retrieved at most. */
  limit: number;
  /** Links on the way to the farthest page. */
  depth: number;
  include: readonly string[];
  exclude: readonly string[];
  scope: 'origin' | 'domain';
  sitemap: 'include' | 'only' | 'skip';
  robots: 'respect' | 'ignore';
  nofollow: 'respect' | 'ignore';
  /** URLs of one pattern that are known at most. */
  perPattern: number;
}

/** Why a URL is passed over. */
export const PASSED_OVER = ['outside', 'excluded', 'nofollow', 'depth', 'tooLong', 'repeating', 'pattern', 'redirects', 'full'] as const;
/** One of {@link PASSED_OVER}. */
export type PassedOver = (typeof PASSED_OVER)[number];

/** What is passed over, by reasons, with the first URLs. */
export type PassedOverCounts = Partial<Record<PassedOver, { count: number; examples: string[] }>>;

/** A URL that something leads to. */
export interface FoundUrl {
  url: string;
  origin: string;
  key: string;
  /** Why it is not wanted wherever it leads; null where it is. */
  refused: PassedOver | null;
  /** What it has in common with others that can be made without end; null of all others. */
  pattern: string | null;
}

/** Makes what judges URLs by themselves. A URL that is none of http or https is null. */
export function createFinder({ include, exclude }: Pick<CrawlOptions, 'include' | 'exclude'>): (url: URL) => FoundUrl | null {
  const wanted = include.map(pathMatcher);
  const unwanted = exclude.map(pathMatcher);
  return (given) => {
    const site = siteUrl(given);
    if (site === null) return null;
    const { url, identity } = site;
    const path = url.pathname + url.search;
    const isExcluded = unwanted.some((matches) => matches(path)) || (wanted.length > 0 && !wanted.some((matches) => matches(path)));
    return {
      url: url.href,
      origin: url.origin,
      key: keyOf(identity),
      refused: isExcluded ? 'excluded' : trapOf(url),
      pattern: patternOf(url),
    };
  };
}
