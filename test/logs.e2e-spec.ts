import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CapturedLog, capturedLog } from './support/log.ts';
import { startApp, type TestApp } from './support/app.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { until } from './support/held-origin.ts';

const KEY = 'key-hunter2-of-a-caller';
/** No secret of these requests is written without it. */
const SECRET = /hunter2/i;

describe.each(['info', 'debug', 'trace'])('the log at level %s', (level) => {
  let app: TestApp;
  let origin: Origin;
  let log: CapturedLog;

  beforeAll(async () => {
    origin = await startOrigin();
    log = capturedLog();
    app = await startApp({ LOG_LEVEL: level, ALLOW_TARGETS: '127.0.0.1', API_KEYS: KEY, FETCH_TIMEOUT_MS: '1000' });
  });

  afterAll(async () => {
    await app.close();
    log.restore();
    await origin.close();
  });

  const bearer = { authorization: `Bearer ${KEY}` };
  const get = (path: string, target: string, headers: Record<string, string> = bearer): Promise<unknown> =>
    app.send(`${path}?url=${encodeURIComponent(target)}`, { headers });
  const post = (path: string, json: object): Promise<unknown> =>
    app.send(path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': KEY }, body: JSON.stringify(json) });

  it('names no secret of targets, header fields, keys or bodies, whether requests succeed or fail', async () => {
    const host = origin.url.replace('http://', '');
    await get('/fetch', `${origin.url}/romeo.txt?token=hunter2`);
    await get('/links', `${origin.url}/page1.htm?token=hunter2`, { 'x-api-key': KEY });
    await get('/fetch', `http://hunter2:hunter2@${host}/romeo.txt`);
    await get('/fetch', `${origin.url}/redirect/loop?token=hunter2`);
    await get('/fetch', `${origin.url}/slow?ms=60000&token=hunter2`);
    await get('/fetch', `http://127.0.0.1:9/hunter2?token=hunter2`);
    await get('/fetch', `http://hunter2.invalid/?hunter2`);
    await get('/links', `${origin.url}/cover3.jpg?hunter2`);
    await get('/fetch', 'http://[hunter2');
    await get('/no-such-path/hunter2', 'http://hunter2');
    await get('/fetch', `${origin.url}/romeo.txt?hunter2`, { authorization: 'Bearer another-hunter2-key' });
    await get('/fetch', `${origin.url}/romeo.txt?hunter2`, { 'x-api-key': 'another-hunter2-key' });
    const headers = [
      { name: 'Authorization', value: 'Basic hunter2' },
      { name: 'X-hunter2', value: 'hunter2' },
    ];
    await post('/fetch', { url: `${origin.url}/romeo.txt`, headers, cookies: [{ name: 'hunter2', value: 'hunter2' }] });
    await post('/fetch', { url: `${origin.url}/echo`, method: 'POST', content: 'hunter2' });
    await post('/links', { html: '<a href="http://hunter2">hunter2</a>', baseUrl: 'http://hunter2' });
    await post('/select', { html: 'hunter2', selector: ':hunter2(' });
    await post('/encode', { text: 'hunter2', hunter2: 'hunter2' });
    await post('/graphql', { query: `{ page(url: "${origin.url}/romeo.txt?hunter2") { status hunter2 } }` });
    await post('/graphql', { query: `{ page(url: "http://127.0.0.1:9/hunter2") { status } }` });
    await app.send('/encode', { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: '{"hunter2' });
    await app.send('/snapshots/hunter2', { headers: bearer });
    const gone = new AbortController();
    const abandoned = fetch(`${app.url}/fetch?url=${encodeURIComponent(`${origin.url}/slow?ms=50000&hunter2`)}`, {
      headers: bearer,
      signal: gone.signal,
    }).catch(() => undefined);
    await until(() => origin.requestsFor('/slow').length === 2);
    gone.abort();
    await abandoned;
    await until(() => log.text().includes('the caller hung up'));
    expect(log.lines().length).toBeGreaterThan(20);
    expect(
      log
        .text()
        .split('\n')
        .filter((line) => SECRET.test(line)),
    ).toEqual([]);
  });

  it('has a line for each request: its id, method, route, status, time, and the code of its problem', async () => {
    const answers = [
      await app.send<unknown>('/encode?text=H', { headers: bearer }),
      await app.send<unknown>('/fetch?url=http://127.0.0.1:25/', { headers: bearer }),
      await app.send<unknown>('/encode?text=H', {}),
      await app.send<unknown>('/nowhere', { headers: bearer }),
      await app.send<unknown>('/graphql', {
        method: 'POST',
        headers: { ...bearer, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: '{ a: page(url: "http://127.0.0.1:25/") { status } b: page(url: "http://127.0.0.1:22/") { status } }',
        }),
      }),
    ];
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    await until(() => ids.every((id) => log.lines().some((line) => line['requestId'] === id)));
    const lines = ids.map((id) => log.lines().find((line) => line['requestId'] === id));
    expect(lines).toEqual(
      [
        { method: 'GET', route: '/encode', status: 200 },
        { method: 'GET', route: '/fetch', status: 403, code: 'TARGET_FORBIDDEN' },
        { method: 'GET', route: '/encode', status: 401, code: 'UNAUTHORIZED' },
        { method: 'GET', route: null, status: 404, code: 'NOT_FOUND' },
        { method: 'POST', route: '/graphql', status: 200, code: 'TARGET_FORBIDDEN' },
      ].map((line) => expect.objectContaining({ ...line, ms: expect.any(Number), level: 30 })),
    );
    expect(lines[0]).not.toHaveProperty('code');
  });
});
