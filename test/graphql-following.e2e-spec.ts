import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type GraphQLAnswer, startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { startHeldOrigin, until } from './support/held-origin.ts';
import { metric } from './support/metrics.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { html, type OriginRequest, type Scenarios } from './support/scenarios/response.ts';

type Json = Record<string, unknown>;
type Graph = Answer<GraphQLAnswer<Json> & { extensions: { budget: Json } }>;

const number = ({ url }: OriginRequest, name: string): number => Number(url.searchParams.get(name));

const SCENARIOS: Scenarios = {
  // Five pages of a list.
  '/list': (request) => {
    const n = number(request, 'p');
    return html(`<title>Page ${String(n)}</title>${n < 5 ? `<li class=next><b>more</b> <a href="?p=${String(n + 1)}#top">Next</a>` : ''}`);
  },
  // Three pages, each of which leads to the next for ever.
  '/ring': (request) => html(`<link rel=next href="?p=${String((number(request, 'p') + 1) % 3)}">`),
  // Two pages that lead to each other, and each to itself.
  '/here': html('<a href="/there">there</a> <a href="/here">here</a> <a href="#part">part</a>'),
  '/there': html('<a href="/here#again">here</a> <a href="/there?x">there</a>'),
  '/star': html(
    `${Array.from({ length: 8 }, (_, n) => `<a href="/item?n=${String(n)}">Item ${String(n)}</a>`).join('\n')}
    <a href="/item?n=1#again">Item again</a> <a href="mailto:x@example.com">Item by mail</a> <a href="http://elsewhere.example/item">Item elsewhere</a>`,
  ),
  '/item': (request) => html(`<title>Item ${String(number(request, 'n'))}</title><a href="/star">all</a>`),
  '/to': ({ url }) => html(`<a href="/item?n=0">here</a> <a href="${url.searchParams.get('url') ?? ''}">elsewhere</a>`),
  '/broken-next': html('<a class=next href="http://10.0.0.1/">next</a>'),
  '/log-in': html('<a class=next href="http://user:word@example.com/">next</a>'),
};

