import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from './document.ts';
import { metadata } from './metadata.ts';
import type { Metadata } from './metadata.model.ts';

function metadataOf(text: string, source: Partial<DocumentSource> = {}): Metadata {
  return metadata(createDocument({ text, url: 'http://example.com/a/b', baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source }));
}

/** A member, and which rule gave it. */
function ruled(member: string, text: string, source: Partial<DocumentSource> = {}): [unknown, string | undefined] {
  const found = metadataOf(text, source);
  const value = member.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], found);
  return [value, found.sources.find((each) => each.member === member)?.source];
}

const field = (name: string, value: string): Partial<DocumentSource> => ({ fields: [{ name, value }] });
const ld = (json: unknown): string => `<script type="application/ld+json">${JSON.stringify(json)}</script>`;

describe('metadata', () => {
  it.each([
    ['title', '<title> A\n B </title><meta property=og:title content=C>', 'A B', 'title'],
    ['title', '<title> </title><meta property=og:title content=C>', 'C', 'og:title'],
    ['title', '<meta name=twitter:title content=C><h1>D</h1>', 'C', 'twitter:title'],
    ['title', '<h1>D <i>E</i></h1><h1>F</h1>', 'D E', 'h1'],
    ['title', '<template><title>T</title></template><svg><title>S</title></svg>', null, undefined],
    ['description', '<meta name=Description content=" "><meta name=DESCRIPTION content=" d ">', 'd', 'meta[name=description]'],
    ['description', '<meta name=og:description content=d>', 'd', 'og:description'],
    ['canonical', '<base href=http://b.example/x/><link rel="x CANONICAL" href=c>', 'http://b.example/x/c', 'link[rel=canonical]'],
    ['canonical', '<link rel=canonical href="http://["><meta property=og:url content=/c>', 'http://example.com/c', 'og:url'],
    ['canonical', '<link rel=canonical href="http://[">', null, 'link[rel=canonical]'],
    ['canonical', '<a rel=canonical href=c>', null, undefined],
    ['language', '<html lang=de-AT><meta http-equiv=content-language content=fr>', 'de-AT', 'html[lang]'],
    ['language', '<meta http-equiv=Content-Language content=" fr x">', 'fr', 'meta[http-equiv=content-language]'],
    ['language', '<meta http-equiv=content-language content="fr, de"><meta property=og:locale content=en_US>', 'en-US', 'og:locale'],
    ['direction', '<html dir=RTL>', 'rtl', 'html[dir]'],
    ['direction', '<html dir=up>', 'ltr', 'default'],
    [
      'author',
      '<meta property=article:author content=http://x.example/ada><meta name=twitter:creator content=@ada>',
      '@ada',
      'twitter:creator',
    ],
    ['author', ld({ '@graph': [{ author: [{ '@id': '#a' }] }, { '@id': '#a', name: 'Ada' }] }), 'Ada', 'JSON-LD author'],
    [
      'published',
      '<meta property=article:published_time content=soon>' + ld([{ datePublished: '2026-01-05' }]),
      '2026-01-05',
      'JSON-LD datePublished',
    ],
    ['published', '<meta property=article:published_time content=soon>', null, 'article:published_time'],
    ['modified', '<time itemprop=dateModified datetime=2026-01-05T10:00:00+01:00>', '2026-01-05T09:00:00.000Z', '[itemprop=dateModified]'],
    ['author', '<p itemprop=author itemscope>By <b itemprop=name>Ada</b>, writer', 'Ada', '[itemprop=author]'],
    ['siteName', ld({ publisher: { name: 'Daily' } }), 'Daily', 'JSON-LD publisher'],
    ['amp', '<link rel=amphtml href=amp>', 'http://example.com/a/amp', 'link[rel=amphtml]'],
    ['manifest', '<link rel=manifest href=/m.json>', 'http://example.com/m.json', 'link[rel=manifest]'],
    ['pagination.next', '<a rel="next nofollow" href=2>', 'http://example.com/a/2', 'a[rel=next]'],
    ['pagination.previous', '<a rel=prev href=0><link rel=prev href=1>', 'http://example.com/a/1', 'link[rel=prev]'],
  ])('finds %s in %s', (member, html, value, source) => {
    expect(ruled(member, html)).toEqual([value, source]);
  });

  it('reads header fields, whose URLs know no base', () => {
    const html = '<base href=http://b.example/>';
    expect(ruled('canonical', html, field('Link', '</c>; rel="canonical"'))).toEqual(['http://example.com/c', 'http Link']);
    expect(ruled('canonical', html, field('Link', '</c>; rel=canonical; anchor="/other"'))).toEqual([null, undefined]);
    expect(ruled('language', html, field('content-language', 'da'))).toEqual(['da', 'http Content-Language']);
    expect(ruled('language', html, field('content-language', 'da, en'))).toEqual([null, undefined]);
    expect(metadataOf('', field('link', '<de>;rel=alternate;hreflang=de')).alternates).toMatchObject([
      { url: 'http://example.com/a/de', hreflang: 'de', source: 'http Link' },
    ]);
  });

  it('says what decided the encoding', () => {
    expect(ruled('charset', '', { encoding: 'windows-1252', encodingSource: 'transport' })).toEqual(['windows-1252', 'transport']);
    expect(ruled('charset', '')).toEqual([null, undefined]);
  });

  it('keeps what was written beside what it means', () => {
    expect(metadataOf('<meta property=article:published_time content="Mon, 05 Jan 2026 10:00:00 GMT">').sources).toContainEqual({
      member: 'published',
      source: 'article:published_time',
      written: 'Mon, 05 Jan 2026 10:00:00 GMT',
    });
  });

  it('lists icons, and the one that is asked for where none is named', () => {
    const { icons } = metadataOf(
      '<link rel="shortcut ICON" href=i.png sizes="32X32 any" type=image/png><link rel=mask-icon href=m.svg color=red>',
    );
    expect(icons).toMatchObject([
      { url: 'http://example.com/a/i.png', rel: ['shortcut', 'icon'], sizes: ['32x32', 'any'], type: 'image/png', source: 'link' },
      { rel: ['mask-icon'], color: 'red' },
    ]);
    expect(metadataOf('<base href=http://b.example/><link rel=apple-touch-icon href=t.png>').icons).toMatchObject([
      { rel: ['apple-touch-icon'] },
      { url: 'http://example.com/favicon.ico', source: 'default' },
    ]);
    expect(metadataOf('', { url: null }).icons).toEqual([]);
  });

  it('tells feeds, oEmbed and other alternates apart', () => {
    const { feeds, oEmbed, alternates } = metadataOf(
      '<link rel=alternate type="application/RSS+xml; x" href=1 title=News><link rel=alternate type=application/feed+json href=2>' +
        '<link rel=feed href=3><link rel=alternate type=application/json+oembed href=4><link rel=alternate type=text/xml+oembed href=5>' +
        '<link rel="alternate stylesheet" href=6><link rel=alternate hreflang=x-default href=7><link rel=alternate media=print href=8>',
    );
    expect(feeds.map(({ href, format, title }) => [href, format, title])).toEqual([
      ['1', 'rss', 'News'],
      ['2', 'json', null],
      ['3', null, null],
    ]);
    expect(oEmbed.map(({ href, format }) => [href, format])).toEqual([
      ['4', 'json'],
      ['5', 'xml'],
    ]);
    expect(alternates.map(({ href, hreflang, media }) => [href, hreflang, media])).toEqual([
      ['7', 'x-default', null],
      ['8', null, 'print'],
    ]);
  });

  it('gives each og:image its own width', () => {
    const { openGraph, images } = metadataOf(
      '<meta property=og:image content=1.png><meta property=og:image:width content=10><meta property=og:image:alt content=One>' +
        '<meta property=og:image content=2.png><meta property=og:image:width content=wide><meta property=og:title content=T>' +
        '<meta property=og:locale content=en_GB><meta property=og:locale:alternate content=de_DE>',
    );
    expect(openGraph.map(({ content, properties }) => [content, properties.map((each) => [each.property, each.content])])).toEqual([
      ['1.png', [['og:image:width', '10'], ['og:image:alt', 'One']]],
      ['2.png', [['og:image:width', 'wide']]],
      ['T', []],
      ['en_GB', [['og:locale:alternate', 'de_DE']]],
    ]); // prettier-ignore
    expect(images.map(({ url, width, alt }) => [url, width, alt])).toEqual([
      ['http://example.com/a/1.png', 10, 'One'],
      ['http://example.com/a/2.png', null, null],
    ]);
  });

  it('takes og:image:url for an og:image, and a width that nobody is there for as it is', () => {
    const { openGraph, images } = metadataOf(
      '<meta property=og:image:height content=1><meta property=og:image:url content=/1.png><meta property=og:image:width content=10>',
    );
    expect(openGraph).toMatchObject([{ property: 'og:image:height', properties: [] }, { property: 'og:image:url' }]);
    expect(images).toMatchObject([{ url: 'http://example.com/1.png', width: 10, height: null }]);
  });

  it('lists each image once, best rule first', () => {
    const { images } = metadataOf(
      '<link rel=image_src href=2.png><meta name=twitter:image content=1.png>' +
        ld({ image: ['2.png', { url: '3.png' }, 4] }) +
        '<img itemprop=image src=4.png>',
    );
    expect(images.map(({ href, source }) => [href, source])).toEqual([
      ['1.png', 'twitter:image'],
      ['2.png', 'link[rel=image_src]'],
      ['3.png', 'JSON-LD image'],
      ['http://example.com/a/4.png', '[itemprop=image]'],
    ]);
  });

  it('reads a Twitter card', () => {
    expect(
      metadataOf(
        '<meta property=twitter:card content=summary><meta name=twitter:player content=/p><meta name=twitter:player:width content=9>',
      ).twitter,
    ).toEqual([
      { property: 'twitter:card', content: 'summary', url: null, properties: [] },
      {
        property: 'twitter:player',
        content: '/p',
        url: 'http://example.com/p',
        properties: [{ property: 'twitter:player:width', content: '9', url: null }],
      },
    ]);
  });

  it('parses JSON-LD, and says where it is none', () => {
    const { jsonLd } = metadataOf(
      '<script type="Application/LD+JSON; profile=x">[{"a":1}]</script>\n<script type=application/ld+json>{\n "a":,}</script>',
    );
    expect(jsonLd).toMatchObject([
      { value: [{ a: 1 }], error: null, position: { index: 0, line: 1 } },
      { value: null, error: { message: expect.stringContaining('JSON'), line: 2, column: 6, offset: 7 }, position: { index: 1, line: 2 } },
    ]);
  });

  it('never fails because of JSON-LD', () => {
    const deep = `<script type=application/ld+json>${'['.repeat(5_000)}${']'.repeat(5_000)}</script>`;
    expect(
      metadataOf(`${deep}<script type=application/ld+json></script>${ld(null)}${ld({ '@graph': [null, 1, 'x'], author: null })}`).jsonLd,
    ).toMatchObject([
      { value: null, error: { message: expect.stringContaining('nested') } },
      { value: null, error: { message: 'the JSON ends too early', offset: 0 } },
      { value: null, error: null },
      { error: null },
    ]);
  });

  it('tells what robots are told, by whom and to whom', () => {
    const html =
      '<meta name=robots content="NOINDEX, max-snippet:5"><meta name=googlebot-news content=nosnippet><meta name=about content=x>';
    const { robots } = metadataOf(html, {
      fields: [
        { name: 'X-Robots-Tag', value: 'googlebot: nofollow, noarchive, otherbot: none' },
        { name: 'x-robots-tag', value: 'unavailable_after: Friday, 25 Jun 2010 15:00:00 GMT, noindex' },
      ],
    });
    expect(robots.map(({ agent, directives, source }) => [agent, directives, source])).toEqual([
      ['robots', ['noindex', 'max-snippet:5'], 'meta[name=robots]'],
      ['googlebot-news', ['nosnippet'], 'meta[name=googlebot-news]'],
      ['googlebot', ['nofollow', 'noarchive'], 'http X-Robots-Tag'],
      ['otherbot', ['none'], 'http X-Robots-Tag'],
      ['robots', ['unavailable_after: Friday, 25 Jun 2010 15:00:00 GMT', 'noindex'], 'http X-Robots-Tag'],
    ]);
  });

  it.each([
    ['5', { delayS: 5, href: null, url: 'http://example.com/a/b' }],
    [" 5.9; URL = 'p\"q' x", { delayS: 5, href: 'p"q', url: 'http://example.com/a/p%22q' }],
    ['.5,p', { delayS: 0, href: 'p', url: 'http://example.com/a/p' }],
    ['0 p', { delayS: 0, href: 'p', url: 'http://example.com/a/p' }],
    ['0;url=http://[', { delayS: 0, href: 'http://[', url: null }],
    ['x; url=p', null],
    ['5x', null],
    ['', null],
  ])('reads a refresh of %j', (content, refresh) => {
    const source = 'meta[http-equiv=refresh]';
    expect(metadataOf(`<meta http-equiv=Refresh content="${content.replaceAll('"', '&quot;')}">`).refresh).toEqual(
      refresh && { ...refresh, source },
    );
  });

  it('takes a Refresh field before an element, and passes over one that is none', () => {
    const element = '<base href=http://b.example/><meta http-equiv=refresh content="2; url=two">';
    expect(metadataOf(element, field('Refresh', '1; url=one')).refresh).toEqual({
      ...{ delayS: 1, href: 'one', url: 'http://example.com/a/one', source: 'http Refresh' },
    });
    expect(metadataOf(element, field('Refresh', 'soon')).refresh?.url).toBe('http://b.example/two');
  });

  it('lists every meta, policies and theme colours', () => {
    const { meta, contentSecurityPolicies, themeColors } = metadataOf(
      '<meta charset=utf-8><meta http-equiv=Content-Security-Policy content="default-src \'self\'"><meta name=theme-color content=red media=print><body><meta itemprop=x>',
    );
    expect(meta).toMatchObject([{ charset: 'utf-8', content: null }, { httpEquiv: 'Content-Security-Policy' }, { name: 'theme-color' }, { itemprop: 'x', position: { index: 3 } }]); // prettier-ignore
    expect(contentSecurityPolicies).toEqual(["default-src 'self'"]);
    expect(themeColors).toEqual([{ color: 'red', media: 'print', source: 'meta[name=theme-color]' }]);
  });

  it('reads XHTML and SVG, and no other XML', () => {
    const xhtml = '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>T</title></head></html>';
    expect(ruled('title', xhtml, { syntax: 'xml' })).toEqual(['T', 'title']);
    expect(ruled('language', xhtml, { syntax: 'xml' })).toEqual(['en', 'html[xml:lang]']);
    expect(ruled('title', '<svg xmlns="http://www.w3.org/2000/svg"><title>S</title></svg>', { syntax: 'xml' })).toEqual(['S', 'title']);
    for (const text of ['<rss><channel><title>T</title></channel></rss>', '', '<html><title>T</title></html>']) {
      expect(() => metadataOf(text, { syntax: 'xml' })).toThrow(
        expect.objectContaining({ code: 'NOT_A_DOCUMENT', message: expect.stringContaining('/feed') }),
      );
    }
    expect(() => metadataOf('x', { syntax: 'text' })).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it('ends where short links become long ones', () => {
    const html = `<base href="http://b.example/${'x'.repeat(8_000)}/">${Array.from({ length: 20_000 }, (_, n) => `<link rel=alternate href=${String(n)}>`).join('')}`;
    expect(() => metadataOf(html)).toThrow(expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' }));
  });
});
