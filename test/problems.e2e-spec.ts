import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import { type Problem, PROBLEM_MEMBERS } from './support/contract.ts';

const KEY = 'a-key-of-sixteen-characters';

describe('a problem', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app.close());

  function expectProblem(answer: Answer<Problem>, status: number, code: string): void {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([answer.status, answer.json.status, answer.json.code]).toEqual([status, status, code]);
    expect(Object.keys(answer.json).sort()).toEqual(PROBLEM_MEMBERS);
    const { type, title, detail, requestId, errors, retryable } = answer.json;
    for (const words of [type, title, detail, requestId]) expect(words).toMatch(/\S/);
    expect(typeof retryable).toBe('boolean');
    expect(Array.isArray(errors)).toBe(true);
    expect(answer.text).not.toMatch(/node_modules|\.ts:\d|\.js:\d/);
  }

  function json(body: string, mediaType = 'application/json'): RequestInit {
    return { method: 'POST', headers: { 'content-type': mediaType }, body };
  }

  it.each([
    '/nowhere',
    '/fetch/',
    '/fetch/more',
    '/links.json',
    '/%2e%2e/etc/passwd',
    '/snapshots/',
    '//',
    '/*/',
    '/:',
    '/:(',
    '/encode/:x',
  ])('says that %s is no endpoint', async (path) => {
    expectProblem(await app.send<Problem>(app.url + path, {}), 404, 'NOT_FOUND');
  });

  it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS'])('says that %s is not for /fetch, and what is', async (method) => {
    const answer = await app.send<Problem>('/fetch', { method });
    if (method === 'OPTIONS' && answer.status === 204) return; // a preflight's answer is fine, too
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    const allowed = answer.headers.get('allow')?.split(/\s*,\s*/);
    expect(allowed).toEqual(expect.arrayContaining(['GET', 'POST']));
    expect(allowed).not.toContain(method);
  });

  it.each(['/headers', '/body', '/links', '/tags', '/wordcount', '/encode', '/decode'])('says that DELETE is not for %s', async (path) => {
    expectProblem(await app.send<Problem>(path, { method: 'DELETE' }), 405, 'METHOD_NOT_ALLOWED');
  });

  it.each(['/snapshots/p7Yf3v0bq1yQ8o2JmVwQ1g', '/snapshots/x.har', '/problems/NOT_FOUND'])(
    'says that POST is not for %s',
    async (path) => {
      const answer = await app.send<Problem>(path, json('{}'));
      expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    },
  );

  it.each(['/snapshots/', '/problems/'])('says that there is nothing under %s and a very long name', async (path) => {
    expectProblem(await app.send<Problem>(path + 'a'.repeat(500), {}), 404, 'NOT_FOUND');
  });

  it.each(['/snapshots/a/b', '/snapshots/', '/problems/'])('says that there is no %s', async (path) => {
    expectProblem(await app.send<Problem>(path, json('{}')), 404, 'NOT_FOUND');
  });

  it('says that POST is not for a probe', async () => {
    const answer = await app.send<Problem>('/health/live', json('{}'));
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toContain('GET');
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'says that a body of %s is of no use',
    async (mediaType) => {
      expectProblem(await app.send<Problem>('/links', json('url=x', mediaType)), 415, 'UNSUPPORTED_MEDIA_TYPE');
    },
  );

  it('says that a body is too large before it has read it', async () => {
    const answer = await new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
      const sent = request(`${app.url}/links`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 2 ** 32 },
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text, type: response.headers['content-type'] ?? '' });
          sent.destroy();
        });
      });
      sent.write('{');
    });
    expect([answer.status, (JSON.parse(answer.text) as Problem).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  it.each(['{', '', '{"url":', '[]', '"text"', 'null', '7', '{"__proto__":{"url":"x"}}', '{"constructor":{"prototype":{"url":"x"}}}'])(
    'says that the body %j is not what was wanted',
    async (body) => {
      expectProblem(await app.send<Problem>('/links', json(body)), 400, 'INVALID_REQUEST');
    },
  );

  it.each([
    ['{', 'it ends too early (line 1, column 2)'],
    ['{\n  "html": "<p>",\n  "shape": [{"title": "h1"}\n}', 'unexpected "}" (line 4, column 1)'],
    ["{'url': 1}", `unexpected "'url': 1}" (line 1, column 2)`],
    ['{"limit": 1,}', 'unexpected "}" (line 1, column 13)'],
  ])('says where the body %j is no JSON', async (body, where) => {
    const answer = await app.send<Problem>('/links', json(body));
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.json.detail).toBe(`the body is not valid JSON: ${where}`);
  });

  it('says that a body has a name which no member has', async () => {
    const { detail } = (await app.send<Problem>('/links', json('{"__proto__": 1}'))).json;
    expect(detail).toMatch(/^the body has a member called __proto__/);
  });

  it.each(['/encode', '/decode', '/fetch', '/links'])('names the parameters of %s that are missing or wrong', async (path) => {
    const answer = await app.get<Problem>(path, { nonsense: '1' });
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.json.errors.map(({ parameter }) => parameter)).toContain('nonsense');
  });

  it.each([
    [{ hex: 'abc' }, 'hex'],
    [{ hex: 'zz' }, 'hex'],
    [{ base64: '***' }, 'base64'],
    [{ hex: '41', encoding: 'klingon' }, 'encoding'],
  ])('says what is wrong with decoding %j', async (query, parameter) => {
    const answer = await app.get<Problem>('/decode', query);
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.json.errors.map((error) => error.parameter)).toEqual([parameter]);
  });

  it('has a request id of its own each time', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await app.get<Problem>('/nowhere')).json.requestId));
    expect(new Set(ids).size).toBe(3);
  });

  it('has a type that can be read on this server', async () => {
    const { type } = (await app.get<Problem>('/nowhere')).json;
    expect(URL.canParse(type, app.url)).toBe(true);
    const { origin } = new URL(type, app.url);
    if (origin === app.url) expect((await app.get(new URL(type, app.url).href)).status).toBe(200);
  });

  it('comes when the key is missing or wrong, and not when it is right', async () => {
    const guarded = await startApp({ API_KEYS: KEY });
    try {
      expectProblem(await guarded.get<Problem>('/encode', { text: 'H' }), 401, 'UNAUTHORIZED');
      const as = (headers: Record<string, string>): Promise<Answer<Problem>> => guarded.send<Problem>('/encode?text=H', { headers });
      expectProblem(await as({ authorization: 'Bearer wrong' }), 401, 'UNAUTHORIZED');
      expectProblem(await as({ authorization: `Basic ${KEY}` }), 401, 'UNAUTHORIZED');
      expect((await as({ authorization: `Bearer ${KEY}` })).status).toBe(200);
      expect((await as({ 'x-api-key': KEY })).status).toBe(200);
      expect((await guarded.get('/health/live')).status).toBe(200);
      expect((await guarded.graphql('{ encode(text: "H") { text } }')).status).toBe(401);
    } finally {
      await guarded.close();
    }
  });
});
