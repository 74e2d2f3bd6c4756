import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WatchWorkService } from '../src/watches/watch-work.service.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { metric } from './support/metrics.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { type Receiver, startReceiver } from './support/webhook-receiver.ts';

interface Run {
  number: number;
  state: string;
  isAsked: boolean;
  status: number | null;
  code: string | null;
  failed: { path: string }[];
}

interface Watch {
  id: string;
  state: string;
  everyS: number | null;
  cron: string | null;
  nextRunAt: string | null;
  totals: { runs: number; changes: number; events: number };
  lastRun: Run | null;
  webhook: { secret: string | null } | null;
}

interface Change {
  run: number;
  kind: string;
  path: string;
  before: unknown;
  after: unknown;
  beforeSnapshot: string;
  afterSnapshot: string;
}

const HOUR = 3_600_000;

/** What the page says now. */
let says: { status: number; html: string; headers: Record<string, string> };
let asked = 0;

const page = createServer((_request, response) => {
  asked += 1;
  if (says.status === 0) response.destroy();
  else response.writeHead(says.status, { 'content-type': 'text/html; charset=utf-8', ...says.headers }).end(says.html);
});

let database: TestDatabase;
let app: TestApp;
let receiver: Receiver;
let url = '';

beforeAll(async () => {
  page.listen(0, '127.0.0.1');
  [receiver, database] = await Promise.all([startReceiver(), freshDatabase(), once(page, 'listening')]);
  url = `http://127.0.0.1:${String((page.address() as AddressInfo).port)}/`;
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', WATCH_MIN_INTERVAL_S: '60', WATCH_MAX: '12', ...database.env });
});

afterAll(async () => {
  await app.close();
  await database.drop();
  receiver.close();
  page.closeAllConnections();
  page.close();
});

beforeEach(() => {
  says = { status: 200, html: '<h1>First</h1><p class=price>12.00</p>', headers: {} };
});

async function watch(members: object): Promise<Watch> {
  const answer = await app.send<Watch>('/watches?wait=30', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, every: 3600, ...members }),
  });
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
  return answer.json;
}

async function look({ id }: Watch): Promise<Watch> {
  return (await app.send<Watch>(`/watches/${id}/run?wait=30`, { method: 'POST' })).json;
}

async function changes({ id }: Watch): Promise<Change[]> {
  return (await app.get<{ changes: Change[] }>(`/watches/${id}/changes`)).json.changes;
}

async function events({ id }: Watch): Promise<string[]> {
  const { text } = await app.get(`/watches/${id}/events`, { follow: false });
  return [...text.matchAll(/^event: (.*)$/gm)].map(([, type = '']) => type);
}

describe('what is told to Prometheus', () => {
  it('counts runs by what they found, and watches that are to run', async () => {
    const counted = async (): Promise<number[]> =>
      Promise.all(['baseline', 'unchanged', 'changed', 'failed'].map((outcome) => metric(app, `watch_runs_total{outcome="${outcome}"}`)));
    const [baseline = 0, unchanged = 0, changed = 0, failed = 0] = await counted();
    const pending = await metric(app, 'watch_runs_pending');
    const begun = await watch({ views: { extract: { shape: { heading: 'h1' } } } });
    await look(begun);
    says.html = '<h1>Second</h1>';
    await look(begun);
    says.status = 0;
    await look(begun);
    expect(await counted()).toEqual([baseline + 1, unchanged + 1, changed + 1, failed + 1]);
    expect(await metric(app, 'watch_runs_pending')).toBe(pending + 1);
    const { text } = await app.get('/metrics');
    expect(text).toMatch(/^pagewire_watch_runs_due \d+$/m);
    expect(text).toMatch(/^pagewire_watch_runs_late_seconds [\d.]+$/m);
    await app.send(`/watches/${begun.id}`, { method: 'DELETE' });
    expect(await metric(app, 'watch_runs_pending')).toBe(pending);
  });
});

