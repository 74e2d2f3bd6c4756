import { describe, expect, it } from '@jest/globals';
import { parseHttpDate } from './http-date.ts';

const NOW = Date.UTC(2026, 10, 23);

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37.000Z'],
    ['Monday, 23-Nov-76 00:00:00 GMT', '2076-11-23T00:00:00.000Z'],
    ['Tuesday, 23-Nov-77 00:00:00 GMT', '1977-11-23T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parseHttpDate(text, NOW) ?? NaN).toISOString()).toBe(iso);
  });

  it.each(['', '0', '-1', '3000', 'tomorrow', '2026-11-23T00:00:00Z', 'Sun, 06 Nov 1994 08:49:37', 'Sun, 6 Nov 1994 08:49:37 GMT'])(
    'takes %j for no date',
    (text) => {
      expect(parseHttpDate(text, NOW)).toBeNull();
    },
  );

  it.each([
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
  ])('guesses nothing from %j', (text) => {
    expect(parseHttpDate(text, NOW)).toBeNull();
  });
});
