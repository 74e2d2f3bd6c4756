import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { WatchWorkService } from '../../src/watches/watch-work.service.ts';
import { WebhooksService } from '../../src/webhooks/webhooks.service.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Problem } from '../support/contract.ts';
import { killRounds } from '../support/kill-rounds.ts';
import { startHeldOrigin, until } from '../support/held-origin.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { startReceiver } from '../support/webhook-receiver.ts';

interface Batch {
  id: string;
  state: string;
  counts: { total: number; succeeded: number };
}

let postgres: Postgres;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
  await origin.close();
});

function launch(env: Record<string, string> = {}): Promise<TestApp> {
  return startApp({ ALLOW_TARGETS: '127.0.0.1', DATABASE_URL: postgres.url, ...env });
}

describe('several processes', () => {
  it('make the tables together, share what one of them takes on, and leave callers to those that are there for them', async () => {
    const [api, ...workers] = await Promise.all([launch({ ROLE: 'api' }), launch({ ROLE: 'worker' }), launch({ ROLE: 'worker' })]);
    try {
      const urls = Array.from({ length: 40 }, (_, number) => `${origin.url}/page1.htm?${String(number)}`);
      const { status, json: created } = await api.post<Batch>('/batches', { urls });
      expect([status, created]).toEqual([202, expect.objectContaining({ state: 'queued' })]);
      const { json: batch } = await api.get<Batch>(`/batches/${created.id}`, { wait: 30 });
      expect(batch).toMatchObject({ state: 'completed', counts: { total: 40, succeeded: 40 } });
      for (const worker of workers) {
        expect((await worker.get('/batches')).status).toBe(503);
        // One of them may have done all of it while the other was still opening the database.
        await until(async () => (await worker.get<{ database: string }>('/health/ready')).json.database === 'ok');
      }
    } finally {
      await Promise.all([api, ...workers].map((app) => app.close()));
    }
  });
});

describe('a batch that is cancelled', () => {
  it('is retrieved no further by any process, from the moment of the answer', async () => {
    const [api, ...workers] = await Promise.all([launch({ ROLE: 'api' }), launch({ ROLE: 'worker' }), launch({ ROLE: 'worker' })]);
    const held = await startHeldOrigin();
    try {
      const urls = Array.from({ length: 40 }, (_, number) => `${held.url}/${String(number)}`);
      const { json: batch } = await api.post<Batch>('/batches', { urls, concurrency: 2 });
      await until(() => held.due.length === 2);
      await api.send(`/batches/${batch.id}`, { method: 'DELETE' });
      held.release();
      // At one origin the jobs take turns: once another has had its turn, the first has ended.
      const { json: other } = await api.post<Batch>('/batches', { urls: [`${held.url}/another`] });
      const { json: done } = await api.get<Batch>(`/batches/${other.id}`, { wait: 30 });
      expect([done.state, held.asked]).toEqual(['completed', 3]);
    } finally {
      await Promise.all([api, ...workers].map((app) => app.close()));
      await held.close();
    }
  });
});

describe('what is due', () => {
  it('is done by one of several processes, and told once', async () => {
    const receiver = await startReceiver();
    const apps = await Promise.all([launch(), launch(), launch()]);
    try {
      const [first] = apps as [TestApp, ...TestApp[]];
      const answer = await first.send<{ id: string }>('/watches?wait=30', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          url: `${origin.url}/page1.htm`,
          every: 3600,
          assert: [{ path: 'status', op: 'equals', value: 404 }],
          webhook: `${receiver.url}/taken`,
        }),
      });
      const { id } = answer.json;
      // An hour later, by the clocks of all.
      await Promise.all(apps.map(({ app }) => app.get(WatchWorkService).runDue(3_601_000)));
      const { json } = await first.get<{ total: number }>(`/watches/${id}/runs`);
      expect(json.total).toBe(2);
      await Promise.all(apps.map(({ app }) => app.get(WebhooksService).deliverDue(0)));
      let told: { total: number; deliveries: { attempts: object[] }[] };
      do ({ json: told } = await first.get<typeof told>('/webhooks/deliveries', { of: id }));
      while (told.deliveries[0]?.attempts.length === 0);
      expect([told.total, told.deliveries[0]?.attempts.length, receiver.received.length]).toEqual([1, 1, 1]);
    } finally {
      await Promise.all(apps.map((app) => app.close()));
      receiver.close();
    }
  });
});

describe('a database that is lost', () => {
  it('keeps nobody from anything but jobs, and work goes on when it is back', async () => {
    const app = await launch();
    try {
      const urls = Array.from({ length: 3 }, (_, number) => `${origin.url}/page1.htm?lost=${String(number)}`);
      const { json: created } = await app.post<Batch>('/batches', { urls, perOriginDelayMs: 300 });
      await postgres.kill();
      const refused = await app.post<Problem>('/batches', { urls });
      expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([503, 'DATABASE_UNAVAILABLE', '5']);
      expect((await app.get('/links', { url: urls[0] ?? '' })).status).toBe(200);
      expect((await app.get<{ database: string }>('/health/ready')).json).toEqual({ status: 'ok', database: 'unavailable' });
      expect((await app.get('/metrics')).text).toContain('pagewire_jobs_database_up -1');
      await postgres.start();
      let state = '';
      for (let tries = 0; tries < 60 && state !== 'completed'; tries += 1) {
        state = (await app.get<Batch>(`/batches/${created.id}`, { wait: 5 })).json.state;
        if (state !== 'completed') await sleep(250);
      }
      expect(state).toBe('completed');
    } finally {
      await app.close();
    }
  }, 120_000);
});

describe('processes that are killed', () => {
  it('lose no result, and bring none twice', async () => {
    const rounds = 3;
    // Each time other ones: over time all of them.
    const count = await killRounds(rounds, Math.random, () => undefined);
    expect(count).toMatchObject({ rounds, lost: 0, duplicates: 0, told: rounds, toldTwice: 0 });
  }, 300_000);
});
