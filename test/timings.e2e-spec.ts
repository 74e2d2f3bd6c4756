import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import { type Identity, selfSigned } from './support/certificate.ts';
import type { Exchange, FetchAnswer, Problem, Timings } from './support/contract.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

/** More than the sockets of both ends hold. */
const MUCH = 'x'.repeat(18_000_000);

describe('the timings of an exchange', () => {
  let origin: Origin;
  let secure: Origin;
  let names: NameServer;
  let app: TestApp;

  beforeAll(async () => {
    origin = await startOrigin();
    secure = await startOrigin({ tls: selfSigned() });
    names = await startNameServer({ 'named.example.com': ['127.0.0.1'] });
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1, localhost', DNS_SERVERS: `${names.address}:${String(names.port)}` });
  });

  afterAll(async () => {
    await app.close();
    await Promise.all([origin.close(), secure.close(), names.close()]);
  });

  async function exchangesOf(url: string, query = {}): Promise<[Exchange, ...Exchange[]]> {
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url, cache: 'reload', insecureTls: true, ...query });
    expect(status).toBe(200);
    return json.exchanges as [Exchange, ...Exchange[]];
  }

  async function timingsOf(url: string): Promise<Timings> {
    return (await exchangesOf(url))[0].timings;
  }

  /** With an origin to which no connection leads yet. */
  async function withFreshOrigin(ask: (fresh: Origin) => Promise<void>, tls: Identity | null = null): Promise<void> {
    const fresh = await startOrigin({ tls });
    try {
      await ask(fresh);
    } finally {
      await fresh.close();
    }
  }

  function named(host: string, path = '/framing/until-close', { port } = origin): string {
    return `http://${host}:${String(port)}${path}`;
  }

  it.each([
    '/romeo.txt',
    '/framing/keep-alive',
    '/framing/chunked',
    '/framing/early-hints',
    '/redirect/chain?left=3',
    '/pieces/plain',
    '/coding/gzip',
  ])('are never negative and add up to the total: %s', async (path) => {
    for (const url of [origin.url + path, origin.url + path, secure.url + path, named('named.example.com', path)]) {
      for (const { timings } of await exchangesOf(url)) {
        const { total, ...phases } = timings;
        const all: (number | null)[] = Object.values(phases);
        expect(all.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)).toBeCloseTo(total, 6);
        expect(Math.min(...all.map(Number))).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('tell tcp and tls of a new connection, and dns when a name server was asked', async () => {
    await withFreshOrigin(async (fresh) => {
      const address = await timingsOf(`${fresh.url}/framing/until-close`);
      expect(address).toMatchObject({ dns: null, tls: null });
      expect(address.tcp).toBeGreaterThan(0);
      const name = await timingsOf(named('named.example.com', '/framing/until-close', fresh));
      expect(name.dns).toBeGreaterThan(0);
      expect(name.tcp).toBeGreaterThan(0);
      const ofHostsFile = await timingsOf(named('localhost', '/framing/until-close', fresh));
      expect(ofHostsFile.dns).toBeNull();
      expect(ofHostsFile.tcp).toBeGreaterThan(0);
    });
    await withFreshOrigin(async (fresh) => {
      const withTls = await timingsOf(`${fresh.url}/framing/until-close`);
      expect(withTls.dns).toBeNull();
      expect(Math.min(withTls.tcp ?? 0, withTls.tls ?? 0)).toBeGreaterThan(0);
    }, selfSigned());
  });

  it('have no connection phases on a connection that is used again, and say so', async () => {
    await withFreshOrigin(async (fresh) => {
      const url = named('named.example.com', '/framing/keep-alive', fresh);
      const [[first], [second]] = [await exchangesOf(url), await exchangesOf(url)];
      expect(first.reused).toBe(false);
      expect(second).toMatchObject({ reused: true, timings: { dns: null, tcp: null, tls: null } });
      for (const phase of ['wait', 'request', 'firstByte', 'download'] as const) expect(typeof second.timings[phase]).toBe('number');
      expect(fresh.connections).toBe(1);
    });
  });

  it('belong to the first exchange of a connection alone, also within one chain of redirects', async () => {
    await withFreshOrigin(async (fresh) => {
      const exchanges = await exchangesOf(named('named.example.com', '/redirect/chain?left=3', fresh));
      expect(exchanges.map(({ reused }) => reused)).toEqual([false, true, true, true]);
      expect(exchanges.map(({ timings }) => [timings.dns, timings.tcp].map((ms) => ms !== null))).toEqual([
        [true, true],
        [false, false],
        [false, false],
        [false, false],
      ]);
    });
  });

  it('count informational responses to the wait for the final one, and say when they came', async () => {
    const [exchange] = await exchangesOf(`${origin.url}/pieces/hints-first`);
    const { wait, tcp, request, firstByte } = exchange.timings;
    const hintsAt = exchange.informational[0]?.atMs ?? Infinity;
    expect(firstByte).toBeGreaterThan(60);
    expect((wait ?? 0) + (tcp ?? 0) + (request ?? 0) + (firstByte ?? 0) - hintsAt).toBeGreaterThan(60);
  });

  it('count the wait for a slow answer to the first byte, and a slow content to the download', async () => {
    expect((await timingsOf(`${origin.url}/slow?ms=80`)).firstByte).toBeGreaterThan(60);
    expect((await timingsOf(`${origin.url}/pieces/plain`)).download).toBeGreaterThan(80);
  });

  describe('with a server that is slow to read', () => {
    let slow: Server;
    let onConnection: (socket: Socket) => void = () => undefined;
    const sockets = new Set<Socket>();

    beforeAll(async () => {
      slow = createServer((socket) => {
        sockets.add(socket.on('error', () => undefined));
        onConnection(socket);
      });
      await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    });

    afterAll(() => {
      slow.close();
      for (const socket of sockets) socket.destroy();
    });

    function send(timeoutMs: number): ReturnType<TestApp['post']> {
      const url = `http://127.0.0.1:${String((slow.address() as AddressInfo).port)}/`;
      return app.post('/fetch', { url, method: 'PUT', content: MUCH, timeoutMs });
    }

    it('count to the request until the last byte has left', async () => {
      onConnection = (socket) => {
        let bytes = 0;
        socket.pause();
        void setTimeout(150).then(() => socket.resume());
        socket.on('data', (piece) => {
          bytes += piece.length;
          if (bytes > MUCH.length) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
        });
      };
      const { status, json } = (await send(20_000)) as { status: number; json: FetchAnswer };
      expect(status).toBe(200);
      expect(json.exchanges[0]?.timings.request).toBeGreaterThan(100);
    });

    it('say that the request was being sent when the time ran out', async () => {
      onConnection = (socket) => socket.pause();
      const { json } = (await send(500)) as { json: Problem };
      expect([json.code, json.phase]).toEqual(['TARGET_TIMEOUT', 'request']);
    });

    it('end the request where an answer begins that comes before it was all sent', async () => {
      onConnection = (socket) => {
        socket.once('data', () => {
          socket.pause();
          socket.write('HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno');
        });
      };
      const { status, json } = (await send(20_000)) as { status: number; json: FetchAnswer };
      expect([status, json.status, json.exchanges[0]?.timings.firstByte]).toEqual([200, 413, 0]);
    });
  });
});
