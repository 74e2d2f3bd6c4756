import type { MetaElement, StructuredProperty } from './metadata-parts.model.ts';
import type { Resolve } from './microdata.ts';

/** What the properties of the Open Graph protocol and of its object types begin with. https://ogp.me/#types */
const OPEN_GRAPH = /^(?:og|article|book|profile|music|video|fb|product|place|business):/;
const TWITTER = /^twitter:/;

/** The ends of names whose content is a URL. */
const URLS = new Set(['url', 'secure_url', 'see_also', 'image', 'video', 'audio', 'src', 'player', 'stream']);

/** The Open Graph properties, in document order. https://ogp.me/ */
export function openGraph(metas: readonly MetaElement[], resolve: Resolve): StructuredProperty[] {
  return structured(metas, OPEN_GRAPH, resolve);
}

/** The properties of a Twitter card, in document order. */
export function twitterCard(metas: readonly MetaElement[], resolve: Resolve): StructuredProperty[] {
  return structured(metas, TWITTER, resolve);
}

/**
 * `og:image:width` belongs to the `og:image` before it; without one it stands for itself. https://ogp.me/#structured
 */
function structured(metas: readonly MetaElement[], wanted: RegExp, resolve: Resolve): StructuredProperty[] {
  const found: StructuredProperty[] = [];
  // The last property of each name: what is written next about it is part of it.
  const roots = new Map<string, StructuredProperty>();
  for (const meta of metas) {
    const property = propertyNames(meta).find((name) => wanted.test(name));
    if (property === undefined || meta.content === null) continue;
    const { content } = meta;
    const url = URLS.has(property.slice(property.lastIndexOf(':') + 1)) ? resolve(content) : null;
    const parent = property.slice(0, property.lastIndexOf(':'));
    const root = parent.includes(':') ? roots.get(parent) : undefined;
    if (root !== undefined) {
      root.properties.push({ property, content, url });
      continue;
    }
    const own = { property, content, url, properties: [] };
    found.push(own);
    // `og:image:url` says the same as `og:image`, and `twitter:image:src` as `twitter:image`.
    roots.set(parent.includes(':') && /:(?:url|src)$/.test(property) ? parent : property, own);
  }
  return found;
}

/**
 * The names a `meta` gives its content, in lower case: `property` is a list, `name` is one. Pages mix the two up, and are understood
 * everywhere all the same.
 */
export function propertyNames({ property, name }: MetaElement): string[] {
  return [...(property ?? '').split(/[\t\n\f\r ]+/), (name ?? '').trim()].map((written) => written.toLowerCase());
}
