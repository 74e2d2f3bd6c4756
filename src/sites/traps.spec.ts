import { describe, expect, it } from '@jest/globals';
import { patternOf, trapOf } from './traps.ts';

const url = (path: string): URL => new URL(path, 'http://example.com');

describe('a URL that looks like a trap', () => {
  it.each([
    ['/', null],
    ['/a/b/c', null],
    ['/2020/02/02', null],
    ['/a/a', null],
    ['/a/a/a', 'repeating'],
    ['/x/a/a/a/y', 'repeating'],
    ['/a/b/a/b', null],
    ['/a/b/a/b/a/b', 'repeating'],
    ['/a/b/a/b/a', null],
    ['/en/a/b/c/a/b/c/a/b/c/', 'repeating'],
    ['/a/b/c/d/a/b/c/d/a/b/c/d', null],
    [`/${'x'.repeat(2000)}`, 'tooLong'],
    [`/${Array.from({ length: 41 }, (_, number) => String(number)).join('/')}`, 'tooLong'],
  ])('is told of %s as %s', (path, expected) => {
    expect(trapOf(url(path))).toBe(expected);
  });
});

describe('the pattern of URLs that can be made without end', () => {
  it.each([
    ['/page/17', null],
    ['/page-17-of-20.html', null],
    ['/2026/11/24/a-post', null],
    ['/article.php?id=17', '/article.php?id'],
    ['/list?page=2&sort=name', '/list?page&sort'],
    ['/list?sort=name&page=2', '/list?page&sort'],
    ['/list?f1=a&f2=b', '/list?fN'],
    ['/list?a=1&b=2&c=3', '/list?*'],
    ['/list?a=1&b=2&c=3&d=4', '/list?*'],
    ['/calendar/2026/11', '/calendar/N/N'],
    ['/calendar/2026-11-24/', '/calendar/N-N-N/'],
    ['/calendar/2026/11?view=list', '/calendar/N/N?view'],
  ])('of %s is %s', (path, pattern) => {
    expect(patternOf(url(path))).toBe(pattern === null ? null : `http://example.com${pattern}`);
  });
});
