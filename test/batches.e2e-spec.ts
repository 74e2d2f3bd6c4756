import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JobsService } from '../src/jobs/jobs.service.ts';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { startHeldOrigin, until } from './support/held-origin.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

interface Batch {
  id: string;
  state: string;
  counts: { total: number; pending: number; succeeded: number; failed: number; cancelled: number };
  finishedAt: string | null;
  expiresAt: string | null;
  views: string[];
}

interface Result {
  index: number;
  url: string;
  state: string;
  status: number | null;
  snapshot: string | null;
  problem: Problem | null;
  failures: { view: string; problem: Problem }[];
  views: Record<string, Record<string, unknown> | null> | null;
}

interface Results {
  batch: Batch;
  total: number;
  next: string | null;
  results: Result[];
}

let database: TestDatabase;
let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  database = await freshDatabase();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', ...database.env });
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await origin.close();
});

/** Creates a batch and waits for its end. */
async function finished(members: object, server = app): Promise<Results> {
  const answer = await server.send<Results>('/batches?wait=30', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(members),
  });
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.anything()]);
  return answer.json;
}

describe('a batch', () => {
  it('has a result for every URL: what its views answer, or a problem', async () => {
    const urls = ['/page1.htm', '/cover3.jpg', '/framing/reset-before-head', '/page1.htm'].map((path) => origin.url + path);
    const views = { links: { limit: 1 }, metadata: {}, headers: {}, extract: { shape: { title: 'h1' } } };
    const { batch, total, results } = await finished({ urls: [...urls, 'http://10.0.0.1/'], views });
    expect(batch).toMatchObject({ state: 'completed', counts: { total: 5, pending: 0, succeeded: 2, failed: 3, cancelled: 0 } });
    expect(total).toBe(5);
    const [page, image, reset, again, forbidden] = [...results].sort((one, other) => one.index - other.index) as [
      Result,
      Result,
      Result,
      Result,
      Result,
    ];
    const { json: links } = await app.get<Record<string, unknown>>('/links', { url: urls[0] ?? '', limit: 1 });
    expect(links).toMatchObject(page.views?.['links'] ?? {});
    expect(page).toMatchObject({ url: urls[0], state: 'succeeded', status: 200, problem: null, failures: [], views: { tags: null } });
    expect(page.views?.['extract']).toMatchObject({ data: { title: expect.anything() } });
    expect(again.views).toEqual(page.views);
    expect(image).toMatchObject({ state: 'failed', status: 200, problem: { code: 'NOT_A_DOCUMENT' } });
    expect(image.failures.map(({ view }) => view)).toEqual(['links', 'extract', 'metadata']);
    expect(image.views?.['headers']).toMatchObject({ statusText: 'OK' });
    expect(reset).toMatchObject({ state: 'failed', snapshot: null, problem: { code: 'CONNECTION_RESET' }, views: null });
    expect(forbidden.problem).toMatchObject({ code: 'TARGET_FORBIDDEN' });
  });

  it('is taken on at once, and tells how it stands until it is done', async () => {
    const created = await app.post<Batch>('/batches', { urls: [`${origin.url}/page1.htm`] });
    expect([created.status, created.headers.get('location')]).toEqual([202, `/batches/${created.json.id}`]);
    expect(created.json).toMatchObject({ state: 'queued', counts: { total: 1, pending: 1 }, finishedAt: null, expiresAt: null, views: [] });
    const { json } = await app.get<Batch>(`/batches/${created.json.id}`, { wait: 30 });
    expect(json).toMatchObject({ state: 'completed', counts: { pending: 0, succeeded: 1 } });
    const { json: list } = await app.get<{ total: number; batches: Batch[] }>('/batches', { limit: 1 });
    expect(list.batches.map(({ id }) => id)).toEqual([created.json.id]);
  });

  it('is failed where every result is a problem', async () => {
    const { batch } = await finished({ urls: ['http://10.0.0.1/', 'http://10.0.0.2/'] });
    expect(batch).toMatchObject({ state: 'failed', counts: { failed: 2 } });
  });

  it.each([
    ['a column called url', 'name,url\r\n"Second, Page",URL/page2.htm\r\nFirst,URL/page1.htm\r\n'],
    ['one URL a line', 'URL/page2.htm\nURL/page1.htm\n'],
  ])('may come as a file with %s', async (_what, csv) => {
    const answer = await app.send<Results>(`/batches?wait=30&views=${encodeURIComponent('{"links":{}}')}&concurrency=1`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv.replaceAll('URL', origin.url),
    });
    expect([answer.status, answer.json.batch.views]).toEqual([200, ['links']]);
    expect(answer.json.results.map(({ url }) => url)).toEqual([`${origin.url}/page2.htm`, `${origin.url}/page1.htm`]);
  });

  it('is refused whole, with every mistake named, before anything is retrieved', async () => {
    const before = origin.requests.length;
    const wrong = await app.post<Problem>('/batches', {
      urls: [`${origin.url}/page1.htm`],
      views: { links: { limit: 0, nonsense: 1 }, metadata: { a: 1 }, nothing: {} },
      concurrency: 0,
    });
    expect([wrong.status, wrong.json.errors.map(({ parameter }) => parameter).sort()]).toEqual([
      400,
      ['concurrency', 'views.links.limit', 'views.links.nonsense', 'views.metadata', 'views.nothing'],
    ]);
    const urls = await app.post<Problem>('/batches', { urls: [`${origin.url}/page1.htm`, 'page1.htm', 'ftp://example.com/'] });
    expect([urls.status, urls.json.errors.map(({ parameter }) => parameter)]).toEqual([400, ['urls[1]', 'urls[2]']]);
    expect((await app.post('/batches', { urls: Array.from({ length: 10_001 }, () => 'http://example.com/') })).status).toBe(400);
    expect((await app.post('/batches', { urls: [], csv: '' })).status).toBe(400);
    expect(origin.requests.length).toBe(before);
  });
});

