import type { Settings } from '../settings/settings.ts';

/** What is promised of the whole server: its workers have a share each, so that together they keep to it. */
const DIVIDED = [
  'RATE_LIMIT_PER_MINUTE',
  'FETCH_MAX_CONCURRENT',
  'FETCH_MAX_PER_ORIGIN',
  'FETCH_QUEUE',
  'FETCH_MAX_TOTAL_BYTES',
  'MAX_CONNECTIONS',
  'PARSE_THREADS',
  'CACHE_MAX_BYTES',
  'JOB_CONCURRENCY',
] as const satisfies readonly (keyof Settings)[];

/**
 * The settings of one worker. The shares of all add up to what is set, unless that is less than one for each: a share is at least 1, as 0
 * may mean no limit. What is 0 stays 0.
 *
 * @param place - which worker it is, from 0
 */
export function shareOf(settings: Settings, place: number): Settings {
  const { WORKERS: workers } = settings;
  const shares = DIVIDED.map((name) => {
    const whole = settings[name];
    const share = Math.floor(whole / workers) + (place < whole % workers ? 1 : 0);
    return [name, whole === 0 ? 0 : Math.max(1, share)] as const;
  });
  return Object.freeze({ ...settings, ...Object.fromEntries(shares) });
}
