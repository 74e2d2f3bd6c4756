import { describe, expect, it } from '@jest/globals';
import { parseDirectives } from './freshness.ts';

describe('parseDirectives', () => {
  it.each<[value: string, directives: Record<string, number | null>]>([
    ['', {}],
    ['max-age=60', { 'max-age': 60 }],
    ['Max-Age = "60" , PUBLIC', { 'max-age': 60, public: null }],
    ['max-age', { 'max-age': 0 }],
    ['max-age=', { 'max-age': 0 }],
    ['max-age=1.5', { 'max-age': 0 }],
    ['max-age=60, max-age=60', { 'max-age': 60 }],
    ['max-age=60, max-age=61', { 'max-age': 0 }],
    ['max-age=99999999999', { 'max-age': 2_147_483_648 }],
    ['s-maxage=5,max-age=60', { 's-maxage': 5, 'max-age': 60 }],
    ['no-cache="set-cookie, x"', { 'no-cache': null }],
    ['x="no-store, \\"private", public', { public: null }],
    ['private="x, no-store', { private: null, 'no-store': null }],
    ['no-store-at-all, not-private', {}],
    ['immutable, stale-while-revalidate=60, stale-if-error=60', {}],
    [',, ;must-revalidate;proxy-revalidate', { 'must-revalidate': null, 'proxy-revalidate': null }],
  ])('reads %j', (value, directives) => {
    expect(Object.fromEntries(parseDirectives(value))).toEqual(directives);
  });

  it('reads the longest and worst value in no time', () => {
    expect(parseDirectives('a="\\'.repeat(20_000)).size).toBe(0);
    expect(parseDirectives(`${'"'.repeat(30_000)}${'=\t'.repeat(15_000)}`).size).toBe(0);
  });
});
