import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyMarkup, mutationOf, ORDINARY_PAGE, TOKENIZER_STATES } from '../../test/support/markup.ts';
import { runs } from '../../test/support/property.ts';
import { createDocument } from './document.ts';
import { ELEMENT_NUMBERS } from './element-names.ts';
import { LinkContextTracker, TreeElement } from './link-context.ts';
import { scanLinks, type ScannedLink, type ScannedPage } from './link-scanner.ts';
import type { SourcePosition } from './source-position.ts';
import { attributeValue, isHtmlElement, localName, walkElements } from './tree.ts';

/** The same, by a tree. */
function treeLinks(text: string): ScannedPage {
  const document = createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
  const { tree } = document;
  const tracker = new LinkContextTracker();
  const links: ScannedLink[] = [];
  let baseHref: string | null = null;
  walkElements(
    tree,
    (element) => {
      tracker.open(element);
      const href = attributeValue(element, 'href');
      if (isHtmlElement(element, 'base')) baseHref ??= href;
      const name = localName(element);
      if ((name !== 'a' && name !== 'area') || href === null) return;
      const { rel, title, text: linkText } = new TreeElement(element);
      const { heading, landmark, inNav } = tracker.context;
      links.push({
        name,
        position: document.position(element.startIndex),
        href,
        rel,
        title,
        text: linkText,
        heading: heading && { text: heading.text },
        landmark,
        inNav,
      });
    },
    (element) => {
      tracker.close(element);
    },
  );
  return { links, baseHref };
}

const hrefs = (text: string): string[] | undefined => scanLinks(text)?.links.map(({ href }) => href);

