import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from './document.ts';
import type { LinksCompareOptions } from './links-compare.args.ts';
import type { LinksComparison } from './links-compare.model.ts';
import { linksCompare } from './links-compare.ts';
import { links } from './links.ts';

function documentOf(text: string, source: Partial<DocumentSource> = {}): ReturnType<typeof createDocument> {
  return createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...source });
}

function compared(text: string, options: Partial<LinksCompareOptions> = {}, source: Partial<DocumentSource> = {}): LinksComparison {
  return linksCompare(documentOf(text, source), { offset: 0, ...options });
}

/** Of each entry who found it, and why the other did not. */
function reasons(text: string, source: Partial<DocumentSource> = {}): string[] {
  return compared(text, {}, source).links.map(({ foundBy, reason }) => `${foundBy} ${String(reason)}`);
}

describe('links by regular expression beside links by parser', () => {
  it('are one entry where both found the same, with the position that each gives it', () => {
    const text = '<p>\n<a id=x href="http://a.example/">A</a>';
    expect(compared(text)).toEqual({
      expression: 'href="(https?://.*?)"',
      ...{ regex: 1, parser: 1, both: 1, onlyRegex: 0, onlyParser: 0, reasons: [], total: 1 },
      links: [
        {
          foundBy: 'both',
          regex: { href: 'http://a.example/', url: 'http://a.example/', position: { index: 0, line: 2, column: 9, offset: 12 } },
          parser: { href: 'http://a.example/', url: 'http://a.example/', position: { index: 0, line: 2, column: 1, offset: 4 } },
          reason: null,
          explanation: null,
        },
      ],
    });
  });

  it.each([
    ['parser relative', '<a href="/x">'],
    ['parser relative', "<A HREF='//x.example/'>"],
    ['parser relative', '<a href>'],
    ['parser scheme', '<a href="mailto:a@b.example">'],
    ['parser scheme', '<a href="http:x">'],
    ['parser single-quoted', "<a href='http://x.example/'>"],
    ['parser unquoted', '<a HREF=http://x.example/>'],
    ['parser upper-case', '<a HREF="http://x.example/">'],
    ['parser upper-case', '<a href="Http://x.example/">'],
    ['parser character-reference', '<a href="http&#58;//x.example/">'],
    ['parser character-reference', '<a href="&#104;ttp://x.example/">'],
    ['parser whitespace', '<a href = "http://x.example/">'],
    ['parser whitespace', '<a href="\n http://x.example/">'],
    ['parser whitespace', '<a href="ht\ttp://x.example/">'],
    ['parser broken-markup', '<a href="http://x.example/\ny">'],
    ['both character-reference', '<a href="http://x.example/?a&amp;b">'],
    ['both null', '<a href="http://x.example/?a&b">'],
    ['both null', '<svg><a href="http://x.example/" />'],
    ['both other', '<a href="http://x.example/\r">'],
    ['regex comment', '<!-- <a href="http://x.example/"> -->'],
    ['regex comment', '<? href="http://x.example/"?>'],
    ['regex script', '<script>\'<a href="http://x.example/">\'</script>'],
    ['regex raw-text', '<textarea><a href="http://x.example/"></textarea>'],
    ['regex text', '&lt;a href="http://x.example/"&gt;'],
    ['regex template', '<template><p><a href="http://x.example/"></template>'],
    ['regex template', '<div><template shadowrootmode=open><a href="http://x.example/"></template></div>'],
    ['regex not-a-hyperlink', '<link href="http://x.example/">'],
    ['regex not-a-hyperlink', '<a data-href="http://x.example/">'],
    ['regex not-a-hyperlink', '<svg><a xlink:href="http://x.example/" /></svg>'],
    ['regex not-a-hyperlink', '<p title=\'<a href="http://x.example/">\'>'],
    ['regex duplicate-attribute', '<a id=1 href="" href="http://x.example/">'],
    ['regex broken-markup', '<p title="x href="http://x.example/">'],
    ['regex broken-markup', '<p></p href="http://x.example/">'],
    ['regex broken-markup', '<a href="http://x.example/"'],
    ['regex dropped', '<frameset><a href="http://x.example/">'],
  ])('say %s of %j', (expected, text) => {
    expect(reasons(text)).toContain(expected);
    const { links: found } = compared(text, { foundBy: expected.split(' ')[0] as LinksCompareOptions['foundBy'] & string });
    expect(found[0]?.explanation === null).toBe(expected === 'both null');
    expect(found[0]?.explanation ?? 'A sentence.').toMatch(/^[A-Z].*\.$/);
  });

  it('say that a match which began before it hides a link', () => {
    expect(reasons('<p title=\'href="http://x.example/\'><a href="http://y.example/">')).toEqual([
      'regex broken-markup',
      'parser broken-markup',
    ]);
  });

  it('count a link again that the parser makes again, and say so', () => {
    expect(reasons('<p><a href="http://x.example/">one<div>two</a>three</div><p>')).toEqual(['both null', 'parser misnested']);
    expect(reasons('<p><a href="/x">one<div>two</a>three</div><p>')).toEqual(['parser relative', 'parser relative']);
  });

  it('go by the place, and not by the URL', () => {
    const text = '<!-- href="http://x.example/" --><a href=\'http://x.example/\'></a><a href="http://x.example/"></a>';
    expect(reasons(text)).toEqual(['regex comment', 'parser single-quoted', 'both null']);
  });

  it('stand in the order of the source, also where the parser moves them', () => {
    const text = '<table><tr><td><a href="/1"></a></td></tr><a href="/2"></a></table><!-- href="http://3/" --><a href="/4">';
    expect(compared(text).links.map(({ regex, parser }) => (regex ?? parser)?.href)).toEqual(['/1', '/2', 'http://3/', '/4']);
  });

  it('add up, and have the numbers that /links has', () => {
    const text =
      '<link href="http://l/">\r\n<a href="http://1/">😀</a><a href=\'/2\'>\0<!-- href="http://c/" --><a href="http://3/?a&amp;b" href="http://d/"><map><area href="http://4/"></map>';
    const { regex, parser, both, onlyRegex, onlyParser, reasons: counts, links: entries } = compared(text);
    expect([regex, parser, both, onlyRegex, onlyParser]).toEqual([6, 4, 3, 3, 1]);
    expect(counts.map(({ foundBy, reason, count }) => [foundBy, reason, count])).toEqual([
      ['regex', 'not-a-hyperlink', 1],
      ['parser', 'relative', 1],
      ['regex', 'comment', 1],
      ['both', 'character-reference', 1],
      ['regex', 'duplicate-attribute', 1],
    ]);
    for (const [side, method] of [['regex', 'regex'], ['parser', 'parser']] as const) {
      const alone = links(documentOf(text), { method, unique: false, offset: 0 }).links.map(({ href, url, position }) => ({ href, url, position }));
      expect(entries.flatMap((entry) => entry[side] ?? [])).toEqual(alone);
    }
  }); // prettier-ignore

  it('are filtered by who found them and why, and paged through', () => {
    const text = '<a href="/1"><a href="http://2/"><a href=\'http://3/\'><a href="/4"><!-- href="http://5/" -->';
    expect(compared(text, { foundBy: 'parser' })).toMatchObject({ total: 3, parser: 4 });
    expect(compared(text, { reason: 'relative' }).links.map(({ parser }) => parser?.href)).toEqual(['/1', '/4']);
    expect(compared(text, { foundBy: 'regex', reason: 'relative' })).toMatchObject({ total: 0, links: [] });
    expect(compared(text, { limit: 1, offset: 1 }).links).toMatchObject([{ foundBy: 'both' }]);
  });

  it('are told of XML, too, and of no other text', () => {
    const text =
      '<?xml version="1.0"?><r><a href="http://1/">href="http://2/"<!-- href="http://3/" --></a><b href="http://4/"/><a href=\'/5\'/></r>';
    expect(reasons(text, { syntax: 'xml' })).toEqual([
      'both null',
      'regex text',
      'regex comment',
      'regex not-a-hyperlink',
      'parser relative',
    ]);
    expect(() => compared('href="http://x/"', {}, { syntax: 'text' })).toThrow(expect.objectContaining({ code: 'NOT_A_DOCUMENT' }));
  });

  it.each([
    ['attributes', `<a ${'href="http://x/" '.repeat(100_000)}>`],
    ['tags', '<a href="http://x/">'.repeat(30_000)],
    ['comments', '<!--href="http://x/"-->'.repeat(100_000)],
    ['quotes', `<p title='${'href="http://x/" '.repeat(100_000)}'>`],
    ['matches without an end', 'href="http://'.repeat(200_000)],
  ])('take linear time on many %s', (_what, text) => {
    expect(compared(text, { limit: 1 }).links).toHaveLength(1);
  });
});
