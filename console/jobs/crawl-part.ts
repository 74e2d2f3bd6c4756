import type { Schemas } from '../contract.ts';

/** What each part of a crawl is given. */
export interface CrawlPartProps {
  crawl: Schemas['Crawl'];
}
