import { describe, expect, it } from '@jest/globals';
import { decodeBytes } from './decode-bytes.ts';

describe('decodeBytes', () => {
  it('reads hexadecimal and base64 in a named encoding', () => {
    const moshimoshi = { text: 'もしもし', encoding: 'Shift_JIS', bytes: 8, replacements: 0, firstInvalidOffset: null };
    expect(decodeBytes({ hex: '82e0 82b5 82e0 82b5', encoding: 'sjis' })).toEqual(moshimoshi);
    expect(decodeBytes({ base64: 'guCCtYLggrU=', encoding: 'Shift_JIS' })).toEqual(moshimoshi);
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
    expect(decodeBytes({ hex })).toMatchObject({ encoding, text, replacements: 0, firstInvalidOffset: null });
  });

  it('takes a named encoding at its word', () => {
    expect(decodeBytes({ hex: 'efbbbf48', encoding: 'latin1' }).text).toBe('ï»¿H');
  });

  it('says what it replaced, and where first', () => {
    expect(decodeBytes({ hex: '48ffefbfbdff', encoding: 'utf-8' })).toEqual({
      text: 'H\uFFFD\uFFFD\uFFFD',
      encoding: 'UTF-8',
      bytes: 6,
      replacements: 2,
      firstInvalidOffset: 1,
    });
  });

  it.each([
    [{}, 'hex'],
    [{ hex: '48', base64: 'SA' }, 'base64'],
    [{ hex: '4' }, 'hex'],
    [{ base64: 'SA o' }, 'base64'],
    [{ hex: '48', encoding: 'utf-99' }, 'encoding'],
  ])('refuses %j by the name of the parameter', (args, parameter) => {
    expect(() => decodeBytes(args)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', errors: [expect.objectContaining({ parameter })] }),
    );
  });
});
