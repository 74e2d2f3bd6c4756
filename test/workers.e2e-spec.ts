import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { type HeldOrigin, startHeldOrigin, until } from './support/held-origin.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { endOf, type Server, spawnServer, startServer } from './support/server.ts';

const start = (env: Record<string, string> = {}): Promise<Server> =>
  startServer(process.execPath, ['dist/server/main.js'], { PORT: '0', WORKERS: '2', ALLOW_TARGETS: '127.0.0.1', ...env });

/** Asks over a connection of its own, so that another worker may answer. */
const ask = (server: Server, path: string): Promise<Response> =>
  fetch(server.url + path, { headers: { connection: 'close' }, signal: AbortSignal.timeout(10_000) });

/** A page's snapshot by each of so many connections. */
async function snapshots(server: Server, origin: Origin, connections: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < connections; index++) {
    const answer = await ask(server, `/links?url=${encodeURIComponent(`${origin.url}/page1.htm?${String(index)}`)}`);
    ids.push(((await answer.json()) as { snapshot: string }).snapshot);
  }
  return ids;
}

/** What is told of the whole server. */
async function metric(server: Server, name: string): Promise<number> {
  const text = await (await ask(server, '/metrics')).text();
  return Number(new RegExp(`^pagewire_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

const holders = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => id.slice(23)))].sort();

describe('a server of two workers', () => {
  let origin: Origin;
  let server: Server;

  beforeAll(async () => {
    origin = await startOrigin();
    server = await start();
  });

  afterAll(async () => {
    server.process.kill('SIGKILL');
    await endOf(server.process);
    await origin.close();
  });

  it('answers with both of them, over connections in turn, as one server with one address', async () => {
    expect(server.line).toMatch(/^Pagewire \d+\.\d+\.\d+ is ready at http:\/\/127\.0\.0\.1:\d+\/ /);
    expect(holders(await snapshots(server, origin, 6))).toEqual(['1', '2']);
  });

  it('finds a snapshot whichever of them is asked, with the same bytes', async () => {
    const ids = await snapshots(server, origin, 2);
    for (const id of ids) {
      const seen = new Set<string>();
      for (let connection = 0; connection < 6; connection++) {
        const answers = await Promise.all(
          [`/snapshots/${id}.warc`, `/body?snapshot=${id}`, `/links?snapshot=${id}`].map((path) => ask(server, path)),
        );
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
        seen.add((await (answers[1] ?? Response.error()).text()) + JSON.stringify(await answers[2]?.json()).replace(/"age":\d+/, ''));
      }
      expect(seen.size).toBe(1);
    }
    const query = encodeURIComponent(`{snapshot(id:"${ids[0] ?? ''}"){links{total}}}`);
    for (let connection = 0; connection < 4; connection++) {
      const graph = await fetch(`${server.url}/graphql?query=${query}`, {
        headers: { connection: 'close', 'apollo-require-preflight': '1' },
      });
      expect(await graph.json()).toMatchObject({ data: { snapshot: { links: { total: 1 } } } });
    }
  });

  it('says of a snapshot that none of them has what one server says', async () => {
    for (const id of ['p7Yf3v0bq1yQ8o2JmVwQ1g', 'p7Yf3v0bq1yQ8o2JmVwQ1g-1', 'p7Yf3v0bq1yQ8o2JmVwQ1g-2', 'p7Yf3v0bq1yQ8o2JmVwQ1g-99']) {
      for (let connection = 0; connection < 2; connection++) {
        const answer = await ask(server, `/snapshots/${id}`);
        expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'SNAPSHOT_NOT_FOUND']);
      }
    }
  });

  it('tells of all of them together what is counted', async () => {
    const before = await metric(server, 'cache_entries');
    await snapshots(server, origin, 4);
    for (let connection = 0; connection < 3; connection++) {
      expect(await metric(server, 'workers')).toBe(2);
      expect(await metric(server, 'cache_entries')).toBeGreaterThanOrEqual(before + 4);
    }
  });
});

const LINUX = existsSync('/proc/self/task');
const title = 'goes on when one of its workers is killed, and gets a new one';

describe('a server that loses a worker', () => {
  (LINUX ? it : it.skip)(LINUX ? title : `${title} (skipped: needs /proc)`, async () => {
    const origin = await startOrigin();
    const server = await start();
    const pid = String(server.process.pid);
    const children = (): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    const [victim = 0, other = 0] = children();
    const lost = await snapshots(server, origin, 4);
    process.kill(victim, 'SIGKILL');
    await until(() => server.output().includes('ended unexpectedly (SIGKILL)'));
    expect((await ask(server, '/health/ready')).status).toBe(200);
    await until(async () => (await metric(server, 'workers')) === 2);
    expect(children()).toContain(other);
    expect(children()).not.toContain(victim);
    expect(holders(await snapshots(server, origin, 6))).toHaveLength(2);
    const statuses = await Promise.all(lost.map(async (id) => (await ask(server, `/snapshots/${id}`)).status));
    expect(statuses.sort()).toEqual([200, 200, 404, 404]);
    server.process.kill('SIGTERM');
    expect(await endOf(server.process)).toEqual([0, null]);
    await origin.close();
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('a server of two workers that is told to stop by %s', (signal) => {
  it('answers the requests under way of both, sends new ones elsewhere, and ends with 0', async () => {
    const origin: HeldOrigin = await startHeldOrigin();
    const server = await start();
    const underWay = Array.from({ length: 4 }, (_, index) =>
      fetch(`${server.url}/fetch?url=${encodeURIComponent(`${origin.url}/?${String(index)}`)}`, { headers: { connection: 'close' } }),
    );
    await until(() => origin.due.length === 4);
    server.process.kill(signal);
    await until(async () => (await ask(server, '/health/ready')).status === 503);
    origin.release();
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await endOf(server.process)).toEqual([0, null]);
    await expect(ask(server, '/health/live')).rejects.toThrow();
    await origin.close();
  });
});

describe('a server of two workers that cannot start', () => {
  async function failed(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
    const child = spawnServer(process.execPath, ['dist/server/main.js'], { PORT: '0', WORKERS: '2', LOG_LEVEL: 'error', ...env });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
    const [code] = await endOf(child);
    return { code, said };
  }

  it.each([
    ['settings are wrong', { WORKERS: '65' }, 'WORKERS must be a whole number from 1 to 64'],
    ['HOST is of another machine', { HOST: '192.0.2.1', OPEN_ACCESS: 'true' }, 'HOST is not an address of this machine to listen on'],
  ])('says so once, and ends with 1: %s', async (_what, env, words) => {
    const { code, said } = await failed(env);
    expect([code, said.split(words).length - 1, said.match(/^pagewire: /gm)?.length]).toEqual([1, 1, 1]);
  });

  it('says so once, and ends with 1: another server has the port', async () => {
    const other = await start({ WORKERS: '1' });
    const { port } = new URL(other.url);
    const { code, said } = await failed({ PORT: port });
    expect([code, said.split('the address is in use: another server listens there').length - 1]).toEqual([1, 1]);
    other.process.kill('SIGTERM');
    await endOf(other.process);
  });
});
