import type { LinkKind } from './links.model.ts';

/**
 * Where a resolved URL leads, seen from the document's own URL: a part of it, its origin, another origin, or what the scheme says. Without
 * a document's URL every origin is another one. https://url.spec.whatwg.org/#concept-url-origin
 */
export function linkKind(url: Pick<URL, 'href' | 'origin' | 'protocol'> | null, documentUrl: URL | null): LinkKind {
  if (url === null) return 'invalid';
  const kind = KINDS.get(url.protocol);
  if (kind !== undefined) return kind;
  if (url.href.includes('#') && documentUrl !== null && withoutFragment(url) === withoutFragment(documentUrl)) return 'fragment';
  // An opaque origin is nobody's: file: and the schemes that browsers hand to other programs.
  if (url.origin === 'null' || url.protocol === 'blob:') return 'other';
  return url.origin === documentUrl?.origin ? 'internal' : 'external';
}

/** https://url.spec.whatwg.org/#concept-url-equals, with exclude fragments */
function withoutFragment({ href }: Pick<URL, 'href'>): string {
  const fragment = href.indexOf('#');
  return fragment === -1 ? href : href.slice(0, fragment);
}

const KINDS: ReadonlyMap<string, LinkKind> = new Map<string, LinkKind>([
  ['mailto:', 'mail'],
  ['tel:', 'tel'],
  ['javascript:', 'script'],
  ['data:', 'data'],
]);
