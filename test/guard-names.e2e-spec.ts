import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const PUBLIC = '93.184.215.14';
const PUBLIC_V6 = '2606:2800:21f:cb07:6820:80da:af6b:8b2c';

describe('the guard, when it resolves names', () => {
  let origin: Origin;
  let names: NameServer;
  let strict: TestApp;
  let open: TestApp;

  beforeAll(async () => {
    origin = await startOrigin({ everywhere: true });
    names = await startNameServer({
      'loopback.example.com': ['127.0.0.1'],
      'loopback-2.example.com': ['127.0.0.2'],
      'loopback-6.example.com': ['::1'],
      'private.example.com': ['192.168.0.1'],
      'mapped.example.com': ['::ffff:127.0.0.1'],
      'translated.example.com': ['64:ff9b::7f00:1'],
      'mixed.example.com': [PUBLIC, '127.0.0.1'],
      'mixed-first.example.com': ['127.0.0.1', PUBLIC],
      'mixed-families.example.com': [PUBLIC, '::1'],
      'mixed-families-2.example.com': [PUBLIC_V6, '10.0.0.1'],
      'alias.example.com': ['CNAME private.example.com'],
      'named.example.com': ['127.0.0.2'],
      'rebinding.example.com': (asked) => (asked === 0 ? ['127.0.0.1'] : ['127.0.0.2']),
      'failing.example.com': 'SERVFAIL',
      'refusing.example.com': 'REFUSED',
      'empty.example.com': [],
      'silent.example.com': null,
    });
    const DNS_SERVERS = `${names.address}:${String(names.port)}`;
    strict = await startApp({ DNS_SERVERS });
    open = await startApp({ DNS_SERVERS, ALLOW_TARGETS: '127.0.0.1, named.example.com' });
  });

  afterAll(async () => {
    await Promise.all([strict.close(), open.close()]);
    await Promise.all([origin.close(), names.close()]);
  });

  function urlOf(host: string, path = '/romeo.txt'): string {
    return `http://${host}:${String(origin.port)}${path}`;
  }

  it.each([
    'loopback.example.com',
    'loopback-6.example.com',
    'private.example.com',
    'mapped.example.com',
    'translated.example.com',
    'mixed.example.com',
    'mixed-first.example.com',
    'mixed-families.example.com',
    'mixed-families-2.example.com',
    'alias.example.com',
  ])('refuses %s by what it resolves to, and does not tell what that is', async (host) => {
    const { status, json, text } = await strict.get<Problem>('/fetch', { url: urlOf(host) });
    expect([status, json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
    expect(text).not.toMatch(/127\.0\.0\.1|192\.168|10\.0\.0\.1|::1|64:ff9b|93\.184|2606:/);
    expect(names.queries).toContain(`A ${host}`);
    expect(origin.connections).toBe(0);
  });

  it('does not ask DNS about names that are refused by their spelling', async () => {
    for (const host of ['localhost', 'intranet', 'printer.local', 'db.internal', 'x.localhost']) {
      expect((await strict.get('/fetch', { url: urlOf(host) })).status).toBe(403);
      expect(names.queries.filter((query) => query.includes(host))).toEqual([]);
    }
  });

  it('lets a name out that leads to an allowed address, and connects to that address', async () => {
    const { status, json } = await open.get<FetchAnswer>('/fetch', { url: urlOf('loopback.example.com') });
    expect(status).toBe(200);
    expect(json.exchanges[0]?.remote).toEqual({ address: '127.0.0.1', port: origin.port });
    expect(origin.requests.at(-1)?.header('host')).toBe(`loopback.example.com:${String(origin.port)}`);
  });

  it('lets a name out that the operator allows, wherever it leads', async () => {
    const { status, json } = await open.get<FetchAnswer>('/fetch', { url: urlOf('named.example.com') });
    expect([status, json.exchanges[0]?.remote.address]).toEqual([200, '127.0.0.2']);
  });

  it('judges a name anew for every connection, and asks for it once each time', async () => {
    const url = urlOf('rebinding.example.com');
    expect((await open.get('/fetch', { url, cache: 'reload' })).status).toBe(200);
    expect(names.queries.filter((query) => query === 'A rebinding.example.com')).toHaveLength(1);
    const second = await open.get<Problem>('/fetch', { url, cache: 'reload' });
    expect([second.status, second.json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
    expect(names.queries.filter((query) => query === 'A rebinding.example.com')).toHaveLength(2);
    expect(origin.requests.filter((request) => request.header('host')?.startsWith('rebinding.'))).toHaveLength(1);
  });

  it.each(['loopback-2.example.com', 'mixed-families-2.example.com', 'alias.example.com'])('judges %s on a redirect, too', async (host) => {
    const url = urlOf('127.0.0.1', `/redirect/to?to=${encodeURIComponent(urlOf(host))}`);
    const { status, json } = await open.get<Problem>('/fetch', { url });
    expect([status, json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
    expect(json.detail).toMatch(/^a redirect leads where policy forbids; maxRedirects=0 shows it: redirected by http/);
    expect(json.detail).not.toMatch(/127\.0\.0\.2|192\.168|10\.0\.0|2606:/);
    expect(origin.requests.some((request) => request.header('host')?.startsWith(host))).toBe(false);
  });

  it.each(['unknown.example.com', 'failing.example.com', 'refusing.example.com', 'empty.example.com'])(
    'says that %s was not resolved',
    async (host) => {
      const { status, json } = await open.get<Problem>('/fetch', { url: urlOf(host) });
      expect([status, json.code, json.phase]).toEqual([502, 'DNS_FAILED', 'dns']);
    },
  );

  it('does not wait longer than asked for a name server that never answers', async () => {
    const { status, json } = await open.get<Problem>('/fetch', { url: urlOf('silent.example.com'), timeoutMs: 400 });
    expect([status, json.code, json.phase]).toEqual([504, 'TARGET_TIMEOUT', 'dns']);
  });
});
