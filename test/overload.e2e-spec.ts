import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Traffic } from '../src/api/traffic.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { until } from './support/held-origin.ts';
import { metric } from './support/metrics.ts';

const MIB = 1_048_576;
const KEY = 'a-key-of-sixteen-characters';

let app: TestApp;
/** Answers with as many bytes as the path says, and ends `/unfinished/…` when it is told to. */
let origin: Server;
let originUrl: string;
const unfinished: ServerResponse[] = [];
/** What it was asked for, in order. */
const asked: string[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  origin = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [, kind, bytes] = (request.url ?? '').split(/[/?]/);
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).write(Buffer.alloc(Number(bytes), 'x'));
    if (kind === 'unfinished') unfinished.push(response);
    else response.end();
  });
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
  originUrl = `http://127.0.0.1:${String((origin.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const response of unfinished.splice(0)) response.end();
  await app.close();
});

afterAll(() => {
  origin.close();
  origin.closeAllConnections();
});

async function start(env: Record<string, string>): Promise<void> {
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', ...env });
}

/** A caller that speaks for itself, and reads only when it is told to. */
function open(text: string): Socket {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  socket.write(text);
  sockets.push(socket);
  return socket;
}

/** What a connection brings, as far as the end of a head. */
async function headOf(socket: Socket): Promise<string> {
  let read = '';
  for await (const bytes of socket) {
    read += String(bytes);
    if (read.includes('\r\n\r\n')) return read;
  }
  return read;
}

describe('memory that requests under way hold', () => {
  it('is bounded over all of them: the one that would pass it is refused, and the others go on', async () => {
    await start({ FETCH_MAX_TOTAL_BYTES: String(MIB) });
    const first = app.get<{ body: { bytes: number } }>('/fetch', { url: `${originUrl}/unfinished/${String(0.7 * MIB)}` });
    await until(async () => (await metric(app, 'held_bytes')) > 0.7 * MIB);
    const second = await app.get<Problem>('/fetch', { url: `${originUrl}/whole/${String(MIB / 2)}` });
    expect([second.status, second.json.code]).toEqual([503, 'OVERLOADED']);
    expect(second.headers.get('retry-after')).toBe('1');
    unfinished[0]?.end();
    expect((await first).status).toBe(200);
    await until(async () => (await metric(app, 'held_bytes')) === 0);
    expect((await app.get('/fetch', { url: `${originUrl}/whole/${String(MIB / 2)}` })).status).toBe(200);
  });

  it('is held by an answer until its caller has taken it, and a caller that does not is cut off', async () => {
    await start({ SEND_TIMEOUT_MS: '2000', FETCH_MAX_TOTAL_BYTES: String(12 * MIB) });
    const slow = open(`GET /body?url=${originUrl}/whole/${String(16 * MIB)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    slow.pause();
    await until(async () => (await metric(app, 'held_bytes')) === 16 * MIB);
    const other = await app.get<Problem>('/fetch', { url: `${originUrl}/whole/${String(MIB)}` });
    expect([other.status, other.json.code]).toEqual([503, 'OVERLOADED']);
    await until(async () => (await metric(app, 'held_bytes')) === 0);
    expect(await metric(app, 'http_requests_abandoned_total')).toBe(1);
    expect((await app.get('/fetch', { url: `${originUrl}/whole/${String(MIB)}` })).status).toBe(200);
  });

  it('is held by request bodies, which are refused before they are read', async () => {
    await start({ FETCH_MAX_TOTAL_BYTES: String(MIB) });
    const first = open(`POST /encode HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${String(MIB)}\r\n\r\n{`);
    await until(async () => (await metric(app, 'held_bytes')) === 2 * MIB);
    const second = open(`POST /encode HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${String(MIB)}\r\n\r\n{`);
    expect(await headOf(second)).toMatch(/^HTTP\/1.1 503 .*OVERLOADED/s);
    const chunked = open(
      'POST /encode HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    );
    expect(await headOf(chunked)).toMatch(/^HTTP\/1.1 503 .*OVERLOADED/s);
    first.destroy();
    await until(async () => (await metric(app, 'held_bytes')) === 0);
    expect((await app.post('/encode', { text: 'H' })).status).toBe(200);
  });
});

