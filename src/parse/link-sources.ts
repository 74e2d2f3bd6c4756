import type { Element } from 'domhandler';
import { declarativeRefresh } from './declarative-refresh.ts';
import type { PageDocument } from './document.ts';
import { type LinkContext, LinkContextTracker, type LinkElement, TreeElement } from './link-context.ts';
import type { ScannedLink } from './link-scanner.ts';
import type { SourcePosition } from './source-position.ts';
import { parseSrcset } from './srcset.ts';
import { styleUrls } from './style-urls.ts';
import { asciiLowercase, attributeNames, attributeValue, childText, isHtmlElement, localName, walkElements } from './tree.ts';

/** Where else than in an attribute of its own a URL may stand. */
export const INCLUDABLE = ['srcset', 'refresh', 'style'] as const;
/** One of {@link INCLUDABLE}. */
export type Included = (typeof INCLUDABLE)[number];

/** Which links are looked for: of which elements, and what else of any element. */
export interface LinkSources {
  elements: ReadonlySet<string>;
  include: ReadonlySet<Included>;
}

/** What a method found, before it is described. */
export interface FoundLink {
  /** As written; character references are resolved where it stands in an attribute of an element. */
  href: string;
  /** Its number among all that were found. */
  index: number;
  /** UTF-16 code units; null where the element has no place in the text. */
  offset: number | null;
  /** Where that is, if that is known already. */
  position: SourcePosition | null;
  /** Null where a regular expression found it; so are the next three. */
  element: LinkElement | null;
  /** The attribute that it stands in; null in the text of a `style` element. */
  attribute: string | null;
  /** Of a candidate of a `srcset`. */
  descriptor: string | null;
  /** The encoding of its query: CSS is its own, whatever the document's. */
  encoding: string;
  context: LinkContext | null;
}

/** What has a URL in an attribute: the elements, and of each the attributes. https://html.spec.whatwg.org/multipage/indices.html#attributes-3 */
export const URL_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['a', ['href']],
  ['area', ['href']],
  ['link', ['href']],
  ['img', ['src']],
  ['iframe', ['src']],
  ['frame', ['src']],
  ['script', ['src']],
  ['form', ['action']],
  ['button', ['formaction']],
  ['input', ['formaction', 'src']],
  ['source', ['src']],
  ['track', ['src']],
  ['video', ['src', 'poster']],
  ['audio', ['src']],
  ['embed', ['src']],
  ['object', ['data']],
]);

/** The elements that make hyperlinks for a reader to follow. https://html.spec.whatwg.org/multipage/links.html#links-created-by-a-and-area-elements */
export const HYPERLINK_ELEMENTS: ReadonlySet<string> = new Set(['a', 'area']);

/**
 * The links of a document in document order, those of one element in the order of its attributes; template content left out. Always those
 * of `a` and `area`, those of other `elements`, and what is to be included wherever it stands. One walk, whose length is the document's.
 * Throws as {@link PageDocument.tree}.
 */
export function findLinks(document: PageDocument, { elements, include }: LinkSources): FoundLink[] {
  const areHyperlinks = include.size === 0 && [...elements].every((name) => HYPERLINK_ELEMENTS.has(name));
  const scanned = areHyperlinks ? document.scan() : null;
  if (scanned !== null) return scanned.links.map((link, index) => scannedLink(document, link, index));
  const found: FoundLink[] = [];
  const tracker = new LinkContextTracker();
  walkElements(
    document.tree,
    (element) => {
      tracker.open(element);
      let context: LinkContext | undefined;
      let linkElement: LinkElement | undefined;
      const add = (href: string, attribute: string | null, descriptor: string | null = null, encoding = document.encoding): void => {
        context ??= tracker.context;
        linkElement ??= new TreeElement(element);
        found.push({
          href,
          index: found.length,
          offset: element.startIndex,
          position: null,
          element: linkElement,
          attribute,
          descriptor,
          encoding,
          context,
        });
      };
      const name = localName(element);
      const attributes = HYPERLINK_ELEMENTS.has(name) || elements.has(name) ? URL_ATTRIBUTES.get(name) : undefined;
      if (attributes === undefined && include.size === 0) return;
      for (const attribute of attributes?.length === 1 && include.size === 0 ? attributes : attributeNames(element)) {
        const value = attributeValue(element, attribute);
        if (value === null) continue;
        if (attributes?.includes(attribute) === true) add(value, attribute);
        else if (include.size > 0) addIncluded(element, name, attribute, value, include, add);
      }
      if (name === 'style' && include.has('style')) {
        for (const url of styleUrls(childText(element))) add(url, null, null, 'UTF-8');
      }
    },
    (element) => {
      tracker.close(element);
    },
  );
  return found;
}

function scannedLink({ encoding }: PageDocument, link: ScannedLink, index: number): FoundLink {
  const { href, position, heading, landmark, inNav } = link;
  const { offset } = position;
  return {
    href,
    index,
    offset,
    position,
    element: link,
    attribute: 'href',
    descriptor: null,
    encoding,
    context: { heading, landmark, inNav },
  };
}

function addIncluded(
  element: Element,
  name: string,
  attribute: string,
  value: string,
  include: ReadonlySet<Included>,
  add: (href: string, attribute: string, descriptor?: string | null, encoding?: string) => void,
): void {
  if (attribute === 'style' && include.has('style')) {
    for (const url of styleUrls(value)) add(url, attribute, null, 'UTF-8');
  }
  if (!isHtmlElement(element)) return;
  if (SRCSETS.get(name) === attribute && include.has('srcset')) {
    for (const { url, descriptor } of parseSrcset(value)) add(url, attribute, descriptor);
  }
  if (name === 'meta' && attribute === 'content' && include.has('refresh')) {
    const isRefresh = asciiLowercase(attributeValue(element, 'http-equiv') ?? '') === 'refresh';
    const href = isRefresh ? declarativeRefresh(value)?.href : null;
    if (href !== null && href !== undefined) add(href, attribute);
  }
}

const SRCSETS: ReadonlyMap<string, string> = new Map([
  ['img', 'srcset'],
  ['source', 'srcset'],
  ['link', 'imagesrcset'],
]);
