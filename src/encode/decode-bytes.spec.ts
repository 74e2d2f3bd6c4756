import { describe, expect, it } from '@jest/globals';
import { getTwinUrl } from '../api/next-url.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { DecodeArgs } from './encode.args.ts';

const decode = (args: Partial<DecodeArgs>) => decodeBytes({ limit: 65_536, offset: 0, ...args });

describe('decodeBytes', () => {
  it('reads hexadecimal and base64 in a named encoding', () => {
    const moshimoshi = {
      text: 'もしもし',
      encoding: 'Shift_JIS',
      bytes: 8,
      replacements: 0,
      firstInvalidOffset: null,
      total: 4,
      next: null,
    };
    expect(decode({ hex: '82e0 82b5 82e0 82b5', encoding: 'sjis' })).toMatchObject(moshimoshi);
    expect(decode({ base64: 'guCCtYLggrU=', encoding: 'Shift_JIS' })).toMatchObject(moshimoshi);
  });

  it.each([
    ['e38282', 'UTF-8', 'も'],
    ['fffe8230', 'UTF-16LE', 'も'],
    ['feff3082', 'UTF-16BE', 'も'],
    ['efbbbf48', 'UTF-8', 'H'],
    ['480a', 'windows-1252', 'H\n'],
    ['8093', 'windows-1252', '€“'],
    ['', 'windows-1252', ''],
  ])('finds out by itself what %s is in: %s', (hex, encoding, text) => {
    expect(decode({ hex })).toMatchObject({ encoding, text, replacements: 0, firstInvalidOffset: null });
  });

  it('takes a named encoding at its word, and says who else spoke', () => {
    expect(decode({ hex: 'efbbbf48', encoding: 'latin1' })).toMatchObject({
      text: 'ï»¿H',
      source: 'override',
      candidates: [
        { source: 'override', label: 'latin1', offset: null },
        { source: 'bom', label: 'UTF-8', offset: 0 },
      ],
      conflict: true,
    });
  });

  it.each([
    ['efbbbf48', 'bom', 'UTF-8', 0],
    ['e38282', 'detected', 'UTF-8', null],
    ['48', 'default', 'windows-1252', null],
  ])('says of %s what decided: %s', (hex, source, label, offset) => {
    expect(decode({ hex })).toMatchObject({ source, candidates: [{ source, label, offset }], conflict: false });
  });

  it('proposes to read as UTF-8 what looks like UTF-8 that was read as windows-1252, here or before', () => {
    const repair = { from: 'windows-1252', to: 'UTF-8', sample: 'café' };
    expect(decode({ hex: '636166c3a9', encoding: 'latin1' })).toMatchObject({ text: 'cafÃ©', repair });
    expect(decode({ hex: '636166c383c2a9' })).toMatchObject({ text: 'cafÃ©', encoding: 'UTF-8', repair });
    expect(decode({ hex: '636166c3a9' })).toMatchObject({ text: 'café', repair: null });
  });

  it('says what it replaced, and where first', () => {
    expect(decode({ hex: '48ffefbfbdff', encoding: 'utf-8' })).toEqual({
      text: 'H\uFFFD\uFFFD\uFFFD',
      encoding: 'UTF-8',
      source: 'override',
      candidates: [{ source: 'override', label: 'utf-8', offset: null }],
      conflict: false,
      bytes: 6,
      replacements: 2,
      firstInvalidOffset: 1,
      repair: null,
      total: 4,
      next: null,
      sequences: [
        { offset: 0, hex: '48', text: 'H', codePoint: 'U+0048', valid: true },
        { offset: 1, hex: 'ff', text: '\uFFFD', codePoint: 'U+FFFD', valid: false },
        { offset: 2, hex: 'efbfbd', text: '\uFFFD', codePoint: 'U+FFFD', valid: true },
        { offset: 5, hex: 'ff', text: '\uFFFD', codePoint: 'U+FFFD', valid: false },
      ],
    });
  });

  it.each([
    [{}, 'hex'],
    [{ hex: '48', base64: 'SA' }, 'base64'],
    [{ hex: '4' }, 'hex'],
    [{ base64: 'SA o' }, 'base64'],
    [{ hex: '48', encoding: 'utf-99' }, 'encoding'],
  ])('refuses %j by the name of the parameter', (args, parameter) => {
    expect(() => decode(args)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter })] }),
    );
  });

  it('pages through the byte sequences', () => {
    const here = 'http://127.0.0.1:3000/decode';
    const args = { hex: 'e38282e38197', encoding: 'utf-8', limit: 1, offset: 0 };
    const first = decodeBytes(args, getTwinUrl(here, args));
    expect(first).toMatchObject({ text: 'もし', total: 2, sequences: [{ offset: 0, text: 'も' }] });
    expect(first.next).toBe(`${here}?hex=e38282e38197&encoding=utf-8&limit=1&offset=1`);
    const last = decodeBytes({ ...args, offset: 1 }, first.next);
    expect(last).toMatchObject({ text: 'もし', total: 2, next: null, sequences: [{ offset: 3, text: 'し' }] });
  });
});
