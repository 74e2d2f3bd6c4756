import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CertificateAuthority } from './support/certificate.ts';
import { type HeldOrigin, startHeldOrigin, until } from './support/held-origin.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { endOf, type Server, spawnServer, startServer } from './support/server.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

async function connected(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => undefined);
}

/** Connections that this system lets wait to be accepted, however many a server asks for. */
function longestLine(): number {
  const path = '/proc/sys/net/core/somaxconn';
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 128;
}

describe('npm start', () => {
  let origin: Origin;
  let server: Server;

  beforeAll(async () => {
    origin = await startOrigin();
    server = await startServer('npm', ['start'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    server.process.kill('SIGTERM');
    await endOf(server.process);
    await origin.close();
  });

  it('prints one line with its address and three requests to try', () => {
    expect(server.line).toMatch(/^Pagewire \d+\.\d+\.\d+ is ready at http:\/\/127\.0\.0\.1:\d+\/ /);
    expect(server.line.match(/curl '/g)).toHaveLength(3);
    // Of the demo: nobody needs the Internet to try them.
    expect(server.line).toContain(`curl '${server.url}/links?url=http://pagewire.test/page1.htm'`);
  });

  (hasCurl ? it : it.skip)(hasCurl ? 'answers curl' : 'answers curl (skipped: this machine has none)', async () => {
    const { stdout } = await run('curl', ['-s', `${server.url}/links?url=${origin.url}/page1.htm`]);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 200,
      total: 1,
      links: [{ href: 'http://data.pr4e.org/page2.htm', text: 'Second Page' }],
    });
  });

  it('answers the probes', async () => {
    expect(await (await fetch(`${server.url}/health/live`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toEqual({ status: 'ok', database: 'unused' });
  });

  it('logs JSON lines that say nothing of targets', async () => {
    await fetch(`${server.url}/fetch?url=${encodeURIComponent(`${origin.url}/romeo.txt?secret=hunter2`)}`);
    // The line is written once the answer is out, so it may come a moment after it.
    while (!server.output().includes('"/fetch"')) await new Promise((resolve) => setTimeout(resolve, 20));
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ route: '/fetch', status: 200, method: 'GET' }),
    );
    expect(server.output()).not.toContain('hunter2');
    expect(server.output()).not.toContain('romeo');
  });
});

describe('a server with keys', () => {
  const KEY = 'a-key-that-nobody-else-sees';

  it('tells them nobody: not its log, not its errors, not targets', async () => {
    const origin = await startOrigin();
    const env = { PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'trace', API_KEYS: KEY };
    const server = await startServer(process.execPath, ['dist/server/main.js'], env);
    const wrong = 'a-key-that-is-mistyped';
    const ask = async (path: string, headers: Record<string, string>): Promise<string> =>
      (await fetch(server.url + path, { headers })).text();
    const target = `/fetch?url=${encodeURIComponent(`${origin.url}/echo`)}`;
    const said = [
      await ask(target, { authorization: `Bearer ${KEY}` }),
      await ask(`${target}&limit=1`, { 'x-api-key': KEY }),
      await ask(target, { authorization: `Bearer ${wrong}` }),
      await ask(target, { 'x-api-key': wrong }),
      await ask('/graphql?query=%7B', { 'x-api-key': KEY, 'apollo-require-preflight': '1' }),
    ];
    server.process.kill('SIGTERM');
    await endOf(server.process);
    expect(origin.requestsFor('/echo')).toHaveLength(1);
    const everything = [...said, server.output(), ...origin.requests.map(({ head }) => head)].join('\n');
    expect(everything).toContain('"route":"/fetch"');
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain(wrong);
    await origin.close();
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('a server that is told to stop by %s', (signal) => {
  let origin: HeldOrigin;
  let server: Server;

  beforeEach(async () => {
    origin = await startHeldOrigin();
  });

  afterEach(async () => {
    server.process.kill('SIGKILL');
    await endOf(server.process);
    await origin.close();
  });

  async function start(env: Record<string, string> = {}): Promise<{ underWay: Promise<Response> }> {
    server = await startServer(process.execPath, ['dist/server/main.js'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1', ...env });
    const underWay = fetch(`${server.url}/fetch?url=${encodeURIComponent(origin.url)}`);
    underWay.catch(() => undefined);
    await until(() => origin.due.length === 1);
    return { underWay };
  }

  /** Asks over a connection of its own. */
  const ask = (path: string): Promise<Response> => fetch(server.url + path, { headers: { connection: 'close' } });

  it('answers the requests under way, sends new ones elsewhere, and ends with 0', async () => {
    const { underWay } = await start();
    server.process.kill(signal);
    await until(async () => (await ask('/health/ready')).status === 503);
    const late = await ask('/encode?text=H');
    expect([late.status, late.headers.get('connection'), late.headers.get('retry-after')]).toEqual([503, 'close', '1']);
    expect(await late.json()).toMatchObject({ code: 'OVERLOADED' });
    expect((await ask('/health/live')).status).toBe(200);
    origin.release();
    expect((await underWay).status).toBe(200);
    expect(await endOf(server.process)).toEqual([0, null]);
    await expect(ask('/health/live')).rejects.toThrow();
  });

  it('serves a connection that it has once more, and closes it then', async () => {
    await start();
    const [kept, port] = [[] as string[], Number(new URL(server.url).port)];
    const socket = connect(port, '127.0.0.1').on('data', (data) => kept.push(String(data)));
    const request = 'GET /encode?text=H HTTP/1.1\r\nHost: a\r\n\r\n';
    socket.write(request);
    await until(() => kept.join('').includes('"H"'));
    server.process.kill(signal);
    await until(async () => (await ask('/health/ready')).status === 503);
    socket.write(request);
    await once(socket, 'close');
    expect(kept.join('').match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
    expect(kept.join('')).toMatch(/connection: close/i);
  });

  it('does not wait for a connection that rests', async () => {
    server = await startServer(process.execPath, ['dist/server/main.js'], { PORT: '0' });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    server.process.kill(signal);
    // However the system ends it.
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(await endOf(server.process)).toEqual([0, null]);
  });

  it('answers what does not come to its end in time with a problem', async () => {
    const { underWay } = await start({ DRAIN_TIMEOUT_MS: '300' });
    server.process.kill(signal);
    const answer = await underWay;
    expect([answer.status, answer.headers.get('connection')]).toEqual([503, 'close']);
    expect(await answer.json()).toMatchObject({ code: 'OVERLOADED', retryable: true });
    expect(await endOf(server.process)).toEqual([0, null]);
  });

  it('ends at once when it is told so twice', async () => {
    const { underWay } = await start();
    server.process.kill(signal);
    await until(async () => (await ask('/health/ready')).status === 503);
    server.process.kill(signal);
    expect(await endOf(server.process)).toEqual([1, null]);
    await expect(underWay).rejects.toThrow();
  });
});

describe('a server whose log nobody reads any more', () => {
  it('goes on without a word, and does not tell itself for ever that it cannot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pagewire-unread-'));
    const noted = join(folder, 'errors');
    const note = `import { appendFileSync } from 'node:fs'; process.on('uncaughtException', () => appendFileSync(${JSON.stringify(noted)}, '.'));`;
    const server = await startServer(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(note)}`, 'dist/server/main.js'],
      {
        PORT: '0',
      },
    );
    server.process.stdout?.destroy();
    server.process.stderr?.destroy();
    for (let index = 0; index < 20; index++) {
      expect((await fetch(`${server.url}/encode?text=${String(index)}`)).status).toBe(200);
      // Lines are written together, some time later.
      await sleep(20);
    }
    server.process.kill('SIGTERM');
    expect(await endOf(server.process)).toEqual([0, null]);
    expect(existsSync(noted)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('a server that is told to stop under load', () => {
  it('leaves no request without an answer (bench/reliability/drain.mjs, 2 of its runs)', async () => {
    // Fewer callers than by itself, so that a machine that is busy with other tests can answer them all.
    const { stdout } = await run(process.execPath, ['bench/reliability/drain.mjs', '2', 'SIGTERM', '20']);
    expect(JSON.parse(stdout)).toMatchObject({ lost: 0, errors: {}, codes: { 0: 2 } });
  });
});

describe('a server that is busy', () => {
  const wanted = 1000;
  const title = `lets a burst of ${String(wanted)} callers wait in line`;

  (longestLine() < wanted ? it.skip : it)(longestLine() < wanted ? `${title} (skipped: this system has no such line)` : title, async () => {
    const server = await startServer(process.execPath, ['dist/server/main.js'], { PORT: '0' });
    server.process.kill('SIGSTOP');
    const callers = await Promise.all(Array.from({ length: wanted }, () => connected(server.url)));
    server.process.kill('SIGCONT');
    expect(await (await fetch(`${server.url}/health/live`)).json()).toEqual({ status: 'ok' });
    for (const caller of callers) caller.destroy();
    server.process.kill('SIGTERM');
    await endOf(server.process);
  });
});

describe('a server whose operator has an authority of their own', () => {
  it('trusts it when NODE_EXTRA_CA_CERTS names its certificate', async () => {
    const authority = new CertificateAuthority('Our Own');
    const origin = await startOrigin({ tls: authority.issue({ commonName: 'within', names: ['127.0.0.1'] }) });
    const directory = mkdtempSync(join(tmpdir(), 'pagewire-'));
    writeFileSync(join(directory, 'ca.pem'), authority.cert);
    const retrieve = async (env: Record<string, string>): Promise<unknown> => {
      const server = await startServer(process.execPath, ['dist/server/main.js'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1', ...env });
      const answer = await (await fetch(`${server.url}/fetch?url=${origin.url}/romeo.txt`)).json();
      server.process.kill('SIGTERM');
      await endOf(server.process);
      return answer;
    };
    expect(await retrieve({ NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') })).toMatchObject({
      status: 200,
      insecureTls: false,
      exchanges: [{ tls: { authorized: true, authorizationError: null, chain: [{ subject: 'CN=within' }, { subject: 'CN=Our Own' }] } }],
    });
    expect(await retrieve({})).toMatchObject({ status: 502, code: 'TLS_FAILED', phase: 'tls' });
    rmSync(directory, { recursive: true });
    await origin.close();
  });
});

describe('a server with wrong settings', () => {
  async function failedStart(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
    const child = spawnServer(process.execPath, ['dist/server/main.js'], { PORT: '0', ...env });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
    const [code] = await endOf(child);
    return { code, said };
  }

  it('names every wrong one at once and ends with 1', async () => {
    const { code, said } = await failedStart({
      PORT: 'http',
      FETCH_TIMEOUT_MS: '-1',
      LOG_LEVEL: 'loud',
      ALLOW_TARGETS: '10.0.0.0/99',
      TRUST_PROXY: 'my-proxy',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'FETCH_TIMEOUT_MS', 'LOG_LEVEL', 'ALLOW_TARGETS', 'TRUST_PROXY']) expect(said).toContain(`${name} must`);
  });

  it('does not listen for other machines without a key, and says why', async () => {
    const { code, said } = await failedStart({ HOST: '0.0.0.0' });
    expect(code).toBe(1);
    expect(said).toContain('API_KEYS');
    expect(said).toContain('OPEN_ACCESS=true');
  });
});
