import { describe, expect, it } from '@jest/globals';
import { createDocument } from './document.ts';
import { select } from './select.ts';
import type { Selection } from './select.model.ts';

function selected(
  text: string,
  selector: string,
  paging: { limit?: number; offset?: number } = {},
  syntax: 'html' | 'xml' = 'html',
): Selection {
  const document = createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax, encoding: 'UTF-8' });
  return select(document, { selector, offset: 0, ...paging });
}

describe('select', () => {
  it('gives the elements in document order, with their parts', () => {
    const { total, elements } = selected('<article><h1 class=x>One <b>bold</b></h1></article><h1>Two</h1>', 'h1');
    expect(total).toBe(2);
    expect(elements[0]).toEqual({
      name: 'h1',
      html: '<h1 class="x">One <b>bold</b></h1>',
      attributes: [{ name: 'class', value: 'x' }],
      text: 'One bold',
      contents: ['One ', '<b>bold</b>'],
      position: { index: 0, line: 1, column: 10, offset: 9 },
    });
    expect(elements[1]?.text).toBe('Two');
  });

  it.each([
    ['ul > li:nth-child(2)', ['b']],
    ['li:not(.x)', ['a', 'c']],
    ['li:has(i)', ['c']],
    ['[data-k^="v"]', ['b']],
    ['ul li ~ li', ['b', 'c']],
    ['.nothing', []],
  ])('understands %s', (selector, texts) => {
    const html = '<ul><li>a<li class=x data-k=value>b<li><i>c</i></ul>';
    expect(selected(html, selector).elements.map(({ text }) => text)).toEqual(texts);
  });

  it('leaves the content of templates out', () => {
    expect(
      selected('<p>in</p><template><p>out</p><template><p>deeper</p></template></template>', 'p').elements.map(({ text }) => text),
    ).toEqual(['in']);
  });

  it('pages, and numbers the elements among all', () => {
    const { total, elements } = selected('<p>1<p>2<p>3', 'p', { limit: 1, offset: 1 });
    expect([total, elements.map(({ text, position }) => [text, position.index])]).toEqual([3, [['2', 1]]]);
  });

  it('tells letter case apart in XML', () => {
    expect(selected('<r><Item/><item/></r>', 'Item', {}, 'xml').total).toBe(1);
  });

  it.each(['p[', 'p:unknown-thing', '::', 'a >> b'])('refuses %s and names the parameter', (selector) => {
    expect(() => selected('<p>', selector)).toThrow(
      expect.objectContaining({ code: 'INVALID_SELECTOR', errors: [expect.objectContaining({ parameter: 'selector' })] }),
    );
  });
});
