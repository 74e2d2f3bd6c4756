import type { PageDocument } from './document.ts';
import { createDocument } from './document.ts';
import { declarativeRefresh } from './declarative-refresh.ts';
import { documentBaseUrl } from './document-base-url.ts';
import { linkText, linkTypes } from './link-parts.ts';
import { findLinks, HYPERLINK_ELEMENTS } from './link-sources.ts';
import { createTargets } from './link-target.ts';
import { pageFacts, pageRoot } from './page-facts.ts';
import { robotsRules } from './robots-rules.ts';
import { stripAndCollapseAsciiWhitespace } from './tree.ts';

/** Hyperlinks of one page that are told; more has no page that people made. */
const MOST_LINKS = 20_000;
/** Characters of a link's text, and of a title. */
const LONGEST_TEXT = 200;
const LONGEST_TITLE = 500;
/** Characters in which the end of a head is looked for: what it says of the page is behind no more than that. */
export const LONGEST_HEAD = 128 * 1024;

/** A hyperlink as whoever follows links needs it. */
export interface OutlineLink {
  /** Absolute, of http or https. */
  url: string;
  text: string;
  nofollow: boolean;
}

/** What a crawler reads off a page. */
export interface Outline {
  title: string | null;
  /** What the first canonical link names, an element before a header field. */
  canonical: string | null;
  /** What `meta` elements and `X-Robots-Tag` say to all robots. */
  noindex: boolean;
  nofollow: boolean;
  /** Where it leads by itself: `<meta http-equiv=refresh>`. */
  refresh: string | null;
  /** Of `a` and `area`, in document order, duplicates kept. */
  links: OutlineLink[];
}

/**
 * What a crawler reads off a page. Links are scanned for where that can be; then no more of the page is parsed than its head.
 * Throws NOT_A_DOCUMENT, PARSE_LIMIT_EXCEEDED.
 */
export function outline(document: PageDocument): Outline {
  const links: OutlineLink[] = [];
  const isScanned = document.scan() !== null;
  const targetOf = createTargets(document, documentBaseUrl(document));
  for (const found of findLinks(document, { elements: HYPERLINK_ELEMENTS, include: new Set() })) {
    const { url } = targetOf(found.href, found.encoding);
    if (url === null || !/^https?:/.test(url)) continue;
    if (links.length >= MOST_LINKS) break;
    const text = (linkText(found) ?? '').slice(0, LONGEST_TEXT);
    links.push({ url, text, nofollow: linkTypes(found).includes('nofollow') });
  }
  return { ...headOf(isScanned ? headAlone(document) : document), links };
}

/** As much of an HTML document as its head. */
function headAlone(document: PageDocument): PageDocument {
  const { url, baseUrl, encoding, fields } = document;
  return createDocument({ text: headText(document), url, baseUrl, syntax: 'html', encoding, ...(fields !== undefined && { fields }) });
}

/** The text up to where its head ends: a tag that says so, or begins the body. */
export function headText({ text }: Pick<PageDocument, 'text'>): string {
  const start = text.slice(0, LONGEST_HEAD);
  const end = /<\/head[\s>]|<body[\s>]/i.exec(start);
  return end === null ? start : start.slice(0, end.index);
}

function headOf(document: PageDocument): Omit<Outline, 'links'> {
  const root = pageRoot(document);
  if (root === null) return { title: null, canonical: null, noindex: false, nofollow: false, refresh: null };
  const facts = pageFacts(document, root);
  const canonical = facts.links.filter(({ source, rel, url }) => source !== 'a' && rel.includes('canonical') && url !== null);
  const directives = robotsRules(facts)
    .filter(({ agent }) => agent === 'robots')
    .flatMap((rule) => rule.directives);
  const isNone = directives.includes('none');
  const refresh = facts.metas.find(({ httpEquiv, content }) => content !== null && httpEquiv?.toLowerCase() === 'refresh');
  const href = declarativeRefresh(refresh?.content ?? '')?.href ?? null;
  return {
    title: facts.title === null ? null : stripAndCollapseAsciiWhitespace(facts.title).slice(0, LONGEST_TITLE),
    canonical: canonical[0]?.url ?? null,
    noindex: isNone || directives.includes('noindex'),
    nofollow: isNone || directives.includes('nofollow'),
    refresh: href === null ? null : facts.resolve(href),
  };
}