describe('a watch', () => {
  it('looks at once, compares what it sees later with that, and tells each change with what it was and is', async () => {
    const begun = await watch({ views: { extract: { shape: { title: 'h1', price: '.price' } }, links: {} }, headers: ['server'] });
    expect(begun).toMatchObject({
      state: 'active',
      everyS: 3600,
      totals: { runs: 1, changes: 0 },
      lastRun: { state: 'baseline', status: 200 },
    });
    says.html = '<h1>First</h1><p class=price>9.50</p><a href="/new">New</a>';
    says.headers = { server: 'other/2' };
    const later = await look(begun);
    expect(later).toMatchObject({ lastRun: { number: 2, state: 'changed', isAsked: true }, totals: { runs: 2, changes: 4 } });
    const found = await changes(begun);
    expect(found.map(({ kind, path, before, after }) => [kind, path, before, after]).reverse()).toEqual([
      ['changed', 'extract.data.price', '12.00', '9.50'],
      ['changed', 'headers.server', null, 'other/2'],
      ['added', 'links.links', null, `${url}new`],
      ['changed', 'links.total', 0, 1],
    ]);
    expect((await app.get(`/snapshots/${found[0]?.afterSnapshot ?? ''}`)).status).toBe(200);
    expect(await events(begun)).toEqual(['watch.changed']);
    const { json: runs } = await app.get<{ total: number; runs: Run[]; next: string }>(`/watches/${begun.id}/runs`, { limit: 1 });
    expect([runs.total, runs.runs[0]?.number, runs.next]).toEqual([2, 2, expect.stringContaining('offset=1')]);
  });

  it('sees no change in what is made anew for each answer, nor in what it is to leave out', async () => {
    const noisy = (number: number): void => {
      says.html = `<meta name=csrf-token content=${String(number)}><script nonce=${String(number)}>1</script><h1>First</h1><p class=clock>${String(number)}</p>
        <form><input type=hidden name=csrf_token value=${String(number)}></form>`;
      says.headers = { 'x-request-id': String(number), 'set-cookie': `id=${String(number)}`, etag: `"${String(number)}"` };
    };
    noisy(1);
    const begun = await watch({ ignore: ['.clock'], body: true, views: { headers: {}, text: {}, select: { selector: '*' } } });
    noisy(2);
    expect((await look(begun)).lastRun?.state).toBe('unchanged');
    says.html = says.html.replace('First', 'Second');
    await look(begun);
    expect((await changes(begun)).map(({ path }) => path)).toEqual(expect.arrayContaining(['body', 'text.text']));
  });

  it('tells a failure as one, and no change for it', async () => {
    const begun = await watch({ views: { extract: { shape: 'h1' } } });
    says.status = 0;
    expect((await look(begun)).lastRun).toMatchObject({ state: 'failed', status: null, code: 'CONNECTION_RESET' });
    expect((await look(begun)).lastRun?.state).toBe('failed');
    says.status = 500;
    says.html = 'Oops';
    expect((await look(begun)).lastRun).toMatchObject({ state: 'changed', status: 500 });
    expect((await changes(begun)).map(({ path, after }) => [path, after])).toEqual([['status', 500]]);
    expect(await events(begun)).toEqual(['watch.failed', 'watch.recovered', 'watch.changed']);
  });

  it('tells its webhook, signed and once, of changes and of assertions that fail and hold again', async () => {
    const begun = await watch({
      views: { extract: { shape: { price: { $: '.price', type: 'number' } } } },
      assert: [
        { path: 'extract.data.price', op: 'less', value: 10 },
        { path: 'status', op: 'equals', value: '200' },
      ],
      webhook: { url: `${receiver.url}/taken?watch`, events: ['watch.changed', 'watch.assertion.recovered'] },
    });
    expect(begun.lastRun).toMatchObject({ state: 'baseline', failed: [{ path: 'extract.data.price', op: 'less', value: '10' }] });
    expect(begun.webhook?.secret).toMatch(/^whsec_/);
    says.html = '<p class=price>9.50</p>';
    expect((await look(begun)).lastRun?.failed).toEqual([]);
    while (receiver.at('/taken?watch').length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const sent = receiver.at('/taken?watch').map(({ body }) => JSON.parse(body) as { type: string; data: { id: string; run: number } });
    expect(sent.map(({ type, data }) => [type, data.id, data.run]).sort()).toEqual([
      ['watch.assertion.recovered', begun.id, 2],
      ['watch.changed', begun.id, 2],
    ]);
    expect(await events(begun)).toEqual(['watch.assertion.failed', 'watch.changed', 'watch.assertion.recovered']);
    const { json } = await app.get<{ total: number }>('/webhooks/deliveries', { of: begun.id });
    expect(json.total).toBe(2);
  });

  it('believes nothing before it has seen it as often as it must, and looks again soon', async () => {
    const begun = await watch({ confirm: 2, views: { extract: { shape: 'h1' } } });
    says.html = '<h1>Second</h1>';
    const doubting = await look(begun);
    expect(doubting.lastRun?.state).toBe('unchanged');
    expect(Date.parse(doubting.nextRunAt ?? '') - Date.now()).toBeLessThan(60_000);
    expect((await look(begun)).lastRun?.state).toBe('changed');
  });
});

describe('the schedule', () => {
  it('makes a run that is due once, however many were missed, and none before', async () => {
    const work = app.app.get(WatchWorkService);
    const begun = await watch({ every: 'PT2H' });
    await work.runDue(HOUR);
    const at = async (): Promise<Watch> => (await app.get<Watch>(`/watches/${begun.id}`)).json;
    expect((await at()).totals.runs).toBe(1);
    await work.runDue(100 * HOUR);
    await work.runDue(100 * HOUR);
    const { totals, lastRun, nextRunAt } = await at();
    expect([totals.runs, lastRun?.isAsked]).toEqual([2, false]);
    expect(Date.parse(nextRunAt ?? '') - Date.now()).toBeGreaterThan(101 * HOUR);
  });

  it('is changed, paused and gone on with; a run that is asked for is made all the same', async () => {
    const begun = await watch({ cron: '0 8 * * *', every: null, timezone: 'Europe/Berlin' });
    const patch = async (body: object): Promise<Watch> => {
      const init = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return (await app.send<Watch>(`/watches/${begun.id}`, init)).json;
    };
    expect(begun).toMatchObject({ everyS: null, cron: '0 8 * * *', timezone: 'Europe/Berlin' });
    expect(await patch({ paused: true })).toMatchObject({ state: 'paused', nextRunAt: null });
    expect(await look(begun)).toMatchObject({ state: 'paused', nextRunAt: null, totals: { runs: 2 } });
    expect(await patch({ paused: false, every: 'P1D', confirm: 3 })).toMatchObject({
      state: 'active',
      everyS: 86_400,
      cron: null,
      confirm: 3,
    });
  });

  it.each([
    [{ every: 59 }, ['every']],
    [{ every: '1 hour' }, ['every']],
    [{ every: null }, ['every']],
    [{ cron: '0 8 * * *' }, ['every']],
    [{ every: null, cron: '* * * * * *' }, ['cron']],
    [{ every: null, cron: '0 8 * * *', timezone: 'Mars' }, ['timezone']],
    [{ assert: [{ path: 'status', op: 'less', value: 'x' }] }, ['assert[0].value']],
    [{ assert: [{ path: 'status', op: 'is' }], confirm: 0 }, ['assert[0].op', 'confirm']],
    [{ views: { links: { limit: 0 } } }, ['views.links.limit']],
    [{ url: 'page1.htm' }, ['url']],
    [{ webhook: 'ftp://a/' }, ['webhook.url']],
    [{ ignore: ['p', '<'] }, ['ignore']],
  ])('and all else that is wrong is refused by name: %j', async (members, parameters) => {
    const { status, json } = await app.post<Problem>('/watches', { url, every: 3600, ...members });
    expect([status, json.errors.map(({ parameter }) => parameter).sort()]).toEqual([400, parameters]);
  });
});

describe('the graph', () => {
  it('begins, changes, runs, tells of and deletes watches as REST does', async () => {
    const { json: created } = await app.graphql<{ createWatch: Watch }>(
      'mutation ($url: String!) { createWatch(url: $url, every: "PT1H", views: { extract: { shape: "h1" } }, assert: [{ path: "status", op: EQUALS, value: "200" }]) { id state views assertions { op value } } }',
      { url },
    );
    expect(created.errors).toBeUndefined();
    const { id = '' } = created.data?.createWatch ?? {};
    expect(created.data?.createWatch).toMatchObject({ views: ['extract'], assertions: [{ op: 'EQUALS', value: '200' }] });
    await look({ id } as Watch);
    says.html = '<h1>Other</h1>';
    await look({ id } as Watch);
    const { json } = await app.graphql(
      'query ($id: ID!) { watch(id: $id) { changes { total changes { kind path before after } } runs(limit: 1) { runs { state } } } }',
      {
        id,
      },
    );
    expect(json.data).toEqual({
      watch: {
        changes: { total: 1, changes: [{ kind: 'CHANGED', path: 'extract.data', before: 'First', after: 'Other' }] },
        runs: { runs: [{ state: 'CHANGED' }] },
      },
    });
    const { json: ended } = await app.graphql(
      'mutation ($id: ID!) { runWatch(id: $id) { id } updateWatch(id: $id, paused: true) { state } deleteWatch(id: $id) { id } }',
      { id },
    );
    expect(ended.errors).toBeUndefined();
    expect(ended.data).toEqual({ runWatch: { id }, updateWatch: { state: 'PAUSED' }, deleteWatch: { id } });
  });
});

describe('watches', () => {
  it('are as many as a caller may have, and are deleted with all that is kept of them', async () => {
    const { json: list } = await app.get<{ watches: Watch[] }>('/watches');
    for (const { id } of list.watches) expect((await app.send(`/watches/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await app.get<{ total: number }>('/webhooks/deliveries')).json.total).toBe(0);
    const many = await Promise.all(Array.from({ length: 13 }, () => app.post<Problem>('/watches', { url, every: 3600 })));
    expect(many.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
    expect(many.find(({ status }) => status === 429)?.json.code).toBe('QUOTA_EXCEEDED');
    const gone = await app.get<Problem>(`/watches/${list.watches[0]?.id ?? ''}/changes`);
    expect([gone.status, gone.json.code]).toEqual([404, 'JOB_NOT_FOUND']);
    expect(asked).toBeGreaterThan(12);
  });
});
