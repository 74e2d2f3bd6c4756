import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SENTENCE } from '../src/demo/demo-encodings.ts';
import { demoResources } from '../src/demo/demo-resources.ts';
import type { CompareAnswer } from '../src/compare/compare.model.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { FetchAnswer, LinksAnswer, Problem } from './support/contract.ts';
import { type NameServer, startNameServer } from './support/name-server.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const DEMO = 'http://pagewire.test';
/** Paths that lead to a problem, and to which. */
const PROBLEMS: Readonly<Record<string, string>> = {
  '/loop': 'TOO_MANY_REDIRECTS',
  '/loop-back': 'TOO_MANY_REDIRECTS',
  '/inside': 'TARGET_FORBIDDEN',
  '/garden/well': 'TOO_MANY_REDIRECTS',
};

let app: TestApp;
let names: NameServer;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin({ everywhere: true });
  names = await startNameServer({ 'pagewire.test': ['127.0.0.1'], 'a.pagewire.test': ['127.0.0.1'] });
  app = await startApp({ DNS_SERVERS: `${names.address}:${String(names.port)}` });
});

afterAll(async () => {
  await app.close();
  await Promise.all([origin.close(), names.close()]);
});

const fetched = async (path: string, server = app): Promise<FetchAnswer> => {
  const { status, json } = await server.get<FetchAnswer>('/fetch', { url: DEMO + path });
  expect([path, status, json]).toEqual([path, 200, json]);
  return json;
};

async function codeOf(url: string, server = app): Promise<string> {
  return (await server.get<Problem>('/fetch', { url })).json.code;
}

