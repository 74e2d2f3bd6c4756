import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CrawlPage, CrawlStore } from '../src/crawls/crawl-store.ts';
import type { PageLinks } from '../src/crawls/page-links.ts';
import { JobsService } from '../src/jobs/jobs.service.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { type GeneratedWeb, startWeb } from './support/web/generated-web.ts';
import { isTrap, truthOf } from './support/web/web-truth.ts';

interface Crawl {
  id: string;
  state: string;
  finishedAt: string | null;
  counts: Record<'known' | 'pending' | 'waiting' | 'succeeded' | 'failed' | 'forbidden' | 'cancelled' | 'depth', number>;
  passedOver: { reason: string; count: number; examples: string[] }[];
  sitemaps: { url: string; status: number | null; urls: number | null; problem: string | null }[];
  origins: string[];
}

interface Result {
  index: number;
  url: string;
  depth: number;
  foundOn: string | null;
  source: string;
  state: string;
  reason: string | null;
  status: number | null;
  redirectsTo: string | null;
  title: string | null;
  problem: Problem | null;
}

let database: TestDatabase;
let app: TestApp;
let web: GeneratedWeb;

beforeAll(async () => {
  web = await startWeb({ pages: 200, origins: 10, slowMs: 20, crawlDelayS: 0.01 });
  database = await freshDatabase();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.0/8', ...database.env });
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await web.close();
  for (const server of servers) server.close().closeAllConnections();
});

/** Crawls to the end. */
async function crawled(members: object): Promise<{ crawl: Crawl; results: Result[] }> {
  const created = await app.post<Crawl>('/crawls', members);
  expect([created.status, created.text.slice(0, 500)]).toEqual([202, expect.anything()]);
  const path = `/crawls/${created.json.id}`;
  while ((await app.get<Crawl>(path, { wait: 60 })).json.finishedAt === null);
  const { json } = await app.get<{ crawl: Crawl; results: Result[] }>(`${path}/results`, { sort: 'index' });
  return json;
}

/** What a site answers, by path: markup, or a status with header fields, and markup for those who send a cookie. */
type Site = Readonly<Record<string, string | { status: number; headers?: Record<string, string>; text?: string; toCookies?: string }>>;

const servers: Server[] = [];

/** Starts a site at an origin of its own; what is asked for is in `asked`. */
async function startSite(site: Site): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(url);
    const answer = site[url] ?? { status: 404 };
    if (typeof answer !== 'string' && answer.toCookies !== undefined && headers.cookie !== undefined)
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(answer.toCookies);
    else if (typeof answer === 'string') response.writeHead(200, { 'Content-Type': 'text/html' }).end(answer);
    else response.writeHead(answer.status, answer.headers ?? {}).end(answer.text?.replaceAll('SITE', `http://${headers.host ?? ''}`));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, `127.0.0.${String(20 + servers.length)}`, resolve));
  const { address, port } = server.address() as AddressInfo;
  return { url: `http://${address}:${String(port)}`, asked };
}

/** Links, one after the other. */
function linksTo(...hrefs: readonly string[]): string {
  return hrefs.map((href) => `<a href="${href}">${href}</a>`).join(' ');
}

const pathsOf = (results: readonly Result[]): string[] => results.map(({ url }) => new URL(url).pathname + new URL(url).search);

describe('a crawl of a whole web', () => {
  it('asks for all that links, redirects and sitemaps lead to and robots.txt allows, once, and says how deep it is', async () => {
    web.forget();
    const { crawl, results } = await crawled({ url: web.seed, origins: web.origins, limit: 20_000, perPattern: 20, depth: 7 });
    const truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all', maxDepth: 7 });
    const pages = results.filter(({ url }) => !isTrap(url));
    const asked = pages.filter(({ state }) => state !== 'forbidden');
    expect(asked.map(({ url }) => url).sort()).toEqual([...truth.asked.keys()].sort());
    expect(
      pages
        .filter(({ state }) => state === 'forbidden')
        .map(({ url }) => url)
        .sort(),
    ).toEqual([...truth.disallowed].sort());
    expect(Object.fromEntries(asked.map(({ url, depth }) => [url, depth]))).toEqual(
      Object.fromEntries([...truth.asked.values()].map(({ url, depth }) => [url, depth])),
    );
    for (const { url, status, redirectsTo, problem } of asked) {
      const one = truth.asked.get(url);
      expect([url, problem === null ? status : 'reset', redirectsTo]).toEqual([url, one?.outcome, one?.location]);
    }
    expect(crawl).toMatchObject({ state: 'completed', counts: { pending: 0, waiting: 0, cancelled: 0 } });
    const urls = web.origins.flatMap((origin) => web.requestsOf(origin).map(({ path }) => origin + path));
    // A connection that is reset before an answer may be tried again.
    expect(urls.filter((url, at) => urls.indexOf(url) !== at && !url.includes('/reset/'))).toEqual([]);
    expect(web.requestsOf(web.outside)).toEqual([]);
  }, 120_000);
});

