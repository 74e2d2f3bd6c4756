import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { endOf, type Server, startServer } from './support/server.ts';
import { type Receiver, startReceiver } from './support/webhook-receiver.ts';

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));

interface Batch {
  id: string;
  state: string;
}

describe('the embedded database', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pagewire-restart-'));
  const origin = createServer((_request, response) => {
    setTimeout(() => response.end('<title>page</title>'), 20);
  });
  let server: Server;
  let page = '';
  let receiver: Receiver;

  const launch = (): Promise<Server> =>
    startServer(process.execPath, [MAIN], { PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'silent', DATA_DIR: directory });
  const ask = async <Json>(path: string, json?: object): Promise<Json> => {
    const init = json === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
    return (await (await fetch(server.url + path, init)).json()) as Json;
  };

  beforeAll(async () => {
    origin.listen(0, '127.0.0.1');
    await once(origin, 'listening');
    page = `http://127.0.0.1:${String((origin.address() as AddressInfo).port)}/`;
    receiver = await startReceiver();
    server = await launch();
  });

  afterAll(async () => {
    server.process.kill('SIGKILL');
    await endOf(server.process);
    rmSync(directory, { recursive: true, force: true });
    origin.closeAllConnections();
    origin.close();
    receiver.close();
  });

  it('is one process at a time, loses nothing when that is killed, and is gone on with when it starts again', async () => {
    const urls = Array.from({ length: 120 }, (_, number) => `${page}${String(number)}`);
    // One end of a batch is being told, another one is still to come.
    const { id: told } = await ask<Batch>('/batches', { urls: [page], webhook: `${receiver.url}/hangs-once` });
    while (receiver.received.length === 0) await sleep(20);
    const { id: watched } = await ask<Batch>('/watches?wait=30', { url: page, every: 3600 });
    const { id } = await ask<Batch>('/batches', { urls, concurrency: 2, webhook: `${receiver.url}/taken` });
    const other = await startApp({ DATA_DIR: directory });
    const refused = await other.post<Problem>('/batches', { urls: [page] });
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      503,
      'DATABASE_UNAVAILABLE',
      expect.stringContaining('DATABASE_URL'),
    ]);
    // It would take over.
    await other.close();
    server.process.kill('SIGKILL');
    await endOf(server.process);
    server = await launch();
    // Nobody asks for it: at the end it is there.
    const { state } = await ask<Batch>(`/batches/${id}?wait=30`);
    const { results } = await ask<{ results: { index: number; state: string }[] }>(`/batches/${id}/results?sort=index`);
    expect(state).toBe('completed');
    expect(results.map(({ index }) => index)).toEqual(urls.map((_url, index) => index));
    // What a watch has seen before is what it goes on from.
    const { lastRun } = await ask<{ lastRun: object }>(`/watches/${watched}/run?wait=30`, {});
    expect(lastRun).toMatchObject({ number: 2, state: 'unchanged' });
    while (receiver.received.length < 3) await sleep(20);
    const { deliveries } = await ask<{ deliveries: { id: string; of: string }[] }>('/webhooks/deliveries');
    expect(deliveries.map(({ of }) => of)).toEqual([id, told]);
    const sent = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(sent.sort()).toEqual([deliveries[0], deliveries[1], deliveries[1]].map((delivery) => delivery?.id).sort());
  });
});

describe('several processes without a server', () => {
  it('are told that they need one, and answer all else', async () => {
    const app = await startApp({ WORKERS: '2' });
    try {
      const { status, json } = await app.get<Problem>('/batches');
      expect([status, json.code, json.detail]).toEqual([503, 'DATABASE_UNAVAILABLE', expect.stringContaining('DATABASE_URL')]);
      expect((await app.get('/encode', { text: 'H' })).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