describe('the demo origin', () => {
  it('answers every resource of its table, as the table says, and asks no name server', async () => {
    expect(demoResources().size).toBeGreaterThan(20);
    for (const [path, { status, headers, pieces }] of demoResources()) {
      if (path in PROBLEMS || (status >= 300 && status < 400)) continue;
      const { exchanges, body, finalUrl } = await fetched(path);
      expect([path, finalUrl, exchanges.length, exchanges[0]?.status]).toEqual([path, DEMO + path, 1, status]);
      expect(exchanges[0]?.headers.map(({ name, value }) => [name, value])).toEqual(expect.arrayContaining([...headers]));
      expect([path, body.transferBytes]).toEqual([path, pieces.reduce((total, { bytes }) => total + bytes.length, 0)]);
    }
    expect(names.queries).toEqual([]);
  });

  it.each(Object.entries(PROBLEMS))('leads %s to %s', async (path, code) => {
    expect(await codeOf(DEMO + path)).toBe(code);
  });

  it('is one address on this machine, and says which', async () => {
    const [one, other] = [await fetched('/page1.htm'), await fetched('/page2.htm')];
    expect(one.exchanges[0]?.remote.address).toBe('127.0.0.1');
    expect(other.exchanges[0]?.remote).toEqual(one.exchanges[0]?.remote);
    expect(one.exchanges[0]?.timings.dns).toBeNull();
  });

  it('has the 167 bytes, also by HTTP/1.0 and however the host is written', async () => {
    for (const url of [`${DEMO}/romeo.txt`, 'http://PageWire.TEST:80/romeo.txt']) {
      const { json } = await app.get<FetchAnswer>('/fetch', { url });
      expect([json.body.bytes, json.body.text?.split('\n')[0]]).toEqual([167, 'But soft what light through yonder window breaks']);
    }
    const wire = await app.get('/wire', { url: `${DEMO}/romeo.txt`, httpVersion: '1.0' });
    expect(wire.text).toMatch(/^GET http:\/\/pagewire.test\/romeo.txt HTTP\/1.0\r\n.*pale with grief\n/s);
  });

  it('redirects by 301 and 302 to a page', async () => {
    const { exchanges, finalUrl } = await fetched('/old');
    expect([exchanges.map(({ status }) => status), finalUrl]).toEqual([[301, 302, 200], `${DEMO}/page1.htm`]);
  });

  it('has one sentence in four encodings, and by wrong names what comes of that', async () => {
    const texts = new Map<string, string | null | undefined>();
    for (const path of demoResources().keys()) if (path.startsWith('/sentence-')) texts.set(path, (await fetched(path)).body.text);
    const wrong = [...texts].filter(([, text]) => text !== SENTENCE).map(([path]) => path);
    expect(texts.size).toBe(8);
    expect(wrong).toEqual([
      '/sentence-utf-8-declared-as-windows-1252.txt',
      '/sentence-windows-1252-declared-as-utf-8.txt',
      '/sentence-shift_jis-declared-as-windows-1252.txt',
    ]);
  });

  it('sends a picture and a page in pieces', async () => {
    expect((await fetched('/sunrise.png')).body.chunks.length).toBeGreaterThan(5);
    expect((await fetched('/slow.html')).body.chunks).toHaveLength(4);
  });

  it('has a page at its root that leads to all others', async () => {
    const { json } = await app.get<LinksAnswer>('/links', { url: 'http://pagewire.test/' });
    const listed = (await app.get<string>('/demo')).text.match(/look at it/g);
    expect(json.links.map(({ url }) => url)).toEqual(
      expect.arrayContaining(['http://pagewire.test/romeo.txt', 'http://pagewire.test/garden/']),
    );
    expect(json.links.filter(({ url }) => url?.includes('/garden/'))).toHaveLength(1);
    const outside = [...demoResources().keys()].filter((path) => path !== '/' && !/^\/garden\/./.test(path));
    expect([json.total, listed?.length]).toEqual([outside.length, demoResources().size]);
  });

  it('has something for every view', async () => {
    const url = `${DEMO}/article.html`;
    const view = async (path: string, query = {}): Promise<string> => {
      const { status, text } = await app.get(path, { url, ...query });
      expect([path, status]).toEqual([path, 200]);
      return text;
    };
    expect(await view('/metadata')).toContain('"headline":"How a page travels"');
    expect(await view('/tables')).toContain('Contents of the demo');
    expect(await view('/markdown')).toContain('## From a name to an address');
    expect(await view('/tags', { tag: 'h2' })).toContain('"total":3');
    expect(await view('/select', { selector: 'nav a' })).toContain('"total":3');
    expect(await view('/links')).toMatch(/"kind":"fragment".*"kind":"external".*"kind":"mail".*"kind":"tel".*"kind":"script"/s);
    expect(await view('/wordcount')).toContain('"page"');
    const compared = await app.get<{ total: number }>('/links/compare', { url: `${DEMO}/page1.htm` });
    expect([compared.status, compared.text]).toEqual([200, expect.stringContaining(`${DEMO}/page2.htm`)]);
  });

  it('answers by the language that is asked for, as its Vary says, and by the user agent, which it keeps to itself', async () => {
    const variants = [
      {},
      { name: 'German', acceptLanguage: 'fr;q=0.5, de-AT' },
      { name: 'French', acceptLanguage: 'xx, fr;q=0.1, de;q=0' },
      { name: 'phone', userAgent: 'A Mobile' },
    ];
    const { json } = await app.post<CompareAnswer>('/compare', { url: `${DEMO}/greeting.html`, variants });
    const language = json.headers.find(({ name }) => name === 'Content-Language');
    expect(language?.values.map(({ value }) => value)).toEqual(['en', 'de', 'fr', 'en']);
    expect(json.variants.map(({ links }) => links)).toEqual([2, 2, 2, 0]);
    expect([json.vary.declared, json.vary.missing]).toEqual([['accept-language'], ['user-agent']]);
  });

  it('answers no other method, and other paths with 404', async () => {
    const { json } = await app.post<FetchAnswer>('/fetch', { url: `${DEMO}/romeo.txt`, method: 'POST', content: 'x' });
    expect(json.status).toBe(405);
    expect((await fetched('/nothing?here')).status).toBe(404);
  });
});

