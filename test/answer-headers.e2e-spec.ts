import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp } from './support/app.ts';
import type { FetchAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('the header fields of our own answers', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  const ask = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<FetchAnswer>> =>
    retrieval.app.send<FetchAnswer>(path, { headers });
  const about = (endpoint: string, target: string, more = ''): string =>
    `/${endpoint}?url=${encodeURIComponent(retrieval.origin.url + target)}${more}`;

  it.each([
    ['/fetch', (target: string) => about('fetch', target)],
    ['/headers', (target: string) => about('headers', target)],
    ['/body', (target: string) => about('body', target)],
    ['/links', (target: string) => about('links', target, '&limit=1')],
    ['/wordcount', (target: string) => about('wordcount', target)],
  ])('let who has the answer of %s be told so, while the stored response is fresh', async (endpoint, path) => {
    const target = `/cache?cache-control=max-age%3D60&content-type=text%2Fhtml&_endpoint=${endpoint}`;
    const first = await ask(path(target));
    expect(first.status).toBe(200);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const second = await ask(path(target), { 'if-none-match': `"other", ${etag}` });
    expect([second.status, second.bytes.length]).toEqual([304, 0]);
    expect(second.headers.get('etag')).toBe(etag);
    expect(second.headers.get('cache-control')).toBe('private, no-cache');
    expect(second.headers.get('content-type')).toBeNull();
    expect((await ask(path(target), { 'if-none-match': '*' })).status).toBe(304);
    expect((await ask(path(target), { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await ask(path(target))).headers.get('etag')).toBe(etag);
  });

  it('name another answer for another view, and after another retrieval', async () => {
    const target = '/cache?cache-control=max-age%3D60&_views';
    const etags = await Promise.all(
      [about('fetch', target), about('fetch', target, '&encoding=koi8-r'), about('headers', target)].map(
        async (path) => (await ask(path)).headers.get('etag') ?? '',
      ),
    );
    expect(new Set(etags).size).toBe(3);
    const [first = ''] = etags;
    expect((await ask(about('fetch', target, '&cache=reload'), { 'if-none-match': first })).status).toBe(200);
    expect((await ask(about('fetch', target), { 'if-none-match': first })).status).toBe(200);
  });

  it('say whether the target was asked, and why, as RFC 9211 does', async () => {
    const target = '/cache?cache-control=max-age%3D60&etag=%22one%22&_cache-status';
    const statusOf = async (path: string): Promise<string | null> => (await ask(path)).headers.get('cache-status');
    expect(await statusOf(about('wire', target))).toMatch(/^pagewire; fwd=uri-miss; ttl=(59|60)$/);
    expect(await statusOf(about('wire', target))).toMatch(/^pagewire; hit; ttl=\d+$/);
    expect(await statusOf(about('body', target, '&cache=reload'))).toMatch(/^pagewire; fwd=bypass; ttl=\d+$/);
    const stale = '/cache?cache-control=no-cache&etag=%22one%22&_cache-status';
    await ask(about('links', stale));
    expect(await statusOf(about('headers', stale))).toMatch(/^pagewire; fwd=stale; fwd-status=304/);
    const slow = '/cache?_slow=300&_cache-status';
    const both = await Promise.all([statusOf(about('fetch', slow)), statusOf(about('fetch', slow))]);
    expect(both.sort()).toEqual([
      expect.stringMatching(/^pagewire; fwd=uri-miss; collapsed/),
      expect.stringMatching(/^pagewire; fwd=uri-miss(?!; collapsed)/),
    ]);
  });

  it('let a snapshot be known by its id', async () => {
    const { snapshot } = await retrieval.fetched('/plain.txt');
    const path = `/fetch?snapshot=${snapshot}`;
    const etag = (await ask(path)).headers.get('etag') ?? '';
    expect((await ask(path, { 'if-none-match': etag })).status).toBe(304);
  });

  it.each([
    ['/encode?text=H', 'private, max-age=3600'],
    ['/decode?hex=48', 'private, max-age=3600'],
    ['/openapi.json', 'private, no-cache'],
    ['/schema.graphql', 'private, no-cache'],
  ])('let %s be kept: %s', async (path, cacheControl) => {
    const first = await ask(path);
    expect(first.headers.get('cache-control')).toBe(cacheControl);
    expect(first.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    const second = await ask(path, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([second.status, second.bytes.length]).toEqual([304, 0]);
    expect((await ask('/encode?text=other', { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(200);
  });

  it('do not let the characters of a page be kept as those of a text are', async () => {
    const { headers } = await ask(`/encode?url=${encodeURIComponent(`${retrieval.origin.url}/page1.htm`)}`);
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  it.each(['/nowhere', '/fetch', '/fetch?snapshot=never-made', '/encode'])('let no problem be kept: %s', async (path) => {
    const { headers } = await ask(path);
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
  });

  it('do not answer a POST with 304', async () => {
    const { status, headers } = await retrieval.app.send('/encode', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-none-match': '*' },
      body: '{"text":"H"}',
    });
    expect([status, headers.get('etag')]).toEqual([200, null]);
  });

  describe('Server-Timing', () => {
    const metrics = ({ headers }: Answer<unknown>): string[] =>
      (headers.get('server-timing') ?? '').split(', ').map((metric) => metric.replace(/;dur=[\d.]+$/, ''));

    it('tells the phases of a retrieval, and how long the document was read', async () => {
      const answer = await ask(about('links', '/page1.htm', '&cache=reload'));
      expect(metrics(answer)).toEqual(expect.arrayContaining(['cache;desc=bypass', 'firstByte', 'download', 'total', 'parse']));
      expect(answer.headers.get('server-timing')).toMatch(/total;dur=\d+\.\d/);
    });

    it('is on the answer of a POST and of the graph, too', async () => {
      const url = `${retrieval.origin.url}/page1.htm`;
      expect(metrics(await retrieval.app.post('/links', { url, cache: 'reload' }))).toEqual(expect.arrayContaining(['total', 'parse']));
      const graph = await retrieval.app.graphql('query ($url: String!) { page(url: $url, cache: RELOAD) { links { total } } }', { url });
      expect(metrics(graph)).toEqual(expect.arrayContaining(['total', 'parse']));
      expect(graph.headers.get('etag')).toBeNull();
    });

    it('adds up those of every exchange', async () => {
      const answer = await ask(about('fetch', '/redirect/301', '&cache=reload'));
      const total = /total;dur=([\d.]+)/.exec(answer.headers.get('server-timing') ?? '')?.[1];
      expect(Number(total)).toBeCloseTo(
        answer.json.exchanges.reduce((sum, { timings }) => sum + timings.total, 0),
        0,
      );
    });

    it('tells none of what did not take place', async () => {
      const path = about('fetch', '/cache?cache-control=max-age%3D60&_timing');
      await ask(path);
      expect(metrics(await ask(path))).toEqual(['cache;desc=hit']);
      const stale = about('fetch', '/cache?etag=%22one%22&_slow=0&_timing');
      const first = await ask(stale);
      const second = await ask(stale);
      expect(metrics(first)).toContain('cache;desc=miss');
      expect(metrics(second)).toContain('cache;desc=revalidated');
      const [confirmation] = second.json.exchanges;
      expect(second.headers.get('server-timing')).toContain(`total;dur=${(confirmation?.timings.total ?? -1).toFixed(1)}`);
    });

    it('is not on answers without a target', async () => {
      expect((await ask('/encode?text=H')).headers.get('server-timing')).toBeNull();
    });

    it('is told to the origins that may read answers', async () => {
      const { headers } = await ask(about('headers', '/plain.txt'), { origin: 'https://app.example' });
      expect(headers.get('timing-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toEqual(expect.stringMatching(/ETag.*Server-Timing/));
      const some = await startApp({ ALLOW_TARGETS: '127.0.0.1', CORS_ORIGINS: 'https://a.example,https://b.example' });
      try {
        const answer = await some.get('/headers', { url: `${retrieval.origin.url}/plain.txt` });
        expect(answer.headers.get('timing-allow-origin')).toBe('https://a.example, https://b.example');
      } finally {
        await some.close();
      }
    });
  });
});

describe('what our answers tell a browser', () => {
  const STRICT = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'";

  it.each(['/encode?text=H', '/nowhere', '/fetch?url=nonsense', '/health/live', '/openapi.json'])(
    'lets nothing run, load or be framed in the answer of %s',
    async (path) => {
      const app = await startApp();
      const { headers } = await app.get(path);
      await app.close();
      expect(headers.get('content-security-policy')).toBe(STRICT);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      for (const name of ['strict-transport-security', 'cross-origin-opener-policy', 'server', 'x-powered-by']) {
        expect([name, headers.get(name)]).toEqual([name, null]);
      }
    },
  );

  it('lets no page of another origin show an answer that it may not read', async () => {
    const app = await startApp({ CORS_ORIGINS: 'https://app.example', TRUST_PROXY: '1' });
    const { headers } = await app.send('/encode?text=H', { headers: { 'x-forwarded-proto': 'https' } });
    await app.close();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('refuses to be part of a page as a script or a style', async () => {
    const app = await startApp();
    const statusOf = async (path: string, destination: string): Promise<number> =>
      (await app.send(path, { headers: { 'sec-fetch-dest': destination } })).status;
    expect(await statusOf('/encode?text=H', 'script')).toBe(400);
    expect(await statusOf('/encode?text=H', 'serviceworker')).toBe(400);
    expect(await statusOf('/encode?text=H', 'empty')).toBe(200);
    expect(await statusOf('/docs', 'script')).toBe(400);
    await app.close();
  });
});