describe('a crawl of a site', () => {
  it('retrieves a page once, however its URL is spelled, and passes over what has no end', async () => {
    const site = await startSite({
      '/': linksTo('/a#one', '/%61', '/a?utm_source=x', '/b?x=1&y=2', '/b?y=2&x=1', '/c?d=1', '/c?d=2', '/c?d=3', '/d/d/d', 'mailto:a@b.c'),
      '/a': '<title>A</title>',
      '/b?x=1&y=2': 'b',
      '/c?d=1': 'c',
      '/c?d=2': 'c',
    });
    const { crawl, results } = await crawled({ url: site.url, sitemap: 'skip', perPattern: 2 });
    expect(pathsOf(results)).toEqual(['/', '/a', '/b?x=1&y=2', '/c?d=1', '/c?d=2']);
    expect(site.asked.toSorted()).toEqual(['/', '/a', '/b?x=1&y=2', '/c?d=1', '/c?d=2', '/robots.txt']);
    const url = (path: string): string => site.url + path;
    expect(crawl.passedOver).toEqual([
      { reason: 'repeating', count: 1, examples: [url('/d/d/d')] },
      { reason: 'pattern', count: 1, examples: [url('/c?d=3')] },
    ]);
    expect(results[1]).toMatchObject({ depth: 1, foundOn: url('/'), source: 'link', state: 'succeeded', status: 200, title: 'A' });
  });

  it('follows redirects page by page, also that of its start, and records those that leave it', async () => {
    const elsewhere = await startSite({ '/': 'elsewhere' });
    const site = await startSite({
      '/': linksTo('/old', '/away', '/loop'),
      '/old': { status: 301, headers: { Location: '/new' } },
      '/new': 'new',
      '/away': { status: 302, headers: { Location: `${elsewhere.url}/` } },
      '/loop': { status: 307, headers: { Location: '/loop' } },
    });
    const start = await startSite({ '/': { status: 308, headers: { Location: `${site.url}/` } } });
    const { crawl, results } = await crawled({ url: start.url, sitemap: 'skip' });
    expect(results.map(({ url, depth, status, redirectsTo, problem }) => [url, depth, status, redirectsTo, problem?.code])).toEqual([
      [`${start.url}/`, 0, 308, `${site.url}/`, undefined],
      [`${site.url}/`, 0, 200, null, undefined],
      [`${site.url}/old`, 1, 301, `${site.url}/new`, undefined],
      [`${site.url}/away`, 1, 302, `${elsewhere.url}/`, undefined],
      [`${site.url}/loop`, 1, 307, `${site.url}/loop`, undefined],
      [`${site.url}/new`, 1, 200, null, undefined],
    ]);
    expect(elsewhere.asked).toEqual([]);
    expect(crawl).toMatchObject({ origins: [start.url, site.url], passedOver: [{ reason: 'outside', count: 1 }] });
  });

  it('reads a page that redirects to itself in order to set a cookie, and asks for it no more than twice', async () => {
    const again = (path: string): Record<string, string> => ({ Location: path, 'Set-Cookie': 'seen=1; Path=/' });
    const site = await startSite({
      '/': { status: 302, headers: again('/'), toCookies: `<title>Home</title>${linksTo('/a', '/never', '/refused')}` },
      '/a': { status: 302, headers: again('/a#part'), toCookies: '<title>A</title>' },
      '/never': { status: 302, headers: { Location: '/never', 'Set-Cookie': 'seen=1; Path=/elsewhere' } },
      '/refused': { status: 307, headers: again('/refused'), toCookies: '' },
    });
    const { results } = await crawled({ url: site.url, sitemap: 'skip' });
    expect(results.map(({ url, status, title, redirectsTo }) => [url.slice(site.url.length), status, title, redirectsTo])).toEqual([
      ['/', 200, 'Home', null],
      ['/a', 200, 'A', null],
      ['/never', 302, null, `${site.url}/never`],
      ['/refused', 200, null, null],
    ]);
    expect(site.asked.toSorted()).toEqual(['/', '/', '/a', '/a', '/never', '/refused', '/refused', '/robots.txt']);
  });

  it('goes no farther than limit, depth, include and exclude say, and tells what it left', async () => {
    const site = await startSite({
      '/': linksTo('/docs/1', '/docs/2', '/docs/3', '/blog/1', '/docs/x.pdf'),
      '/docs/1': linksTo('/docs/deeper'),
      '/docs/deeper': linksTo('/docs/deepest'),
    });
    const within = { url: site.url, sitemap: 'skip', include: ['/docs/'], exclude: ['*.pdf$'] };
    const { crawl, results } = await crawled({ ...within, depth: 2 });
    expect(pathsOf(results)).toEqual(['/', '/docs/1', '/docs/2', '/docs/3', '/docs/deeper']);
    expect(crawl).toMatchObject({
      counts: { known: 6, waiting: 0, succeeded: 5, depth: 2 },
      passedOver: [
        { reason: 'excluded', count: 2 },
        { reason: 'depth', count: 1, examples: [`${site.url}/docs/deepest`] },
      ],
    });
    const some = await crawled({ ...within, limit: 3 });
    expect([some.results.length, some.crawl]).toEqual([3, expect.objectContaining({ state: 'completed' })]);
    expect(some.crawl.counts.waiting).toBeGreaterThan(0);
  });

  it('keeps to robots.txt, nofollow and sitemaps as it is told to', async () => {
    const site = await startSite({
      '/robots.txt': { status: 200, text: 'User-agent: *\nDisallow: /secret\nSitemap: SITE/map.xml\n' },
      '/': linksTo('/secret') + '<a rel="nofollow" href="/hidden">hidden</a>',
      '/map.xml': {
        status: 200,
        headers: { 'Content-Type': 'application/xml' },
        text: '<urlset><url><loc>SITE/only-listed</loc></url></urlset>',
      },
    });
    const kept = await crawled({ url: site.url });
    expect(kept.results.map(({ url, state, source }) => [new URL(url).pathname, state, source])).toEqual([
      ['/', 'succeeded', 'start'],
      ['/secret', 'forbidden', 'link'],
      ['/only-listed', 'succeeded', 'sitemap'],
    ]);
    expect(kept.results[1]).toMatchObject({ status: null, reason: 'robots.txt forbids it: "Disallow: /secret"', problem: null });
    expect(kept.crawl).toMatchObject({
      state: 'completed',
      counts: { known: 4, succeeded: 2, forbidden: 1, failed: 0 },
      passedOver: [{ reason: 'nofollow', count: 1, examples: [`${site.url}/hidden`] }],
      sitemaps: [{ url: `${site.url}/map.xml`, status: 200, urls: 1, problem: null }],
    });
    const free = await crawled({ url: site.url, robots: 'ignore', nofollow: 'ignore', sitemap: 'skip' });
    expect(pathsOf(free.results)).toEqual(['/', '/secret', '/hidden']);
    const listed = await crawled({ url: site.url, sitemap: 'only' });
    expect(pathsOf(listed.results).toSorted()).toEqual(['/', '/only-listed']);
  });

  it('takes what a canonical link names for the same page, where that is another spelling of it', async () => {
    const canonical = '<link rel="canonical" href="/page">';
    const site = await startSite({
      '/': linksTo('/page?session=1', '/middle'),
      '/page?session=1': canonical + linksTo('/other'),
      '/middle': linksTo('/page'),
      '/other': '<link rel="canonical" href="/middle">',
    });
    const { crawl, results } = await crawled({ url: site.url, sitemap: 'skip', concurrency: 1 });
    expect(pathsOf(results)).toEqual(['/', '/page?session=1', '/middle', '/other']);
    expect(crawl.counts.known).toBe(5);
    const pages: CrawlPage[] = [];
    const links: PageLinks[] = [];
    await app.app.get(JobsService).use(async (_store, tables) => {
      // However small the parts are that are read.
      const store = new CrawlStore(tables, { pages: 2, links: 1 });
      for await (const page of store.pages(crawl.id)) pages.push(page);
      for await (const each of store.links(crawl.id)) links.push(each);
    });
    expect(pages.map(({ state, sameAs, source }) => [state, sameAs, source])).toEqual([
      ['retrieved', null, 'start'],
      ['retrieved', null, 'link'],
      ['retrieved', null, 'link'],
      ['retrieved', 2, 'link'],
      ['same', 1, 'canonical'],
    ]);
    expect(links.map(({ index, targets, texts }) => [index, [...targets], texts])).toEqual([
      [0, [1, 2], ['/page?session=1', '/middle']],
      [1, [3], ['/other']],
      [2, [4], ['/page']],
    ]);
  });

  it('waits between two requests as Crawl-delay says, of all pages of an origin', async () => {
    const times: number[] = [];
    const server = createServer(({ url = '' }, response) => {
      times.push(performance.now());
      const text = url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 0.15' : linksTo('/1', '/2', '/3');
      response.writeHead(200, { 'Content-Type': url === '/robots.txt' ? 'text/plain' : 'text/html' }).end(text);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { results } = await crawled({ url: `http://127.0.0.1:${String(port)}/`, sitemap: 'skip' });
    expect(results.length).toBe(4);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // A timer may come a millisecond early.
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(149);
  });

  it('tells of results as they come, in other formats, and ends when it is told to', async () => {
    const site = await startSite({ '/': linksTo('/1', '/2', '/file'), '/file': { status: 200, headers: { 'Content-Type': 'image/png' } } });
    const members = { url: site.url, sitemap: 'skip', views: { metadata: {}, headers: {} } };
    const streamed = await app.send('/crawls?stream=true', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(members),
    });
    const lines = streamed.text.trim().split('\n').map((line) => JSON.parse(line) as Result & { failures: unknown[]; views: object }); // prettier-ignore
    expect(lines.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'succeeded'));
    expect(lines.find(({ url }) => url.endsWith('/file'))).toMatchObject({ failures: [{ view: 'metadata' }], views: { metadata: null } });
    const location = streamed.headers.get('location') ?? '';
    const csv = await app.get(`${location}/results`, { format: 'csv', sort: 'index', fields: 'results.url,results.depth,results.status' });
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual(['url,depth,status', `${site.url}/,0,200`]);
    const events = await app.send(`${location}/events`, { headers: { 'last-event-id': '3' } });
    expect(events.text.match(/^(id: \d+|event: \w+)$/gm)).toEqual(['id: 4', 'event: result', 'event: end']);
    const slow = await startSite({ '/': linksTo(...Array.from({ length: 50 }, (_, number) => `/${String(number)}`)) });
    const { json: begun } = await app.post<Crawl>('/crawls', { url: slow.url, sitemap: 'skip', perOriginDelayMs: 60_000 });
    const { json: ended } = await app.send<{ done: string; crawl: Crawl }>(`/crawls/${begun.id}`, { method: 'DELETE' });
    expect(ended).toMatchObject({ done: 'cancelled', crawl: { state: 'cancelled', counts: { pending: 0 } } });
    expect((await app.send<{ done: string }>(`/crawls/${begun.id}`, { method: 'DELETE' })).json.done).toBe('deleted');
    expect((await app.get<Problem>(`/crawls/${begun.id}`)).json.code).toBe('JOB_NOT_FOUND');
    const { json: all } = await app.get<{ total: number; crawls: Crawl[] }>('/crawls', { limit: 1 });
    expect([all.total > 5, all.crawls[0]?.id]).toEqual([true, location.split('/').at(-1)]);
  });

  it('is refused with every mistake named', async () => {
    const wrong = await app.post<Problem>('/crawls', { url: 'x', limit: 0, scope: 'all', views: { nothing: {} }, maxRedirects: 1 });
    expect([wrong.status, wrong.json.errors.map(({ parameter }) => parameter).sort()]).toEqual([
      400,
      ['limit', 'maxRedirects', 'scope', 'views.nothing'],
    ]);
    for (const members of [
      { url: 'page' },
      { url: 'ftp://a.example/' },
      { url: web.seed, origins: ['x'] },
      { url: web.seed, limit: 100_001 },
    ])
      expect((await app.post<Problem>('/crawls', members)).status).toBe(400);
  });
});

