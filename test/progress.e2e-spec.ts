import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { askForEvents, type Events, type ServerEvent } from './support/events.ts';
import { until } from './support/held-origin.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { latin1, type OriginConnection, response, type Scenarios } from './support/scenarios/response.ts';

interface Told {
  exchange: number;
  url: string | null;
  phase: string;
  atMs: number;
  status: number | null;
  bytes: number;
  expectedBytes: number | null;
}

/** Connections that wait for the test to go on. */
const held: OriginConnection[] = [];
const redirect = (location: string): Buffer => response('', [['Location', location]], '302 Found');
const hold = (_request: unknown, connection: OriginConnection): Promise<Buffer | undefined> => {
  held.push(connection);
  return new Promise(() => undefined);
};

const SCENARIOS: Scenarios = {
  '/plain': response('0123456789', [['Content-Type', 'text/plain']]),
  '/twice': redirect('/once'),
  '/once': redirect('/plain'),
  '/held': hold,
  '/to-address': redirect('http://10.0.0.1/secret'),
  '/to-name': redirect('http://printer.local/secret'),
  '/to-private-name': redirect('http://inside.example/secret'),
  '/large': response('x'.repeat(15_000_000), [['Content-Type', 'text/plain']]),
  '/crumbs': async (_request, connection) => {
    await connection.write(latin1('HTTP/1.1 200 OK\r\nContent-Length: 3000\r\nConnection: close\r\n\r\n'));
    for (let sent = 0; sent < 3000; sent += 1) await connection.write(latin1('x'));
    connection.end();
  },
};

/** The connection that came last, once its request has. */
async function heldConnection(): Promise<OriginConnection> {
  await until(() => held.length > 0);
  return held.pop()!;
}

let app: TestApp;
let origin: Origin;
let names: NameServer;

beforeAll(async () => {
  origin = await startOrigin({ scenarios: SCENARIOS });
  names = await startNameServer({ 'inside.example': ['10.0.0.1'] });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', DNS_SERVERS: `${names.address}:${String(names.port)}` });
});

afterAll(async () => {
  await app.close();
  await Promise.all([origin.close(), names.close()]);
});

const asked = (path: string, more: Readonly<Record<string, string>> = {}): Promise<Events> => {
  const url = path.startsWith('/') ? origin.url + path : path;
  return askForEvents(`${app.url}/fetch?${new URLSearchParams({ url, ...more }).toString()}`);
};

const told = (events: readonly ServerEvent[]): Told[] => events.filter(({ event }) => event === 'progress').map(({ data }) => data as Told);

/** The events up to the first that is like this. */
async function upTo(events: Events, isWanted: (progress: Told) => boolean): Promise<Told> {
  for (;;) {
    const event = await events.next();
    if (event?.event !== 'progress') throw new Error(`it never came; ${JSON.stringify(event)}`);
    if (isWanted(event.data as Told)) return event.data as Told;
  }
}

describe('a retrieval that is asked for as events', () => {
  it('tells each phase of each exchange in their order, and at last what JSON would have said', async () => {
    const events = await asked('/twice', { cache: 'reload', fields: 'status,finalUrl,exchanges.url' });
    expect([events.status, events.headers.get('content-type'), events.headers.get('cache-control'), events.headers.get('vary')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no-store',
      'Accept',
    ]);
    const all = await events.rest();
    const progress = told(all);
    expect(progress.map(({ exchange, phase }) => `${String(exchange)} ${phase}`)).toEqual(
      expect.arrayContaining(['1 wait', '1 request', '1 firstByte', '1 download', '2 wait', '2 download', '3 wait', '3 download']),
    );
    expect(progress.map(({ exchange }) => exchange)).toEqual(progress.map(({ exchange }) => exchange).sort());
    expect(progress.filter(({ status }) => status === 302).map(({ url }) => url)).toEqual([`${origin.url}/twice`, `${origin.url}/once`]);
    expect(progress.at(-1)).toMatchObject({
      exchange: 3,
      url: `${origin.url}/plain`,
      phase: 'download',
      status: 200,
      bytes: 10,
      expectedBytes: 10,
    });
    const times = progress.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(all.at(-1)).toEqual({
      event: 'answer',
      data: {
        status: 200,
        finalUrl: `${origin.url}/plain`,
        exchanges: [{ url: `${origin.url}/twice` }, { url: `${origin.url}/once` }, { url: `${origin.url}/plain` }],
      },
    });
    expect(all.filter(({ event }) => event !== 'progress')).toHaveLength(1);
  });

  it('connects, where it does, by name and by address', async () => {
    const demo = told(await (await asked('http://pagewire.test/page1.htm')).rest());
    expect(demo.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['wait', 'tcp', 'request', 'firstByte', 'download']));
    const failed = await (await asked('http://nowhere.example/')).rest();
    expect(told(failed).map(({ phase }) => phase)).toEqual(['wait', 'dns']);
    expect(failed.at(-1)).toMatchObject({ event: 'problem', data: { code: 'DNS_FAILED', phase: 'dns' } });
  });

  it('tells it as it happens: before the response has begun, and while content is still to come', async () => {
    const events = await asked('/held');
    expect(await upTo(events, ({ phase }) => phase === 'firstByte')).toMatchObject({ status: null, bytes: 0 });
    const connection = await heldConnection();
    await connection.write(latin1('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\n'));
    expect(await upTo(events, ({ phase }) => phase === 'download')).toMatchObject({ status: 200, bytes: 0, expectedBytes: 10 });
    await connection.write(latin1('01234'));
    expect(await upTo(events, ({ bytes }) => bytes > 0)).toMatchObject({ bytes: 5 });
    await connection.write(latin1('56789'));
    const rest = await events.rest();
    expect(rest.at(-1)).toMatchObject({ event: 'answer', data: { body: { text: '0123456789' } } });
  });

  it('tells of many small pieces a few times', async () => {
    const progress = told(await (await asked('/crumbs')).rest());
    expect(progress.at(-1)?.bytes).toBe(3000);
    expect(progress.length).toBeLessThan(300);
  });

  it('takes a JSON body, too, and answers with JSON unless events are what is wanted', async () => {
    const body = JSON.stringify({ url: `${origin.url}/echo`, method: 'POST', content: 'x' });
    const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
    const events = await (await askForEvents(`${app.url}/fetch`, init)).rest();
    expect([told(events).length > 2, (events.at(-1)?.data as FetchAnswer).status]).toEqual([true, 200]);
    for (const accept of ['*/*', 'application/json, text/event-stream', 'text/event-stream;q=0']) {
      const { headers, json } = await app.send<FetchAnswer>(`/fetch?url=${origin.url}/plain`, { headers: { accept } });
      expect([accept, headers.get('content-type'), headers.get('vary'), json.status]).toEqual([
        accept,
        'application/json; charset=utf-8',
        'Accept',
        200,
      ]);
    }
  });

  it('has nothing to tell of what is stored but the answer', async () => {
    const { json } = await app.get<FetchAnswer>('/fetch', { url: `${origin.url}/plain` });
    const events = await askForEvents(`${app.url}/fetch?snapshot=${json.snapshot}`);
    expect((await events.rest()).map(({ event }) => event)).toEqual(['answer']);
  });

  it('is refused as ever where nothing was begun', async () => {
    const unknown = await asked('/plain', { what: 'x' });
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    const limited = await startApp({ ALLOW_TARGETS: '127.0.0.1', API_KEYS: 'a-long-key-for-a-test' });
    expect((await askForEvents(`${limited.url}/fetch?url=${origin.url}/plain`)).status).toBe(401);
    await limited.close();
  });
});

