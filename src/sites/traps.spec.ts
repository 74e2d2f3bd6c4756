import { describe, expect, it } from '@jest/globals';
import { patternBudget, patternOf, trapOf } from './traps.ts';

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

describe('the pattern of a URL', () => {
  it.each([
    ['/page/17', '/page/N', false],
    ['/page-17-of-20.html', '/page-N-of-N.html', false],
    ['/article.php?id=17', '/article.php?id', false],
    ['/list?page=2&sort=name', '/list?page&sort', false],
    ['/list?sort=name&page=2', '/list?page&sort', false],
    ['/list?a=1&b=2&c=3', '/list?*', true],
    ['/list?a=1&b=2&c=3&d=4', '/list?*', true],
    ['/calendar/2026/11', '/calendar/N/N', true],
    ['/calendar/2026-11-24/', '/calendar/N-N-N/', true],
    ['/2026/11/24/a-post', '/N/N/N/a-post', false],
    ['/events?month=3', '/events?month', true],
    ['/events?d=2026-11', '/events?d', true],
  ])('of %s is %s, endless: %s', (path, pattern, isEndless) => {
    expect(patternOf(url(path))).toEqual({ pattern: `http://example.com${pattern}`, isEndless });
  });

  it('has a smaller budget where it is endless', () => {
    expect(patternBudget({ pattern: '', isEndless: true }, 1005)).toBe(101);
    expect(patternBudget({ pattern: '', isEndless: false }, 1005)).toBe(1005);
  });
});
