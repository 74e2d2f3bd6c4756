import type { BaseSource } from './links.model.ts';
import type { PageDocument } from './document.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import { attributeValue, isHtmlElement } from './tree.ts';

/** What relative URLs of a document are resolved against, and which of `<base>`, final URL and parameter said so. */
export interface DocumentBaseUrl {
  /** Null where nothing names one: only absolute URLs can be resolved then. */
  baseUrl: string | null;
  baseSource: BaseSource;
}

/**
 * The document base URL: the first `<base>` with an `href` decides, and where that is no usable URL the fallback base URL stands. We
 * refuse `about:` besides the standard's `data:` and `javascript:`, as nothing can be resolved against it either.
 * Throws as {@link PageDocument.tree}. https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url
 */
export function documentBaseUrl(document: PageDocument): DocumentBaseUrl {
  const fallback = fallbackBaseUrl(document);
  const href = baseHref(document);
  if (href === null) return fallback;
  const url = encodingParseUrl(href, fallback.baseUrl, document.encoding);
  return url === null || REFUSED_SCHEMES.has(url.protocol) ? fallback : { baseUrl: url.href, baseSource: 'element' };
}

/** The `href` of the first `base` that has one. */
function baseHref(document: PageDocument): string | null {
  const scanned = document.scan();
  if (scanned !== null) return scanned.baseHref;
  for (const element of document.elements) {
    const href = isHtmlElement(element, 'base') ? attributeValue(element, 'href') : null;
    if (href !== null) return href;
  }
  return null;
}

/** What the document base URL is without a `<base>`. https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fallback-base-url */
export function fallbackBaseUrl({ url, baseUrl }: PageDocument): DocumentBaseUrl {
  return url === null ? { baseUrl, baseSource: 'parameter' } : { baseUrl: url, baseSource: 'url' };
}

const REFUSED_SCHEMES: ReadonlySet<string> = new Set(['data:', 'javascript:', 'about:']);
