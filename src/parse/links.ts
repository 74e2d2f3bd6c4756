import { pageOf } from '../api/list-page.ts';
import { createAnswerBudget } from './answer-budget.ts';
import { documentBaseUrl, fallbackBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { filteredLinks, type KnownLink, knownLinks, linkTests, sourcesOf } from './link-filters.ts';
import { linkText, linkTypes } from './link-parts.ts';
import { findLinks, type FoundLink } from './link-sources.ts';
import { createTargets, registrableDomain } from './link-target.ts';
import type { LinksOptions } from './links.args.ts';
import type { Link, Links } from './links.model.ts';

/**
 * The links of a document in document order, duplicates kept unless `unique`; template content left out. `method: 'regex'` reads any text,
 * finds what `href="(https?://.*?)"` finds, and resolves it against the fallback base URL, as it sees no `<base>`.
 * Throws NOT_A_DOCUMENT, PARSE_LIMIT_EXCEEDED, and INVALID_REQUEST for a parameter that means nothing, or that a regular expression
 * cannot tell. https://html.spec.whatwg.org/multipage/links.html#links-created-by-a-and-area-elements
 */
export function links(document: PageDocument, options: LinksOptions): Links {
  const { method, unique } = options;
  const sources = sourcesOf(options);
  const tests = linkTests(document, options);
  const found = method === 'regex' ? matchedLinks(document) : findLinks(document, sources);
  // Where they were found in a tree, no scan is needed for the base.
  const base = method === 'regex' ? fallbackBaseUrl(document) : documentBaseUrl(document);
  const known = knownLinks(found, sources, createTargets(document, base));
  const wanted = filteredLinks(known, tests, unique);
  const describe = createDescribe(document);
  return { ...base, method, total: wanted.length, links: pageOf(wanted, options).map(describe) };
}

/** What Python's `re.findall` finds with the pattern: its dot matches all but the line feed. Linear, as a match cannot pass the next quote. */
export function matchedLinks({ text, encoding }: PageDocument): FoundLink[] {
  return Array.from(text.matchAll(/href="(https?:\/\/[^"\n]*)"/g), (match, index) => ({
    href: match[1] ?? '',
    index,
    offset: match.index,
    element: null,
    attribute: null,
    descriptor: null,
    encoding,
    context: null,
  }));
}

/** Describes links within one budget; the text of a heading is read once, however many links follow it. */
function createDescribe(document: PageDocument): (link: KnownLink) => Link {
  const budget = createAnswerBudget(document.url);
  const spend = (text: string): string => budget.spend(text);
  const orNull = (text: string | null): string | null => (text === null ? null : spend(text));
  const headings = new Map<object, string>();

  function headingText(heading: { readonly text: string }): string {
    const known = headings.get(heading);
    if (known !== undefined) return known;
    const { text } = heading;
    headings.set(heading, text);
    return text;
  }

  return ({ found, target, occurrence, occurrences }) => {
    const { href, index, element, offset, attribute, descriptor, context } = found;
    return {
      href: spend(href),
      url: orNull(target.url),
      text: orNull(linkText(found)),
      element: element?.name ?? null,
      attribute,
      descriptor: orNull(descriptor),
      rel: linkTypes(found).map(spend),
      title: orNull(element?.title ?? null),
      kind: target.kind,
      registrableDomain: orNull(registrableDomain(target.host)),
      nearestHeading: orNull(context?.heading ? headingText(context.heading) : null),
      landmark: context?.landmark ?? null,
      inNav: context?.inNav ?? null,
      occurrence,
      occurrences: occurrences.count,
      position: { index, ...document.position(offset) },
    };
  };
}
