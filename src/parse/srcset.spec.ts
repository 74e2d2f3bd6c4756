import { describe, expect, it } from '@jest/globals';
import { parseSrcset } from './srcset.ts';

describe('a srcset', () => {
  it.each([
    ['', []],
    [' , ,', []],
    ['a', [['a', null]]],
    ['a, b', [['a', null], ['b', null]]],
    ['a,b', [['a,b', null]]],
    ['a,,,b 2x', [['a,,,b', '2x']]],
    ['a,,, b 2x', [['a', null], ['b', '2x']]],
    ['\n a 1x ,\t b  2.5x', [['a', '1x'], ['b', '2.5x']]],
    ['a 480w, b 800w 600h', [['a', '480w'], ['b', '800w 600h']]],
    ['data:,a 1x', [['data:,a', '1x']]],
    ['data:,a ( , data:,b 1x, ), data:,c', [['data:,c', null]]],
    ['a (b, c 1x', []],
    ['a 1x 2x, b', [['b', null]]],
    ['a 1w 1x, b 0w, c -1x, d 1h, e 1.5w, f 1X, g 1e3x, h .5x, i 5.x, j +1x, k 00w', [['g', '1e3x'], ['h', '.5x']]],
    ['a -0x', [['a', '-0x']]],
    ['a\u00a02x', [['a\u00a02x', null]]],
  ])('%j has the candidates %j', (srcset, candidates) => {
    expect(parseSrcset(srcset).map(({ url, descriptor }) => [url, descriptor])).toEqual(candidates);
  }); // prettier-ignore

  it.each([',', 'a,', 'a ', 'a (', 'a ()', 'a, ', 'a 1w '])('takes linear time: %j', (piece) => {
    parseSrcset(piece.repeat(300_000));
    parseSrcset(`a${piece.repeat(300_000)}b`);
  });
});
