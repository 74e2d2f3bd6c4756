import { describe, expect, it } from '@jest/globals';
import { UsedTime } from './used-time.ts';

describe('the time that callers have used', () => {
  it('counts what is under way and what has ended, for each caller apart', () => {
    let now = 1000;
    const used = new UsedTime(() => now);
    const [end, endSecond] = [used.begin('a'), used.begin('a')];
    now += 100;
    expect([used.of('a'), used.of('b')]).toEqual([200, 0]);
    end();
    now += 50;
    expect(used.of('a')).toBeCloseTo(250, 0);
    endSecond();
    expect(used.of('a')).toBeCloseTo(250, 0);
  });

  it('counts half after a minute', () => {
    let now = 0;
    const used = new UsedTime(() => now);
    const end = used.begin('a');
    now = 800;
    end();
    now += 120_000;
    expect(used.of('a')).toBe(200);
  });
});
