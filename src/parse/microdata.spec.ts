import { describe, expect, it } from '@jest/globals';
import { createDocument } from './document.ts';
import { microdata } from './microdata.ts';

function itemsOf(html: string): unknown {
  const { elements } = createDocument({ text: html, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
  return microdata(elements, (written) => URL.parse(written, 'http://example.com/a/')?.href ?? null).items;
}

/** The properties of one item that has these contents. */
function propertiesOf(inner: string, itemref = ''): unknown {
  const [item] = itemsOf(`<div itemscope itemref="${itemref}" id=top>${inner}</div>`) as [{ properties: unknown }];
  return item.properties;
}

describe('microdata', () => {
  it("is the HTML Standard's JSON: types, ids, items within items", () => {
    expect(
      itemsOf(
        '<div itemscope itemtype="http://s.example/A http://s.example/B" itemid="i"><b itemprop="name other">N</b>' +
          '<p itemprop=author itemscope><i itemprop=name>Ada</i></p></div><div itemscope></div><div itemscope itemid=x></div>',
      ),
    ).toEqual([
      {
        type: ['http://s.example/A', 'http://s.example/B'],
        id: 'http://example.com/a/i',
        properties: { name: ['N'], other: ['N'], author: [{ properties: { name: ['Ada'] } }] },
      },
      { properties: {} },
      { properties: {} },
    ]);
  });

  it.each([
    ['<meta itemprop=p content=c>', 'c'],
    ['<meta itemprop=p>', ''],
    ['<img itemprop=p src=i.png>', 'http://example.com/a/i.png'],
    ['<a itemprop=p href=/x>t</a>', 'http://example.com/x'],
    ['<a itemprop=p>t</a>', ''],
    ['<link itemprop=p href="http://[">', ''],
    ['<object itemprop=p data=o></object>', 'http://example.com/a/o'],
    ['<data itemprop=p value=v>t</data>', 'v'],
    ['<meter itemprop=p value=0.5>t</meter>', '0.5'],
    ['<time itemprop=p datetime=2026>now</time>', '2026'],
    ['<time itemprop=p>now</time>', 'now'],
    ['<b itemprop=p> a <i>b</i></b>', ' a b'],
  ])('takes the value of %s', (html, value) => {
    expect(propertiesOf(html)).toEqual({ p: [value] });
  });

  it('follows itemref, and keeps tree order', () => {
    const html =
      '<p id=before itemprop=n>1</p><div itemscope itemref="after before nothing before"><i itemprop=n>2</i></div><p id=after itemprop=n>3';
    expect(itemsOf(html)).toEqual([{ properties: { n: ['1', '2', '3'] } }]);
  });

  it('says ERROR where an item is within itself', () => {
    const html =
      '<div itemscope itemref=a></div><div id=a itemprop=x itemscope itemref=b></div><div id=b itemprop=y itemscope itemref=a></div>';
    expect(itemsOf(html)).toEqual([{ properties: { x: [{ properties: { y: [{ properties: { x: ['ERROR'] } }] } }] } }]);
    expect(propertiesOf('<b itemprop=p>1</b>', 'top')).toEqual({ p: ['1'] });
  });

  it('takes a name for nothing but a name, and leaves templates out', () => {
    expect(JSON.stringify(propertiesOf('<b itemprop="__proto__ 1 constructor">x</b><template><b itemprop=t>y</b></template>'))).toBe(
      '{"1":["x"],"__proto__":["x"],"constructor":["x"]}',
    );
  });

  it.each([
    ['every item over the whole page', `<div id=r>${'<span></span>'.repeat(1_000)}</div>${'<i itemscope itemref=r></i>'.repeat(2_000)}`],
    [
      'twice as many items at each step',
      Array.from({ length: 40 }, (_, n) => {
        const refs = `itemref="a${String(n + 1)} b${String(n + 1)}"`;
        return `<p id=a${String(n)} itemprop=x itemscope ${refs}></p><p id=b${String(n)} itemprop=x itemscope ${refs}></p>`;
      }).join('') + '<p itemscope itemref="a0 b0">',
    ],
    [
      'a long chain',
      '<p itemscope itemref=a0>' +
        Array.from({ length: 10_000 }, (_, n) => `<p id=a${String(n)} itemprop=x itemscope itemref=a${String(n + 1)}>`).join(''),
    ],
  ])('ends where itemref leads %s', (_where, html) => {
    expect(() => itemsOf(html)).toThrow(
      expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED', message: expect.stringContaining('microdata') }),
    );
  });
});
