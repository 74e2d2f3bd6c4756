import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';

const KEY = 'a-key-of-sixteen-characters';

describe('a caller that does odd things', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(async () => {
    await app.close();
  });

  function sendText(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer<Problem>> {
    return app.send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  }

  function expectRefused(answer: Answer<Problem>, status = 400, code = 'INVALID_REQUEST'): void {
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  }

  it.each(['/encode', '/decode', '/fetch', '/links', '/wordcount', '/graphql'])(
    'gets a 400 for a body that %s would drown in',
    async (path) => {
      const deep = 50_000;
      expectRefused(await sendText(path, '['.repeat(deep) + ']'.repeat(deep)));
      expectRefused(await sendText(path, `{"url":"http://example.com/","headers":${'['.repeat(deep)}${']'.repeat(deep)}}`));
      expectRefused(await sendText(path, `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`));
    },
  );

  it.each(['null', '"text"', '[]', '1'])('gets a 400 for %s as a body', async (body) => {
    const answer = await sendText('/encode', body);
    expectRefused(answer);
    expect(answer.json.detail).toContain('JSON object');
  });

  it.each(['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'])('gets a 400 for the parameter %s', async (name) => {
    expectRefused(await app.get('/encode', { text: 'H', [name]: '1' }));
    expectRefused(await sendText('/encode', `{"text":"H","${name}":1}`));
  });

  it('is told to put the parameters of a POST into its body', async () => {
    const answer = await sendText('/encode?limit=1', '{"text":"H"}');
    expectRefused(answer);
    expect(answer.json.errors).toEqual([{ parameter: 'limit', message: expect.stringContaining('body') }]);
  });

  it('is told to percent-encode a target URL that has a query', async () => {
    const answer = await app.send<Problem>('/fetch?url=http://example.com/?a=1&b=2', {});
    expectRefused(answer);
    expect(answer.json.errors).toEqual([{ parameter: 'b', message: expect.stringContaining('percent-encode') }]);
  });

  it('gets a 415 for a body that is coded', async () => {
    expectRefused(await sendText('/encode', '{"text":"H"}', { 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['mutation { x }', 'subscription { x }'])('is told that %s is not for this server', async (query) => {
    const { json } = await app.graphql(query);
    expect(json.errors?.map(({ extensions }) => extensions.code)).toContain('INVALID_REQUEST');
    expect(JSON.stringify(json)).not.toContain('INTERNAL');
  });

  it('is not shown the insides by an operation nested too deeply', async () => {
    const { json } = await app.graphql(`{ encode(text: ${'['.repeat(2400)}${']'.repeat(2400)}) { text } }`);
    expect(json.errors?.[0]?.extensions.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(json)).not.toContain('call stack');
  });

  it('gets a 400 for a Host that is none', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${app.url}/encode?text=H`, { headers: { host: 'a"<>' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once('error', reject).end();
    });
    expect(status).toBe(400);
  });
});

describe('a page of another origin', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ API_KEYS: KEY, CORS_ORIGINS: 'https://app.example', RATE_LIMIT_PER_MINUTE: '2' });
  });

  afterAll(async () => {
    await app.close();
  });

  it('can read why it was refused: no key, too often, no such endpoint', async () => {
    const ask = (path: string, key?: string): Promise<Answer<Problem>> =>
      app.send(path, { headers: { origin: 'https://app.example', ...(key !== undefined && { 'x-api-key': key }) } });
    const answers = [
      await ask('/encode?text=H'),
      await ask('/nope', KEY),
      await ask('/encode?text=H', KEY),
      await ask('/encode?text=H', KEY),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 200, 429]);
    for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(answers[3]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answers[3]?.headers.get('x-ratelimit-remaining')).toBe('0');
  });

  it('is let in with the key as a bearer token, and not with another', async () => {
    const status = async (authorization: string): Promise<number> =>
      (await app.send('/health/live', { headers: { authorization } })).status;
    expect(await status(`Bearer ${KEY}`)).toBe(200);
    expect((await app.send('/encode?text=H', { headers: { authorization: 'Bearer not-the-key-of-anybody' } })).status).toBe(401);
  });
});
