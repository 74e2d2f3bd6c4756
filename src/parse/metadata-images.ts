import { jsonLdImages } from './json-ld.ts';
import type { MetadataImage, StructuredProperty } from './metadata-parts.model.ts';
import { propertyValue } from './microdata.ts';
import type { PageFacts } from './page-facts.ts';

/** The images that stand for a page: Open Graph's, a Twitter card's, `image_src`, JSON-LD's, microdata's; each URL once. */
export function metadataImages(
  { links, graph: jsonLd, itemprops, resolve }: PageFacts,
  graph: readonly StructuredProperty[],
  twitter: readonly StructuredProperty[],
): MetadataImage[] {
  const plain = (href: string, url: string | null, source: string): MetadataImage => {
    return { url, href, alt: null, width: null, height: null, type: null, source };
  };
  const item = itemprops.get('image');
  const itemImage = item === undefined ? '' : propertyValue(item, resolve);
  const images = [
    ...graph.filter(({ property }) => /^og:image(?::url|:secure_url)?$/.test(property)).map((found) => described(found)),
    ...twitter.filter(({ property }) => /^twitter:image(?::src)?$/.test(property)).map((found) => described(found)),
    ...links.filter(({ rel }) => rel.includes('image_src')).map(({ href, url, source }) => plain(href, url, `${source}[rel=image_src]`)),
    ...jsonLdImages(jsonLd).map((href) => plain(href, resolve(href), 'JSON-LD image')),
    ...(itemImage.trim() === '' ? [] : [plain(itemImage, resolve(itemImage), '[itemprop=image]')]),
  ];
  const seen = new Set<string>();
  return images.filter(({ url, href }) => seen.size < seen.add(url ?? href).size);
}

function described({ property, content, url, properties }: StructuredProperty): MetadataImage {
  const detail = (name: string): string | null => properties.find((each) => each.property.endsWith(`:${name}`))?.content ?? null;
  return {
    url,
    href: content,
    alt: detail('alt'),
    width: pixels(detail('width')),
    height: pixels(detail('height')),
    type: detail('type'),
    source: property,
  };
}

function pixels(written: string | null): number | null {
  return written !== null && /^\s*\d{1,7}(?:px)?\s*$/.test(written) ? parseInt(written, 10) : null;
}
