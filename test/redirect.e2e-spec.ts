import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.ts';
import type { Field } from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { ROMEO } from './support/scenarios/chapter.ts';

describe('redirects', () => {
  let retrieval: Retrieval;
  let other: Origin;

  beforeAll(async () => {
    retrieval = await startRetrieval();
    other = await startOrigin();
  });

  afterAll(async () => {
    await retrieval.close();
    await other.close();
  });

  it.each([301, 302, 303, 307, 308])('follows a %d', async (status) => {
    const answer = await retrieval.fetched(`/redirect/${String(status)}`);
    expect(answer).toMatchObject({
      url: `${retrieval.origin.url}/redirect/${String(status)}`,
      finalUrl: `${retrieval.origin.url}/romeo.txt`,
      status: 200,
      redirected: true,
    });
    expect(answer.exchanges.map((exchange) => exchange.status)).toEqual([status, 200]);
    expect(answer.body.text).toBe(ROMEO);
  });

  it.each(['/redirect/300', '/redirect/304', '/redirect/missing'])('does not follow %s', async (path) => {
    const answer = await retrieval.fetched(path);
    expect(answer).toMatchObject({ finalUrl: retrieval.origin.url + path, redirected: false });
    expect(answer.exchanges).toHaveLength(1);
  });

  it.each([
    ['/redirect/relative', '/romeo.txt'],
    ['/redirect/protocol-relative', '/romeo.txt'],
    ['/redirect/with-body', '/romeo.txt'],
    ['/redirect/twice-the-same', '/romeo.txt'],
    ['/redirect/fragment', '/romeo.txt#line-2'],
    ['/redirect/302#mine', '/romeo.txt#mine'],
    ['/redirect/fragment#mine', '/romeo.txt#line-2'],
  ])('follows %s to %s', async (path, finalPath) => {
    expect((await retrieval.fetched(path)).finalUrl).toBe(retrieval.origin.url + finalPath);
  });

  it('follows as many as are allowed and not one more', async () => {
    expect((await retrieval.fetched('/redirect/chain?left=10')).exchanges).toHaveLength(11);
    expect(await retrieval.refused('/redirect/chain?left=11')).toMatchObject({ status: 502, code: 'TOO_MANY_REDIRECTS' });
    expect((await retrieval.fetched('/redirect/chain?left=20', { maxRedirects: 20 })).exchanges).toHaveLength(21);
    expect((await retrieval.fetched('/redirect/chain?left=2', { maxRedirects: 2 })).exchanges).toHaveLength(3);
    expect(await retrieval.refused('/redirect/chain?left=3', { maxRedirects: 2 })).toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
  });

  it('shows a redirect itself when none is to be followed', async () => {
    const answer = await retrieval.fetched('/redirect/302', { maxRedirects: 0 });
    expect(answer).toMatchObject({ status: 302, redirected: false, finalUrl: `${retrieval.origin.url}/redirect/302` });
    expect(answer.headers).toContainEqual({ name: 'Location', value: '/romeo.txt' });
  });

  it.each(['/redirect/loop', '/redirect/ping'])('ends the loop of %s', async (path) => {
    expect(await retrieval.refused(path)).toMatchObject({
      status: 502,
      code: 'TOO_MANY_REDIRECTS',
      url: expect.stringContaining(retrieval.origin.url) as unknown,
    });
  });

  it('says that an unparsable Location is a malformed response', async () => {
    expect(await retrieval.refused('/redirect/unparsable')).toMatchObject({ status: 502, code: 'MALFORMED_RESPONSE' });
  });

  it.each(['/redirect/several', '/redirect/empty', '/redirect/non-ascii', '/redirect/query-only'])(
    'makes up its mind about %s',
    async (path) => {
      const { status } = await retrieval.app.get('/fetch', { url: retrieval.origin.url + path });
      expect([200, 502]).toContain(status);
    },
  );

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'sent'],
    [308, 'POST', 'sent'],
  ])('turns a POST that is answered %d into a %s', async (status, method, content) => {
    const { json } = await retrieval.posted({
      url: `${retrieval.origin.url}/redirect/echo-${String(status)}`,
      method: 'POST',
      content: 'sent',
    });
    expect(json.exchanges.map((exchange) => exchange.method)).toEqual(['POST', method]);
    const last = retrieval.origin.requestsFor('/echo').at(-1);
    expect(last).toMatchObject({ method });
    expect(last?.body.toString()).toBe(content);
    if (method === 'GET') expect(last?.header('content-type')).toBeUndefined();
  });

  it('keeps a HEAD a HEAD, whatever redirects it', async () => {
    const { json } = await retrieval.posted({ url: `${retrieval.origin.url}/redirect/echo-303`, method: 'HEAD' });
    expect(json.exchanges.map((exchange) => exchange.method)).toEqual(['HEAD', 'HEAD']);
  });

  it("drops the caller's own fields when a redirect leaves the origin, and keeps them within it", async () => {
    const headers: Field[] = [
      { name: 'Authorization', value: 'Bearer secret' },
      { name: 'X-Mine', value: '1' },
    ];
    await retrieval.posted({ url: `${retrieval.origin.url}/redirect/echo-302`, headers });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('authorization')).toBe('Bearer secret');
    await retrieval.posted({ url: `${retrieval.origin.url}/redirect/to?to=${encodeURIComponent(`${other.url}/echo`)}`, headers });
    const crossed = other.requestsFor('/echo').at(-1);
    expect(crossed?.method).toBe('GET');
    expect(crossed?.header('authorization')).toBeUndefined();
    expect(crossed?.header('x-mine')).toBeUndefined();
  });

  it('keeps cookies within one chain of redirects and no longer', async () => {
    await retrieval.fetched('/redirect/cookie', { cache: 'reload' });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('cookie')).toBe('session=one; second=two');
    await retrieval.fetched('/echo', { cache: 'reload' });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('cookie')).toBeUndefined();
  });

  it.each([
    [301, 'PUT', 'PUT', 'sent'],
    [302, 'DELETE', 'DELETE', 'sent'],
    [303, 'PUT', 'GET', ''],
    [303, 'GET', 'GET', ''],
    [307, 'PATCH', 'PATCH', 'sent'],
    [308, 'DELETE', 'DELETE', 'sent'],
    [307, 'HEAD', 'HEAD', ''],
  ])('after a %d a %s becomes a %s', async (status, method, next, content) => {
    const url = `${retrieval.origin.url}/redirect/echo-${String(status)}`;
    await retrieval.posted({ url, method, ...(['GET', 'HEAD'].includes(method) ? {} : { content: 'sent' }) });
    const last = retrieval.origin.requestsFor('/echo').at(-1);
    expect([last?.method, last?.body.toString()]).toEqual([next, content]);
  });

  it('drops what described a content together with the content', async () => {
    const headers = [
      { name: 'Content-Type', value: 'text/x-mine' },
      { name: 'Content-Language', value: 'de' },
      { name: 'X-Mine', value: '1' },
    ];
    await retrieval.posted({ url: `${retrieval.origin.url}/redirect/echo-303`, method: 'POST', headers, content: 'sent' });
    const last = retrieval.origin.requestsFor('/echo').at(-1);
    expect([last?.header('content-type'), last?.header('content-language'), last?.header('x-mine')]).toEqual([undefined, undefined, '1']);
  });

  it("joins the caller's cookies with those set on the way, the newer of two with one name winning", async () => {
    const cookies = [
      { name: 'session', value: 'mine' },
      { name: 'other', value: '1' },
    ];
    const { json } = await retrieval.posted({ url: `${retrieval.origin.url}/redirect/cookie`, cookies });
    expect(retrieval.origin.requestsFor('/redirect/cookie').at(-1)?.header('cookie')).toBe('session=mine; other=1');
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('cookie')?.split('; ').sort()).toEqual([
      'other=1',
      'second=two',
      'session=one',
    ]);
    expect(json.exchanges[0]?.headers).toContainEqual({ name: 'Set-Cookie', value: 'session=one; Path=/' });
  });

  it('forgets a cookie that a response on the way takes back', async () => {
    const cookies = [{ name: 'session', value: 'mine' }];
    await retrieval.posted({ url: `${retrieval.origin.url}/redirect/cookie-end`, cookies });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('cookie')).toBeUndefined();
  });

  it('gives the cookies of a host to no other host', async () => {
    const elsewhere = await startOrigin({ everywhere: true });
    const app = await startApp({ ALLOW_TARGETS: '127.0.0.0/8' });
    const to = encodeURIComponent(`http://127.0.0.2:${String(elsewhere.port)}/echo`);
    await app.post('/fetch', { url: `${elsewhere.url}/redirect/to?to=${to}`, cookies: [{ name: 'a', value: '1' }] });
    expect(elsewhere.requestsFor('/redirect/to').at(-1)?.header('cookie')).toBe('a=1');
    expect(elsewhere.requestsFor('/echo').at(-1)?.header('cookie')).toBeUndefined();
    await app.close();
    await elsewhere.close();
  });

  it("drops the caller's Cookie field at another port, where RFC 6265 would let a cookie go", async () => {
    const headers = [{ name: 'Cookie', value: 'field=1' }];
    const cookies = [{ name: 'cookie', value: '1' }];
    await retrieval.posted({ url: `${retrieval.origin.url}/redirect/to?to=${encodeURIComponent(`${other.url}/echo`)}`, headers, cookies });
    expect(other.requestsFor('/echo').at(-1)?.header('cookie')).toBe('cookie=1');
  });
});
