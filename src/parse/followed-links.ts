import type { PageDocument } from './document.ts';
import type { Link } from './links.model.ts';

/** Which links of a list are to be followed. */
export interface FollowOptions {
  /** To how many pages at most, however many links lead to each; to all unless given. */
  first?: number | undefined;
  /** Those to the origin of the document alone. */
  sameOrigin?: boolean | undefined;
  kind?: Link['kind'] | undefined;
  /** Those with this in their URL or text, letter case ignored. */
  contains?: string | undefined;
}

/** A link that whoever follows links knows what to do with. */
export interface FollowedLink extends Link {
  followed?: boolean;
}

/** Says of each link whether it is to be followed: it passes every test, and leads to one of the first pages that do. */
export function markFollowed({ url: documentUrl }: PageDocument, links: readonly FollowedLink[], options: FollowOptions): void {
  const { first = Infinity, sameOrigin = false, kind, contains } = options;
  const origin = URL.parse(documentUrl ?? '')?.origin;
  const needle = contains?.toLowerCase();
  const pages = new Set<string>();
  for (const link of links) {
    const { url, text } = link;
    link.followed = false;
    if (url === null || !/^https?:/.test(url)) continue;
    if (kind !== undefined && link.kind !== kind) continue;
    if (sameOrigin && URL.parse(url)?.origin !== origin) continue;
    if (needle !== undefined && !url.toLowerCase().includes(needle) && text?.toLowerCase().includes(needle) !== true) continue;
    const page = url.replace(/#.*$/s, '');
    if (!pages.has(page) && pages.size >= first) continue;
    pages.add(page);
    link.followed = true;
  }
}
