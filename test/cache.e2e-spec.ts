import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

/** A path of the origin whose response has these fields; each call is another target. */
let targets = 0;
function cachePath(fields: Query = {}, path = '/cache'): string {
  targets += 1;
  const query = new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]));
  query.set('_target', String(targets));
  return `${path}?${query.toString()}`;
}

/** Two-digit years and no time zone: the obsolete forms of a date, so many seconds from now. */
function rfc850(seconds: number): string {
  const [, day = '', month = '', year = '', time = ''] = /(\d\d) (\w{3}) (\d{4}) (\S+)/.exec(httpDate(seconds)) ?? [];
  return `Sunday, ${day}-${month}-${year.slice(2)} ${time} GMT`;
}
function asctime(seconds: number): string {
  const [, weekday = '', day = '', month = '', year = '', time = ''] =
    /(\w{3}), (\d\d) (\w{3}) (\d{4}) (\S+)/.exec(httpDate(seconds)) ?? [];
  return `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}
function httpDate(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString();
}

describe('the cache', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  const get = (path: string, query: Query = {}): Promise<FetchAnswer> => retrieval.fetched(path, query);
  const post = async (path: string, request: object): Promise<FetchAnswer> => {
    const { status, json } = await retrieval.posted({ url: retrieval.origin.url + path, ...request });
    expect(status).toBe(200);
    return json;
  };
  /** How often the origin was asked for this target. */
  const requests = (path: string): number => retrieval.origin.requests.filter(({ target }) => target === path.replace(/#.*/, '')).length;
  const lastRequest = (path: string): (typeof retrieval.origin.requests)[number] | undefined =>
    retrieval.origin.requests.filter(({ target }) => target === path).at(-1);

  describe('a second request', () => {
    it.each<[what: string, fields: Query]>([
      ['max-age', { 'cache-control': 'max-age=60' }],
      ['a directive in capitals', { 'cache-control': 'MAX-AGE=60' }],
      ['max-age as a quoted string', { 'cache-control': 'max-age="60"' }],
      ['max-age beyond 31 bits', { 'cache-control': 'max-age=99999999999999999999' }],
      ['the same max-age twice', { 'cache-control': 'max-age=60, max-age=60' }],
      ['s-maxage', { 'cache-control': 's-maxage=60' }],
      ['s-maxage over max-age', { 'cache-control': 's-maxage=60, max-age=0' }],
      ['must-revalidate, as long as it is fresh', { 'cache-control': 'max-age=60, must-revalidate' }],
      ['proxy-revalidate, as long as it is fresh', { 'cache-control': 'max-age=60, proxy-revalidate' }],
      ['a directive that only another quotes', { 'cache-control': 'x="a, no-store", max-age=60' }],
      ['Expires in a minute', { expires: '@60' }],
      ['Expires of the obsolete form of RFC 850', { expires: rfc850(3600) }],
      ['Expires of the obsolete form of asctime', { expires: asctime(3600) }],
      ['max-age over Expires in the past', { 'cache-control': 'max-age=60', expires: '@-60' }],
      ['Expires counted from Date', { expires: '@60', date: '@-60' }],
      ['an Age below max-age', { 'cache-control': 'max-age=60', age: 30 }],
      ['an Age that is no number', { 'cache-control': 'max-age=60', age: 'soon' }],
      ['a negative Age, which is none', { 'cache-control': 'max-age=60', age: -100 }],
      ['a Date less than max-age ago', { 'cache-control': 'max-age=60', date: '@-30' }],
      ['a Date in the future', { 'cache-control': 'max-age=60', date: '@1000' }],
      ['a Date that is none', { 'cache-control': 'max-age=60', date: 'today' }],
      ['a tenth of the time since Last-Modified', { 'last-modified': '@-100000' }],
      ['the same for a 404', { 'last-modified': '@-100000', _status: 404 }],
      ['a 404 with max-age', { 'cache-control': 'max-age=60', _status: 404 }],
      ['a 410 with Expires', { expires: '@60', _status: 410 }],
      ['Pragma beside Cache-Control', { 'cache-control': 'max-age=60', pragma: 'no-cache' }],
      ['a cookie in a response that is public', { 'cache-control': 'public, max-age=60', 'set-cookie': 'a=1' }],
      ['Vary by what is the same', { 'cache-control': 'max-age=60', vary: 'Accept-Encoding, Origin' }],
    ])('is answered from the cache by %s', async (_what, fields) => {
      const path = cachePath(fields);
      const first = await get(path);
      const second = await get(path);
      expect([first.cache.status, second.cache.status]).toEqual(['miss', 'hit']);
      expect(second).toEqual({
        ...first,
        cache: { status: 'hit', coalesced: false, age: expect.any(Number), freshUntil: first.cache.freshUntil },
      });
      expect(Date.parse(second.cache.freshUntil ?? '')).toBeGreaterThan(Date.now());
      expect(requests(path)).toBe(1);
    });

    it.each<[what: string, fields: Query]>([
      ['when nothing is said', {}],
      ['when it is public and nothing more', { 'cache-control': 'public' }],
      ['when it is immutable and nothing more', { 'cache-control': 'immutable' }],
      ['for max-age=0', { 'cache-control': 'max-age=0' }],
      ['for a negative max-age', { 'cache-control': 'max-age=-60' }],
      ['for a max-age that is no number', { 'cache-control': 'max-age=long', expires: '@60' }],
      ['for a max-age without a value', { 'cache-control': 'max-age', expires: '@60' }],
      ['for two max-ages, the larger one first', { 'cache-control': 'max-age=60, max-age=0' }],
      ['for two max-ages, the larger one last', { 'cache-control': 'max-age=0, max-age=60' }],
      ['for s-maxage=0 beside max-age', { 'cache-control': 's-maxage=0, max-age=60' }],
      ['for no-cache', { 'cache-control': 'no-cache, max-age=60' }],
      ['for no-cache about a field, which counts for all', { 'cache-control': 'max-age=60, no-cache="set-cookie"' }],
      ['for Pragma alone', { pragma: 'no-cache', expires: '@60' }],
      ['for Expires in the past', { expires: '@-60' }],
      ['for Expires: 0', { expires: '0' }],
      ['for Expires: -1', { expires: '-1' }],
      ['for Expires that only looks like a date', { expires: 'Fri, 31 Dec 2099' }],
      ['for Expires in another time zone', { expires: httpDate(3600).replace('GMT', 'UTC') }],
      ['for Expires before Date', { expires: '@60', date: '@120' }],
      ['for max-age=0 beside Expires', { 'cache-control': 'max-age=0', expires: '@60' }],
      ['for an Age of max-age', { 'cache-control': 'max-age=60', age: 60 }],
      ['for a Date longer ago than max-age', { 'cache-control': 'max-age=60', date: '@-61' }],
    ])('goes to the origin, whose response was stored, %s', async (_what, fields) => {
      const path = cachePath(fields);
      const first = await get(path);
      expect(first.cache).toEqual({ status: 'miss', coalesced: false, age: null, freshUntil: expect.any(String) });
      expect(Date.parse(first.cache.freshUntil ?? '')).toBeLessThanOrEqual(Date.now());
      expect((await get(path)).cache.status).toBe('miss');
      expect(requests(path)).toBe(2);
    });

    it.each<[what: string, fields: Query]>([
      ['no-store', { 'cache-control': 'no-store, max-age=60' }],
      ['NO-STORE', { 'cache-control': 'max-age=60,NO-STORE' }],
      ['no-store in a second field line', { 'cache-control': 'max-age=60', 'Cache-Control': 'no-store' }],
      ['private', { 'cache-control': 'private, max-age=60' }],
      ['private about a field, which counts for all', { 'cache-control': 'max-age=60, private="x-a, x-b"' }],
      ['private with a quote that never ends', { 'cache-control': 'private="x, max-age=60' }],
      ['private beside s-maxage', { 'cache-control': 'private, s-maxage=60' }],
      ['a cookie', { 'cache-control': 'max-age=60', 'set-cookie': 'session=secret' }],
      ['Vary: *', { 'cache-control': 'max-age=60', vary: '*' }],
      ['Vary with * among names', { 'cache-control': 'max-age=60', vary: 'accept-encoding, *' }],
      ['a 500', { 'cache-control': 'max-age=60', _status: 500 }],
      ['a 206 that nobody asked for', { 'cache-control': 'max-age=60', _status: 206 }],
      ['a 302 about which nothing is said', { 'last-modified': '@-100000', _status: 302 }],
    ])('goes to the origin, whose response was not stored, for %s', async (_what, fields) => {
      const path = cachePath(fields);
      expect((await get(path)).cache).toEqual({ status: 'miss', coalesced: false, age: null, freshUntil: null });
      expect((await get(path)).cache.status).toBe('miss');
      expect(await retrieval.refused(path, { cache: 'only-if-cached' })).toMatchObject({ code: 'NOT_CACHED', status: 504 });
      expect(requests(path)).toBe(2);
      expect(lastRequest(path)?.head).not.toMatch(/^if-/im);
    });
  });

  describe('age', () => {
    it('counts what the Age said', async () => {
      const path = cachePath({ 'cache-control': 'max-age=600', age: 100 });
      await get(path);
      expect((await get(path)).cache.age).toBeGreaterThanOrEqual(100);
    });

    it('counts the time since the Date where that is longer', async () => {
      const path = cachePath({ 'cache-control': 'max-age=600', age: 100, date: '@-200' });
      const { cache } = await get(path);
      expect((await get(path)).cache.age).toBeGreaterThanOrEqual(199);
      expect(Date.parse(cache.freshUntil ?? '')).toBeLessThanOrEqual(Date.now() + 401_000);
    });

    it.each<[what: string, fields: Query]>([
      ['an Age', { 'last-modified': '@-1000', age: 200 }],
      ['a Date', { 'last-modified': '@-2000', date: '@-1000' }],
    ])('uses up a guess by %s', async (_what, fields) => {
      const path = cachePath(fields);
      await get(path);
      expect((await get(path)).cache.status).toBe('revalidated');
    });

    it('guesses no freshness beyond a day', async () => {
      const { cache } = await get(cachePath({ 'last-modified': 'Mon, 01 Jan 1996 00:00:00 GMT' }));
      expect(Date.parse(cache.freshUntil ?? '')).toBeLessThanOrEqual(Date.now() + 86_400_000);
    });
  });

  describe('tells requests apart', () => {
    const varying = (vary: string): string => cachePath({ 'cache-control': 'max-age=60', vary });
    const accept = (value: string): object => ({ headers: [{ name: 'Accept', value }] });

    it.each<[what: string, vary: string, first: object, second: object, expected: string]>([
      ['by the user agent where it varies', 'User-Agent', { userAgent: 'a/1' }, { userAgent: 'b/1' }, 'miss'],
      ['by the same user agent', 'user-agent', { userAgent: 'a/1' }, { userAgent: 'a/1' }, 'hit'],
      ['by the user agent also where it does not vary', 'accept', { userAgent: 'a/1' }, { userAgent: 'b/1' }, 'miss'],
      ['by the language', 'Accept-Language', { acceptLanguage: 'de' }, { acceptLanguage: 'en' }, 'miss'],
      ['by a language and none', 'Accept-Language', { acceptLanguage: 'de' }, {}, 'miss'],
      ['by the language also where it does not vary', 'accept', { acceptLanguage: 'de' }, { acceptLanguage: 'en' }, 'miss'],
      ['by a field that the caller sends', 'Accept', accept('text/html'), accept('application/json'), 'miss'],
      ['by the same field', 'Accept', accept('text/html'), accept('text/html'), 'hit'],
      ['by a certificate that was not checked', '', { insecureTls: true }, {}, 'miss'],
      ['not by the encoding to read it in', '', { encoding: 'utf-8' }, { encoding: 'koi8-r' }, 'hit'],
      ['not by how long it may take', '', { timeoutMs: 5000 }, { timeoutMs: 6000 }, 'hit'],
    ])('%s', async (_what, vary, first, second, expected) => {
      const path = varying(vary);
      await post(path, first);
      expect((await post(path, second)).cache.status).toBe(expected);
      expect(requests(path)).toBe(expected === 'hit' ? 1 : 2);
      // The first one is still there.
      expect((await post(path, first)).cache.status).toBe('hit');
    });

    it.each<[what: string, request: object]>([
      ['Authorization, even for a public response', { headers: [{ name: 'Authorization', value: 'Basic c2VjcmV0' }] }],
      ['Cookie', { headers: [{ name: 'Cookie', value: 'session=secret' }] }],
      ['a field that may be a key', { headers: [{ name: 'X-Api-Key', value: 'secret' }] }],
      ['Range', { headers: [{ name: 'Range', value: 'bytes=0-1' }] }],
      ['cookies', { cookies: [{ name: 'session', value: 'secret' }] }],
      ['HEAD', { method: 'HEAD' }],
      ['content', { content: 'x' }],
    ])('and neither stores nor answers from the cache what is asked with %s', async (_what, request) => {
      const path = cachePath({ 'cache-control': 'public, max-age=60, s-maxage=60, must-revalidate' });
      expect((await post(path, request)).cache).toEqual({ status: 'bypass', coalesced: false, age: null, freshUntil: null });
      const anonymous = await get(path);
      expect(anonymous.cache.status).toBe('miss');
      expect(JSON.stringify(anonymous)).not.toContain('secret');
      expect((await post(path, request)).cache.status).toBe('bypass');
      expect(requests(path)).toBe(3);
      expect((await get(path)).cache.status).toBe('hit');
    });

    it('answers with the fragment that was asked for, and with the same snapshot each time', async () => {
      const path = cachePath({ 'cache-control': 'max-age=60' });
      const first = await get(`${path}#first`);
      const second = await get(`${path}#second`);
      expect(second.cache.status).toBe('hit');
      expect([second.url, second.finalUrl]).toEqual([`${retrieval.origin.url}${path}#second`, `${retrieval.origin.url}${path}#second`]);
      expect(second.body).toEqual(first.body);
      expect((await get(`${path}#second`)).snapshot).toBe(second.snapshot);
      expect((await get(`${path}#first`)).snapshot).toBe(first.snapshot);
      expect((await retrieval.app.get<FetchAnswer>('/fetch', { snapshot: second.snapshot })).json.url).toBe(second.url);
    });

    it('does not answer with more content than is wanted', async () => {
      const path = cachePath({ 'cache-control': 'max-age=60' });
      await get(path);
      expect((await retrieval.refused(path, { maxBytes: 5 })).code).toBe('RESPONSE_TOO_LARGE');
      expect(requests(path)).toBe(2);
      expect((await get(path, { maxBytes: 9 })).cache.status).toBe('hit');
    });

    it('answers /headers from a whole snapshot, but nothing else from a head alone', async () => {
      const head = cachePath({ 'cache-control': 'max-age=60' });
      expect((await retrieval.headersOf(head)).cache.status).toBe('miss');
      expect((await retrieval.headersOf(head)).cache.status).toBe('hit');
      expect((await get(head)).cache.status).toBe('miss');
      expect((await retrieval.headersOf(head)).cache.status).toBe('hit');
      expect(requests(head)).toBe(2);
    });

    it('answers views and the graph from the same stored response', async () => {
      const path = cachePath({ 'cache-control': 'max-age=60', 'content-type': 'text/html' });
      const { snapshot } = await get(path);
      const url = retrieval.origin.url + path;
      expect((await retrieval.app.get('/wordcount', { url })).json).toMatchObject({ snapshot, cache: { status: 'hit' }, total: 2 });
      const { json } = await retrieval.app.graphql('query ($url: String!) { page(url: $url) { snapshot cache { status } } }', { url });
      expect(json.data).toEqual({ page: { snapshot, cache: { status: 'HIT' } } });
      expect(requests(path)).toBe(1);
    });
  });

  describe('asks the origin whether a stale response still holds', () => {
    it.each<[what: string, fields: Query, ifNoneMatch: string | undefined, ifModifiedSince: boolean]>([
      ['by its ETag', { etag: '"one"', 'cache-control': 'no-cache' }, '"one"', false],
      ['by a weak ETag', { etag: 'W/"one"', '304.etag': 'W/"one"' }, 'W/"one"', false],
      ['by Last-Modified', { 'last-modified': '@-60', 'cache-control': 'max-age=0' }, undefined, true],
      ['by both', { etag: '"one"', 'last-modified': '@-60', expires: '0' }, '"one"', true],
      ['once must-revalidate makes it', { etag: '"one"', 'cache-control': 'must-revalidate, max-age=60', age: 61 }, '"one"', false],
      ['where it was not found', { etag: '"one"', _status: 404 }, '"one"', false],
    ])('%s', async (_what, fields, ifNoneMatch, ifModifiedSince) => {
      const path = cachePath(fields);
      const first = await get(path);
      const second = await get(path);
      expect(second.cache).toEqual({ status: 'revalidated', coalesced: false, age: expect.any(Number), freshUntil: expect.any(String) });
      expect(second.snapshot).not.toBe(first.snapshot);
      expect([second.status, second.body, second.redirected]).toEqual([first.status, first.body, false]);
      expect(second.exchanges.map(({ status, stored }) => [status, stored])).toEqual([
        [304, false],
        [first.status, true],
      ]);
      expect(requests(path)).toBe(2);
      expect(lastRequest(path)?.header('if-none-match')).toBe(ifNoneMatch);
      expect(lastRequest(path)?.header('if-modified-since') !== undefined).toBe(ifModifiedSince);
      // The next confirmation does not pile up.
      expect((await get(path)).exchanges.map(({ status }) => status)).toEqual([304, first.status]);
    });

    it('updates the stored fields by those of the 304, and nothing that the content was read by', async () => {
      const path = cachePath({
        etag: '"one"',
        age: 7,
        'x-old': 'kept',
        'x-new': 'first',
        '304.X-New': 'second',
        '304.cache-control': 'max-age=60',
        '304.content-type': 'image/png',
      });
      const first = await get(path);
      const { headers, body, exchanges } = await get(path);
      // An exchange is told as it was.
      expect(exchanges[1]?.headers).toEqual(first.headers);
      expect(exchanges[1]?.startedAt).toBe(first.exchanges[0]?.startedAt);
      expect(headers).toEqual([
        { name: 'Content-Type', value: 'text/plain' },
        { name: 'etag', value: '"one"' },
        { name: 'x-old', value: 'kept' },
        { name: 'Content-Length', value: '9' },
        { name: 'X-New', value: 'second' },
        { name: 'cache-control', value: 'max-age=60' },
      ]);
      expect(body).toMatchObject({ mediaType: 'text/plain', text: 'answer 1\n' });
      const third = await get(path);
      expect(third.cache.status).toBe('hit');
      expect(third.cache.age).toBeLessThan(7);
      expect(requests(path)).toBe(2);
    });

    it('takes the new response where it does not', async () => {
      const path = cachePath({ etag: '"#"' });
      await get(path);
      const second = await get(path);
      expect(lastRequest(path)?.header('if-none-match')).toBe('"1"');
      expect([second.cache.status, second.body.text]).toEqual(['miss', 'answer 2\n']);
      await get(path);
      expect(lastRequest(path)?.header('if-none-match')).toBe('"2"');
    });

    it('asks again without conditions when the 304 is about another response', async () => {
      const path = cachePath({ etag: '"one"', '304.etag': '"two"' });
      await get(path);
      const second = await get(path);
      expect([second.cache.status, second.status, second.body.text]).toEqual(['miss', 200, 'answer 3\n']);
      expect(second.exchanges.map(({ status }) => status)).toEqual([304, 200]);
      expect(lastRequest(path)?.header('if-none-match')).toBeUndefined();
    });

    it('keeps for nobody else what a 304 sets a cookie for', async () => {
      const path = cachePath({ etag: '"one"', '304.set-cookie': 'session=secret', '304.cache-control': 'max-age=60' });
      await get(path);
      expect((await get(path)).cache).toMatchObject({ status: 'revalidated', freshUntil: null });
      expect((await get(path)).cache.status).toBe('miss');
    });

    it('tells the failure of the origin, and keeps what is stored', async () => {
      const path = cachePath({ etag: '"one"', _fails: 2 });
      await get(path);
      expect(await get(path)).toMatchObject({ status: 503, cache: { status: 'miss', freshUntil: null } });
      expect(await get(path)).toMatchObject({ status: 200, cache: { status: 'revalidated' } });
    });

    it('of /headers, too, and keeps the content', async () => {
      const path = cachePath({ etag: '"one"', '304.cache-control': 'max-age=60' });
      const first = await get(path);
      expect((await retrieval.headersOf(path)).cache.status).toBe('revalidated');
      expect(await get(path)).toMatchObject({ cache: { status: 'hit' }, body: { text: first.body.text } });
    });

    it('shows when the stored response was retrieved', async () => {
      const path = cachePath({ etag: '"one"' });
      const first = await get(path);
      const second = await get(path);
      expect(second.fetchedAt >= first.fetchedAt).toBe(true);
      expect(second.exchanges[1]?.timings).toEqual(first.exchanges[0]?.timings);
    });
  });

  describe('with cache=reload', () => {
    it('goes to the origin without conditions, whatever is stored, and stores what comes', async () => {
      const path = cachePath({ 'cache-control': 'max-age=60', etag: '"one"' });
      await get(path);
      const second = await get(path, { cache: 'reload' });
      expect(second.cache).toEqual({ status: 'bypass', coalesced: false, age: null, freshUntil: expect.any(String) });
      expect(second.body.text).toBe('answer 2\n');
      expect(lastRequest(path)?.head).not.toMatch(/^if-/im);
      expect(await get(path)).toMatchObject({ snapshot: second.snapshot, cache: { status: 'hit' } });
    });
  });

  describe('with cache=only-if-cached', () => {
    it.each<[what: string, fields: Query]>([
      ['is fresh', { 'cache-control': 'max-age=60' }],
      ['is stale', { 'cache-control': 'max-age=60', age: 100 }],
      ['never was fresh', {}],
    ])('answers with a stored response that %s', async (_what, fields) => {
      const path = cachePath(fields);
      const { snapshot, cache } = await get(path);
      const again = await get(path, { cache: 'only-if-cached' });
      expect(again).toMatchObject({ snapshot, cache: { status: 'hit', freshUntil: cache.freshUntil } });
      expect(requests(path)).toBe(1);
    });

    it.each<[what: string, directives: string]>([
      ['no-cache', 'no-cache'],
      ['must-revalidate', 'max-age=60, must-revalidate'],
      ['proxy-revalidate', 'max-age=60, proxy-revalidate'],
      ['s-maxage', 's-maxage=60'],
    ])('does not answer with a stale response that forbids it by %s', async (_what, directives) => {
      const path = cachePath({ 'cache-control': directives, age: 100 });
      await get(path);
      const { code, detail } = await retrieval.refused(path, { cache: 'only-if-cached' });
      expect([code, detail.includes('stale')]).toEqual(['NOT_CACHED', true]);
      expect(requests(path)).toBe(1);
    });

    it('says so when nothing is stored, and asks nobody', async () => {
      const path = cachePath();
      expect(await retrieval.refused(path, { cache: 'only-if-cached' })).toMatchObject({ code: 'NOT_CACHED', status: 504 });
      expect(requests(path)).toBe(0);
    });
  });

  describe('forgets a response', () => {
    const fresh = { 'cache-control': 'max-age=60' };

    it.each<[method: string, status: number, expected: string]>([
      ['POST', 200, 'miss'],
      ['PUT', 204, 'miss'],
      ['DELETE', 302, 'miss'],
      ['PURGE', 200, 'miss'],
      ['POST', 404, 'hit'],
      ['POST', 500, 'hit'],
      ['HEAD', 200, 'hit'],
      ['OPTIONS', 200, 'hit'],
    ])('when %s got a %i: the next request is a %s', async (method, status, expected) => {
      const path = cachePath({ ...fresh, _status: status });
      // The status is that of every request for this target: what is stored must be of one that is.
      const stored = status === 404 ? path : cachePath(fresh);
      await get(stored);
      const changed = status === 404 ? path : cachePath({ _status: status, 'content-location': stored });
      await post(changed, { method, maxRedirects: 0 });
      expect((await get(stored)).cache.status).toBe(expected);
    });

    it('when something was posted to its URL', async () => {
      const path = cachePath(fresh);
      await get(path);
      await get(`${path}#fragment`);
      await post(path, { method: 'POST', content: 'x' });
      expect((await get(path)).cache.status).toBe('miss');
      expect((await get(`${path}#fragment`)).body.text).toBe('answer 3\n');
    });

    it('that redirects to what changed', async () => {
      const path = cachePath(fresh, '/cache/other');
      const old = cachePath({ ...fresh, _status: 301, location: path });
      await get(old);
      expect((await get(old)).cache.status).toBe('hit');
      await post(path, { method: 'POST' });
      expect((await get(old)).cache.status).toBe('miss');
    });

    it('but not one of another origin that the answer names', async () => {
      const other = await startRetrieval();
      try {
        const path = cachePath(fresh);
        await get(path);
        await retrieval.posted({ url: `${other.origin.url}${cachePath({ location: retrieval.origin.url + path })}`, method: 'POST' });
        expect((await get(path)).cache.status).toBe('hit');
      } finally {
        await other.close();
      }
    });
  });

  describe('stores a chain of redirects', () => {
    const fresh = { 'cache-control': 'max-age=60' };

    it.each<[what: string, redirect: Query, final: Query, expected: string]>([
      ['when every response is fresh', fresh, fresh, 'hit'],
      ['with a 302 that says so', { ...fresh, _status: 302 }, fresh, 'hit'],
      ['with a 307 that says so', { expires: '@60', _status: 307 }, fresh, 'hit'],
      ['but not past a redirect that is not fresh', {}, fresh, 'miss'],
      ['but not with a 302 that says nothing', { _status: 302 }, fresh, 'miss'],
      ['but not with a redirect that is private', { 'cache-control': 'private, max-age=60' }, fresh, 'miss'],
      ['but not with a redirect that is not to be stored', { 'cache-control': 'no-store' }, fresh, 'miss'],
      ['but not when the page is not to be stored', fresh, { 'cache-control': 'no-store' }, 'miss'],
      ['but not when the page is stale', fresh, { ...fresh, age: 60 }, 'miss'],
      ['but not when it carries a cookie along', { 'cache-control': 'public, max-age=60', 'set-cookie': 'a=1' }, fresh, 'miss'],
    ])('%s', async (_what, redirect, final, expected) => {
      const path = cachePath(final, '/cache/other');
      const first = cachePath({ _status: 301, ...redirect, location: path });
      const answer = await get(first);
      expect([answer.cache.status, answer.redirected]).toEqual(['miss', true]);
      const again = await get(first);
      expect([again.cache.status, again.finalUrl]).toEqual([expected, answer.finalUrl]);
      expect([requests(first), requests(path)]).toEqual(expected === 'hit' ? [1, 1] : [2, 2]);
    });

    it('as fresh as the response that is stale first', async () => {
      const path = cachePath({ 'cache-control': 'max-age=1000' }, '/cache/other');
      const { cache } = await get(cachePath({ ...fresh, _status: 301, location: path }));
      expect(Date.parse(cache.freshUntil ?? '')).toBeLessThanOrEqual(Date.now() + 60_000);
      expect(Date.parse(cache.freshUntil ?? '')).toBeGreaterThan(Date.now());
    });

    it('by what any of its responses varies by', async () => {
      const path = cachePath(fresh, '/cache/other');
      const first = cachePath({ ...fresh, vary: 'accept-language', _status: 301, location: path });
      await get(first, { acceptLanguage: 'de' });
      expect((await get(first, { acceptLanguage: 'en' })).cache.status).toBe('miss');
      expect((await get(first, { acceptLanguage: 'de' })).cache.status).toBe('hit');
    });

    it('and has its end confirmed where that is stale', async () => {
      const path = cachePath({ etag: '"one"' }, '/cache/other');
      const first = cachePath({ ...fresh, _status: 301, location: path });
      await get(first);
      const again = await get(first);
      expect([again.cache.status, again.redirected, again.body.text]).toEqual(['revalidated', true, 'answer 1\n']);
      expect(again.exchanges.map(({ status }) => status)).toEqual([301, 304, 200]);
      expect(lastRequest(path)?.header('if-none-match')).toBe('"one"');
      expect(lastRequest(first)?.header('if-none-match')).toBeUndefined();
    });

    it('and asks for its end without conditions once a cookie goes along', async () => {
      const path = cachePath({ etag: '"one"' }, '/cache/other');
      const redirect = { 'cache-control': 'public, max-age=60', 'second.set-cookie': 'session=secret; Path=/' };
      const first = cachePath({ ...redirect, _status: 301, location: path });
      await get(first);
      expect((await get(first)).cache).toMatchObject({ status: 'miss', freshUntil: null });
      expect(lastRequest(path)?.header('cookie')).toBe('session=secret');
      expect(lastRequest(path)?.header('if-none-match')).toBeUndefined();
    });

    it('but does not answer with it for the page itself', async () => {
      const path = cachePath(fresh, '/cache/other');
      await get(cachePath({ ...fresh, _status: 301, location: path }));
      expect(await get(path)).toMatchObject({ cache: { status: 'miss' }, redirected: false });
    });

    it('but not one in which fields of the caller were dropped at another origin', async () => {
      const other = await startRetrieval();
      try {
        const first = cachePath({ ...fresh, _status: 301, location: other.origin.url + cachePath(fresh) });
        const accept = { headers: [{ name: 'Accept', value: 'text/html' }] };
        expect((await post(first, accept)).cache).toMatchObject({ status: 'miss', freshUntil: null });
        expect((await post(first, accept)).cache.status).toBe('miss');
        await get(first);
        expect((await get(first)).cache.status).toBe('hit');
      } finally {
        await other.close();
      }
    });

    it('and counts them against maxRedirects', async () => {
      const path = cachePath(fresh, '/cache/other');
      const second = cachePath({ ...fresh, _status: 301, location: path });
      const first = cachePath({ ...fresh, _status: 301, location: second });
      await get(first);
      expect((await retrieval.refused(first, { maxRedirects: 1 })).code).toBe('TOO_MANY_REDIRECTS');
      expect((await get(first, { maxRedirects: 2 })).cache.status).toBe('hit');
      expect(await get(first, { maxRedirects: 0 })).toMatchObject({ status: 301, cache: { status: 'miss' } });
      // The redirect alone is stored now: it is no answer for who follows it.
      expect(await get(first, { maxRedirects: 0 })).toMatchObject({ status: 301, cache: { status: 'hit' } });
      expect(await get(first)).toMatchObject({ status: 200, cache: { status: 'miss' } });
    });

    it('with the fragment that was asked for', async () => {
      const path = cachePath(fresh, '/cache/other');
      const first = cachePath({ ...fresh, _status: 301, location: path });
      await get(`${first}#one`);
      expect(await get(`${first}#two`)).toMatchObject({ cache: { status: 'hit' }, finalUrl: `${retrieval.origin.url}${path}#two` });
      expect(requests(path)).toBe(1);
    });
  });

  it('is not answered by what another user agent or language was told, whatever Vary says', async () => {
    const path = cachePath({ 'cache-control': 'max-age=60' });
    await get(path);
    const other = await get(path, { userAgent: 'other/1', acceptLanguage: 'de' });
    expect(other.cache.status).toBe('miss');
    expect(other.exchanges[0]?.requestHeaders).toEqual(
      expect.arrayContaining([
        { name: 'User-Agent', value: 'other/1' },
        { name: 'Accept-Language', value: 'de' },
      ]),
    );
    expect((await get(path, { userAgent: 'other/1', acceptLanguage: 'de' })).cache.status).toBe('hit');
    expect((await get(path)).cache.status).toBe('hit');
  });

  describe('makes one retrieval', () => {
    it('of 100 simultaneous requests for one slow page', async () => {
      const path = cachePath({ _slow: 500 });
      const answers = await Promise.all(Array.from({ length: 100 }, () => get(path)));
      expect(requests(path)).toBe(1);
      expect(answers.filter(({ cache }) => !cache.coalesced)).toHaveLength(1);
      expect(new Set(answers.map(({ snapshot }) => snapshot)).size).toBe(1);
      expect(new Set(answers.map(({ cache }) => cache.status))).toEqual(new Set(['miss']));
    });

    it.each<[what: string, fields: Query]>([
      ['private', { 'cache-control': 'private' }],
      ['no-store', { 'cache-control': 'no-store' }],
      ['with a cookie', { 'set-cookie': 'sid=1' }],
    ])('but shares no response that is for one caller alone: %s', async (_what, fields) => {
      const path = cachePath({ _slow: 300, ...fields });
      const answers = await Promise.all([get(path), get(path), get(path)]);
      expect(requests(path)).toBe(3);
      expect(new Set(answers.map(({ body }) => body.text)).size).toBe(3);
      expect(answers.map(({ cache }) => cache.coalesced)).toEqual([false, false, false]);
    });

    it('but not of requests that differ', async () => {
      const path = cachePath({ _slow: 100 });
      await Promise.all([get(path), get(path, { userAgent: 'other/1' }), get(path, { cache: 'reload' })]);
      expect(requests(path)).toBe(3);
    });
  });

  describe('within CACHE_MAX_BYTES', () => {
    it('forgets what was used least recently', async () => {
      const small = await startApp({ ALLOW_TARGETS: '127.0.0.1', CACHE_MAX_BYTES: '10000' });
      try {
        const paths = Array.from({ length: 6 }, () => cachePath({ 'cache-control': 'max-age=60' }));
        const ask = async (path: string, cache: string): Promise<number> =>
          (await small.get('/fetch', { url: retrieval.origin.url + path, cache })).status;
        for (const path of paths) expect(await ask(path, 'default')).toBe(200);
        expect(await ask(paths.at(-1) ?? '', 'only-if-cached')).toBe(200);
        expect(await ask(paths[0] ?? '', 'only-if-cached')).toBe(504);
      } finally {
        await small.close();
      }
    });

    it('stores nothing where that is 0', async () => {
      const none = await startApp({ ALLOW_TARGETS: '127.0.0.1', CACHE_MAX_BYTES: '0' });
      try {
        const url = retrieval.origin.url + cachePath({ 'cache-control': 'max-age=60' });
        const { snapshot } = (await none.get<FetchAnswer>('/fetch', { url })).json;
        expect((await none.get<FetchAnswer>('/fetch', { url })).json.cache.status).toBe('miss');
        expect((await none.get<Problem>('/fetch', { snapshot })).json.code).toBe('SNAPSHOT_NOT_FOUND');
      } finally {
        await none.close();
      }
    });
  });
});
