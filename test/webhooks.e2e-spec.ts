import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { RECEIVERS } from '../console/jobs/receivers.ts';
import { makeSecret, signatureFields } from '../src/webhooks/sign.ts';
import { WebhooksService } from '../src/webhooks/webhooks.service.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { metric } from './support/metrics.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Receiver, startReceiver } from './support/webhook-receiver.ts';

interface Batch {
  id: string;
  webhook: {
    id: string;
    url: string;
    events: string[] | null;
    secret: string | null;
    previousSecretUntil: string | null;
    disabledAt: string | null;
  } | null;
}

interface Delivery {
  id: string;
  of: string;
  type: string;
  state: string;
  nextAttemptAt: string | null;
  finishedAt: string | null;
  attempts: { number: number; status: number | null; code: string | null; detail: string | null; answer: string | null }[];
  body: { type: string; timestamp: string; data: Record<string, unknown> };
}

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let database: TestDatabase;
let app: TestApp;
let origin: Origin;
let receiver: Receiver;
let names: NameServer;

beforeAll(async () => {
  [origin, receiver, database] = await Promise.all([startOrigin(), startReceiver(), freshDatabase()]);
  names = await startNameServer({ 'inside.example.com': ['10.0.0.1'] });
  app = await startApp({
    ALLOW_TARGETS: '127.0.0.1',
    WEBHOOK_TIMEOUT_MS: '300',
    DNS_SERVERS: `127.0.0.1:${String(names.port)}`,
    ...database.env,
  });
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await origin.close();
  await names.close();
  receiver.close();
});

async function create(webhook: unknown, urls = [`${origin.url}/page1.htm`], others: object = {}): Promise<Batch> {
  const { status, json, text } = await app.post<Batch>('/batches', { urls, webhook, ...others });
  expect([status, text]).toEqual([202, expect.anything()]);
  return json;
}

/** The one delivery of a batch, once it has had so many attempts. */
async function delivery(of: string, attempts: number): Promise<Delivery> {
  for (;;) {
    const { json } = await app.get<{ total: number; deliveries: Delivery[] }>('/webhooks/deliveries', { of });
    expect(json.total).toBeLessThan(2);
    const [found] = json.deliveries;
    if (found !== undefined && found.attempts.length >= attempts) return found;
    await sleep(25);
  }
}

/** Makes the attempts that are due by then. */
function passTime(ms: number): Promise<void> {
  return app.app.get(WebhooksService).deliverDue(ms);
}

