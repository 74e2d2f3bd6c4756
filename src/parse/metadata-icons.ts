import type { Icon } from './metadata-parts.model.ts';
import { type PageFacts, words } from './page-facts.ts';

const ICON_TYPES: ReadonlySet<string> = new Set([
  'icon',
  'apple-touch-icon',
  'apple-touch-icon-precomposed',
  'apple-touch-startup-image',
  'mask-icon',
  'fluid-icon',
]);

/**
 * The icons of a page. Where none has the type `icon`, a browser asks for `/favicon.ico`: that is the last, and its source says so.
 * https://html.spec.whatwg.org/multipage/links.html#rel-icon
 */
export function metadataIcons({ document, links }: PageFacts): Icon[] {
  const icons: Icon[] = links
    .filter(({ rel, source }) => source !== 'a' && rel.some((type) => ICON_TYPES.has(type)))
    .map(({ url, href, rel, source, attribute }) => ({
      url,
      href,
      rel: [...rel],
      sizes: words((attribute('sizes') ?? '').toLowerCase()),
      type: attribute('type'),
      media: attribute('media'),
      color: attribute('color'),
      source,
    }));
  if (icons.some(({ rel }) => rel.includes('icon'))) return icons;
  const url = URL.parse('/favicon.ico', document.url ?? document.baseUrl ?? undefined);
  if (url === null || !/^https?:$/.test(url.protocol)) return icons;
  return [
    ...icons,
    { url: url.href, href: '/favicon.ico', rel: ['icon'], sizes: [], type: null, media: null, color: null, source: 'default' },
  ];
}
