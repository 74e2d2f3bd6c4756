import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ByteList } from './byte-list.ts';

describe('ByteList', () => {
  it.each([
    [[]],
    [[1, 1, 1]],
    [[4095, 4095, 4095, 4095, 4095]],
    [[1, 4096, 1, 5000, 2, 65_536, 3]],
    [[10_000, 0, 0, 20]],
    [Array.from({ length: 20_000 }, (_, index) => (index % 1000 === 0 ? 5000 : 3))],
  ])('gives back the bytes in their order: %#', (sizes: number[]) => {
    const list = new ByteList();
    const pieces = sizes.map((size) => randomBytes(size));
    for (const piece of pieces) list.push(piece);
    expect(list.concat()).toEqual(Buffer.concat(pieces));
    expect(list.length).toBe(Buffer.concat(pieces).length);
    list.push(Buffer.from('more'));
    expect(list.concat()).toEqual(Buffer.concat([...pieces, Buffer.from('more')]));
  });

  it.each([0, 1, 100, 9999, 10_000, 10_001, 20_000, 5_000_000])('gives them back where %d bytes were expected', (expected) => {
    const list = new ByteList();
    const pieces = [3000, 1, 4000, 0, 2999].map((size) => randomBytes(size));
    pieces.forEach((piece, index) => {
      if (index === 1) list.expect(expected);
      list.push(piece);
    });
    expect(list.concat()).toEqual(Buffer.concat(pieces));
    expect(list.concat(5000)).toEqual(Buffer.concat(pieces).subarray(0, 5000));
  });

  it('holds what came as expected in one block, of which it gives no copy', () => {
    const list = new ByteList();
    list.push(randomBytes(70_000));
    list.expect(200_000);
    list.push(randomBytes(65_000));
    list.push(randomBytes(65_000));
    expect(list.concat().buffer).toBe(list.concat().buffer);
    expect(list.concat().buffer.byteLength).toBe(200_000);
  });

  it('believes no claim: what is kept grows with what has come', () => {
    const list = new ByteList();
    list.push(Buffer.from('a'));
    list.expect(10 ** 12);
    list.push(Buffer.from('b'));
    expect(list.concat().toString()).toBe('ab');
    expect(list.concat().buffer.byteLength).toBeLessThan(70_000);
  });

  it('does not keep much alive for little', () => {
    const list = new ByteList();
    list.push(randomBytes(100_000).subarray(500, 510));
    expect(list.concat().buffer.byteLength).toBeLessThan(70_000);
  });

  it('gives bytes that do not change when more come', () => {
    const list = new ByteList();
    list.push(Buffer.from('one'));
    list.push(Buffer.from('two'));
    const given = list.concat();
    list.push(Buffer.from('three'));
    expect([given.toString(), list.concat().toString()]).toEqual(['onetwo', 'onetwothree']);
  });

  it('gives the first bytes alone', () => {
    const list = new ByteList();
    for (const text of ['one', 'two', 'three']) list.push(Buffer.from(text));
    expect([0, 4, 11, 20].map((most) => list.concat(most).toString())).toEqual(['', 'onet', 'onetwothree', 'onetwothree']);
  });

  it('keeps a million single bytes as few pieces', () => {
    const list = new ByteList();
    for (let index = 0; index < 1_000_000; index++) list.push(Buffer.from([index & 0xff]));
    expect(list.pieces).toBeLessThan(100);
    expect(list.concat()).toHaveLength(1_000_000);
  });

  it('is empty once cleared, and usable', () => {
    const list = new ByteList();
    list.push(Buffer.from('one'));
    list.clear();
    expect(list.concat()).toHaveLength(0);
    list.push(Buffer.from('two'));
    expect(list.concat().toString()).toBe('two');
  });
});
