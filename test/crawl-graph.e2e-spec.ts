import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { JobsService } from '../src/jobs/jobs.service.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { type GeneratedWeb, startWeb } from './support/web/generated-web.ts';
import { type Truth, truthOf } from './support/web/web-truth.ts';

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

interface Link {
  from: { index: number; url: string };
  to: { index: number | null; url: string };
  text: string;
  nofollow: boolean;
}

interface Linked {
  index: number;
  url: string;
  total: number;
  linkedFrom: { index: number; url: string; to: string; text: string; nofollow: boolean }[];
}

interface Broken extends Linked {
  status: number | null;
  problem: string | null;
}

interface Redirect extends Linked {
  outcome: string;
  finalUrl: string | null;
  finalStatus: number | null;
  hops: { index: number; url: string; status: number }[];
}

interface Duplicate {
  value: string | null;
  total: number;
  pages: { index: number; url: string }[];
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

/** A whole list, however long. */
async function listOf<Entry>(crawl: string, list: string, query = ''): Promise<Entry[]> {
  const { status, text, json } = await app.get<Record<string, Entry[]> & { total: number }>(`${crawl}/${list}?${query}`);
  expect([status, text.slice(0, 300)]).toEqual([200, expect.anything()]);
  const entries = json[list] ?? [];
  expect(json.total).toBe(entries.length);
  return entries;
}

describe('links, dead links, redirects and duplicates', () => {
  let origin: string;
  let crawl: string;
  const path = (url: string): string => url.replace(origin, '');

  beforeAll(async () => {
    const elsewhere = await startSite({});
    const isDead = linksTo('/gone', '/broken-off', '/to-gone', '/loop1', '/away', '/forbidden-end', '/many');
    origin = await startSite({
      ...SITE,
      '/robots.txt': { status: 200, text: 'User-agent: *\nDisallow: /secret\n' },
      '/': `${titled('Home', '/a', '/b', '/old', '/dead', `${elsewhere}/x`, '/untitled')}<a rel="nofollow" href="${elsewhere}/y"> </a>`,
      '/untitled': 'no title here',
      '/dead': `<title>A</title><a href="/gone">First</a> <a href="/gone">Second</a> ${isDead}<a rel="nofollow" href="/to-gone">third</a>`,
      '/broken-off': 'reset',
      '/to-gone': { status: 302, headers: { Location: '/to-gone2' } },
      '/to-gone2': { status: 308, headers: { Location: '/gone' } },
      '/loop1': { status: 301, headers: { Location: '/loop2' } },
      '/loop2': { status: 301, headers: { Location: '/loop1' } },
      '/away': { status: 301, headers: { Location: `${elsewhere}/there` } },
      '/forbidden-end': { status: 301, headers: { Location: '/secret' } },
      '/many': { status: 301, headers: { Location: '/many/1' } },
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, at) => [
          `/many/${String(at + 1)}`,
          { status: 301, headers: { Location: `/many/${String(at + 2)}` } },
        ]),
      ),
    });
    crawl = await crawled({ url: origin });
  });

  it('has each link once, with its text, also those that lead out of the scope', async () => {
    const links = await listOf<Link>(crawl, 'links');
    const shown = links.map(({ from, to, text, nofollow }) => [
      path(from.url),
      path(to.url).replace(/^http:.*\//, 'away '),
      text,
      nofollow,
    ]);
    expect(shown.slice(0, 7)).toEqual([
      ['/', '/a', '/a', false],
      ['/', '/b', '/b', false],
      ['/', '/old', '/old', false],
      ['/', '/dead', '/dead', false],
      ['/', '/untitled', '/untitled', false],
      ['/', 'away x', expect.stringMatching(/x$/), false],
      ['/', 'away y', '', true],
    ]);
    expect(shown.filter(([from, to]) => from === '/dead' && to === '/gone')).toEqual([['/dead', '/gone', 'First', false]]);
    expect(links.filter(({ from, to }) => path(from.url) === '/a' && to.index === null)).toEqual([]);
    const parts: Link[] = [];
    for (let next: string | null = `${app.url}${crawl}/links?limit=3`; next !== null;) {
      const answer = (await (await fetch(next)).json()) as { links: Link[]; next: string | null };
      parts.push(...answer.links);
      next = answer.next;
    }
    expect(parts).toEqual(links);
    const outside = await listOf<Link>(crawl, 'links', 'outside=only');
    expect(outside).toEqual(links.filter(({ to }) => to.index === null));
    expect(await listOf<Link>(crawl, 'links', 'outside=skip')).toEqual(links.filter(({ to }) => to.index !== null));
    const gone = links.find(({ to }) => path(to.url) === '/gone')?.to.index;
    for (const [query, isWanted] of [
      [`to=${String(gone)}`, ({ to }: Link) => to.index === gone],
      ['from=0', ({ from }: Link) => from.index === 0],
      [`from=0&to=${String(gone)}`, ({ from, to }: Link) => from.index === 0 && to.index === gone],
      ['from=2000000', () => false],
      ['to=1999999', () => false],
    ] as const) {
      expect(await listOf<Link>(crawl, 'links', query)).toEqual(links.filter(isWanted));
    }
    const csv = await app.get(`${crawl}/links?format=csv&limit=1`);
    expect(csv.text).toBe(`from.index,from.url,to.index,to.url,text,nofollow\r\n0,${origin}/,1,${origin}/a,/a,false\r\n`);
  });

  it('has what cannot be had, and who links there, also through redirects', async () => {
    const broken = await listOf<Broken>(crawl, 'broken');
    expect(
      broken.map(({ url, status, problem, total, linkedFrom }) => [
        path(url),
        status,
        problem,
        total,
        linkedFrom.map((link) => [path(link.url), path(link.to), link.text, link.nofollow]),
      ]),
    ).toEqual([
      ['/gone', 404, null, 2, [['/dead', '/gone', 'First', false], ['/dead', '/to-gone', '/to-gone', false]]], // prettier-ignore
      ['/broken-off', null, 'CONNECTION_RESET', 1, [['/dead', '/broken-off', '/broken-off', false]]],
    ]);
    const [first] = await listOf<Broken>(crawl, 'broken', 'examples=1');
    expect([first?.total, first?.linkedFrom.length]).toEqual([2, 1]);
    const csv = await app.get(`${crawl}/broken?format=csv&fields=broken.url,broken.status,broken.total`);
    expect(csv.text.split('\r\n')[1]).toBe(`2,${origin}/gone,404`);
  });

  it('has redirects, step by step, and where they lead in the end', async () => {
    const redirects = await listOf<Redirect>(crawl, 'redirects');
    const shown = redirects.map(({ url, outcome, finalUrl, finalStatus, hops, total }) => [
      path(url),
      outcome,
      finalUrl === null ? null : path(finalUrl).replace(/^http:.*\//, 'away '),
      finalStatus,
      hops.map((hop) => `${path(hop.url)} ${String(hop.status)}`).join(', '),
      total,
    ]);
    expect(shown).toEqual([
      ['/old', 'page', '/b', 200, '/old 301, /older 302', 1],
      ['/to-gone', 'broken', '/gone', 404, '/to-gone 302, /to-gone2 308', 1],
      ['/loop1', 'loop', null, null, '/loop1 301, /loop2 301', 1],
      ['/away', 'outside', 'away there', null, '/away 301', 1],
      ['/forbidden-end', 'unretrieved', '/secret', null, '/forbidden-end 301', 1],
      ['/many', 'unretrieved', '/many/11', null, expect.stringContaining('/many/10 301'), 1],
    ]);
    expect(redirects[0]?.linkedFrom.map(({ url, text }) => [path(url), text])).toEqual([['/', '/old']]);
    expect((await listOf<Redirect>(crawl, 'redirects', 'outcome=loop')).map(({ url }) => path(url))).toEqual(['/loop1']);
  });

  it('has titles that several pages share, pages without, and canonical links that name one page', async () => {
    const titles = await listOf<Duplicate>(crawl, 'duplicates');
    expect(titles.map(({ value, total, pages }) => [value, total, pages.map(({ url }) => path(url))])).toEqual([
      ['A', 4, ['/a', '/b', '/dead', '/b?session=1']],
      [null, 2, ['/untitled', '/orphan']],
    ]);
    expect((await listOf<Duplicate>(crawl, 'duplicates', 'examples=1')).map(({ pages }) => pages.length)).toEqual([1, 1]);
    const some = await app.get<{ total: number; duplicates: Duplicate[] }>(`${crawl}/duplicates?limit=1&offset=1`);
    expect([some.json.total, some.json.duplicates.map(({ value }) => value)]).toEqual([2, [null]]);
    const canonicals = await listOf<Duplicate>(crawl, 'duplicates', 'of=canonical');
    expect(canonicals).toEqual([{ value: `${origin}/b`, total: 2, pages: [{ index: 2, url: `${origin}/b` }, { index: expect.any(Number), url: `${origin}/b?session=1` }] }]); // prettier-ignore
  });

  it('is the same in the graph', async () => {
    const lists = {
      pages: 'total pages { index url depth foundOn source state status redirectsTo sameAs title inDegree outDegree outside rank }',
      links: 'total links { from { index url } to { index url } text nofollow }',
      broken: 'total broken { index url status problem total linkedFrom { index url to text nofollow } }',
      redirects: 'total redirects { index url outcome finalUrl finalStatus hops { index url status } total linkedFrom { url } }',
      duplicates: 'total duplicates { value total pages { index url } }',
      graph: 'total totalEdges nodes { index url rank } edges { from to kind nofollow }',
    };
    const id = crawl.replace('/crawls/', '');
    const fields = Object.entries(lists).map(([name, selection]) => `${name}(limit: 3) { ${selection} }`);
    const { json } = await app.graphql<{ crawl: Record<string, object> }>(`{ crawl(id: "${id}") { ${fields.join(' ')} } }`);
    expect(json.errors).toBeUndefined();
    for (const name of Object.keys(lists)) {
      const rest = (await app.get<object>(`${crawl}/${name}?limit=3`)).json;
      const words = JSON.stringify(json.data?.crawl[name]).replace(/"(state|source|outcome|kind)":"([A-Z]+)"/g, (_all, member: string, word: string) => `"${member}":"${word.toLowerCase()}"`); // prettier-ignore
      expect(rest).toMatchObject(JSON.parse(words) as object);
    }
  });
});

