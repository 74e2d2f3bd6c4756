import type { Schemas } from '../contract.ts';

/** A batch of the demo that teaches something. */
export interface Start {
  title: string;
  words: string;
  body: Schemas['BatchBody'];
}

const all = (...paths: readonly string[]): string[] => paths.map((path) => `http://pagewire.test/${path}`);

export const STARTS: readonly Start[] = [
  {
    title: 'Three pages, read in two ways',
    words: 'Their links, and what each says of itself: every result is one tree.',
    body: { urls: all('page1.htm', 'page2.htm', 'article.html'), views: { links: { limit: 10 }, metadata: {} } },
  },
  {
    title: 'What failures look like',
    words: 'A loop of redirects, one that policy refuses, and two texts that have no links.',
    body: { urls: all('loop', 'inside', 'romeo.txt', 'missing', 'page1.htm'), views: { links: {} } },
  },
  {
    title: 'Politely, one after the other',
    words: 'Twenty retrievals of one origin, a third of a second between them: watch them come, or cancel it.',
    body: {
      urls: all(...Array.from({ length: 20 }, (_, index) => `page${String((index % 2) + 1)}.htm`)),
      perOriginDelayMs: 333,
      views: { wordCount: { limit: 3 } },
    },
  },
];
