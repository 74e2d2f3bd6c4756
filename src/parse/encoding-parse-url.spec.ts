import { describe, expect, it } from '@jest/globals';
import { encodingParseUrl } from './encoding-parse-url.ts';

const BASE = 'http://example.com/a/b?c#d';

describe('encoding-parsing a URL', () => {
  it.each([
    ['UTF-8', '?q=é日', '?q=%C3%A9%E6%97%A5'],
    ['UTF-16LE', '?q=é', '?q=%C3%A9'],
    ['replacement', '?q=é', '?q=%C3%A9'],
    ['windows-1252', '?q=é', '?q=%E9'],
    ['windows-1252', '?q=é日€', '?q=%E9%26%2326085%3B%80'],
    ['windows-1252', '?q=😀', '?q=%26%23128512%3B'],
    ['windows-1251', '?q=Привет', '?q=%CF%F0%E8%E2%E5%F2'],
    ['Shift_JIS', '?q=日本', '?q=%93%FA%96{'],
    ['EUC-JP', '?q=日本', '?q=%C6%FC%CB%DC'],
    ['ISO-2022-JP', '?q=a日b', '?q=a%1B$BF|%1B(Bb'],
    ['Big5', '?q=中', '?q=%A4%A4'],
    ['GBK', '?q=中😀', '?q=%D6%D0%26%23128512%3B'],
    ['gb18030', '?q=😀', '?q=%949%FC6'],
    ['EUC-KR', '?q=한', '?q=%C7%D1'],
    ['windows-1252', `?é "#'<>é`, '?%E9%20%22#%27%3C%3E%C3%A9'.replace('%27', "'")],
    ['windows-1252', `?é'<%20>`, '?%E9%27%3C%20%3E'],
    ['windows-1252', '  ?é  ', '?%E9'],
    ['windows-1252', '?\té\n\rè', '?%E9%E8'],
  ])('in %s writes %j as %s', (encoding, written, search) => {
    expect(encodingParseUrl(written, BASE, encoding)?.href).toBe(`http://example.com/a/b${search}`);
  });

  it('encodes the query alone: path and fragment are UTF-8', () => {
    expect(encodingParseUrl('/é?é#é?é', BASE, 'windows-1252')?.href).toBe('http://example.com/%C3%A9?%E9#%C3%A9?%C3%A9');
    expect(encodingParseUrl('#é?é', BASE, 'windows-1252')?.href).toBe('http://example.com/a/b?c#%C3%A9?%C3%A9');
  });

  it('encodes queries of other schemes in UTF-8', () => {
    expect(encodingParseUrl('mailto:x?é', BASE, 'windows-1252')?.href).toBe('mailto:x?%C3%A9');
    expect(encodingParseUrl('ws://x/?é', BASE, 'windows-1252')?.href).toBe('ws://x/?%C3%A9');
    expect(encodingParseUrl('ftp://x/?é', BASE, 'windows-1252')?.href).toBe('ftp://x/?%E9');
  });

  it('gives null where nothing can be parsed', () => {
    expect(encodingParseUrl('http://[', BASE, 'UTF-8')).toBeNull();
    expect(encodingParseUrl('x', null, 'UTF-8')).toBeNull();
    expect(encodingParseUrl('?é', 'mailto:x', 'windows-1252')).toBeNull();
  });

  it('takes linear time on white space without end', () => {
    const written = `${' '.repeat(500_000)}?é${' '.repeat(500_000)}é${' '.repeat(500_000)}`;
    expect(encodingParseUrl(written, BASE, 'windows-1252')?.search.length).toBe(1 + 3 + 1_500_000 + 3);
  });
});
