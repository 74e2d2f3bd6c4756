import { describe, expect, it } from '@jest/globals';
import { siteUrl } from './site-url.ts';

function normal(written: string): string | null {
  return siteUrl(new URL(written))?.url.href ?? null;
}

describe('a URL of a site', () => {
  it.each([
    ['HTTP://EXAMPLE.com:80', 'http://example.com/'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['http://example.com:8080/a#part', 'http://example.com:8080/a'],
    ['http://example.com/a/../b/./c', 'http://example.com/b/c'],
    ['http://example.com/?', 'http://example.com/'],
    ['http://example.com/?#x', 'http://example.com/'],
    ['http://example.com/%7euser/%e3%83%84', 'http://example.com/~user/%E3%83%84'],
    ['http://example.com/a%2fb', 'http://example.com/a%2Fb'],
    ['http://example.com/?q=%41%20b+c', 'http://example.com/?q=A%20b+c'],
    ['http://example.com/?utm_source=x&a=1&gclid=y', 'http://example.com/?a=1'],
    ['http://example.com/?UTM_Source=x', 'http://example.com/'],
    ['http://example.com/?a=1&&b', 'http://example.com/?a=1&b'],
    ['http://example.com/a/', 'http://example.com/a/'],
    ['http://example.com/index.html', 'http://example.com/index.html'],
    ['http://example.com/?b=2&a=1', 'http://example.com/?b=2&a=1'],
    ['http://ünï.example/ü', 'http://xn--n-nga1b.example/%C3%BC'],
    ['mailto:a@example.com', null],
    ['ftp://example.com/', null],
    ['http://user@example.com/', null],
  ])('%s is retrieved as %s', (written, expected) => {
    expect(normal(written)).toBe(expected);
  });

  it.each([
    ['http://example.com/?a=1&b=2', 'http://example.com/?b=2&a=1', true],
    ['http://example.com/?a=1&a=2', 'http://example.com/?a=2&a=1', false],
    ['http://example.com/?a=1', 'http://example.com/?a=1&utm_medium=mail#top', true],
    ['http://example.com/A', 'http://example.com/a', false],
    ['http://example.com/a', 'http://example.com/a/', false],
    ['http://example.com/', 'https://example.com/', false],
    ['http://example.com/', 'http://www.example.com/', false],
    ['http://example.com/a%2Fb', 'http://example.com/a/b', false],
  ])('%s and %s are the same page: %s', (one, other, same) => {
    expect(siteUrl(new URL(one))?.identity === siteUrl(new URL(other))?.identity).toBe(same);
  });
});
