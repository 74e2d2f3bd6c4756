import { invalidParameter } from '../api/problem.ts';
import { createAnswerBudget } from './answer-budget.ts';
import type { PageDocument } from './document.ts';
import { type FoundLink, HYPERLINK_ELEMENTS, INCLUDABLE, type LinkSources, URL_ATTRIBUTES } from './link-sources.ts';
import { type LinkTarget, registrableDomain } from './link-target.ts';
import { linkText, linkTypes } from './link-parts.ts';
import type { LinksOptions } from './links.args.ts';
import { asciiLowercase } from './tree.ts';

/** A link and what is known of it before it is described. */
export interface KnownLink {
  found: FoundLink;
  target: LinkTarget;
  /** Which of the links to the same URL it is, from 1. */
  occurrence: number;
  /** How many there are; counts on while links are gathered. */
  occurrences: { count: number };
}

/** Throws INVALID_REQUEST for an `element` or `include` that there is none of, and for what a regular expression cannot tell. */
export function sourcesOf({ element, include, method, rel }: LinksOptions): LinkSources {
  for (const [name, value] of Object.entries({ element, include, rel })) {
    if (value !== undefined && method === 'regex') {
      throw invalidParameter(name, 'is not for method=regex: a regular expression sees no elements');
    }
  }
  const names = (element ?? [...HYPERLINK_ELEMENTS]).map(asciiLowercase);
  if (!names.every((name) => name === '*' || URL_ATTRIBUTES.has(name))) {
    throw invalidParameter('element', `must be * or of ${[...URL_ATTRIBUTES.keys()].join(', ')}`);
  }
  const words = (include ?? []).map(asciiLowercase);
  const included = INCLUDABLE.filter((word) => words.includes(word));
  if (!words.every((word) => INCLUDABLE.some((known) => known === word))) {
    throw invalidParameter('include', `must be of ${INCLUDABLE.join(', ')}`);
  }
  return { elements: new Set(names.includes('*') ? URL_ATTRIBUTES.keys() : names), include: new Set(included) };
}

/** Those of what was found that are of the elements asked for, or included, each with its number among those to the same URL. */
export function knownLinks(
  found: readonly FoundLink[],
  { elements }: LinkSources,
  targetOf: (href: string, encoding: string) => LinkTarget,
): KnownLink[] {
  const counts = new Map<string, { count: number }>();
  const known: KnownLink[] = [];
  for (const link of found) {
    // What stands in another attribute than those of the element's own was included.
    const name = link.element?.name ?? null;
    const isOwn = name !== null && link.attribute !== null && URL_ATTRIBUTES.get(name)?.includes(link.attribute) === true;
    if (isOwn && !elements.has(name)) continue;
    const target = targetOf(link.href, link.encoding);
    const key = target.url ?? link.href;
    let occurrences = counts.get(key);
    if (occurrences === undefined) counts.set(key, (occurrences = { count: 0 }));
    known.push({ found: link, target, occurrence: ++occurrences.count, occurrences });
  }
  return known;
}

/**
 * What a link must pass for each filter that is given; PARSE_LIMIT_EXCEEDED may come of `contains`. Throws INVALID_REQUEST for an `origin` or
 * `registrableDomain` that is none.
 */
export function linkTests(document: PageDocument, options: LinksOptions): ((link: KnownLink) => boolean)[] {
  return [...testsOf(document, options)];
}

/** Those links that pass every test; with `unique` of those to one URL the first. */
export function filteredLinks(known: readonly KnownLink[], tests: readonly ((link: KnownLink) => boolean)[], unique: boolean): KnownLink[] {
  const seen = new Set<string>();
  return known.filter((link) => {
    if (!tests.every((passes) => passes(link))) return false;
    return !unique || seen.size < seen.add(link.target.url ?? link.found.href).size;
  });
}

function* testsOf(
  document: PageDocument,
  { kind, rel, contains, origin, registrableDomain: domain }: LinksOptions,
): Generator<(link: KnownLink) => boolean, void, undefined> {
  if (kind !== undefined) yield ({ target }) => target.kind === kind;
  if (origin !== undefined) {
    const wanted = URL.parse(origin)?.origin ?? 'null';
    if (wanted === 'null') throw invalidParameter('origin', 'must be an origin, as https://example.com');
    yield ({ target }) => target.origin === wanted;
  }
  if (domain !== undefined) {
    const wanted = URL.parse(`http://${domain}/`)?.hostname ?? null;
    if (wanted === null || registrableDomain(wanted) !== wanted) {
      throw invalidParameter('registrableDomain', 'must be a public suffix and one label more, as example.co.uk');
    }
    yield ({ target }) => registrableDomain(target.host) === wanted;
  }
  if (rel !== undefined) {
    const types = new Set(rel.map(asciiLowercase));
    yield ({ found }) => linkTypes(found).some((type) => types.has(type));
  }
  if (contains !== undefined) {
    const needle = contains.toLowerCase();
    const budget = createAnswerBudget(
      document.url,
      'the texts of all links of the document are read for contains, one within another again',
    );
    const has = (text: string | null): boolean => text?.toLowerCase().includes(needle) === true;
    yield ({ found, target }) => {
      if (has(target.url ?? found.href)) return true;
      const text = linkText(found);
      return text !== null && has(budget.spend(text));
    };
  }
}
