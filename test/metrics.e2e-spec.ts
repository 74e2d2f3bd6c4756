import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import { metric } from './support/metrics.ts';
import type { Origin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

const KEY = 'a-key-of-sixteen-characters';

describe('what is told to Prometheus', () => {
  let retrieval: Retrieval;
  let app: TestApp;
  let origin: Origin;

  beforeAll(async () => {
    retrieval = await startRetrieval();
    ({ app, origin } = retrieval);
  });

  afterAll(() => retrieval.close());

  it('counts requests, retrievals, answers, documents and bytes by what became of them', async () => {
    const fresh = `${origin.url}/cache?cache-control=max-age%3D600`;
    await app.get('/links', { url: `${origin.url}/page1.htm` });
    for (const url of [fresh, fresh]) expect((await app.get('/fetch', { url })).status).toBe(200);
    await app.get('/fetch', { url: `${origin.url}/slow?ms=60000`, timeoutMs: 50 });
    await app.get('/fetch', { url: 'http://127.0.0.1:25/' });
    await app.get('/nowhere/hunter2');
    await app.send('/encode', { method: 'PROPFIND' }).catch(() => undefined);
    await app.post('/tags', { html: '<a>' });
    expect(await metric(app, 'parse_processes')).toBeGreaterThan(0);
    await app.post('/select', { html: '<div>'.repeat(400), selector: 'div:has(:scope div:has(:scope div:has(:scope q)))' });
    expect(await metric(app, 'http_requests_total{route="/links",method="GET",status="2xx"}')).toBe(1);
    expect(await metric(app, 'http_requests_total{route="/fetch",method="GET",status="5xx"}')).toBe(1);
    expect(await metric(app, 'http_requests_total{route="none",method="GET",status="4xx"}')).toBe(1);
    expect(await metric(app, 'http_request_duration_seconds_count{route="/links",method="GET"}')).toBe(1);
    expect(await metric(app, 'problems_total{code="TARGET_FORBIDDEN"}')).toBe(1);
    expect(await metric(app, 'retrievals_total{outcome="ok",phase="none"}')).toBe(2);
    expect(await metric(app, 'retrievals_total{outcome="TARGET_TIMEOUT",phase="firstByte"}')).toBe(1);
    expect(await metric(app, 'retrieval_phase_duration_seconds_count{phase="total"}')).toBe(2);
    expect(await metric(app, 'cache_answers_total{status="miss"}')).toBe(2);
    expect(await metric(app, 'cache_answers_total{status="hit"}')).toBe(1);
    expect(await metric(app, 'cache_entries')).toBeGreaterThan(1);
    expect(await metric(app, 'cache_bytes')).toBeGreaterThan(0);
    expect(await metric(app, 'target_received_bytes_total')).toBeGreaterThan(0);
    expect(await metric(app, 'http_sent_bytes_total')).toBeGreaterThan(0);
    expect(await metric(app, 'parse_tasks_total{outcome="ok"}')).toBe(2);
    expect(await metric(app, 'parse_tasks_total{outcome="deadline"}')).toBe(1);
  });

  it('is in the text format, with what Node.js tells of the process, and names no target and no caller', async () => {
    const { headers, text } = await app.get('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of text.split('\n')) expect(line).toMatch(/^(#.*|\w+(\{.*\})? [-+\deE.]+|\w+(\{.*\})? nan|)$/i);
    for (const name of [
      'process_resident_memory_bytes',
      'process_open_fds',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_gc_duration_seconds',
    ])
      expect(text).toContain(name);
    expect(text).not.toMatch(/127\.0\.0\.1|hunter2|PROPFIND/);
    expect(text.match(/^# TYPE (\w+)/gm)).toHaveLength(new Set(text.match(/^# TYPE (\w+)/gm)).size);
  });

  it('is for those alone who have a key, where there are keys', async () => {
    const locked = await startApp({ API_KEYS: KEY, RATE_LIMIT_PER_MINUTE: '1' });
    const ask = async (headers: Record<string, string>): Promise<number> => (await locked.send('/metrics', { headers })).status;
    expect(await ask({})).toBe(401);
    for (let left = 3; left > 0; left -= 1) expect(await ask({ authorization: `Bearer ${KEY}` })).toBe(200);
    await locked.close();
  });
});
