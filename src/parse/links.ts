import type { Element } from 'domhandler';
import { pageOf } from '../api/list-page.ts';
import { invalidParameter } from '../api/problem.ts';
import { type AnswerBudget, createAnswerBudget } from './answer-budget.ts';
import { type DocumentBaseUrl, documentBaseUrl, fallbackBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { type FollowOptions, markFollowed } from './followed-links.ts';
import type { TreeElement } from './link-context.ts';
import { filteredLinks, type KnownLink, knownLinks, linkTests, sourcesOf } from './link-filters.ts';
import { linkText, linkTypes } from './link-parts.ts';
import { findLinks, type FoundLink } from './link-sources.ts';
import { createTargets, registrableDomain } from './link-target.ts';
import type { LinksOptions } from './links.args.ts';
import type { Link, Links } from './links.model.ts';
import { descendantElements } from './tree.ts';

/**
 * The links of a document in document order, duplicates kept unless `unique`; template content left out. `method: 'regex'` reads any text,
 * finds what `href="(https?://.*?)"` finds, and resolves it against the fallback base URL, as it sees no `<base>`.
 * Throws NOT_A_DOCUMENT, PARSE_LIMIT_EXCEEDED, and INVALID_REQUEST for a parameter that means nothing, or that a regular expression
 * cannot tell. https://html.spec.whatwg.org/multipage/links.html#links-created-by-a-and-area-elements
 */
export function links(document: PageDocument, options: LinksOptions & Following): Links {
  const tests = linkTests(document, options);
  const { base, known } = gather(document, options);
  return answerOf(document, filteredLinks(known, tests, options.unique), base, options, createAnswerBudget(document.url));
}

/**
 * The links of elements of a document, themselves included, each as {@link links} tells it of the whole document; all answers within one
 * budget. However many elements are asked, the links of the document are found once.
 * Throws as {@link links}, and INVALID_REQUEST for `method: 'regex'`.
 */
export function createElementLinks(
  document: PageDocument,
  budget: AnswerBudget,
): (root: Element, options: LinksOptions & Following) => Links {
  const gathered = new Map<string, { base: DocumentBaseUrl; ofElements: ReadonlyMap<Element, readonly KnownLink[]> }>();

  return (root, options) => {
    if (options.method === 'regex') throw invalidParameter('method', 'must be parser within an element: a regular expression sees none');
    const tests = linkTests(document, options);
    const key = JSON.stringify([options.element, options.include]);
    let all = gathered.get(key);
    if (all === undefined) {
      // An element is part of a tree, and where there is one, links are found in it, each with its element.
      const { base, known } = gather(document, options);
      all = { base, ofElements: Map.groupBy(known, ({ found }) => (found.element as TreeElement).node) };
      gathered.set(key, all);
    }
    const { base, ofElements } = all;
    const within = [root, ...descendantElements(root)].flatMap((element) => ofElements.get(element) ?? []);
    return answerOf(document, filteredLinks(within, tests, options.unique), base, options, budget);
  };
}

/** Which links are to be followed by whoever asks: those that pass, as far as they lead to `first` pages. Null where all are. */
interface Following {
  follow?: FollowOptions | null;
}

function gather(document: PageDocument, options: LinksOptions): { base: DocumentBaseUrl; known: KnownLink[] } {
  const { method } = options;
  const sources = sourcesOf(options);
  const found = method === 'regex' ? matchedLinks(document) : findLinks(document, sources);
  // Where they were found in a tree, no scan is needed for the base.
  const base = method === 'regex' ? fallbackBaseUrl(document) : documentBaseUrl(document);
  return { base, known: knownLinks(found, sources, createTargets(document, base)) };
}

function answerOf(
  document: PageDocument,
  wanted: readonly KnownLink[],
  base: DocumentBaseUrl,
  options: LinksOptions & Following,
  budget: AnswerBudget,
): Links {
  const page = pageOf(wanted, options);
  const described = page.map(createDescribe(document, budget));
  const { method, follow } = options;
  if (follow) markFollowed(document, described, follow);
  return { ...base, method, total: wanted.length, links: described };
}

/** What Python's `re.findall` finds with the pattern: its dot matches all but the line feed. Linear, as a match cannot pass the next quote. */
export function matchedLinks({ text, encoding }: PageDocument): FoundLink[] {
  return Array.from(text.matchAll(/href="(https?:\/\/[^"\n]*)"/g), (match, index) => ({
    href: match[1] ?? '',
    index,
    offset: match.index,
    position: null,
    element: null,
    attribute: null,
    descriptor: null,
    encoding,
    context: null,
  }));
}

/** Describes links; the text of a heading is read once, however many links follow it. */
function createDescribe(document: PageDocument, budget: AnswerBudget): (link: KnownLink) => Link {
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
    const { href, index, element, offset, position, attribute, descriptor, context } = found;
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
      position: { index, ...(position ?? document.position(offset)) },
    };
  };
}
