import { describe, expect, it } from '@jest/globals';
import { HeadReader } from './head-reader.ts';

const FINAL = 'HTTP/1.1 404 N\xf6t found\r\nA: b\r\n\r\n';
const EARLY = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** Pushes text in pieces of a size; gives the reader and what an HTTP parser would have seen. */
function read(text: string, size = text.length, maxBytes = 10_000): { reader: HeadReader; seen: string; isWithin: boolean } {
  const reader = new HeadReader(maxBytes);
  const bytes = Buffer.from(text, 'latin1');
  let seen = '';
  for (let start = 0; start < bytes.length; start += size) {
    if (!reader.push(bytes.subarray(start, start + size))) return { reader, seen, isWithin: false };
    seen += reader.final?.toString('latin1') ?? '';
  }
  return { reader, seen, isWithin: true };
}

describe('HeadReader', () => {
  it.each([1, 2, 3, 7, 16, 1000])('reads the final head and no byte of the content, in pieces of %i bytes', (size) => {
    const { reader, seen } = read(`${FINAL}content\r\n\r\n`, size);
    expect(reader).toMatchObject({
      bytes: FINAL.length,
      totalBytes: FINAL.length,
      httpVersion: '1.1',
      statusText: 'N\xf6t found',
      isDone: true,
    });
    expect(seen).toBe(`${FINAL}content\r\n\r\n`);
  });

  it.each([1, 2, 5, 11, 1000])('keeps informational responses from the parser, in pieces of %i bytes', (size) => {
    const { reader, seen } = read(`${CONTINUE}${EARLY}${FINAL}content`, size);
    expect(reader.informational.map(({ head }) => head)).toEqual([CONTINUE, EARLY]);
    expect(reader).toMatchObject({ bytes: FINAL.length, totalBytes: CONTINUE.length + EARLY.length + FINAL.length });
    expect(seen).toBe(`${FINAL}content`);
  });

  it.each([1, 4, 1000])('shows the parser 101 (Switching Protocols) and what is no HTTP, in pieces of %i bytes', (size) => {
    for (const text of ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'SSH-2.0-server\r\n', 'nonsense without an end']) {
      expect(read(text, size).seen).toBe(text);
    }
  });

  it('says when the heads are larger than allowed, all together', () => {
    expect(read(EARLY.repeat(10), 50, 200).isWithin).toBe(false);
    expect(read(FINAL, 5, FINAL.length).isWithin).toBe(true);
  });
});