describe('an orphan', () => {
  it('is no page that a redirect leads to', async () => {
    const origin = await startSite({
      '/sitemap.xml': sitemapOf('/redirected', '/alone', '/by-itself'),
      '/': titled('Home', '/old'),
      '/old': { status: 301, headers: { Location: '/redirected' } },
      '/redirected': titled('One'),
      '/alone': titled('Three'),
      '/by-itself': titled('Four', '/by-itself'),
    });
    const crawl = await crawled({ url: origin });
    const orphans = await listOf<Page>(crawl, 'pages', 'orphans=true');
    // Where it begins is one, too, unless something links there.
    expect(orphans.map(({ url }) => url.replace(origin, ''))).toEqual(['/', '/alone', '/by-itself']);
  });
});

describe('a crawl with more links than memory is given to', () => {
  it('is refused, and no more of it is read', async () => {
    const crawl = await crawled({ url: await startSite({ '/': titled('Home') }) });
    await app.app.get(JobsService).use(async (_store, tables) => {
      await sql`insert into pagewire.crawl_links (job_id, index, targets, marks, texts, outside, outside_total)
        select ${crawl.replace('/crawls/', '')}, number, decode(repeat('00', 800000), 'hex'), '', '[]', '[]', 0 from generate_series(1, 101) as number`.execute(
        tables,
      );
    });
    for (const list of ['pages', 'links', 'broken', 'redirects', 'graph']) {
      const { status, json } = await app.get<Problem>(`${crawl}/${list}`);
      expect([status, json.code, json.detail]).toEqual([422, 'PARSE_LIMIT_EXCEEDED', expect.stringContaining('20200000 links')]);
    }
    expect((await app.get(`${crawl}/duplicates`)).status).toBe(200);
  });
});

