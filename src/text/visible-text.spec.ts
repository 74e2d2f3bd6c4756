import { describe, expect, it } from '@jest/globals';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { visibleText } from './visible-text.ts';

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
    ['keeps white space in pre and textarea', '<pre>\na  b\n c</pre>d<textarea>\n e  f</textarea>', 'a  b\n c\nd e  f'],
    [
      'leaves out what has no rendering',
      '<title>t</title><script>s</script><style>s</style><template>t</template><noembed>n</noembed>a',
      'a',
    ],
    ['shows noscript, as scripts are not run', 'a<noscript><p>b</p></noscript>', 'a\n\nb'],
    [
      'leaves out replaced elements',
      'a<iframe>x</iframe><object>x</object><audio>x</audio><video>x</video><canvas>x</canvas><img alt=x><input value=x>',
      'a',
    ],
    ['leaves out options', 'a<select><option>x</select><datalist><option>x</datalist>b', 'ab'],
    [
      'leaves out hidden elements',
      'a<p hidden>x<p><b style="color:red; DISPLAY : none">x</b><dialog>x</dialog><dialog open>b</dialog>',
      'a\n\nb',
    ],
    ['leaves out titles of SVG and shows its text', '<svg><title>x</title><desc>x</desc><text>a</text><style>x</style></svg>', 'a'],
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

  it('walks deep and long pages without recursion', () => {
    const deep = textOf('<div>'.repeat(1_900) + 'x' + '</div>'.repeat(1_900) + '<p>y'.repeat(100_000));
    expect(deep.startsWith('x\n\ny\n\ny')).toBe(true);
  });
});
