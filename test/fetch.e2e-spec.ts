import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('what /fetch answers', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it('has every common member, the snapshot and the instant among them', async () => {
    const answer = await retrieval.fetched('/plain.txt', { cache: 'reload' });
    expect(answer.snapshot).toMatch(/^[\w-]{1,64}$/);
    expect(new Date(answer.fetchedAt).toISOString().slice(0, 10)).toBe(answer.fetchedAt.slice(0, 10));
    expect(Object.keys(answer).sort()).toEqual(
      expect.arrayContaining('snapshot url finalUrl status fetchedAt cache statusText ok redirected headers exchanges body'.split(' ')),
    );
    expect(Object.keys(answer.cache).sort()).toEqual(['age', 'coalesced', 'freshUntil', 'status']);
    expect(Object.keys(answer.body).sort()).toEqual(
      expect.arrayContaining('mediaType contentEncoding transferBytes bytes sha256 truncated encoding text base64 chunks'.split(' ')),
    );
    expect(Object.keys(answer.exchanges[0] ?? {})).toEqual(
      expect.arrayContaining('url method httpVersion status statusText requestHeaders headers headerBytes remote tls timings'.split(' ')),
    );
  });

  it('keeps duplicates, odd letter case, empty values and the order of header fields', async () => {
    const { headers } = await retrieval.fetched('/framing/duplicates');
    expect(headers).toEqual([
      { name: 'content-TYPE', value: 'text/plain' },
      { name: 'Set-Cookie', value: 'a=1; Path=/' },
      { name: 'X-Twice', value: 'first' },
      { name: 'set-cookie', value: 'b=2' },
      { name: 'x-twIce', value: 'second' },
      { name: 'X-Empty', value: '' },
      { name: 'Content-Length', value: '5' },
    ]);
  });

  it('reads each byte of a header value as one character', async () => {
    const { headers } = await retrieval.fetched('/framing/non-ascii');
    expect(headers).toContainEqual({ name: 'X-City', value: 'Z\u00fcrich' });
    expect(headers).toContainEqual({ name: 'X-Raw', value: '\u00ff\u00fe' });
  });

  it('takes the white space around a header value off', async () => {
    const { headers } = await retrieval.fetched('/framing/wide-fields');
    expect(headers).toContainEqual({ name: 'X-Spaced', value: 'padded' });
    expect(headers).toContainEqual({ name: 'X-Tight', value: 'tight' });
  });

  it.each([
    ['/not-found', 404, 'Not Found'],
    ['/failing', 500, 'Internal Server Error'],
    ['/framing/status-599', 599, 'Custom'],
  ])("answers 200 about the target's own %s", async (path, status, statusText) => {
    expect(await retrieval.fetched(path)).toMatchObject({ status, statusText, ok: false });
  });

  it.each(['/framing/204', '/framing/205', '/framing/304', '/framing/304-with-length', '/framing/empty', '/no-type/empty'])(
    'answers about %s, which has no content',
    async (path) => {
      const { body } = await retrieval.fetched(path);
      expect(body).toMatchObject({ bytes: 0, transferBytes: 0, sha256: createHash('sha256').digest('hex') });
    },
  );

  it('gives text for textual media types and base64 for the rest', async () => {
    expect((await retrieval.fetched('/json')).body).toMatchObject({
      mediaType: 'application/json',
      text: '{"href":"https://example.com/"}',
      base64: null,
    });
    expect((await retrieval.fetched('/active.svg')).body.text).toContain('<svg');
    expect((await retrieval.fetched('/image.png')).body).toMatchObject({ mediaType: 'image/png', text: null, encoding: null });
    expect((await retrieval.fetched('/no-type/binary')).body).toMatchObject({ text: null, base64: 'AAECA//+AAA=' });
    expect((await retrieval.fetched('/no-type/html')).body.text).toContain('Untyped');
  });

  it('keeps the fragment out of the request and in the answer', async () => {
    const { url, finalUrl } = await retrieval.fetched('/plain.txt#part');
    expect([url, finalUrl]).toEqual([`${retrieval.origin.url}/plain.txt#part`, `${retrieval.origin.url}/plain.txt#part`]);
    expect(retrieval.origin.requestsFor('/plain.txt').at(-1)?.target).toBe('/plain.txt');
  });
});
