import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('/headers', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each(['/framing/endless-body', '/framing/endless-chunks', '/framing/drip', '/framing/silence-in-body', '/framing/short'])(
    'answers about %s without reading it',
    async (path) => {
      expect(await retrieval.headersOf(path)).toMatchObject({ status: 200, statusText: 'OK', httpVersion: '1.1', redirects: [] });
    },
  );

  it.each(['/coding/bomb-gzip', '/coding/unknown', '/coding/not-gzip'])('does not undo the coding of %s', async (path) => {
    expect((await retrieval.headersOf(path)).headers.map(({ name }) => name)).toContain('Content-Encoding');
  });

  it('lists the redirects on the way', async () => {
    const { redirects, finalUrl } = await retrieval.headersOf('/redirect/chain?left=2');
    expect(finalUrl).toBe(`${retrieval.origin.url}/romeo.txt`);
    expect(redirects).toMatchObject([
      { url: `${retrieval.origin.url}/redirect/chain?left=2`, status: 302 },
      { url: `${retrieval.origin.url}/redirect/chain?left=1`, status: 302 },
    ]);
  });

  it('asks the origin with GET', async () => {
    await retrieval.headersOf('/echo', { cache: 'reload' });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.method).toBe('GET');
  });
});
