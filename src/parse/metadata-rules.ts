import type { Element } from 'domhandler';
import { isoDate } from './iso-date.ts';
import { jsonLdText } from './json-ld.ts';
import type { MetadataSource } from './metadata.model.ts';
import { propertyValue } from './microdata.ts';
import { type PageFacts, type PageLink, words } from './page-facts.ts';
import { attributeValue, descendantElements, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** What a rule found, where it knows itself how it is read. */
interface Found {
  written: string;
  value: string | null;
}

/** One place where a value may stand. */
interface Rule {
  source: string;
  /** What is written there; null where nothing is. */
  find: (facts: PageFacts) => string | Found | null;
}

/** How what is written becomes a value; null where it says nothing that can be read. */
type Reader = (written: string, facts: PageFacts) => string | null;

const text = (written: string): string | null => stripAndCollapseAsciiWhitespace(written) || null;
const url: Reader = (written, { resolve }) => resolve(written);
const date: Reader = (written) => isoDate(written);
/** A name, where many pages give the address of a profile instead. */
const name: Reader = (written) => (/^\s*https?:/i.test(written) ? null : text(written));

/** The member of each value, how it is read, and where it may stand: the first rule that has something that can be read decides. */
const RULES = {
  title: [
    text,
    rule('title', ({ title }) => title),
    property('og:title'),
    property('twitter:title'),
    jsonLd('headline'),
    rule('h1', ({ heading }) => heading),
  ],
  description: [text, meta('description'), property('og:description'), property('twitter:description'), jsonLd('description')],
  canonical: [url, link('link', 'canonical'), link('http Link', 'canonical'), property('og:url')],
  language: [
    text,
    rule('html[lang]', ({ root }) => attributeValue(root, 'lang')),
    rule('html[xml:lang]', ({ root }) => attributeValue(root, 'xml:lang')),
    rule('meta[http-equiv=content-language]', ({ metas }) => oneLanguage(pragma(metas, 'content-language'))),
    rule('http Content-Language', ({ field }) => oneLanguage(field('content-language'))),
    rule('og:locale', ({ contents }) => contents.get('og:locale')?.replace('_', '-') ?? null),
    jsonLd('inLanguage'),
  ],
  direction: [
    (written) => /^(?:ltr|rtl|auto)$/i.exec(written)?.[0].toLowerCase() ?? null,
    rule('html[dir]', ({ root }) => attributeValue(root, 'dir')),
    rule('default', () => 'ltr'),
  ],
  author: [name, meta('author'), jsonLd('author'), property('article:author'), itemprop('author'), property('twitter:creator')],
  published: [
    date,
    property('article:published_time'),
    jsonLd('datePublished'),
    itemprop('datePublished'),
    ...['date', 'dc.date', 'dcterms.date', 'dcterms.issued', 'dcterms.created', 'citation_publication_date', 'pubdate'].map(meta),
  ],
  modified: [
    date,
    property('article:modified_time'),
    property('og:updated_time'),
    jsonLd('dateModified'),
    itemprop('dateModified'),
    ...['last-modified', 'dcterms.modified', 'dc.date.modified', 'revised'].map(meta),
  ],
  siteName: [text, property('og:site_name'), meta('application-name'), meta('apple-mobile-web-app-title'), jsonLd('publisher')],
  amp: [url, link('link', 'amphtml'), link('http Link', 'amphtml')],
  manifest: [url, link('link', 'manifest'), link('http Link', 'manifest')],
  'pagination.previous': [url, link('link', 'prev'), link('link', 'previous'), link('http Link', 'prev'), link('a', 'prev')],
  'pagination.next': [url, link('link', 'next'), link('http Link', 'next'), link('a', 'next')],
} satisfies Record<string, readonly [Reader, ...Rule[]]>;

/** A member that rules decide. */
export type RuledMember = keyof typeof RULES;

/** Decides every member, and says which rule did. */
export function applyRules(facts: PageFacts): { values: Record<RuledMember, string | null>; sources: MetadataSource[] } {
  const sources: MetadataSource[] = [];
  const decided = Object.entries(RULES).map(([member, [read, ...rules]]) => {
    let unread: MetadataSource | null = null;
    for (const { source, find } of rules) {
      const found = find(facts);
      const written = typeof found === 'string' ? found : found?.written;
      if (found === null || written === undefined || written.trim() === '') continue;
      const value = typeof found === 'string' ? read(found, facts) : found.value;
      if (value !== null) {
        sources.push({ member, source, written });
        return [member, value];
      }
      unread ??= { member, source, written };
    }
    // What nobody could read is told all the same.
    if (unread !== null) sources.push(unread);
    return [member, null];
  });
  return { values: Object.fromEntries(decided) as Record<RuledMember, string | null>, sources };
}

function rule(source: string, find: Rule['find']): Rule {
  return { source, find };
}

/** The first `meta` of this name that has a content. */
function meta(wanted: string): Rule {
  return { ...property(wanted), source: `meta[name=${wanted}]` };
}

function property(wanted: string): Rule {
  return rule(wanted, ({ contents }) => contents.get(wanted) ?? null);
}

function itemprop(wanted: string): Rule {
  return rule(`[itemprop=${wanted}]`, ({ itemprops, resolve }) => {
    const element = itemprops.get(wanted);
    if (element === undefined) return null;
    const isItem = attributeValue(element, 'itemscope') !== null;
    return propertyValue((isItem ? nameOf(element) : null) ?? element, resolve);
  });
}

/** What names an item that is a property: a person, an organisation. */
function nameOf(item: Element): Element | null {
  for (const element of descendantElements(item)) {
    if (words(attributeValue(element, 'itemprop')).includes('name')) return element;
  }
  return null;
}

function jsonLd(wanted: string): Rule {
  return rule(`JSON-LD ${wanted}`, ({ graph }) => jsonLdText(graph, wanted));
}

/** The first link of this type that can be resolved, by whatever base it has where it stands; where none can, the first. */
function link(source: PageLink['source'], type: string): Rule {
  return rule(source === 'http Link' ? source : `${source}[rel=${type}]`, ({ links }) => {
    const wanted = links.filter((each) => each.source === source && each.rel.includes(type));
    const first = wanted.find((each) => each.url !== null) ?? wanted[0];
    return first === undefined ? null : { written: first.href, value: first.url };
  });
}

/** The content of the first `meta` with this `http-equiv`. */
export function pragma(metas: PageFacts['metas'], wanted: string): string | null {
  return metas.find(({ httpEquiv, content }) => content !== null && httpEquiv?.toLowerCase() === wanted)?.content ?? null;
}

/** More than one language says nothing of the page's own. https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-language */
export function oneLanguage(written: string | null): string | null {
  return written === null || written.includes(',') ? null : (written.trim().split(/\s+/)[0] ?? null);
}
