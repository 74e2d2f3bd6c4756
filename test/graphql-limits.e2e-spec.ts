import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type GraphQLAnswer, startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import type { Origin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Graph = Answer<GraphQLAnswer<Record<string, unknown>>>;

/** `make(0) make(1) …` */
function many(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ');
}

describe('an operation that asks for too much', () => {
  let retrieval: Retrieval;
  let app: TestApp;
  let origin: Origin;

  beforeAll(async () => {
    retrieval = await startRetrieval();
    ({ app, origin } = retrieval);
  });

  afterAll(() => retrieval.close());

  const ask = (query: string, variables?: Record<string, unknown>): Promise<Graph> =>
    app.graphql(query.replaceAll('ORIGIN', origin.url), variables, { accept: 'application/graphql-response+json' });
  /** A page of the origin, whose address {@link counted} fills in. */
  const page = (name: string): string => `page(url: "ORIGIN/page1.htm?${name}")`;

  /** Runs an operation and counts what it made the origin answer. */
  async function counted(query: string, variables?: Record<string, unknown>): Promise<{ answer: Graph; retrievals: number }> {
    const before = origin.requests.length;
    const answer = await ask(query, variables);
    return { answer, retrievals: origin.requests.length - before };
  }

  function problemsOf({ json }: Graph): Problem[] {
    return (json.errors ?? []).map(({ extensions }) => extensions.problem as Problem);
  }

  it('as a thousand aliases of one page, retrieves it once', async () => {
    const { answer, retrievals } = await counted(
      `query ($url: String!) { ${many(1000, (n) => `a${String(n)}: page(url: $url) { status }`)} }`,
      { url: `${origin.url}/plain.txt?a-thousand-aliases` },
    );
    expect([answer.status, answer.json.errors, retrievals]).toEqual([200, undefined, 1]);
    expect(Object.keys(answer.json.data ?? {})).toHaveLength(1000);
  });

  it('as what fails a thousand times with all that came before, is told so within a bound, and what came before as often as it fits', async () => {
    const heavy = createServer((request, response) => {
      response.writeHead(302, { location: request.url, 'x-heavy': Array.from({ length: 3 }, () => 'x'.repeat(15_000)) }).end();
    });
    heavy.listen(0, '127.0.0.1');
    await once(heavy, 'listening');
    const url = `http://127.0.0.1:${String((heavy.address() as AddressInfo).port)}/`;
    const answer = await ask(`query ($url: String!) { ${many(600, (n) => `a${String(n)}: page(url: $url) { status }`)} }`, { url });
    heavy.close();
    expect(answer.status).toBe(200);
    expect(answer.text.length).toBeLessThan(10_000_000);
    const problems = problemsOf(answer);
    expect(problems).toHaveLength(600);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['TOO_MANY_REDIRECTS']));
    expect(problems[0]?.exchanges).toHaveLength(11);
    expect(problems.at(-1)?.exchanges).toEqual([]);
  });

  it('as what fails a thousand times under a long name, is told of as many as fit', async () => {
    const name = 'a'.repeat(100_000);
    const links = many(200, (n) => `<a href=mailto:${String(n)}>x</a>`);
    const { answer } = await counted(
      `query ($html: String!) { ${name}: document(html: $html, baseUrl: "ORIGIN/") { links { links { page { status } } } } }`,
      { html: links.replaceAll('mailto:', `${origin.url}/page1.htm?long-`) },
    );
    expect(answer.status).toBe(200);
    expect(answer.text.length).toBeLessThan(10_000_000);
    expect(problemsOf(answer).at(-1)?.detail).toMatch(/^\d+ more fields are null/);
  });

  it('as several that are no URL, tells of each what is wrong with it', async () => {
    const { answer } = await counted('{ none: page { status } a: page(url: "bad-one") { status } b: page(url: "bad-two") { status } }');
    expect(problemsOf(answer).map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^url: is required/),
      expect.stringContaining('bad-one'),
      expect.stringContaining('bad-two'),
    ]);
  });

  it('as more pages than GRAPHQL_MAX_RETRIEVALS, is answered for the first of them, with an error for each of the rest', async () => {
    const { answer, retrievals } = await counted(`{ ${many(50, (n) => `p${String(n)}: ${page(`many-${String(n)}`)} { status }`)} }`);
    expect(retrievals).toBe(20);
    expect(Object.entries(answer.json.data ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]))).toEqual(
      Array.from({ length: 20 }, (_, n) => `p${String(n)}`),
    );
    expect(problemsOf(answer)).toHaveLength(30);
    for (const { code, detail } of problemsOf(answer)) {
      expect(code).toBe('INVALID_REQUEST');
      expect(detail).toMatch(/more than 20 retrievals \(GRAPHQL_MAX_RETRIEVALS\).*many-\d/);
    }
  });

  it('as a page whose links are followed, retrieves no more either', async () => {
    const { answer, retrievals } = await counted(
      `query ($url: String!) { page(url: $url) { links { total links { page { status } } } } again: page(url: $url) { status } }`,
      { url: `${origin.url}/links/many?n=200` },
    );
    expect(retrievals).toBe(20);
    expect(problemsOf(answer)).toHaveLength(181);
  });

  it('does not count snapshots as retrievals', async () => {
    const { json } = await app.get<{ snapshot: string }>('/fetch', { url: `${origin.url}/plain.txt?kept` });
    const narrow = await startApp({ ALLOW_TARGETS: '127.0.0.1', GRAPHQL_MAX_RETRIEVALS: '1' });
    try {
      const { json: first } = await narrow.get<{ snapshot: string }>('/fetch', { url: `${origin.url}/plain.txt?kept` });
      expect(json.snapshot).not.toBe(first.snapshot);
      const answer = await narrow.graphql(
        `{ page(url: "${origin.url}/plain.txt?other") { status } kept: page(snapshot: "${first.snapshot}") { status } }`,
      );
      expect(answer.json).toEqual({ extensions: expect.anything(), data: { page: { status: 200 }, kept: { status: 200 } } });
    } finally {
      await narrow.close();
    }
  });

  it('as one view of a page under many names, reads it once; as many views, no more than it may', async () => {
    const same = await ask(`{ ${page('views')} { ${many(300, (n) => `v${String(n)}: tags(tag: "a") { total }`)} } }`);
    expect(same.json.errors).toBeUndefined();
    const different = await ask(`{ ${page('views')} { ${many(101, (n) => `v${String(n)}: tags(tag: "t${String(n)}") { total }`)} } }`);
    const problems = problemsOf(different).filter(({ code }) => code === 'PARSE_LIMIT_EXCEEDED');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.detail).toMatch(/more than 100 times.*GRAPHQL_MAX_RETRIEVALS/);
  });

  it.each([
    ['one content under many names', '/big?bytes=4000000', 'body { size: bytes text:text }', 20],
    ['one content within many names', '/big?bytes=4000000', `body { ${many(20, (n) => `t${String(n)}: text`)} }`, 1],
    ['one field of many entries', '/links/many?n=5000', `links { links { ${many(900, (n) => `t${String(n)}: __typename`)} } }`, 1],
  ])('as %s, has an answer that is not larger than it may be', async (_what, path, fields, aliases) => {
    const answer = await ask(`query ($url: String!) { ${many(aliases, (n) => `a${String(n)}: page(url: $url) { ${fields} }`)} }`, {
      url: origin.url + path,
    });
    expect(answer.bytes.length).toBeLessThan(80_000_000);
    expect(problemsOf(answer).map(({ code }) => code)).toContain('PARSE_LIMIT_EXCEEDED');
    expect(problemsOf(answer)[0]?.detail).toContain('limit');
  });

  it('as texts to encode, has an answer that is not larger than it may be', async () => {
    const answer = await ask(
      `query ($text: String!) { ${many(1000, (n) => `a${String(n)}: encode(text: $text) { length { codePoints } }`)} }`,
      {
        text: 'H'.repeat(65_536),
      },
    );
    expect(problemsOf(answer).map(({ code }) => code)).toContain('PARSE_LIMIT_EXCEEDED');
  });

  const nest = (levels: number): string => '{ links { links { page '.repeat(levels) + '{ status }' + ' } } }'.repeat(levels);
  const bomb = `{ ...F0 } ${many(60, (n) => `fragment F${String(n)} on Query { a: __typename ...F${String(n + 1)} b: __typename ...F${String(n + 1)} }`)} fragment F60 on Query { __typename }`;

  it.each<[string, string, RegExp]>([
    ['tokens', `{ encode(text: "") { ${'text '.repeat(50_000)} } }`, /more than 20000 tokens/],
    ['depth', `{ ${page('deep')} ${nest(8)} }`, /GRAPHQL_MAX_DEPTH/],
    ['braces', `{ ${page('deep')} ${nest(300)} }`, /more than 200 levels of braces/],
    ['more braces than can be followed', `${'{a'.repeat(6000)}${'}'.repeat(6000)}`, /too deeply|levels of braces/],
    ['aliases', `{ encode(text: "") { ${many(1001, (n) => `t${String(n)}: text`)} } }`, /more than 1000 aliases/],
    ['root fields', `{ ${'__typename '.repeat(1001)} }`, /more than 1000 fields at its root/],
    [
      'root fields of fragments',
      `{ ${many(101, () => '...F')} } fragment F on Query { ${'__typename '.repeat(10)} }`,
      /more than 1000 fields at its root/,
    ],
    ['directives', `{ encode(text: "") { ${many(101, (n) => `t${String(n)}: text @include(if: true)`)} } }`, /more than 100 directives/],
    ['directives twice', '{ encode(text: "") { text @skip(if: false) @skip(if: false) } }', /can only be used once/],
    ['unknown directives', `{ encode(text: "") { text ${'@x '.repeat(5000)} } }`, /more than 100 directives/],
    [
      'fragments',
      `{ encode(text: "") { ${many(101, (n) => `...F${String(n)}`)} } } ${many(101, (n) => `fragment F${String(n)} on EncodedText { text }`)}`,
      /more than 100 fragments/,
    ],
    ['a fragment in itself', '{ encode(text: "") { ...F } } fragment F on EncodedText { text ...F }', /within itself/],
    ['two fragments in each other', '{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }', /within itself/],
    ['fragments that double', bomb, /more than 10000 fields/],
    [
      'selections',
      `{ ${many(100, (n) => `a${String(n)}: encode(text: "") { ...F }`)} } fragment F on EncodedText { ${'text '.repeat(101)} }`,
      /more than 10000 fields/,
    ],
    [
      'introspection within itself',
      `{ __schema { types ${'{ fields { type '.repeat(6)} { name } ${'} }'.repeat(6)} } }`,
      /[Ii]ntrospection depth/,
    ],
    [
      'introspection under many names',
      `{ __schema { types { fields { ${many(501, (n) => `n${String(n)}: name`)} } } } }`,
      /more than 500 fields of introspection/,
    ],
    ['fields of one name', `{ ${many(900, () => '__typename @skip(if: false)')} }`, /directives|too often/],
  ])('by its %s, is refused with the name of the limit, and retrieves nothing', async (_what, query, why) => {
    const { answer, retrievals } = await counted(query);
    expect([answer.status, retrievals]).toEqual([400, 0]);
    expect(answer.json.data ?? null).toBeNull();
    expect(problemsOf(answer).map(({ code }) => code)).toEqual(problemsOf(answer).map(() => 'INVALID_REQUEST'));
    expect(
      problemsOf(answer)
        .map(({ detail }) => detail)
        .join(),
    ).toMatch(why);
    expect(answer.bytes.length).toBeLessThan(200_000);
  });

  it('but not more than tools ask, is introspected', async () => {
    const options = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    };
    expect((await ask(getIntrospectionQuery(options))).json.errors).toBeUndefined();
  });

  it('as thousands of links to follow, is told of a thousand that were cut, and how many more were', async () => {
    const { answer, retrievals } = await counted('query ($url: String!) { page(url: $url) { links { links { page { status } } } } }', {
      url: `${origin.url}/links/many?n=3000`,
    });
    expect([answer.status, retrievals]).toEqual([200, 20]);
    expect(problemsOf(answer)).toHaveLength(1001);
    expect(problemsOf(answer).at(-1)?.detail).toContain('1981 more fields');
  });
});

