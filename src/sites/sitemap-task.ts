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

/** Bytes that are decoded at a time. */
const PART = 1024 * 1024;

/** Text part by part: that of the largest sitemaps would take all memory that there is for reading. */
function* utf8Parts(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += PART) yield decoder.decode(bytes.subarray(at, at + PART), { stream: true });
  yield decoder.decode();
}

/** What another process does with {@link sitemapTask}. A file that is compressed says so by its first bytes: `.xml.gz` has many media types. */
export const sitemapFunction: TaskFunction = async ({ url, hints }: SitemapInput, bytes) => {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isGzip ? await decodeContent(bytes, 'gzip', MAX_SITEMAP_BYTES, url) : bytes;
  const { name } = determineEncoding(content, hints ?? { override: undefined, transport: undefined, syntax: 'xml' });
  const sitemap = readSitemap(name === 'UTF-8' ? utf8Parts(content) : decodeText(content, name).text);
  if (sitemap !== null) return { facts: null, bytes: Buffer.from(JSON.stringify(sitemap)) };
  throw new ProblemError('NOT_A_DOCUMENT', `The content is no sitemap (XML, a feed, or one URL a line): ${url}`, { url, phase: 'parse' });
};
