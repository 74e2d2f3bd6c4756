import { describe, expect, it } from '@jest/globals';
import { MOST_SITEMAP_URLS, readSitemap, speaksOf } from './sitemap.ts';

const urlset = (entries: string): string =>
  `<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries}</urlset>`;

function urls(text: string): string[] | null {
  return readSitemap(text)?.entries.map(({ url }) => url) ?? null;
}

describe('a sitemap', () => {
  it('tells of URLs, and when they were changed', () => {
    const text = urlset(`
      <url><loc>http://example.com/a?b=1&amp;c=2</loc><lastmod>2026-11-24</lastmod><priority>0.5</priority></url>
      <url><lastmod>2026-11-24T10:00:00+01:00</lastmod><loc> http://example.com/<![CDATA[ü]]> </loc></url>
      <url><loc>http://example.com/c</loc><lastmod>yesterday</lastmod></url>`);
    expect(readSitemap(text)).toEqual({
      kind: 'urls',
      entries: [
        { url: 'http://example.com/a?b=1&c=2', lastModified: '2026-11-24' },
        { url: 'http://example.com/%C3%BC', lastModified: '2026-11-24T09:00:00.000Z' },
        { url: 'http://example.com/c', lastModified: null },
      ],
      total: 3,
      invalid: 0,
    });
  });

  it.each([
    ['with a prefix', '<s:urlset xmlns:s="x"><s:url><s:loc>http://a.example/</s:loc></s:url></s:urlset>'],
    ['without a namespace', '<urlset><url><loc>http://a.example/</loc></url></urlset>'],
    ['with a byte order mark and a comment', '\uFEFF <!-- <loc>x</loc> --><urlset><url><loc>http://a.example/</loc></url></urlset>'],
    [
      'with images and alternates',
      urlset(
        '<url><loc>http://a.example/</loc><image:image><image:loc>http://a.example/i.png</image:loc></image:image><xhtml:link rel="alternate" href="http://a.example/de"/></url>',
      ),
    ],
    ['that breaks off', '<urlset><url><loc>http://a.example/</loc></url><url><loc>'],
    [
      'as RSS',
      '<rss><channel><link>http://a.example/home</link><item><title>x</title><link>http://a.example/</link></item></channel></rss>',
    ],
    [
      'as Atom',
      '<feed><link href="http://a.example/home"/><entry><link rel="self" href="http://a.example/self"/><link href="http://a.example/"/></entry></feed>',
    ],
    ['as text', 'http://a.example/\r\n\r\n'],
    ['as text with a byte order mark', '\uFEFFhttp://a.example/'],
  ])('is read %s', (_what, text) => {
    expect(urls(text)).toEqual(['http://a.example/']);
  });

  it('may be an index of others', () => {
    const text = '<sitemapindex><sitemap><loc>http://a.example/1.xml.gz</loc><lastmod>2026-01-02</lastmod></sitemap></sitemapindex>';
    expect(readSitemap(text)).toMatchObject({ kind: 'index', entries: [{ url: 'http://a.example/1.xml.gz', lastModified: '2026-01-02' }] });
  });

  it.each([
    ['<html><body><a href="http://a.example/">not found</a></body></html>'],
    ['{"a": 1}'],
    ['Not found'],
    [''],
    ['<!-- http://a.example/ -->'],
  ])('is none in %j', (text) => {
    expect(readSitemap(text)).toBeNull();
  });

  it('passes over what is no URL of http, counts all, and keeps 50,000', () => {
    const text = urlset('<url><loc>/relative</loc></url><url><loc>ftp://a.example/</loc></url><url><loc></loc></url>');
    expect(readSitemap(text)).toMatchObject({ entries: [], total: 0, invalid: 2 });
    const many = readSitemap('http://a.example/\n'.repeat(MOST_SITEMAP_URLS + 2));
    expect([many?.entries.length, many?.total]).toEqual([MOST_SITEMAP_URLS, MOST_SITEMAP_URLS + 2]);
  });

  it('is read as it comes, wherever its parts begin', () => {
    const texts = [
      urlset('<url><loc>http://a.example/é</loc><lastmod>2026-01-02</lastmod></url>'),
      '\uFEFF \nhttp://a.example/1\r\nhttp://a.example/2\r\r\nhttp://a.example/3',
      'http:/',
      '',
    ];
    for (const text of texts)
      for (let size = 1; size < 12; size += 1) {
        const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
        expect(readSitemap(parts)).toEqual(readSitemap(text));
      }
  });

  it('is read in linear time, however it is made', () => {
    const nested = `<urlset>${'<url><loc>'.repeat(100_000)}http://a.example/`;
    expect(urls(nested)).toBeNull();
    expect(urls(urlset(`<url>${'<loc>http://a.example/</loc>'.repeat(50_000)}</url>`))?.length).toBeLessThan(2);
  });
});

describe('what a sitemap may speak of', () => {
  it.each([
    ['http://a.example/sitemap.xml', 'http://a.example/x/y', null, true],
    ['http://a.example/catalog/sitemap.xml', 'http://a.example/catalog/1', null, true],
    ['http://a.example/catalog/sitemap.xml', 'http://a.example/images/1', null, false],
    ['http://a.example/catalog/sitemap.xml', 'http://a.example/images/1', 'http://a.example', true],
    ['http://a.example/sitemap.xml', 'https://a.example/', null, false],
    ['http://a.example/sitemap.xml', 'http://b.example/', null, false],
    ['http://maps.example/a.xml', 'http://a.example/', 'http://a.example', true],
    ['http://maps.example/a.xml', 'http://b.example/', 'http://a.example', false],
  ])('%s of %s, named by %s: %s', (sitemap, url, namedBy, expected) => {
    expect(speaksOf(new URL(sitemap), new URL(url), namedBy)).toBe(expected);
  });
});
