import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { endOf, type Server, startServer } from './support/server.ts';

interface Result {
  index: number;
  url: string;
  state: string;
  problem: Problem | null;
}

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
/** Longer than a process lives beside the page that ends it. */
const SLOW_MS = 2000;

async function listening(host: string, listener: RequestListener): Promise<{ origin: HttpServer; url: string }> {
  const origin = createServer(listener).listen(0, host);
  await once(origin, 'listening');
  return { origin, url: `http://${host}:${String((origin.address() as AddressInfo).port)}` };
}

describe('a page that ends the process which reads it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pagewire-deaths-'));
  let database: TestDatabase;
  let server: Server;
  let isOver = false;
  let one: Awaited<ReturnType<typeof listening>>;
  let other: Awaited<ReturnType<typeof listening>>;
  let deaths = 0;

  const launch = async (): Promise<void> => {
    const env = { PORT: '0', ALLOW_TARGETS: '127.0.0.0/8', LOG_LEVEL: 'silent', DATA_DIR: directory, ...database.env };
    server = await startServer(process.execPath, [MAIN], env);
    // As whatever looks after it does.
    void endOf(server.process).then(() => (isOver ? undefined : launch()));
  };

  /** Of a server that may be starting again. */
  const ask = async <Json>(path: string, json?: object): Promise<Json> => {
    const init = json === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
    for (;;) {
      const response = await fetch(server.url + path, init).catch(() => null);
      const text = await response?.text().catch(() => null);
      if (response?.ok === true && text !== null && text !== undefined) return JSON.parse(text) as Json;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const resultsOf = async (path: string, body: object): Promise<Result[]> => {
    const { id } = await ask<{ id: string }>(path, body);
    while ((await ask<{ finishedAt: string | null }>(`${path}/${id}?wait=10`)).finishedAt === null);
    return (await ask<{ results: Result[] }>(`${path}/${id}/results?sort=index`)).results;
  };

  beforeAll(async () => {
    one = await listening('127.0.0.1', (request, response) => {
      if (request.url === '/deadly') {
        deaths += 1;
        server.process.kill('SIGKILL');
      } else if (request.url === '/site')
        response.writeHead(200, { 'content-type': 'text/html' }).end('<a href=/deadly>1</a><a href=/fine>2</a>');
      else response.end('<title>page</title>');
    });
    other = await listening('127.0.0.2', (_request, response) => {
      setTimeout(() => response.end('<title>slow</title>'), SLOW_MS);
    });
    database = await freshDatabase();
    await launch();
  });

  afterAll(async () => {
    isOver = true;
    server.process.kill('SIGKILL');
    await endOf(server.process);
    for (const { origin } of [one, other]) {
      origin.closeAllConnections();
      origin.close();
    }
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is given up after three processes, and nothing else is, however slow', async () => {
    deaths = 0;
    const fine = Array.from({ length: 30 }, (_, number) => `${one.url}/${String(number)}`);
    const slow = [`${other.url}/1`, `${other.url}/2`];
    const urls = [...fine.slice(0, 7), `${one.url}/deadly`, ...slow, ...fine.slice(7)];
    const results = await resultsOf('/batches', { urls, concurrency: 8 });
    expect(results.map(({ url }) => url)).toEqual(urls);
    expect(results.filter(({ state }) => state !== 'succeeded').map(({ url }) => url)).toEqual([`${one.url}/deadly`]);
    expect(results[7]?.problem).toMatchObject({ code: 'INTERNAL', detail: expect.stringContaining('3 processes ended'), retryable: false });
    expect(deaths).toBe(3);
  }, 180_000);

  it('is given up by a crawl, which goes on', async () => {
    deaths = 0;
    const results = await resultsOf('/crawls', { url: `${one.url}/site`, robots: 'ignore', sitemap: 'skip' });
    const said = results.map(({ url, problem }) => [url.slice(one.url.length), problem?.code ?? null]);
    expect(said).toEqual([
      ['/site', null],
      ['/deadly', 'INTERNAL'],
      ['/fine', null],
    ]);
    expect(deaths).toBe(3);
  }, 180_000);
});