describe('a map', () => {
  interface SiteMap {
    total: number;
    next: string | null;
    complete: boolean;
    pages: number;
    sitemaps: Crawl['sitemaps'];
    urls: { url: string; source: string; foundOn: string | null; lastModified: string | null; allowed: boolean | null }[];
  }
  const listed = (...paths: readonly string[]): string =>
    `<urlset>${paths.map((path) => `<url><loc>SITE${path}</loc><lastmod>2026-11-24</lastmod></url>`).join('')}</urlset>`;
  const xml = (text: string): Site[string] => ({ status: 200, headers: { 'Content-Type': 'application/xml' }, text });
  const site: Site = {
    '/robots.txt': { status: 200, text: 'User-agent: *\nDisallow: /secret\nSitemap: SITE/index.xml' },
    '/': linksTo('/one', '/one#part', '/secret', 'http://elsewhere.example/', '/deep'),
    '/deep': linksTo('/deeper'),
    '/index.xml': xml('<sitemapindex><sitemap><loc>SITE/a.xml</loc></sitemap><sitemap><loc>SITE/lost.xml</loc></sitemap></sitemapindex>'),
    '/a.xml': xml(listed('/one', '/listed?b=1', '/listed?utm_source=x&b=1', '/secret/2')),
  };

  it('has what sitemaps list and the page links to, each URL once, and opens no database', async () => {
    const { url, asked } = await startSite(site);
    const { status, json } = await app.get<SiteMap>('/map', { url });
    expect(status).toBe(200);
    expect(json.urls.map((entry) => [entry.url.slice(url.length), entry.source, entry.lastModified, entry.allowed])).toEqual([
      ['/', 'start', null, true],
      ['/one', 'link', '2026-11-24', true],
      ['/secret', 'link', null, false],
      ['/deep', 'link', null, true],
      ['/listed?b=1', 'sitemap', '2026-11-24', true],
      ['/secret/2', 'sitemap', '2026-11-24', false],
    ]);
    expect(json).toMatchObject({ total: 6, next: null, complete: true, pages: 1 });
    expect(json.sitemaps.map((each) => [each.url.slice(url.length), each.status, each.urls])).toEqual([
      ['/index.xml', 200, 2],
      ['/a.xml', 200, 4],
      ['/lost.xml', 404, null],
    ]);
    expect(asked.toSorted()).toEqual(['/', '/a.xml', '/index.xml', '/lost.xml', '/robots.txt']);
  });

  it('goes two pages deep where it is asked to, is filtered, and given in parts and other formats', async () => {
    const { url } = await startSite(site);
    const deep = await app.get<SiteMap>('/map', { url, depth: 2, sitemap: 'skip' });
    expect([deep.json.total, deep.json.pages, deep.json.urls.at(-1)]).toEqual([
      5,
      3,
      { url: `${url}/deeper`, source: 'link', foundOn: `${url}/deep`, lastModified: null, allowed: true },
    ]);
    const first = await app.get<SiteMap>('/map', { url, include: '/one,/deep,/secret', exclude: '/secret/', search: 'E', limit: 2 });
    expect([first.json.total, first.json.urls.map((entry) => entry.url)]).toEqual([3, [`${url}/one`, `${url}/secret`]]);
    const { json: rest } = await app.send<SiteMap>(first.json.next ?? '', {});
    expect([rest.urls.map((entry) => entry.url), rest.next]).toEqual([[`${url}/deep`], null]);
    const csv = await app.get('/map', { url, format: 'csv', sitemap: 'only', fields: 'urls.url,urls.lastModified' });
    expect(csv.text.split('\r\n').slice(0, 3)).toEqual(['url,lastModified', `${url}/,`, `${url}/one,2026-11-24`]);
    const posted = await app.post<SiteMap>('/map', { url, depth: 0, limit: 1 });
    expect([posted.json.total, posted.json.next]).toEqual([4, expect.stringMatching(/\/map\?.*url=/)]);
    expect((await app.send<SiteMap>(posted.json.next ?? '', {})).json.urls.length).toBe(1);
    const { json: graph } = await app.graphql<{ map: SiteMap }>(
      'query ($url: String!) { map(url: $url) { total urls { url source lastModified } } }',
      {
        url,
      },
    );
    expect([graph.errors, graph.data?.map.total, graph.data?.map.urls[1]]).toEqual([
      undefined,
      6,
      { url: `${url}/one`, source: 'LINK', lastModified: '2026-11-24' },
    ]);
  });

  it('has what a sitemap lists that is as large as the standard lets it be, larger than any other content may be', async () => {
    // 50,000 URLs, 45 MiB.
    const path = (number: number): string => `/${String(number).padStart(6, '0')}/${'x'.repeat(880)}`;
    const { url } = await startSite({ '/sitemap.xml': xml(listed(...Array.from({ length: 50_000 }, (_, number) => path(number)))) });
    const { json } = await app.get<SiteMap>('/map', { url, sitemap: 'only', limit: 1, offset: 50_000 });
    expect(json).toMatchObject({ total: 50_001, urls: [{ url: url + path(49_999), lastModified: '2026-11-24' }] });
    expect(json.sitemaps).toEqual([{ url: `${url}/sitemap.xml`, status: 200, urls: 50_000, problem: null }]);
  });

  it('is of where the page redirects to, and fails as the page does', async () => {
    const there = await startSite(site);
    const here = await startSite({ '/': { status: 301, headers: { Location: `${there.url}/` } } });
    const { json } = await app.get<SiteMap>('/map', { url: here.url });
    expect([json.total, json.urls[0]?.url, json.urls[1]?.url]).toEqual([7, `${here.url}/`, `${there.url}/`]);
    const failed = await app.get<Problem>('/map', { url: 'http://10.0.0.1/' });
    expect([failed.status, failed.json.code]).toEqual([403, 'TARGET_FORBIDDEN']);
  });
});

