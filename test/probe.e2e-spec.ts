import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readiness } from '../src/api/readiness.ts';
import { type TestApp, startApp } from './support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ TRUST_PROXY: '1', CORS_ORIGINS: 'https://app.example' });
});

afterAll(() => app.close());

/** Header fields that every answer has of its own. */
const OWN = ['date', 'x-request-id'];

function shared(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !OWN.includes(name)));
}

async function countedRequests(): Promise<number> {
  const { text } = await app.get('/metrics');
  return Number(/^pagewire_http_requests_total\{route="\/health\/live",method="GET",status="2xx"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

describe('probes', () => {
  it('are told the same again and again, each with an id of its own, and counted', async () => {
    const before = await countedRequests();
    const answers = [];
    for (let asked = 0; asked < 4; asked++) answers.push(await app.get('/health/live'));
    for (const { status, text, headers } of answers) {
      expect([status, text]).toEqual([200, '{"status":"ok"}']);
      expect(shared(headers)).toEqual(shared(answers[0]?.headers ?? new Headers()));
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-length')).toBe('15');
    }
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4);
    expect((await countedRequests()) - before).toBe(4);
  });

  it('that ask for more are answered as any request', async () => {
    await app.get('/health/live');
    const { headers } = await app.send('/health/live', { headers: { origin: 'https://app.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect((await app.send('/health/live', { headers: { 'x-forwarded-proto': 'https' } })).headers.get('cross-origin-opener-policy')).toBe(
      'same-origin',
    );
    expect((await app.send('/health/live', { headers: { 'x-forwarded-proto': 'gopher' } })).status).toBe(400);
    expect((await app.send('/health/live', { headers: { 'sec-fetch-dest': 'script' } })).status).toBe(400);
    expect((await app.send('/health/live', { method: 'POST' })).status).toBe(405);
    expect((await app.send('/health/live', { method: 'HEAD' })).text).toBe('');
  });

  it('are told to close their connections by a server that stops', async () => {
    const other = await startApp();
    await other.get('/health/live');
    await other.get('/health/live');
    other.app.get(Readiness).stop();
    const { status, headers } = await other.get('/health/live');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await other.close();
  });
});
