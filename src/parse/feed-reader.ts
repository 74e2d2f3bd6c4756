import { type Element, isTag } from 'domhandler';
import type { PageDocument } from './document.ts';
import { childrenByName } from './feed-names.ts';
import { attributeValue, descendantText } from './tree.ts';

/** What one element of a feed says: the feed itself, or an item. */
export interface FeedReader {
  element: Element;
  /** The child elements of these names, name by name. */
  all: (...names: readonly string[]) => readonly Element[];
  /** The first of them that is not empty. */
  first: (names: readonly string[]) => Element | null;
  /** Resolves what an element within says, against its own base. */
  resolve: (written: string | null, at: Element) => string | null;
  spend: (text: string) => string;
}

/** Makes a reader of an element. `defaultKey` is what names without prefix belong to; `spend` counts what is answered. */
export function feedReader(element: Element, document: PageDocument, defaultKey: '' | 'atom', spend: (text: string) => string): FeedReader {
  const children = childrenByName(element, defaultKey);
  const all = (...names: readonly string[]): readonly Element[] => names.flatMap((name) => children.get(name) ?? []);
  return {
    element,
    all,
    first: (names) => all(...names).find((child) => descendantText(child).trim() !== '') ?? null,
    resolve: (written, at) => {
      const url = written === null || written === '' ? null : (URL.parse(written, baseOf(at, document) ?? undefined)?.href ?? null);
      return url === null ? null : spend(url);
    },
    spend,
  };
}

/** https://www.w3.org/TR/xmlbase/#resolution */
function baseOf(element: Element, { url, baseUrl }: PageDocument): string | null {
  const written: string[] = [];
  for (let node: Element['parent'] = element; node !== null; node = node.parent) {
    const base = isTag(node) ? attributeValue(node, 'xml:base') : null;
    if (base !== null) written.push(base);
  }
  return written.reduceRight<string | null>((outer, base) => URL.parse(base, outer ?? undefined)?.href ?? outer, url ?? baseUrl);
}