describe('the graph', () => {
  it('creates, tells of and ends crawls as REST does', async () => {
    const site = await startSite({ '/': linksTo('/1', 'http://elsewhere.example/') });
    const { json: created } = await app.graphql<{ createCrawl: Crawl }>(
      'mutation ($url: String!) { createCrawl(url: $url, sitemap: SKIP, views: { metadata: true }) { id state views } }',
      { url: site.url },
    );
    expect(created.errors).toBeUndefined();
    const { id } = created.data!.createCrawl;
    const { json: rest } = await app.get<Crawl>(`/crawls/${id}`, { wait: 30 });
    const { json: results } = await app.get<{ results: Result[] }>(`/crawls/${id}/results`);
    const { json: graph } = await app.graphql<{ crawl: Crawl & { results: { total: number; results: Result[] } } }>(
      `query ($id: ID!) { crawl(id: $id) {
        id state counts { known pending waiting succeeded failed forbidden cancelled depth } passedOver { reason count examples } origins
        results(limit: 1) { total results { index url depth foundOn source state status title views } }
      } crawls(limit: 1) { total crawls { id } } }`,
      { id },
    );
    const { results: told, ...crawl } = graph.data!.crawl;
    expect(crawl).toEqual({
      id,
      state: 'COMPLETED',
      counts: rest.counts,
      origins: rest.origins,
      passedOver: rest.passedOver.map((each) => ({ ...each, reason: each.reason.toUpperCase() })),
    });
    const { index, url, depth, foundOn, status, title, views } = results.results[0] as Result & { views: object };
    expect(told).toEqual({
      total: 2,
      results: [{ index, url, depth, foundOn, source: 'START', state: 'SUCCEEDED', status, title, views }],
    });
    const { json: removed } = await app.graphql('mutation ($id: ID!) { cancelCrawl(id: $id) { done crawl { id } } }', { id });
    expect(removed.data).toEqual({ cancelCrawl: { done: 'DELETED', crawl: { id } } });
  });
});
