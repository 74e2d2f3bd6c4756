import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './postgres.ts';
import { type Server, startServer } from './server.ts';
import { startWeb } from './web/generated-web.ts';
import { isTrap, truthOf } from './web/web-truth.ts';
import { startReceiver } from './webhook-receiver.ts';

/** What came of the rounds. */
export interface KillCount {
  rounds: number;
  /** URLs of batches that were taken on, and pages that crawls had to find. */
  accepted: number;
  /** Of those, results that never came, and that came more than once. */
  lost: number;
  duplicates: number;
  /** Ends of jobs that were told to a webhook: each once as a message; one whose attempts were several has one id. */
  told: number;
  untold: number;
  toldTwice: number;
  /** What was killed, and how often. */
  killed: Record<string, number>;
}

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const URLS = 200;
/** Milliseconds that the end of a job may take to be told: the process that was telling it may have been killed. */
const TELL_MS = 90_000;

interface Result {
  index: number;
  url: string;
  depth: number;
  state: string;
}

/**
 * A process that takes jobs on, two that work on them, and PostgreSQL: in each round one of these is ended by SIGKILL in the midst of a batch or a
 * crawl, and started again. Counts what becomes of the URLs, and who is told the end.
 *
 * @param random - from 0 to 1
 */
export async function killRounds(rounds: number, random: () => number, say: (line: string) => void): Promise<KillCount> {
  const origin = createServer((_request, response) => {
    setTimeout(() => response.end('<title>page</title><a href="/next">next</a>'), 20);
  }).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const pages = `http://127.0.0.1:${String((origin.address() as AddressInfo).port)}`;
  const web = await startWeb({
    pages: 400,
    origins: 4,
    slowMs: 20,
    oddLinks: 20,
    crawlDelayS: 0,
    robots: ['open', 'rules', 'missing', 'named'],
  });
  const truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all' }).asked;
  const receiver = await startReceiver();
  const postgres = await startPostgres();
  const env = { PORT: '0', ALLOW_TARGETS: '127.0.0.0/8', LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, PARSE_THREADS: '1' };
  const launch = (role: string): Promise<Server> => startServer(process.execPath, [MAIN], { ...env, ROLE: role });
  const processes: Record<string, Server> = {};
  for (const [name, role] of [
    ['api', 'api'],
    ['worker 1', 'worker'],
    ['worker 2', 'worker'],
  ] as const)
    processes[name] = await launch(role);
  const count: KillCount = { rounds, accepted: 0, lost: 0, duplicates: 0, told: 0, untold: 0, toldTwice: 0, killed: {} };

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
      const isCrawl = round % 2 === 0;
      const urls = Array.from({ length: URLS }, (_, number) => `${pages}/${String(round)}/${String(number)}`);
      const what = isCrawl
        ? { url: web.seed, origins: web.origins, perPattern: 20, concurrency: 8 }
        : { urls, views: { links: {} }, concurrency: 4 };
      const path = isCrawl ? '/crawls' : '/batches';
      const created = await ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...what, webhook: `${receiver.url}/taken` }),
      });
      const { id } = (await created.json()) as { id: string };
      await sleep((isCrawl ? 2000 : 800) * random());
      await kill(name);
      count.killed[name] = (count.killed[name] ?? 0) + 1;
      for (let isFinished = false; !isFinished;) {
        const { finishedAt } = (await (await ask(`${path}/${id}?wait=10`)).json()) as { finishedAt: string | null };
        isFinished = finishedAt !== null;
      }
      const lines = (await (await ask(`${path}/${id}/results?format=ndjson`)).text()).trim().split('\n');
      const results = lines.map((line) => JSON.parse(line) as Result);
      const counted = results.filter(({ url, state }) => !isCrawl || (!isTrap(url) && state !== 'forbidden'));
      const isRight = ({ index, url, depth }: Result): boolean => (isCrawl ? truth.get(url)?.depth === depth : urls[index] === url);
      const found = new Set(counted.filter(isRight).map(({ url }) => url));
      const due = isCrawl ? truth.size : URLS;
      count.accepted += due;
      count.lost += due - found.size;
      count.duplicates += counted.length - found.size;
      const messages = (): Set<string> =>
        new Set(receiver.received.filter(({ body }) => body.includes(id)).map(({ headers }) => String(headers['webhook-id'])));
      for (const endsAt = performance.now() + TELL_MS; messages().size === 0 && performance.now() < endsAt;) await sleep(50);
      const told = messages().size;
      count.told += Math.min(1, told);
      count.untold += told === 0 ? 1 : 0;
      count.toldTwice += Math.max(0, told - 1);
      say(
        `round ${String(round)}: ${name} killed in the midst of a ${isCrawl ? 'crawl' : 'batch'}, ${String(counted.length)} results of ${String(due)}, its end told in ${String(told)} message`,
      );
    }
    return count;
  } finally {
    for (const { process: child } of Object.values(processes)) child.kill('SIGKILL');
    await postgres.stop();
    origin.closeAllConnections();
    origin.close();
    receiver.close();
    await web.close();
  }
}
