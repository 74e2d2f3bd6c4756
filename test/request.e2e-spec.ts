import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { COVER } from './support/scenarios/chapter.ts';

describe('the request that a caller describes', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it('answers 200 with what GET answers', async () => {
    const url = `${retrieval.origin.url}/plain.txt`;
    const { status, json } = await retrieval.posted({ url });
    expect(status).toBe(200);
    const viaGet = await retrieval.fetched('/plain.txt');
    expect(json.body).toMatchObject({ text: viaGet.body.text, sha256: viaGet.body.sha256 });
    expect((await retrieval.app.post('/headers', { url })).status).toBe(200);
    expect((await retrieval.app.post('/body', { url })).bytes).toEqual(Buffer.from(viaGet.body.text ?? ''));
  });

  it('sends the method, the header fields and the content it is told', async () => {
    const { json } = await retrieval.posted({
      url: `${retrieval.origin.url}/echo`,
      method: 'PUT',
      headers: [
        { name: 'X-First', value: 'one' },
        { name: 'Content-Type', value: 'text/x-mine' },
        { name: 'x-first', value: 'two' },
      ],
      content: 'päyload',
    });
    const request = retrieval.origin.requestsFor('/echo').at(-1);
    expect(request).toMatchObject({ method: 'PUT' });
    expect(request?.body.toString()).toBe('päyload');
    expect(request?.rawHeaders.filter(({ name }) => name.toLowerCase() === 'x-first').map(({ value }) => value)).toEqual(['one', 'two']);
    expect(request?.header('content-type')).toBe('text/x-mine');
    expect(json.exchanges[0]).toMatchObject({ method: 'PUT', requestHeaders: request?.rawHeaders });
  });

  it('sends bytes that are no text', async () => {
    await retrieval.posted({
      url: `${retrieval.origin.url}/echo`,
      method: 'POST',
      contentBase64: COVER.subarray(0, 1000).toString('base64'),
    });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.body).toEqual(COVER.subarray(0, 1000));
  });

  it('asks with HEAD and gets no content', async () => {
    const { status, json } = await retrieval.posted({ url: `${retrieval.origin.url}/cover3.jpg`, method: 'HEAD' });
    expect(status).toBe(200);
    expect(retrieval.origin.requestsFor('/cover3.jpg').at(-1)?.method).toBe('HEAD');
    expect(json.body).toMatchObject({ bytes: 0, transferBytes: 0 });
    expect(json.headers).toContainEqual({ name: 'Content-Length', value: '230210' });
  });

  it('asks a HEAD of coded content without tripping over the coding', async () => {
    expect((await retrieval.posted({ url: `${retrieval.origin.url}/coding/gzip`, method: 'HEAD' })).json.body).toMatchObject({ bytes: 0 });
  });

  it.each([
    'Host',
    'Connection',
    'TE',
    'Content-Length',
    'Transfer-Encoding',
    'Proxy-Authorization',
    'Proxy-Connection',
    'Expect',
    'Upgrade',
    'keep-alive',
    'Trailer',
  ])('does not let the caller write %s, and says that it is this one', async (name) => {
    const before = retrieval.origin.requests.length;
    const headers = [
      { name: 'X-Fine', value: 'x' },
      { name, value: 'x' },
    ];
    const { status, text } = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, headers });
    const problem = JSON.parse(text) as Problem;
    expect([status, problem.code, problem.exchanges]).toEqual([400, 'INVALID_REQUEST', []]);
    expect(problem.errors.map(({ parameter }) => parameter)).toEqual(['headers[1].name']);
    expect(problem.detail).toContain(name);
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it.each([
    [{ name: 'X-Split', value: 'a\r\nX-Injected: 1' }],
    [{ name: 'X-Nul', value: 'a\u0000b' }],
    [{ name: 'X Space', value: 'a' }],
    [{ name: '', value: 'a' }],
    [{ name: 'X-Wide', value: 'snow ☃' }],
  ])('does not send the field %j', async (field) => {
    const { status } = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, headers: [field] });
    expect(status).toBe(400);
  });

  it.each(['CONNECT', 'TRACE', 'TRACK', 'GET /x HTTP/1.1', ''])('does not send the method %j', async (method) => {
    expect((await retrieval.posted({ url: `${retrieval.origin.url}/echo`, method })).status).toBe(400);
  });

  it('refuses content given twice, or content that no GET has', async () => {
    const twice = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, method: 'POST', content: 'a', contentBase64: 'YQ==' });
    expect(twice.status).toBe(400);
    const broken = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, method: 'POST', contentBase64: '***' });
    expect(broken.status).toBe(400);
  });

  describe('with cookies', () => {
    async function sent(json: object): Promise<string | undefined> {
      const { status } = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, ...json });
      expect(status).toBe(200);
      return retrieval.origin.requestsFor('/echo').at(-1)?.header('cookie');
    }

    it('sends them as one field, in their order, as they are', async () => {
      const cookies = [
        { name: 'session', value: 'a=b c,"d"' },
        { name: 'empty', value: '' },
        { name: 'city', value: 'Zürich' },
      ];
      expect(await sent({ cookies })).toBe('session=a=b c,"d"; empty=; city=Z\u00fcrich');
      const { rawHeaders } = retrieval.origin.requestsFor('/echo').at(-1) ?? { rawHeaders: [] };
      expect(rawHeaders.filter(({ name }) => name.toLowerCase() === 'cookie')).toHaveLength(1);
    });

    it('joins them with those of a Cookie field', async () => {
      const headers = [
        { name: 'cookie', value: 'first=1; second=old' },
        { name: 'Cookie', value: 'third=3' },
      ];
      expect(await sent({ headers, cookies: [{ name: 'second', value: 'new' }] })).toBe('first=1; third=3; second=new');
    });

    it('leaves a Cookie field alone where there is nothing to join', async () => {
      const headers = [{ name: 'cookie', value: 'a=1;b=2' }];
      expect(await sent({ headers })).toBe('a=1;b=2');
    });

    it('sends them for one retrieval and no other', async () => {
      expect(await sent({ cookies: [{ name: 'once', value: '1' }] })).toBe('once=1');
      expect(await sent({})).toBeUndefined();
    });

    it('shows them in the request of the exchange', async () => {
      const { json } = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, cookies: [{ name: 'a', value: '1' }] });
      expect(json.exchanges[0]?.requestHeaders).toContainEqual({ name: 'Cookie', value: 'a=1' });
    });

    it.each<[unknown, string]>([
      [[{ name: 'a b', value: '1' }], 'cookies[0].name'],
      [[{ name: '', value: '1' }], 'cookies[0].name'],
      [[{ name: 'a', value: '1; b=2' }], 'cookies[0].value'],
      [[{ name: 'a', value: '1\r\nX-Injected: 1' }], 'cookies[0].value'],
      [[{ name: 'a', value: ' 1' }], 'cookies[0].value'],
      [[{ name: 'a', value: '☃' }], 'cookies[0].value'],
      [[{ name: 'a' }], 'cookies[0].value'],
      [
        [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
        'cookies',
      ],
      ['a=1', 'cookies'],
      [[null], 'cookies[0]'],
      [[{ name: '__Host-a', value: '1' }], 'cookies'],
    ])('refuses the cookies %j', async (cookies, parameter) => {
      const { status, text } = await retrieval.posted({ url: `${retrieval.origin.url}/echo`, cookies });
      const { code, errors } = JSON.parse(text) as Problem;
      expect([status, code]).toEqual([400, 'INVALID_REQUEST']);
      expect(errors.map((error) => error.parameter)).toContain(parameter);
    });

    it('takes none from a query', async () => {
      const { status, json } = await retrieval.app.get<Problem>('/fetch', { url: `${retrieval.origin.url}/echo`, cookies: 'a=1' });
      expect([status, json.errors.map(({ parameter }) => parameter)]).toEqual([400, ['cookies']]);
    });
  });
});
