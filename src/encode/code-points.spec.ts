import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs, soupOf } from '../../test/support/property.ts';
import { characterName } from './character-names.ts';
import { characterProperties } from './character-properties.ts';
import { codePointsOf, describeCharacter, textLength } from './code-points.ts';

describe('describeCharacter', () => {
  it.each([
    ['H', { codePoint: 'U+0048', decimal: 72, name: 'LATIN CAPITAL LETTER H', utf8: '48', utf16: '0048', utf32: '00000048' }],
    ['e', { codePoint: 'U+0065', decimal: 101, name: 'LATIN SMALL LETTER E', utf8: '65', utf16: '0065', utf32: '00000065' }],
    ['\n', { codePoint: 'U+000A', decimal: 10, name: 'LINE FEED', utf8: '0a', utf16: '000a', utf32: '0000000a' }],
    ['も', { codePoint: 'U+3082', decimal: 12418, name: 'HIRAGANA LETTER MO', utf8: 'e38282', utf16: '3082', utf32: '00003082' }],
    ['😀', { codePoint: 'U+1F600', decimal: 128512, name: 'GRINNING FACE', utf8: 'f09f9880', utf16: 'd83dde00', utf32: '0001f600' }],
    ['\uD83D', { codePoint: 'U+D83D', decimal: 55357, name: '<surrogate-D83D>', utf8: 'efbfbd', utf16: 'fffd', utf32: '0000fffd' }],
  ])('describes %j', (character, description) => {
    expect(describeCharacter(character)).toEqual({ character, ...description, ...characterProperties(description.decimal) });
  });
});

describe('characterName', () => {
  it.each([
    [0x0, 'NULL'],
    [0x20, 'SPACE'],
    [0x7f, 'DELETE'],
    [0x80, '<control-0080>'],
    [0x85, 'NEXT LINE'],
    [0x378, '<reserved-0378>'],
    [0x3400, 'CJK UNIFIED IDEOGRAPH-3400'],
    [0x4e2d, 'CJK UNIFIED IDEOGRAPH-4E2D'],
    [0xac00, 'HANGUL SYLLABLE GA'],
    [0xac01, 'HANGUL SYLLABLE GAG'],
    [0xd55c, 'HANGUL SYLLABLE HAN'],
    [0xd7a3, 'HANGUL SYLLABLE HIH'],
    [0xd7a4, '<reserved-D7A4>'],
    [0xe000, '<private-use-E000>'],
    [0xf900, 'CJK COMPATIBILITY IDEOGRAPH-F900'],
    [0xfeff, 'ZERO WIDTH NO-BREAK SPACE'],
    [0xfffd, 'REPLACEMENT CHARACTER'],
    [0xffff, '<noncharacter-FFFF>'],
    [0x17000, 'TANGUT IDEOGRAPH-17000'],
    [0x33479, 'CJK UNIFIED IDEOGRAPH-33479'],
    [0xe01ef, 'VARIATION SELECTOR-256'],
    [0x10fffd, '<private-use-10FFFD>'],
    [0x10ffff, '<noncharacter-10FFFF>'],
  ])('names %x', (codePoint, name) => {
    expect(characterName(codePoint)).toBe(name);
  });

  it('has a name for every assigned code point, and for no other', () => {
    const mistaken: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += codePoint < 0x20000 ? 1 : 97) {
      const assigned = /[^\p{Cn}\p{Co}\p{Cs}]/u.test(String.fromCodePoint(codePoint));
      const name = characterName(codePoint);
      if (assigned === (name.startsWith('<') && !name.startsWith('<control'))) mistaken.push(name);
    }
    expect(mistaken).toEqual([]);
  });
});

describe('textLength', () => {
  it.each([
    ['', 0, 0, 0],
    ['H\n', 2, 2, 2],
    ['もしもし', 4, 4, 4],
    ['😀', 1, 1, 2],
    ['👩‍👩‍👧', 1, 5, 8],
    ['e\u0301', 1, 2, 2],
    ['\r\n', 1, 2, 2],
    ['\uD83D', 1, 1, 1],
  ])('measures %j', (text, graphemes, codePoints, codeUnits) => {
    expect(textLength(text)).toEqual({ graphemes, codePoints, codeUnits });
    expect(codePointsOf(text)).toHaveLength(codePoints);
  });

  it('agrees with segmenting the whole text, whatever stands beside what', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const joining = [
      'e\u0301',
      '\r',
      '\n',
      '\r\n',
      '\u0600',
      'ำ',
      '🇩',
      '🇪',
      '👩',
      '\u200d',
      '🏽',
      '©',
      '\ufe0f',
      'क',
      '\u094d',
      'ष',
      '\u200c',
    ];
    const syllables = [
      '가',
      '각',
      '\u1100',
      '\u1161',
      '\u11a8',
      'か',
      '\u3099',
      'ｶ',
      'ﾞ',
      '\ud800',
      '\udc00',
      '漢',
      '\u00ad',
      '\u0001',
      '\u2028',
    ];
    const gaps = [1, 2, 63, 64, 65, 66, 130].map((length) => 'x'.repeat(length));
    fc.assert(
      fc.property(soupOf([...joining, ...syllables, ...gaps]), (text) => {
        const graphemes = Array.from(segmenter.segment(text)).length;
        expect(textLength(text)).toEqual({ graphemes, codePoints: Array.from(text).length, codeUnits: text.length });
      }),
      runs(2000),
    );
  });
});