describe('a scan for links', () => {
  it('tells each link with its text, its place, its heading and the part of the page that it is in', () => {
    const [start, first] = [
      '<!doctype html><title><a href=no></title><base href=/b/><h1>One &amp; <i>two</i></h1><nav><ul><li>',
      '<a HREF="x?a&amp;b" rel=next>to  <b>x</b></a><li>',
    ] as const;
    const heading = { text: 'One & two' };
    const at = (offset: number): SourcePosition => ({ line: 1, column: offset + 1, offset });
    expect(scanLinks(`${start}${first}<a title='t' href=y>y</a></ul></nav><map><area href=z></map>`)).toEqual({
      baseHref: '/b/',
      links: [
        {
          name: 'a',
          position: at(start.length),
          href: 'x?a&b',
          rel: 'next',
          title: null,
          text: 'to x',
          heading,
          landmark: 'nav',
          inNav: true,
        },
        {
          name: 'a',
          position: at(start.length + first.length),
          href: 'y',
          rel: null,
          title: 't',
          text: 'y',
          heading,
          landmark: 'nav',
          inNav: true,
        },
        expect.objectContaining({ name: 'area', href: 'z', text: '', heading, landmark: null, inNav: false }),
      ],
    });
  });

  it.each([
    ['a comment', '<!-- <a href=1> --><a href=2>'],
    ['a comment that ends at once', '<!--><a href=2><!--->'],
    ['a comment that ends with a bang', '<!-- <a href=1> --!><a href=2>'],
    ['a script', '<script>"<a href=1>"</script><a href=2>'],
    ['a script in a script', '<script><!--<script></script><a href=1>--></script><a href=2>'],
    [
      'a style sheet, a title and a text area',
      '<style><a href=1></style><title><a href=1></title><textarea><a href=1></textarea><a href=2>',
    ],
    ['a template, and one in it', '<template><template></template><a href=1></template><a href=2>'],
    ['an instruction', '<?x <a href=1><a href=2>'],
    ['a formula', '<math><mi title="<a href=1>">x<!-- <a href=1> --></mi><mo/></math><a href=2>'],
    ['a tag that never ends', '<a href=2></a><a href="1'],
  ])('finds none in %s', (_, text) => {
    expect(hrefs(text)).toEqual(['2']);
  });

  it.each([
    ['a link that a block closes', '<p><a href=1>x<p>y'],
    ['a link that a block ends in', '<a href=1><div>x</a>y</div>'],
    ['what is misplaced in a table', '<table><a href=1>x</a><tr><td></table>'],
    ['HTML in another language of markup', '<math><mi><b>x</b></mi></math><a href=1>x</a>'],
    ['an annotation of MathML', '<math><annotation-xml encoding=text/html><a href=1>x</a></annotation-xml></math>'],
    ['a link in an image', '<svg><a href=1>x</a></svg>'],
    ['a frameset', '<frameset></frameset><a href=1>'],
    ['all that follows plaintext', '<plaintext><a href=1>'],
    ['what is open deeper than in any browser', '<div>'.repeat(600)],
    ['NUL', '<a href=1>\0</a>'],
    ['half a surrogate pair', '<a href=1>\ud83d</a>'],
  ])('leaves %s to the tree', (_, text) => {
    expect(scanLinks(text)).toBeNull();
  });

  it('takes blocks out of an `a` that is no link', () => {
    expect(hrefs('<a class=x><div><ul><a href=1>y</a></ul></div>')).toEqual(['1']);
    expect(scanLinks('<a class=x><div><span><ul><a href=1>y</a></ul></div>')).toBeNull();
  });

  it('reads a content of any size, one after the other', () => {
    for (const megabytes of [0, 1, 5, 3, 9, 0]) {
      const offset = megabytes * 1024 * 1024;
      const position = { line: 1, column: offset + 1, offset };
      expect(scanLinks(`${' '.repeat(offset)}<a href=/${String(megabytes)}>é</a>`)?.links).toEqual([
        expect.objectContaining({ href: `/${String(megabytes)}`, text: 'é', position }),
      ]);
    }
  });

  it('never tells otherwise than the tree', () => {
    const names = [
      ...ELEMENT_NUMBERS.keys(),
      'span',
      'x-y',
      'path',
      'foreignObject',
      'desc',
      'sub',
      'mi',
      'mtext',
      'mrow',
      'annotation-xml',
    ];
    const common = words(
      'p div span b i ul li table tr td form h1 h2 button select option svg title noscript template dl dd dt object nav em math',
    );
    const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...common) }, fc.constantFrom(...names));
    const attributes = fc.constantFrom('', '', '', ...ATTRIBUTES);
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.nat(99), attributes).map(([href, more]) => `<a href=${String(href)}${more}>`) },
      { weight: 2, arbitrary: fc.constantFrom('</a>', '</a>', '<a>', '<a role=main>') },
      { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
      { weight: 6, arbitrary: fc.tuple(name, attributes).map(([tag, more]) => `<${tag}${more}>`) },
      { weight: 6, arbitrary: name.map((tag) => `</${tag}>`) },
    );
    const markup = fc.tuple(fc.constantFrom('', '<!doctype html>', '<head>'), fc.array(piece, { maxLength: 24 }));
    expectToAgree(
      markup.map(([start, pieces]) => start + pieces.join('')),
      5000,
    );
  });

  it('never tells otherwise than the tree of a page changed anywhere', () => {
    expectToAgree(mutationOf([ORDINARY_PAGE, ORDINARY_PAGE.replaceAll('\n', '\r\n')]), 1500);
  });

  it('never tells otherwise than the tree of any markup', () => {
    const link = fc.constantFrom('<a href=1>x', '<a href="?&amp;b">', '</a>', '<area href=2>', '<base href=/>');
    const parts = fc.oneof(anyMarkup, link, fc.constantFrom(...Object.values(TOKENIZER_STATES).flat()));
    expectToAgree(
      fc.array(parts, { maxLength: 6 }).map((list) => list.join('')),
      3000,
    );
  });
});

/** Whatever the scan decides is what the tree says; and it does decide. */
function expectToAgree(markup: fc.Arbitrary<string>, most: number): void {
  let told = 0;
  fc.assert(
    fc.property(markup, (text) => {
      const scanned = scanLinks(text);
      if (scanned === null) return;
      told += 1;
      expect(scanned).toEqual(treeLinks(text));
    }),
    runs(most),
  );
  expect(told).toBeGreaterThan(100);
}

function words(text: string): string[] {
  return text.split(' ');
}

const ATTRIBUTES = [
  ' href=q',
  ' href="/ü?日" title=\'\u2019&amp;\'',
  ' HREF="1" href=2',
  " x='>' href='a&amp;b'",
  ' href',
  ' /',
  '/',
  ' type=hidden',
  ' href= "x y" rel=next',
  ' title="t" href=u/',
  ' role=navigation',
  ' role="x main"',
  ' =a href=b',
  ' "href=c',
  ' href="d"e',
];

const TEXTS = [
  'é\u2019',
  '日\r本\n',
  '😀',
  't',
  ' ',
  'x y',
  '&amp;',
  '&notit;',
  '\n',
  '\r\n',
  '<',
  '<!--c-->',
  '<!-->',
  '<!-- a --!>',
  '<?x>',
  '</>',
  '<![CDATA[y]]>',
  '--></script>',
  '<!--<script>',
  '&#x80;',
  '<a',
  '</a',
];
