import { Parser } from 'htmlparser2';
import { isoDate } from '../parse/iso-date.ts';

/** URLs of one sitemap, and bytes. https://www.sitemaps.org/protocol.html#index */
export const MOST_SITEMAP_URLS = 50_000;
export const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;

/** Bytes of a sitemap where other contents may have so many: the standard gives it more than most contents have, and it is read part by part. */
export function mostSitemapBytes(maxBytes: number): number {
  return Math.max(maxBytes, Math.min(MAX_SITEMAP_BYTES, 2.5 * maxBytes));
}

/** An index of sitemaps may name others: so often within each other. */
export const MOST_SITEMAP_LEVELS = 2;

/** One entry of a sitemap, or of an index. */
export interface SitemapEntry {
  /** Absolute, serialised. */
  url: string;
  /** When it was last changed, ISO 8601; null where that is not told, or cannot be read. */
  lastModified: string | null;
}

/** What a sitemap says. */
export interface Sitemap {
  /** `index`: its entries are sitemaps. */
  kind: 'urls' | 'index';
  /** The first {@link MOST_SITEMAP_URLS}. */
  entries: SitemapEntry[];
  /** With those that are not among `entries`. */
  total: number;
  /** Entries whose URL is no absolute one of http or https. */
  invalid: number;
}

/** Elements that are an entry, by their local names: of a sitemap, an index, RSS and Atom. */
const ENTRIES: ReadonlySet<string> = new Set(['url', 'sitemap', 'item', 'entry']);
const TIMES: ReadonlySet<string> = new Set(['lastmod', 'pubDate', 'updated']);
/** Elements within each other: no sitemap has ten, and the parser takes the square of them. */
const MOST_OPEN = 50;
/** Characters of one value that are kept. */
const LONGEST_VALUE = 8192;

/**
 * Reads a sitemap or an index in XML, a feed that stands for one, or a list of URLs as text. Linear; without a tree. Null where it is none of
 * these. It may come in parts, of which one at a time is held. https://www.sitemaps.org/protocol.html
 */
export function readSitemap(text: string | Iterable<string>): Sitemap | null {
  const found: Sitemap = { kind: 'urls', entries: [], total: 0, invalid: 0 };
  const add = (written: string, time: string): void => {
    const url = URL.parse(written.trim());
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) found.invalid += 1;
    else {
      found.total += 1;
      if (found.entries.length < MOST_SITEMAP_URLS) found.entries.push({ url: url.href, lastModified: isoDate(time.trim()) });
    }
  };
  const parts = (typeof text === 'string' ? [text] : text)[Symbol.iterator]();
  const start = startOf(parts);
  if (!/^\uFEFF?\s*</.test(start)) return readLines(start, parts, found, add);

  // A literal would be taken for what these always are: they change within the parser.
  const seen: { root: string | null; isTooDeep: boolean } = { root: null, isTooDeep: false };
  /** Elements around the one that is open: an entry is a child of the root, or of RSS's channel; its values are its children. */
  const open: string[] = [];
  let entry: { depth: number; url: string; time: string } | null = null;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = localName(name);
        seen.root ??= local;
        if (open.length >= MOST_OPEN) seen.isTooDeep = true;
        if (seen.isTooDeep) {
          parser.pause();
          return;
        }
        if (entry === null && ENTRIES.has(local) && open.length > 0) entry = { depth: open.length, url: '', time: '' };
        else if (entry !== null && local === 'link' && entry.url === '' && open.length === entry.depth + 1) {
          // Of Atom; RSS has it as text.
          const { href, rel = 'alternate' } = attributes;
          if (href !== undefined && rel === 'alternate') entry.url = href;
        }
        open.push(local);
      },
      ontext(data) {
        if (entry === null || open.length !== entry.depth + 2) return;
        const value = open.at(-1) ?? '';
        if ((value === 'loc' || value === 'link') && entry.url.length < LONGEST_VALUE) entry.url += data;
        else if (TIMES.has(value) && entry.time.length < LONGEST_VALUE) entry.time += data;
      },
      onclosetag() {
        open.pop();
        if (entry === null || open.length > entry.depth) return;
        if (entry.url !== '') add(entry.url, entry.time);
        entry = null;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(start);
  for (let part = parts.next(); part.done !== true; part = parts.next()) parser.write(part.value);
  parser.end();
  const { root, isTooDeep } = seen;
  if (isTooDeep || root === null) return null;
  if (root === 'sitemapindex') return { ...found, kind: 'index' };
  return ROOTS.has(root) ? found : null;
}

const ROOTS: ReadonlySet<string> = new Set(['urlset', 'rss', 'feed', 'RDF']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** As many parts as it takes to see how it begins. */
function startOf(parts: Iterator<string>): string {
  let start = '';
  for (let part = parts.next(); part.done !== true; part = parts.next()) {
    start += part.value;
    if (start.trim().length >= LONGEST_START) break;
  }
  return start;
}

/** `https://` without a byte order mark. */
const LONGEST_START = 8;

/** One URL a line: what begins as something else is no sitemap. */
function readLines(start: string, parts: Iterator<string>, found: Sitemap, add: (written: string, time: string) => void): Sitemap | null {
  if (!/^\uFEFF?\s*https?:\/\//i.test(start)) return null;
  let rest = start.replace(/^\uFEFF/, '');
  for (let isOver = false; !isOver;) {
    const lines = rest.split(/\r\n|\r|\n/);
    const part = parts.next();
    isOver = part.done === true;
    // The last line may go on.
    rest = isOver ? '' : (lines.pop() ?? '') + (part.value as string);
    for (const line of lines) if (line.trim() !== '') add(line, '');
  }
  return found;
}

/** The sitemaps of an origin, and by whom they are named: those that its robots.txt names, else the one where many have theirs. */
export function sitemapsOf(origin: string, named: readonly string[]): { urls: readonly string[]; namedBy: string | null } {
  return named.length === 0 ? { urls: [new URL('/sitemap.xml', origin).href], namedBy: null } : { urls: named, namedBy: origin };
}

/**
 * Whether a sitemap may speak of a URL: of its own origin, at or below its own place; and of the whole origin whose robots.txt names it, null
 * where none does. https://www.sitemaps.org/protocol.html#location https://www.sitemaps.org/protocol.html#sitemaps_cross_submits
 */
export function speaksOf(sitemap: URL, url: URL, namedBy: string | null): boolean {
  if (url.origin === namedBy) return true;
  return url.origin === sitemap.origin && url.pathname.startsWith(sitemap.pathname.slice(0, sitemap.pathname.lastIndexOf('/') + 1));
}
