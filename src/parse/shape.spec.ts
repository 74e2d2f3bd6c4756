import { describe, expect, it } from '@jest/globals';
import { isProblemError, type ParameterError } from '../api/problem.ts';
import { createDocument } from './document.ts';
import { compileShape } from './shape.ts';

const DOCUMENT = createDocument({ text: '<p>', url: null, baseUrl: null, syntax: 'html', encoding: 'UTF-8' });

function refusal(shape: unknown): { code: string; errors: readonly ParameterError[]; detail: string } {
  try {
    compileShape(DOCUMENT, shape);
  } catch (error) {
    if (isProblemError(error)) return { code: error.code, errors: error.errors, detail: error.message };
    throw error;
  }
  return { code: 'none', errors: [], detail: '' };
}

/** Records within each other. */
function nested(depth: number): unknown {
  return depth === 0 ? 'a' : { a: nested(depth - 1) };
}

describe('a shape', () => {
  it.each([
    ['h1'],
    ['.'],
    ['@href'],
    ['.@href'],
    [' a @ href '],
    ['> a'],
    [':scope > a, + b'],
    ['a[href*="@"]'],
    ['a[href*="@"]@title'],
    ["a[title='a@b]']"],
    ['a[title=a@b]'],
    ['.a\\@b@href'],
    ['svg@xlink:href'],
    ['p:contains("::text")'],
    ['xpath:.//a/@href'],
    ['XPath: (//a)[1] '],
    [['li']],
    [[{ $: ['li', 'xpath:.//dd'], type: 'number', decimal: ',' }]],
    [{ _: 'article', a: 'b', constructor: 'c', toString: 'd', 'a/b': '.', '': '.' }],
    [[{ _: 'xpath://li', a: [{ _: '> li', b: 'c' }] }]],
    [{ $: null, constant: null }],
    [{ $: 'a', default: null }],
    [{ selector: 'a', type: 'b' }],
    [nested(16)],
  ])('may be %j', (shape) => {
    expect(refusal(shape)).toEqual({ code: 'none', errors: [], detail: '' });
  });

  it.each([
    ['h1[', 'shape', 'Expected a name at the end (offset 3)'],
    ['', 'shape', 'A selector is not empty; the element itself is "."'],
    ['a@', 'shape', 'Nothing follows @: there stands the name of an attribute'],
    ['a@b c', 'shape', '"b c" is no name of an attribute'],
    ['//h1', 'shape', 'It is XPath, which begins with xpath: here, as in "xpath://h1" or "xpath:.//a/@href"'],
    ['./a', 'shape', 'It is XPath, which begins with xpath: here, as in "xpath://h1" or "xpath:.//a/@href"'],
    ['a::attr(href)', 'shape', '::attr() is not CSS: an attribute is written after @, as in "a@href"'],
    ['p::text', 'shape', '::text is not CSS: leave it out, as the text is what is read anyway'],
    ['{"title": "h1"}', 'shape', 'It is JSON within a text: leave the quotation marks around it out'],
    ['["li"]', 'shape', 'It is JSON within a text: leave the quotation marks around it out'],
    ['a'.repeat(1001), 'shape', 'A selector has at most 1000 characters'],
    ['xpath:', 'shape', 'Nothing follows xpath:'],
    ['xpath:foo()', 'shape', 'XPST0017: Function foo with arity of 0 not registered.'],
    ['xpath:$x', 'shape', 'XPST0008: The variable x is not in scope.'],
    ['xpath:fn:doc("file:///etc/passwd")', 'shape', expect.stringMatching(/^XPST0017/)],
    [
      { items: [{ _: 'li', href: 'a@href@title' }] },
      'shape/items/0/href',
      'Unexpected "@": an attribute is written [name] in CSS (offset 1)',
    ],
    [{ $: ['h1', 'a['] }, 'shape/$/1', 'Expected a name at the end (offset 2)'],
    [{ _: 'a[', b: 'c' }, 'shape/_', 'Expected a name at the end (offset 2)'],
    [{ 'a/b~c': '[' }, 'shape/a~1b~0c', 'Expected a name at the end (offset 1)'],
  ])('%j has a selector at fault', (shape, parameter, message) => {
    expect(refusal(shape)).toMatchObject({ code: 'INVALID_SELECTOR', errors: [{ parameter, message }] });
  });

  it.each([
    ['li:first', /Unknown pseudo-class :first \(offset 2\)\. A value is the first of all that is found anyway/],
    ['a@href, b@src', /Alternatives are a list/],
    ['h1 | trim', /There are no filters/],
    ['a/@href', /An XPath begins with xpath:/],
    ['h1/text()', /An XPath begins with xpath:/],
  ])('%j is told what is meant here', (shape, message) => {
    expect(refusal(shape)).toMatchObject({ code: 'INVALID_SELECTOR', errors: [{ message: expect.stringMatching(message) }] });
  });

  it.each([
    [5, 'shape', /^must be a selector, an object or a list, not 5; a value that is not looked for is \{"\$": null, "constant": 5\}$/],
    [null, 'shape', /^must be a selector/],
    [{}, 'shape', /^must have a member/],
    [[], 'shape', /^must have one entry/],
    [['h1', 'h2'], 'shape', /alternatives are \{"\$": \[selector, selector\]\}$/],
    [[['li']], 'shape/0', /^must not be a list/],
    [[{ title: 'h1' }], 'shape/0', /^must have "_"/],
    [[{ $: null, constant: 1 }], 'shape/0', /^must not be a constant/],
    [{ a: { _: 'li' } }, 'shape/a', /the text of each such element is \["li"\]$/],
    [{ a: { _: 'li@x', b: 'c' } }, 'shape/a/_', /^must name elements, and not their attribute x$/],
    [{ a: { _: ['li'], b: 'c' } }, 'shape/a/_', /^must be a selector$/],
    [{ a: { $: 'b', typ: 'number' } }, 'shape/a/typ', /^is unknown; beside "\$" there may be attr, type, match/],
    [{ a: { $: 'b', constructor: 1 } }, 'shape/a/constructor', /^is unknown/],
    [{ a: { $: 'b', type: 'int' } }, 'shape/a/type', /^must be one of text, html, number, date, url, boolean$/],
    [{ a: { $: 'b', type: 'number', decimal: ';' } }, 'shape/a/decimal', /^must be "\." or ","$/],
    [{ a: { $: 'b', decimal: ',' } }, 'shape/a/decimal', /^goes with "type": "number"$/],
    [{ a: { $: 'b', required: 'yes' } }, 'shape/a/required', /^must be true or false$/],
    [{ a: { $: 'b', required: true, default: 1 } }, 'shape/a/required', /^does not go with default/],
    [{ a: { $: 'b', match: '' } }, 'shape/a/match', /^must be a regular expression$/],
    [{ a: { $: 'b', match: '(' } }, 'shape/a/match', /^is no regular expression of RE2: missing closing \)/],
    [{ a: { $: 'b@c', attr: 'd' } }, 'shape/a/attr', /^is said twice: the selector names @c$/],
    [{ a: { $: 'xpath:b', attr: 'd' } }, 'shape/a/attr', /^goes with CSS/],
    [{ a: { $: 'b', attr: '' } }, 'shape/a/attr', /^must be the name of an attribute$/],
    [{ a: { $: 'b@c', type: 'html' } }, 'shape/a/type', /^must not be html/],
    [{ a: { $: [] } }, 'shape/a/$', /^must be a selector, or a list of 1 to 20/],
    [{ a: { $: Array.from({ length: 21 }, () => 'b') } }, 'shape/a/$', /^must be a selector, or a list of 1 to 20/],
    [{ a: { $: ['b', 1] } }, 'shape/a/$/1', /^must be a selector$/],
    [{ a: { $: 1 } }, 'shape/a/$', /^must be a selector$/],
    [{ a: { $: null } }, 'shape/a', /^must have "constant"/],
    [{ a: { $: 'b', constant: 1 } }, 'shape/a/constant', /^stands beside "\$": null/],
    [{ a: { $: null, constant: 1, type: 'number' } }, 'shape/a/type', /^does not go with constant$/],
    [{ a: { b: 'c', required: true } }, 'shape/a/required', /^must be a selector, not true: options stand beside "\$"/],
    [{ a: { selector: 'b', type: 'number' } }, 'shape/a', /is named "\$", as in \{"\$":"b","type":"number"\}$/],
    [{ a: { selector: 'b', type: 'attribute', attribute: 'c' } }, 'shape/a', /is named "\$", as in \{"\$":"b"\}$/],
    [{ type: 'object', properties: { a: { type: 'string' } } }, 'shape', /^is a JSON Schema/],
    [JSON.parse('{"__proto__": "h1"}'), 'shape/__proto__', /^is no name for a member$/],
  ])('%j is no shape', (shape, parameter, message) => {
    expect(refusal(shape)).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ parameter, message: expect.stringMatching(message) }] });
  });

  it('is told all its faults at once, up to twenty of them', () => {
    const { code, errors, detail } = refusal({ a: 'a[', b: [], c: { $: 'd', type: 'e', f: 1 } });
    expect([code, errors.map(({ parameter }) => parameter)]).toEqual([
      'INVALID_REQUEST',
      ['shape/a', 'shape/b', 'shape/c/f', 'shape/c/type'],
    ]);
    expect(detail).toContain('shape/c/type: must be one of text');
    const many = refusal(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${String(index)}`, '['])));
    expect([many.errors.length, many.detail.endsWith('; what follows was not looked at')]).toEqual([20, true]);
  });

  it('is bounded in depth and in size', () => {
    expect(refusal(nested(17)).errors[0]?.message).toMatch(/^is too deep: a shape has at most 16/);
    const members = (count: number): unknown => Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${String(index)}`, 'a']));
    expect(refusal(members(499)).code).toBe('none');
    expect(refusal(members(600)).errors).toEqual([
      { parameter: 'shape/m499', message: 'is one too many: a shape has at most 500 values, lists and records' },
    ]);
  });
});
