import { type Element, isTag } from 'domhandler';
import { combinedValue } from '../fetch/field-lines.ts';
import { createAnswerBudget } from './answer-budget.ts';
import { documentBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import { isJsonLd, type JsonLdGraph, jsonLdGraph, readJsonLd } from './json-ld.ts';
import { parseLinkField } from './link-field.ts';
import type { JsonLd, MetaElement } from './metadata-parts.model.ts';
import type { Resolve } from './microdata.ts';
import { propertyNames } from './open-graph.ts';
import { asciiLowercase, attributeValue, descendantText, documentElement, isHtmlElement, localName, NAMESPACE } from './tree.ts';

/** A link of the page to something else: a `link`, one of a `Link` field, or an `a` that says it is the next or the previous part. */
export interface PageLink {
  source: 'link' | 'a' | 'http Link';
  /** Link types, in lower case. */
  rel: readonly string[];
  href: string;
  url: string | null;
  /** An attribute, or the parameter of the same name; null where there is none. */
  attribute: (name: string) => string | null;
}

/** What the rules for metadata look at, in document order, template content left out. */
export interface PageFacts {
  document: PageDocument;
  /** Resolves against the document base URL. Throws PARSE_LIMIT_EXCEEDED where the answer would become too large. */
  resolve: Resolve;
  root: Element;
  /** As written. https://html.spec.whatwg.org/multipage/dom.html#document.title */
  title: string | null;
  heading: string | null;
  metas: readonly MetaElement[];
  /** The first content of each name of a `meta`, `name` and `property` alike, that is not blank. */
  contents: ReadonlyMap<string, string>;
  /** Elements first, then header fields. */
  links: readonly PageLink[];
  /** The first element of each name of a microdata property. */
  itemprops: ReadonlyMap<string, Element>;
  jsonLd: readonly JsonLd[];
  graph: JsonLdGraph;
  /** All values of a header field of the response, joined. */
  field: (name: string) => string | null;
}

/** Walks a document once. `root` is its document element. Throws as {@link PageDocument.tree}, and where the answer would become too large. */
export function pageFacts(document: PageDocument, root: Element): PageFacts {
  const { baseUrl } = documentBaseUrl(document);
  const budget = createAnswerBudget(document.url);
  const spend = (text: string): string => budget.spend(text);
  const resolverFor = (base: string | null): Resolve => {
    const known = new Map<string, string | null>();
    return (written) => {
      let url = known.get(written);
      if (url === undefined) {
        url = encodingParseUrl(written, base, document.encoding)?.href ?? null;
        known.set(written, url);
      }
      return url === null ? null : spend(url);
    };
  };
  const resolve = resolverFor(baseUrl);
  let title = titleOfSvg(root);
  let heading: string | null = null;
  const metas: MetaElement[] = [];
  const links: PageLink[] = [];
  const itemprops = new Map<string, Element>();
  const jsonLd: JsonLd[] = [];
  for (const element of document.elements) {
    if (!isHtmlElement(element)) continue;
    const properties = attributeValue(element, 'itemprop');
    if (properties !== null) for (const name of words(properties)) if (!itemprops.has(name)) itemprops.set(name, element);
    const name = localName(element);
    if (name === 'meta') metas.push(metaElement(document, element, metas.length, spend));
    else if (name === 'title') title ??= descendantText(element);
    else if (name === 'h1') heading ??= descendantText(element);
    else if (isJsonLd(element)) jsonLd.push(readJsonLd(document, element, jsonLd.length));
    else if (name === 'link' || name === 'a' || name === 'area') links.push(...linksOf(element, name === 'link', resolve));
  }
  const contents = new Map<string, string>();
  for (const meta of metas) {
    if (meta.content === null || meta.content.trim() === '') continue;
    for (const name of propertyNames(meta)) if (!contents.has(name)) contents.set(name, meta.content);
  }
  const field = (name: string): string | null => combinedValue(document.fields ?? [], name);
  // A field knows nothing of the document's base URL.
  links.push(...fieldLinks(field('link') ?? '', document.url, resolverFor(document.url)));
  return { document, resolve, root, title, heading, metas, contents, links, itemprops, jsonLd, graph: jsonLdGraph(jsonLd), field };
}

/** The words of a value that is a list of them. */
export function words(value: string | null): string[] {
  return (value ?? '').split(/[\t\n\f\r ]+/).filter((word) => word !== '');
}

function titleOfSvg(root: Element): string | null {
  if (root.namespace !== NAMESPACE.svg) return null;
  const title = root.children
    .filter(isTag)
    .find(({ name, namespace }) => namespace === NAMESPACE.svg && name.replace(/^.*:/, '') === 'title');
  return title === undefined ? null : descendantText(title);
}

function metaElement(document: PageDocument, element: Element, index: number, spend: (text: string) => string): MetaElement {
  const attribute = (name: string): string | null => {
    const value = attributeValue(element, name);
    return value === null ? null : spend(value);
  };
  return {
    name: attribute('name'),
    property: attribute('property'),
    httpEquiv: attribute('http-equiv'),
    itemprop: attribute('itemprop'),
    charset: attribute('charset'),
    media: attribute('media'),
    content: attribute('content'),
    position: { index, ...document.position(element.startIndex) },
  };
}

function linksOf(element: Element, isLink: boolean, resolve: Resolve): PageLink[] {
  const href = attributeValue(element, 'href');
  const types = attributeValue(element, 'rel');
  if (href === null || href === '' || types === null) return [];
  const rel = words(asciiLowercase(types));
  if (rel.length === 0 || (!isLink && !rel.some((type) => type === 'next' || type === 'prev'))) return [];
  return [{ source: isLink ? 'link' : 'a', rel, href, url: resolve(href), attribute: (name) => attributeValue(element, name) }];
}

/** Those links whose context is the document: one with an `anchor` elsewhere says nothing of it. */
function fieldLinks(value: string, documentUrl: string | null, resolve: Resolve): PageLink[] {
  return parseLinkField(value).flatMap(({ href, parameters }) => {
    const anchor = parameters.get('anchor');
    if (anchor !== undefined && (documentUrl === null || URL.parse(anchor, documentUrl)?.href !== URL.parse(documentUrl)?.href)) return [];
    const rel = words(asciiLowercase(parameters.get('rel') ?? ''));
    return [{ source: 'http Link' as const, rel, href, url: resolve(href), attribute: (name: string) => parameters.get(name) ?? null }];
  });
}

/** The document element of a page that has metadata in HTML's sense; null for other XML. */
export function pageRoot(document: PageDocument): Element | null {
  const root = documentElement(document.tree);
  return root !== null && (isHtmlElement(root, 'html') || root.namespace === NAMESPACE.svg) ? root : null;
}
