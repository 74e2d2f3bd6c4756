import { describe, expect, it } from '@jest/globals';
import { MOST_TRIES, pauseAfter } from './retry-schedule.ts';

describe('what could not be delivered', () => {
  it('is tried again after ever longer pauses, for more than a day', () => {
    const pauses = Array.from({ length: MOST_TRIES }, (_, tries) => pauseAfter(tries + 1, null, 0));
    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, null]);
    expect(pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0)).toBeGreaterThan(24 * 3600);
  });

  it('is tried a little later than that, by chance', () => {
    expect([pauseAfter(2, null, 0.5), pauseAfter(2, null, 1)]).toEqual([330, 360]);
  });

  it('is left alone for as long as the receiver asks, up to the longest pause', () => {
    expect([pauseAfter(1, 60, 1), pauseAfter(3, 60, 0), pauseAfter(1, 1e9, 0), pauseAfter(MOST_TRIES, 60, 0)]).toEqual([
      60,
      1800,
      50_400,
      null,
    ]);
  });
});
