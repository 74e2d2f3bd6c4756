import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource, type PageDocument } from '../parse/document.ts';
import { serializeNode } from '../parse/serialize.ts';
import { article, type Article } from './article.ts';

function documentOf(text: string, source: Partial<DocumentSource> = {}): PageDocument {
  return createDocument({ text, url: 'http://example.com/news/1', baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source });
}

function found(text: string, source: Partial<DocumentSource> = {}): Article {
  const answer = article(documentOf(text, source));
  if (answer === null) throw new Error('no article was found');
  return answer;
}

function markup({ content }: Article): string {
  return content.children.map((child) => serializeNode(child, 'html', (piece) => piece)).join('');
}

const SENTENCE = 'The tide came in, slowly at first, then faster, and the boats rose with it, one after another. ';
const PARAGRAPHS = Array.from({ length: 5 }, (_, index) => `<p>${String(index + 1)}. ${SENTENCE.repeat(2)}</p>`).join('');
const NAVIGATION = '<nav class="menu"><ul><li><a href="/">Home</a><li><a href="/about">About</a></ul></nav>';

function page(content: string, head = ''): string {
  return `<!doctype html><html lang="en-GB"><head><title>The tide comes in again | The Harbour Post</title>${head}</head>
<body>${NAVIGATION}<article>${content}</article><footer>All rights reserved.</footer></body></html>`;
}

describe('the article of a page', () => {
  it.each(['display: none', 'display:NONE !important', 'visibility: hidden !important'])(
    'holds nothing that a style hides: %s',
    (style) => {
      const content = markup(found(page(`${PARAGRAPHS}<p style="${style}">Secret. ${SENTENCE}</p>`)));
      expect(content).toContain('5. The tide came in');
      expect(content).not.toContain('Secret');
    },
  );

  it('is its text without what surrounds it', () => {
    const { text, title, language, byline, published } = found(page(PARAGRAPHS));
    expect(text.startsWith('1. The tide came in')).toBe(true);
    expect(text).toContain('\n\n5. The tide came in');
    expect(text).not.toMatch(/Home|About|rights/);
    expect({ title, language, byline, published }).toEqual({
      title: 'The tide comes in again',
      language: 'en-GB',
      byline: null,
      published: null,
    });
  });

  it('has what the page says of it', () => {
    const head = `<meta name="author" content="Ada  Quay"><meta property="og:site_name" content="The Harbour Post">
      <meta name="description" content="Water, and more of it."><meta property="article:published_time" content="2026-11-23T10:00:00+01:00">`;
    expect(found(page(PARAGRAPHS, head).replace('<body>', '<body dir="RTL">'))).toMatchObject({
      byline: 'Ada Quay',
      siteName: 'The Harbour Post',
      excerpt: 'Water, and more of it.',
      direction: 'rtl',
      published: '2026-11-23T09:00:00.000Z',
    });
  });

  it('has its links and images resolved as the document resolves them', () => {
    const links = '<p><a href="2?q=ä">two</a>, <a href="#top">up</a>, <a href=" ">none</a><img src="a b.png" srcset="c.png 2x"></p>';
    const html = markup(found(page(PARAGRAPHS + links, '<base href="/archive/">'), { encoding: 'windows-1252' }));
    expect(html).toContain('href="http://example.com/archive/2?q=%E4"');
    expect(html).toContain('href="#top"');
    expect(html).toContain('src="http://example.com/archive/a%20b.png" srcset="http://example.com/archive/c.png 2x"');
  });

  it('keeps links as written where nothing says what they are relative to', () => {
    expect(markup(found(page(`${PARAGRAPHS}<p><a href="2">two</a></p>`), { url: null }))).toContain('<a href="2">');
  });

  it('has neither scripts nor links that are scripts', () => {
    const html = markup(
      found(page(`${PARAGRAPHS}<p>x <a href=" JavaScript:alert(1)">press</a><script>alert(2)</script><style>p{}</style></p>`)),
    );
    expect(html).toContain('press');
    expect(html).not.toMatch(/script|alert|style/i);
  });

  it('keeps the classes that tell the language of code, and where elements stood', () => {
    const answer = found(page(`${PARAGRAPHS}<pre><code class="language-js">let x;</code></pre>`));
    expect(markup(answer)).toContain('<code class="language-js">let x;</code>');
    const [root] = answer.content.children;
    expect(root).toMatchObject({ name: 'div', startIndex: null, children: [{ startIndex: expect.any(Number) }] });
  });

  it('takes the image of a noscript in place of its stand-in', () => {
    const image = '<figure><img src="data:image/gif;base64,R0lGOD"><noscript><img src="/boats.jpg" alt="Boats"></noscript></figure>';
    expect(markup(found(page(PARAGRAPHS + image)))).toMatch(/<img src="http:\/\/example\.com\/boats\.jpg" alt="Boats"/);
  });

  it('is looked for again, less strictly, where little is found at first', () => {
    const { text } = found(`<title>Short</title><div class="comment sidebar"><p>${SENTENCE}</p></div>`);
    expect(text).toBe(SENTENCE.trim());
  });

  it('leaves the document as it was', () => {
    const document = documentOf(page(PARAGRAPHS));
    const before = serializeNode(document.tree.children.at(-1)!, 'html', (piece) => piece);
    article(document);
    expect(serializeNode(document.tree.children.at(-1)!, 'html', (piece) => piece)).toBe(before);
  });

  it('is none where nothing is to be read', () => {
    expect(article(documentOf(''))).toBeNull();
    expect(article(documentOf('<frameset><frame src=a></frameset>'))).toBeNull();
    expect(article(documentOf('<rss><channel><title>News</title></channel></rss>', { syntax: 'xml' }))).toBeNull();
    expect(() => article(documentOf('words', { syntax: 'text' }))).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it('is found in XHTML', () => {
    const text = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><div>${PARAGRAPHS}</div></body></html>`;
    expect(found(text, { syntax: 'xml' }).text).toContain('5. The tide');
  });

  it('is found however deep it is and whatever is beside it', () => {
    expect(found(`${'<div>'.repeat(1_900)}${PARAGRAPHS}`).text).toContain('5. The tide');
    expect(found(page(PARAGRAPHS + '<p>a, b, c</p>'.repeat(3_000))).text).toContain('5. The tide');
  });

  it('is not looked for among too many elements', () => {
    expect(() => article(documentOf('<p>'.repeat(100_001)))).toThrow(expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' }));
  });
});
