import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainUrls } from './plain-url.ts';

const BASES = [
  'http://example.com/a/b?c#d',
  'https://example.com:8443/',
  'http://127.0.0.1:1/x/',
  'about:blank',
  'http://me@example.com/',
  null,
];

const PIECES = [
  ...[
    'http://',
    'https://',
    'HTTP://',
    '//',
    '/',
    '.',
    '..',
    '/./',
    '/../',
    '%2e',
    '%2E/',
    '?',
    '#',
    ':',
    '@',
    '%',
    '%zz',
    '\\',
    ' ',
    '\t',
  ],
  ...[
    'a',
    'B',
    'example.com',
    'www.',
    'co.uk',
    'xn--',
    'xn--bcher-kva',
    '.1',
    '.0x1',
    '1.2.3.4',
    '-',
    '_',
    '~',
    "'",
    '"',
    '<',
    '|',
    '{',
    'é',
    '日',
  ],
  ...['mailto:', 'javascript:', 'page2.htm', 'a=b&c', ';', ',', '$', '!', '*', '(', ')', '+', '[', ']', '^', '`', 'h', ':80', ':443'],
];

describe('URLs that need no parser', () => {
  it('are resolved as the parser resolves them', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.constantFrom(...BASES), fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }), (base, pieces) => {
        const written = pieces.join('');
        const found = plainUrls(base)(written);
        if (found === null) return;
        plain += 1;
        const url = URL.parse(written, base ?? undefined);
        expect(found).toEqual({ href: url?.href, protocol: url?.protocol, origin: url?.origin, hostname: url?.hostname });
      }),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it.each([
    ['page2.htm', 'http://example.com/a/page2.htm'],
    ['/x/y?z=1#top', 'http://example.com/x/y?z=1#top'],
    ['#top', 'http://example.com/a/b?c#top'],
    ['https://www.example.co.uk', 'https://www.example.co.uk/'],
    ['https://www.example.co.uk?q', 'https://www.example.co.uk/?q'],
  ])('are %s and the like', (written, href) => {
    expect(plainUrls('http://example.com/a/b?c#d')(written)?.href).toBe(href);
  });

  it.each([
    '',
    '?q',
    '../up',
    '/a/../b',
    '/%2E%2e/b',
    '//example.org/',
    'HTTP://example.org/',
    'http://xn--bcher-kva.example/',
    'http://a.1/',
    'a:b',
    'é',
  ])('are not %j', (written) => {
    expect(plainUrls('http://example.com/a/b?c#d')(written)).toBeNull();
  });
});
