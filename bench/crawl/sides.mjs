/** The sides of `npm run bench:crawl`: each goes through the whole web once, and gives how long that took and what it cost. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startPostgres } from '../../test/support/postgres.ts';
import { PYTHON, pythonEnvironment } from '../peers/install.mjs';
import { commanded, startServer } from '../reliability/children.mjs';
import { cpuMs, proportionalMb } from '../reliability/process-facts.mjs';
import { facts } from './database-facts.mjs';

const SETTINGS = { ALLOW_TARGETS: '127.0.0.0/8', MAX_EVENT_LOOP_DELAY_MS: '0', LOG_LEVEL: 'silent' };

/** A crawl by servers, the first of which takes it on; `beside` are processes that work for them. */
async function crawlBy(servers, beside, { seed, origins, concurrency }) {
  const [{ url }] = servers;
  const pids = [...servers.map(({ pid }) => pid), ...beside];
  const spent = () => pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
  const ask = async (path, init) => {
    const response = await fetch(url + path, init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  };
  const before = spent();
  const startedAt = performance.now();
  const body = JSON.stringify({
    url: seed,
    origins,
    limit: 100_000,
    perPattern: 100_000,
    nofollow: 'ignore',
    sitemap: 'skip',
    concurrency,
  });
  const created = await ask('/crawls', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { id } = await created.json();
  let crawl;
  do crawl = await (await ask(`/crawls/${id}?wait=60`)).json();
  while (crawl.finishedAt === null);
  const seconds = (performance.now() - startedAt) / 1000;
  const spentMs = spent() - before;
  const lines = (await (await ask(`/crawls/${id}/results?format=ndjson`)).text()).trim().split('\n');
  return {
    id,
    pages: new Set(lines.map((line) => JSON.parse(line).url)).size,
    seconds,
    cpuMs: spentMs,
    memoryMb: pids.reduce((sum, pid) => sum + proportionalMb(pid), 0),
    forget: () => ask(`/crawls/${id}`, { method: 'DELETE' }),
  };
}

/** Pagewire as it starts: one process with its embedded database. */
export async function embedded(dataDirectory, settings = {}) {
  const server = await startServer({ ...SETTINGS, DATA_DIR: dataDirectory, ...settings });
  return {
    async crawl(order) {
      const { forget, ...taken } = await crawlBy([server], [], order);
      await forget();
      return taken;
    },
    end: () => server.end('SIGTERM'),
  };
}

/** Pagewire on PostgreSQL, by so many processes: one of them answers requests, too. */
export async function onPostgres(workers) {
  const postgres = await startPostgres();
  const servers = [];
  for (let number = 0; number < workers; number += 1)
    servers.push(await startServer({ ...SETTINGS, DATABASE_URL: postgres.url, ROLE: number === 0 ? 'all' : 'worker' }));
  return {
    async crawl(order) {
      const { forget, ...taken } = await crawlBy(servers, [postgres.pid], order);
      await forget();
      return taken;
    },
    /** What a crawl costs the database, which has had no other. */
    async costs(order) {
      const before = await facts(postgres.url);
      await crawlBy(servers, [postgres.pid], order);
      return { before, after: await facts(postgres.url) };
    },
    async end() {
      await Promise.all(servers.map((server) => server.end('SIGTERM')));
      await postgres.stop();
    },
  };
}

const SPIDER = fileURLToPath(new URL('../peers/scrapy_site.py', import.meta.url));

/** Scrapy: a process for each crawl, of which the start does not count. */
export function scrapy(folder) {
  return {
    async crawl(order) {
      // Without bytecode beside the sources.
      const { stdout } = await promisify(execFile)(PYTHON, ['-B', SPIDER, JSON.stringify(order)], { env: pythonEnvironment(folder) });
      return JSON.parse(stdout.trim().split('\n').at(-1));
    },
    end: () => Promise.resolve(),
  };
}

/** Crawlee's CheerioCrawler. */
export async function crawlee(folder) {
  const child = await commanded(new URL('../peers/crawlee-site.mjs', import.meta.url), [folder]);
  return {
    async crawl(order) {
      const before = cpuMs(child.pid);
      const taken = await child.ask('crawl', order);
      return { ...taken, cpuMs: cpuMs(child.pid) - before, memoryMb: proportionalMb(child.pid) };
    },
    end: () => child.end(),
  };
}