describe('places, when one caller wants them all', () => {
  it('come to another as soon as one is free, and the line has room for it', async () => {
    await start({ TRUST_PROXY: '1', FETCH_MAX_CONCURRENT: '1', FETCH_QUEUE: '2' });
    const ask = (path: string, caller: string): Promise<number> =>
      fetch(`${app.url}/fetch?url=${originUrl}${path}`, { headers: { 'x-forwarded-for': caller } }).then(({ status }) => status);
    const isQueued = (count: number): Promise<void> => until(async () => (await metric(app, 'retrievals_queued')) === count);
    asked.length = 0;
    const first = ask('/unfinished/1?busy', '192.0.2.1');
    await until(() => unfinished.length === 1);
    const second = ask('/whole/1?busy', '192.0.2.1');
    await isQueued(1);
    const third = ask('/whole/1?too-much', '192.0.2.1');
    await isQueued(2);
    const other = ask('/whole/1?other', '192.0.2.2');
    expect(await third).toBe(503);
    unfinished[0]?.end();
    expect(await Promise.all([first, second, other])).toEqual([200, 200, 200]);
    expect(asked).toEqual(['/unfinished/1?busy', '/whole/1?other', '/whole/1?busy']);
  });
});

describe('a server whose event loop is late', () => {
  let isBusy = true;

  /** Keeps this process, and with it the server, from doing anything else. */
  function keepBusy(): void {
    const end = performance.now() + 100;
    while (performance.now() < end);
    if (isBusy) setImmediate(keepBusy);
  }

  it('refuses before the body is read, answers probes, and takes requests again afterwards', async () => {
    await start({ MAX_EVENT_LOOP_DELAY_MS: '50', API_KEYS: KEY, RATE_LIMIT_PER_MINUTE: '1' });
    isBusy = true;
    keepBusy();
    const refused = await headOfFirst(
      503,
      'POST /encode HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n',
    );
    expect(refused).toMatch(/^HTTP\/1.1 503 [^]*\r\nretry-after: 1\r\n/i);
    expect(refused).toContain('"code":"OVERLOADED"');
    expect((await app.get('/health/live')).status).toBe(200);
    expect((await app.get('/health/ready')).status).toBe(200);
    const headers = { authorization: `Bearer ${KEY}` };
    // More often than the rate limit allows.
    for (let left = 3; left > 0; left -= 1) expect((await app.send('/metrics', { headers })).status).toBe(200);
    isBusy = false;
    await headOfFirst(200, `GET /encode?text=H HTTP/1.1\r\nHost: a\r\nX-API-Key: ${KEY}\r\n\r\n`);
  });

  /** Asks until there is an answer of a status, which is not at once: the delay is an average. */
  async function headOfFirst(status: number, text: string): Promise<string> {
    let head = '';
    await until(async () => {
      const socket = open(text);
      // Without its body, a request that is let in is not answered.
      head = await Promise.race([headOf(socket), new Promise<string>((resolve) => setTimeout(resolve, 500, ''))]);
      socket.destroy();
      return head.startsWith(`HTTP/1.1 ${String(status)} `);
    });
    return head;
  }
});

describe('connections of callers', () => {
  it('are no more than the server was told to take', async () => {
    await start({ MAX_CONNECTIONS: '2' });
    const [first] = [open(''), open('')];
    await until(() => app.app.get(Traffic).open === 2);
    expect(await headOf(open('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'))).toBe('');
    first.destroy();
    await until(() => app.app.get(Traffic).open === 1);
    expect(await headOf(open('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'))).toContain('200 OK');
  });
});