describe('results', () => {
  it('are given in pages, in either order, and in other formats', async () => {
    const urls = Array.from({ length: 7 }, (_, number) => `${origin.url}/page1.htm?${String(number)}`);
    const { batch } = await finished({ urls });
    const path = `/batches/${batch.id}/results`;
    const seen: number[] = [];
    for (let next: string | null = `${app.url}${path}?limit=3`; next !== null;) {
      const { json }: { json: Results } = await app.send<Results>(next, {});
      seen.push(...json.results.map(({ index }) => index));
      next = json.next;
    }
    expect(seen.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const { json: sorted } = await app.get<Results>(path, { sort: 'index', limit: 2, offset: 3 });
    expect(sorted.results.map(({ url }) => url)).toEqual(urls.slice(3, 5));
    const csv = await app.get(path, { format: 'csv', sort: 'index' });
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      'index,url,state,status,finalUrl,fetchedAt,snapshot,problem.code,problem.detail',
      expect.stringMatching(/^0,http.*,succeeded,200,/),
    ]);
    const ndjson = await app.get(path, { format: 'ndjson' });
    expect(
      ndjson.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Result).index),
    ).toEqual(seen);
  });

  it('come as they are there: as lines, and as events that go on where they were left', async () => {
    const urls = [`${origin.url}/page1.htm`, `${origin.url}/page2.htm`];
    const streamed = await app.send('/batches?stream=true', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ urls }),
    });
    expect([streamed.status, streamed.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    const lines = streamed.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Result);
    expect(lines.map(({ url }) => url).sort()).toEqual(urls);
    const location = streamed.headers.get('location') ?? '';
    const events = await app.send(`${location}/events`, {});
    expect(events.text.match(/^(id: \d+|event: \w+)$/gm)).toEqual(['id: 1', 'event: result', 'id: 2', 'event: result', 'event: end']);
    const resumed = await app.send(`${location}/events`, { headers: { 'last-event-id': '1' } });
    expect(resumed.text.match(/^id: \d+$/gm)).toEqual(['id: 2']);
  });
});

