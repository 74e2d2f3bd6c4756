/** A sitemap of a generated web. https://www.sitemaps.org/protocol.html */
export interface Sitemap {
  kind: 'sitemap';
  mediaType: string;
  text: string;
  isGzip: boolean;
  /** The pages that it tells of, and the sitemaps. */
  pages: readonly string[];
  sitemaps: readonly string[];
}

const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/**
 * What an origin answers for the path of a sitemap; null where there is none. Where robots.txt names it, it is an index of three, one of them
 * as gzip, one as text, one that is not there, and itself.
 */
export function sitemapOf(
  origin: string,
  pathname: string,
  { urls, isNamed }: { urls: readonly string[]; isNamed: boolean },
): Sitemap | null {
  if (!isNamed) return pathname === '/sitemap.xml' ? ofPages(urls, false) : null;
  if (pathname === '/sitemap-index.xml') {
    const names = ['sitemap-1.xml.gz', 'sitemap-2.xml', 'sitemap-3.txt', 'sitemap-lost.xml', 'sitemap-index.xml'];
    return ofSitemaps(names.map((name) => `${origin}/${name}`));
  }
  const part = Number(/^\/sitemap-([123])\./.exec(pathname)?.[1] ?? 0) - 1;
  if (part < 0) return null;
  const pages = urls.filter((_, index) => index % 3 === part);
  if (part < 2) return ofPages(pages, part === 0);
  return { kind: 'sitemap', mediaType: 'text/plain', text: pages.join('\n'), isGzip: false, pages, sitemaps: [] };
}

function ofPages(pages: readonly string[], isGzip: boolean): Sitemap {
  const entries = pages.map((url) => `<url><loc>${escaped(url)}</loc></url>`).join('\n');
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${NAMESPACE}>\n${entries}\n</urlset>\n`;
  return { kind: 'sitemap', mediaType: isGzip ? 'application/gzip' : 'application/xml', text, isGzip, pages, sitemaps: [] };
}

function ofSitemaps(sitemaps: readonly string[]): Sitemap {
  const entries = sitemaps.map((url) => `<sitemap><loc>${escaped(url)}</loc></sitemap>`).join('\n');
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex ${NAMESPACE}>\n${entries}\n</sitemapindex>\n`;
  return { kind: 'sitemap', mediaType: 'application/xml', text, isGzip: false, pages: [], sitemaps };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
