import { type Element, isTag } from 'domhandler';
import { ProblemError } from '../api/problem.ts';
import { asciiLowercase, attributeValue, descendantText, isHtmlElement, localName } from './tree.ts';

/** An item as the HTML Standard's JSON has it. */
export interface MicrodataObject {
  type?: string[];
  id?: string;
  properties: Record<string, (string | MicrodataObject)[]>;
}

/** Bounds on what `itemref` makes of a page: it may lead from every item over the whole of it, and from item to item. */
const MAX_STEPS = 1_000_000;
/** What an item costs beside an element. */
const STEPS_OF_ITEM = 10;
const MAX_DEPTH = 200;

/** Resolves a URL as written; null where it cannot be parsed. */
export type Resolve = (written: string) => string | null;

/**
 * The items among the elements of a document, in tree order, that are nobody's property, as the HTML Standard's JSON. An item within itself is the text `ERROR`, as the
 * standard says. Throws PARSE_LIMIT_EXCEEDED where `itemref` makes more of a page than it holds.
 * https://html.spec.whatwg.org/multipage/microdata.html#json
 */
export function microdata(elements: readonly Element[], resolve: Resolve): { items: MicrodataObject[] } {
  const places = new Map<Element, number>();
  const ids = new Map<string, Element>();
  const topLevel = elements.filter((element) => isItem(element) && attributeValue(element, 'itemprop') === null);
  // Only items are found by references, and most pages have none.
  for (const element of topLevel.length === 0 ? [] : elements) {
    places.set(element, places.size);
    const id = attributeValue(element, 'id');
    if (id !== null && !ids.has(id)) ids.set(id, element);
  }
  let steps = 0;

  /** https://html.spec.whatwg.org/multipage/microdata.html#the-properties-of-an-item */
  function propertiesOf(root: Element): Element[] {
    const results: Element[] = [];
    const memory = new Set<Element>([root]);
    const references = words(attributeValue(root, 'itemref')).flatMap((id) => ids.get(id) ?? []);
    // Taken from its end, so that without references tree order comes by itself.
    const pending = [...references, ...root.children.filter(isTag)].reverse();
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      if (++steps > MAX_STEPS) throw exceeded('lead over more elements than are read');
      if (memory.has(current)) continue;
      memory.add(current);
      // One by one: what a call takes as arguments must fit on the stack.
      if (!isItem(current)) for (const child of current.children.filter(isTag).reverse()) pending.push(child);
      if (isHtmlElement(current) && words(attributeValue(current, 'itemprop')).length > 0) results.push(current);
    }
    return references.length === 0 ? results : results.sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  }

  /** https://html.spec.whatwg.org/multipage/microdata.html#get-the-object */
  function objectOf(item: Element, within: readonly Element[]): MicrodataObject {
    if (within.length > MAX_DEPTH) throw exceeded(`are nested more than ${String(MAX_DEPTH)} deep`);
    steps += STEPS_OF_ITEM;
    const memory = [...within, item];
    const type = [...new Set(words(attributeValue(item, 'itemtype')))];
    const itemId = type.length === 0 ? null : attributeValue(item, 'itemid');
    const id = itemId === null ? null : resolve(itemId);
    const values = new Map<string, (string | MicrodataObject)[]>();
    for (const property of propertiesOf(item)) {
      const value = !isItem(property) ? propertyValue(property, resolve) : memory.includes(property) ? 'ERROR' : objectOf(property, memory);
      for (const name of new Set(words(attributeValue(property, 'itemprop')))) {
        const known = values.get(name);
        if (known === undefined) values.set(name, [value]);
        else known.push(value);
      }
    }
    return { ...(type.length > 0 && { type }), ...(id !== null && { id }), properties: Object.fromEntries(values) };
  }

  return { items: topLevel.map((item) => objectOf(item, [])) };
}

function isItem(element: Element): boolean {
  return attributeValue(element, 'itemscope') !== null && isHtmlElement(element);
}

function words(value: string | null): string[] {
  return (value ?? '').split(/[\t\n\f\r ]+/).filter((word) => word !== '');
}

function exceeded(what: string): ProblemError {
  return new ProblemError('PARSE_LIMIT_EXCEEDED', `The items of the page's microdata ${what}. /select finds them by [itemscope].`, {
    phase: 'parse',
  });
}

const URL_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ...['audio', 'embed', 'iframe', 'img', 'source', 'track', 'video'].map((name) => [name, 'src'] as const),
  ...['a', 'area', 'link'].map((name) => [name, 'href'] as const),
  ['object', 'data'],
]);

/** The attribute that has the URL of an element of HTML, or null. https://html.spec.whatwg.org/multipage/microdata.html#url-property-elements */
export function urlAttribute(element: Element): string | null {
  return URL_ATTRIBUTES.get(asciiLowercase(localName(element))) ?? null;
}

/** The value of a property that is no item. https://html.spec.whatwg.org/multipage/microdata.html#concept-property-value */
export function propertyValue(element: Element, resolve: Resolve): string {
  const name = asciiLowercase(localName(element));
  const ofUrl = urlAttribute(element);
  if (ofUrl !== null) {
    const written = attributeValue(element, ofUrl);
    return written === null ? '' : (resolve(written) ?? '');
  }
  if (name === 'meta') return attributeValue(element, 'content') ?? '';
  if (name === 'data' || name === 'meter') return attributeValue(element, 'value') ?? '';
  return (name === 'time' ? attributeValue(element, 'datetime') : null) ?? descendantText(element);
}