describe('an operation that follows', () => {
  let origin: Origin;
  let app: TestApp;
  let retrieved: () => string[];

  beforeAll(async () => {
    origin = await startOrigin({ scenarios: SCENARIOS });
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1', GRAPHQL_MAX_RETRIEVALS: '6', GRAPHQL_MAX_DEPTH: '40' });
  });

  beforeEach(() => {
    const before = origin.requests.length;
    retrieved = () => origin.requests.slice(before).map(({ target }) => target);
  });

  afterAll(async () => {
    await app.close();
    await origin.close();
  });

  const ask = async (query: string, server = app): Promise<Graph> =>
    (await server.graphql(query.replaceAll('ORIGIN', origin.url), {}, { accept: 'application/graphql-response+json' })) as Graph;
  const problemsOf = ({ json }: Graph): Problem[] => (json.errors ?? []).map(({ extensions }) => extensions.problem as Problem);

  describe('the links of a page', () => {
    it('follows those of them that are wanted, to as many pages as are, and leaves the others', async () => {
      const { json } = await ask(`{ page(url: "ORIGIN/star") {
        links(follow: {first: 2, sameOrigin: true, contains: "ITEM"}) { total links { text page { metadata { title } } } } } }`);
      expect(json.errors).toBeUndefined();
      const { links } = json.data!['page'] as { links: { total: number; links: { text: string; page: object | null }[] } };
      expect(links.total).toBe(11);
      expect(links.links.filter(({ page }) => page !== null)).toEqual([
        { text: 'Item 0', page: { metadata: { title: 'Item 0' } } },
        { text: 'Item 1', page: { metadata: { title: 'Item 1' } } },
        { text: 'Item again', page: { metadata: { title: 'Item 1' } } },
      ]);
      expect(retrieved().sort()).toEqual(['/item?n=0', '/item?n=1', '/star']);
      expect(json.extensions.budget).toEqual({ asked: 3, used: 3, left: 3 });
    });

    it.each([
      ['{kind: EXTERNAL}', ['http://elsewhere.example/item']],
      ['{contains: "again"}', ['ORIGIN/item?n=1#again']],
      ['{kind: MAIL}', []],
      ['{first: 1, contains: "n=7"}', ['ORIGIN/item?n=7']],
    ])('picks by %s', async (follow, urls) => {
      const { json } = await ask(`{ page(url: "ORIGIN/star") { links(follow: ${follow}) { links { url page { url } } } } }`);
      const { links } = (json.data!['page'] as { links: { links: { url: string; page: object | null }[] } }).links;
      const failed = (json.errors ?? []).map(({ path }) => links[path?.[3] as number]?.url);
      const followed = [...links.filter(({ page }) => page !== null).map(({ url }) => url), ...failed];
      expect(followed).toEqual(urls.map((url) => url.replace('ORIGIN', origin.url)));
    });

    it('of one element alone', async () => {
      const { json } = await ask(`{ page(url: "ORIGIN/star") {
        select(selector: "a", offset: 3, limit: 1) { elements { links { links { page { metadata { title } select(selector: "a") { elements { links { links { page { url } } } } } } } } } } } }`);
      expect(json.errors).toBeUndefined();
      expect(JSON.stringify(json.data)).toContain('Item 3');
      expect(retrieved()).toEqual(['/star', '/item?n=3']);
    });

    it('in the way that the page was asked for', async () => {
      await ask(
        '{ page(url: "ORIGIN/here", userAgent: "reader/1", acceptLanguage: "de", encoding: "latin1") { links { links { page { links { total } } } } } }',
      );
      const asked = origin.requests
        .slice(-2)
        .map((request) => [request.target, request.header('user-agent'), request.header('accept-language')]);
      expect(asked).toEqual([
        ['/here', 'reader/1', 'de'],
        ['/there', 'reader/1', 'de'],
      ]);
    });
  });

  it('sends what is meant for one page to no other: header fields and cookies go to its origin alone, the content nowhere else', async () => {
    const elsewhere = await startOrigin({ scenarios: { '/back': html(`<a href="${origin.url}/item?n=9">back</a>`) } });
    try {
      const path = `/to?url=${encodeURIComponent(`${elsewhere.url}/back`)}`;
      const request = `method: "POST", content: "secret", cookies: [{ name: "session", value: "31d4" }], userAgent: "one",
        headers: [{ name: "X-Key", value: "secret" }, { name: "Content-Type", value: "text/csv" }]`;
      const { json } = await ask(
        `{ page(url: "ORIGIN${path}", ${request}) { links { links { page { links { links { page { status } } } } } } paginate(selector: "a", limit: 2) { status } } }`,
      );
      expect(json.errors).toBeUndefined();
      const sent = [...origin.requests.slice(-4), ...elsewhere.requests].map((each) => [
        each.target.replace(/\?url=.*/, ''),
        each.method,
        ...['x-key', 'cookie', 'content-type', 'user-agent'].map((name) => each.header(name)),
        each.body.toString(),
      ]);
      expect(sent.sort()).toEqual([
        ['/back', 'GET', undefined, undefined, undefined, 'one', ''],
        ['/item?n=0', 'GET', 'secret', 'session=31d4', undefined, 'one', ''],
        ['/item?n=9', 'GET', 'secret', 'session=31d4', undefined, 'one', ''],
        ['/star', 'GET', 'secret', 'session=31d4', undefined, 'one', ''],
        ['/to', 'POST', 'secret', 'session=31d4', 'text/csv', 'one', 'secret'],
      ]);
    } finally {
      await elsewhere.close();
    }
  });

  it('sends the header fields of several pages to the origin of each, from each', async () => {
    const elsewhere = await startOrigin({ scenarios: SCENARIOS });
    try {
      await ask(
        `{ pages(urls: ["ORIGIN/there", "${elsewhere.url}/there"], headers: [{ name: "X-Key", value: "k" }]) { links(follow: { first: 1 }) { links { page { status } } } } }`,
      );
      expect([...retrieved(), ...elsewhere.requests.map(({ target }) => target)]).toEqual(['/there', '/here', '/there', '/here']);
      expect([...origin.requests.slice(-2), ...elsewhere.requests].map((each) => each.header('x-key'))).toEqual(['k', 'k', 'k', 'k']);
    } finally {
      await elsewhere.close();
    }
  });

  it('counts each variant of a comparison, all of them or none, and compares the same once', async () => {
    const compare = (names: string): string =>
      `compare(url: "ORIGIN/here", variants: [${names
        .split('')
        .map((name) => `{ name: "${name}" }`)
        .join(' ')}]) { same variants { name status } }`;
    const { json } = await ask(
      `{ one: ${compare('abcd')} again: ${compare('abcd')} two: ${compare('efg')} page(url: "ORIGIN/item") { status } }`,
    );
    const one = { same: true, variants: ['a', 'b', 'c', 'd'].map((name) => ({ name, status: 200 })) };
    expect(json.data).toEqual({ one, again: one, two: null, page: { status: 200 } });
    expect(json.errors?.map(({ path, message }) => [path, message])).toEqual([
      [['two'], expect.stringMatching(/more than 6 retrievals \(GRAPHQL_MAX_RETRIEVALS\); these 3 variants were cut/)],
    ]);
    expect(retrieved().sort()).toEqual([...Array<string>(4).fill('/here'), '/item']);
    expect(json.extensions.budget).toEqual({ asked: 8, used: 5, left: 1 });
  });

  describe('retrieves each URL once', () => {
    it('in a circle of links', async () => {
      const deeper = (levels: number): string => (levels === 0 ? 'url' : `url links { links { page { ${deeper(levels - 1)} } } }`);
      const { json } = await ask(`{ page(url: "ORIGIN/here") { ${deeper(5)} } }`);
      expect(json.errors).toBeUndefined();
      expect(retrieved().sort()).toEqual(['/here', '/there', '/there?x']);
      expect(json.extensions.budget).toEqual({ asked: 3, used: 3, left: 3 });
    });

    it('by whatever way it is come to', async () => {
      const { json } = await ask(`{
        one: page(url: "ORIGIN/there") { status links { links { page { url } } } }
        two: page(url: "ORIGIN/there#part") { url finalUrl }
        all: pages(urls: ["ORIGIN/here", "ORIGIN/there", "ORIGIN/here#x"]) { url paginate(selector: "a") { url } }
      }`);
      expect(json.errors).toBeUndefined();
      expect(retrieved().sort()).toEqual(['/here', '/there', '/there?x']);
      expect(json.data?.['two']).toEqual({ url: `${origin.url}/there#part`, finalUrl: `${origin.url}/there#part` });
    });

    it('as a thousand aliases', async () => {
      const aliases = Array.from({ length: 1000 }, (_, n) => `a${String(n)}: page(url: "ORIGIN/here#${String(n)}") { status }`);
      const { json } = await ask(`{ ${aliases.join(' ')} }`);
      expect(json.errors).toBeUndefined();
      expect(retrieved()).toEqual(['/here']);
    });
  });

  describe('from page to page', () => {
    it('goes on until there is no next one, and reads each page in its turn', async () => {
      const { json } = await ask('{ page(url: "ORIGIN/list?p=1") { paginate(selector: ".next") { url metadata { title } } } }');
      expect(json.errors).toBeUndefined();
      expect(json.data).toEqual({
        page: {
          paginate: [1, 2, 3, 4, 5].map((n) => ({
            url: `${origin.url}/list?p=${String(n)}${n === 1 ? '' : '#top'}`,
            metadata: { title: `Page ${String(n)}` },
          })),
        },
      });
      expect(retrieved()).toHaveLength(5);
    });

    it('parses each page once, whatever is asked of it besides where the next one is', async () => {
      const before = await metric(app, 'parse_tasks_total{outcome="ok"}');
      const { json } = await ask(
        `{ page(url: "ORIGIN/list?p=1") { tags(tag: "title") { total }
          paginate(selector: ".next") { metadata { title } links(kind: INTERNAL) { links { url text } } ...More wrong: select(selector: "") { total } } } }
        fragment More on Page { found: select(selector: "b", limit: 1) { elements { parent { name } } } tables @skip(if: true) { total } }`,
      );
      const pages = (json.data!['page'] as { paginate: Json[] }).paginate;
      expect(pages.map(({ metadata, wrong }) => [metadata, wrong])).toEqual(
        [1, 2, 3, 4, 5].map((n) => [{ title: `Page ${String(n)}` }, null]),
      );
      expect(json.errors?.map(({ path }) => path?.at(-1))).toEqual(Array(5).fill('wrong'));
      expect((await metric(app, 'parse_tasks_total{outcome="ok"}')) - before).toBe(5);
    });

    it('goes no further than it is asked to', async () => {
      const { json } = await ask('{ page(url: "ORIGIN/list?p=1") { paginate(selector: ".next a", limit: 3) { metadata { title } } } }');
      expect((json.data!['page'] as { paginate: object[] }).paginate).toHaveLength(3);
      expect(retrieved()).toHaveLength(3);
    });

    it('ends where it has been before', async () => {
      const { json } = await ask('{ page(url: "ORIGIN/ring?p=0") { paginate(selector: "[rel=next]", limit: 100) { status } } }');
      expect(json).toMatchObject({ data: { page: { paginate: [{ status: 200 }, { status: 200 }, { status: 200 }] } } });
      expect(json.errors).toBeUndefined();
      expect(retrieved()).toHaveLength(3);
    });

    it('ends with an error where the budget does, and where the next page cannot be retrieved', async () => {
      const cut = await ask(
        '{ a: pages(urls: ["ORIGIN/here", "ORIGIN/there"]) { status } page(url: "ORIGIN/list?p=1") { paginate(selector: ".next") { status } } }',
      );
      expect((cut.json.data!['page'] as { paginate: unknown[] }).paginate).toEqual([...Array<object>(4).fill({ status: 200 }), null]);
      expect(cut.json.errors?.map(({ path }) => path)).toEqual([['page', 'paginate', 4]]);
      expect(problemsOf(cut)[0]).toMatchObject({ code: 'INVALID_REQUEST', detail: expect.stringContaining('GRAPHQL_MAX_RETRIEVALS') });
      expect(cut.json.extensions.budget).toEqual({ asked: 7, used: 6, left: 0 });
      for (const path of ['/broken-next', '/log-in']) {
        const refused = await ask(`{ page(url: "ORIGIN${path}") { paginate(selector: ".next") { url } } }`);
        expect((refused.json.data!['page'] as { paginate: unknown[] }).paginate).toEqual([{ url: origin.url + path }, null]);
        expect(problemsOf(refused).map(({ code }) => code)).toEqual(['TARGET_FORBIDDEN']);
      }
    });

    it('says of a selector that cannot be read that it cannot', async () => {
      const answer = await ask('{ page(url: "ORIGIN/here") { paginate(selector: "a[") { status } } }');
      expect(answer.json.data).toEqual({ page: { paginate: [{ status: 200 }, null] } });
      expect(problemsOf(answer).map(({ code }) => code)).toEqual(['INVALID_SELECTOR']);
    });
  });

  describe('within its budget', () => {
    it.each([
      [
        'links',
        '{ page(url: "ORIGIN/star") { links(follow: {sameOrigin: true}) { links { page { links { links { page { status } } } } } } } }',
        9,
      ],
      [
        'pages',
        `{ pages(urls: [${Array.from({ length: 30 }, (_, n) => `"ORIGIN/item?n=${String(n)}"`).join()}]) { links { links { page { status } } } } }`,
        31,
      ],
      [
        'aliases × pages',
        `{ ${Array.from({ length: 20 }, (_, n) => `a${String(n)}: page(url: "ORIGIN/list?p=1&a=${String(n)}") { paginate(selector: ".next") { status } }`).join(' ')} }`,
        20,
      ],
    ])('is cut by %s, tells what was asked, and answers the rest', async (_what, query, asked) => {
      const answer = await ask(query);
      expect(answer.status).toBe(200);
      expect(retrieved().length).toBeLessThanOrEqual(6);
      expect(new Set(retrieved()).size).toBe(retrieved().length);
      const { budget } = answer.json.extensions;
      expect(budget).toMatchObject({ used: 6, left: 0 });
      expect(budget['asked']).toBeGreaterThanOrEqual(Math.min(asked, 9));
      expect(problemsOf(answer).length).toBeGreaterThan(0);
      for (const { code, detail } of problemsOf(answer)) {
        expect(code).toBe('INVALID_REQUEST');
        expect(detail).toContain('was cut');
      }
    });

    it('is told so in every answer, also where nothing is retrieved, or nothing is understood', async () => {
      for (const query of ['{ encode(text: "x") { text } }', '{ nothing }', '{', '{ __typename }']) {
        expect((await ask(query)).json.extensions.budget).toEqual({ asked: 0, used: 0, left: 6 });
      }
    });
  });

  it('makes so many retrievals of one origin at a time, and no more', async () => {
    const held = await startHeldOrigin();
    const wide = await startApp({ ALLOW_TARGETS: '127.0.0.1', GRAPHQL_MAX_RETRIEVALS: '20' });
    try {
      const urls = Array.from({ length: 10 }, (_, n) => `"${held.url}/${String(n)}"`);
      const coming = ask(`{ pages(urls: [${urls.join()}]) { status } page(url: "ORIGIN/here") { status } }`, wide);
      await until(() => held.due.length === 6 && retrieved().length === 1);
      await sleep(100);
      expect(held.due).toHaveLength(6);
      held.release();
      const { json } = await coming;
      expect(json.errors).toBeUndefined();
      expect(json.data?.['pages']).toHaveLength(10);
    } finally {
      await wide.close();
      await held.close();
    }
  });

  it('has one deadline: what is not there by then is an error, the rest is answered', async () => {
    const held = await startHeldOrigin();
    const hurried = await startApp({ ALLOW_TARGETS: '127.0.0.1', GRAPHQL_TIMEOUT_MS: '1500' });
    try {
      const urls = Array.from({ length: 8 }, (_, n) => `"${held.url}/${String(n)}"`);
      const answer = await ask(`{ page(url: "ORIGIN/here") { status } late: pages(urls: [${urls.join()}]) { status } }`, hurried);
      expect(answer.json.data).toEqual({ page: { status: 200 }, late: Array<null>(8).fill(null) });
      expect(problemsOf(answer).map(({ code }) => code)).toEqual(Array<string>(8).fill('TARGET_TIMEOUT'));
      expect(problemsOf(answer)[0]?.detail).toContain('GRAPHQL_TIMEOUT_MS');
      await until(() => held.open === 0);
    } finally {
      await hurried.close();
      await held.close();
    }
  });
});
