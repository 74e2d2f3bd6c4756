import { type Element, isTag } from 'domhandler';
import { parseHtml } from './html-parser.ts';
import { serializeNode } from './serialize.ts';
import { attributeValue, descendantText, stripAndCollapseAsciiWhitespace } from './tree.ts';
import { DEFAULT_PARSE_LIMITS } from './tree-limits.ts';

/** What an item holds, and the media type that is. */
export interface Content {
  text: string | null;
  type: string | null;
}

/** An element as plain text: of Atom's escaped HTML what it says. Throws PARSE_LIMIT_EXCEEDED. */
export function plainText(element: Element): string {
  const text = descendantText(element);
  const isMarkup = typeOf(element) === 'text/html' && /[<&]/.test(text);
  return stripAndCollapseAsciiWhitespace(isMarkup ? descendantText(parseHtml(text, DEFAULT_PARSE_LIMITS, null)) : text);
}

/** The same, of an element that may not be there. */
export function plainTextOf(element: Element | null): string | null {
  return element === null ? null : plainText(element);
}

/** An element as written: escaped markup as markup, Atom's XHTML as what its `div` holds. Null for none, and for an empty one. */
export function constructText(element: Element | null, spend: (text: string) => string): string | null {
  return contentOf(element, spend).text;
}

/** https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3 */
export function contentOf(element: Element | null, spend: (text: string) => string): Content {
  if (element === null) return { text: null, type: null };
  const type = typeOf(element) ?? 'text/html';
  if (type !== 'application/xhtml+xml') {
    const text = descendantText(element).trim();
    return text === '' ? { text: null, type: null } : { text: spend(text), type };
  }
  const [only] = element.children.filter(isTag);
  const holder = attributeValue(element, 'type') === null ? element : (only ?? element);
  return {
    text: holder.children
      .map((child) => serializeNode(child, 'xml', spend))
      .join('')
      .trim(),
    type,
  };
}

/** The media type of an element's content; null in RSS, which does not say. */
function typeOf(element: Element): string | null {
  if (element.namespace === 'http://www.w3.org/1999/xhtml') return 'application/xhtml+xml';
  const type = attributeValue(element, 'type')?.trim().toLowerCase();
  if (type === 'html') return 'text/html';
  if (type === 'xhtml') return 'application/xhtml+xml';
  if (type === undefined) return IS_ATOM.test(element.namespace ?? '') ? 'text/plain' : null;
  return type === 'text' ? 'text/plain' : type;
}

const IS_ATOM = /^http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns#)$/;
