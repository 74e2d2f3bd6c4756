import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, GraphQLAnswer } from './support/app.ts';
import type { FetchAnswer, LinksAnswer, Problem, TagsAnswer } from './support/contract.ts';
import { HOSTILE_PAGES } from './support/hostile-pages.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Query = Readonly<Record<string, string | number>>;

const VIEWS: readonly (readonly [path: string, query: Query])[] = [
  ['/links', {}],
  ['/links', { method: 'regex' }],
  ['/links/compare', {}],
  ['/tags', { tag: '*' }],
  ['/select', { selector: '*' }],
  ['/wordcount', {}],
  ['/wordcount', { tokenizer: 'unicode', ngrams: 3, fold: 'true', minLength: 2, source: 'article' }],
  ['/text', {}],
  ['/tables', { records: 'true' }],
  ['/markdown', { scope: 'page' }],
  ['/fetch', {}],
];

const SHAPE = { title: 'h1', all: [{ _: '*', text: '.', number: { $: '.', match: '(a|aa)*(b{1,50})+$', type: 'number' } }] };

const GRAPH = `query ($url: String!) {
  page(url: $url) {
    body { sha256 text }
    links { total links { url text } }
    tags(tag: "*") { total tags { name text } }
    select(selector: "*") { total elements { name } }
    wordCount { total words { word count } }
    extract(shape: { title: "h1", links: [{ _: "a", href: "@href" }] }) { data missed misses { message } }
  }
}`;

/** Why there is no answer: the page is too much, or text, in which a view of documents has nothing to read. */
const REFUSAL = { status: 422, code: expect.stringMatching(/^(PARSE_LIMIT_EXCEEDED|NOT_A_DOCUMENT)$/), phase: 'parse' };

function pagePath(name: string, bytes: number): string {
  return `/hostile/page?${new URLSearchParams({ name, bytes: String(bytes) }).toString()}`;
}

