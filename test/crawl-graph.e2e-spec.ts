import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';

interface Page {
  index: number;
  url: string;
  depth: number;
  foundOn: string | null;
  source: string;
  state: string;
  status: number | null;
  redirectsTo: string | null;
  sameAs: string | null;
  title: string | null;
  inDegree: number;
  outDegree: number;
  outside: number;
  rank: number | null;
}

interface Pages {
  total: number;
  next: string | null;
  crawl: { id: string; state: string };
  pages: Page[];
}

interface Graph {
  total: number;
  totalEdges: number;
  crawl: { state: string };
  nodes: { index: number; url: string; rank: number | null }[];
  edges: { from: number; to: number; kind: string; nofollow: boolean }[];
}

/** What a site answers, by path: markup, or a status with header fields. */
type Site = Readonly<Record<string, string | { status: number; headers?: Record<string, string>; text?: string }>>;

let database: TestDatabase;
let app: TestApp;
const servers: Server[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.0/8', ...database.env });
});

afterAll(async () => {
  await app.close();
  await database.drop();
  for (const server of servers) server.close().closeAllConnections();
});

async function startSite(site: Site): Promise<string> {
  const server = createServer(({ url = '', headers }, response) => {
    const answer = site[url] ?? { status: 404 };
    if (answer === 'reset') response.destroy();
    else if (typeof answer === 'string') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(answer);
    else response.writeHead(answer.status, answer.headers ?? {}).end(answer.text?.replaceAll('SITE', `http://${headers.host ?? ''}`));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, `127.0.0.${String(60 + servers.length)}`, resolve));
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${String(port)}`;
}

/** Crawls to the end. @returns where it is */
async function crawled(members: object): Promise<string> {
  const { json } = await app.post<{ crawl: { id: string } }>('/crawls?wait=60', { concurrency: 1, ...members });
  return `/crawls/${json.crawl.id}`;
}

const linksTo = (...hrefs: readonly string[]): string => hrefs.map((href) => `<a href="${href}">${href}</a>`).join(' ');
const titled = (title: string, ...hrefs: readonly string[]): string => `<title>${title}</title>${linksTo(...hrefs)}`;
const sitemapOf = (...paths: readonly string[]): Site[string] => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml' },
  text: `<urlset>${paths.map((path) => `<url><loc>SITE${path}</loc></url>`).join('')}</urlset>`,
});

/** With a bit of everything. */
const SITE: Site = {
  '/sitemap.xml': sitemapOf('/orphan', '/a'),
  '/': titled('Home', '/a', '/b', '/old', '/gone', 'http://elsewhere.test/x', 'http://elsewhere.test/y', '/'),
  '/a': `${titled('A', '/', '/b', '/b?session=1', '/a')}<a rel="nofollow" href="/hidden">hidden</a>`,
  '/b': `<link rel="canonical" href="/b">${titled('A', '/a')}`,
  '/b?session=1': `<link rel="canonical" href="/b">${titled('A', '/a')}`,
  '/old': { status: 301, headers: { Location: '/older' } },
  '/older': { status: 302, headers: { Location: '/b' } },
  '/orphan': titled('', '/'),
};

describe('the pages of a crawl', () => {
  let origin: string;
  let crawl: string;

  beforeAll(async () => {
    origin = await startSite(SITE);
    crawl = await crawled({ url: origin });
  });

  it('are all that it knows, with how they are linked', async () => {
    const { status, json } = await app.get<Pages>(`${crawl}/pages`);
    expect([status, json.total, json.next, json.crawl.state]).toEqual([200, 9, null, 'completed']);
    const paths = json.pages.map(({ url, state, source, status: answer, inDegree, outDegree, outside }) => [
      url.replace(origin, ''),
      state,
      source,
      answer,
      inDegree,
      outDegree,
      outside,
    ]);
    expect(paths).toEqual([
      ['/', 'retrieved', 'start', 200, 2, 4, 2],
      ['/a', 'retrieved', 'link', 200, 3, 4, 0],
      ['/b', 'retrieved', 'link', 200, 2, 1, 0],
      ['/old', 'retrieved', 'link', 301, 1, 0, 0],
      ['/gone', 'retrieved', 'link', 404, 1, 0, 0],
      ['/orphan', 'retrieved', 'sitemap', 200, 0, 1, 0],
      ['/b?session=1', 'retrieved', 'link', 200, 1, 1, 0],
      ['/hidden', 'noted', 'link', null, 1, 0, 0],
      ['/older', 'retrieved', 'redirect', 302, 0, 0, 0],
    ]);
    expect(json.pages[3]).toMatchObject({ foundOn: `${origin}/`, redirectsTo: `${origin}/older`, rank: expect.any(Number) });
    expect(json.pages[6]).toMatchObject({ sameAs: `${origin}/b`, canonical: `${origin}/b`, title: 'A', mediaType: 'text/html' });
    expect(json.pages[7]).toMatchObject({ rank: null, status: null, title: null });
    expect(json.pages.reduce((sum, { rank }) => sum + (rank ?? 0), 0)).toBeCloseTo(1, 8);
  });

  it.each([
    ['sort=inDegree', [1, 0, 2]],
    ['sort=outDegree', [0, 1, 2]],
    ['sort=depth', [0, 1, 2]],
    ['sort=index&offset=7', [7, 8]],
    ['orphans=true', [5]],
    ['state=noted', [7]],
    ['state=failed', []],
  ])('come by %s', async (query, indexes) => {
    const { json } = await app.get<Pages>(`${crawl}/pages?limit=3&${query}`);
    expect(json.pages.map(({ index }) => index)).toEqual(indexes);
  });

  it('come by rank, page by page', async () => {
    const all = (await app.get<Pages>(`${crawl}/pages?sort=rank`)).json.pages;
    expect(all.map(({ rank }) => rank ?? 0)).toEqual(all.map(({ rank }) => rank ?? 0).toSorted((one, other) => other - one));
    const parts: Page[] = [];
    for (let next: string | null = `${app.url}${crawl}/pages?sort=rank&limit=4`; next !== null;) {
      const answer = (await (await fetch(next)).json()) as Pages;
      parts.push(...answer.pages);
      next = answer.next;
    }
    expect(parts).toEqual(all);
  });

  it('come as CSV, NDJSON and a table, with the fields that are wanted', async () => {
    const csv = await app.get(`${crawl}/pages?format=csv&fields=pages.url,pages.inDegree&limit=2`);
    expect(csv.text).toBe(`url,inDegree\r\n${origin}/,2\r\n${origin}/a,3\r\n`);
    expect([csv.headers.get('content-type'), csv.headers.get('pagewire-total')]).toEqual(['text/csv; charset=utf-8; header=present', '9']);
    const lines = await app.get(`${crawl}/pages?format=ndjson&fields=pages.index&limit=2`);
    expect(lines.text).toBe('{"index":0}\n{"index":1}\n');
    const table = await app.get(`${crawl}/pages?format=html&limit=1`);
    expect(table.text).toContain(`<a rel="noreferrer noopener" href="${origin}/">${origin}/</a>`);
    expect(table.text).toContain('9 in all. <a rel="next"');
    expect((await app.get<Pages>(`${crawl}/pages?fields=total,pages.index&limit=2`)).json).toEqual({
      total: 9,
      pages: [{ index: 0 }, { index: 1 }],
    });
  });

  it('are told of a crawl that is not there, and of what is no order, by a problem', async () => {
    for (const list of ['pages', 'graph']) {
      const { status, json } = await app.get<Problem>(`/crawls/nobody/${list}`);
      expect([status, json.code]).toEqual([404, 'JOB_NOT_FOUND']);
    }
    const { status, json } = await app.get<Problem>(`${crawl}/pages?sort=beauty`);
    expect([status, json.errors[0]?.parameter]).toEqual([400, 'sort']);
  });

  it('are a graph, and its part of greatest rank', async () => {
    const { json } = await app.get<Graph>(`${crawl}/graph`);
    expect([json.total, json.nodes.length, json.totalEdges, json.edges.length]).toEqual([9, 9, 16, 16]);
    expect(json.edges.filter(({ kind, nofollow }) => kind !== 'link' || nofollow)).toEqual([
      { from: 1, to: 7, kind: 'link', nofollow: true },
      { from: 3, to: 8, kind: 'redirect', nofollow: false },
      { from: 6, to: 2, kind: 'canonical', nofollow: false },
      { from: 8, to: 2, kind: 'redirect', nofollow: false },
    ]);
    const best = (await app.get<Pages>(`${crawl}/pages?sort=rank&limit=3`)).json.pages.map(({ index }) => index).toSorted();
    const some = (await app.get<Graph>(`${crawl}/graph?limit=3`)).json;
    expect(some.nodes.map(({ index }) => index)).toEqual(best);
    expect(some.edges).toEqual(json.edges.filter(({ from, to }) => best.includes(from) && best.includes(to)));
    expect([some.total, some.totalEdges]).toEqual([9, 16]);
  });
});
