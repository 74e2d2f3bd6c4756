import { ProblemError } from '../api/problem.ts';
import { decodeText, determineEncoding, type EncodingHints } from '../encode/character-encoding.ts';
import { decodeContent } from '../fetch/content-coding.ts';
import type { Task, TaskFunction } from '../tasks/task.ts';
import { MAX_SITEMAP_BYTES, readSitemap } from './sitemap.ts';

interface SitemapInput {
  url: string;
  /** Null of bytes that are no text: of a file that is compressed. */
  hints: EncodingHints | null;
}

/** A content to be read as a sitemap by another process; its answer is one as JSON. */
export function sitemapTask(url: string, hints: EncodingHints | null, content: Uint8Array): Task {
  return { name: 'sitemap', input: { url, hints } satisfies SitemapInput, bytes: [content] };
}

/** What another process does with {@link sitemapTask}. A file that is compressed says so by its first bytes: `.xml.gz` has many media types. */
export const sitemapFunction: TaskFunction = async ({ url, hints }: SitemapInput, bytes) => {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isGzip ? await decodeContent(bytes, 'gzip', MAX_SITEMAP_BYTES, url) : bytes;
  const { name } = determineEncoding(content, hints ?? { override: undefined, transport: undefined, syntax: 'xml' });
  const sitemap = readSitemap(decodeText(content, name).text);
  if (sitemap !== null) return { facts: null, bytes: Buffer.from(JSON.stringify(sitemap)) };
  throw new ProblemError('NOT_A_DOCUMENT', `The content is no sitemap (XML, a feed, or one URL a line): ${url}`, { url, phase: 'parse' });
};