describe('the end of a batch', () => {
  it('comes when it is cancelled, and with it no further retrieval; what is finished is deleted', async () => {
    const urls = Array.from({ length: 50 }, (_, number) => `${origin.url}/framing/silence?${String(number)}`);
    const { json: batch } = await app.post<Batch>('/batches', { urls, concurrency: 2, timeoutMs: 300 });
    const { json: cancelled } = await app.send<{ done: string; batch: Batch }>(`/batches/${batch.id}`, { method: 'DELETE' });
    expect(cancelled).toMatchObject({ done: 'cancelled', batch: { state: 'cancelled', counts: { pending: 0 } } });
    const { counts } = cancelled.batch;
    expect(counts.succeeded + counts.failed + counts.cancelled).toBe(50);
    const { json: deleted } = await app.send<{ done: string }>(`/batches/${batch.id}`, { method: 'DELETE' });
    expect(deleted.done).toBe('deleted');
    const gone = await app.get<Problem>(`/batches/${batch.id}/results`);
    expect([gone.status, gone.json.code]).toEqual([404, 'JOB_NOT_FOUND']);
  });

  it('leaves what was read ahead alone, and ends what is under way', async () => {
    const held = await startHeldOrigin();
    try {
      const urls = Array.from({ length: 40 }, (_, number) => `${held.url}/${String(number)}`);
      const { json: batch } = await app.post<Batch>('/batches', { urls, concurrency: 2 });
      await until(() => held.due.length === 2);
      await app.send(`/batches/${batch.id}`, { method: 'DELETE' });
      await until(() => held.due.every(({ closed }) => closed));
      held.release();
      // At one origin the jobs take turns: once another has had its turn, the first has ended.
      await finished({ urls: [`${held.url}/another`] });
      expect(held.asked).toBe(3);
    } finally {
      await held.close();
    }
  });
});

describe('limits', () => {
  it('are how many unfinished batches a caller has, and how many bytes of results', async () => {
    const own = await freshDatabase();
    const strict = await startApp({ ALLOW_TARGETS: '127.0.0.1', JOB_MAX_UNFINISHED: '1', JOB_MAX_RESULT_BYTES: '2000', ...own.env });
    try {
      const urls = Array.from({ length: 6 }, (_, number) => `${origin.url}/page1.htm?${String(number)}`);
      const { batch, results } = await finished({ urls, concurrency: 1 }, strict);
      expect(batch).toMatchObject({ state: 'completed', counts: { total: 6, pending: 0 } });
      const codes = results.map(({ problem }) => problem?.code ?? 'none');
      expect([...new Set(codes)]).toEqual(['none', 'QUOTA_EXCEEDED']);
      const slow = { urls: [`${origin.url}/framing/silence`], timeoutMs: 20_000 };
      expect((await strict.post<Batch>('/batches', slow)).status).toBe(202);
      const second = await strict.post<Problem>('/batches', slow);
      expect([second.status, second.json.code, second.headers.get('retry-after')]).toEqual([429, 'QUOTA_EXCEEDED', '10']);
    } finally {
      await strict.close();
      await own.drop();
    }
  });

  it('are how long a finished one is kept', async () => {
    const own = await freshDatabase();
    const brief = await startApp({ ALLOW_TARGETS: '127.0.0.1', JOB_TTL_S: '1', ...own.env });
    try {
      const { batch } = await finished({ urls: [`${origin.url}/page1.htm`] }, brief);
      let status = 200;
      for (let tries = 0; tries < 50 && status === 200; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        status = (await brief.get(`/batches/${batch.id}`)).status;
      }
      expect(status).toBe(404);
      const store = await brief.app.get(JobsService).use((jobs) => jobs.deleteExpired());
      expect(store).toBe(1);
    } finally {
      await brief.close();
      await own.drop();
    }
  });

  it('are whose they are, where there are keys', async () => {
    const own = await freshDatabase();
    const [one, other] = ['the-first-key-of-the-test', 'the-second-key-of-the-test'];
    const guarded = await startApp({ ALLOW_TARGETS: '127.0.0.1', API_KEYS: `${one},${other}`, ...own.env });
    const as = (key: string, path: string, init: RequestInit = {}): Promise<Answer<Batch & { total: number }>> =>
      guarded.send(path, {
        ...init,
        headers: { 'x-api-key': key, ...(init.body !== undefined && { 'content-type': 'application/json' }) },
      });
    try {
      const body = JSON.stringify({ urls: [`${origin.url}/page1.htm`], webhook: `${origin.url}/page1.htm` });
      const created = await as(one, '/batches', { method: 'POST', body });
      const path = `/batches/${created.json.id}`;
      await as(one, `${path}?wait=30`);
      expect([(await as(one, path)).status, (await as(other, path)).status]).toEqual([200, 404]);
      expect([(await as(one, '/batches')).json.total, (await as(other, '/batches')).json.total]).toEqual([1, 0]);
      for (const method of ['DELETE', 'GET'])
        expect((await as(other, method === 'GET' ? `${path}/results` : path, { method })).status).toBe(404);
      const { deliveries: [delivery] = [] } = (await as(one, '/webhooks/deliveries')).json as unknown as { deliveries?: Batch[] };
      const told = `/webhooks/deliveries/${delivery?.id ?? ''}`;
      expect((await as(other, '/webhooks/deliveries')).json.total).toBe(0);
      expect([(await as(one, told)).status, (await as(other, told)).status]).toEqual([200, 404]);
      expect((await as(other, `${told}/replay`, { method: 'POST' })).status).toBe(404);
    } finally {
      await guarded.close();
      await own.drop();
    }
  });
});