describe('a hostile page', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '8000', PARSE_THREADS: '2' });
  });

  afterEach(async () => {
    const next = await retrieval.app.get<LinksAnswer>('/links', { url: `${retrieval.origin.url}/page1.htm` });
    expect(next.json.links.map(({ url }) => url)).toEqual(['http://data.pr4e.org/page2.htm']);
  });

  afterAll(() => retrieval.close());

  /** One view after the other, so that none waits in line for longer than this server lets it. */
  async function ask(path: string): Promise<void> {
    const url = retrieval.origin.url + path;
    for (const [view, query] of VIEWS) {
      const answer = await retrieval.app.get<Problem>(view, { url, ...query });
      if (answer.status !== 200) expect({ view, problem: answer.json }).toMatchObject({ view, problem: REFUSAL });
    }
    const filled = await retrieval.app.post<Problem>('/extract', { url, shape: SHAPE });
    if (filled.status !== 200) expect(filled.json).toMatchObject(REFUSAL);
  }

  /** All of them as one graph. */
  async function askGraph(path: string): Promise<void> {
    const url = retrieval.origin.url + path;
    const { status, json } = await retrieval.app.graphql<{ page: object }>(GRAPH, { url });
    expect(status).toBe(200);
    for (const { extensions } of json.errors ?? []) expect(extensions.problem).toMatchObject(REFUSAL);
  }

  it.each(Object.keys(HOSTILE_PAGES))(
    'full of %s is answered by every view, or is too much',
    async (name) => {
      await ask(pagePath(name, 20_000));
      await askGraph(pagePath(name, 100_000));
    },
    60_000,
  );

  it.each(['nested a', 'distinct fonts, then ends of p', 'NUL in tables', 'links on one line'])(
    'of 3 MB full of %s is answered, or is too much, and the server says meanwhile that it is alive',
    async (name) => {
      const url = retrieval.origin.url + pagePath(name, 3_000_000);
      const state = { isDone: false };
      const asked = retrieval.app.get<Problem>('/tags', { url, tag: '*' }).finally(() => (state.isDone = true));
      do expect((await retrieval.app.get('/health/live')).status).toBe(200);
      while (!state.isDone);
      const { status, json } = await asked;
      if (status !== 200) expect(json).toMatchObject({ code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url });
    },
    60_000,
  );

  it.each(['different words', 'line breaks', 'abbreviations'])(
    'of 20 MB full of %s is counted, or is too much',
    async (name) => {
      const url = retrieval.origin.url + pagePath(name, 20_000_000);
      const { status, json } = await retrieval.app.get<Problem>('/wordcount', { url, ngrams: 2, limit: 1 });
      if (status !== 200) expect(json).toMatchObject({ code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url });
    },
    60_000,
  );

  it('has its entities neither expanded nor retrieved', async () => {
    const external = await retrieval.app.get<TagsAnswer>('/tags', { url: `${retrieval.origin.url}/hostile/external-entities`, tag: 'r' });
    expect(external.json.tags.map(({ text }) => text)).toEqual(['&x;']);
    expect(retrieval.origin.requestsFor('/hostile/secret')).toEqual([]);
    const nested = await retrieval.app.get<TagsAnswer>('/tags', {
      url: retrieval.origin.url + pagePath('entities within entities', 1000),
      tag: 'r',
    });
    expect(nested.json.tags.map(({ text }) => text)).toEqual(['&e9;'.repeat(250)]);
  });

  it('does not get an answer larger than the limit, but advice to ask for less, which helps', async () => {
    const url = retrieval.origin.url + pagePath('end tags that close nothing', 300_000);
    const all = await retrieval.app.get<Problem>('/tags', { url, tag: '*' });
    expect(all.json).toMatchObject({ status: 422, code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url });
    expect(all.json.detail).toMatch(/more than 67108864 bytes: ask for less with limit/);
    const some = await retrieval.app.get<TagsAnswer>('/tags', { url, tag: '*', limit: 1, offset: 1400 });
    expect(some.json.tags).toHaveLength(1);
  });

  it.each(['/fetch', '/snapshots/{id}', '/snapshots/{id}.har'])(
    'whose text would be a JSON of more than 64 MiB is no answer of %s, but /body has it',
    async (form) => {
      const url = retrieval.origin.url + pagePath('controls', 12_000_000);
      const body = await retrieval.app.get('/body', { url });
      expect(body.bytes).toHaveLength(12_000_000);
      const path = form.replace('{id}', body.headers.get('pagewire-snapshot') ?? '');
      const { json, headers } = await retrieval.app.get<Problem>(path, form === '/fetch' ? { url } : {});
      expect(json).toMatchObject({ status: 422, code: 'PARSE_LIMIT_EXCEEDED', url });
      expect(json.detail).toMatch(/\/body gives the content as it is/);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    },
    60_000,
  );

  it('is the same to /fetch whether it is large or small', async () => {
    for (const bytes of [1000, 1_000_000]) {
      const { json } = await retrieval.app.get<FetchAnswer>('/fetch', { url: retrieval.origin.url + pagePath('a text', bytes) });
      expect([json.body.bytes, json.body.text]).toEqual([bytes, 'x'.repeat(bytes)]);
    }
  }, 30_000);

  it('gives a graph no more than it may hold, and what was not asked for does not count', async () => {
    const url = retrieval.origin.url + pagePath('a text', 17_000_000);
    const ask = (fields: string): Promise<Answer<GraphQLAnswer<{ page: { body: object | null } }>>> =>
      retrieval.app.graphql(`query ($url: String!) { page(url: $url) { body { ${fields} } } }`, { url });
    expect((await ask('bytes sha256')).json).toMatchObject({ data: { page: { body: { bytes: 17_000_000 } } } });
    const { json } = await ask('bytes text');
    expect(json.data?.page.body).toEqual({ bytes: 17_000_000, text: null });
    expect(json.errors?.map(({ extensions }) => extensions.code)).toEqual(['PARSE_LIMIT_EXCEEDED']);
  }, 60_000);

  const notOver = (bytes: number): string => `:not(${'a'.repeat(bytes - 6)})`;

  it.each([
    'div:has(div:has(div:has(q)))',
    'div:has(:scope div:has(:scope div:has(:scope q)))',
    'div:not(:is(div:has(:not(:is(a, b, :has(q))))))',
    ':nth-child(2n+1 of :has(q))',
    '* * * * * * * * * * * * q',
    'div ~ div ~ div ~ div ~ div ~ q',
    '*:has(~ *:has(~ *:has(~ q)))',
    Array.from({ length: 200 }, () => 'div').join(' '),
    Array.from({ length: 250 }, (_, index) => `.c${String(index)}`).join(','),
    ':is('.repeat(150) + 'div' + ')'.repeat(150),
    `[href*="${'a'.repeat(900)}"]`,
    `:contains("${'x'.repeat(900)}")`,
    ':icontains("x"):not(:contains("q"))',
    ':root:has(:last-of-type:nth-last-of-type(odd))',
    notOver(1000),
    `a[${'\\'.repeat(900)}]`,
    '/**/'.repeat(200) + 'div',
    ' '.repeat(900) + '>',
  ])(
    'is searched for selector %# in time, or it is said why not',
    async (selector) => {
      for (const path of ['/hostile/deep?n=400', pagePath('text in tables', 100_000)]) {
        const answer = await retrieval.app.get<Problem>('/select', { url: retrieval.origin.url + path, selector, limit: 1 });
        expect([200, 422, 400]).toContain(answer.status);
        if (answer.status !== 200) expect(['PARSE_LIMIT_EXCEEDED', 'INVALID_SELECTOR', 'INVALID_REQUEST']).toContain(answer.json.code);
      }
    },
    60_000,
  );

  it('has a selector that would take half a minute ended', async () => {
    const selector = 'div:has(:scope div:has(:scope div:has(:scope q)))';
    const { json } = await retrieval.app.get<Problem>('/select', { url: `${retrieval.origin.url}/hostile/deep?n=1500`, selector });
    expect([json.status, json.code, json.phase]).toEqual([422, 'PARSE_LIMIT_EXCEEDED', 'parse']);
    expect(json.detail).toMatch(/hostile.deep.*takes more than 8000 ms; .*PARSE_TIMEOUT_MS/);
  }, 30_000);
});

