import { describe, expect, it } from '@jest/globals';
import { ChunkList } from './chunk-list.ts';

describe('ChunkList', () => {
  it('makes one piece of what one read brought', () => {
    const list = new ChunkList(100);
    list.read(101);
    list.read(102.0004);
    list.add(3);
    list.add(4);
    list.read(105);
    list.add(5);
    expect(list.chunks).toEqual([
      { bytes: 7, total: 7, atMs: 2 },
      { bytes: 5, total: 12, atMs: 5 },
    ]);
  });

  it('tells ten thousand pieces apart, and counts the rest to the last', () => {
    const list = new ChunkList(0);
    for (let at = 1; at <= 10_500; at++) {
      list.read(at);
      list.add(1);
    }
    expect(list.chunks).toHaveLength(10_000);
    expect(list.chunks.at(-2)).toEqual({ bytes: 1, total: 9999, atMs: 9999 });
    expect(list.chunks.at(-1)).toEqual({ bytes: 501, total: 10_500, atMs: 10_000 });
  });
});