describe('the guard, beside the demo', () => {
  it.each([
    'http://pagewire.test:8080/romeo.txt',
    'https://pagewire.test/romeo.txt',
    'https://pagewire.test:80/romeo.txt',
    'http://pagewire.test:443/romeo.txt',
    'http://a.pagewire.test/romeo.txt',
    'http://pagewire.test./romeo.txt',
    'http://xpagewire.test/romeo.txt',
    'http://pagewire.test.localhost/romeo.txt',
  ])('refuses %s as any name that is not public, and asks nobody where it is', async (url) => {
    expect(await codeOf(url)).toBe('TARGET_FORBIDDEN');
    expect(names.queries).toEqual([]);
  });

  it('lets nobody reach the port of the demo, or another one here, by its address', async () => {
    const { exchanges } = await fetched('/romeo.txt');
    const port = String(exchanges[0]?.remote.port);
    for (const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      `pagewire.test:${port}`,
      `127.0.0.1:${String(origin.port)}`,
    ])
      expect([host, await codeOf(`http://${host}/romeo.txt`)]).toEqual([host, 'TARGET_FORBIDDEN']);
    expect(origin.connections).toBe(0);
  });

  it('asks no name server where the operator allows the name, and leaves its other ports to DNS', async () => {
    const asked = await startNameServer({ 'pagewire.test': ['127.0.0.1'] });
    const open = await startApp({ DNS_SERVERS: `127.0.0.1:${String(asked.port)}`, ALLOW_TARGETS: 'pagewire.test' });
    try {
      expect((await fetched('/page2.htm', open)).body.text).toContain('The Second Page');
      expect(asked.queries).toEqual([]);
      const { json } = await open.get<FetchAnswer>('/fetch', { url: `http://pagewire.test:${String(origin.port)}/page2.htm` });
      expect(json.exchanges[0]?.remote.port).toBe(origin.port);
      expect(asked.queries).toContain('A pagewire.test');
    } finally {
      await open.close();
      await asked.close();
    }
  });

  it('follows a redirect to the demo, and not from there to this machine', async () => {
    const allowed = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
    try {
      const to = (target: string): string => `${origin.url}/redirect/to?${new URLSearchParams({ to: target }).toString()}`;
      const { json } = await allowed.get<FetchAnswer>('/fetch', { url: to(`${DEMO}/romeo.txt`) });
      expect([json.finalUrl, json.exchanges.length]).toEqual([`${DEMO}/romeo.txt`, 2]);
      expect(await codeOf(to('http://pagewire.test:8080/'), allowed)).toBe('TARGET_FORBIDDEN');
      expect(await codeOf(to('https://pagewire.test/'), allowed)).toBe('TARGET_FORBIDDEN');
    } finally {
      await allowed.close();
    }
    expect(await codeOf(`${DEMO}/inside`)).toBe('TARGET_FORBIDDEN');
  });

  it.each(['pagewire.test', '*.test', '127.0.0.0/8'])('lets DENY_TARGETS=%s win', async (denied) => {
    const denying = await startApp({ DENY_TARGETS: denied });
    try {
      expect(await codeOf(`${DEMO}/romeo.txt`, denying)).toBe('TARGET_FORBIDDEN');
    } finally {
      await denying.close();
    }
  });
});

describe('/demo', () => {
  it('lists and shows what the demo has, in a sandbox and without its cookies', async () => {
    const index = await app.get('/demo');
    expect([index.status, index.headers.get('content-security-policy')]).toEqual([200, "sandbox; default-src 'none'"]);
    for (const [path, { status, headers }] of demoResources()) {
      expect(index.text).toContain(`href="/demo${path}"`);
      const shown = await app.get(`/demo${path}`);
      const type = headers.find(([name]) => name === 'Content-Type')?.[1];
      expect([path, shown.status, shown.headers.get('content-type')]).toEqual([path, status, type]);
      expect(shown.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(shown.headers.get('set-cookie')).toBeNull();
    }
    expect((await app.get('/demo/romeo.txt')).bytes).toHaveLength(167);
  });

  it('is there with a slash at its end, too, and its pages lead from one to the other', async () => {
    expect((await app.get('/demo/')).text).toBe((await app.get('/demo')).text);
    for (const path of ['/demo/page1.htm', '/demo/page2.htm', '/demo/article.html', '/demo/slow.html', '/demo/greeting.html']) {
      const { text } = await app.get(path);
      const links = [...text.matchAll(/href="([^"#]+)"/g)].map(([, href = '']) => new URL(href, app.url + path));
      const own = links.filter(({ origin: place }) => place === app.url);
      expect([path, own.length > 0, links.some(({ host }) => host === 'pagewire.test')]).toEqual([path, true, false]);
      for (const { pathname } of own.filter((link) => link.pathname !== '/demo/missing')) {
        const { status } = await app.send(pathname, { redirect: 'manual' });
        expect([pathname, status < 400]).toEqual([pathname, true]);
      }
    }
    expect((await fetched('/page1.htm')).body.text).toContain('href="http://pagewire.test/page2.htm"');
  });

  it('is open where keys are asked for, while retrievals are not', async () => {
    const keyed = await startApp({ API_KEYS: 'a-key-of-sixteen-characters' });
    try {
      expect((await keyed.get('/demo/romeo.txt')).status).toBe(200);
      expect((await keyed.get('/fetch', { url: `${DEMO}/romeo.txt` })).status).toBe(401);
    } finally {
      await keyed.close();
    }
  });
});

describe('DEMO=false', () => {
  it('has neither the name nor the pages', async () => {
    const without = await startApp({ DEMO: 'false', DNS_SERVERS: `${names.address}:${String(names.port)}` });
    try {
      expect(await codeOf(`${DEMO}/romeo.txt`, without)).toBe('TARGET_FORBIDDEN');
      expect((await without.get('/demo')).status).toBe(404);
      const { json } = await without.get<{ demo: string | null; example: string }>('/');
      expect([json.demo, json.example]).toEqual([null, '/links?url=https://example.com/']);
      expect((await without.get('/demo/romeo.txt')).status).toBe(404);
      expect(names.queries).toEqual([]);
    } finally {
      await without.close();
    }
  });
});
