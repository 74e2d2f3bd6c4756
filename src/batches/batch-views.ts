/** The views that a batch may have of each page, by their names in `views`: what reads them in another process. `headers` needs no document. */
export const BATCH_VIEWS = {
  headers: null,
  links: 'links',
  linksCompare: 'links-compare',
  tags: 'tags',
  select: 'select',
  extract: 'extract',
  metadata: 'metadata',
  feed: 'feed',
  text: 'text',
  markdown: 'markdown',
  tables: 'tables',
  wordCount: 'wordcount',
} as const satisfies Record<string, string | null>;

/** One of {@link BATCH_VIEWS}. */
export type BatchViewName = keyof typeof BATCH_VIEWS;

export const BATCH_VIEW_NAMES = Object.keys(BATCH_VIEWS) as BatchViewName[];
