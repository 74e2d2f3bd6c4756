import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './postgres.ts';
import { type Server, startServer } from './server.ts';

/** What came of the rounds. */
export interface KillCount {
  rounds: number;
  /** URLs that were taken on. */
  accepted: number;
  /** Of those, results that never came, and that came more than once. */
  lost: number;
  duplicates: number;
  /** What was killed, and how often. */
  killed: Record<string, number>;
}

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const URLS = 200;

interface Results {
  results: { index: number; url: string }[];
}

/**
 * A process that takes jobs on, two that work on them, and PostgreSQL: in each round one of these is ended by SIGKILL in the midst of a batch,
 * and started again. Counts what becomes of the URLs.
 *
 * @param random - from 0 to 1
 */
export async function killRounds(rounds: number, random: () => number, say: (line: string) => void): Promise<KillCount> {
  const origin = createServer((_request, response) => {
    setTimeout(() => response.end('<title>page</title><a href="/next">next</a>'), 20);
  }).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const pages = `http://127.0.0.1:${String((origin.address() as AddressInfo).port)}`;
  const postgres = await startPostgres();
  const env = { PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, PARSE_THREADS: '1' };
  const launch = (role: string): Promise<Server> => startServer(process.execPath, [MAIN], { ...env, ROLE: role });
  const processes: Record<string, Server> = {};
  for (const [name, role] of [
    ['api', 'api'],
    ['worker 1', 'worker'],
    ['worker 2', 'worker'],
  ] as const)
    processes[name] = await launch(role);
  const count: KillCount = { rounds, accepted: 0, lost: 0, duplicates: 0, killed: {} };

  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    // Who cannot be reached, or cannot reach its database, is asked again: nothing was taken on.
    for (;;) {
      try {
        const response = await fetch(`${processes['api']?.url ?? ''}${path}`, init);
        if (response.status !== 503) return response;
        await response.arrayBuffer();
      } catch {
        // It is being started again.
      }
      await sleep(200);
    }
  };
  const kill = async (name: string): Promise<void> => {
    if (name === 'postgres') {
      await postgres.kill();
      await sleep(500 * random());
      await postgres.start();
      return;
    }
    const child = processes[name]?.process;
    if (child === undefined) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
    processes[name] = await launch(name === 'api' ? 'api' : 'worker');
  };

  try {
    for (let round = 1; round <= rounds; round += 1) {
      const name = ['api', 'worker 1', 'worker 2', 'postgres'][Math.floor(random() * 4)] ?? 'api';
      const urls = Array.from({ length: URLS }, (_, number) => `${pages}/${String(round)}/${String(number)}`);
      const created = await ask('/batches', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ urls, views: { links: {} }, concurrency: 4 }),
      });
      const { id } = (await created.json()) as { id: string };
      count.accepted += URLS;
      await sleep(800 * random());
      await kill(name);
      count.killed[name] = (count.killed[name] ?? 0) + 1;
      for (let isFinished = false; !isFinished;) {
        const { finishedAt } = (await (await ask(`/batches/${id}?wait=10`)).json()) as { finishedAt: string | null };
        isFinished = finishedAt !== null;
      }
      const { results } = (await (await ask(`/batches/${id}/results`)).json()) as Results;
      const found = new Set(results.filter(({ index, url }) => urls[index] === url).map(({ index }) => index));
      count.lost += URLS - found.size;
      count.duplicates += results.length - found.size;
      say(`round ${String(round)}: ${name} killed, ${String(results.length)} results of ${String(URLS)}`);
    }
    return count;
  } finally {
    for (const { process: child } of Object.values(processes)) child.kill('SIGKILL');
    await postgres.stop();
    origin.closeAllConnections();
    origin.close();
  }
}
