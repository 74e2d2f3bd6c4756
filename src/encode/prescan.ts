import { getMetaEncoding } from './labels.ts';
import { type DeclaredLabel, endOfTag, GREATER_THAN, isLetter, isWhitespace, latin1, LESS_THAN, matchesAt, SLASH } from './markup-bytes.ts';
import { readMeta } from './meta-encoding.ts';

/** Bytes that are read for a `<meta>` whatever they hold, as the standard encourages. */
const PRESCANNED_BYTES = 1024;

const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const HYPHEN = 0x2d;

/** Start tags that may stand in a head; behind them a `<meta>` may still come. */
const HEAD_TAGS = new Set(['html', 'head', 'base', 'link', 'meta', 'title', 'style', 'script', 'noscript', 'template', 'object']);
/** Elements whose content is text up to their end tag. */
const TEXT_TAGS = new Set(['title', 'style', 'script']);
const LONGEST_HEAD_TAG = 8;

/**
 * What the `<meta>` elements of an HTML document declare: the first label that names an encoding, and before it the first
 * that names none, if any. The first 1,024 bytes are read as the standard says, and from there on the rest of the head as
 * Chromium does: to `</head>` or the first start tag that cannot be in a head. Takes time in proportion to the bytes.
 */
export function metaDeclarations(bytes: Uint8Array): DeclaredLabel[] {
  const early = prescan(bytes.subarray(0, PRESCANNED_BYTES));
  if (early.some(isKnown) || bytes.length <= PRESCANNED_BYTES) return early;
  const late = scanHead(bytes);
  return early.length === 0 ? late : [...early, ...late.filter(isKnown)];
}

/**
 * "Prescan a byte stream to determine its encoding", but for XML declarations.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 */
function prescan(bytes: Uint8Array): DeclaredLabel[] {
  const found: DeclaredLabel[] = [];
  let at = bytes.indexOf(LESS_THAN);
  while (at >= 0) {
    if (startsComment(bytes, at)) {
      at = endOfComment(bytes, at, false);
    } else if (matchesAt(bytes, at + 1, 'meta') && (isWhitespace(bytes[at + 5]) || bytes[at + 5] === SLASH)) {
      const meta = readMeta(bytes, at + 5);
      if (meta === undefined || collect(found, meta.declared)) return found;
      at = meta.end;
    } else if (isLetter(bytes[at + 1]) || (bytes[at + 1] === SLASH && isLetter(bytes[at + 2]))) {
      at = endOfTag(bytes, endOfName(bytes, at + 1, false));
    } else if (startsDeclaration(bytes, at)) {
      at = bytes.indexOf(GREATER_THAN, at);
    }
    if (at >= 0) at = nextTag(bytes, at + 1);
  }
  return found;
}

/** Reads the head as a tokenizer does: what looks like a tag in a script, a style sheet or the title is none. */
function scanHead(bytes: Uint8Array): DeclaredLabel[] {
  const found: DeclaredLabel[] = [];
  let at = bytes.indexOf(LESS_THAN);
  while (at >= 0) {
    if (startsComment(bytes, at)) {
      at = endOfComment(bytes, at, true);
    } else if (isLetter(bytes[at + 1])) {
      const nameEnd = endOfName(bytes, at + 1, true);
      const name = tagName(bytes, at + 1, nameEnd);
      if (!HEAD_TAGS.has(name)) return found;
      if (name === 'meta') {
        const meta = readMeta(bytes, nameEnd);
        if (meta === undefined || collect(found, meta.declared)) return found;
        at = meta.end;
      } else {
        at = endOfTag(bytes, nameEnd);
        if (at >= 0 && TEXT_TAGS.has(name)) at = endOfText(bytes, at, name);
      }
    } else if (bytes[at + 1] === SLASH && isLetter(bytes[at + 2])) {
      const nameEnd = endOfName(bytes, at + 2, true);
      if (tagName(bytes, at + 2, nameEnd) === 'head') return found;
      at = endOfTag(bytes, nameEnd);
    } else if (startsDeclaration(bytes, at)) {
      at = bytes.indexOf(GREATER_THAN, at);
    }
    if (at >= 0) at = nextTag(bytes, at + 1);
  }
  return found;
}

function isKnown({ label }: DeclaredLabel): boolean {
  return getMetaEncoding(label) !== null;
}

/** Keeps a known label, or the first unknown one; true when the search is over. */
function collect(found: DeclaredLabel[], declared: DeclaredLabel | null): boolean {
  if (declared === null) return false;
  const known = isKnown(declared);
  if (known || found.length === 0) found.push(declared);
  return known;
}

/** The offset of the next `<`, or -1. Near ones, of which hostile bytes are full, are cheaper to find one by one. */
function nextTag(bytes: Uint8Array, position: number): number {
  for (let at = position; at < position + 16; at += 1) if (bytes[at] === LESS_THAN) return at;
  return bytes.indexOf(LESS_THAN, position + 16);
}

function startsComment(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === EXCLAMATION && bytes[at + 2] === HYPHEN && bytes[at + 3] === HYPHEN;
}

function startsDeclaration(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === EXCLAMATION || bytes[at + 1] === SLASH || bytes[at + 1] === QUESTION;
}

/** The offset of the `>` that ends a comment; its two hyphens may be those that begin it. -1 where nothing ends it. */
function endOfComment(bytes: Uint8Array, start: number, bangEnds: boolean): number {
  for (let at = bytes.indexOf(GREATER_THAN, start + 4); at >= 0; at = bytes.indexOf(GREATER_THAN, at + 1)) {
    if (bytes[at - 1] === HYPHEN && bytes[at - 2] === HYPHEN) return at;
    // A tokenizer takes --!> for an end too; the prescan does not.
    if (bangEnds && at - start >= 7 && bytes[at - 1] === EXCLAMATION && bytes[at - 2] === HYPHEN && bytes[at - 3] === HYPHEN) return at;
  }
  return -1;
}

/** Behind a tag's name: at whitespace or `>`, for a tokenizer at `/` as well. */
function endOfName(bytes: Uint8Array, start: number, slashEnds: boolean): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== GREATER_THAN && !isWhitespace(bytes[at]) && !(slashEnds && bytes[at] === SLASH)) at += 1;
  return at;
}

/** Lower case; empty where it is longer than any name asked for. */
function tagName(bytes: Uint8Array, start: number, end: number): string {
  return end - start > LONGEST_HEAD_TAG ? '' : latin1(bytes, start, end).toLowerCase();
}

/** The offset before the `<` of the end tag that closes a text element; -1 where it is never closed. */
function endOfText(bytes: Uint8Array, start: number, name: string): number {
  for (let at = bytes.indexOf(LESS_THAN, start); at >= 0; at = nextTag(bytes, at + 1)) {
    if (bytes[at + 1] !== SLASH || !matchesAt(bytes, at + 2, name)) continue;
    const behind = bytes[at + 2 + name.length];
    if (isWhitespace(behind) || behind === SLASH || behind === GREATER_THAN) return at - 1;
  }
  return -1;
}
