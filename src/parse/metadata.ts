import { ProblemError } from '../api/problem.ts';
import { declarativeRefresh } from './declarative-refresh.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import type { PageDocument } from './document.ts';
import { metadataIcons } from './metadata-icons.ts';
import { metadataImages } from './metadata-images.ts';
import { applyRules, pragma } from './metadata-rules.ts';
import type { Alternate, Refresh } from './metadata-parts.model.ts';
import type { Metadata } from './metadata.model.ts';
import { microdata } from './microdata.ts';
import { openGraph, twitterCard } from './open-graph.ts';
import { type PageFacts, pageFacts, type PageLink, pageRoot } from './page-facts.ts';
import { robotsRules } from './robots-rules.ts';

/**
 * What a page says of itself. Of each plain member the first rule that has something decides (`metadata-rules.ts`), and `sources` says
 * which; lists keep document order, what header fields say last. URLs are resolved against the document base URL, those of header fields
 * against the document's own. Template content is left out. Throws NOT_A_DOCUMENT for what is neither HTML nor SVG, and
 * PARSE_LIMIT_EXCEEDED.
 */
export function metadata(document: PageDocument): Metadata {
  const root = pageRoot(document);
  if (root === null) {
    throw new ProblemError(
      'NOT_A_DOCUMENT',
      'The content is XML of another kind than HTML, which has no place for metadata. /feed reads feeds, /tags?tag=* the elements of any XML.',
      { phase: 'parse', url: document.url ?? undefined },
    );
  }
  const facts = pageFacts(document, root);
  const { metas, links, resolve, jsonLd } = facts;
  const { values, sources } = applyRules(facts);
  const { 'pagination.previous': previous, 'pagination.next': next, ...plain } = values;
  const charset = document.encodingSource === undefined ? null : document.encoding;
  if (document.encodingSource !== undefined) sources.push({ member: 'charset', source: document.encodingSource, written: null });
  const graph = openGraph(metas, resolve);
  const twitter = twitterCard(metas, resolve);
  return {
    ...plain,
    charset,
    pagination: { previous, next },
    sources,
    images: metadataImages(facts, graph, twitter),
    icons: metadataIcons(facts),
    themeColors: metas
      .filter(({ name, content }) => name?.trim().toLowerCase() === 'theme-color' && content !== null)
      .map(({ content, media }) => ({ color: (content ?? '').trim(), media, source: 'meta[name=theme-color]' })),
    ...alternatesOf(links),
    robots: robotsRules(facts),
    refresh: refreshOf(facts),
    contentSecurityPolicies: metas
      .filter(({ httpEquiv, content }) => httpEquiv?.toLowerCase() === 'content-security-policy' && content !== null)
      .map(({ content }) => content ?? ''),
    openGraph: graph,
    twitter,
    jsonLd: [...jsonLd],
    microdata: microdata(document.elements, resolve),
    meta: [...metas],
  };
}

const FEEDS: ReadonlyMap<string, string> = new Map([
  ['application/rss+xml', 'rss'],
  ['application/rdf+xml', 'rss'],
  ['application/atom+xml', 'atom'],
  ['application/feed+json', 'json'],
]);

const OEMBED: ReadonlyMap<string, string> = new Map([
  ['application/json+oembed', 'json'],
  ['text/xml+oembed', 'xml'],
  ['application/xml+oembed', 'xml'],
]);

/** https://html.spec.whatwg.org/multipage/links.html#rel-alternate */
function alternatesOf(links: readonly PageLink[]): Pick<Metadata, 'feeds' | 'oEmbed' | 'alternates'> {
  const feeds: Alternate[] = [];
  const oEmbed: Alternate[] = [];
  const alternates: Alternate[] = [];
  for (const link of links) {
    const { rel } = link;
    const type = essenceOf(link);
    const isAlternate = rel.includes('alternate') && !rel.includes('stylesheet');
    const feed = FEEDS.get(type) ?? null;
    if (isAlternate && OEMBED.has(type)) oEmbed.push(alternate(link, OEMBED.get(type) ?? null));
    else if ((isAlternate && feed !== null) || rel.includes('feed')) feeds.push(alternate(link, feed));
    else if (isAlternate) alternates.push(alternate(link, null));
  }
  return { feeds, oEmbed, alternates };
}

function essenceOf({ attribute }: PageLink): string {
  return (attribute('type') ?? '').replace(/;.*$/s, '').trim().toLowerCase();
}

function alternate({ url, href, source, attribute }: PageLink, format: string | null): Alternate {
  const [type, title, hreflang, media] = [attribute('type'), attribute('title'), attribute('hreflang'), attribute('media')];
  return { url, href, format, type, title, hreflang, media, source };
}

/** The feeds that an HTML document links to, as addresses; none for any other. Throws PARSE_LIMIT_EXCEEDED. */
export function linkedFeeds(document: PageDocument): string[] {
  const root = pageRoot(document);
  if (root === null) return [];
  return alternatesOf(pageFacts(document, root).links).feeds.flatMap(({ url }) => url ?? []);
}

/** By the header field before all elements: it comes first, and the first one counts. */
function refreshOf({ document, metas, resolve, field }: PageFacts): Refresh | null {
  // A field knows nothing of the document's base URL.
  const byUrl = (href: string): string | null => encodingParseUrl(href, document.url, document.encoding)?.href ?? null;
  const said = [
    { written: field('refresh'), resolved: byUrl, source: 'http Refresh' },
    { written: pragma(metas, 'refresh'), resolved: resolve, source: 'meta[http-equiv=refresh]' },
  ];
  for (const { written, resolved, source } of said) {
    const refresh = declarativeRefresh(written ?? '');
    if (refresh !== null) return { ...refresh, url: refresh.href === null ? document.url : resolved(refresh.href), source };
  }
  return null;
}
