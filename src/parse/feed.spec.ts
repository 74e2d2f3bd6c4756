import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { createDocument, type DocumentSource } from './document.ts';
import { feed } from './feed.ts';
import type { Feed, FeedItem } from './feed.model.ts';

const FIXTURES = new URL('../../test/fixtures/feeds/', import.meta.url);

function feedOf(text: string, syntax: DocumentSource['syntax'] = 'xml', options: { limit?: number; offset?: number } = {}): Feed {
  const document = createDocument({ text, url: 'http://example.com/feed/', baseUrl: null, syntax, encoding: 'UTF-8' });
  return feed(document, { offset: 0, ...options });
}

function fixture(name: string): Feed {
  return feedOf(readFileSync(new URL(name, FIXTURES), 'utf8'), name.endsWith('.json') ? 'text' : 'xml');
}

/** The item of an RSS feed of one. */
function itemOf(inner: string, declared = ''): FeedItem | undefined {
  return feedOf(`<rss version="2.0" ${declared}><channel><item>${inner}</item></channel></rss>`).items[0];
}

describe('feed', () => {
  // A fixture is named by its format, its version and the number of its items.
  it.each(readdirSync(FIXTURES))('reads %s', (name) => {
    const [, format, version, total] = /^(\w+)-([\d.]+)-(\d+)\./.exec(name) ?? [];
    const read = fixture(name);
    expect([read.format, read.version, read.total]).toEqual([format, version, Number(total)]);
    expect(read.url).toMatch(/^http:\/\/example\.(com|org)\//);
    expect(read.items.map(({ title, url }) => [title, url?.startsWith('http://example.')])).toEqual(
      ['First', 'Second'].slice(0, read.total).map((title) => [expect.stringContaining(title), true]),
    );
  });

  it('gives an RSS item a permalink for a link, dates in UTC, and just as much of a date as is said', () => {
    const { items } = fixture('rss-2.0-2.xml');
    expect(items[0]).toMatchObject({
      id: 'http://example.com/1',
      url: 'http://example.com/1',
      title: 'First & foremost',
      published: '2026-11-23T09:00:00.000Z',
      publishedWritten: 'Mon, 23 Nov 2026 10:00:00 +0100',
    });
    expect(items[1]).toMatchObject({ id: null, href: '/2', url: 'http://example.com/2', published: '2026-11-22' });
  });

  it('finds what RSS 1.0 puts beside its channel', () => {
    const read = fixture('rss-1.0-2.xml');
    expect(read).toMatchObject({ language: 'en', image: 'http://example.com/logo.png' });
    expect(read.items[0]).toMatchObject({ id: 'http://example.com/1', authors: [{ name: 'Ada', url: null, email: null }] });
  });

  it('reads Atom whatever its prefix, with the base of each element', () => {
    const read = fixture('atom-1.0-2.xml');
    expect(read).toMatchObject({
      title: 'News here & now',
      url: 'http://example.org/blog/',
      feedUrl: 'http://example.org/blog/feed.atom',
      language: 'en',
      updated: '2026-11-23T09:00:00.000Z',
      authors: [{ name: 'Ada', url: 'http://example.org/ada', email: 'ada@example.org' }],
    });
    expect(read.items[0]).toEqual({
      id: 'tag:example.org,2026:1',
      url: 'http://example.org/blog/2026/one',
      href: 'one',
      title: 'First',
      summary: null,
      content: 'It <em>began</em>.',
      contentType: 'application/xhtml+xml',
      published: '2026-11-20T00:00:00.000Z',
      publishedWritten: '2026-11-20T00:00:00Z',
      updated: null,
      updatedWritten: 'yesterday',
      authors: [],
      categories: ['History'],
      image: null,
      enclosures: [
        { url: 'http://example.org/blog/2026/one.mp3', href: 'one.mp3', type: 'audio/mpeg', bytes: 5_000_000_000, durationS: null },
      ],
    });
    expect(read.items[1]).toMatchObject({ url: 'http://example.org/blog/two', summary: 'Short.' });
  });

  it('reads JSON Feed, ids that are numbers too, and passes over what has no address', () => {
    const { items } = fixture('json-1.1-2.json');
    expect(items[0]).toMatchObject({ id: '1', url: 'http://example.com/1', contentType: 'text/html', categories: ['a', 'b'] });
    expect(items[0]?.published).toBe('2026-11-23T09:00:00.000Z');
    expect(items[1]?.enclosures).toEqual([
      { url: 'http://example.com/feed/2.mp3', href: '2.mp3', type: 'audio/mpeg', bytes: null, durationS: 61.5 },
    ]);
    expect(fixture('json-1-1.json').authors).toEqual([{ name: 'Ada', url: null, email: null }]);
  });

  it('tells content from summary, markup as written', () => {
    expect(
      itemOf(
        '<description>&lt;b>x&lt;/b></description><c:encoded><![CDATA[<p>all</p>]]></c:encoded>',
        'xmlns:c="http://purl.org/rss/1.0/modules/content/"',
      ),
    ).toMatchObject({
      summary: '<b>x</b>',
      content: '<p>all</p>',
      contentType: 'text/html',
    });
    expect(itemOf('<description>x</description>')).toMatchObject({ summary: 'x', content: null, contentType: null });
    expect(itemOf('<content:encoded>undeclared</content:encoded>')).toMatchObject({ content: 'undeclared' });
  });

  it('reads podcasts: durations, sizes, images, and a file that two modules name once', () => {
    const item = itemOf(
      '<enclosure url="/1.mp3" length="9" type="audio/mpeg"/><i:duration>1:01:01</i:duration><i:image href="1.png"/>' +
        '<media:group><media:content url="/1.mp3"/><media:content url="/1.ogg" duration="7"/></media:group>',
      'xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"',
    );
    expect(item?.image).toBe('http://example.com/feed/1.png');
    expect(item?.enclosures).toEqual([
      { url: 'http://example.com/1.mp3', href: '/1.mp3', type: 'audio/mpeg', bytes: 9, durationS: 3661 },
      { url: 'http://example.com/1.ogg', href: '/1.ogg', type: null, bytes: null, durationS: 7 },
    ]);
  });

  it('takes a guid that says so for no link, and an author apart', () => {
    expect(itemOf('<guid isPermaLink="false">http://example.com/1</guid><author>ada@example.com (Ada)</author>')).toMatchObject({
      id: 'http://example.com/1',
      url: null,
      href: null,
      authors: [{ name: 'Ada', url: null, email: 'ada@example.com' }],
    });
  });

  it('keeps what it cannot resolve as written', () => {
    expect(itemOf('<link>http://[</link>')).toMatchObject({ url: null, href: 'http://[' });
  });

  it('knows a feed that is sent as HTML or as text, behind comments and declarations', () => {
    const text = '\n<?xml version="1.0"?><!-- <p> --><!DOCTYPE rss><rss version="2.0"><channel><title>T</title></channel></rss>';
    expect([feedOf(text, 'html').title, feedOf(text, 'text').title]).toEqual(['T', 'T']);
  });

  it('pages', () => {
    const { total, items } = feedOf(readFileSync(new URL('rss-2.0-2.xml', FIXTURES), 'utf8'), 'xml', { limit: 1, offset: 1 });
    expect([total, items.map(({ title }) => title)]).toEqual([2, ['Second']]);
  });

  it.each([
    [
      'an HTML page that links to feeds',
      'html',
      '<link rel=alternate type=application/atom+xml href=/a><base href=http://b.example/>',
      'http://b.example/a',
    ],
    ['an HTML page that links to none', 'html', '<p>Hello', 'links to no feed'],
    ['other XML', 'xml', '<urlset/>', 'Ask for the address of a feed'],
    ['other JSON', 'text', '{"version": "1"}', 'Ask for the address of a feed'],
    ['broken JSON', 'text', '{"version": "https://jsonfeed.org/version/1"', 'Ask for the address of a feed'],
    ['text', 'text', 'Hello', 'Ask for the address of a feed'],
  ] as const)('is not %s', (_what, syntax, text, advice) => {
    expect(() => feedOf(text, syntax)).toThrow(
      expect.objectContaining({ code: 'NOT_A_DOCUMENT', message: expect.stringContaining(advice) }),
    );
  });

  it.each([
    ['many comments before no root', '<!--->'.repeat(50_000) + '<!-- -->'.repeat(50_000)],
    ['elements within each other', `<rss><channel>${'<item>'.repeat(100_000)}`],
    ['entities of entities', '<!DOCTYPE r [<!ENTITY a "&a;&a;">]><rss><channel><title>&a;</title></channel></rss>'],
    ['names of prototypes', '<rss><channel><__proto__>x</__proto__><constructor/><title>T</title></channel></rss>'],
  ])('ends with %s', (_what, text) => {
    let outcome: string;
    try {
      outcome = feedOf(text, 'html').title ?? 'a feed';
    } catch (error) {
      outcome = (error as { code: string }).code;
    }
    expect(['T', '&a;', 'a feed', 'NOT_A_DOCUMENT', 'PARSE_LIMIT_EXCEEDED']).toContain(outcome);
  });
});