describe.each([1, 2])('with %d processes to read documents in, a page', (processes) => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    // Time enough for what runs out of memory, and memory for what runs out of time.
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '6000', PARSE_THREADS: String(processes), PARSE_MEMORY_MB: '64' });
  });

  afterAll(() => retrieval.close());

  /** Many good requests at the same time as a bad one. */
  async function besides(bad: Promise<Answer<Problem>>): Promise<Problem> {
    const good = Array.from({ length: 16 }, (_, index) =>
      retrieval.app.get<LinksAnswer>('/select', {
        url: `${retrieval.origin.url}/links/many?n=${String(index + 1)}`,
        selector: 'a',
      }),
    );
    const answers = await Promise.all(good);
    expect(answers.map(({ status, json }) => (status === 200 ? json.total : json))).toEqual(answers.map((_, index) => index + 1));
    return (await bad).json;
  }

  it('that takes too long costs nobody else their answer', async () => {
    const url = `${retrieval.origin.url}/hostile/deep?n=1500`;
    const problem = await besides(
      retrieval.app.get<Problem>('/select', { url, selector: 'div:has(:scope div:has(:scope div:has(:scope q)))' }),
    );
    expect(problem).toMatchObject({ status: 422, code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url });
    expect(problem.detail).toMatch(/more than 6000 ms/);
  }, 60_000);

  it.each(['misnested a and p', 'NUL in tables', 'text in tables', 'comments'])(
    'that takes too much memory with %s costs nobody else their answer, nor the server its life',
    async (name) => {
      const url = retrieval.origin.url + pagePath(name, 6_000_000);
      const problem = await besides(retrieval.app.get<Problem>('/tags', { url, tag: '*', limit: 1 }));
      expect(problem).toMatchObject({ status: 422, code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url });
      // On a slow machine time may run out first.
      expect(problem.detail).toMatch(/more than (64 MiB of memory|1000000 nodes|6000 ms)/);
    },
    60_000,
  );
});
