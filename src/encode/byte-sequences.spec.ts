import { describe, expect, it } from '@jest/globals';
import { byteSequences } from './byte-sequences.ts';
import { decodeText, firstInvalidOffset } from './character-encoding.ts';

const ALL = { limit: 100_000, offset: 0 };
const bytesOf = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');
const shown = (digits: string, name: string) =>
  byteSequences(bytesOf(digits), name, ALL).sequences.map(({ hex, text, valid }) => `${hex} ${valid ? text : '!'}`);

/** Every decoder of the standard: UTF-8, UTF-16, the multi-byte ones, and some of the single-byte ones. */
const NAMES = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'gb18030', 'GBK', 'Big5', 'EUC-JP', 'ISO-2022-JP', 'Shift_JIS', 'EUC-KR'].concat([
  'windows-1252',
  'windows-1253',
  'ISO-8859-8-I',
  'macintosh',
  'x-user-defined',
  'replacement',
]);

describe('byteSequences', () => {
  it('says what each sequence became', () => {
    expect(byteSequences(bytesOf('82e0 41 82'), 'Shift_JIS', ALL)).toEqual({
      total: 3,
      sequences: [
        { offset: 0, hex: '82e0', text: 'も', codePoint: 'U+3082', valid: true },
        { offset: 2, hex: '41', text: 'A', codePoint: 'U+0041', valid: true },
        { offset: 3, hex: '82', text: '\uFFFD', codePoint: 'U+FFFD', valid: false },
      ],
    });
  });

  it.each([
    ['UTF-8', '48 c3a9 e38282 f09f9880', ['48 H', 'c3a9 é', 'e38282 も', 'f09f9880 😀']],
    ['UTF-8', 'c0 80 eda080 e282 f4908080', ['c0 !', '80 !', 'ed !', 'a0 !', '80 !', 'e282 !', 'f4 !', '90 !', '80 !', '80 !']],
    ['UTF-8', 'efbbbf efbbbf efbfbd', ['efbbbf ', 'efbbbf \uFEFF', 'efbfbd \uFFFD']],
    ['UTF-16LE', 'fffe 3dd800de 3dd8 4800 3dd8 48', ['fffe ', '3dd800de 😀', '3dd8 !', '4800 H', '3dd848 !']],
    ['gb18030', '8431a437 81308120 80 8130', ['8431a437 \uFFFD', '81 !', '30 0', '81 !', '20  ', '80 €', '8130 !']],
    ['Big5', '8862 a440 80 a43f a4ff', ['8862 Ê̄', 'a440 一', '80 !', 'a4 !', '3f ?', 'a4ff !']],
    ['EUC-JP', 'a4e2 8eb1 8fb0a1 8fa141 8f41 8fa1ff', ['a4e2 も', '8eb1 ｱ', '8fb0a1 丂', '8fa1 !', '41 A', '8f !', '41 A', '8fa1ff !']],
    [
      'ISO-2022-JP',
      '1b2442 2462 241b284a 5c 1b2849 31 1b284a 1b2842 1b48 0e 41',
      ['1b2442 ', '2462 も', '24 !', '1b284a ', '5c ¥', '1b2849 ', '31 ｱ', '1b284a ', '1b2842 !', '1b !', '48 H', '0e !', '41 A'],
    ],
    ['windows-1252', '80 ff', ['80 €', 'ff ÿ']],
    ['windows-1253', 'aa', ['aa !']],
    ['x-user-defined', '80', ['80 \uF780']],
    ['replacement', '4849', ['4849 !']],
  ])('reads %s %s', (name, digits, expected) => {
    expect(shown(digits, name)).toEqual(expected);
  });

  it('gives two code points where one sequence stands for both, and none for an escape sequence', () => {
    expect(byteSequences(bytesOf('8862'), 'Big5', ALL).sequences[0]?.codePoint).toBe('U+00CA U+0304');
    expect(byteSequences(bytesOf('1b2842'), 'ISO-2022-JP', ALL).sequences[0]?.codePoint).toBeNull();
  });

  it('answers a part of the list, and counts all', () => {
    const { total, sequences } = byteSequences(bytesOf('e38282 e38197 48'), 'UTF-8', { limit: 1, offset: 1 });
    expect(total).toBe(3);
    expect(sequences).toEqual([{ offset: 3, hex: 'e38197', text: 'し', codePoint: 'U+3057', valid: true }]);
  });

  it.each(NAMES)('agrees with the decoder of %s about any bytes', (name) => {
    const random = generator(name.length);
    // Bytes that begin, continue and break sequences come more often than chance would have it.
    const likely = bytesOf('1b 24 28 42 4a 49 40 21 30 39 7e 7f 80 81 84 8e 8f a1 a4 c3 d8 dc e0 e2 ed ef f0 f4 fc fe ff');
    for (let round = 0; round < 300; round += 1) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 24) }, () =>
        random() < 0.6 ? likely[Math.floor(random() * likely.length)]! : Math.floor(random() * 256),
      );
      const hex = Buffer.from(bytes).toString('hex');
      const { total, sequences } = byteSequences(bytes, name, ALL);
      const { text, replacements } = decodeText(bytes, name);
      const invalid = sequences.filter(({ valid }) => !valid);
      expect([hex, sequences.map((sequence) => sequence.text).join('')]).toEqual([hex, text]);
      expect([hex, sequences.map((sequence) => sequence.hex).join('')]).toEqual([hex, hex]);
      expect([hex, total, invalid.length]).toEqual([hex, sequences.length, replacements]);
      expect([hex, invalid[0]?.offset ?? null]).toEqual([hex, firstInvalidOffset(bytes, name)]);
    }
  });
});

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
