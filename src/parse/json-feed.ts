import { pageOf, type PageOptions } from '../api/list-page.ts';
import type { PageDocument } from './document.ts';
import type { Enclosure, Feed, FeedAuthor, FeedItem } from './feed.model.ts';
import { isoDate } from './iso-date.ts';
import type { JsonObject } from './json-ld.ts';

type Spend = (text: string) => string;

const VERSION = /^https?:\/\/jsonfeed\.org\/version\/([\d.]+)$/;

/** A JSON Feed; null for JSON that is none. A member of another type than it should have is as good as none. https://www.jsonfeed.org/version/1.1/ */
export function readJsonFeed(document: PageDocument, options: PageOptions, spend: Spend): Feed | null {
  const feed = parsed(document.text);
  const version = VERSION.exec(textOf(feed['version']) ?? '')?.[1];
  if (version === undefined) return null;
  const items = objectsOf(feed['items']);
  const resolve = (written: string | null): string | null => {
    const url = written === null ? null : (URL.parse(written, document.url ?? document.baseUrl ?? undefined)?.href ?? null);
    return url === null ? null : spend(url);
  };
  return {
    format: 'json',
    version,
    title: textOf(feed['title']),
    description: textOf(feed['description']),
    url: resolve(textOf(feed['home_page_url'])),
    feedUrl: resolve(textOf(feed['feed_url'])),
    language: textOf(feed['language']),
    updated: null,
    updatedWritten: null,
    authors: authorsOf(feed, resolve),
    image: resolve(textOf(feed['icon']) ?? textOf(feed['favicon'])),
    total: items.length,
    items: pageOf(items, options).map((item) => itemOf(item, resolve, spend)),
  };
}

type Resolve = (written: string | null) => string | null;

function itemOf(item: JsonObject, resolve: Resolve, spend: Spend): FeedItem {
  const href = textOf(item['url']) ?? textOf(item['external_url']);
  const html = textOf(item['content_html']);
  const content = html ?? textOf(item['content_text']);
  const [published, updated] = [textOf(item['date_published']), textOf(item['date_modified'])];
  return {
    id: textOf(item['id']),
    url: resolve(href),
    href,
    title: textOf(item['title']),
    summary: textOf(item['summary']),
    content: content === null ? null : spend(content),
    contentType: content === null ? null : html === null ? 'text/plain' : 'text/html',
    published: published === null ? null : isoDate(published),
    publishedWritten: published,
    updated: updated === null ? null : isoDate(updated),
    updatedWritten: updated,
    authors: authorsOf(item, resolve),
    categories: [...new Set([item['tags']].flat().flatMap((tag) => textOf(tag) ?? []))],
    image: resolve(textOf(item['image']) ?? textOf(item['banner_image'])),
    enclosures: objectsOf(item['attachments']).flatMap((attachment) => enclosureOf(attachment, resolve)),
  };
}

function enclosureOf(attachment: JsonObject, resolve: Resolve): Enclosure[] {
  const href = textOf(attachment['url']);
  if (href === null) return [];
  return [
    {
      url: resolve(href),
      href,
      type: textOf(attachment['mime_type']),
      bytes: numberOf(attachment['size_in_bytes']),
      durationS: numberOf(attachment['duration_in_seconds']),
    },
  ];
}

/** Version 1.0 had one author. */
function authorsOf(described: JsonObject, resolve: Resolve): FeedAuthor[] {
  const authors = objectsOf(described['authors']);
  return (authors.length > 0 ? authors : objectsOf([described['author']])).map((author) => ({
    name: textOf(author['name']),
    url: resolve(textOf(author['url'])),
    email: null,
  }));
}

function parsed(text: string): JsonObject {
  try {
    return objectsOf([JSON.parse(text)])[0] ?? {};
  } catch {
    return {};
  }
}

function objectsOf(value: unknown): JsonObject[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((entry): entry is JsonObject => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
}

/** Ids are texts by the standard, and numbers in many feeds. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
