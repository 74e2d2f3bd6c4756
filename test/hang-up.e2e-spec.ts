import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Traffic } from '../src/api/traffic.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer } from './support/contract.ts';
import { type HeldOrigin, startHeldOrigin, until } from './support/held-origin.ts';
import { metric } from './support/metrics.ts';

let origin: HeldOrigin;
let app: TestApp;

beforeEach(async () => {
  origin = await startHeldOrigin();
});

afterEach(async () => {
  await app.close();
  await origin.close();
});

/** A caller that can hang up. */
interface Caller {
  answer: Promise<Response>;
  hangUp: () => void;
}

async function start(env: Record<string, string> = {}): Promise<void> {
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', ...env });
}

function call(path: string, json?: unknown): Caller {
  const abort = new AbortController();
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
  const answer = fetch(app.url + path, { signal: abort.signal, ...(json !== undefined && init) });
  answer.catch(() => undefined);
  return {
    answer,
    hangUp: () => {
      abort.abort();
    },
  };
}

const get = (path: string, target: string): Caller => call(`${path}?url=${encodeURIComponent(target)}`);

/** Every caller has asked as far as it can. */
async function underWay(callers: number): Promise<void> {
  await until(() => app.app.get(Traffic).underWay === callers);
  await app.get('/encode', { text: 'H' });
}

describe('a caller that hangs up', () => {
  const fields = ['a', 'b', 'c'].map((alias) => `${alias}: page(url: "URL/${alias}") { status links { total } }`);

  it.each([
    ['GET /fetch', 1, (url: string): Caller => get('/fetch', `${url}/x`)],
    ['GET /headers', 1, (url: string): Caller => get('/headers', `${url}/x`)],
    ['GET /fetch past the cache', 1, (url: string): Caller => call(`/fetch?cache=reload&url=${encodeURIComponent(url)}`)],
    ['POST /links', 1, (url: string): Caller => call('/links', { url })],
    ['HTTP/1.0', 1, (url: string): Caller => call('/wire', { url, httpVersion: '1.0' })],
    ['a POST to the target', 1, (url: string): Caller => call('/fetch', { url, method: 'POST', content: 'x' })],
    ['/compare', 2, (url: string): Caller => call('/compare', { url, variants: [{ userAgent: 'a' }, { userAgent: 'b' }] })],
    ['/graphql', 3, (url: string): Caller => call('/graphql', { query: `{ ${fields.join(' ').replaceAll('URL', url)} }` })],
  ])('takes its retrievals along: %s', async (_name, retrievals, ask) => {
    await start();
    const caller = ask(origin.url);
    await until(() => origin.due.length === retrievals);
    expect(await metric(app, 'retrievals_running')).toBe(retrievals);
    caller.hangUp();
    await until(() => origin.open === 0);
    expect(await metric(app, 'retrievals_running')).toBe(0);
    expect(await metric(app, 'retrievals_total{outcome="cancelled",phase="none"}')).toBe(retrievals);
    expect(await metric(app, 'held_bytes')).toBe(0);
  });

  it('leaves its place to the one who waits for it', async () => {
    await start({ FETCH_MAX_CONCURRENT: '1' });
    const first = get('/fetch', `${origin.url}/first`);
    await until(() => origin.due.length === 1);
    const second = get('/fetch', `${origin.url}/second`);
    await until(async () => (await metric(app, 'retrievals_queued')) === 1);
    first.hangUp();
    await until(() => origin.due.length === 2);
    origin.release();
    expect((await second.answer).status).toBe(200);
  });

  it('leaves the queue, and is not retrieved for later', async () => {
    await start({ FETCH_MAX_CONCURRENT: '1' });
    const first = get('/fetch', `${origin.url}/first`);
    await until(() => origin.due.length === 1);
    const second = get('/fetch', `${origin.url}/second`);
    await until(async () => (await metric(app, 'retrievals_queued')) === 1);
    second.hangUp();
    await until(async () => (await metric(app, 'retrievals_queued')) === 0);
    origin.release();
    expect((await first.answer).status).toBe(200);
    expect(await metric(app, 'retrievals_total{outcome="ok",phase="none"}')).toBe(1);
  });

  it('leaves a retrieval to the others that wait for it', async () => {
    await start();
    const [first, second] = [get('/fetch', `${origin.url}/same`), get('/fetch', `${origin.url}/same`)];
    await until(() => origin.due.length === 1);
    await underWay(2);
    first.hangUp();
    await until(() => app.app.get(Traffic).underWay === 1);
    expect(origin.open).toBe(1);
    origin.release();
    const answer = await second.answer;
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as FetchAnswer).body.text).toContain('href');
  });

  it('takes a retrieval along once it is the last that waits for it, and who comes after has another', async () => {
    await start();
    const callers = [get('/fetch', `${origin.url}/same`), get('/fetch', `${origin.url}/same`)];
    await until(() => origin.due.length === 1);
    await underWay(2);
    for (const { hangUp } of callers) hangUp();
    await until(() => origin.open === 0);
    const late = get('/fetch', `${origin.url}/same`);
    await until(() => origin.due.length === 2);
    origin.release();
    const answer = await late.answer;
    expect(((await answer.json()) as FetchAnswer).cache).toMatchObject({ status: 'miss', coalesced: false });
  });

  it('has no document read that nobody wants', async () => {
    await start({ PARSE_THREADS: '1', PARSE_TIMEOUT_MS: '600000' });
    const html = '<div>'.repeat(400);
    const endless = { html, selector: 'div:has(:scope div:has(:scope div:has(:scope q)))' };
    const first = call('/select', endless);
    await until(async () => (await metric(app, 'parse_tasks_running')) === 1);
    const second = call('/select', endless);
    await until(async () => (await metric(app, 'parse_tasks_queued')) === 1);
    second.hangUp();
    await until(async () => (await metric(app, 'parse_tasks_queued')) === 0);
    first.hangUp();
    await until(async () => (await metric(app, 'parse_tasks_total{outcome="cancelled"}')) === 1);
    expect((await app.post<{ total: number }>('/links', { html: '<a href="x">x</a>' })).json.total).toBe(1);
  });

  it('leaves no listener behind, however many hang up', async () => {
    await start();
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const stays = get('/fetch', `${origin.url}/same`);
    await until(() => origin.due.length === 1);
    const page = Array.from({ length: 15 }, (_, index) => `p${String(index)}: page(url: "${origin.url}/${String(index)}") { status }`);
    const callers = [
      ...Array.from({ length: 30 }, () => get('/fetch', `${origin.url}/same`)),
      call('/graphql', { query: `{${page.join(' ')}}` }),
    ];
    await underWay(32);
    for (const { hangUp } of callers) hangUp();
    await until(() => app.app.get(Traffic).underWay === 1);
    origin.release();
    expect((await stays.answer).status).toBe(200);
    process.off('warning', note);
    expect(warnings.map(({ name }) => name)).not.toContain('MaxListenersExceededWarning');
  });
});
