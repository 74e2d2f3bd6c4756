import { describe, expect, it } from '@jest/globals';
import { createDocument, type PageDocument } from './document.ts';
import { select } from './select.ts';
import type { Selection } from './select.model.ts';

function documentOf(text: string): PageDocument {
  return createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
}

function selected(
  text: string,
  selector: string,
  paging: { limit?: number; offset?: number } = {},
  syntax: 'html' | 'xml' = 'html',
): Selection {
  const document = createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax, encoding: 'UTF-8' });
  return select(document, { selector, offset: 0, ...paging });
}

/** What a caller gets: the parts of an element are made when they are read. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('select', () => {
  it('gives the elements in document order, with their parts', () => {
    const { total, elements } = selected('<article><h1 class=x>One <b>bold</b></h1></article><h1>Two</h1>', 'h1');
    expect(total).toBe(2);
    expect(asJson(elements[0])).toEqual({
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
    ['LI:first-child', ['a']],
    ['li:nth-child(odd of :not(.x))', ['a']],
    ['li:nth-last-child(1)', ['c']],
    ['li:nth-of-type(-n + 2)', ['a', 'b']],
    [':is(i, .x)', ['b', 'c']],
    [':where(li):not(:has(i), .x)', ['a']],
    ['li:has(> i)', ['c']],
    ['li:has(+ li + li)', ['a']],
    ['[data-k="VALUE" i]', ['b']],
    ['[data-k="VALUE" s]', []],
    ['[data-k~=value][class|=x]', ['b']],
    ['[data-k$=ue], [data-k*=lu], i', ['b', 'c']],
    ['li:contains("b")', ['b']],
    ['li:only-of-type, i:only-child', ['c']],
    ['li /* the last */ i', ['c']],
    ['li[data-k="/* v */"]', []],
    ['\\6c i:not([class])', ['a', 'c']],
    ['lineargradient, linearGradient', ['g']],
    ['svg [VIEWBOX]', ['g']],
    ['li:lang(en)', []],
    [':root > body > :last-child', ['g']],
    ['li:empty', []],
  ])('understands %s', (selector, texts) => {
    const html = '<ul><li>a<li class=x data-k=value>b<li><i>c</i></ul><svg><linearGradient viewBox=1>g</linearGradient></svg>';
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

  it.each([
    ['p[', 'Expected a name at the end', 2],
    ['p:unknown-thing', 'Unknown pseudo-class :unknown-thing', 1],
    ['p:first', 'Unknown pseudo-class :first', 1],
    ['a, p:not(b):first(c) d', 'Unknown pseudo-class :first', 11],
    ['::', 'Expected name, found ::', 0],
    ['a::attr(href)', 'Pseudo-elements are not supported', 1],
    ['svg|a', 'Namespace prefixes are not supported', 3],
    ['a[xlink|href]', 'Namespace prefixes are not supported', 8],
    ['a >> b', 'Did not expect successive traversals', 3],
    ['p > ', 'Nothing follows the last combinator', 4],
    ['p:has(b +) i', 'Nothing follows the last combinator', 9],
    ['p,,b', 'Empty sub-selector', 2],
    ['p:not(', 'Missing closing parenthesis', 6],
    ['p:not(b i', 'Missing closing parenthesis', 9],
    ['p)x', 'Unexpected .).', 1],
    ['p..c', 'Unexpected', 2],
    ['a$b', 'Unexpected', 1],
    ['a(b)', 'Unexpected .a..', 0],
    ['/* > */', 'It is empty', 7],
    ['p.1a', 'Unexpected', 1],
    ['p:is(a !b)', 'Unexpected', 7],
    ['@href', 'an attribute is written [name]', 0],
    ['p || b', 'Column combinators are not yet supported', 2],
    ['p:nth-child(x)', "couldn't be parsed ('x')", 12],
    ['a[b c]', "Attribute selector didn't terminate", 4],
    ['a[b~c]', 'Expected `=`', 4],
    ['a[b="c]', "Attribute value didn't end", 7],
    ['/* > */ p, i:is(b) /* [ */ .#c', 'Unexpected .#c', 28],
  ])('refuses %j and says why and where', (selector, reason, offset) => {
    const message = expect.stringMatching(new RegExp(`${reason.replace(/[^\w ]/g, '.')}.* \\(offset ${String(offset)}\\)$`));
    expect(() => selected('<p>', selector)).toThrow(
      expect.objectContaining({ code: 'INVALID_SELECTOR', errors: [{ parameter: 'selector', message }] }),
    );
  });

  it('matches classes and ids in any letter case where there is no doctype, as browsers do', () => {
    const page = '<p class=FOO id=Bar>x';
    for (const selector of ['.foo', '#bar', 'p.FOO#BAR']) {
      expect([selector, selected(page, selector).total]).toEqual([selector, 1]);
      expect([selector, selected(`<!doctype html>${page}`, selector).total]).toEqual([selector, 0]);
      expect([selector, selected(page, selector, {}, 'xml').total]).toEqual([selector, 0]);
    }
  });

  it.each([
    [':disabled', ['f', 'b', 'g', 'o', 'q']],
    ['input:enabled, option:enabled', ['a', 't', 'r', 'k']],
    [':read-write', ['a', 't', 'e', 'i']],
    ['input:read-only', ['b', 'r', 'k']],
  ])('tells the state of form controls: %s', (selector, ids) => {
    const page = `<!doctype html><fieldset id=f disabled><legend><input id=a></legend><legend><input id=b></legend></fieldset><button id=g disabled></button>
      <select><optgroup id=o disabled><option id=q></optgroup></select><input id=t type=odd><input id=r readonly><input id=k type=checkbox>
      <p id=e contenteditable>x<i id=i>y</i><b contenteditable=false>z</b></p>`;
    const { elements } = selected(page, selector);
    expect(elements.map(({ attributes }) => attributes.find(({ name }) => name === 'id')?.value)).toEqual(ids);
  });

  it.each(['@', ':is(', '[a', ',', '"', ':not(:is(', 'p:x ', 'i>'])('says in no time where %j again and again is wrong', (piece) => {
    const selector = piece.repeat(1000).slice(0, 1000);
    expect(() => selected('<p>', selector)).toThrow(expect.objectContaining({ code: 'INVALID_SELECTOR' }));
  });

  it('keeps to the elements that have an attribute, and gives its values', () => {
    const { total, elements, values } = select(documentOf('<a HREF=1>x</a><a>y</a><a href="">z</a>'), {
      selector: 'a',
      attr: 'Href',
      offset: 0,
    });
    expect([total, elements.map(({ text }) => text), values]).toEqual([2, ['x', 'z'], ['1', '']]);
  });

  it.each([
    [{}, 'selector'],
    [{ selector: 'a', xpath: '//a' }, 'xpath'],
    [{ xpath: '//a', attr: 'href' }, 'attr'],
  ])('refuses %j, and names the parameter', (options, parameter) => {
    expect(() => select(documentOf('<a>'), { ...options, offset: 0 })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter })] }),
    );
  });
});

