import { type Element, isTag } from 'domhandler';
import { pageOf, type PageOptions } from '../api/list-page.ts';
import type { PageDocument } from './document.ts';
import { feedName } from './feed-names.ts';
import { authorsOf, categoriesOf, enclosuresOf, imageOf, linkOf, permalinkOf } from './feed-parts.ts';
import { type FeedReader, feedReader } from './feed-reader.ts';
import type { Feed, FeedItem } from './feed.model.ts';
import { constructText, contentOf, type Content, plainText, plainTextOf } from './feed-text.ts';
import { isoDate } from './iso-date.ts';
import { attributeValue, documentElement } from './tree.ts';

/** Where each member stands, best first: RSS's own names, then Atom's, then those of modules. */
const NAMES = {
  title: ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'],
  feedDescription: ['description', 'atom:subtitle', 'atom:tagline', 'dc:description', 'itunes:summary'],
  language: ['language', 'dc:language'],
  feedUpdated: ['lastBuildDate', 'atom:updated', 'atom:modified', 'dcterms:modified', 'dc:date', 'pubDate'],
  id: ['guid', 'atom:id', 'dc:identifier'],
  summary: ['description', 'atom:summary', 'dc:description', 'itunes:summary', 'media:description'],
  content: ['content:encoded', 'atom:content', 'xhtml:body', 'xhtml:div'],
  published: ['pubDate', 'atom:published', 'atom:issued', 'dcterms:issued', 'dc:date', 'atom:created'],
  updated: ['atom:updated', 'atom:modified', 'dcterms:modified'],
} as const;

/**
 * A feed of RSS 0.9x, 1.0 and 2.0, or of Atom 0.3 and 1.0; null for other XML. `document` is XML. Throws PARSE_LIMIT_EXCEEDED.
 * https://www.rssboard.org/rss-specification https://www.rfc-editor.org/rfc/rfc4287
 */
export function readXmlFeed(document: PageDocument, options: PageOptions, spend: (text: string) => string): Feed | null {
  const root = documentElement(document.tree);
  const kind = root === null ? null : kindOf(root);
  if (root === null || kind === null) return null;
  const { format, version, defaultKey, channel } = kind;
  const reader = (element: Element): FeedReader => feedReader(element, document, defaultKey, spend);
  const feed = reader(channel);
  // Items of RSS 0.90 and 1.0 stand beside the channel.
  const items = [...feed.all('item', 'atom:entry'), ...(root === channel ? [] : reader(root).all('item'))];
  const updated = feed.first(NAMES.feedUpdated);
  const site = linkOf(feed);
  const self = feed.all('atom:link').find((link) => attributeValue(link, 'rel') === 'self') ?? null;
  return {
    format,
    version,
    title: titleOf(feed),
    description: constructText(feed.first(NAMES.feedDescription), spend),
    url: site.url,
    feedUrl: self === null ? null : feed.resolve(attributeValue(self, 'href'), self),
    language: plainTextOf(feed.first(NAMES.language)) ?? attributeValue(channel, 'xml:lang') ?? attributeValue(root, 'xml:lang'),
    ...dated('updated', updated),
    authors: authorsOf(feed),
    image: imageOf(feed) ?? (root === channel ? null : imageOf(reader(root))),
    total: items.length,
    items: pageOf(items, options).map((item) => itemOf(reader(item))),
  };
}

interface Kind {
  format: 'rss' | 'atom';
  version: string | null;
  defaultKey: '' | 'atom';
  /** The element that describes the feed. */
  channel: Element;
}

function kindOf(root: Element): Kind | null {
  if (feedName(root, 'atom') === 'atom:feed') {
    const isOld = root.namespace === 'http://purl.org/atom/ns#';
    return { format: 'atom', version: isOld ? '0.3' : root.namespace === '' ? null : '1.0', defaultKey: 'atom', channel: root };
  }
  const channel = root.children.filter(isTag).find((child) => feedName(child, '') === 'channel');
  if (channel === undefined) return null;
  const name = feedName(root, '');
  if (name === 'rss') return { format: 'rss', version: attributeValue(root, 'version'), defaultKey: '', channel };
  if (name !== 'rdf:RDF') return null;
  return { format: 'rss', version: channel.namespace?.includes('/rss/1.0') === true ? '1.0' : '0.90', defaultKey: '', channel };
}

function itemOf(item: FeedReader): FeedItem {
  const content: Content = contentOf(item.all(...NAMES.content)[0] ?? null, item.spend);
  const guid = item.first(NAMES.id);
  const link = linkOf(item);
  return {
    id: plainTextOf(guid) ?? attributeValue(item.element, 'rdf:about'),
    ...(link.href === null ? permalinkOf(item) : link),
    title: titleOf(item),
    summary: constructText(item.first(NAMES.summary), item.spend),
    content: content.text,
    contentType: content.type,
    ...dated('published', item.first(NAMES.published)),
    ...dated('updated', item.first(NAMES.updated)),
    authors: authorsOf(item),
    categories: categoriesOf(item),
    image: imageOf(item),
    enclosures: enclosuresOf(item),
  };
}

function titleOf({ first }: FeedReader): string | null {
  const title = first(NAMES.title);
  return title === null ? null : plainText(title);
}

function dated<Name extends 'published' | 'updated'>(name: Name, element: Element | null): Record<Name | `${Name}Written`, string | null> {
  const written = plainTextOf(element);
  const values = { [name]: written === null ? null : isoDate(written), [`${name}Written`]: written };
  return values as Record<Name | `${Name}Written`, string | null>;
}
