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
          rel: [],
          title: null,
          kind: 'internal',
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

  it('refuses an element that makes no hyperlink', () => {
    const refusal = expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter: 'element' })] });
    expect(() => linksOf('', { element: ['a', 'link'] })).toThrow(refusal);
    expect(() => linksOf('', { element: ['a'], method: 'regex' })).toThrow(refusal);
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
          rel: [],
          title: null,
          kind: 'external',
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
