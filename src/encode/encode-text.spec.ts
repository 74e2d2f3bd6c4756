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
        expect.objectContaining({ character: 'H', codePoint: 'U+0048', name: 'LATIN CAPITAL LETTER H', category: 'Lu' }),
        expect.objectContaining({ character: '\n', codePoint: 'U+000A', name: 'LINE FEED', category: 'Cc' }),
      ],
      graphemes: [
        { text: 'H', offset: 0, codePoints: ['U+0048'] },
        { text: '\n', offset: 1, codePoints: ['U+000A'] },
      ],
      normalizations: ['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => ({ form, text: 'H\n', codePoints: 2, isNormalized: true })),
      escapes: { html: 'H\n', url: 'H%0A', json: '"H\\n"', javascript: "'H\\n'", css: '"H\\a "', python: "'H\\n'" },
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

  it('normalizes the text first where asked to, and shows it in every form', () => {
    const { text, length, normalizations } = encodeText({ text: 'ﬁn e\u0301', normalization: 'NFKC', offset: 0 });
    expect(text).toBe('fin é');
    expect(length.codePoints).toBe(5);
    expect(normalizations).toEqual([
      { form: 'NFC', text: 'fin é', codePoints: 5, isNormalized: true },
      { form: 'NFD', text: 'fin e\u0301', codePoints: 6, isNormalized: false },
      { form: 'NFKC', text: 'fin é', codePoints: 5, isNormalized: true },
      { form: 'NFKD', text: 'fin e\u0301', codePoints: 6, isNormalized: false },
    ]);
    expect(encodeText({ text: 'ﬁ', offset: 0 }).normalizations.map((form) => form.text)).toEqual(['ﬁ', 'ﬁ', 'fi', 'fi']);
  });

  it('measures the text in the form asked for', () => {
    const text = '\uFDFA'.repeat(5000);
    expect(() => encodeText({ text, normalization: 'NFKD', offset: 0 })).toThrow(
      'text: must have 0 to 65536 characters in the form asked for: in NFKD it has 90000',
    );
    expect(() => encodeText({ text: 'x'.repeat(400_000), normalization: 'NFKD', offset: 0 })).toThrow(
      'text: must have 0 to 65536 characters, and has 400000',
    );
    expect(encodeText({ text: '\u0391\u0313\u0300\u0345'.repeat(60_000), normalization: 'NFC', limit: 1, offset: 0 }).total).toBe(60_000);
  });

  it('answers the graphemes that begin among the characters', () => {
    const text = 'e\u0301👩‍👩‍👧x';
    const offsets = (limit: number, offset: number) => encodeText({ text, limit, offset }).graphemes.map((grapheme) => grapheme.offset);
    expect(encodeText({ text, offset: 0 }).graphemes).toEqual([
      { text: 'e\u0301', offset: 0, codePoints: ['U+0065', 'U+0301'] },
      { text: '👩‍👩‍👧', offset: 2, codePoints: ['U+1F469', 'U+200D', 'U+1F469', 'U+200D', 'U+1F467'] },
      { text: 'x', offset: 7, codePoints: ['U+0078'] },
    ]);
    expect([offsets(2, 0), offsets(3, 0), offsets(5, 2), offsets(4, 3), offsets(9, 3)]).toEqual([[0], [0, 2], [2], [], [7]]);
  });

  it('writes in place of what an encoding lacks what was asked for', () => {
    const written = (unencodable: 'html' | 'url' | 'replace') => {
      const encoded = encodeText({ text: 'é😀', encodings: ['latin1'], unencodable, offset: 0 }).encodings.at(-1);
      expect(encoded?.lossless).toBe(false);
      return Buffer.from(encoded?.hex ?? '', 'hex').toString('latin1');
    };
    expect([written('html'), written('url'), written('replace')]).toEqual(['é&#128512;', 'é%26%23128512%3B', 'é?']);
  });

  it('writes nothing in place of what an encoding lacks, and says so, with unencodable=fail', () => {
    const fail = (text: string, encodings: string[]) => () => encodeText({ text, encodings, unencodable: 'fail', offset: 0 });
    expect(fail('é😀', ['latin1'])).toThrow(/windows-1252 has no bytes for U\+1F600 GRINNING FACE of the text/);
    expect(fail('\uD83D', [])).toThrow(/UTF-8 has no bytes for U\+D83D <surrogate-D83D> of the text/);
    expect(fail('é', ['latin1'])().encodings.at(-1)).toMatchObject({ hex: 'e9', lossless: true });
  });
});
