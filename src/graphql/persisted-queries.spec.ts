import { describe, expect, it } from '@jest/globals';
import { PersistedQueries } from './persisted-queries.ts';

describe('queries that are kept', () => {
  it('are found by their digest', async () => {
    const queries = new PersistedQueries();
    await queries.set('one', '{ a }');
    expect([await queries.get('one'), await queries.get('two')]).toEqual(['{ a }', undefined]);
    await queries.delete('one');
    expect(await queries.get('one')).toBeUndefined();
  });

  it('are so many bytes, the least recently used forgotten first, and none of them is long', async () => {
    const queries = new PersistedQueries();
    await queries.set('long', 'x'.repeat(70_000));
    expect(await queries.get('long')).toBeUndefined();
    for (let index = 0; index < 200; index++) await queries.set(String(index), 'x'.repeat(50_000));
    const kept = await Promise.all(Array.from({ length: 200 }, (_, index) => queries.get(String(index))));
    expect([kept[0], kept[199] === undefined]).toEqual([undefined, false]);
    expect(kept.reduce((sum, query) => sum + (query?.length ?? 0), 0)).toBeLessThan(4_194_304);
  });
});
