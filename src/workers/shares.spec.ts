import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../settings/settings.ts';
import { shareOf } from './shares.ts';

describe('shareOf', () => {
  const share = (env: Record<string, string>, place: number): ReturnType<typeof shareOf> => shareOf(readSettings(env), place);

  it('gives all that is set, and no more, to all workers together', () => {
    const env = { WORKERS: '3', FETCH_MAX_CONCURRENT: '64', CACHE_MAX_BYTES: '1000', RATE_LIMIT_PER_MINUTE: '7', PARSE_THREADS: '5' };
    const shares = [0, 1, 2].map((place) => share(env, place));
    expect(shares.map(({ FETCH_MAX_CONCURRENT }) => FETCH_MAX_CONCURRENT)).toEqual([22, 21, 21]);
    expect(shares.map(({ CACHE_MAX_BYTES }) => CACHE_MAX_BYTES)).toEqual([334, 333, 333]);
    expect(shares.map(({ RATE_LIMIT_PER_MINUTE }) => RATE_LIMIT_PER_MINUTE)).toEqual([3, 2, 2]);
    expect(shares.map(({ PARSE_THREADS }) => PARSE_THREADS)).toEqual([2, 2, 1]);
  });

  it('gives each one at least, and leaves what is off as it is', () => {
    const last = share({ WORKERS: '4', FETCH_MAX_PER_ORIGIN: '1', RATE_LIMIT_PER_MINUTE: '0', FETCH_QUEUE: '0', CACHE_MAX_BYTES: '0' }, 3);
    expect([last.FETCH_MAX_PER_ORIGIN, last.RATE_LIMIT_PER_MINUTE, last.FETCH_QUEUE, last.CACHE_MAX_BYTES]).toEqual([1, 0, 0, 0]);
  });

  it('changes nothing of what is of one request, and nothing for one worker', () => {
    const whole = readSettings({ WORKERS: '2' });
    const { FETCH_MAX_BYTES, PARSE_MEMORY_MB, GRAPHQL_MAX_RETRIEVALS } = shareOf(whole, 1);
    expect([FETCH_MAX_BYTES, PARSE_MEMORY_MB, GRAPHQL_MAX_RETRIEVALS]).toEqual([
      whole.FETCH_MAX_BYTES,
      whole.PARSE_MEMORY_MB,
      whole.GRAPHQL_MAX_RETRIEVALS,
    ]);
    expect(share({}, 0)).toEqual(readSettings({}));
  });
});
