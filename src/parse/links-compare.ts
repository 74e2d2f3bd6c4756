import { pageOf } from '../api/list-page.ts';
import { createAnswerBudget } from './answer-budget.ts';
import { documentBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { type Explained, reasonOfDifference, reasonOfParserOnly, reasonOfRegexOnly, type RegexOnly } from './link-reasons.ts';
import { findLinks, type FoundLink, HYPERLINK_ELEMENTS } from './link-sources.ts';
import { createTargets } from './link-target.ts';
import type { LinksCompareOptions } from './links-compare.args.ts';
import type { ComparedLink, FoundBy, LinkFinding, LinkReasonCount, LinksComparison } from './links-compare.model.ts';
import { matchedLinks } from './links.ts';
import { type SourceAttribute, sourceAttributes } from './source-attributes.ts';
import { eachSourceToken, type SourceToken } from './source-tokens.ts';

/** A place of the source where somebody found a link. */
interface Finding {
  foundBy: FoundBy;
  /** Of the match, of the attribute, or of the tag. */
  offset: number;
  regex: FoundLink | null;
  parser: FoundLink | null;
  why: Explained | null;
}

/** What of the source the links of either side stand in. */
interface Places {
  /** Of the expression's matches, in their order. */
  matches: readonly RegexOnly[];
  /** The `href` of the tags that make the parser's links, by the offsets of the tags. */
  hrefs: ReadonlyMap<number, SourceAttribute>;
}

/**
 * What `href="(https?://.*?)"` finds in the text of a document beside what `/links` finds, place by place, and why they differ. Throws
 * NOT_A_DOCUMENT, and PARSE_LIMIT_EXCEEDED.
 */
export function linksCompare(document: PageDocument, options: LinksCompareOptions): LinksComparison {
  const found = findLinks(document, { elements: HYPERLINK_ELEMENTS, include: new Set() });
  const matched = matchedLinks(document);
  const findings = findingsOf(found, matched, placesOf(document, found, matched));
  const wanted = findings.filter(
    ({ foundBy, why }) =>
      (options.foundBy === undefined || foundBy === options.foundBy) && (options.reason === undefined || why?.reason === options.reason),
  );
  const count = (by: FoundBy): number => findings.filter(({ foundBy }) => foundBy === by).length;
  return {
    expression: 'href="(https?://.*?)"',
    regex: matched.length,
    parser: found.length,
    both: count('both'),
    onlyRegex: count('regex'),
    onlyParser: count('parser'),
    reasons: reasonCounts(findings),
    total: wanted.length,
    links: pageOf(wanted, options).map(createDescribe(document)),
  };
}

/** Reads the source once; matches and tokens come in the same order, and so do the attributes of a tag. */
function placesOf(document: PageDocument, found: readonly FoundLink[], matched: readonly FoundLink[]): Places {
  const tagOffsets = new Set(found.map(({ offset }) => offset));
  const hrefs = new Map<number, SourceAttribute>();
  const matches: RegexOnly[] = [];
  const add = (end: number, token: SourceToken | null, attributeAt: (offset: number) => SourceAttribute | null): void => {
    for (let link = matched[matches.length]; link !== undefined && offsetOf(link) < end; link = matched[matches.length]) {
      const start = offsetOf(link);
      matches.push({ start, end: start + MARKS + link.href.length, token, attribute: attributeAt(start) });
    }
  };
  const none = (): null => null;
  eachSourceToken(document, (token) => {
    // Between tokens lies what is none.
    add(token.start, null, none);
    const next = matched[matches.length];
    const hasMatch = next !== undefined && offsetOf(next) < token.end;
    const hasLink = token.kind === 'start' && tagOffsets.has(token.start);
    const attributes = token.kind === 'start' && (hasMatch || hasLink) ? sourceAttributes(document.text, token.start, token.end) : [];
    const href = hasLink ? attributes.find(({ name }) => name.toLowerCase() === 'href') : undefined;
    if (href !== undefined) hrefs.set(token.start, href);
    let at = 0;
    add(token.end, token, (offset) => {
      while (at < attributes.length && (attributes[at]?.end ?? 0) <= offset) at++;
      const attribute = attributes[at];
      return attribute !== undefined && attribute.start <= offset ? attribute : null;
    });
  });
  add(Infinity, null, none);
  return { matches, hrefs };
}

/** What the expression has around a URL: `href=""`. */
const MARKS = 7;

/** A match always has a place. */
function offsetOf({ offset }: FoundLink): number {
  return offset ?? 0;
}

function findingsOf(found: readonly FoundLink[], matched: readonly FoundLink[], { matches, hrefs }: Places): Finding[] {
  const byOffset = new Map(matched.map((link) => [link.offset, link]));
  const seen = new Set<number>();
  const inSource = found
    .map((link) => {
      const attribute = link.offset === null ? null : (hrefs.get(link.offset) ?? null);
      return { link, attribute, offset: attribute?.start ?? link.offset ?? -1 };
    })
    .sort((one, other) => one.offset - other.offset);
  const findings: Finding[] = [];
  let at = 0;
  const addRegexOnly = (before: number): void => {
    for (let match = matches[at]; match !== undefined && match.start < before; match = matches[++at]) {
      if (seen.has(match.start)) continue;
      const regex = byOffset.get(match.start) ?? null;
      findings.push({ foundBy: 'regex', offset: match.start, regex, parser: null, why: reasonOfRegexOnly(match) });
    }
  };
  for (const { link, attribute, offset } of inSource) {
    addRegexOnly(offset);
    const isAgain = seen.has(offset);
    const regex = attribute === null || isAgain ? null : (byOffset.get(attribute.start) ?? null);
    seen.add(offset);
    const why =
      regex === null
        ? reasonOfParserOnly({ href: link.href, attribute, isAgain, isSwallowed: (matches[at - 1]?.end ?? 0) > offset })
        : reasonOfDifference(regex.href, link.href);
    findings.push({ foundBy: regex === null ? 'parser' : 'both', offset, regex, parser: link, why });
  }
  addRegexOnly(Infinity);
  return findings;
}

function reasonCounts(findings: readonly Finding[]): LinkReasonCount[] {
  const counts = new Map<string, LinkReasonCount>();
  for (const { foundBy, why } of findings) {
    if (why === null) continue;
    const key = `${foundBy} ${why.reason}`;
    const counted = counts.get(key) ?? { reason: why.reason, foundBy, count: 0 };
    counted.count++;
    counts.set(key, counted);
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}

function createDescribe(document: PageDocument): (finding: Finding) => ComparedLink {
  const budget = createAnswerBudget(document.url);
  const targetOf = createTargets(document, documentBaseUrl(document));
  const describe = (link: FoundLink | null): LinkFinding | null => {
    if (link === null) return null;
    const { url } = targetOf(link.href);
    return {
      href: budget.spend(link.href),
      url: url === null ? null : budget.spend(url),
      position: { index: link.index, ...document.position(link.offset) },
    };
  };
  return ({ foundBy, regex, parser, why }) => ({
    foundBy,
    regex: describe(regex),
    parser: describe(parser),
    reason: why?.reason ?? null,
    explanation: why?.explanation ?? null,
  });
}