describe('select by XPath', () => {
  const HTML =
    '<title>T</title><h1 id=x class="b a">One</h1><ul><li>a<li><a href=1 title=q>b</a><li><a href=2>c <i>d</i></a></ul>' +
    '<svg><a xlink:href=s></a></svg><template><p>no</p></template><!--c--><table><tr><td>1</table>';

  function byXPath(xpath: string, text = HTML, syntax: 'html' | 'xml' = 'html'): Selection {
    return select(createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax, encoding: 'UTF-8' }), { xpath, offset: 0 });
  }

  it.each([
    ['//h1', ['One'], []],
    ['//li[2]', ['b'], []],
    ['//li[last()]/a', ['c d'], []],
    ['/html/body/table/tbody/tr/td', ['1'], []],
    ['id("x")', ['One'], []],
    ['//a[@href="2"]/preceding::a', ['b'], []],
    ['//li[1]/following-sibling::li', ['b', 'c d'], []],
    ['//h1/following::a[1]', ['b'], []],
    ['reverse(//li)', ['c d', 'b', 'a'], []],
    ['//svg:a', [''], []],
    ['//*:a[not(self::a)]', [''], []],
    ['//svg:a/@xlink:href', [], ['s']],
    ['//p', [], []],
    ['//a/@href', [], ['1', '2']],
    ['//h1 | //a/@title', ['One'], ['q']],
    ['//h1/@class/tokenize(.)', [], ['b', 'a']],
    ['//a/text()', [], ['b', 'c ']],
    ['//comment()', [], ['c']],
    ['count(//a)', [], [2]],
    ['//a/@href/number()', [], [1, 2]],
    ['exists(//h1)', [], [true]],
    ['normalize-space((//a)[2])', [], ['c d']],
    ['(number("x"), 1 div 0e0, -1 div 0e0)', [], ['NaN', 'INF', '-INF']],
    ['string-join(//li, ";")', [], ['a;b;c d']],
    ['replace(//h1, "n(.)", "$1")', [], ['Oe']],
    ['trace(//h1/@id)', [], ['x']],
    ['()', [], []],
    ['//LI[A]/A[@TITLE]', ['b'], []],
    ['//A/@HREF', [], ['1', '2']],
    ['/HTML/descendant::Td/ancestor::TABLE//TD[self::TD]', ['1'], []],
    ['id("x")/self::element(H1)', ['One'], []],
    ['for $A in //UL/LI return count($A/html:A)', [], [0, 1, 1]],
    ['//SVG', [], []],
    ['//svg:A', [], []],
    ['//h1[. = "ONE"]', [], []],
  ])('understands %s', (xpath, texts, values) => {
    const answer = byXPath(xpath);
    expect([answer.elements.map(({ text }) => text), answer.values, answer.total]).toEqual([texts, values, texts.length + values.length]);
  });

  it('gives elements as a selector does', () => {
    const bySelector = selected(HTML, 'li a');
    expect(byXPath('//li/a')).toEqual({ ...bySelector, selector: null, xpath: '//li/a' });
  });

  it('pages through elements and values alike', () => {
    const answer = select(documentOf(HTML), { xpath: '(//h1, //a/@href, //td)', offset: 1, limit: 3 });
    expect([answer.total, answer.values, answer.elements.map(({ name, position }) => [name, position.index])]).toEqual([
      4,
      ['1', '2'],
      [['td', 3]],
    ]);
  });

  it('knows in XML the names that the document element declares', () => {
    const feed = '<feed xmlns="urn:a" xmlns:x="urn:x"><entry x:n="1"><x:Id>7</x:Id></entry><?go on?></feed>';
    expect(byXPath('//entry', feed, 'xml').total).toBe(1);
    expect(byXPath('//x:Id', feed, 'xml').elements.map(({ text }) => text)).toEqual(['7']);
    expect(byXPath('//x:id', feed, 'xml').total).toBe(0);
    expect(byXPath('//@x:n', feed, 'xml').values).toEqual(['1']);
    expect(byXPath('count(/feed/@*)', feed, 'xml').values).toEqual([0]);
    expect(byXPath('//Q{urn:x}Id', feed, 'xml').total).toBe(1);
    expect(byXPath('//processing-instruction("go")', feed, 'xml').values).toEqual(['on']);
    expect(byXPath('//item', '<rss><item/></rss>', 'xml').total).toBe(1);
  });

  it.each([
    ['//a[', 'XPST0003: Failed to parse script. Expected end of input (line 1, column 4)'],
    ['//a[foo()]', 'XPST0017: Function foo with arity of 0 not registered.'],
    ['//nope:a', 'XPST0081: The prefix nope could not be resolved.'],
    ['string(//a)', 'wants to be told which: (…)[1].'],
    ['error()', 'FOER0000'],
    ['map{"a": 1}', 'neither a node nor text'],
    ['current-date()', 'string(…) makes text of a date'],
    ['concat#2', 'neither a node nor text'],
  ])('refuses %s and says why', (xpath, reason) => {
    expect(() => byXPath(xpath)).toThrow(
      expect.objectContaining({ code: 'INVALID_SELECTOR', errors: [{ parameter: 'xpath', message: expect.stringContaining(reason) }] }),
    );
  });

  it.each([
    'doc("file:///etc/passwd")',
    'unparsed-text("file:///etc/passwd")',
    'collection()',
    'json-doc("http://127.0.0.1/")',
    'environment-variable("PATH")',
    'transform(map{})',
    'fontoxpath:evaluate("1", map{})',
    'fontoxpath:version#0()',
    '"1" => fontoxpath:evaluate(map{})',
    'Q{http://fontoxml.com/fontoxpath}version()',
    'Q{ http://fontoxml.com/fontoxpath }version()',
    'Q{http://fontoxml.com/fonto&#120;path}version()',
    'function-lookup(xs:QName("fontoxpath:version"), 0)()',
    'fn:function-lookup(xs:QName("fontoxpath:version"), 0)()',
    'Q{http://www.w3.org/2005/xpath-functions}function-lookup(xs:QName("fontoxpath:version"), 0)()',
    'let $f := function-lookup#2 return $f(xs:QName("fontoxpath:version"), 0)()',
    'declare function local:f() { 1 }; local:f()',
    '<a/>',
    'element a {}',
    'delete node //a',
    'insert node <a/> into //h1',
  ])('reaches nothing but the document: %s', (xpath) => {
    expect(() => byXPath(xpath)).toThrow(expect.objectContaining({ code: 'INVALID_SELECTOR' }));
    expect(() => byXPath(`//A | ${xpath}`)).toThrow(expect.objectContaining({ code: 'INVALID_SELECTOR' }));
  });

  it('matches names of elements without regard to letter case in HTML, as browsers do, and with regard to it in XML', () => {
    expect(byXPath('//A').elements).toEqual(byXPath('//a').elements);
    expect(byXPath('//A', '<r><a/></r>', 'xml').total).toBe(0);
    expect(byXPath('//A', '<r><A/></r>', 'xml').total).toBe(1);
    const drawn = '<svg viewBox="0 0 1 1"></svg><i viewBox=2></i>';
    expect(byXPath('//@viewBox', drawn).values).toEqual(['0 0 1 1']);
    expect(byXPath('//@VIEWBOX', drawn).values).toEqual(['2']);
    expect(() => byXPath('//A[')).toThrow('(line 1, column 4)');
  });

  it('ends an expression that calls itself for ever', () => {
    expect(() => byXPath('let $f := function($f) { 1 + $f($f) } return $f($f)')).toThrow(
      expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' }),
    );
  });

  it('reads the same expression on one document after another', () => {
    expect(['<p>1', '<p>1<p>2', '<p>'].map((text) => byXPath('count(//p)', text).values)).toEqual([[1], [2], [1]]);
    expect(byXPath('//x:y', '<r xmlns:x="urn:1"><x:y/></r>', 'xml').total).toBe(1);
    expect(byXPath('//x:y', '<r xmlns:x="urn:2"><y xmlns="urn:1"/></r>', 'xml').total).toBe(0);
  });
});
