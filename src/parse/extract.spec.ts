import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from './document.ts';
import { extract } from './extract.ts';
import type { Extraction } from './extract.model.ts';

function extracted(text: string, shape: unknown, source: Partial<DocumentSource> = {}): Extraction {
  const document = createDocument({ text, url: 'http://example.com/a/', baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source });
  return extract(document, { shape: JSON.stringify(shape) });
}

function dataOf(text: string, shape: unknown, source: Partial<DocumentSource> = {}): unknown {
  return extracted(text, shape, source).data;
}

/** The one value that is missing, and why. */
function missOf(text: string, shape: unknown): string {
  const { missed, misses } = extracted(text, shape);
  return `${String(missed)} ${misses.map(({ pointer, reason, message }) => `${pointer} ${reason}: ${message}`).join('; ')}`;
}

describe('extract', () => {
  const LIST = '<h1>A\n list</h1><ul><li>1 <a href=x>X</a><li>2 <a>Y</a></ul><a href=z>Z</a>';

  it.each([
    ['h1', 'A list'],
    ['a@href', 'x'],
    [['a'], ['X', 'Y', 'Z']],
    [['a@href'], ['x', null, 'z']],
    [
      { a: 'h1', b: 'h2' },
      { a: 'A list', b: null },
    ],
    [
      { _: 'li:nth-child(2)', a: '.', b: '> a', c: 'h1' },
      { a: '2 Y', b: 'Y', c: null },
    ],
    [[{ _: 'li', href: 'a@href' }], [{ href: 'x' }, { href: null }]],
    [
      { _: 'ul', all: [{ _: '> li', own: ['> a'], next: '+ li' }] },
      {
        all: [
          { own: ['X'], next: '2 Y' },
          { own: ['Y'], next: null },
        ],
      },
    ],
    [
      [{ _: 'xpath://li', n: 'xpath:text()', a: 'xpath:a', h: 'xpath:a/@href' }],
      [
        { n: '1 ', a: 'X', h: 'x' },
        { n: '2 ', a: 'Y', h: null },
      ],
    ],
    [
      { n: 'xpath:count(//a)', t: { $: 'xpath:count(//a)', type: 'number' }, b: { $: 'xpath:exists(//b)', type: 'boolean' } },
      { n: '3', t: 3, b: false },
    ],
    [{ $: 'li', type: 'html' }, '<li>1 <a href="x">X</a></li>'],
    [
      { $: null, constant: { a: [1, null], b: '' } },
      { a: [1, null], b: '' },
    ],
    [
      { constructor: 'h1', toString: 'h2', hasOwnProperty: '.x' },
      { constructor: 'A list', toString: null, hasOwnProperty: null },
    ],
    ['.@lang', null],
  ])('fills %j', (shape, data) => {
    expect(dataOf(LIST, shape)).toEqual(data);
  });

  it('keeps the order of members, whatever their names', () => {
    expect(Object.keys(dataOf('<p>', { z: 'p', _: 'p', a: 'p' }) as object)).toEqual(['z', 'a']);
  });

  it.each([
    ['<p>', ['h1', 'h2'], null],
    ['<p><h2>B</h2>', ['h1', 'h2'], 'B'],
    ['<h2>B</h2><h1>A</h1>', ['h1', 'h2'], 'A'],
    ['<h1> </h1><h2>B</h2>', ['h1', 'h2'], 'B'],
    ['<h1> </h1>', ['h1', 'h2'], ''],
    ['<a>X</a><img src=y>', ['a@href', 'img@src'], 'y'],
    ['<a>X</a>', ['xpath:string(//b[error()])', 'a'], 'X'],
  ])('of %j takes the first of %j that gives a value', (text, selectors, value) => {
    expect(dataOf(text, { $: selectors })).toBe(value);
  });

  it('tells of alternatives in a list that the first which finds anything has all entries', () => {
    expect(dataOf('<b>1</b><i>2</i><b>x</b>', [{ $: ['u', 'b', 'i'], type: 'number' }])).toEqual([1, null]);
  });

  it.each([
    ['<p>5 kg', { $: 'p', type: 'number' }, 5],
    ['<data value=1299.5>one thousand</data>', { $: 'data', type: 'number' }, 1299.5],
    ['<data>12</data>', { $: 'data', type: 'number' }, 12],
    ['<data value=1299.5>one thousand</data>', { $: 'data' }, 'one thousand'],
    ['<p><s>1</s>,<b>029</b>.50', { $: 'p', type: 'number' }, 1029.5],
    ['<p>12<!-- -->30', { $: 'p', type: 'number' }, 1230],
    ['<p>5<b>kg</b> 3', { $: 'p', type: 'number', match: '^.*kg' }, 5],
    ['<p>5<b>3</b> of 7', { $: 'p', type: 'number', match: '^.* of (.+)$' }, 7],
    ['<p>40<b>30</b>', { $: 'p' }, '4030'],
    ['<p>2026-01-05<br>10:00', { $: 'p', type: 'date' }, '2026-01-05T10:00:00'],
    ['<p>5 Jan <s>20</s><b>26</b>', { $: 'p', type: 'date' }, null],
    ['<p>now 5, was 7', { $: 'p', match: 'was (\\d+)', type: 'number' }, 7],
    ['<time datetime=2026-01-05>5 Jan</time>', { $: 'time', type: 'date' }, '2026-01-05'],
    ['<time>Mon, 05 Jan 2026 09:00:00 GMT</time>', { $: 'time', type: 'date' }, '2026-01-05T09:00:00.000Z'],
    ['<p>05/01/2026', { $: 'p', type: 'date' }, null],
    ['<p datetime=2026-01-05>5 Jan', { $: 'p', type: 'date' }, null],
    ['<a href=" b?c=é ">X</a>', { $: 'a', type: 'url' }, 'http://example.com/a/b?c=%C3%A9'],
    ['<base href=/z/><img src=b>', { $: 'img', type: 'url' }, 'http://example.com/z/b'],
    ['<p>/c</p>', { $: 'p', type: 'url' }, 'http://example.com/c'],
    ['<a href="http://[">X</a>', { $: 'a', type: 'url' }, null],
    ['<meta name=a content=" b  c ">', 'meta[name=a]', ' b  c '],
    ['<meta name=a content=7>', { $: 'meta', type: 'number' }, 7],
    ['<b>YES</b>', { $: 'b', type: 'boolean' }, true],
    ['<b> off </b>', { $: 'b', type: 'boolean' }, false],
    ['<b>sale</b>', { $: 'b', type: 'boolean' }, null],
    ['<b>sale</b>', { $: 'b', type: 'boolean', match: 'sale' }, true],
    ['<b>new</b>', { $: 'b', type: 'boolean', match: 'sale' }, false],
    ['<b>sale</b>', { $: 'b', type: 'boolean', match: '(big )?sale' }, true],
    ['<i>', { $: 'b', type: 'boolean' }, null],
    ['<i>', { $: 'b', type: 'boolean', default: false }, false],
    ['<input CHECKED>', { $: 'input@checked', type: 'boolean' }, true],
    ['<input>', { $: 'input@checked', type: 'boolean' }, false],
    ['<input disabled=false>', { $: 'input@disabled', type: 'boolean' }, true],
    ['<b aria-hidden=false>', { $: 'b@aria-hidden', type: 'boolean' }, false],
    ['<b data-new>', { $: 'b@data-new', type: 'boolean' }, true],
    ['<input aria-checked=true>', { $: ['input@checked', 'input@aria-checked'], type: 'boolean' }, true],
  ])('reads %j as %j', (text, shape, value) => {
    expect(dataOf(text, shape)).toBe(value);
  });

  it('reads XML by its own names', () => {
    const text = '<?xml version="1.0"?><r xmlns:x="urn:x"><Item x:id="1">A</Item><item>b</item><a href="/c"/></r>';
    const shape = {
      big: 'Item',
      small: 'item',
      id: 'Item@x:id',
      no: 'Item@ID',
      url: { $: 'a@href', type: 'url' },
      markup: { $: 'a', type: 'html' },
    };
    expect(dataOf(text, shape, { syntax: 'xml' })).toEqual({
      big: 'A',
      small: 'b',
      id: '1',
      no: null,
      url: 'http://example.com/c',
      markup: '<a href="/c"/>',
    });
  });

  it.each([
    ['<p>', 'h1', '1  no-match: nothing is found by "h1"'],
    ['<p>', { a: { b: ['h1'] } }, '1 /a/b no-match: nothing is found by "h1"'],
    ['<p>', { 'a/b': 'h1' }, '1 /a~1b no-match: nothing is found by "h1"'],
    ['<p>', { $: ['h1', 'h2', 'h3'] }, '1  no-match: nothing is found by "h1"; no other alternative gives a value either'],
    ['<p>', { _: 'h1', a: 'b', c: 'd' }, '1  no-match: nothing is found by "h1"'],
    ['<p>', 'p@text', '1  no-attribute: the element "p" that "p@text" finds has no attribute "text"; the text of an element is "p" alone'],
    [
      '<p>',
      'p@html',
      '1  no-attribute: the element "p" that "p@html" finds has no attribute "html"; its markup is {"$": "p", "type": "html"}',
    ],
    ['<p>a', { $: 'p', match: 'b' }, '1  no-capture: "a" is not matched by "b"'],
    ['<p>ac', { $: 'p', match: 'a(b)?c' }, '1  no-capture: "ac" is matched by "a(b)?c", but its first group took no part'],
    ['<p>/b/', { $: 'p', match: '/(a)?b/' }, '1  no-capture: "/b/" is matched by "/(a)?b/", but its first group took no part'],
    ['<p>a', { $: 'p', match: '/a/i' }, expect.stringMatching(/^1 {2}no-capture: "a" is not matched by "\/a\/i"; the slashes around it/)],
    ['<p>a', { $: 'p', type: 'number' }, '1  no-number: "a" has no number in it'],
    ...[
      ['<p><s>40</s><b>30</b>', '40', '30'],
      ['<p><i>12</i> <i>\n300</i>', '12', '300'],
      ['<p>12<br>30', '12', '30'],
      ['<p>12<sup>99</sup>', '12', '99'],
      ['<p><i><b>12</b></i>&nbsp;<i></i>300', '12', '300'],
    ].map(([text = '', one = '', next = '']): [string, unknown, unknown] => [
      text,
      { $: 'p', type: 'number', decimal: ',' },
      expect.stringMatching(`no-number: "${one}.*${next}" has more than one number in it, "${one}" and "${next}"`),
    ]),
    ['<p>a', { $: 'p', type: 'date' }, '1  no-date: "a" is no calendar date as RFC 3339 (2026-01-05) or RFC 5322 (5 Jan 2026) has it'],
    ['<p>http://[', { $: 'p', type: 'url' }, '1  no-url: "http://[" is no URL'],
    ['<p>', [{ _: 'xpath://p/text() | //p/@*', a: 'b' }], '1  no-match: nothing is found by "xpath://p/text() | //p/@*"'],
    ['<p>a', [{ _: 'xpath://p/text()', a: 'b' }], '1  no-match: "xpath://p/text()" finds values, and no element'],
    ['<p>a</p><p>b', 'xpath:string(//p)', expect.stringMatching(/^1 {2}failed: "xpath:string\(\/\/p\)" fails: XPTY0004/)],
    ['<p>a', { a: { $: 'b', default: null } }, '0 '],
    [`<p>${'x'.repeat(1000)}`, { $: 'p', type: 'number' }, `1  no-number: "${'x'.repeat(100)}"… has no number in it`],
  ])('says of %j what is missing for %j', (text, shape, told) => {
    expect(missOf(text, shape)).toEqual(told);
  });

  it('leaves out what lacks something required, and tells that alone', () => {
    const text = '<ul><li><b>5</b><i>a</i><li><i>b</i><li><b>x</b><li><b>7</b></ul>';
    const price = { $: 'b', type: 'number', required: true };
    expect(extracted(text, { items: [{ _: 'li', name: 'i', none: 'u', price }] })).toEqual({
      data: {
        items: [
          { name: 'a', none: null, price: 5 },
          { name: null, none: null, price: 7 },
        ],
      },
      missed: 5,
      misses: [
        { pointer: '/items/0/none', reason: 'no-match', message: 'nothing is found by "u"' },
        {
          pointer: '/items',
          reason: 'left-out',
          message: 'number 2 of what "li" finds is left out: "price" is required: nothing is found by "b"',
        },
        {
          pointer: '/items',
          reason: 'left-out',
          message: 'number 3 of what "li" finds is left out: "price" is required: "x" has no number in it',
        },
        { pointer: '/items/1/name', reason: 'no-match', message: 'nothing is found by "i"' },
        { pointer: '/items/1/none', reason: 'no-match', message: 'nothing is found by "u"' },
      ],
    });
    expect(dataOf(text, [{ ...price, $: 'b' }])).toEqual([5, 7]);
    expect(extracted(text, { a: { b: { $: 'u', required: true }, c: 'b' }, d: 'b' })).toMatchObject({
      data: { a: null, d: '5' },
      misses: [{ pointer: '/a', reason: 'left-out', message: '"b" is required: nothing is found by "u"' }],
    });
    expect(extracted(text, { $: 'u', required: true })).toMatchObject({ data: null, misses: [{ pointer: '', reason: 'no-match' }] });
  });

  it('tells the first hundred misses, and counts the others', () => {
    const { missed, misses } = extracted('<p>'.repeat(300), [{ _: 'p', a: 'b' }]);
    expect([missed, misses.length, misses.at(-1)?.pointer]).toEqual([300, 100, '/99/a']);
  });

  it('ends an answer that would have too many values, or too much text', () => {
    const many = '<p>'.repeat(1200);
    expect(() => dataOf(many, [{ _: 'p', all: [{ _: 'xpath://p', a: '.' }] }])).toThrow(/more than 1000000 values/);
    expect(() =>
      dataOf(`<p>${'x'.repeat(700_000)}`, Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`m${String(at)}`, 'p']))),
    ).toThrow(/more than 67108864 bytes/);
  });

  it('is refused of what is no document, before its shape is looked at', () => {
    expect(() => dataOf('text', '[', { syntax: 'text' })).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });
});
