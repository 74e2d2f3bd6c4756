import { describe, expect, it } from '@jest/globals';
import { decodeText, determineEncoding, type EncodingHints, firstInvalidOffset } from './character-encoding.ts';

const html = (text: string, hints: Partial<EncodingHints> = {}) =>
  determineEncoding(Buffer.from(text, 'latin1'), { syntax: 'html', ...hints });
const filler = (length: number) => `<!-- ${'x'.repeat(length)} -->`;
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');

describe('determineEncoding: order of precedence', () => {
  it('takes windows-1252 for plain ASCII that declares nothing', () => {
    expect(html('But soft what light')).toEqual({
      name: 'windows-1252',
      source: 'default',
      candidates: [{ source: 'default', label: 'windows-1252', offset: null }],
      conflict: false,
    });
  });

  it('lists every source that spoke, in order, and tells that they disagree', () => {
    const decision = html('\xEF\xBB\xBF<?xml version="1.0" encoding="koi8-r"?><meta charset=Shift_JIS>', {
      override: 'big5',
      transport: 'latin1',
    });
    expect(decision).toEqual({
      name: 'UTF-8',
      source: 'bom',
      candidates: [
        { source: 'bom', label: 'UTF-8', offset: 0 },
        { source: 'override', label: 'big5', offset: null },
        { source: 'transport', label: 'latin1', offset: null },
        { source: 'meta', label: 'Shift_JIS', offset: 56 },
        { source: 'xml', label: 'koi8-r', offset: 33 },
      ],
      conflict: true,
    });
  });

  it.each([
    [{ override: 'big5', transport: 'latin1' }, 'override', 'Big5'],
    [{ transport: 'latin1' }, 'transport', 'windows-1252'],
    [{}, 'meta', 'Shift_JIS'],
  ] as const)('with %j decides by %s', (hints, source, name) => {
    expect(html('<?xml version="1.0" encoding="koi8-r"?><meta charset=Shift_JIS>', hints)).toMatchObject({ source, name });
  });

  it('sees no conflict between two labels of one encoding', () => {
    expect(html('<meta charset=utf8>', { transport: 'UTF-8' })).toMatchObject({ source: 'transport', conflict: false });
  });

  it('lists an unknown label and passes over it', () => {
    expect(html('<meta charset=wrong><meta charset=euc-kr>', { transport: 'utf-99' })).toEqual({
      name: 'EUC-KR',
      source: 'meta',
      candidates: [
        { source: 'transport', label: 'utf-99', offset: null },
        { source: 'meta', label: 'wrong', offset: 14 },
        { source: 'meta', label: 'euc-kr', offset: 34 },
      ],
      conflict: false,
    });
  });

  it('cuts a label that no encoding could have', () => {
    expect(html(`<meta charset=${'x'.repeat(500)}>`).candidates[0]?.label).toBe(`${'x'.repeat(100)}…`);
  });

  it.each([
    ['fffe4800', 'UTF-16LE'],
    ['feff0048', 'UTF-16BE'],
    ['efbbbf48', 'UTF-8'],
  ])('knows the byte order mark of %s', (digits, name) => {
    expect(determineEncoding(hex(digits), { syntax: 'text', transport: 'koi8-r' })).toMatchObject({ name, source: 'bom', conflict: true });
  });

  it('detects UTF-8 that is not declared', () => {
    const detected = determineEncoding(Buffer.from('もしもし'), { syntax: 'text' });
    expect(detected).toMatchObject({
      name: 'UTF-8',
      source: 'detected',
      candidates: [{ source: 'detected', label: 'UTF-8', offset: null }],
    });
    expect(determineEncoding(hex('82e082b5'), { syntax: 'text' })).toMatchObject({ name: 'windows-1252', source: 'default' });
  });

  it.each([
    ['html', 'windows-1252'],
    ['text', 'windows-1252'],
    ['xml', 'UTF-8'],
    ['json', 'UTF-8'],
  ] as const)('defaults for %s to %s', (syntax, name) => {
    expect(determineEncoding(hex('e9'), { syntax })).toMatchObject({ name, source: 'default' });
  });

  it('looks for a meta in HTML alone', () => {
    expect(determineEncoding(Buffer.from('<meta charset=koi8-r>'), { syntax: 'xml' }).source).toBe('default');
  });
});

