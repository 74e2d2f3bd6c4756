import { describe, expect, it } from '@jest/globals';
import { encode, firstUnencodable, fromBase64, fromHex, SUBSTITUTES, toBase64, toHex } from './utf.ts';

describe('encode', () => {
  it.each([
    ['UTF-8', 'e38282e38197e38282e38197'],
    ['UTF-16LE', '8230573082305730'],
    ['UTF-16BE', '3082305730823057'],
    ['UTF-32LE', '82300000573000008230000057300000'],
    ['UTF-32BE', '00003082000030570000308200003057'],
    ['Shift_JIS', '82e082b582e082b5'],
    ['EUC-JP', 'a4e2a4b7a4e2a4b7'],
    ['ISO-2022-JP', '1b244224622437246224371b2842'],
  ])('writes もしもし in %s', (name, hex) => {
    const { bytes, lossless } = encode('もしもし', name);
    expect(toHex(bytes)).toBe(hex);
    expect(lossless).toBe(true);
  });

  it('writes a character outside the Basic Multilingual Plane', () => {
    expect(toHex(encode('😀', 'UTF-8').bytes)).toBe('f09f9880');
    expect(toHex(encode('😀', 'UTF-16LE').bytes)).toBe('3dd800de');
    expect(toHex(encode('😀', 'UTF-32LE').bytes)).toBe('00f60100');
    expect(toHex(encode('😀', 'gb18030').bytes)).toBe('9439fc36');
  });

  it.each([
    ['UTF-8', '61efbfbd62'],
    ['UTF-16BE', '0061fffd0062'],
    ['UTF-32BE', '000000610000fffd00000062'],
    ['windows-1252', '61262336353533333b62'],
  ])('writes a lone surrogate in %s as U+FFFD and says so', (name, hex) => {
    const { bytes, lossless } = encode('a\uD83Db', name);
    expect(toHex(bytes)).toBe(hex);
    expect(lossless).toBe(false);
  });

  it.each([
    ['windows-1252', '€ – é', '80209620e9', true],
    ['windows-1252', '♥', Buffer.from('&#9829;').toString('hex'), false],
    ['windows-1252', '&#9829; 100%', Buffer.from('&#9829; 100%').toString('hex'), true],
    ['Shift_JIS', '¥', '5c', false],
    ['Shift_JIS', '😀', Buffer.from('&#128512;').toString('hex'), false],
    ['EUC-JP', '¥‾−', '5c7ea1dd', false],
    ['ISO-2022-JP', '¥‾', '1b284a5c7e1b2842', true],
    ['ISO-2022-JP', '−ｱﾟ', '1b2442215d2522212c1b2842', false],
    ['GBK', '\uE78D', 'a6d9', false],
    ['ISO-2022-JP', 'も♣', `1b244224621b2842${Buffer.from('&#9827;').toString('hex')}`, false],
    ['Big5', '中文', 'a4a4a4e5', true],
    ['EUC-KR', '한글', 'c7d1b1db', true],
    ['GBK', '€', '80', true],
    ['x-user-defined', '\uF780', '80', true],
  ])('in %s writes %j as %s', (name, text, hex, lossless) => {
    const encoded = encode(text, name);
    expect(toHex(encoded.bytes)).toBe(hex);
    expect(encoded.lossless).toBe(lossless);
  });

  it.each([
    ['windows-1252', 'html', '100% &#1; &#128512; é'],
    ['windows-1252', 'url', '100% &#1; %26%23128512%3B é'],
    ['windows-1252', 'replace', '100% &#1; ? é'],
    ['macintosh', 'replace', '100% &#1; ? é'],
    ['Shift_JIS', 'url', '100% &#1; %26%23128512%3B &#233;'],
  ] as const)('writes in %s, as %s, in place of what it lacks: %s', (name, mode, expected) => {
    const text = name === 'Shift_JIS' ? '100% &#1; 😀 &#233;' : '100% &#1; 😀 é';
    const { bytes, lossless } = encode(text, name, SUBSTITUTES[mode]);
    expect(new TextDecoder(name).decode(bytes)).toBe(expected);
    expect(lossless).toBe(false);
  });

  it('leaves the double-byte characters of ISO-2022-JP before it writes a substitute', () => {
    expect(toHex(encode('も♣も', 'ISO-2022-JP', SUBSTITUTES.replace).bytes)).toBe('1b244224621b28423f1b244224621b2842');
  });

  it.each([
    ['windows-1252', 'é😀も', '😀'],
    ['windows-1252', '&#9829; %26%231%3B é', null],
    ['ISO-2022-JP', 'も\x0e\uFFFD', '\x0e'],
    ['ISO-2022-JP', 'も\x0f', '\x0f'],
    ['ISO-2022-JP', '\x1b(B', '\x1b'],
    ['ISO-2022-JP', 'も\uFFFD\x1b', '\uFFFD'],
    ['ISO-2022-JP', '😀\x1b', '😀'],
    ['ISO-2022-JP', 'も%&#1;', null],
    ['Big5', '中\uD83D', '\uD83D'],
    ['Big5', 'é\uD83D', 'é'],
    ['gb18030', 'é\uD83D', '\uD83D'],
    ['gb18030', '😀', null],
    ['UTF-8', 'a\uDE00b', '\uDE00'],
    ['UTF-32LE', '😀', null],
  ])('finds what %s lacks first of %j: %j', (name, text, character) => {
    expect(firstUnencodable(text, name)).toBe(character);
    if (character !== null) expect(encode(text, name).lossless).toBe(false);
  });

  it('adds no byte order mark and keeps one that is content', () => {
    expect(toHex(encode('\uFEFFH', 'UTF-8').bytes)).toBe('efbbbf48');
    expect(encode('\uFEFFH', 'gb18030').lossless).toBe(true);
  });

  it('has no encoder for the replacement encoding', () => {
    expect(() => encode('H', 'replacement')).toThrow(RangeError);
  });
});

describe('hexadecimal and base64', () => {
  it('reads pairs of digits with white space between them', () => {
    expect(fromHex('')).toEqual(Buffer.alloc(0));
    expect(fromHex(' 82E0\n82 b5 ')).toEqual(Buffer.from([0x82, 0xe0, 0x82, 0xb5]));
    expect(fromHex('ab '.repeat(300_000))).toHaveLength(300_000);
  });

  it.each(['4', '4 8', '0x48', '48:0a', '4g'])('refuses %j as hexadecimal', (text) => {
    expect(fromHex(text)).toBeNull();
  });

  it.each(['guCCtYLggrU=', 'guCCtYLggrU'])('reads %s', (text) => {
    expect(toHex(fromBase64(text)!)).toBe('82e082b582e082b5');
  });

  it('reads both alphabets and writes the standard one', () => {
    expect(toHex(fromBase64('-_8')!)).toBe('fbff');
    expect(toHex(fromBase64('+/8=')!)).toBe('fbff');
    expect(toBase64(Buffer.from('fbff', 'hex'))).toBe('+/8=');
  });

  it.each(['+_8', 'S', 'SA=', 'SAo==', 'SA o', 'SAo\n', '=', 'SÄo='])('refuses %j as base64', (text) => {
    expect(fromBase64(text)).toBeNull();
  });
});
