import { describe, expect, it } from '@jest/globals';
import { frameOf, FrameReader } from './frames.ts';

const MESSAGES = [
  { facts: { name: 'é' }, bytes: ['ab', '', 'cde'] },
  { facts: null, bytes: [] },
  { facts: [1], bytes: ['x'.repeat(1000)] },
];

describe('messages between processes', () => {
  it.each([1, 3, 7, 1024, 100_000])('are put together from pieces of %d bytes', (size) => {
    const stream = Buffer.concat(
      MESSAGES.flatMap(({ facts, bytes }) =>
        frameOf(
          facts,
          bytes.map((part) => Buffer.from(part)),
        ),
      ),
    );
    const reader = new FrameReader();
    const read = [];
    for (let at = 0; at < stream.length; at += size) read.push(...reader.push(stream.subarray(at, at + size)));
    expect(read.map(({ facts, pieces }) => ({ facts, bytes: Buffer.concat(pieces).toString() }))).toEqual(
      MESSAGES.map(({ facts, bytes }) => ({ facts, bytes: bytes.join('') })),
    );
  });
});
