import { getMetaEncoding } from './labels.ts';
import { type DeclaredLabel, getAttribute, isWhitespace, latin1, matchesAt } from './markup-bytes.ts';

/** The attributes that matter; every other is only read over. */
const NAMES = ['charset', 'content', 'http-equiv'] as const;
const PRAGMA = 'content-type';

/** What one `<meta>` says. */
export interface MetaReading {
  /** The label it declares; null where it declares none. */
  declared: DeclaredLabel | null;
  /** The offset of the tag's `>`. */
  end: number;
}

/**
 * Reads the attributes of a `<meta>` from `position` on (behind its name): what it declares, known label or not; undefined
 * where the bytes run out.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding (step 2 of the loop)
 */
export function readMeta(bytes: Uint8Array, position: number): MetaReading | undefined {
  const seen: string[] = [];
  let gotPragma = false;
  let needPragma: boolean | null = null;
  let charset: DeclaredLabel | null = null;
  let unknown: DeclaredLabel | null = null;
  let at = position;
  for (;;) {
    const attribute = getAttribute(bytes, at);
    if (attribute === undefined) return undefined;
    if ('end' in attribute) {
      if (needPragma === true && !gotPragma) charset = null;
      if (charset === null && gotPragma) charset = unknown;
      return { declared: charset, end: attribute.end };
    }
    at = attribute.next;
    const name = NAMES.find(
      (word) => word.length === attribute.nameEnd - attribute.nameStart && matchesAt(bytes, attribute.nameStart, word),
    );
    // Of two attributes of a name the first counts.
    if (name === undefined || seen.includes(name)) continue;
    seen.push(name);
    if (name === 'http-equiv') {
      gotPragma = attribute.valueEnd - attribute.valueStart === PRAGMA.length && matchesAt(bytes, attribute.valueStart, PRAGMA);
    } else if (name === 'charset') {
      charset = declaredLabel(bytes, attribute.valueStart, attribute.valueEnd);
      needPragma = false;
    } else {
      const found = extractEncoding(latin1(bytes, attribute.valueStart, attribute.valueEnd));
      if (found === null) continue;
      const start = attribute.valueStart + found.index;
      const declared = declaredLabel(bytes, start, start + found.label.length);
      if (getMetaEncoding(declared.label) === null) unknown = declared;
      else if (charset === null) {
        charset = declared;
        needPragma = true;
      }
    }
  }
}

/** The label between two offsets, without the ASCII whitespace around it. */
function declaredLabel(bytes: Uint8Array, start: number, end: number): DeclaredLabel {
  let [first, last] = [start, end];
  while (first < last && isWhitespace(bytes[first])) first += 1;
  while (last > first && isWhitespace(bytes[last - 1])) last -= 1;
  return { label: latin1(bytes, first, last), offset: first };
}

/**
 * The label in a `content` such as `text/html; charset=utf-8` and its index, or null.
 *
 * https://html.spec.whatwg.org/multipage/urls-and-fetching.html#algorithm-for-extracting-a-character-encoding-from-a-meta-element
 */
export function extractEncoding(content: string): { label: string; index: number } | null {
  // The equals sign must follow; where it does not, the search goes on behind the word.
  const charset = /charset[\t\n\f\r ]*=[\t\n\f\r ]*/i.exec(content);
  if (charset === null) return null;
  const start = charset.index + charset[0].length;
  const quote = content[start];
  if (quote === '"' || quote === "'") {
    const end = content.indexOf(quote, start + 1);
    return end < 0 ? null : { label: content.slice(start + 1, end), index: start + 1 };
  }
  const label = /^[^\t\n\f\r ;]*/.exec(content.slice(start))?.[0] ?? '';
  return label === '' ? null : { label, index: start };
}
