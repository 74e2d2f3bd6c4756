import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { CODED_PAGE } from './support/scenarios/codings.ts';

describe('content codings', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each([
    ['/coding/identity', 'identity'],
    ['/coding/gzip', 'gzip'],
    ['/coding/x-gzip', 'x-gzip'],
    ['/coding/upper-case', 'GZIP'],
    ['/coding/br', 'br'],
    ['/coding/zstd', 'zstd'],
    ['/coding/deflate', 'deflate'],
    ['/coding/deflate-raw', 'deflate'],
    ['/coding/two', 'gzip, br'],
    ['/coding/two-fields', 'gzip, br'],
    ['/coding/gzip-junk', 'gzip'],
  ])('undoes %s', async (path, coding) => {
    const { body, headers } = await retrieval.fetched(path);
    expect(body.text).toBe(CODED_PAGE);
    expect(body).toMatchObject({ bytes: CODED_PAGE.length, sha256: createHash('sha256').update(CODED_PAGE).digest('hex') });
    expect(body.contentEncoding?.toLowerCase()).toBe(coding.toLowerCase());
    expect(String(body.transferBytes)).toBe(headers.find(({ name }) => name === 'Content-Length')?.value);
  });

  it.each(['/coding/gzip-empty', '/coding/br-empty', '/coding/gzip-no-content'])(
    'takes no content at all for no content: %s',
    async (path) => {
      expect((await retrieval.fetched(path)).body).toMatchObject({ bytes: 0, transferBytes: 0 });
    },
  );

  it.each([
    '/coding/gzip-truncated',
    '/coding/gzip-bad-crc',
    '/coding/gzip-corrupt',
    '/coding/br-truncated',
    '/coding/zstd-truncated',
    '/coding/not-gzip',
    '/coding/unknown',
    '/coding/four',
  ])('says that %s cannot be undone', async (path) => {
    expect(await retrieval.refused(path)).toMatchObject({
      status: 502,
      code: 'CONTENT_CODING_FAILED',
      phase: 'decode',
      url: retrieval.origin.url + path,
    });
  });

  it.each(['/coding/bomb-gzip', '/coding/bomb-br', '/coding/bomb-zstd', '/coding/bomb-deflate', '/coding/bomb-nested'])(
    'stops at the limit of content when it undoes %s',
    async (path) => {
      expect(await retrieval.refused(path)).toMatchObject({ status: 502, code: 'RESPONSE_TOO_LARGE' });
    },
  );

  it('asks the origin for no coding that it cannot undo', async () => {
    await retrieval.fetched('/echo', { cache: 'reload' });
    const accepted = retrieval.origin.requestsFor('/echo').at(-1)?.header('accept-encoding') ?? '';
    for (const coding of accepted.split(',')) expect(['gzip', 'deflate', 'br', 'zstd']).toContain(coding.replace(/;.*/, '').trim());
  });

  it('counts the limit of content in decoded bytes, itself included', async () => {
    expect((await retrieval.fetched('/big?bytes=1000', { maxBytes: 1000 })).body.bytes).toBe(1000);
    expect((await retrieval.fetched('/coding/gzip', { maxBytes: CODED_PAGE.length })).body.bytes).toBe(CODED_PAGE.length);
    for (const path of ['/big?bytes=1001', '/big-unsized?bytes=1001', '/coding/gzip']) {
      expect(await retrieval.refused(path, { maxBytes: 1000 })).toMatchObject({ status: 502, code: 'RESPONSE_TOO_LARGE' });
    }
  });

  it("refuses to exceed the server's own limit of content", async () => {
    expect(await retrieval.refused('/big?bytes=20971521')).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
  });

  it('reads a page of some megabytes whole', async () => {
    expect((await retrieval.fetched('/big?bytes=5000000')).body).toMatchObject({
      bytes: 5_000_000,
      transferBytes: 5_000_000,
      truncated: false,
    });
  });
});
