import { describe, expect, it } from '@jest/globals';
import { createDocument, type PageDocument } from './document.ts';
import { serializeNode } from './serialize.ts';
import { DEFAULT_PARSE_LIMITS } from './tree-limits.ts';

function html(text: string, limits = DEFAULT_PARSE_LIMITS): PageDocument {
  return createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' }, limits);
}

function markup(document: PageDocument): string {
  return document.tree.children.map((node) => serializeNode(node, 'html', (piece) => piece)).join('');
}

const exceeded = expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url: 'http://example.com/' });

describe('a document', () => {
  it('is parsed when its tree is first asked for, and once', () => {
    const document = html('<p>Hello');
    expect(document.tree).toBe(document.tree);
    expect(markup(document)).toBe('<html><head></head><body><p>Hello</p></body></html>');
  });

  it('has no tree where the content is other text', () => {
    const document = createDocument({ text: '<p>', url: null, baseUrl: null, syntax: 'text', encoding: 'UTF-8' });
    expect(() => document.tree).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it('takes noscript for markup, as scripts are not run', () => {
    expect(markup(html('<body><noscript><a href="x">y</a></noscript>'))).toContain('<noscript><a href="x">y</a></noscript>');
  });

  it('keeps what a template holds out of the tree and in the markup', () => {
    const document = html('<template><b>x</b></template>');
    expect(markup(document)).toContain('<template><b>x</b></template>');
  });

  it.each([
    ['of a div', '<div><template shadowrootmode=open><p>x</template>y</div>', '<div>y</div>'],
    ['of a custom element, whatever the letter case', '<x-y><template shadowrootmode=CLOSED>x</template></x-y>', '<x-y></x-y>'],
    [
      'of what is in another one',
      '<p><template shadowrootmode=open><div><template shadowrootmode=open>x</template></div></template>',
      '<p></p>',
    ],
  ])('leaves a shadow root out of the tree: %s', (_, text, expected) => {
    expect(markup(html(`<body>${text}`))).toBe(`<html><head></head><body>${expected}</body></html>`);
  });

  it.each([
    [
      'is the second of its element',
      '<div><template shadowrootmode=open></template>',
      '<template shadowrootmode="open">x</template></div>',
    ],
    ['is in an element that can have none', '<ul>', '<template shadowrootmode="open">x</template></ul>'],
    ['is in one of another namespace', '<svg><font-face>', '<template shadowrootmode="open"></template></font-face></svg>'],
    ['is in one whose name is reserved', '<font-face>', '<template shadowrootmode="open">x</template></font-face>'],
    ['says another mode', '<div>', '<template shadowrootmode="ajar">x</template></div>'],
  ])('keeps a template that %s', (_, before, written) => {
    expect(markup(html(`<body>${before}${written}`))).toContain(written);
  });

  it.each([
    ['attributes in source order, numbers too', '<p b="" 2="" a="" 1="">'],
    ['attributes of any name', '<p __proto__="1" constructor="2">'],
    ['attributes with a prefix beside those without', '<svg><a xlink:href="x" href="y">'],
    ['angle brackets in attributes, escaped', '<p title="&lt;&gt;&quot;&amp;&nbsp;">'],
  ])('keeps %s', (_, source) => {
    expect(markup(html(source))).toContain(source);
  });

  it('keeps the attributes that a second html or body tag adds', () => {
    expect(markup(html('<html lang="en"><body class="a"><html lang="de" 1="x"><body id="b">'))).toBe(
      '<html lang="en" 1="x"><head></head><body class="a" id="b"></body></html>',
    );
  });
});

describe('limits while parsing', () => {
  it('end 60,000 nested elements', () => {
    expect(() => html('<div>'.repeat(60_000)).tree).toThrow(exceeded);
  });

  it('let 1,900 nested elements pass, and write them back', () => {
    expect(markup(html('<div>'.repeat(1_900)))).toContain('<div>'.repeat(1_900) + '</div>'.repeat(1_900));
  });

  it('end a page whose tree is the square of its length', () => {
    const fonts = Array.from({ length: 1_500 }, (_, id) => `<font id=${String(id)}>`).join('');
    expect(() => html('<p>' + fonts + '</p><p>x'.repeat(1_500), { ...DEFAULT_PARSE_LIMITS, maxNodes: 100_000 }).tree).toThrow(exceeded);
  });

  it('end an element with too many attributes, in one tag or in many', () => {
    const names = Array.from({ length: 10_001 }, (_, number) => `x${String(number)}`);
    expect(() => html(`<p ${names.join(' ')}>`).tree).toThrow(exceeded);
    expect(() => html(names.map((name) => `<html ${name}>`).join('')).tree).toThrow(exceeded);
  });

  it('say what was exceeded, and are arguments', () => {
    const limits = { maxNodes: 5, maxDepth: 3, maxAttributes: 1 };
    expect(() => html('<p><p><p>', limits).tree).toThrow('more than 5 nodes');
    expect(() => html('<p><b>', limits).tree).toThrow('more than 3 elements within each other');
    expect(() => html('<p a b>', limits).tree).toThrow('more than 1 attributes');
    expect(() => html('<p>', limits).tree).not.toThrow();
  });

  it.each([
    ['5,000 misnested elements', '<b><p>'.repeat(5_000) + '</b></p>'.repeat(5_000)],
    ['elements foster parented 20,000 times', '<table>' + '<a href=y>x</a>'.repeat(20_000)],
    ['a million unfinished tags', '<'.repeat(1_000_000)],
    ['tags whose attributes never end', '<a href=x title="'.repeat(50_000)],
    ['comments that never end', '<!--'.repeat(200_000)],
    ['nested templates', '<template>'.repeat(1_900)],
    ['a document that is empty', ''],
  ])('let pass, without loss of time: %s', (_, source) => {
    expect(markup(html(source)).endsWith('</html>')).toBe(true);
  });
});

describe('a position', () => {
  it('counts lines that end in CRLF, CR or LF, and columns in UTF-16 code units', () => {
    const document = html('a\r\n😀b\rc\nd');
    expect([0, 1, 3, 5, 7, 9].map((offset) => document.position(offset))).toEqual([
      { line: 1, column: 1, offset: 0 },
      { line: 1, column: 2, offset: 1 },
      { line: 2, column: 1, offset: 3 },
      { line: 2, column: 3, offset: 5 },
      { line: 3, column: 1, offset: 7 },
      { line: 4, column: 1, offset: 9 },
    ]);
  });

  it('is null for what has no place in the text', () => {
    expect(html('').position(null)).toEqual({ line: null, column: null, offset: null });
  });
});
