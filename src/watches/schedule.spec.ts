import { describe, expect, it } from '@jest/globals';
import { durationS, nextRun, scheduleFault } from './schedule.ts';

const NOW = new Date('2026-03-28T12:00:30Z');

describe('a duration', () => {
  it.each([
    ['600', 600],
    ['PT10M', 600],
    ['P1D', 86_400],
    ['P2W', 1_209_600],
    ['P1DT1H1M1S', 90_061],
  ])('may be %s', (text, seconds) => {
    expect(durationS(text)).toBe(seconds);
  });

  it.each(['', 'P', 'PT', 'P1DT', '10m', 'P1M', 'P1Y', '-5', '1.5', 'PT1.5S'])('is not %j', (text) => {
    expect(durationS(text)).toBeNull();
  });
});

describe('the next run', () => {
  it('is one interval away, whatever was missed, and later by chance', () => {
    expect(nextRun({ everyS: 600, jitterS: 0 }, NOW, 1).toISOString()).toBe('2026-03-28T12:10:30.000Z');
    expect(nextRun({ everyS: 600, jitterS: 60 }, NOW, 0.5).toISOString()).toBe('2026-03-28T12:11:00.000Z');
  });

  it('is where the clock of its time zone says so, also on the night that it is changed', () => {
    const berlin = { cron: '30 8 * * *', timezone: 'Europe/Berlin', jitterS: 0 };
    expect(nextRun(berlin, NOW, 0).toISOString()).toBe('2026-03-29T06:30:00.000Z');
    expect(nextRun({ ...berlin, timezone: 'UTC' }, NOW, 0).toISOString()).toBe('2026-03-29T08:30:00.000Z');
  });
});

describe('a schedule', () => {
  it.each([
    [{ everyS: 60, jitterS: 0 }, null],
    [{ everyS: 59, jitterS: 0 }, 'every'],
    [{ everyS: 60, jitterS: 60 }, 'jitterS'],
    [{ cron: '*/5 * * * *', timezone: 'UTC', jitterS: 0 }, null],
    [{ cron: '* * * * * *', timezone: 'UTC', jitterS: 0 }, 'cron'],
    [{ cron: '61 * * * *', timezone: 'UTC', jitterS: 0 }, 'cron'],
    [{ cron: '0 0 * * *', timezone: 'Mars/Olympus', jitterS: 0 }, 'timezone'],
  ])('%j has the fault of %s', (schedule, parameter) => {
    expect(scheduleFault(schedule, 60, NOW)?.parameter ?? null).toBe(parameter);
  });

  it('may not run more often than the server allows', () => {
    expect(scheduleFault({ cron: '0,1 8 * * *', timezone: 'UTC', jitterS: 0 }, 300, NOW)?.parameter).toBe('cron');
  });
});