describe('politeness', () => {
  it('asks an origin once at a time, and not before the delay has passed since its last answer, whatever batch asks', async () => {
    // From an answer to the next request, as the origin sees it.
    const pauses: number[] = [];
    let underWay = 0;
    let most = 0;
    let answeredAt: number | null = null;
    const slow = createServer((_request, response) => {
      if (answeredAt !== null) pauses.push(performance.now() - answeredAt);
      most = Math.max(most, ++underWay);
      setTimeout(() => {
        underWay -= 1;
        answeredAt = performance.now();
        response.end('answered');
      }, 20);
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const url = `http://127.0.0.1:${String((slow.address() as AddressInfo).port)}/`;
    const halves = [1, 2].map((half) => [`${url}?${String(half)}`, `${url}?${String(half)}&more`]);
    await Promise.all(halves.map((urls) => finished({ urls, perOriginDelayMs: 120, concurrency: 8 })));
    slow.close();
    expect([pauses.length, most]).toEqual([3, 1]);
    // A timer may come a millisecond early.
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(119);
  });
});

describe('the graph', () => {
  it('creates, tells of and ends batches as REST does', async () => {
    const { json: created } = await app.graphql<{ createBatch: Batch }>(
      'mutation ($urls: [String!]) { createBatch(urls: $urls, views: { links: { limit: 1 }, metadata: true, extract: { shape: { title: "h1" } } }) { id state views } }',
      { urls: [`${origin.url}/page1.htm`] },
    );
    expect(created.errors).toBeUndefined();
    const { id } = created.data!.createBatch;
    const { json: rest } = await app.get<Batch>(`/batches/${id}`, { wait: 30 });
    const { json: results } = await app.get<Results>(`/batches/${id}/results`);
    const { json: graph } = await app.graphql<{ batch: Batch & { results: Results } }>(
      `query ($id: ID!) { batch(id: $id) { id state counts { total pending succeeded failed cancelled } finishedAt expiresAt views
        results(limit: 5) { total results { index url state status snapshot views } } } batches(limit: 1) { total batches { id } } }`,
      { id },
    );
    expect(graph.errors).toBeUndefined();
    expect(graph.data).toMatchObject({ batches: { batches: [{ id }] } });
    const { results: told, ...batch } = graph.data!.batch;
    expect({ ...batch, state: batch.state.toLowerCase() }).toMatchObject({ id, state: rest.state, counts: rest.counts, views: rest.views });
    expect(told.results[0]?.views).toEqual(results.results[0]?.views);
    const { json: removed } = await app.graphql('mutation ($id: ID!) { cancelBatch(id: $id) { done batch { id } } }', { id });
    expect(removed.data).toEqual({ cancelBatch: { done: 'DELETED', batch: { id } } });
    const { json: none } = await app.graphql('query ($id: ID!) { batch(id: $id) { id } }', { id });
    expect(none.errors?.map(({ extensions }) => extensions.code)).toEqual(['JOB_NOT_FOUND']);
    const { json: wrong } = await app.graphql('mutation { createBatch(urls: ["x"]) { id } }');
    expect(wrong.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_REQUEST']);
  });
});