describe('the end of a batch', () => {
  it('is told to its webhook, signed with a secret that is told once', async () => {
    const batch = await create(`${receiver.url}/taken?1`);
    const { secret = '' } = batch.webhook ?? {};
    expect(batch.webhook).toMatchObject({ url: `${receiver.url}/taken?1`, events: null, disabledAt: null });
    const told = await delivery(batch.id, 1);
    expect(told).toMatchObject({ of: batch.id, type: 'batch.completed', state: 'delivered', nextAttemptAt: null });
    expect(told.attempts).toMatchObject([{ number: 1, status: 204, code: null, detail: null, answer: null }]);
    const [message, ...others] = receiver.at('/taken?1');
    expect(others).toEqual([]);
    const verified = new Webhook(secret ?? '').verify(message?.body ?? '', message?.headers as Record<string, string>);
    expect(verified).toEqual(told.body);
    expect(message?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': told.id });
    expect(told.body).toMatchObject({
      type: 'batch.completed',
      data: { id: batch.id, counts: { total: 1, succeeded: 1 }, results: `/batches/${batch.id}/results` },
    });
    expect((await app.get<Batch>(`/batches/${batch.id}`)).json.webhook).toEqual({ ...batch.webhook, secret: null });
    for (const path of ['/batches', '/webhooks/deliveries']) expect((await app.get(path)).text).not.toContain(secret?.slice(6));
  });

  it.each([
    ['batch.failed', { urls: ['http://10.0.0.1/'] }],
    ['batch.completed', { urls: [] as string[] }],
  ])('is told as %s, with the secret that was given', async (type, { urls }) => {
    const webhook = { url: `${receiver.url}/taken?${type}`, secret: SECRET, events: ['batch.failed', 'batch.completed'] };
    const batch = await create(webhook, urls.length === 0 ? [`${origin.url}/page1.htm`] : urls);
    expect(batch.webhook).toMatchObject({ secret: null, events: webhook.events });
    expect(await delivery(batch.id, 1)).toMatchObject({ type, state: 'delivered' });
    const [message] = receiver.at(`/taken?${type}`);
    expect(() => new Webhook(SECRET).verify(message?.body ?? '', message?.headers as Record<string, string>)).not.toThrow();
  });

  it('is told where it is cancelled, and nothing is told of what is not wanted', async () => {
    const urls = Array.from({ length: 20 }, (_, number) => `${origin.url}/framing/silence?${String(number)}`);
    const cancelled = await create({ url: `${receiver.url}/taken?c`, events: ['batch.cancelled'] }, urls, {
      timeoutMs: 50,
      concurrency: 1,
    });
    const completed = await create({ url: `${receiver.url}/taken?n`, events: ['batch.cancelled'] });
    await app.send(`/batches/${cancelled.id}`, { method: 'DELETE' });
    expect(await delivery(cancelled.id, 1)).toMatchObject({ type: 'batch.cancelled', state: 'delivered' });
    await app.get(`/batches/${completed.id}`, { wait: 30 });
    expect((await app.get<{ total: number }>('/webhooks/deliveries', { of: completed.id })).json.total).toBe(0);
  });

  it('is no longer told once it is deleted', async () => {
    const { id } = await create(`${receiver.url}/hangs`);
    await delivery(id, 1);
    await app.send(`/batches/${id}`, { method: 'DELETE' });
    expect((await app.get<{ total: number }>('/webhooks/deliveries', { of: id })).json.total).toBe(0);
    expect((await app.get(`/webhooks/deliveries?of=${id}`)).status).toBe(200);
  });
});

describe('the end of a crawl', () => {
  it('is told as that of a batch is, with its own counts and where its results are', async () => {
    const { status, json: crawl } = await app.post<Batch>('/crawls', {
      url: `${origin.url}/page1.htm`,
      webhook: `${receiver.url}/taken?crawl`,
    });
    expect([status, crawl.webhook]).toEqual([
      202,
      {
        id: expect.any(String),
        url: `${receiver.url}/taken?crawl`,
        events: null,
        secret: expect.stringMatching(/^whsec_/),
        previousSecretUntil: null,
        disabledAt: null,
      },
    ]);
    const told = await delivery(crawl.id, 1);
    const { json: ended } = await app.get<Batch & { counts: Record<string, number> }>(`/crawls/${crawl.id}`);
    const { pending, ...counts } = ended.counts;
    expect([pending, counts['succeeded']]).toEqual([0, expect.any(Number)]);
    expect(told).toMatchObject({
      type: 'crawl.completed',
      state: 'delivered',
      body: { data: { id: crawl.id, state: 'completed', counts, results: `/crawls/${crawl.id}/results` } },
    });
    const [message] = receiver.at('/taken?crawl');
    const verified = new Webhook(crawl.webhook?.secret ?? '').verify(message?.body ?? '', message?.headers as Record<string, string>);
    expect(verified).toEqual(told.body);
    expect(ended.webhook).toEqual({ ...crawl.webhook, secret: null });
  });

  it('is told with the secret also where somebody waits for it, and needs one of its own beside a stream', async () => {
    const ask = (query: string, webhook: unknown): Promise<{ status: number; text: string }> =>
      app.send(`/crawls?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ url: `${origin.url}/page1.htm`, limit: 1, webhook }),
      });
    const waited = await ask('wait=30', `${receiver.url}/taken?waited`);
    expect((JSON.parse(waited.text) as { crawl: Batch }).crawl.webhook?.secret).toMatch(/^whsec_/);
    const refused = await ask('stream=true', `${receiver.url}/taken?streamed`);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('webhook.secret')]);
    expect((await ask('stream=true', { url: `${receiver.url}/taken?streamed`, secret: SECRET })).status).toBe(200);
  });

  it('has types of its own, also in the graph', async () => {
    const answer = await app.post<Problem>('/crawls', {
      url: `${origin.url}/page1.htm`,
      webhook: { url: receiver.url, events: ['batch.completed'] },
    });
    expect([answer.status, answer.json.errors]).toEqual([
      400,
      [{ parameter: 'webhook.events', message: expect.stringContaining('crawl.completed, crawl.failed, crawl.cancelled') }],
    ]);
    const { json } = await app.graphql<{ createCrawl: Batch }>(
      'mutation ($url: String!, $webhook: WebhookInput) { createCrawl(url: $url, limit: 1, webhook: $webhook) { id webhook { events secret } } }',
      { url: 'http://10.0.0.1/', webhook: { url: `${receiver.url}/taken?graphcrawl`, events: ['crawl.failed'] } },
    );
    expect(json.errors).toBeUndefined();
    const { id = '', webhook } = json.data?.createCrawl ?? {};
    expect(webhook).toEqual({ events: ['crawl.failed'], secret: expect.stringMatching(/^whsec_/) });
    expect(await delivery(id, 1)).toMatchObject({
      type: 'crawl.failed',
      body: { data: { counts: { known: 1, failed: 1, succeeded: 0 } } },
    });
  });
});

describe('a delivery that fails', () => {
  it('is tried again by the schedule, under the same id, until it is taken', async () => {
    const { id } = await create(`${receiver.url}/third-time`);
    const first = await delivery(id, 1);
    expect(first).toMatchObject({ state: 'pending', attempts: [{ status: 500, answer: 'not yet: 1' }] });
    const waitS = (Date.parse(first.nextAttemptAt ?? '') - Date.now()) / 1000;
    expect(waitS).toBeGreaterThan(0);
    expect(waitS).toBeLessThan(7);
    await passTime(10_000);
    await passTime(10 * MINUTE);
    const last = await delivery(id, 3);
    expect(last).toMatchObject({ state: 'delivered', nextAttemptAt: null, attempts: [{ status: 500 }, { status: 500 }, { status: 200 }] });
    const sent = receiver.at('/third-time');
    expect(new Set(sent.map(({ headers, body }) => JSON.stringify([headers['webhook-id'], body]))).size).toBe(1);
  });

  it('is given up after the last attempt of the schedule', async () => {
    const { id } = await create(`${receiver.url}/hangs`);
    for (let tries = 1; tries < 9; tries += 1) {
      const { attempts, state } = await delivery(id, tries);
      expect([attempts.at(-1)?.code, state]).toEqual(['TARGET_TIMEOUT', tries < 8 ? 'pending' : 'failed']);
      if (tries === 8) break;
      await passTime(tries * 100 * HOUR);
    }
    const { json } = await app.get<{ deliveries: Delivery[] }>('/webhooks/deliveries', { state: 'failed', limit: 1 });
    expect(json.deliveries).toMatchObject([{ of: id, nextAttemptAt: null, finishedAt: expect.any(String) }]);
  });

  it('waits for as long as the receiver asks', async () => {
    const { id } = await create(`${receiver.url}/busy`);
    const { nextAttemptAt } = await delivery(id, 1);
    expect(Date.parse(nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(10 * MINUTE);
  });

  it('follows no redirect', async () => {
    const before = receiver.at('/taken').length;
    const { id } = await create(`${receiver.url}/elsewhere`);
    expect((await delivery(id, 1)).attempts).toMatchObject([{ status: 307, detail: expect.stringContaining('redirects') }]);
    expect(receiver.at('/taken').length).toBe(before);
  });

  it('is the last one where the receiver wants nothing any more, until a replay is taken', async () => {
    const { id, webhook } = await create(`${receiver.url}/gone-once`);
    const told = await delivery(id, 1);
    expect(told).toMatchObject({ state: 'failed', nextAttemptAt: null, attempts: [{ status: 410 }] });
    expect((await app.get<Batch>(`/batches/${id}`)).json.webhook).toMatchObject({ id: webhook?.id, disabledAt: expect.any(String) });
    const replayed = await app.send<Delivery>(`/webhooks/deliveries/${told.id}/replay`, { method: 'POST' });
    expect(replayed.status).toBe(200);
    expect(await delivery(id, 2)).toMatchObject({ state: 'delivered' });
    expect((await app.get<Batch>(`/batches/${id}`)).json.webhook?.disabledAt).toBeNull();
  });

  it('is taken by its status, however much the receiver says', async () => {
    const { id } = await create(`${receiver.url}/talks`);
    expect((await delivery(id, 1)).state).toBe('delivered');
  });
});

describe('a webhook', () => {
  it.each([
    ['http://10.0.0.1/', 403, 'TARGET_FORBIDDEN', []],
    ['http://localhost:6379/', 403, 'TARGET_FORBIDDEN', []],
    ['file:///etc/passwd', 400, 'INVALID_REQUEST', ['webhook.url']],
    [{ url: 'https://example.com/', secret: 'whsec_AAAA' }, 400, 'INVALID_REQUEST', ['webhook.secret']],
    [{ url: 'https://example.com/', events: ['batch.done'] }, 400, 'INVALID_REQUEST', ['webhook.events']],
    [{ secret: SECRET, more: 1 }, 400, 'INVALID_REQUEST', ['webhook.url', 'webhook.more']],
    [7, 400, 'INVALID_REQUEST', ['webhook']],
  ])('is refused before anything is retrieved where it is %j', async (webhook, status, code, parameters) => {
    const answer = await app.post<Problem>('/batches', { urls: [`${origin.url}/page1.htm`], webhook });
    expect([answer.status, answer.json.code, answer.json.errors.map(({ parameter }) => parameter).sort()]).toEqual([
      status,
      code,
      [...parameters].sort(),
    ]);
  });

  it('that leads where policy forbids once its name is resolved gets nothing', async () => {
    const { id } = await create('http://inside.example.com/');
    expect((await delivery(id, 1)).attempts).toMatchObject([{ status: null, code: 'TARGET_FORBIDDEN' }]);
    expect(names.queries).toContain('A inside.example.com');
  });

  it('may stand beside a file, and needs a secret of its own beside a stream', async () => {
    const send = (query: string): Promise<{ status: number; text: string }> =>
      app.send(`/batches?${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: `${origin.url}/page1.htm` });
    const webhook = encodeURIComponent(`${receiver.url}/taken?csv`);
    const answer = await send(`webhook=${webhook}&wait=30`);
    expect([answer.status, (JSON.parse(answer.text) as { batch: Batch }).batch.webhook?.secret]).toEqual([
      200,
      expect.stringMatching(/^whsec_/),
    ]);
    expect((await send(`webhook=${webhook}&stream=true`)).status).toBe(400);
    const given = encodeURIComponent(JSON.stringify({ url: `${receiver.url}/taken?csv`, secret: SECRET }));
    expect((await send(`webhook=${given}&stream=true`)).status).toBe(200);
  });
});

describe('the receiver that the console shows', () => {
  it('takes what is signed by its secret, also beside another, and nothing else', async () => {
    const port = Number(new URL(receiver.url).port) + 1;
    const program = spawn(process.execPath, ['--input-type=module', '--eval', RECEIVERS['Node.js']], {
      env: { WEBHOOK_SECRET: SECRET, PORT: String(port) },
    });
    const printed: string[] = [];
    program.stdout.on('data', (data: Buffer) => printed.push(data.toString()));
    const body = JSON.stringify({ type: 'batch.completed', data: { id: 'もし' } });
    const post = (secrets: readonly string[], at = new Date()): Promise<number> =>
      fetch(`http://127.0.0.1:${String(port)}/`, {
        method: 'POST',
        headers: signatureFields(secrets, 'msg_1', at, body).map(({ name, value }): [string, string] => [name, value]),
        body,
      }).then(
        ({ status }) => status,
        () => 0,
      );
    while ((await post([SECRET])) === 0) await sleep(25);
    expect([
      await post([SECRET]),
      await post([makeSecret(), SECRET]),
      await post([makeSecret()]),
      await post([SECRET], new Date(0)),
    ]).toEqual([204, 204, 400, 400]);
    expect(printed.join('')).toContain('batch.completed もし\n');
    program.kill();
  });
});

describe('what is told to Prometheus', () => {
  it('counts attempts by what became of them, and what is still to be told', async () => {
    const own = await freshDatabase();
    const counting = await startApp({ ALLOW_TARGETS: '127.0.0.1', ...own.env });
    for (const [path, outcome] of [
      ['/taken?metrics', 'delivered'],
      ['/busy?metrics', 'again'],
      ['/gone?metrics', 'gone'],
    ] as const) {
      const { json } = await counting.post<Batch>('/batches', { urls: [`${origin.url}/page1.htm`], webhook: `${receiver.url}${path}` });
      const isMade = async (): Promise<boolean> =>
        (await counting.get<{ deliveries: Delivery[] }>('/webhooks/deliveries', { of: json.id })).json.deliveries[0]?.attempts.length === 1;
      while (!(await isMade())) await sleep(25);
      expect(await metric(counting, `webhook_attempts_total{outcome="${outcome}"}`)).toBe(1);
    }
    const { text } = await counting.get('/metrics');
    expect(text.match(/^pagewire_webhook_deliveries_.*$/gm)).toEqual([
      'pagewire_webhook_deliveries_pending 1',
      'pagewire_webhook_deliveries_due 0',
      'pagewire_webhook_deliveries_late_seconds 0',
    ]);
    await counting.close();
    await own.drop();
  });
});

describe('the secret of a webhook', () => {
  const rotate = (id: string | undefined, body?: object): ReturnType<typeof app.send<NonNullable<Batch['webhook']>>> =>
    app.send(`/webhooks/${id ?? ''}/secret/rotate`, {
      method: 'POST',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  /** Whether the last message that came to a path is believed with which of these secrets. */
  const believes = (path: string, ...secrets: readonly (string | null | undefined)[]): boolean[] => {
    const { body = '', headers } = receiver.at(path).at(-1) ?? {};
    return secrets.map((secret) => {
      try {
        return new Webhook(secret ?? '').verify(body, headers as Record<string, string>) !== null;
      } catch {
        return false;
      }
    });
  };

  it('is rotated: the new one is told once, and the old one signs beside it for a day', async () => {
    const { id, webhook } = await create(`${receiver.url}/third-time?rotated`);
    await delivery(id, 1);
    const asked = Date.now();
    const { status, json: rotated } = await rotate(webhook?.id);
    expect([status, rotated]).toEqual([
      200,
      { ...webhook, secret: expect.stringMatching(/^whsec_.{44}$/), previousSecretUntil: expect.any(String) },
    ]);
    expect(rotated.secret).not.toBe(webhook?.secret);
    const graceS = (Date.parse(rotated.previousSecretUntil ?? '') - asked) / 1000;
    expect([graceS > 86_300, graceS < 86_500]).toEqual([true, true]);
    expect((await app.get<Batch>(`/batches/${id}`)).json.webhook).toEqual({ ...rotated, secret: null });
    await passTime(10_000);
    await delivery(id, 2);
    expect(believes('/third-time?rotated', webhook?.secret, rotated.secret)).toEqual([true, true]);
    await passTime(25 * HOUR);
    await delivery(id, 3);
    expect(believes('/third-time?rotated', webhook?.secret, rotated.secret)).toEqual([false, true]);
    for (const path of [`/batches/${id}`, '/webhooks/deliveries'])
      expect((await app.get(path)).text).not.toContain(rotated.secret?.slice(6));
  });

  it('is what the caller gives, and the old ones end when the caller says', async () => {
    const { id, webhook } = await create(`${receiver.url}/taken?given`);
    const { id: told } = await delivery(id, 1);
    const replay = async (attempts: number): Promise<void> => {
      await app.send(`/webhooks/deliveries/${told}/replay`, { method: 'POST' });
      await delivery(id, attempts);
    };
    const given = await rotate(webhook?.id, { secret: SECRET, gracePeriodS: 3600 });
    expect(given.json.secret).toBeNull();
    const made = (await rotate(webhook?.id, { gracePeriodS: 604_800 })).json;
    await replay(2);
    expect(believes('/taken?given', webhook?.secret, SECRET, made.secret)).toEqual([true, true, true]);
    // Asked for again, as who missed the answer does, nothing becomes of what is there.
    for (let time = 0; time < 6; time += 1) await rotate(webhook?.id, { secret: SECRET });
    await replay(3);
    expect(believes('/taken?given', webhook?.secret, SECRET, made.secret)).toEqual([true, true, true]);
    const last = (await rotate(webhook?.id, { gracePeriodS: 0 })).json;
    expect(last.previousSecretUntil).toBeNull();
    await replay(4);
    expect(believes('/taken?given', webhook?.secret, SECRET, made.secret, last.secret)).toEqual([false, false, false, true]);
  });

  it('is signed with for a while by five of those before it at most', async () => {
    const { id, webhook } = await create(`${receiver.url}/taken?many`);
    const { id: told } = await delivery(id, 1);
    const secrets = [webhook?.secret];
    for (let time = 0; time < 6; time += 1) secrets.push((await rotate(webhook?.id)).json.secret);
    await app.send(`/webhooks/deliveries/${told}/replay`, { method: 'POST' });
    await delivery(id, 2);
    expect(believes('/taken?many', ...secrets)).toEqual([false, true, true, true, true, true, true]);
  });

  it.each([
    [{ secret: 'whsec_AAAA' }, ['secret']],
    [{ gracePeriodS: -1 }, ['gracePeriodS']],
    [{ gracePeriodS: 604_801 }, ['gracePeriodS']],
    [{ url: 'https://example.com/' }, ['url']],
  ])('is not rotated by %j', async (body, parameters) => {
    const { webhook } = await create(`${receiver.url}/taken?refused`);
    const answer = await app.post<Problem>(`/webhooks/${webhook?.id ?? ''}/secret/rotate`, body);
    expect([answer.status, answer.json.errors.map(({ parameter }) => parameter)]).toEqual([400, parameters]);
  });

  it('is that of a watch or a crawl, too, and of nothing that is not there', async () => {
    const url = `${origin.url}/page1.htm`;
    const { json: crawl } = await app.post<Batch>('/crawls', { url, limit: 1, webhook: receiver.url });
    const { json: watch } = await app.post<Batch>('/watches', { url, every: 3600, webhook: receiver.url });
    for (const { webhook } of [crawl, watch]) expect((await rotate(webhook?.id)).json).toMatchObject({ id: webhook?.id });
    await app.send(`/watches/${watch.id}`, { method: 'DELETE' });
    for (const id of ['none', watch.webhook?.id]) expect((await rotate(id)).status).toBe(404);
  });

  it('is rotated over the graph', async () => {
    const { webhook } = await create(`${receiver.url}/taken?graphrotated`);
    const { json } = await app.graphql<{ rotateWebhookSecret: Batch['webhook'] }>(
      'mutation ($id: ID!) { rotateWebhookSecret(id: $id, gracePeriodS: 60) { id secret previousSecretUntil } }',
      { id: webhook?.id },
    );
    expect(json).toMatchObject({
      data: { rotateWebhookSecret: { id: webhook?.id, secret: expect.stringMatching(/^whsec_/), previousSecretUntil: expect.any(String) } },
    });
  });
});

describe('the graph', () => {
  it('gives batches webhooks, tells of deliveries and has them made again', async () => {
    const { json } = await app.graphql<{ createBatch: Batch }>(
      'mutation ($urls: [String!], $webhook: WebhookInput) { createBatch(urls: $urls, webhook: $webhook) { id webhook { url events secret } } }',
      { urls: [`${origin.url}/page1.htm`], webhook: { url: `${receiver.url}/taken?graph` } },
    );
    expect(json.errors).toBeUndefined();
    const { id = '', webhook } = json.data?.createBatch ?? {};
    expect(webhook).toMatchObject({ url: `${receiver.url}/taken?graph`, events: null, secret: expect.stringMatching(/^whsec_/) });
    const told = await delivery(id, 1);
    const graph = 'query ($of: String) { deliveries(of: $of, state: DELIVERED) { total deliveries { id type attempts { status } body } } }';
    const { json: listed } = await app.graphql(graph, { of: id });
    const { body } = told;
    expect(listed.data).toEqual({
      deliveries: { total: 1, deliveries: [{ id: told.id, type: 'batch.completed', attempts: [{ status: 204 }], body }] },
    });
    const { json: replayed } = await app.graphql('mutation ($id: ID!) { replayDelivery(id: $id) { id state } }', { id: told.id });
    expect(replayed.data).toEqual({ replayDelivery: { id: told.id, state: 'PENDING' } });
    expect((await delivery(id, 2)).state).toBe('delivered');
    const { json: none } = await app.graphql('{ delivery(id: "none") { id } }');
    expect(none.errors?.map(({ extensions }) => extensions.code)).toEqual(['JOB_NOT_FOUND']);
  });
});
