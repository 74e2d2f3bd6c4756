import { describe, expect, it } from '@jest/globals';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { pageMarkdown } from './page-markdown.ts';

const BASE = 'http://example.com/a/';

function markdownOf(text: string, source: Partial<DocumentSource> = {}): string {
  const document = createDocument({ text, url: BASE, baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source });
  return pageMarkdown(document, { scope: 'page' }).markdown;
}

/** The nodes of Markdown as a program reads it that knows tables. */
function* nodesOf(markdown: string): Generator<{ type: string; value?: string }> {
  const open: { type: string; value?: string; children?: object[] }[] = [
    fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }),
  ];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...((node.children ?? []) as typeof open));
  }
}

describe('Markdown of a page', () => {
  it.each([
    ['headings', '<h1>a</h1><h3>b <i>c</i><br>d<div>e</div></h3>', '# a\n\n### b *c* d e'],
    ['paragraphs and line breaks', '<p>a<br>b<p>c<br><br>d', 'a\\\nb\n\nc\n\nd'],
    ['a rule', 'a<hr>b', 'a\n\n---\n\nb'],
    ['emphasis, with white space outside', 'a<b> b </b>c <i>d</i><s>e</s> un<em>believ</em>able', 'a **b** c *d*~~e~~ un*believ*able'],
    [
      'emphasis once where it is meant twice, and over blocks',
      '<b>a<strong>b</strong></b><b>c</b><b><p>d<p>e</b>',
      '**abc**\n\n**d**\n\n**e**',
    ],
    ['code in a line', '<code>a `b`</code> <kbd>c</kbd><tt> </tt>', '`` a `b` `` `c`'],
    ['code in fences', '<pre><code class="x language-JS">a\n\n```\n  b\n</code></pre>', '````js\na\n\n```\n  b\n````'],
    [
      'the language of code that its surroundings name',
      '<div class="highlight-source-shell"><pre>a<br>b</pre></div>',
      '```shell\na\nb\n```',
    ],
    ['nested lists', '<ul><li>a<ol start=3><li>b<li>c</ol><li><p>d<p>e</ul>', '- a\n\n  3. b\n  4. c\n\n- d\n\n  e'],
    ['lists that are put together wrongly', '<ul><li>a</li><ul><li>b</ul></ul><li>c<li>d', '- a\n  - b\n- c\n- d'],
    ['quotes', '<blockquote><p>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['terms', '<dl><dt>a<dd>b</dl>', '**a**\n\nb'],
    [
      'links, resolved',
      '<a href="b?c" title=\'d "e"\'>f</a> <a href=#g><b>h</b></a>',
      '[f](http://example.com/a/b?c "d \\"e\\"") [**h**](http://example.com/a/#g)',
    ],
    ['links over blocks', '<a href=/x><h2>a</h2><p>b</a>', '## [a](http://example.com/x)\n\n[b](http://example.com/x)'],
    [
      'images, resolved, and what stands for those that are none',
      '<img src=a.png alt="b\n c"><img src="data:image/png;base64,AA" alt=d><img>',
      '![b c](http://example.com/a/a.png)d',
    ],
    ['an image in a link', '<a href=/x> <img src=/y> </a>', '[![](http://example.com/y)](http://example.com/x)'],
    [
      'a table, its spans and its cells',
      '<table><caption>t</caption><tr><th>a<th>b<tr><td colspan=2><p>c|d<p>e<ul><li>f</ul><tr><td rowspan=2><pre>g\nh</pre><td>i<tr><td>j</table>',
      't\n\n| a | b |\n| - | - |\n| c\\|d e f | |\n| g h | i |\n| | j |',
    ],
    ['a table without a head', '<table><tr><td>a<td>b</table>', '| | |\n| - | - |\n| a | b |'],
    [
      'tables that lay out, as blocks',
      '<table><tr><td>a<table><tr><th>b<th>c<tr><td>1<td>2</table><tr><td>d</table>',
      'a\n\n| b | c |\n| - | - |\n| 1 | 2 |\n\nd',
    ],
    [
      'nothing of what is hidden, of controls and of scripts',
      'a<p hidden>x<p style=display:none>x<svg><text>x</text></svg><button>x</button><select><option>x</select><script>x</script><textarea>x</textarea>',
      'a',
    ],
  ])('has %s', (_, html, expected) => {
    expect(markdownOf(html)).toBe(expected);
  });

  it.each([
    '# a',
    '- a',
    '+ a',
    '* a',
    '1. a',
    '1) a',
    '> a',
    '===',
    '---',
    '***',
    '```',
    '~~~',
    '    a',
    '[a](b)',
    '![a](b)',
    '[a]: b',
    '*a*',
    '_a_',
    '`a`',
    '<b>a</b>',
    '<script>a</script>',
    '<!-- a',
    '<a@b.example>',
    '<http://a.example>',
    '&lt;',
    '&#60;',
    '\\',
    '| a |\n| - |',
    'a\\',
    '~~a~~',
  ])('reads as the text that the page has: %j', (text) => {
    const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    for (const page of [
      `<p>${html}`,
      `x<br>${html}`,
      `<ul><li>${html}`,
      `<table><tr><th>${html}<th>x<tr><td>${html}<td>x</table>`,
      `<b>${html}</b>y`,
    ]) {
      const nodes = [...nodesOf(markdownOf(page))];
      expect(
        nodes.filter(({ type }) => /^(html|code|inlineCode|link|image|definition|heading|thematicBreak|blockquote)$/.test(type)),
      ).toEqual([]);
      const words = nodes
        .flatMap(({ value }) => value ?? [])
        .reverse()
        .join('')
        .replace(/\s+/g, ' ');
      expect(words.replaceAll('~', '')).toContain(text.trim().replace(/\s+/g, ' ').replaceAll('~', ''));
    }
  });

  it.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'http://[', 'blob:x'])(
    'has no link to %j',
    (href) => {
      expect(markdownOf(`<a href="${href}">a</a><img src="${href}" alt=b>`)).toBe('ab');
    },
  );

  it('keeps the target of a link in its place, whatever it is', () => {
    const markdown = markdownOf('<a href="/a b)(\\<c>\n*_`">d</a> <img src="x) ![y](z">');
    const urls = [...nodesOf(markdown)].flatMap((node) => ('url' in node ? node.url : []));
    expect(urls.reverse()).toEqual(['http://example.com/a%20b)(/%3Cc%3E*_%60', 'http://example.com/a/x)%20![y](z']);
  });

  it('resolves in the encoding of the page, and leaves out links that nothing resolves', () => {
    expect(markdownOf('<base href="/b/"><a href="c?ä">d</a>', { encoding: 'windows-1252' })).toBe('[d](http://example.com/b/c?%E4)');
    expect(markdownOf('<a href=c>d</a>', { url: null })).toBe('d');
  });

  it('reads other XML as blocks, and no text that is no document', () => {
    expect(markdownOf('<r><a>b</a><c>*d*</c></r>', { syntax: 'xml' })).toBe('b\n\n\\*d\\*');
    expect(() => markdownOf('a', { syntax: 'text' })).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it('nests lists and quotes so deep and no deeper, and loses nothing', () => {
    const markdown = markdownOf(`${'<ul><li><blockquote>'.repeat(600)}a${'</blockquote></ul>'.repeat(600)}${'<p>b'.repeat(50_000)}`);
    expect(markdown.split('\n').filter((line) => line.endsWith(' a'))).toHaveLength(1);
    expect(markdown.length).toBeLessThan(1_000_000);
    expect(markdown.endsWith('\n\nb\n\nb')).toBe(true);
  });

  it('says what is known of it', () => {
    const head =
      '<html lang=de><title>t</title><meta name=author content=A><meta name=description content=d><meta name=date content=2026-11-23>';
    const document = createDocument({ text: `${head}<p>a b`, url: BASE, baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
    expect(pageMarkdown(document, { scope: 'page' })).toEqual({
      scope: 'page',
      title: 't',
      byline: 'A',
      excerpt: 'd',
      published: '2026-11-23',
      language: 'de',
      words: 2,
      markdown: 'a b',
    });
  });
});