describe('a caller that does not read', () => {
  it('keeps no answer waiting for longer than it may', async () => {
    const hurried = await startApp({ ALLOW_TARGETS: '127.0.0.1', SEND_TIMEOUT_MS: '300' });
    const { port } = new URL(hurried.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined).pause();
    socket.write(`GET /fetch?url=${origin.url}/large HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n`);
    await once(socket, 'connect');
    await until(async () => (await hurried.get('/metrics')).text.includes('pagewire_http_requests_abandoned_total 1'));
    socket.destroy();
    await hurried.close();
  });
});

describe('several callers of one retrieval', () => {
  it('are told of it, also one that came later or did not ask first, and it ends with the last of them', async () => {
    const before = origin.requestsFor('/held').length;
    const silent = new AbortController();
    const url = `${app.url}/fetch?url=${origin.url}/held`;
    const unheard = fetch(url, { signal: silent.signal }).catch(() => null);
    await until(() => origin.requestsFor('/held').length === before + 1);
    const one = await asked('/held');
    const other = await asked('/held');
    for (const events of [one, other]) expect(await events.next()).toMatchObject({ data: { exchange: 1, phase: 'firstByte' } });
    silent.abort();
    await unheard;
    one.leave();
    const connection = await heldConnection();
    await connection.write(latin1('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab'));
    expect(await upTo(other, ({ bytes }) => bytes === 2)).toMatchObject({ expectedBytes: 4 });
    other.leave();
    // Nobody is left: the origin sees its connection end.
    await until(async () => !(await connection.write(latin1('x'))));
    expect(origin.requestsFor('/held')).toHaveLength(before + 1);
  });

  it('ends a retrieval that is nobody else’s when its caller goes', async () => {
    const events = await asked('/held', { cache: 'reload' });
    await upTo(events, ({ phase }) => phase === 'firstByte');
    events.leave();
    const connection = await heldConnection();
    await until(async () => !(await connection.write(latin1('x'))));
  });
});

describe('what policy hides', () => {
  it('is not told by events: where a redirect leads, or how it came to be refused', async () => {
    const streams = await Promise.all(['/to-address', '/to-name', '/to-private-name'].map((path) => asked(path, { cache: 'reload' })));
    const all = await Promise.all(streams.map((events) => events.rest()));
    const seen = all.map((events) =>
      told(events)
        .filter(({ exchange }) => exchange === 2)
        .map(({ url, phase, status }) => [url, phase, status]),
    );
    expect(seen).toEqual(
      [0, 1, 2].map(() => [
        [null, 'wait', null],
        [null, 'dns', null],
      ]),
    );
    for (const events of all) {
      expect((events.at(-1)?.data as Problem).code).toBe('TARGET_FORBIDDEN');
      expect(JSON.stringify(events)).not.toMatch(/10\.0\.0\.1|secret|printer|inside/);
    }
  });

  it('is not told by events: whether a name was refused, or what it resolves to', async () => {
    const streams = await Promise.all(['http://printer.local/', 'http://inside.example/'].map((url) => asked(url)));
    const [byName = [], byAddress = []] = await Promise.all(streams.map((events) => events.rest()));
    const shape = (events: readonly ServerEvent[]): unknown[] => [
      ...told(events).map(({ phase }) => phase),
      events.at(-1)?.event,
      (events.at(-1)?.data as Problem).code,
    ];
    expect(shape(byName)).toEqual(['wait', 'dns', 'problem', 'TARGET_FORBIDDEN']);
    expect(shape(byAddress)).toEqual(shape(byName));
  });
});
