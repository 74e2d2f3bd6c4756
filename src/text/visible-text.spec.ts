import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { descendantElements } from '../parse/tree.ts';
import { renderedText, visibleText } from './visible-text.ts';

function textOf(text: string, syntax: DocumentSource['syntax'] = 'html'): string {
  return visibleText(createDocument({ text, url: null, baseUrl: null, syntax, encoding: 'UTF-8' }));
}

describe('visible text', () => {
  it.each([
    ['collapses white space', ' <b> a \n\t b </b> <i> c</i>d ', 'a b cd'],
    ['keeps words of inline elements together', 'un<b>believ</b>able<wbr>x', 'unbelievablex'],
    ['keeps no-break spaces', 'a&nbsp; &nbsp;b', 'a\u00a0 \u00a0b'],
    ['breaks lines at blocks', '<div>a</div><div>b<div>c</div></div>d', 'a\nb\nc\nd'],
    ['parts paragraphs by a blank line', '<h1>a</h1><p>b</p><p>c</p>d', 'a\n\nb\n\nc\n\nd'],
    ['breaks at br', 'a <br> b<br><br>c', 'a\nb\n\nc'],
    ['breaks at list items and terms', '<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>', 'a\nb\nc\nd'],
    [
      'parts cells by tabs and rows by newlines',
      '<table><caption>t</caption>\n<tr> <th>a</th> <td>b</td>\n<tr><td> c <td></table>d',
      't\na\tb\nc\t\nd',
    ],
    ['counts rows of each table by itself', '<table><tr><td>a<td><table><tr><td>b<tr><td>c</table><tr><td>d</table>', 'a\t\nb\nc\n\nd'],
    ['keeps white space in pre', '<pre>\na  b\n c</pre>d', 'a  b\n c\nd'],
    [
      'keeps or collapses white space as a style attribute says',
      '<div style="white-space:pre-wrap"> a\n b <b style="white-space: NORMAL !important"> c  d</b></div><p style=white-space:pre-line> e  f\n g',
      ' a\n b  c d\n\ne f\ng',
    ],
    [
      'leaves out what has no rendering',
      '<title>t</title><script>s</script><style>s</style><template>t</template><noembed>n</noembed>a',
      'a',
    ],
    ['shows noscript, as scripts are not run', 'a<noscript><p>b</p></noscript>', 'a\n\nb'],
    [
      'leaves out what something else is shown in place of, and keeps apart what stands around it',
      'a <img alt=x> <iframe>x</iframe> <audio controls>x</audio> <video>x</video> <input value=x> <textarea>x</textarea> b',
      'a       b',
    ],
    ['shows what stands for what cannot be shown', 'a<canvas>b</canvas><object>c</object><object data=x>x</object><audio>x</audio>', 'abc'],
    ['lays the text of a button out apart', 'a <button> b <i> c</i> </button> d', 'a b c d'],
    ['shows the options of a select, each on its line', 'a<select>x<option>b<optgroup><option> c </select> d', 'a\nb\nc\n d'],
    ['leaves out suggestions', 'a<datalist><option>x</datalist>b', 'ab'],
    [
      'shows of what is folded its first summary',
      '<details>x<p>x</p><summary>a</summary><summary>x</summary></details><details open>b<summary>c</summary>d</details>',
      'a\nb\nc\nd',
    ],
    [
      'leaves out hidden elements',
      'a<p hidden>x<p><b style="color:red; DISPLAY : none">x</b><dialog>x</dialog><dialog open>b</dialog>',
      'a\n\nb',
    ],
    [
      'leaves out what is invisible, not its room, and shows what is visible in it',
      'a <i style=visibility:hidden>x</i> b<p style="visibility:hidden">x<b style="visibility:visible">c',
      'a  bc',
    ],
    [
      'takes boxes as style attributes have them',
      '<i style=display:block>a</i>b<div style=display:inline>c</div><i style=float:left>d</i><i style=position:absolute>e</i>' +
        '<div style="display:flex"><i>f</i><i>g</i></div><div style=display:contents>h</div>i<img style="display:block">',
      'a\nbc\nd\ne\nf\ng\nhi',
    ],
    [
      'parts what style attributes make cells',
      '<div style=display:table><div style=display:table-row><i style=display:table-cell>a</i><i style=display:table-cell>b</i></div></div>',
      'a\tb',
    ],
    [
      'shows of SVG its text, each piece on its line',
      '<svg> <title>x</title><desc>x</desc> <g>x<a>x</a><text>a <tspan>b</tspan></text></g><text><a>c</a></text><style>x</style></svg>',
      'a b\nc',
    ],
    ['shows formulas in their line', '<math><mi>a</mi><mo>=</mo><mi>b</mi><annotation>x</annotation></math>', 'a=b'],
    ['leaves out what only old browsers show of ruby', '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '漢kan'],
    ['is empty for an empty page', '', ''],
  ])('%s', (_, source, expected) => {
    expect(textOf(source)).toBe(expected);
  });

  it('is the content itself where that is no document', () => {
    expect(textOf(' <b>a\n', 'text')).toBe(' <b>a\n');
  });

  it('keeps the elements of other XML apart, and reads XHTML as HTML', () => {
    expect(textOf('<rss><title>a</title><link>b</link></rss>', 'xml')).toBe('a\nb');
    expect(
      textOf('<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><p>a<b>b</b></p><script>s</script></html>', 'xml'),
    ).toBe('ab');
  });

  it('is that of a part of a page, with the white space that it has from what it is in', () => {
    const { tree } = createDocument({ text: '<pre>x<b> a\n b </b>', url: null, baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
    const [bold] = [...descendantElements(tree)].filter(({ name }) => name === 'b');
    expect(renderedText(bold!)).toBe(' a\n b ');
  });

  it('walks deep and long pages without recursion', () => {
    const deep = textOf('<div>'.repeat(1_900) + 'x' + '</div>'.repeat(1_900) + '<p>y'.repeat(100_000));
    expect(deep.startsWith('x\n\ny\n\ny')).toBe(true);
  });
});
