import { describe, expect, it } from '@jest/globals';
import { getTwinUrl } from '../api/next-url.ts';
import { encodeText } from './encode-text.ts';

const here = 'http://127.0.0.1:3000/encode';

describe('encodeText', () => {
  it('answers the characters and the bytes of a text', () => {
    expect(encodeText({ text: 'H\n', offset: 0 })).toEqual({
      text: 'H\n',
      length: { graphemes: 2, codePoints: 2, codeUnits: 2 },
      total: 2,
      next: null,
      characters: [
        { character: 'H', codePoint: 'U+0048', decimal: 72, name: 'LATIN CAPITAL LETTER H', utf8: '48', utf16: '0048', utf32: '00000048' },
        { character: '\n', codePoint: 'U+000A', decimal: 10, name: 'LINE FEED', utf8: '0a', utf16: '000a', utf32: '0000000a' },
      ],
      encodings: [
        { name: 'UTF-8', bytes: 2, hex: '480a', base64: 'SAo=', lossless: true },
        { name: 'UTF-16LE', bytes: 4, hex: '48000a00', base64: 'SAAKAA==', lossless: true },
        { name: 'UTF-16BE', bytes: 4, hex: '0048000a', base64: 'AEgACg==', lossless: true },
        { name: 'UTF-32LE', bytes: 8, hex: '480000000a000000', base64: 'SAAAAAoAAAA=', lossless: true },
        { name: 'UTF-32BE', bytes: 8, hex: '000000480000000a', base64: 'AAAASAAAAAo=', lossless: true },
      ],
    });
  });

  it('adds the encodings asked for, once each, by their names', () => {
    const { encodings } = encodeText({ text: 'もしもし', offset: 0, encodings: ['sjis', 'utf8', 'Shift_JIS', 'utf-32be', 'ascii'] });
    expect(encodings.map(({ name }) => name)).toEqual([
      'UTF-8',
      'UTF-16LE',
      'UTF-16BE',
      'UTF-32LE',
      'UTF-32BE',
      'Shift_JIS',
      'windows-1252',
    ]);
    expect(encodings[5]).toMatchObject({ hex: '82e082b582e082b5', lossless: true });
    expect(encodings[6]).toMatchObject({ lossless: false });
  });

  it('pages through the characters', () => {
    const first = encodeText({ text: 'a😀c', limit: 2, offset: 0 }, `${here}?text=a%F0%9F%98%80c&limit=2`);
    expect(first).toMatchObject({ total: 3, next: `${here}?text=a%F0%9F%98%80c&limit=2&offset=2` });
    expect(first.characters.map(({ character }) => character)).toEqual(['a', '😀']);
    const last = encodeText({ text: 'a😀c', limit: 2, offset: 2 }, first.next);
    expect(last.characters.map(({ character }) => character)).toEqual(['c']);
    expect(last.next).toBeNull();
  });

  it('gives a POST the next page as a GET, where one can ask for it', () => {
    const args = { text: 'a b', limit: 1, offset: 0, encodings: ['sjis', 'big5'] };
    expect(encodeText(args, getTwinUrl(here, args)).next).toBe(`${here}?text=a+b&limit=1&offset=1&encodings=sjis%2Cbig5`);
    const long = { text: 'é'.repeat(1400), limit: 1, offset: 0 };
    expect(encodeText(long, getTwinUrl(here, long)).next).toBeNull();
    const lone = { text: 'a\uD800', limit: 1, offset: 0 };
    expect(encodeText(lone, getTwinUrl(here, lone)).next).toBeNull();
  });

  it.each([
    [['utf-99'], 'encodings: must be labels of the Encoding Standard; "utf-99" is none'],
    [['hz-gb-2312'], 'encodings: must have an encoder; the encoding of "hz-gb-2312" has none'],
  ])('refuses the encodings %j', (encodings, message) => {
    expect(() => encodeText({ text: 'H', offset: 0, encodings })).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST', message }));
  });

  it('refuses a text of more than 65,536 code points', () => {
    expect(encodeText({ text: '😀'.repeat(65_536), limit: 1, offset: 0 }).total).toBe(65_536);
    expect(() => encodeText({ text: '\uFE0F'.repeat(65_537), offset: 0 })).toThrow(/text: must have 0 to 65536 characters/);
  });
});