describe('determineEncoding: XML declarations', () => {
  it.each([
    [`<?xml version="1.0" encoding="iso-8859-2"?>`, 'ISO-8859-2'],
    [`<?xml version='1.0' encoding = 'iso-8859-2'?>`, 'ISO-8859-2'],
    [`<?xml encoding="utf-16"?>`, 'UTF-8'],
  ])('reads %s', (text, name) => {
    expect(determineEncoding(Buffer.from(text), { syntax: 'xml' })).toMatchObject({ name, source: 'xml' });
    expect(html(text)).toMatchObject({ name, source: 'xml' });
  });

  it.each([
    ` <?xml version="1.0" encoding="koi8-r"?>`,
    `<?XML version="1.0" encoding="koi8-r"?>`,
    `<?xml version="1.0" encoding="koi8-r"`,
    `<?xml version="1.0" encoding=koi8-r?>`,
    `<?xml version="1.0" encoding="koi8 r"?>`,
    `<?xml version="1.0"?><a encoding="koi8-r"/>`,
  ])('finds none in %s', (text) => {
    expect(determineEncoding(Buffer.from(text), { syntax: 'xml' }).source).toBe('default');
  });

  it('knows UTF-16 by the first characters of a declaration', () => {
    const text = '<?xml version="1.0"?>';
    expect(determineEncoding(Buffer.from(text, 'utf16le'), { syntax: 'xml' })).toMatchObject({ name: 'UTF-16LE', source: 'xml' });
    expect(determineEncoding(Buffer.from(text, 'utf16le').swap16(), { syntax: 'html' })).toMatchObject({ name: 'UTF-16BE', source: 'xml' });
  });
});

describe('determineEncoding: meta', () => {
  it.each([
    [`<meta charset="shift_jis">`, 'shift_jis'],
    [`<META CHARSET='shift_jis'>`, 'shift_jis'],
    [`<meta/charset=shift_jis/>`, 'shift_jis/'],
    [`<meta charset = " shift_jis\n">`, 'shift_jis'],
    [`<meta name=a charset=shift_jis charset=koi8-r>`, 'shift_jis'],
    [`<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">`, 'shift_jis'],
    [`<meta content="text/html; charset='shift_jis'" http-equiv=content-type>`, 'shift_jis'],
    [`<meta http-equiv=content-type content="charset charset\t=\tshift_jis;x">`, 'shift_jis'],
  ])('finds the label of %s and where it stands', (tag, label) => {
    const text = `<!doctype html><title>x</title>${tag}`;
    const candidates = html(text).candidates.filter(({ source }) => source === 'meta');
    expect(candidates).toEqual([{ source: 'meta', label, offset: text.lastIndexOf('jis') - 6 }]);
  });

  it.each([
    `<metacharset=shift_jis>`,
    `<meta content="text/html; charset=shift_jis">`,
    `<meta http-equiv=refresh content="text/html; charset=shift_jis">`,
    `<meta http-equiv=content-type content="text/html; charset='shift_jis">`,
    `<!-- <meta charset=shift_jis> -->`,
    `<a title="<meta charset=shift_jis>">`,
    `<!x <meta charset=shift_jis`,
    `<meta charset=shift_jis`,
  ])('finds none in %s', (text) => {
    expect(html(text).source).toBe('default');
  });

  it('reads UTF-16 as UTF-8 and x-user-defined as windows-1252', () => {
    expect(html('<meta charset=utf-16le>')).toMatchObject({ name: 'UTF-8', candidates: [{ label: 'utf-16le' }] });
    expect(html('<meta charset=x-user-defined>')).toMatchObject({ name: 'windows-1252', source: 'meta' });
  });

  it('reads a meta that comes after the first 1,024 bytes of the head', () => {
    const text = `<html><head>${filler(1100)}<link rel=a><base href=b><noscript><style>a{}</style></noscript><meta charset=koi8-r>`;
    expect(html(text)).toMatchObject({ name: 'KOI8-R', candidates: [{ offset: text.indexOf('koi8-r') }] });
  });

  it('reads a meta that lies across the 1,024th byte', () => {
    const text = `${filler(1005)}<meta charset=koi8-r>`;
    expect(html(text)).toMatchObject({ name: 'KOI8-R', source: 'meta' });
  });

  it.each([
    ['the head has ended', `<head></head>${filler(1100)}<meta charset=koi8-r>`],
    ['a tag of the body has begun', `<head><p>${filler(1100)}<meta charset=koi8-r>`],
    ['it stands in a script', `<script>${' '.repeat(1100)}"<meta charset=koi8-r>"</script>`],
    ['it stands in a style sheet', `<style>${' '.repeat(1100)}<meta charset=koi8-r></style>`],
    ['it stands in the title', `<title>${' '.repeat(1100)}<meta charset=koi8-r></title>`],
    ['it stands in a comment', `${filler(1100)}<!-- > <meta charset=koi8-r> -->`],
  ])('reads no meta after 1,024 bytes when %s', (_reason, text) => {
    expect(html(text).source).toBe('default');
  });

  it('goes on behind the end of a script, a comment that ends oddly, and processing instructions', () => {
    const text = `<script>a</scripty</script ><!--><!-- --!><!---><?a?></link>${filler(1100)}<meta charset=koi8-r>`;
    expect(html(text)).toMatchObject({ name: 'KOI8-R', source: 'meta' });
  });

  it('comes to an end, and to nothing, with hostile bytes', () => {
    for (const part of ['<', '<meta charset=x>', '<meta content="charset ', '<!--', '<title></titl', '<a b="', 'charset ', ' ']) {
      expect(html(`<meta content="${part.repeat(250_000)}`).source).toBe('default');
      expect(html(part.repeat(250_000)).source).toBe('default');
    }
  });
});

