import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LinksAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { DOCS_HREFS } from './support/scenarios/chapter.ts';

interface Comparison {
  regex: number;
  parser: number;
  both: number;
  onlyRegex: number;
  onlyParser: number;
  reasons: { reason: string; count: number }[];
  links: { foundBy: string; regex: { href: string } | null; parser: { href: string } | null; explanation: string | null }[];
}

type Query = Readonly<Record<string, string | number | boolean>>;

describe('/links', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  async function linksOf(path: string, query: Query = {}): Promise<LinksAnswer> {
    const { status, json } = await retrieval.app.get<LinksAnswer>('/links', { url: retrieval.origin.url + path, ...query });
    expect(status).toBe(200);
    return json;
  }

  async function refusal(path: string, query: Query = {}): Promise<Problem> {
    return (await retrieval.app.get<Problem>('/links', { url: retrieval.origin.url + path, ...query })).json;
  }

  it('tells the kinds of links apart', async () => {
    const { links, total } = await linksOf('/links/kinds');
    expect(links.slice(0, 9).map(({ kind, text }) => [kind, text])).toEqual(
      'internal external fragment mail tel script data other invalid'.split(' ').map((kind) => [kind, kind]),
    );
    expect(total).toBe(11);
  });

  it('gives what was written and what it means, and null for what means nothing', async () => {
    const { links } = await linksOf('/links/kinds');
    expect(links.find(({ kind }) => kind === 'fragment')).toMatchObject({ href: '#part', url: `${retrieval.origin.url}/links/kinds#part` });
    expect(links.find(({ kind }) => kind === 'invalid')).toMatchObject({ href: 'http://[broken/', url: null });
    expect(links[9]).toMatchObject({ href: 'area.html', element: 'area', url: `${retrieval.origin.url}/links/area.html` });
    expect(links[10]).toMatchObject({ rel: ['nofollow', 'next'], title: 'Again', text: 'internal again' });
  });

  it('filters by kind and by element', async () => {
    expect((await linksOf('/links/kinds', { kind: 'external' })).links.map(({ url }) => url)).toEqual(['https://elsewhere.example/x?y=1']);
    expect(await linksOf('/links/kinds', { element: 'area' })).toMatchObject({ total: 1, links: [{ href: 'area.html' }] });
    expect((await linksOf('/links/kinds', { element: 'a', kind: 'internal' })).total).toBe(2);
  });

  it('explains each link over REST and GraphQL alike', async () => {
    const html =
      '<nav><h2>Menu</h2><a href="//b.example.co.uk/" rel="nofollow">B</a></nav><img srcset="/i.png 2x"><a href="https://b.example.co.uk/">again</a>';
    const inline = await retrieval.app.post<LinksAnswer>('/links', { html, baseUrl: 'https://example.com/', include: ['srcset'] });
    expect(inline.json.links).toMatchObject([
      {
        attribute: 'href',
        nearestHeading: 'Menu',
        landmark: 'nav',
        inNav: true,
        registrableDomain: 'example.co.uk',
        occurrence: 1,
        occurrences: 2,
      },
      { element: 'img', attribute: 'srcset', descriptor: '2x', url: 'https://example.com/i.png', landmark: null, inNav: false },
      { text: 'again', nearestHeading: 'Menu', occurrence: 2, occurrences: 2 },
    ]);
    const fields =
      'href url text element attribute descriptor rel title kind registrableDomain nearestHeading landmark inNav occurrence occurrences position { index line column offset }';
    const query = `query ($url: String!) { page(url: $url) { links(element: ["a"], rel: ["nofollow", "next"], contains: "again") { total links { ${fields} } } } }`;
    const answer = await retrieval.app.graphql<{ page: { links: LinksAnswer } }>(query, { url: `${retrieval.origin.url}/links/kinds` });
    const rest = await linksOf('/links/kinds', { element: 'a', rel: 'nofollow,next', contains: 'again' });
    expect(rest).toMatchObject({ total: 1, links: [{ rel: ['nofollow', 'next'] }] });
    expect(answer.json.data?.page.links).toEqual({
      total: rest.total,
      links: rest.links.map((link) => ({ ...link, kind: link.kind.toUpperCase() })),
    });
  });

  it('keeps duplicates unless they are to be dropped', async () => {
    expect((await linksOf('/docs')).total).toBe(43);
    const unique = await linksOf('/docs', { unique: true });
    expect(unique.total).toBe(35);
    expect(unique.links.map(({ href }) => href)).toEqual([...new Set(DOCS_HREFS)]);
  });

  it('pages through a long list by absolute addresses, and gives every link once', async () => {
    const seen: number[] = [];
    let next: string | null = `/links?url=${encodeURIComponent(`${retrieval.origin.url}/links/many?n=1000`)}&limit=300&kind=internal`;
    while (next !== null) {
      const json: LinksAnswer = (await retrieval.app.get<LinksAnswer>(next)).json;
      expect(json.total).toBe(1000);
      seen.push(...json.links.map(({ position }) => position.index));
      next = json.next;
      if (next !== null) expect(next.startsWith(`${retrieval.app.url}/links?`)).toBe(true);
    }
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });

  it('takes the next page from the snapshot, not from the origin', async () => {
    const { next } = await linksOf('/links/many?n=20', { limit: 5 });
    const before = retrieval.origin.requests.length;
    expect((await retrieval.app.get<LinksAnswer>(next ?? '')).json.links[0]).toMatchObject({ href: '/item/5' });
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it('answers an offset past the end with no links', async () => {
    expect(await linksOf('/docs', { offset: 43 })).toMatchObject({ total: 43, links: [], next: null });
    expect(await linksOf('/docs', { offset: 42, limit: 10 })).toMatchObject({
      total: 43,
      next: null,
      links: [{ href: 'http://sphinx.pocoo.org/' }],
    });
  });

  it('answers a page without links', async () => {
    expect(await linksOf('/links/none')).toMatchObject({ total: 0, links: [], next: null });
  });

  it('resolves against the first base element that has an href', async () => {
    const { origin } = retrieval;
    const { baseUrl, baseSource, links } = await linksOf('/links/base');
    expect({ baseUrl, baseSource }).toEqual({ baseUrl: `${origin.url}/deep/er/`, baseSource: 'element' });
    expect(links.map(({ url }) => url)).toEqual([
      `${origin.url}/deep/er/one`,
      `${origin.url}/deep/two?q#f`,
      'http://three.example/x',
      `${origin.url}/deep/er/`,
    ]);
  });

  it('resolves against the final URL after a redirect', async () => {
    const { origin } = retrieval;
    const { baseUrl, links } = await linksOf(`/redirect/to?to=${encodeURIComponent('/page2.htm')}`);
    expect(baseUrl).toBe(`${origin.url}/page2.htm`);
    expect(links[0]?.url).toBe(`${origin.url}/page1.htm`);
  });

  it('finds what a browser without scripts finds, and nothing that only looks like a link', async () => {
    const { links } = await linksOf('/links/tricky');
    expect(links.map(({ href }) => href.trim())).toEqual([
      'noscript',
      'unquoted',
      'single & "quoted"',
      'spaced.html',
      'first',
      'outer',
      'inner',
      'unclosed',
    ]);
  });

  it('finds by regular expression in text of any kind, without parsing it', async () => {
    expect((await linksOf('/plain.txt', { method: 'regex' })).links.map(({ href }) => href)).toEqual(['http://example.com/in-text']);
    const raw = await retrieval.app.post<LinksAnswer>('/links', {
      html: '<!-- href="https://a.example/" --><a href=\'https://b.example/\'><a href="https://c.example/?a=1&amp;b=2">',
      baseUrl: 'http://example.com/',
      method: 'regex',
    });
    expect(raw.json.links.map(({ href }) => href)).toEqual(['https://a.example/', 'https://c.example/?a=1&amp;b=2']);
  });

  it('reads HTML that comes with the request, and asks nobody', async () => {
    const before = retrieval.origin.requests.length;
    const { status, json } = await retrieval.app.post<LinksAnswer>('/links', {
      html: '<p>\n<a href="../x">X</a>',
      baseUrl: 'https://example.com/a/b/',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ baseUrl: 'https://example.com/a/b/', baseSource: 'parameter', total: 1 });
    expect(json.links[0]).toMatchObject({
      href: '../x',
      url: 'https://example.com/a/x',
      kind: 'internal',
      position: { index: 0, line: 2, column: 1, offset: 4 },
    });
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it('wants one source: a target, a snapshot or html', async () => {
    const { status, json } = await retrieval.app.post<Problem>('/links', { html: '<p>', url: retrieval.origin.url });
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect((await retrieval.app.get('/links', { html: '<p>' })).status).toBe(400);
  });

  it("reads the links of a target's own 404", async () => {
    expect(await linksOf('/not-found')).toMatchObject({ status: 404, total: 1 });
  });

  it('reads XHTML and XML, and sniffs what has no type', async () => {
    expect((await linksOf('/xhtml')).links[0]).toMatchObject({ href: 'one', text: 'One' });
    expect((await retrieval.app.get('/links', { url: `${retrieval.origin.url}/xml` })).status).toBe(200);
    expect((await linksOf('/no-type/html')).total).toBe(1);
  });

  it.each(['/cover3.jpg', '/image.png', '/no-type/binary', '/plain.txt', '/json'])('says that %s is not a document', async (path) => {
    expect(await refusal(path)).toMatchObject({ status: 422, code: 'NOT_A_DOCUMENT', url: retrieval.origin.url + path });
  });

  it('finds links in a page of any encoding', async () => {
    const { json } = await retrieval.app.get<LinksAnswer>('/links', { url: `${retrieval.origin.url}/links/in-utf-16` });
    expect(json.links).toMatchObject([{ href: 'страница', text: 'Привет' }]);
    const shiftJis = await linksOf('/links/in-shift_jis');
    expect(shiftJis.links).toMatchObject([{ text: 'もしも', url: `${retrieval.origin.url}/%E3%82%82?%82%E0` }]);
  });

  it('stand by regular expression beside those by parser, over REST, in any format and as one graph', async () => {
    const url = `${retrieval.origin.url}/links/tricky`;
    const { status, json } = await retrieval.app.get<Comparison>('/links/compare', { url });
    expect(status).toBe(200);
    const byParser = await linksOf('/links/tricky');
    const byRegex = await linksOf('/links/tricky', { method: 'regex' });
    expect([json.parser, json.regex]).toEqual([byParser.total, byRegex.total]);
    expect(json.both + json.onlyParser).toBe(json.parser);
    expect(json.both + json.onlyRegex).toBe(json.regex);
    expect(json.links.flatMap(({ parser }) => parser?.href ?? [])).toEqual(byParser.links.map(({ href }) => href));
    const csv = await retrieval.app.get('/links/compare', { url, format: 'csv', foundBy: 'parser', limit: 1 });
    expect(csv.text).toMatch(/^foundBy,regex\.href,.*parser\.href,.*reason,explanation\r\nparser,,/);
    expect(csv.headers.get('pagewire-total')).toBe(String(json.onlyParser));
    const graph = await retrieval.app.graphql<{ page: { linksCompare: Comparison } }>(
      'query ($url: String!) { page(url: $url) { linksCompare(foundBy: PARSER) { total reasons { reason foundBy count } links { explanation } } } }',
      { url },
    );
    expect(graph.json.data?.page.linksCompare).toMatchObject({ total: json.onlyParser });
    expect(graph.json.data?.page.linksCompare.reasons.map(({ count }) => count)).toEqual(json.reasons.map(({ count }) => count));
  });
});
