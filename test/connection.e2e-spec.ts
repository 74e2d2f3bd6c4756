import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer } from './support/contract.ts';
import { startOrigin } from './support/origin-server.ts';
import { startRetrieval } from './support/retrieval.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('a connection', () => {
  let app: TestApp;
  const servers: Server[] = [];

  beforeAll(async () => {
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    await app.close();
    for (const server of servers) server.close();
  });

  /** An origin that does with each request what it is told. */
  async function originThat(onRequest: (socket: Socket, head: string) => void): Promise<string> {
    const server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (data) => {
          onRequest(socket, data.toString('latin1'));
        });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  }

  it.each([
    ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['102 Processing', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'],
  ])('takes a %s that nobody asked for, and tells it', async (line, head) => {
    const url = await originThat((socket) => socket.write(head + head + OK));
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url });
    expect([status, json.body.text]).toEqual([200, 'ok']);
    expect(json.exchanges[0]).toMatchObject({
      headerBytes: OK.length - 2,
      informational: [{ status: Number(line.slice(0, 3)) }, { statusText: line.slice(4) }],
    });
  });

  it('keeps the bytes of a reason phrase', async () => {
    const url = await originThat((socket) => socket.write(Buffer.from('HTTP/1.1 404 N\xf6t\r\nContent-Length: 0\r\n\r\n', 'latin1')));
    expect((await app.get<FetchAnswer>('/fetch', { url })).json.statusText).toBe('N\xf6t');
  });

  it('that the other side had closed while it was kept is made anew for a request that changes nothing', async () => {
    const seen = new Map<Socket, number>();
    const url = await originThat((socket) => {
      const count = (seen.get(socket) ?? 0) + 1;
      seen.set(socket, count);
      // The second request on a connection finds it closed.
      if (count === 1) socket.write(OK);
      else socket.destroy();
    });
    for (let round = 0; round < 4; round += 1) {
      const { status, json } = await app.get<FetchAnswer>('/fetch', { url, cache: 'reload' });
      expect([round, status, json.exchanges.length]).toEqual([round, 200, 1]);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('that is closed under a POST is not tried again', async () => {
    let posts = 0;
    const url = await originThat((socket, head) => {
      if (!head.startsWith('POST')) socket.write(OK);
      else {
        posts += 1;
        socket.destroy();
      }
    });
    await app.get('/fetch', { url });
    const { status, json } = await app.post<{ code: string }>('/fetch', { url, method: 'POST', content: 'x' });
    expect([status, json.code, posts]).toEqual([502, 'CONNECTION_RESET', 1]);
  });
});

describe('a retrieval that a redirect leads to an origin whose connections are all taken', () => {
  it('says that it waited for one of them when its time is up', async () => {
    const [retrieval, busy] = await Promise.all([startRetrieval({ FETCH_MAX_PER_ORIGIN: '1' }), startOrigin()]);
    const holding = retrieval.app.get('/fetch', { url: `${busy.url}/framing/silence`, timeoutMs: 4000 });
    while (busy.requestsFor('/framing/silence').length === 0) await setTimeout(10);
    const to = encodeURIComponent(`${busy.url}/romeo.txt`);
    const { code, phase, detail, exchanges } = await retrieval.refused(`/redirect/to?to=${to}`, { timeoutMs: 500 });
    expect([code, phase, exchanges.length]).toEqual(['TARGET_TIMEOUT', null, 1]);
    expect(detail).toContain('waiting for another retrieval to leave a connection');
    await holding;
    await Promise.all([retrieval.close(), busy.close()]);
  });
});
