import { describe, expect, it } from '@jest/globals';
import { ChunkReader } from './chunk-reader.ts';

/** Pushes a body in pieces of a size. */
function read(body: string, size = body.length): ChunkReader {
  const reader = new ChunkReader();
  const bytes = Buffer.from(body, 'latin1');
  for (let start = 0; start < bytes.length; start += size) reader.push(bytes.subarray(start, start + size));
  return reader;
}

describe('ChunkReader', () => {
  it.each([1, 2, 3, 5, 7, 1000])('reads chunks, extensions and trailers to their end and no further, in pieces of %i bytes', (size) => {
    const body = '5;a=b\r\nhello\r\n00B ; c\r\n,\r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n';
    const reader = read(`${body}HTTP/1.1 200 OK\r\n`, size);
    expect(reader.content().toString()).toBe('hello,\r\n5\r\nworld');
    expect(reader).toMatchObject({ isComplete: true, isMalformed: false, bytes: body.length, contentBytes: 16, trailers: ['X-Sum: 1'] });
  });

  it.each([
    '-5\r\nhello\r\n',
    '1\r\nx\r\n-5\r\nhello\r\n',
    '0x5\r\n',
    '+5\r\n',
    '\r\n',
    ' 5\r\n',
    '5\n',
    '5;\n',
    '5\rhello\r\n',
    '5\r\nhello5\r\n',
    '5\r\nhello\n',
  ])('takes nothing else for chunks: %j', (body) => {
    for (const size of [1, 2, 1000]) expect(read(body, size)).toMatchObject({ isMalformed: true, isComplete: false });
  });

  it.each(['10000000000000\r\n', 'fffffffffffffffff\r\n', '5\r\nhello\r\n0\r\nno field\r\n', '5\r\nhello\r\n0\r\nX: a\0b\r\n'])(
    'nor %j',
    (body) => {
      expect(read(body)).toMatchObject({ isMalformed: true });
    },
  );

  it.each(['', '5', '5\r', '5\r\nhel', '5\r\nhello', '5\r\nhello\r', '5\r\nhello\r\n', '0\r\n', '0\r\nX: 1\r\n', '0'.repeat(5000)])(
    'waits for more: %j',
    (body) => {
      expect(read(body)).toMatchObject({ isMalformed: false, isComplete: false, bytes: body.length });
    },
  );
});
