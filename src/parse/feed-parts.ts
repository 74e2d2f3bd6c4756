import { childrenByName } from './feed-names.ts';
import type { FeedReader } from './feed-reader.ts';
import type { Enclosure, FeedAuthor } from './feed.model.ts';
import { plainText, plainTextOf } from './feed-text.ts';
import { attributeValue } from './tree.ts';

/** RSS writes a link as text, Atom as an attribute; of Atom's the one that is no other relation. */
export function linkOf({ all, first, resolve }: FeedReader): { url: string | null; href: string | null } {
  const plain = first(['link']);
  if (plain !== null) return { url: resolve(plainText(plain), plain), href: plainText(plain) };
  const links = all('atom:link').filter((link) => (attributeValue(link, 'rel') ?? 'alternate') === 'alternate');
  const link = links.find((each) => /^(?:text\/html.*|)$/.test(attributeValue(each, 'type') ?? '')) ?? links[0];
  const href = link === undefined ? null : attributeValue(link, 'href');
  return { url: link === undefined ? null : resolve(href, link), href };
}

/** A `guid` is a link, unless it says that it is none. */
export function permalinkOf({ all, resolve }: FeedReader): { url: string | null; href: string | null } {
  const [guid] = all('guid');
  const href = guid === undefined || attributeValue(guid, 'isPermaLink') === 'false' ? null : plainText(guid);
  const isUrl = href !== null && /^https?:/i.test(href);
  return guid === undefined || !isUrl ? { url: null, href: null } : { url: resolve(href, guid), href };
}

/** Atom's persons, then the names and mailboxes that RSS and the modules have, each once. */
export function authorsOf({ all, resolve }: FeedReader): FeedAuthor[] {
  const persons = all('atom:author').map((person): FeedAuthor => {
    const parts = childrenByName(person, 'atom');
    const [name, email] = ['atom:name', 'atom:email'].map((part) => plainTextOf(parts.get(part)?.[0] ?? null));
    const uri = parts.get('atom:uri')?.[0] ?? parts.get('atom:url')?.[0];
    return { name: name ?? null, url: uri === undefined ? null : resolve(plainText(uri), uri), email: email ?? null };
  });
  const written = all('author', 'managingEditor', 'dc:creator', 'itunes:author').map(plainText);
  const names = [...new Set(written)].filter((name) => name !== '').map(mailbox);
  const known = new Set(persons.map(({ name }) => name));
  return [...persons, ...names.filter(({ name }) => name === null || known.size < known.add(name).size)];
}

/** RSS's own form is `ada@example.com (Ada Lovelace)`. */
function mailbox(written: string): FeedAuthor {
  const [, email, name] = /^([^\s@()]+@[^\s@()]+)(?:\s+\(([^()]*)\))?$/.exec(written) ?? [];
  return email === undefined ? { name: written, url: null, email: null } : { name: name ?? null, url: null, email };
}

/** Categories as they are shown, each once. */
export function categoriesOf({ all }: FeedReader): string[] {
  const names = all('category', 'atom:category', 'dc:subject', 'itunes:category').map(
    (category) =>
      attributeValue(category, 'label') ?? attributeValue(category, 'term') ?? attributeValue(category, 'text') ?? plainText(category),
  );
  return [...new Set(names)].filter((name) => name !== '');
}

/** The first image that can be resolved. */
export function imageOf({ all, resolve }: FeedReader): string | null {
  for (const image of all('itunes:image', 'image', 'media:thumbnail', 'atom:logo', 'atom:icon')) {
    const [url] = childrenByName(image, '').get('url') ?? [];
    const written = attributeValue(image, 'href') ?? attributeValue(image, 'url') ?? plainText(url ?? image);
    const resolved = resolve(written, url ?? image);
    if (resolved !== null) return resolved;
  }
  return null;
}

/** The files that go with an item, whoever names them, each once. */
export function enclosuresOf({ all, first, resolve }: FeedReader): Enclosure[] {
  const grouped = all('media:group').flatMap((group) => childrenByName(group, '').get('media:content') ?? []);
  const linked = all('atom:link').filter((link) => attributeValue(link, 'rel') === 'enclosure');
  // Content that is not in the feed but elsewhere.
  const outOfLine = all('atom:content').filter((content) => attributeValue(content, 'src') !== null);
  const playing = secondsOf(plainTextOf(first(['itunes:duration'])));
  const seen = new Set<string>();
  return [...all('enclosure'), ...linked, ...outOfLine, ...all('media:content'), ...grouped].flatMap((element, index) => {
    const href = attributeValue(element, 'url') ?? attributeValue(element, 'href') ?? attributeValue(element, 'src');
    if (href === null || seen.size === seen.add(href).size) return [];
    return [
      {
        url: resolve(href, element),
        href,
        type: attributeValue(element, 'type'),
        bytes: numberOf(attributeValue(element, 'length') ?? attributeValue(element, 'fileSize')),
        durationS: secondsOf(attributeValue(element, 'duration')) ?? (index === 0 ? playing : null),
      },
    ];
  });
}

function numberOf(written: string | null): number | null {
  return written !== null && /^\s*\d{1,15}\s*$/.test(written) ? Number(written) : null;
}

/** `61`, `1:01` and `00:01:01` are the same. */
function secondsOf(written: string | null): number | null {
  if (written === null || !/^\s*(?:\d{1,6}:){0,2}\d{1,9}(?:\.\d{1,9})?\s*$/.test(written)) return null;
  return written.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
