/** What may have a webhook, and the types of what is told of it. */
export const EVENT_TYPES = {
  batch: ['batch.completed', 'batch.failed', 'batch.cancelled'],
  crawl: ['crawl.completed', 'crawl.failed', 'crawl.cancelled'],
  watch: ['watch.changed', 'watch.failed', 'watch.recovered', 'watch.assertion.failed', 'watch.assertion.recovered'],
} as const;

/** One of {@link EVENT_TYPES}. */
export type Announcer = keyof typeof EVENT_TYPES;
