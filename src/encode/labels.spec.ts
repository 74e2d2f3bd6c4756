import { describe, expect, it } from '@jest/globals';
import { getEncoding, getMetaEncoding, getXmlEncoding } from './labels.ts';

describe('get an encoding', () => {
  it.each([
    ['utf8', 'UTF-8'],
    ['latin1', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['us-ascii', 'windows-1252'],
    ['sjis', 'Shift_JIS'],
    ['windows-31j', 'Shift_JIS'],
    ['x-euc-jp', 'EUC-JP'],
    ['csISO2022JP', 'ISO-2022-JP'],
    ['gb2312', 'GBK'],
    ['GB18030', 'gb18030'],
    ['big5-hkscs', 'Big5'],
    ['ks_c_5601-1987', 'EUC-KR'],
    ['unicode', 'UTF-16LE'],
    ['unicodefffe', 'UTF-16BE'],
    ['iso8859-2', 'ISO-8859-2'],
    ['logical', 'ISO-8859-8-I'],
    ['koi8-ru', 'KOI8-U'],
    ['cp866', 'IBM866'],
    ['x-mac-roman', 'macintosh'],
    ['x-mac-ukrainian', 'x-mac-cyrillic'],
    ['tis-620', 'windows-874'],
    ['hz-gb-2312', 'replacement'],
    ['x-user-defined', 'x-user-defined'],
  ])('knows %s as %s', (label, name) => {
    expect(getEncoding(label)).toBe(name);
  });

  it('overlooks letter case and ASCII whitespace around the label', () => {
    expect(getEncoding('\t\n\f\r  uTf-8 ')).toBe('UTF-8');
  });

  it.each(['', 'utf', 'utf-32', 'utf-7', 'utf\u20118', '\u00A0utf-8', '\vutf-8', 'iso-8859-12', 'constructor'])(
    'knows no encoding %j',
    (label) => {
      expect(getEncoding(label)).toBeNull();
    },
  );

  it('reads UTF-16 as UTF-8 where the name itself was read as ASCII', () => {
    expect(getXmlEncoding('utf-16be')).toBe('UTF-8');
    expect(getMetaEncoding('utf-16')).toBe('UTF-8');
  });

  it('reads x-user-defined as windows-1252 in a meta alone', () => {
    expect(getMetaEncoding('x-user-defined')).toBe('windows-1252');
    expect(getXmlEncoding('x-user-defined')).toBe('x-user-defined');
  });
});