describe('decodeText', () => {
  it.each([
    ['UTF-8', 'e38282e38197e38282e38197'],
    ['UTF-16LE', '823057308230 5730'],
    ['UTF-16BE', '308230573082 3057'],
    ['Shift_JIS', '82e082b582e082b5'],
    ['EUC-JP', 'a4e2a4b7a4e2a4b7'],
    ['ISO-2022-JP', '1b2442 2462243724622437 1b2842'],
    ['gb18030', 'a4e2a4b7a4e2a4b7'],
  ])('reads もしもし in %s', (name, digits) => {
    expect(decodeText(hex(digits), name)).toEqual({ text: 'もしもし', replacements: 0 });
  });

  it('leaves out the byte order mark of its encoding', () => {
    expect(decodeText(hex('efbbbf48'), 'UTF-8').text).toBe('H');
    expect(decodeText(hex('fffe4800'), 'UTF-16LE').text).toBe('H');
    expect(decodeText(hex('efbbbf48'), 'windows-1252').text).toBe('ï»¿H');
  });

  it('reads all 256 bytes of windows-1252', () => {
    const { text, replacements } = decodeText(
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      'windows-1252',
    );
    expect(replacements).toBe(0);
    expect(text.slice(0x80, 0x90)).toBe('€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F');
    expect(text.slice(0xa0)).toBe(String.fromCharCode(...Array.from({ length: 96 }, (_, index) => 0xa0 + index)));
  });

  it('reads shared memory', () => {
    const source = Buffer.from('é'.repeat(2000));
    const shared = new Uint8Array(new SharedArrayBuffer(source.length + 1), 1);
    shared.set(source);
    expect(decodeText(shared, 'UTF-8')).toEqual({ text: 'é'.repeat(2000), replacements: 0 });
    expect(decodeText(shared, 'Shift_JIS').text).toHaveLength(4000);
    expect(determineEncoding(shared, { syntax: 'html' }).source).toBe('detected');
  });

  it.each([
    ['UTF-8', 'efbfbd 48', 0, null],
    ['UTF-8', 'efbfbd ff efbfbd c3', 2, 3],
    ['UTF-8', '48 eda080', 3, 1],
    ['UTF-8', '48 e282', 1, 1],
    ['UTF-16LE', 'fdff 4800', 0, null],
    ['UTF-16LE', 'fffe 3dd8 4800', 1, 2],
    ['UTF-16BE', 'fffd d83d de00 00', 1, 6],
    ['windows-1253', '48 aa', 1, 1],
    ['Shift_JIS', '82e0 82', 1, 2],
    ['Shift_JIS', '82e0 82 20', 1, 2],
    ['EUC-JP', 'a4e2 8fa1 41', 1, 2],
    ['Big5', 'a440 80', 1, 2],
    ['EUC-KR', 'b0a1 ff', 1, 2],
    ['gb18030', '8431a437', 0, null],
    ['gb18030', '8431a437 8431a4', 1, 4],
    ['gb18030', '8184 31 a437', 1, 3],
    ['ISO-2022-JP', '1b2442 2462 1b2842 1b2858 48', 1, 8],
    ['replacement', '4849', 1, 0],
    ['replacement', '', 0, null],
  ] as const)('of %s %s counts the replacements alone, and says where the first is', (name, digits, replacements, offset) => {
    const bytes = hex(digits);
    expect(decodeText(bytes, name).replacements).toBe(replacements);
    expect(firstInvalidOffset(bytes, name)).toBe(offset);
  });

  it('finds the first invalid byte of long content', () => {
    const long = Buffer.from('もし'.repeat(20_000));
    expect(firstInvalidOffset(Buffer.concat([long, hex('e382'), long]), 'UTF-8')).toBe(120_000);
    expect(firstInvalidOffset(Buffer.concat([Buffer.alloc(9999, hex('82e0')), hex('20')]), 'Shift_JIS')).toBe(9998);
  });

  it('refuses an encoding that there is not', () => {
    expect(() => decodeText(hex('48'), 'utf-32')).toThrow(RangeError);
  });
});
