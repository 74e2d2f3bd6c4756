import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from './document.ts';
import type { LinksOptions } from './links.args.ts';
import type { Link, Links } from './links.model.ts';
import { links } from './links.ts';

const URL_OF_PAGE = 'http://data.pr4e.org/page1.htm';

function linksOf(text: string, options: Partial<LinksOptions> = {}, source: Partial<DocumentSource> = {}): Links {
  const document = createDocument({ text, url: URL_OF_PAGE, baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source });
  return links(document, { method: 'parser', unique: false, offset: 0, ...options });
}

function only(text: string, source: Partial<DocumentSource> = {}): Link {
  const { links: found } = linksOf(text, {}, source);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const hrefs = (found: Links): string[] => found.links.map(({ href }) => href);

const CHAPTER = `<h1>The First Page</h1>
<p>
If you like, you can switch to the
<a href="http://data.pr4e.org/page2.htm">
Second Page</a>.
</p>
`;

describe('links', () => {
  it('answers all there is to a link', () => {
    expect(linksOf(CHAPTER)).toEqual({
      baseUrl: URL_OF_PAGE,
      baseSource: 'url',
      method: 'parser',
      total: 1,
      links: [
        {
          href: 'http://data.pr4e.org/page2.htm',
          url: 'http://data.pr4e.org/page2.htm',
          text: 'Second Page',
          element: 'a',
          attribute: 'href',
          descriptor: null,
          rel: [],
          title: null,
          kind: 'internal',
          registrableDomain: 'pr4e.org',
          nearestHeading: 'The First Page',
          landmark: null,
          inNav: false,
          occurrence: 1,
          occurrences: 1,
          position: { index: 0, line: 4, column: 1, offset: CHAPTER.indexOf('<a') },
        },
      ],
    });
  });

  it('finds every a and area with an href, in document order, duplicates kept', () => {
    const text = '<a href=1>x</a><map><area HREF=2></map><a name=n><link href=l><a href=1><area><a href>';
    expect(hrefs(linksOf(text))).toEqual(['1', '2', '1', '']);
  });

  it('finds those in noscript, and none in templates, comments, scripts and text', () => {
    const text =
      '<noscript><a href=1></a></noscript><template><a href=2></a></template><!--<a href=3>--><script>"<a href=4>"</script><textarea><a href=5>';
    expect(hrefs(linksOf(text))).toEqual(['1']);
  });

  it('finds those of SVG by href, which xlink:href is not', () => {
    expect(hrefs(linksOf('<svg><a href=1 /><a xlink:href=2 /><a xlink:href=3 href=4 /></svg>'))).toEqual(['1', '4']);
  });

  it('resolves character references in href and keeps it as written otherwise', () => {
    expect(only('<a href=" ?a=1&amp;b=2\n">')).toMatchObject({ href: ' ?a=1&b=2\n', url: `${URL_OF_PAGE}?a=1&b=2` });
  });

  it('resolves against the document base URL and says what that is', () => {
    expect(linksOf('<base href=//cdn.example/x/><a href=y>')).toMatchObject({
      baseUrl: 'http://cdn.example/x/',
      baseSource: 'element',
      links: [{ url: 'http://cdn.example/x/y', kind: 'external' }],
    });
  });

  it('encodes a query in the encoding of the document', () => {
    expect(only('<a href="/?q=é日#é">', { encoding: 'windows-1252' }).url).toBe('http://data.pr4e.org/?q=%E9%26%2326085%3B#%C3%A9');
  });

  it('gives descendant text with ASCII white space stripped and collapsed, and no other', () => {
    expect(only('<a href=x> \t<b>One\r\n</b><!-- no --> two\u00a0 <img alt=no><i>three</i>\f</a>').text).toBe('One two\u00a0 three');
    expect(only('<a href=x></a>').text).toBe('');
  });

  it('gives link types in lower case, each once, and the title', () => {
    expect(only('<a href=x rel=" NoFollow\nUGC nofollow \u212A" title=" T ">')).toMatchObject({
      rel: ['nofollow', 'ugc', '\u212A'],
      title: ' T ',
    });
  });

  it.each([
    ['/x', 'internal'],
    ['http://data.pr4e.org:80/', 'internal'],
    ['page1.htm', 'internal'],
    ['', 'internal'],
    ['#', 'fragment'],
    ['#top', 'fragment'],
    ['http://data.pr4e.org/page1.htm#x', 'fragment'],
    ['page2.htm#x', 'internal'],
    ['?#x', 'internal'],
    ['https://data.pr4e.org/', 'external'],
    ['http://pr4e.org/', 'external'],
    ['ftp://data.pr4e.org/', 'external'],
    ['MAILTO:x@example.com', 'mail'],
    ['tel:+1', 'tel'],
    ['java\nscript:0', 'script'],
    ['data:,x', 'data'],
    ['sms:+1', 'other'],
    ['file:///x', 'other'],
    ['blob:http://data.pr4e.org/x', 'other'],
    ['about:blank#x', 'other'],
    ['http://[', 'invalid'],
    ['http://a b/', 'invalid'],
  ])('calls %j %s', (href, kind) => {
    const link = only(`<a href="${href}">`);
    expect(link.kind).toBe(kind);
    expect(link.url === null).toBe(kind === 'invalid');
  });

  it('looks from the baseUrl of an inline document, and calls every origin another without one', () => {
    const inline = { url: null, baseUrl: 'http://example.org/x' };
    expect(linksOf('<a href=#a><a href=/y><a href=http://example.com/>', {}, inline).links.map(({ kind }) => kind)).toEqual([
      'fragment',
      'internal',
      'external',
    ]);
    expect(linksOf('<a href=#a><a href=http://example.com/>', {}, { url: null }).links.map(({ kind }) => kind)).toEqual([
      'invalid',
      'external',
    ]);
  });

  it('gives positions in the decoded text, past CRLF, characters beyond the BMP, NUL and character references', () => {
    const text = '<p>😀&amp;\r\n\0é<a href=1>x</a>\r<a href=2>\n\n  <a href=3>';
    expect(linksOf(text).links.map(({ position }) => position)).toEqual([
      { index: 0, line: 2, column: 3, offset: text.indexOf('<a href=1') },
      { index: 1, line: 3, column: 1, offset: text.indexOf('<a href=2') },
      { index: 2, line: 5, column: 3, offset: text.indexOf('<a href=3') },
    ]);
  });

  it('gives each link that the parser made again the position of the tag it came from', () => {
    const { links: found } = linksOf('<p><a href=x>one<div>two</a>three</div><p>');
    expect(found.map(({ text, position }) => [text, position.offset])).toEqual([
      ['one', 3],
      ['two', 3],
    ]);
  });

  it('filters by element and kind, and counts after filters and before limit and offset', () => {
    const text = '<a href=1><area href=2><a href=http://x.example/><a href=4>';
    expect(hrefs(linksOf(text, { element: ['area'] }))).toEqual(['2']);
    expect(hrefs(linksOf(text, { element: ['A', 'area'] }))).toHaveLength(4);
    expect(linksOf(text, { kind: 'external' })).toMatchObject({ total: 1, links: [{ position: { index: 2 } }] });
    const page = linksOf(text, { element: ['a'], kind: 'internal', limit: 1, offset: 1 });
    expect(page.total).toBe(2);
    expect(page.links.map(({ href, position }) => [href, position.index])).toEqual([['4', 3]]);
  });

  it.each<[string, Partial<LinksOptions>]>([
    ['element', { element: ['a', 'p'] }],
    ['element', { element: ['a'], method: 'regex' }],
    ['include', { include: ['ping'] }],
    ['include', { include: ['style'], method: 'regex' }],
    ['rel', { rel: ['next'], method: 'regex' }],
    ['origin', { origin: 'example.com' }],
    ['origin', { origin: 'mailto:x@example.com' }],
    ['registrableDomain', { registrableDomain: 'co.uk' }],
    ['registrableDomain', { registrableDomain: 'www.example.com' }],
    ['registrableDomain', { registrableDomain: '127.0.0.1' }],
    ['registrableDomain', { registrableDomain: 'http://example.com/' }],
  ])('refuses a wrong %s: %j', (parameter, options) => {
    const refusal = expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter })] });
    expect(() => linksOf('', options)).toThrow(refusal);
  });

  const sources = (found: Links): unknown[] => found.links.map(({ element, attribute, href }) => [element, attribute, href]);

  it('finds every URL of every element, by the attribute that it stands in, in source order', () => {
    const text =
      '<link href=1><script src=2></script><form action=3><button formaction=4></button><input src=5 formaction=6></form><a href=7><area href=8>' +
      '<img src=9><iframe src=10></iframe><video poster=11 src=12><source src=13><track src=14></video><audio src=15></audio><embed src=16><object data=17></object>';
    expect(sources(linksOf(text, { element: ['*'] }))).toEqual(
      [
        'link href,script src,form action,button formaction,input src,input formaction,a href,area href,img src,iframe src,video poster,video src',
        'source src,track src,audio src,embed src,object data',
      ]
        .join()
        .split(',')
        .map((pair, index) => [...pair.split(' '), String(index + 1)]),
    );
    expect(sources(linksOf('<frameset><frame src=1>', { element: ['FRAME'] }))).toEqual([['frame', 'src', '1']]);
    expect(linksOf(text).total).toBe(2);
    expect(sources(linksOf(text, { element: ['img', 'video'] }))).toEqual([
      ['img', 'src', '9'],
      ['video', 'poster', '11'],
      ['video', 'src', '12'],
    ]);
  });

  it('finds no URL in an attribute of another element', () => {
    expect(linksOf('<p href=1 src=2><img href=3 data-src=4><a src=5><svg><image href=6 /></svg>', { element: ['*'] }).total).toBe(0);
  });

  it('splits srcset into its images, and links to none of them unless asked', () => {
    const text = '<a href=0></a><img src=1 srcset="2 1x, 3 2x"><picture><source srcset=4></picture><link imagesrcset="5 9w" href=6>';
    expect(hrefs(linksOf(text))).toEqual(['0']);
    const found = linksOf(text, { include: ['srcset'] });
    expect(found.links.map(({ element, attribute, href, descriptor }) => [element, attribute, href, descriptor])).toEqual([
      ['a', 'href', '0', null],
      ['img', 'srcset', '2', '1x'],
      ['img', 'srcset', '3', '2x'],
      ['source', 'srcset', '4', null],
      ['link', 'imagesrcset', '5', '9w'],
    ]);
    expect(hrefs(linksOf(text, { include: ['srcset'], element: ['img'] }))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('finds where a refresh leads', () => {
    const text =
      '<meta http-equiv=Refresh content="0; url=\'next\'"><meta http-equiv=refresh content=5><meta name=refresh content="0;no"><meta http-equiv=refresh content="no">';
    expect(sources(linksOf(text, { include: ['refresh'] }))).toEqual([['meta', 'content', 'next']]);
  });

  it('finds URLs in style elements and attributes, whose queries are UTF-8 whatever the encoding', () => {
    const text =
      '<style>@import "1"; a { background: url(?é) }</style><p style="background:url(&quot;3&quot;)"><a href="?é" style="src:url(4)">';
    const found = linksOf(text, { include: ['style'] }, { encoding: 'windows-1252' });
    expect(sources(found)).toEqual([
      ['style', null, '1'],
      ['style', null, '?é'],
      ['p', 'style', '3'],
      ['a', 'href', '?é'],
      ['a', 'style', '4'],
    ]);
    expect(found.links.map(({ url }) => url?.replace(URL_OF_PAGE, ''))).toEqual(expect.arrayContaining(['?%C3%A9', '?%E9']));
    expect(linksOf('<svg><style>url(1)</style></svg>', { include: ['style'] }).total).toBe(1);
  });

  it('gives a text of hyperlinks and buttons alone', () => {
    const text = '<form action=1>form<button formaction=2>Go</button></form><a href=3 style="a:url(4)">A</a><object data=5>no</object>';
    expect(linksOf(text, { element: ['*'], include: ['style'] }).links.map((link) => link.text)).toEqual([null, 'Go', 'A', null, null]);
  });

  it('gives the heading that was begun last, be the link in it or not', () => {
    const text =
      '<a href=0></a><h1> One <a href=1>\n1</a></h1><div><a href=2></a><section><h3><img alt=no></h3></section></div><a href=3></a><template><h2>no</h2></template><svg><h4><a href=4></a></svg>';
    expect(linksOf(text).links.map(({ nearestHeading }) => nearestHeading)).toEqual([null, 'One 1', 'One 1', '', '']);
  });

  it('gives the innermost landmark, by element or role, and whether a nav is around it', () => {
    const text =
      '<a href></a><header><a href></a><nav><a href></a><section><a href></a></section></nav></header><div role="x Navigation"><ul><li><a href></a></ul></div>' +
      '<main><nav role=presentation><a href></a></nav><article role=search><a href></a></article></main><footer><aside></aside><a href></a></footer><nav role=list><a href>';
    expect(linksOf(text).links.map(({ landmark, inNav }) => [landmark, inNav])).toEqual([
      [null, false],
      ['header', false],
      ['nav', true],
      ['section', true],
      ['nav', true],
      ['main', false],
      ['search', false],
      ['footer', false],
      ['nav', true],
    ]);
  });

  it('numbers the links to one URL, of the elements asked for, before other filters', () => {
    const text =
      '<a href=/x>1</a><img src=/x><a href=http://data.pr4e.org/x rel=next>2</a><a href=y></a><a href="http://["></a><a href="http://["></a>';
    const numbers = (options: Partial<LinksOptions>): unknown[] =>
      linksOf(text, options).links.map(({ occurrence, occurrences }) => `${String(occurrence)}/${String(occurrences)}`);
    expect(numbers({})).toEqual(['1/2', '2/2', '1/1', '1/2', '2/2']);
    expect(numbers({ rel: ['next'] })).toEqual(['2/2']);
    expect(numbers({ element: ['img'] })).toEqual(['1/1']);
    expect(numbers({ element: ['a', 'img'], limit: 3 })).toEqual(['1/3', '2/3', '3/3']);
    expect(linksOf('href="http://a/" href="http://a/"', { method: 'regex' }).links.map(({ occurrence }) => occurrence)).toEqual([1, 2]);
  });

  it('names the registrable domain of hosts alone', () => {
    const text =
      '<a href=http://a.b.example.co.uk/><a href=//user.github.io><a href=http://127.0.0.1><a href=http://[::1]/><a href=http://co.uk/><a href=mailto:a@example.com>' +
      '<a href=foo://a.example.com/><a href=blob:http://a.example.com/><a href=http://a.例え.jp/><a href=http://a..b/>';
    expect(linksOf(text).links.map(({ registrableDomain }) => registrableDomain)).toEqual([
      'example.co.uk',
      'user.github.io',
      ...[null, null, null, null, null, null],
      'xn--r8jz45g.jp',
      null,
    ]);
  });

  it('filters by link type, text, origin and registrable domain', () => {
    const text =
      '<a href=/one rel="x NoFollow">Eins</a><a href=http://a.example.com/ rel=ugc>Zwei</a><a href=https://b.example.com/ONE>Drei</a><a href="http://[one">Vier</a><area href=/two>';
    const found = (options: Partial<LinksOptions>): number[] => linksOf(text, options).links.map(({ position }) => position.index);
    expect(found({ rel: ['nofollow', 'UGC'] })).toEqual([0, 1]);
    expect(found({ contains: 'One' })).toEqual([0, 2, 3]);
    expect(found({ contains: 'EI' })).toEqual([0, 1, 2]);
    expect(found({ origin: 'HTTP://a.example.com:80/x' })).toEqual([1]);
    expect(found({ registrableDomain: 'Example.com' })).toEqual([1, 2]);
    expect(found({ registrableDomain: 'example.com', contains: 'one', kind: 'external' })).toEqual([2]);
    expect(linksOf('href="http://x.example/One"', { method: 'regex', contains: 'one' }).total).toBe(1);
  });

  it.each<[string, string, Partial<LinksOptions>]>([
    ['nested headings', `${'<h1><p><svg><foreignObject>'.repeat(300)}${'x'.repeat(1_000_000)}${'<a href=x></a>'.repeat(100)}`, {}],
    ['nested hyperlinks', `<svg>${'<a href=x>'.repeat(1_500)}${'y'.repeat(100_000)}`, { contains: 'z' }],
    [
      'a long base',
      `<base href="/${'x'.repeat(1_000_000)}/">${Array.from({ length: 100 }, (_, i) => `<a href=${String(i)}></a>`).join('')}`,
      { limit: 1 },
    ],
  ])('ends early where %s would take the square of the page', (_what, text, options) => {
    expect(() => linksOf(text, options)).toThrow(expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' }));
  });

  it('takes linear time on deep trees, many landmarks, headings and styles', () => {
    const deep = '<nav><h1><section><b><a href=x>'.repeat(350);
    const wide = '<nav role="a b c"><h2>x</h2><a href=x style="a:url(y)"></a></nav>'.repeat(8_000);
    const style = `<style>${'a{b:url(c)}'.repeat(30_000)}</style>`;
    expect(linksOf(deep + wide + style, { element: ['*'], include: ['srcset', 'refresh', 'style'], limit: 1 }).total).toBeGreaterThan(
      46_000,
    );
  });

  it('drops links whose url came before, or whose href did where there is no url', () => {
    const text =
      '<a href=/x>1</a><a href=http://data.pr4e.org/x>2</a><a href="http://[">3</a><a href="http://[">4</a><a href="http://[[">5</a>';
    const found = linksOf(text, { unique: true });
    expect(found.total).toBe(3);
    expect(found.links.map((link) => [link.text, link.position.index])).toEqual([
      ['1', 0],
      ['3', 2],
      ['5', 4],
    ]);
  });

  it('ends an answer that is the square of the page', () => {
    const nested = '<svg>' + '<a href=x>'.repeat(1_500) + 'y'.repeat(100_000);
    expect(() => linksOf(nested)).toThrow(
      expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED', message: expect.stringContaining('limit') }),
    );
    expect(linksOf(nested, { limit: 10 })).toMatchObject({ total: 1_500 });
  });

  it('has none of a text that is no document, by the parser', () => {
    expect(() => linksOf('', {}, { syntax: 'text' })).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it('reads XHTML by its syntax', () => {
    const text =
      '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><a href="x?a&amp;b"/>text<A href="y"/></body></html>';
    expect(linksOf(text, {}, { syntax: 'xml' })).toMatchObject({
      total: 1,
      links: [{ href: 'x?a&b', text: '', position: { line: 2, column: 50, offset: text.indexOf('<a') } }],
    });
  });
});

describe('links by regular expression', () => {
  it('are what the expression finds in the raw text, elements unseen', () => {
    const text =
      '<base href=http://b.example/>\r\n<!-- <a href="http://x.example/?a&amp;b"> --> href="HTTP://no" href=\'http://no\' href="/no" <p>href="https://data.pr4e.org/"';
    expect(linksOf(text, { method: 'regex' })).toEqual({
      baseUrl: URL_OF_PAGE,
      baseSource: 'url',
      method: 'regex',
      total: 2,
      links: [
        {
          href: 'http://x.example/?a&amp;b',
          url: 'http://x.example/?a&amp;b',
          text: null,
          element: null,
          attribute: null,
          descriptor: null,
          rel: [],
          title: null,
          kind: 'external',
          registrableDomain: 'x.example',
          nearestHeading: null,
          landmark: null,
          inNav: null,
          occurrence: 1,
          occurrences: 1,
          position: { index: 0, line: 2, column: 9, offset: text.indexOf('href="http://x') },
        },
        expect.objectContaining({ href: 'https://data.pr4e.org/', kind: 'external' }),
      ],
    });
  });

  it('end at the next quote and not past a line feed', () => {
    expect(hrefs(linksOf('href="http://a\n"href="http://b\rc"d" href="https://" href="http://', { method: 'regex' }))).toEqual([
      'http://b\rc',
      'https://',
    ]);
  });

  it('are found in text that is no document, and filtered as others', () => {
    const text = 'href="http://a/" href="http://a" href="http://[" href="http://data.pr4e.org/"';
    expect(hrefs(linksOf(text, { method: 'regex', unique: true }, { syntax: 'text' }))).toEqual([
      'http://a/',
      'http://[',
      'http://data.pr4e.org/',
    ]);
    expect(hrefs(linksOf(text, { method: 'regex', kind: 'internal' }, { syntax: 'text' }))).toEqual(['http://data.pr4e.org/']);
  });

  it('take linear time, also where a tree would pass its limits', () => {
    expect(linksOf('<div>'.repeat(60_000) + 'href="http://'.repeat(200_000), { method: 'regex' }).total).toBe(100_000);
  });
});
