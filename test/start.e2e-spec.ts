import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CertificateAuthority } from './support/certificate.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

interface Server {
  process: ChildProcess;
  url: string;
  line: string;
  output: () => string;
}

/** Starts the built server as a user does. Everything in `env` is beside what the machine's own environment says. */
function spawnServer(command: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function startServer(command: string, args: string[], env: Record<string, string>): Promise<Server> {
  const child = spawnServer(command, args, env);
  let printed = '';
  let logged = '';
  child.stderr?.on('data', (data: Buffer) => (logged += data.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`ended before it was ready: ${logged}`));
    });
    child.stdout?.on('data', (data: Buffer) => {
      printed += data.toString();
      const ready = printed.split('\n').find((text) => text.startsWith('Pagewire '));
      if (ready !== undefined) resolve(ready);
    });
  });
  return { process: child, line, url: /http:\/\/[^/ ]+/.exec(line)?.[0] ?? '', output: () => logged };
}

async function endOf(child: ChildProcess): Promise<[number | null, string | null]> {
  return child.exitCode === null && child.signalCode === null
    ? ((await once(child, 'exit')) as [number | null, string | null])
    : [child.exitCode, child.signalCode];
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
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toEqual({ status: 'ok' });
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

describe('a server that is told to stop', () => {
  let origin: Origin;

  beforeAll(async () => {
    origin = await startOrigin();
  });

  afterAll(async () => {
    await origin.close();
  });

  it('answers the requests under way, takes no new ones, and ends with 0', async () => {
    const server = await startServer(process.execPath, ['dist/main.js'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1' });
    const underWay = fetch(`${server.url}/fetch?url=${encodeURIComponent(`${origin.url}/slow?ms=1500`)}`);
    while (origin.requestsFor('/slow').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    server.process.kill('SIGTERM');
    expect((await underWay).status).toBe(200);
    expect(await endOf(server.process)).toEqual([0, null]);
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
  });
});

describe('a server whose operator has an authority of their own', () => {
  it('trusts it when NODE_EXTRA_CA_CERTS names its certificate', async () => {
    const authority = new CertificateAuthority('Our Own');
    const origin = await startOrigin({ tls: authority.issue({ commonName: 'within', names: ['127.0.0.1'] }) });
    const directory = mkdtempSync(join(tmpdir(), 'pagewire-'));
    writeFileSync(join(directory, 'ca.pem'), authority.cert);
    const retrieve = async (env: Record<string, string>): Promise<unknown> => {
      const server = await startServer(process.execPath, ['dist/main.js'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1', ...env });
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
    const child = spawnServer(process.execPath, ['dist/main.js'], { PORT: '0', ...env });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
    const [code] = await endOf(child);
    return { code, said };
  }

  it('names every wrong one at once and ends with 1', async () => {
    const { code, said } = await failedStart({ PORT: 'http', FETCH_TIMEOUT_MS: '-1', LOG_LEVEL: 'loud', ALLOW_TARGETS: '10.0.0.0/99' });
    expect(code).toBe(1);
    for (const name of ['PORT', 'FETCH_TIMEOUT_MS', 'LOG_LEVEL', 'ALLOW_TARGETS']) expect(said).toContain(`${name} must`);
  });

  it('does not listen for other machines without a key, and says why', async () => {
    const { code, said } = await failedStart({ HOST: '0.0.0.0' });
    expect(code).toBe(1);
    expect(said).toContain('API_KEYS');
    expect(said).toContain('OPEN_ACCESS=true');
  });
});
