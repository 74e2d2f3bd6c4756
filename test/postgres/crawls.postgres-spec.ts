import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Server, startServer } from '../support/server.ts';
import { type GeneratedWeb, startWeb } from '../support/web/generated-web.ts';
import { isTrap, truthOf } from '../support/web/web-truth.ts';

interface Crawl {
  id: string;
  finishedAt: string | null;
  counts: Record<string, number>;
}

interface Result {
  index: number;
  url: string;
  depth: number;
  state: string;
}

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const DEPTH = 12;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.stop());

/** Processes that share a database; each can be ended and started again. */
async function launch(roles: readonly string[]): Promise<{ url: () => string; kill: (place: number) => Promise<void>; end: () => void }> {
  const env = { PORT: '0', ALLOW_TARGETS: '127.0.0.0/8', LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, PARSE_THREADS: '1' };
  const start = (role = 'all'): Promise<Server> => startServer(process.execPath, [MAIN], { ...env, ROLE: role });
  const servers: Server[] = [];
  for (const role of roles) servers.push(await start(role));
  return {
    url: () => servers[0]?.url ?? '',
    kill: async (place) => {
      const child = servers[place]?.process;
      child?.kill('SIGKILL');
      if (child !== undefined) await once(child, 'exit');
      servers[place] = await start(roles[place]);
    },
    end: () => {
      for (const { process: child } of servers) child.kill('SIGKILL');
    },
  };
}

async function ask<Json>(url: string, init: RequestInit = {}): Promise<Json> {
  // A database that is away is there again soon.
  for (;;) {
    const response = await fetch(url, init);
    if (response.status !== 503) return (await response.json()) as Json;
    await response.arrayBuffer();
    await sleep(200);
  }
}

/** Crawls a web; what happens meanwhile is done once some of it is there. */
async function crawled(url: () => string, web: GeneratedWeb, meanwhile: () => Promise<void>): Promise<Result[]> {
  const body = { url: web.seed, origins: web.origins, limit: 100_000, depth: DEPTH, perPattern: 200, concurrency: 32 };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const { id } = await ask<Crawl>(`${url()}/crawls`, init);
  await meanwhile();
  while ((await ask<Crawl>(`${url()}/crawls/${id}?wait=10`)).finishedAt === null);
  const lines = (await (await fetch(`${url()}/crawls/${id}/results?format=ndjson`)).text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Result);
}

/** Every page that there is to find has one result, at its depth, and nothing else has. */
function expectWhole(results: readonly Result[], web: GeneratedWeb): void {
  const truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all', maxDepth: DEPTH });
  expect(new Set(results.map(({ index }) => index)).size).toBe(results.length);
  const asked = results.filter(({ url, state }) => !isTrap(url) && state !== 'forbidden');
  expect(asked.length).toBe(truth.asked.size);
  expect(new Map(asked.map(({ url, depth }) => [url, depth]))).toEqual(
    new Map([...truth.asked.values()].map(({ url, depth }) => [url, depth])),
  );
}

describe('a crawl', () => {
  it('finds the whole of a web of 10,000 pages, of which two processes have their parts', async () => {
    const web = await startWeb({ pages: 10_000, origins: 10, slowMs: 5, crawlDelayS: 0, oddLinks: 20 });
    const processes = await launch(['all', 'worker']);
    try {
      const results = await crawled(processes.url, web, () => Promise.resolve());
      expectWhole(results, web);
    } finally {
      processes.end();
      await web.close();
    }
  }, 600_000);

  it('loses no page, and brings none twice, when its processes and the database are killed', async () => {
    const web = await startWeb({
      pages: 1500,
      origins: 6,
      slowMs: 20,
      oddLinks: 20,
      robots: ['open', 'rules', 'missing', 'named', 'untidy'],
    });
    const processes = await launch(['api', 'worker', 'worker']);
    try {
      const results = await crawled(processes.url, web, async () => {
        for (const place of [1, 2]) {
          await sleep(700);
          await processes.kill(place);
        }
        await sleep(500);
        await postgres.kill();
        await sleep(300);
        await postgres.start();
      });
      expectWhole(results, web);
    } finally {
      processes.end();
      await web.close();
    }
  }, 300_000);
});
