import type { Element } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { invalidParameter } from '../api/problem.ts';
import { createAnswerBudget } from './answer-budget.ts';
import { type DocumentBaseUrl, documentBaseUrl, fallbackBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import { linkKind } from './link-kind.ts';
import type { LinksOptions } from './links.args.ts';
import type { Link, LinkKind, Links } from './links.model.ts';
import { asciiLowercase, attributeValue, descendantElements, descendantText, localName, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** What a method found, before it is described. */
interface FoundLink {
  href: string;
  index: number;
  /** Null where a regular expression found it. */
  element: Element | null;
  /** UTF-16 code units; null where the element has no place in the text. */
  offset: number | null;
}

interface Target {
  url: string | null;
  kind: LinkKind;
}

/**
 * The links of a document in document order, duplicates kept unless `unique`; template content left out. `method: 'regex'` reads any text,
 * finds what `href="(https?://.*?)"` finds, and resolves it against the fallback base URL, as it sees no `<base>`.
 * Throws NOT_A_DOCUMENT, PARSE_LIMIT_EXCEEDED, and INVALID_REQUEST for an `element` that is no hyperlink or that a regular expression
 * cannot tell. https://html.spec.whatwg.org/multipage/links.html#links-created-by-a-and-area-elements
 */
export function links(document: PageDocument, options: LinksOptions): Links {
  const { method, unique, kind } = options;
  const elements = elementsWanted(options);
  const base = method === 'regex' ? fallbackBaseUrl(document) : documentBaseUrl(document);
  const targetOf = targetsOf(document, base);
  const seen = new Set<string>();
  const wanted = (method === 'regex' ? matchedLinks(document.text) : hyperlinks(document)).filter(({ href, element }) => {
    if (elements !== null && (element === null || !elements.has(localName(element)))) return false;
    if (kind === undefined && !unique) return true;
    const target = targetOf(href);
    if (kind !== undefined && target.kind !== kind) return false;
    if (!unique) return true;
    const key = target.url ?? href;
    return seen.size < seen.add(key).size;
  });
  const budget = createAnswerBudget(document.url);
  return {
    ...base,
    method,
    total: wanted.length,
    links: pageOf(wanted, options).map((found) => describe(document, found, targetOf(found.href), (text) => budget.spend(text))),
  };
}

function elementsWanted({ element, method }: LinksOptions): ReadonlySet<string> | null {
  if (element === undefined) return null;
  if (method === 'regex') throw invalidParameter('element', 'is not for method=regex: a regular expression sees no elements');
  const names = element.map(asciiLowercase);
  if (!names.every((name) => HYPERLINK_ELEMENTS.has(name))) throw invalidParameter('element', 'must be a, area or both');
  return new Set(names);
}

const HYPERLINK_ELEMENTS: ReadonlySet<string> = new Set(['a', 'area']);

function hyperlinks(document: PageDocument): FoundLink[] {
  const found: FoundLink[] = [];
  for (const element of descendantElements(document.tree)) {
    if (!HYPERLINK_ELEMENTS.has(localName(element))) continue;
    const href = attributeValue(element, 'href');
    if (href !== null) found.push({ href, index: found.length, element, offset: element.startIndex });
  }
  return found;
}

/** What Python's `re.findall` finds with the pattern: its dot matches all but the line feed. Linear, as a match cannot pass the next quote. */
function matchedLinks(text: string): FoundLink[] {
  return Array.from(text.matchAll(/href="(https?:\/\/[^"\n]*)"/g), (match, index) => ({
    href: match[1] ?? '',
    index,
    element: null,
    offset: match.index,
  }));
}

/** Resolves each distinct `href` once: pages repeat them, and resolving costs as much as finding. */
function targetsOf(document: PageDocument, { baseUrl }: DocumentBaseUrl): (href: string) => Target {
  const targets = new Map<string, Target>();
  const documentUrl = URL.parse(document.url ?? document.baseUrl ?? baseUrl ?? '');
  return (href) => {
    let target = targets.get(href);
    if (target === undefined) {
      const url = encodingParseUrl(href, baseUrl, document.encoding);
      target = { url: url?.href ?? null, kind: linkKind(url, documentUrl) };
      targets.set(href, target);
    }
    return target;
  };
}

function describe(document: PageDocument, found: FoundLink, { url, kind }: Target, spend: (text: string) => string): Link {
  const { href, index, element, offset } = found;
  const title = element && attributeValue(element, 'title');
  return {
    href: spend(href),
    url: url === null ? null : spend(url),
    text: element && spend(stripAndCollapseAsciiWhitespace(descendantText(element))),
    element: element && localName(element),
    rel: linkTypes((element && attributeValue(element, 'rel')) ?? '').map(spend),
    title: title === null ? null : spend(title),
    kind,
    position: { index, ...document.position(offset) },
  };
}

/** https://html.spec.whatwg.org/multipage/links.html#linkTypes */
function linkTypes(rel: string): string[] {
  return [...new Set(asciiLowercase(rel).split(/[\t\n\f\r ]+/))].filter((type) => type !== '');
}
