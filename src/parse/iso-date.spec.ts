import { describe, expect, it } from '@jest/globals';
import { isoDate } from './iso-date.ts';

describe('isoDate', () => {
  it.each([
    ['2026-01-05T10:00:00Z', '2026-01-05T10:00:00.000Z'],
    ['2026-01-05 10:00:00+0230', '2026-01-05T07:30:00.000Z'],
    ['2026-01-05t10:00:00.25-01:00', '2026-01-05T11:00:00.250Z'],
    [' Mon, 05 Jan 2026 10:00:00 GMT\n', '2026-01-05T10:00:00.000Z'],
    ['5 Jan 26 10:00 EST', '2026-01-05T15:00:00.000Z'],
    ['Monday, 05-Jan-99 10:00:00 +0000', '1999-01-05T10:00:00.000Z'],
    ['Mon, 05 Jan 2026 23:30:00 -0100 (of old)', '2026-01-06T00:30:00.000Z'],
    ['2028-02-29', '2028-02-29'],
  ])('reads %j as %s', (written, iso) => {
    expect(isoDate(written)).toBe(iso);
  });

  it.each([
    ['2026-01-05T10:00', '2026-01-05T10:00:00'],
    ['5 January 2026', '2026-01-05'],
    ['2026-01', '2026-01'],
    ['2026', '2026'],
  ])('adds nothing to %j that is not said', (written, iso) => {
    expect(isoDate(written)).toBe(iso);
  });

  it.each([
    '',
    'yesterday',
    '05/06/2026',
    '2026-13',
    '2026-02-29',
    '31 Feb 2026',
    '2026-01-05T25:00:00Z',
    'Mon, 05 Jan 2026 10:00:00 XYZ',
    '5 Foo 2026',
    '1767607200',
    '9'.repeat(100_000),
  ])('guesses nothing of %j', (written) => {
    expect(isoDate(written)).toBeNull();
  });
});