describe('a request for the graph', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app.close());

  const QUERY = '{ encode(text: "H") { text } }';
  const get = (query: Record<string, string>, headers: Record<string, string> = {}): Promise<Graph> =>
    app.send(`/graphql?${new URLSearchParams(query).toString()}`, { headers: { accept: 'application/graphql-response+json', ...headers } });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'that any page could send (%s) is refused',
    async (mediaType) => {
      const { status, json } = await app.send<Problem>('/graphql', {
        method: 'POST',
        headers: mediaType === '' ? {} : { 'content-type': mediaType },
        body: new TextEncoder().encode(JSON.stringify({ query: QUERY })),
      });
      expect([status, json.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  it('by GET is answered only where no page of another origin can have sent it', async () => {
    const blocked = await get({ query: QUERY });
    expect([blocked.status, blocked.json.errors?.[0]?.extensions.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(blocked.json.errors?.[0]?.message).toContain('CSRF');
    expect((await get({ query: QUERY }, { 'apollo-require-preflight': 'true' })).json).toEqual({
      extensions: expect.anything(),
      data: { encode: { text: 'H' } },
    });
  });

  const sent = { 'apollo-require-preflight': 'true' };

  it.each<[string, Record<string, string>]>([
    ['variables that are no JSON', { query: QUERY, variables: '{' }],
    [
      'variables nested deeply',
      { query: 'query ($t: String!) { encode(text: $t) { text } }', variables: `{"t":${'['.repeat(2000)}${']'.repeat(2000)}}` },
    ],
    ['variables of another type', { query: 'query ($t: String!) { encode(text: $t) { text } }', variables: '{"t":7}' }],
    ['an extension that is no JSON', { query: QUERY, extensions: '[' }],
    ['a persisted query', { extensions: '{"persistedQuery":{"version":1,"sha256Hash":"abc"}}' }],
    ['an operation that is not there', { query: QUERY, operationName: 'Other' }],
    ['no name for one of two operations', { query: `query A ${QUERY} query B ${QUERY}` }],
    ['a mutation', { query: 'mutation { x }' }],
  ])('by GET with %s is refused', async (_what, query) => {
    const { status, json, text } = await get(query, sent);
    // To say that a persisted query is not known is an answer, by their own convention.
    expect([status, json.errors?.[0]?.extensions.code]).toEqual(['query' in query ? 400 : 200, 'INVALID_REQUEST']);
    expect(text).not.toMatch(/node_modules|\.[jt]s:\d|stack/);
  });

  it('by GET with a URL that is too long is refused', async () => {
    const { status, json } = await app.send<Problem>(`/graphql?query=${'x'.repeat(17_000)}`, {});
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.detail).toContain('16384 bytes');
  });

  it('may name its query by a digest once it was sent with it, and by no other digest', async () => {
    const query = '{ encode(text: "once") { text } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const named = (body: object): Promise<Graph> => app.post('/graphql', body);
    // These words are how clients know that they are to send the query.
    expect((await named({ extensions })).json.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    expect((await named({ query, extensions })).json.data).toEqual({ encode: { text: 'once' } });
    expect((await named({ extensions })).json.data).toEqual({ encode: { text: 'once' } });
    const other = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const { json } = await named({ query, extensions: other });
    expect([json.data, json.errors?.[0]?.extensions.code]).toEqual([undefined, 'INVALID_REQUEST']);
    expect((await named({ extensions: other })).json.errors?.[0]?.message).toBe('PersistedQueryNotFound');
  });

  it('with several operations at once is told to send them one by one', async () => {
    const { status, json } = await app.post<Problem>('/graphql', [{ query: QUERY }, { query: QUERY }]);
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.detail).toContain('one by one');
  });

  it('that is mistaken is not told what else there is', async () => {
    for (const query of ['{ pag(url: "x") { status } }', '{ encode(texxt: "x") { text } }', '{ page(url: "x") { statuss } }']) {
      const { json } = await app.graphql(query);
      expect(json.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(json)).not.toMatch(/did you mean/i);
    }
  });

  it('is not told a long value back', async () => {
    const { bytes, json } = await app.graphql('query ($t: Int!) { encode(text: "", limit: $t) { text } }', { t: 'x'.repeat(1_000_000) });
    expect(json.errors?.[0]?.extensions.code).toBe('INVALID_REQUEST');
    expect(bytes.length).toBeLessThan(10_000);
  });

  it('has the id of its request in its problems, as in the header', async () => {
    for (const query of ['{ nothing }', '{', '{ page(url: "http://10.0.0.1/") { status } }']) {
      const { headers, json } = await app.graphql(query);
      expect((json.errors?.[0]?.extensions.problem as Problem).requestId).toBe(headers.get('x-request-id'));
    }
  });

  it('may ask what the graph is like, unless the operator says no', async () => {
    const schema = '{ __schema { queryType { name } } }';
    expect((await app.graphql(schema)).json).toEqual({
      extensions: expect.anything(),
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    const closed = await startApp({ GRAPHQL_INTROSPECTION: 'false' });
    try {
      const { json } = await closed.graphql(schema);
      expect(json.errors?.[0]?.message).toContain('GRAPHQL_INTROSPECTION');
      expect((await closed.graphql(QUERY)).json).toEqual({ extensions: expect.anything(), data: { encode: { text: 'H' } } });
    } finally {
      await closed.close();
    }
  });
});
