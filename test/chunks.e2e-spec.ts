import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Body } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('the pieces in which a content came off the socket', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  /** Sizes and running totals, when each piece came after the one before it. */
  async function sizesOf(path: string): Promise<[number, number][]> {
    const { body, exchanges } = await retrieval.fetched(path);
    const instants = body.chunks.map(({ atMs }) => atMs);
    expect(instants).toEqual([...instants].sort((first, second) => first - second));
    expect(instants.at(-1)).toBeLessThanOrEqual(exchanges[0]?.timings.total ?? 0);
    expectWhole(body);
    return body.chunks.map(({ bytes, total }) => [bytes, total]);
  }

  function expectWhole({ chunks, transferBytes }: Body): void {
    let total = 0;
    for (const chunk of chunks) expect(chunk.total).toBe((total += chunk.bytes));
    expect(total).toBe(transferBytes);
  }

  it('are told as sent: sizes, running totals, rising instants', async () => {
    expect(await sizesOf('/pieces/plain')).toEqual([
      [9, 9],
      [11, 20],
      [28, 48],
    ]);
    const { body } = await retrieval.fetched('/pieces/plain', { cache: 'reload' });
    const [first, second, third] = body.chunks.map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(20);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(20);
  });

  it('do not count the head that came in the same read', async () => {
    expect(await sizesOf('/pieces/with-head')).toEqual([
      [5, 5],
      [5, 10],
    ]);
  });

  it('are reads, not chunks of the chunked coding, and hold no framing', async () => {
    expect(await sizesOf('/pieces/chunked')).toEqual([
      [9, 9],
      [6, 15],
      [5, 20],
    ]);
  });

  it('are before the content coding was undone', async () => {
    const { body } = await retrieval.fetched('/coding/gzip');
    expectWhole(body);
    expect(body.chunks.at(-1)?.total).toBe(body.transferBytes);
    expect(body.transferBytes).not.toBe(body.bytes);
  });

  it('stay few when a server sends single bytes', async () => {
    const { body } = await retrieval.fetched('/pieces/single-bytes');
    expect(body.bytes).toBe(12_000);
    expect(body.chunks.length).toBeGreaterThan(1000);
    expect(body.chunks.length).toBeLessThanOrEqual(10_000);
    expectWhole(body);
  });

  it('are none of the chunks of a single byte that come in one read', async () => {
    const { body } = await retrieval.fetched('/pieces/single-byte-chunks');
    expect(body.bytes).toBe(200_000);
    expect(body.chunks.length).toBeLessThan(1000);
    expectWhole(body);
  });

  it('are none of an empty content', async () => {
    expect((await retrieval.fetched('/framing/empty')).body.chunks).toEqual([]);
  });
});