describe('a crawl of a whole web', () => {
  let web: GeneratedWeb;
  let crawl: string;
  let truth: Truth;

  beforeAll(async () => {
    web = await startWeb({ pages: 300, origins: 5, slowMs: 1, crawlDelayS: 0.001, traps: false });
    truth = truthOf(web.model, { seeds: [web.seed], sitemaps: 'all' });
    const { json } = await app.post<{ id: string }>('/crawls', { url: web.seed, origins: web.origins, limit: 20_000, perPattern: 1000 });
    crawl = `/crawls/${json.id}`;
    // The graph of a crawl that is under way is that of what it knows by then.
    const states = new Set<string>();
    for (let isDone = false; !isDone;) {
      const graph = (await app.get<Graph>(`${crawl}/graph`)).json;
      states.add(graph.crawl.state);
      expect(graph.nodes.length).toBe(graph.total);
      const known = new Set(graph.nodes.map(({ index }) => index));
      expect(graph.edges.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([]);
      isDone = (await app.get<{ finishedAt: string | null }>(crawl, { wait: 1 })).json.finishedAt !== null;
    }
    expect([...states].filter((state) => !['queued', 'running', 'completed'].includes(state))).toEqual([]);
  }, 120_000);

  afterAll(() => web.close());

  it('has the links that its pages have, and no others', async () => {
    const links = await listOf<Link>(crawl, 'links');
    const expected = new Map<string, { text: string; nofollow: boolean }>();
    for (const { from, to, text, rel } of truth.edges) {
      const key = `${from} ${to}`;
      const known = expected.get(key);
      const nofollow = rel.includes('nofollow');
      if (known === undefined) expected.set(key, { text: text.replace(/\s+/g, ' ').trim(), nofollow });
      else known.nofollow &&= nofollow;
    }
    const told = new Map(links.map(({ from, to, text, nofollow }) => [`${from.url} ${to.url}`, { text, nofollow }]));
    expect([...told.keys()].filter((key) => !expected.has(key))).toEqual([]);
    expect([...expected.keys()].filter((key) => !told.has(key))).toEqual([]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
  });

  it('has its dead links, its orphans and its duplicate titles', async () => {
    const broken = await listOf<Broken>(crawl, 'broken', 'examples=1000');
    const direct = broken.map(({ url, linkedFrom }) => [url, linkedFrom.filter(({ to }) => to === url).map((link) => link.url).sort()]); // prettier-ignore
    const dead = truth.dead.map(({ url, sources }) => [url, [...new Set(sources.map((source) => source.url))].sort()] as const);
    expect(Object.fromEntries(direct)).toEqual(Object.fromEntries(dead));
    expect(dead.length).toBeGreaterThan(5);
    const orphans = await listOf<Page>(crawl, 'pages', 'orphans=true');
    const isPage = new Set([...truth.asked.values()].flatMap(({ url, page }) => (page === null ? [] : [url])));
    expect(orphans.flatMap(({ url }) => (isPage.has(url) && url !== web.seed ? [url] : [])).sort()).toEqual([...truth.orphans].sort());
    expect(truth.orphans.length).toBeGreaterThan(2);
    const titles = await listOf<Duplicate>(crawl, 'duplicates', 'examples=1000');
    expect(Object.fromEntries(titles.map(({ value, pages }) => [value, pages.map(({ url }) => url).sort()]))).toEqual(
      Object.fromEntries(truth.duplicateTitles.map(({ title, urls }) => [title, [...urls].sort()])),
    );
  });

  it('has its redirects, with how each ends', async () => {
    const redirects = new Map((await listOf<Redirect>(crawl, 'redirects')).map((redirect) => [redirect.url, redirect]));
    const expected = new Map(truth.redirects.map((redirect) => [redirect.from, redirect]));
    expect([...redirects.keys()].filter((url) => !expected.has(url))).toEqual([]);
    // Each that a page links to is told.
    const linked = new Set(truth.edges.map(({ to }) => to));
    expect([...expected.keys()].filter((url) => linked.has(url) && !redirects.has(url))).toEqual([]);
    for (const [url, { outcome, hops, finalUrl, finalStatus }] of redirects) {
      const { chain, end } = expected.get(url) ?? { chain: [], end: 0 };
      const word = end === 'reset' ? 'broken' : end === 'disallowed' ? 'unretrieved' : typeof end === 'string' ? end : end < 400 ? 'page' : 'broken'; // prettier-ignore
      expect([url, outcome, finalStatus]).toEqual([url, word, typeof end === 'number' ? end : null]);
      if (end !== 'loop') expect([...hops.slice(1).map((hop) => hop.url), finalUrl]).toEqual(chain);
    }
  });

  it('ranks pages as the definition says', async () => {
    const { nodes, edges } = (await app.get<Graph>(`${crawl}/graph`)).json;
    const pages = await listOf<Page & { nofollow: boolean | null }>(crawl, 'pages');
    const isPart = pages.map(({ state }) => state === 'retrieved');
    const parts = pages.filter(({ state }) => state === 'retrieved').length;
    const meant = (index: number): number =>
      pages[index]?.state === 'same' ? pages.findIndex(({ url }) => url === pages[index]?.sameAs) : index;
    const targets = pages.map(({ redirectsTo, nofollow }, from) => {
      const own = edges.filter((edge) => edge.from === from);
      const led = redirectsTo === null ? own.filter((edge) => edge.kind === 'link' && !edge.nofollow && nofollow !== true) : own.filter(({ kind }) => kind === 'redirect'); // prettier-ignore
      return [...new Set(led.map(({ to }) => meant(to)))].filter((to) => to !== from && isPart[to] === true);
    });
    // By the power of a dense matrix.
    let ranks = pages.map((_, page) => (isPart[page] === true ? 1 / parts : 0));
    for (let step = 0; step < 200; step += 1) {
      const next = pages.map((_, page) => (isPart[page] === true ? 0.15 / parts : 0));
      targets.forEach((list, from) => {
        if (isPart[from] !== true) return;
        const to = list.length === 0 ? [...isPart.keys()].filter((page) => isPart[page] === true) : list;
        for (const page of to) next[page]! += (0.85 * ranks[from]!) / to.length;
      });
      ranks = next;
    }
    expect(nodes.length).toBe(pages.length);
    for (const { index, rank } of nodes) {
      if (isPart[index] === true) expect(Math.abs((rank ?? NaN) - ranks[index]!)).toBeLessThan(1e-6);
      else expect(rank).toBeNull();
    }
  });
});
