import { describe, expect, it } from '@jest/globals';
import { rateFields } from './rate-fields.ts';
import { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('lets the quota through within any minute, and no more at its edge', () => {
    const limit = new RateLimit(10);
    const admitted: number[] = [];
    // A caller that asks at every tenth of a second for ten minutes, and is let in whenever it can be.
    for (let now = 0; now < 600_000; now += 100) if (limit.take('a', 1, now) === 0) admitted.push(now);
    expect(admitted.length).toBeGreaterThan(90);
    for (const [index, at] of admitted.entries()) expect((admitted[index + 10] ?? Infinity) - at).toBeGreaterThanOrEqual(60_000);
  });

  it('does not let twice the quota through around the turn of a minute', () => {
    const limit = new RateLimit(10);
    expect(limit.take('a', 10, 59_000)).toBe(0);
    expect(limit.take('a', 1, 61_000)).toBe(58);
    expect(limit.take('a', 1, 118_999)).toBe(1);
    expect(limit.take('a', 10, 119_000)).toBe(0);
  });

  it('charges all units or none, and says when they would be there', () => {
    const limit = new RateLimit(5);
    limit.take('a', 2, 0);
    limit.take('a', 2, 20_000);
    expect(limit.take('a', 3, 30_000)).toBe(30);
    expect(limit.standing('a', 30_000)).toEqual({ quota: 5, remaining: 1, resetS: 30 });
    expect(limit.take('a', 1, 30_000)).toBe(0);
    expect(limit.take('a', 1, 30_000)).toBe(30);
    expect(limit.take('a', 6, 200_000)).toBe(60);
    expect(limit.standing('a', 200_000)).toEqual({ quota: 5, remaining: 5, resetS: 60 });
  });

  it('counts each caller for itself', () => {
    const limit = new RateLimit(1);
    expect([limit.take('a', 1, 0), limit.take('b', 1, 0), limit.take('a', 1, 0)]).toEqual([0, 0, 60]);
  });

  it('does not forget who has used up a quota for a hundred thousand others', () => {
    const limit = new RateLimit(10, 1000);
    limit.take('a', 10, 0);
    for (let other = 0; other < 100_000; other += 1) limit.take(`other ${String(other)}`, 1, 1);
    expect(limit.standing('a', 2).remaining).toBe(0);
    expect(limit.standing('other 0', 2).remaining).toBe(10);
    expect(limit.standing('other 99999', 2).remaining).toBe(9);
  });

  it('tells where a caller stands as header fields', () => {
    expect(rateFields('default', { quota: 120, remaining: 119, resetS: 60 })).toEqual({
      RateLimit: '"default";r=119;t=60',
      'RateLimit-Policy': '"default";q=120;w=60',
      'X-RateLimit-Limit': '120',
      'X-RateLimit-Remaining': '119',
      'X-RateLimit-Reset': '60',
    });
  });
});
