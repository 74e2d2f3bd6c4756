import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('parameters', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each([
    ['/fetch', { colour: 'red' }, 'colour'],
    ['/headers', { limit: '1' }, 'limit'],
    ['/fetch', { timeoutMs: 'soon' }, 'timeoutMs'],
    ['/fetch', { timeoutMs: '0' }, 'timeoutMs'],
    ['/fetch', { timeoutMs: '1.5' }, 'timeoutMs'],
    ['/fetch', { maxBytes: '-1' }, 'maxBytes'],
    ['/fetch', { maxRedirects: '21' }, 'maxRedirects'],
    ['/fetch', { insecureTls: 'yes' }, 'insecureTls'],
    ['/fetch', { cache: 'force' }, 'cache'],
    ['/fetch', { userAgent: 'a\r\nb' }, 'userAgent'],
    ['/links', { method: 'magic' }, 'method'],
    ['/links', { limit: '0' }, 'limit'],
    ['/links', { limit: '100001' }, 'limit'],
    ['/links', { offset: '-1' }, 'offset'],
    ['/wordcount', { sort: 'random' }, 'sort'],
    ['/wordcount', { ngrams: '4' }, 'ngrams'],
    ['/wordcount', { minLength: '0' }, 'minLength'],
    ['/wordcount', { stopWords: 'tlh' }, 'stopWords'],
  ] as const)('refuses %s with %j and names the parameter', async (path, query, parameter) => {
    const { status, json } = await retrieval.app.get<Problem>(path, { url: `${retrieval.origin.url}/plain.txt`, ...query });
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.errors.map((error) => error.parameter)).toContain(parameter);
    expect(json.errors.every(({ message }) => message !== '')).toBe(true);
  });

  it.each([
    ['/fetch', ['timeoutMs', 'maxBytes', 'maxRedirects', 'insecureTls', 'encoding', 'userAgent', 'acceptLanguage', 'cache', 'snapshot']],
    ['/fetch', ['method', 'headers', 'cookies', 'content', 'contentBase64']],
    ['/links', ['method', 'unique', 'element', 'kind', 'limit', 'offset', 'html', 'baseUrl']],
    ['/tags', ['tag', 'attr']],
    ['/wordcount', ['tokenizer', 'locale', 'source', 'fold', 'minLength', 'stopWords', 'stopWordList', 'ngrams', 'sort']],
    ['/wire', ['httpVersion', 'contentBase64']],
  ])('takes a null in the JSON of %s for a parameter that is absent: %j', async (path, parameters) => {
    const nulls = Object.fromEntries(parameters.map((name) => [name, null]));
    const { app, origin } = retrieval;
    const answer = await app.post<unknown>(path, { url: `${origin.url}/redirect/to?to=/page1.htm`, ...nulls });
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    const inVariants = { url: `${origin.url}/redirect/302`, variants: [nulls, {}] };
    const compared = await app.post<{ same: boolean; variants: { problem: unknown }[] }>('/compare', inVariants);
    if (compared.status === 200) expect(compared.json).toMatchObject({ same: true, variants: [{ problem: null }, { problem: null }] });
    else expect(compared.json).toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it.each([
    '/extract',
    '/feed',
    '/links',
    '/links/compare',
    '/markdown',
    '/metadata',
    '/select',
    '/tables',
    '/tags',
    '/text',
    '/wordcount',
    '/encode',
  ])(
    'refuses what says how to retrieve in the JSON of %s beside a document, for which nothing is retrieved, and names all of it',
    async (path) => {
      const options = { '/extract': { shape: {} }, '/select': { selector: 'a' } }[path] ?? {};
      const how = {
        timeoutMs: 1000,
        userAgent: 'one',
        headers: [{ name: 'Accept', value: '*/*' }],
        cookies: [],
        content: 'x',
        maxRedirects: 5,
        insecureTls: true,
        cache: 'reload',
        encoding: 'shift_jis',
      };
      const { status, json } = await retrieval.app.post<Problem>(path, { html: '<a href=b>c</a>', ...options, ...how });
      expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
      expect(json.errors.map(({ parameter }) => parameter).sort()).toEqual(Object.keys(how).sort());
      for (const name of Object.keys(how)) expect(json.detail).toContain(`${name}: has no effect on html`);
    },
  );

  it('refuses it beside a snapshot, and names all of it', async () => {
    const { snapshot } = await retrieval.fetched('/page1.htm');
    const { status, json } = await retrieval.app.post<Problem>('/links', { snapshot, acceptLanguage: 'de', maxBytes: 10 });
    expect([status, json.errors.map(({ parameter }) => parameter).sort()]).toEqual([400, ['acceptLanguage', 'maxBytes']]);
  });

  it('refuses an unknown parameter that is null, and a required one', async () => {
    const { app, origin } = retrieval;
    expect((await app.post<Problem>('/fetch', { url: origin.url, colour: null })).json.errors[0]?.parameter).toBe('colour');
    expect((await app.post<Problem>('/encode', { text: null })).json.errors[0]).toMatchObject({
      parameter: 'text',
      message: 'is required, or url or snapshot',
    });
  });

  it('follows redirects where maxRedirects is null', async () => {
    const { status, json } = await retrieval.posted({ url: `${retrieval.origin.url}/redirect/302`, maxRedirects: null });
    expect([status, json.finalUrl]).toEqual([200, `${retrieval.origin.url}/romeo.txt`]);
  });

  it('names every wrong parameter at once', async () => {
    const { json } = await retrieval.app.get<Problem>('/fetch', {
      url: `${retrieval.origin.url}/`,
      timeoutMs: 'x',
      maxBytes: 'y',
      colour: 'red',
    });
    expect(json.errors.map(({ parameter }) => parameter).sort()).toEqual(['colour', 'maxBytes', 'timeoutMs']);
  });

  it.each(['/fetch', '/headers', '/body', '/links', '/tags', '/wordcount'])('wants exactly one target at %s', async (path) => {
    const none = await retrieval.app.get<Problem>(path);
    expect([none.status, none.json.code]).toEqual([400, 'INVALID_REQUEST']);
    const both = await retrieval.app.get<Problem>(path, { url: `${retrieval.origin.url}/`, snapshot: 'x' });
    expect([both.status, both.json.code]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('refuses a parameter given twice, and one of another type in JSON', async () => {
    const twice = await retrieval.app.send<Problem>(
      `/fetch?url=${encodeURIComponent(retrieval.origin.url)}&url=${encodeURIComponent(retrieval.origin.url)}`,
      {},
    );
    expect([twice.status, twice.json.errors[0]?.parameter]).toEqual([400, 'url']);
    expect((await retrieval.posted({ url: [retrieval.origin.url] })).status).toBe(400);
    expect((await retrieval.posted({ url: { toString: 1 } })).status).toBe(400);
    expect((await retrieval.posted({ url: 7 })).status).toBe(400);
    expect((await retrieval.posted({ url: retrieval.origin.url, unknown: 1 })).status).toBe(400);
  });

  it.each([
    ['userAgent', { name: 'user-agent', value: 'a' }],
    ['acceptLanguage', { name: 'Accept-Language', value: 'de' }],
  ])('refuses %s beside the same field among headers: one would be passed over', async (parameter, field) => {
    const { status, json } = await retrieval.posted({ url: retrieval.origin.url, [parameter]: 'b', headers: [field] });
    expect([status, (json as unknown as Problem).errors[0]?.parameter]).toEqual([400, parameter]);
  });

  it('sends the user agent and the language it is told', async () => {
    await retrieval.fetched('/echo', { userAgent: 'example-bot/1.0', acceptLanguage: 'de, en;q=0.5', cache: 'reload' });
    const request = retrieval.origin.requestsFor('/echo').at(-1);
    expect(request?.header('user-agent')).toBe('example-bot/1.0');
    expect(request?.header('accept-language')).toBe('de, en;q=0.5');
    await retrieval.fetched('/echo', { cache: 'reload' });
    expect(retrieval.origin.requestsFor('/echo').at(-1)?.header('user-agent')).toMatch(/^Pagewire\/\d/);
  });

  it('answers only from what is stored when told so', async () => {
    expect(await retrieval.refused('/plain.txt?never-asked', { cache: 'only-if-cached' })).toMatchObject({
      status: 504,
      code: 'NOT_CACHED',
    });
    expect(retrieval.origin.requests.some(({ target }) => target.includes('never-asked'))).toBe(false);
  });

  it.each([
    ['/links', { limit: '5' }, 'limit'],
    ['/links', { unique: 'true' }, 'unique'],
    ['/fetch', { insecureTls: 'false' }, 'insecureTls'],
    ['/fetch', { maxBytes: '1000' }, 'maxBytes'],
    ['/fetch', { maxRedirects: [5] }, 'maxRedirects'],
    ['/fetch', { headers: [{ name: 'Accept', value: null }] }, 'headers[0].value'],
    ['/compare', { variants: [{ insecureTls: 'true' }, {}] }, 'variants[0].insecureTls'],
  ] as const)('of %s are in JSON what the contract says: not %j', async (path, members, parameter) => {
    const before = retrieval.origin.requests.length;
    const { status, json } = await retrieval.app.post<Problem>(path, { url: `${retrieval.origin.url}/page1.htm`, ...members });
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.errors.map((error) => error.parameter)).toEqual([parameter]);
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it('in JSON are lists and not text with commas', async () => {
    const { status, json } = await retrieval.app.post<Problem>('/encode', { text: 'H', encodings: 'shift_jis,utf-16le' });
    expect([status, json.errors.map(({ parameter }) => parameter)]).toEqual([400, ['encodings']]);
  });

  it('given twice in JSON are the last of them, and checked as that', async () => {
    const body = (text: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
    expect((await retrieval.app.send<{ text: string }>('/encode', body('{"text":7,"text":"H"}'))).json.text).toBe('H');
    expect((await retrieval.app.send('/encode', body('{"text":"H","text":7}'))).status).toBe(400);
  });

  it('in JSON that is not UTF-8 are refused, and not repaired', async () => {
    const { status, json } = await retrieval.app.send<Problem>('/encode', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(Buffer.from('{"text":"\xe4"}', 'latin1')),
    });
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.detail).toContain('UTF-8');
  });

  it('in a query string are still text that says a number or a truth', async () => {
    const { status } = await retrieval.app.get('/links', { url: `${retrieval.origin.url}/page1.htm`, limit: '1', unique: 'true' });
    expect(status).toBe(200);
  });

  it('are read where an escape in them is not UTF-8: U+FFFD stands for it, and the rest is as meant', async () => {
    const { text } = await retrieval.app.get('/encode?text=a%20b%FF+c&fields=text');
    expect(JSON.parse(text)).toEqual({ text: 'a b\uFFFD c' });
  });
});
