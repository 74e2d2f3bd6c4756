import { describe, expect, it } from '@jest/globals';
import { trimmed } from '../api/fields.ts';
import { createDocument, type DocumentSource } from './document.ts';
import type { TagsOptions } from './tags.args.ts';
import type { Tags } from './tags.model.ts';
import { tags } from './tags.ts';

function tagsOf(text: string, options: Partial<TagsOptions> = {}, syntax: DocumentSource['syntax'] = 'html'): Tags {
  const document = createDocument({ text, url: 'http://data.pr4e.org/page1.htm', baseUrl: null, syntax, encoding: 'UTF-8' });
  return tags(document, { tag: 'a', offset: 0, ...options });
}

const names = (found: Tags): string[] => found.tags.map(({ name }) => name);
const texts = (found: Tags): string[] => found.tags.map(({ text }) => text);

/** What a caller gets: the parts of an element are made when they are read. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('tags', () => {
  it("answers the parts of the chapter's tag", () => {
    const text = '<h1>The First Page</h1>\n<a href="http://data.pr4e.org/page2.htm">\nSecond Page</a>.';
    expect(asJson(tagsOf(text))).toEqual({
      total: 1,
      tags: [
        {
          name: 'a',
          html: '<a href="http://data.pr4e.org/page2.htm">\nSecond Page</a>',
          attributes: [{ name: 'href', value: 'http://data.pr4e.org/page2.htm' }],
          text: 'Second Page',
          contents: ['\nSecond Page'],
          position: { index: 0, line: 2, column: 1, offset: 24 },
        },
      ],
    });
  });

  it("gives each child node's markup in order, void elements and comments too", () => {
    const { tags: found } = tagsOf('<p>a &lt; b<br><b>c<i>d</b>e<!--f--><script>1<2</script></p>', { tag: 'p' });
    expect(found[0]).toMatchObject({
      html: '<p>a &lt; b<br><b>c<i>d</i></b><i>e<!--f--><script>1<2</script></i></p>',
      contents: ['a &lt; b', '<br>', '<b>c<i>d</i></b>', '<i>e<!--f--><script>1<2</script></i>'],
      text: 'a < bcde1<2',
    });
  });

  it('gives a void element no contents, and a template those of its content', () => {
    expect(tagsOf('<img alt="">', { tag: 'img' }).tags[0]).toMatchObject({ html: '<img alt="">', contents: [], text: '' });
    expect(tagsOf('<template>a<b>c</b></template>', { tag: 'template' }).tags[0]).toMatchObject({
      html: '<template>a<b>c</b></template>',
      contents: ['a', '<b>c</b>'],
      text: '',
    });
    expect(tagsOf('<template>a<b>c</b></template>', { tag: 'b' }).total).toBe(0);
  });

  it('matches names whatever their letter case, all by an asterisk', () => {
    expect(tagsOf('<A><a>', { tag: 'A' }).total).toBe(2);
    expect(names(tagsOf('<svg><linearGradient>', { tag: 'lineargradient' }))).toEqual(['linearGradient']);
    expect(names(tagsOf('<p>x', { tag: '*' }))).toEqual(['html', 'head', 'body', 'p']);
  });

  it('keeps elements that have an attribute, its value empty or not', () => {
    const text = '<a HREF>1</a><a>2</a><a href=x>3</a><svg viewBox="0 0 1 1"></svg><a constructor=x>';
    expect(texts(tagsOf(text, { attr: 'Href' }))).toEqual(['1', '3']);
    expect(tagsOf(text, { tag: '*', attr: 'viewbox' }).total).toBe(1);
    expect(tagsOf(text, { attr: 'constructor' }).total).toBe(1);
    expect(tagsOf(text, { attr: 'toString' }).total).toBe(0);
  });

  it('pages, with the total and the number of each among all', () => {
    const page = tagsOf('<i>0</i><i>1</i><i>2</i>', { tag: 'i', limit: 1, offset: 1 });
    expect(page.total).toBe(3);
    expect(page.tags.map(({ text, position }) => [text, position.index])).toEqual([['1', 1]]);
  });

  it('gives no position to an element that the parser implied', () => {
    expect(tagsOf('\n<tr>', { tag: 'body' }).tags[0]?.position).toEqual({ index: 0, line: null, column: null, offset: null });
  });

  it('ends an answer that is the square of the page while it is built, and gives part of it', () => {
    const nested = '<div>'.repeat(1_900) + '<p>x</p>'.repeat(20_000);
    expect(() => JSON.stringify(tagsOf(nested, { tag: 'div' }))).toThrow(
      expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED', message: expect.stringContaining('limit') }),
    );
    expect(JSON.stringify(tagsOf(nested, { tag: 'div', limit: 10 }))).toContain('"total":1900');
  });

  it('ends no answer for a part that is not read', () => {
    const nested = '<div>'.repeat(1_900) + '<p>x</p>'.repeat(20_000);
    const { tags: all } = trimmed(tagsOf(nested, { tag: 'div' }), ['tags.name', 'tags.position']) as { tags: object[] };
    expect([all.length, all[1_899]]).toMatchObject([1_900, { name: 'div', position: { index: 1_899 } }]);
  });
});

describe('tags of XML', () => {
  const FEED = `<?xml version="1.0"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><Title>A &amp; B &#x43;</Title><dc:title a="1" a="2" b='"'/><item><![CDATA[<b>]]>&nbsp;</item>
<title/></channel></rss>`;

  it('match by exact local name, or with the prefix', () => {
    expect(names(tagsOf(FEED, { tag: 'title' }, 'xml'))).toEqual(['dc:title', 'title']);
    expect(names(tagsOf(FEED, { tag: 'dc:title' }, 'xml'))).toEqual(['dc:title']);
    expect(texts(tagsOf(FEED, { tag: 'Title' }, 'xml'))).toEqual(['A & B C']);
  });

  it('are written as XML', () => {
    expect(tagsOf(FEED, { tag: 'channel' }, 'xml').tags[0]).toMatchObject({
      contents: ['<Title>A &amp; B C</Title>', '<dc:title a="1" b="&quot;"/>', '<item>&lt;b&gt;&amp;nbsp;</item>', '\n', '<title/>'],
      position: { index: 0, line: 2, column: 50 },
    });
  });

  it('obey the same limits', () => {
    const exceeded = expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' });
    expect(() => tagsOf('<d>'.repeat(60_000), {}, 'xml')).toThrow(exceeded);
    expect(() => tagsOf(`<d ${Array.from({ length: 10_001 }, (_, n) => `a${String(n)}=""`).join(' ')}>`, {}, 'xml')).toThrow(exceeded);
    expect(tagsOf('</a></a><a><b></a>', {}, 'xml').tags.map(({ html }) => html)).toEqual(['<a><b/></a>']);
  });
});
