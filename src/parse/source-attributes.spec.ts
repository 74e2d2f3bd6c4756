import { describe, expect, it } from '@jest/globals';
import { sourceAttributes } from './source-attributes.ts';

/** Of each attribute its name, its quote and its value; then its source. */
function attributesOf(tag: string): unknown[] {
  const text = `before ${tag} after`;
  return sourceAttributes(text, 7, 7 + tag.length).map(({ name, quote, value, start, end }) => [
    name,
    quote,
    value,
    text.slice(start, end),
  ]);
}

describe('the attributes of a start tag', () => {
  it.each([
    ['<a>', []],
    ['<a/>', []],
    ['<a href="x">', [['href', '"', 'x', 'href="x"']]],
    ["<a HREF = 'x>y'/>", [['HREF', "'", 'x>y', "HREF = 'x>y'"]]],
    ['<a href=x/y>', [['href', '', 'x/y', 'href=x/y']]],
    ['<a/href="x"id=y>', [['href', '"', 'x', 'href="x"'], ['id', '', 'y', 'id=y']]],
    ['<a href>', [['href', '', '', 'href']]],
    ['<a href = >', [['href', '', '', 'href = ']]],
    ['<a href="">', [['href', '"', '', 'href=""']]],
    ['<a =x y"z="w">', [['=x', '', '', '=x'], ['y"z', '"', 'w', 'y"z="w"']]],
    ['<a title="b c" href="http://x/">', [['title', '"', 'b c', 'title="b c"'], ['href', '"', 'http://x/', 'href="http://x/"']]],
  ])('%s are %j', (tag, attributes) => {
    expect(attributesOf(tag)).toEqual(attributes);
  }); // prettier-ignore

  it('say which of them came before, and which have white space around the equals sign', () => {
    const tag = '<a a=1 A =2 b= 3>';
    expect(sourceAttributes(tag, 0, tag.length).map(({ isAgain, isSpaced }) => [isAgain, isSpaced])).toEqual([
      [false, false],
      [true, true],
      [false, true],
    ]);
  });

  it.each(['a=1 ', ' ', '=', '"', 'a', '/', 'a = '])('take linear time: %j', (piece) => {
    const tag = `<a ${piece.repeat(200_000)}>`;
    sourceAttributes(tag, 0, tag.length);
  });
});
