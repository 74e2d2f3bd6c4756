import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import type { Problem } from './support/contract.ts';
import { OPERATIONS } from './support/open-api.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

const SCHEMA = buildSchema(readFileSync(new URL('../openapi/schema.graphql', import.meta.url), 'utf8'));

type Members = Record<string, unknown>;

/** Of an endpoint, the field of a page that answers the same, and what both are asked. */
const VIEWS: Readonly<Record<string, { field: string; options?: Members; path?: string }>> = {
  '/encode': { field: 'encode', options: { selector: 'title' } },
  '/feed': { field: 'feed', path: '/feed/rss' },
  '/links': { field: 'links' },
  '/links/compare': { field: 'linksCompare' },
  '/markdown': { field: 'markdown' },
  '/metadata': { field: 'metadata' },
  '/select': { field: 'select', options: { selector: 'body *' } },
  '/tables': { field: 'tables' },
  '/tags': { field: 'tags', options: { tag: '*' } },
  '/text': { field: 'text' },
  '/wordcount': { field: 'wordCount', options: { fold: true } },
};

/** What is no view of a page: asked elsewhere here (/map with crawls), a file, or several retrievals at a time. */
const OTHERS = ['/fetch', '/headers', '/body', '/wire', '/decode', '/map'];

/** What a view says over REST of its page, which in the graph says it itself; and the URL of a list's next part. */
const OF_THE_PAGE = ['snapshot', 'url', 'finalUrl', 'status', 'fetchedAt', 'insecureTls', 'cache', 'next'];

const PAGES = ['/page1.htm', '/links/kinds', '/links/tricky', '/tags/table', '/docs'];

describe('the graph', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ GRAPHQL_MAX_DEPTH: '30' });
  });

  afterAll(() => retrieval.close());

  /** All that is simply there, of an object and of what is in it. */
  function selectionOf(type: GraphQLOutputType): string {
    const named = getNamedType(type);
    if (!isObjectType(named)) return '';
    const fields = membersOf(named).map(({ name, type: member }) => `${name} ${selectionOf(member)}`);
    return `{ ${fields.join(' ')} }`;
  }

  function membersOf(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
    const isElement = type.name === 'Element';
    return Object.values(type.getFields()).filter(
      ({ name, args }) =>
        args.length === 0 &&
        name !== 'nextOffset' &&
        !(isElement && ['parent', 'next', 'previous'].includes(name)) &&
        !(type.name === 'Link' && name === 'page'),
    );
  }

  /** A value of the graph as REST has it: words are spelled as they are there. */
  function asRest(value: unknown, type: GraphQLOutputType): unknown {
    if (value === null) return null;
    if (isNonNullType(type)) return asRest(value, type.ofType);
    if (isListType(type)) return (value as unknown[]).map((entry) => asRest(entry, type.ofType));
    if (isEnumType(type)) return wordOf(value as string, type.name);
    if (!isObjectType(type)) return value;
    const fields = type.getFields();
    return Object.fromEntries(Object.entries(value as Members).map(([name, member]) => [name, asRest(member, fields[name]!.type)]));
  }

  function wordOf(constant: string, type: string): string {
    if (type === 'NormalizationForm' || type === 'ProblemCode') return constant;
    const words = constant.toLowerCase();
    return type === 'Phase' ? words.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) : words.replaceAll('_', '-');
  }

  const without = (members: Members, name: string): Members =>
    Object.fromEntries(Object.entries(members).filter(([known]) => known !== name));
  const typeNamed = (name: string): GraphQLObjectType => SCHEMA.getType(name) as GraphQLObjectType;
  const argumentsOf = (options: Members): string => {
    const given = Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  };

  it('has every endpoint that reads a page', () => {
    const paths = OPERATIONS.filter(({ method, path }) => method === 'get' && !path.includes('{')).map(({ path }) => path);
    expect(paths.filter((path) => !OTHERS.includes(path)).sort()).toEqual(expect.arrayContaining(Object.keys(VIEWS).sort()));
    const known = [...Object.keys(VIEWS), ...OTHERS];
    const withTarget = OPERATIONS.filter(({ method, parameters }) => method === 'get' && parameters.some(({ name }) => name === 'url'));
    expect(withTarget.map(({ path }) => path).filter((path) => !known.includes(path))).toEqual([]);
  });

  const tries = Object.entries(VIEWS).flatMap(([endpoint, { path }]) =>
    (path === undefined ? PAGES : [path]).map((page) => [endpoint, page] as const),
  );

  it.each(tries)('answers all that %s does, of %s', async (endpoint, path) => {
    const { field, options = {} } = VIEWS[endpoint]!;
    const { snapshot } = await retrieval.fetched(path);
    const { status, json: rest } = await retrieval.app.get<Members>(endpoint, { snapshot, ...(options as Record<string, string>) });
    if (status !== 200) return;
    const { type } = typeNamed('Page').getFields()[field]!;
    const { json } = await retrieval.app.graphql<{ page: Members }>(
      `query ($id: String!) { page(snapshot: $id) { ${field}${argumentsOf(options)} ${selectionOf(type)} } }`,
      { id: snapshot },
    );
    expect(json.errors).toBeUndefined();
    const view = asRest(json.data!.page[field], type) as Members;
    const expected = Object.fromEntries(Object.entries(rest).filter(([name]) => !OF_THE_PAGE.includes(name) || name in view));
    expect(view).toEqual(expected);
  });

  it.each(['/fetch', '/headers'])('answers all that %s does', async (endpoint) => {
    const { snapshot } = await retrieval.fetched('/redirect/302');
    const { json: rest } = await retrieval.app.get<Members>(endpoint, { snapshot });
    const page = typeNamed('Page');
    const { json } = await retrieval.app.graphql<{ snapshot: Members }>(
      `query ($id: ID!) { snapshot(id: $id) { ${Object.keys(rest)
        .map((name) => `${name} ${selectionOf(page.getFields()[name]!.type)}`)
        .join(' ')} } }`,
      { id: snapshot },
    );
    expect(json.errors).toBeUndefined();
    expect(without(asRest(json.data!.snapshot, page) as Members, 'cache')).toEqual(without(rest, 'cache'));
  });

  it('answers what /wire and the files of a snapshot do', async () => {
    const { snapshot } = await retrieval.fetched('/redirect/302');
    const [wire, har, curl] = await Promise.all([
      retrieval.app.get('/wire', { snapshot }),
      retrieval.app.get(`/snapshots/${snapshot}.har`),
      retrieval.app.get(`/snapshots/${snapshot}.curl`),
    ]);
    const { json } = await retrieval.app.graphql('query ($id: ID!) { snapshot(id: $id) { wire har curl } }', { id: snapshot });
    expect(json.data).toEqual({ snapshot: { wire: wire.text, har: har.json, curl: curl.text } });
  });

  it.each([
    ['/encode', 'encode', { text: 'Straße 😀\n', limit: 3, encodings: ['latin1'] }],
    ['/decode', 'decode', { hex: '82e0ff', encoding: 'shift_jis' }],
  ])('answers all that %s does', async (endpoint, field, options) => {
    const { type } = SCHEMA.getQueryType()!.getFields()[field]!;
    const { json } = await retrieval.app.graphql<Members>(`{ ${field}${argumentsOf(options)} ${selectionOf(type)} }`);
    expect(json.errors).toBeUndefined();
    const { json: rest } = await retrieval.app.post<Members>(endpoint, options);
    // The URL of the next part is a matter of REST.
    const view = without(asRest(json.data![field], type) as Members, 'next');
    const known = [...OF_THE_PAGE, 'source', 'selector'];
    expect(view).toEqual(Object.fromEntries(Object.entries(rest).filter(([name]) => !known.includes(name) || name in view)));
  });

  it('answers of a document that is sent what REST does of it', async () => {
    const document = { html: '<h1>Two</h1><a href=b>c</a><table><tr><td>1</table>', baseUrl: 'http://example.com/a/' };
    const fields = Object.entries(VIEWS).filter(([, { options, path }]) => options === undefined && path === undefined);
    const selections = fields.map(([, { field }]) => `${field} ${selectionOf(typeNamed('Page').getFields()[field]!.type)}`);
    const { json } = await retrieval.app.graphql<{ document: Members }>(
      `query ($html: String!, $baseUrl: String) { document(html: $html, baseUrl: $baseUrl) { ${selections.join(' ')} } }`,
      document,
    );
    expect(json.errors).toBeUndefined();
    for (const [endpoint, { field }] of fields) {
      const { json: rest } = await retrieval.app.post<Members>(endpoint, document);
      const view = asRest(json.data!.document[field], typeNamed('Page').getFields()[field]!.type) as Members;
      expect(rest).toMatchObject(view);
    }
  });

  it('answers of a page what /extract does, with the same shape', async () => {
    const { snapshot } = await retrieval.fetched('/links/kinds');
    const shape = { title: 'h1', links: [{ _: 'a', text: '.', url: { $: '.', type: 'url' } }], none: 'q' };
    const { json: rest } = await retrieval.app.post<Members>('/extract', { snapshot, shape });
    const { type } = typeNamed('Page').getFields()['extract']!;
    const { json } = await retrieval.app.graphql<{ page: Members }>(
      `query ($id: String!, $shape: JSON!) { page(snapshot: $id) { extract(shape: $shape) ${selectionOf(type)} } }`,
      { id: snapshot, shape },
    );
    expect(json.errors).toBeUndefined();
    expect(rest).toMatchObject(asRest(json.data!.page['extract'], type) as Members);
  });

  it.each(Object.entries(VIEWS).filter(([endpoint]) => !['/markdown', '/metadata', '/text'].includes(endpoint)))(
    'pages through what %s does: where the next entries begin',
    async (endpoint, { field, options = {}, path = '/docs' }) => {
      const { snapshot } = await retrieval.fetched(endpoint === '/tables' ? '/tags/table' : path);
      const wanted = { ...options, limit: 1 };
      let offset: number | null = 0;
      for (let part = 0; part < 3 && offset !== null; part++) {
        const { json }: { json: { next: string | null } } = await retrieval.app.get(endpoint, {
          snapshot,
          ...(wanted as Record<string, string | number>),
          offset,
        });
        const next: number | null = json.next === null ? null : Number(new URL(json.next).searchParams.get('offset'));
        const asked = `${field}${argumentsOf({ ...wanted, offset })} { nextOffset }`;
        const graph = await retrieval.app.graphql(`query ($id: String!) { page(snapshot: $id) { ${asked} } }`, { id: snapshot });
        expect(graph.json).toMatchObject({ data: { page: { [field]: { nextOffset: next } } } });
        offset = next;
      }
    },
  );

  it('pages through what is sent, and within elements; all of it at once has nothing after it', async () => {
    const { json } = await retrieval.app.graphql(
      `{ encode(text: "abc", limit: 2) { nextOffset } all: encode(text: "abc") { nextOffset }
        decode(hex: "616263", limit: 1, offset: 1) { nextOffset } last: decode(hex: "616263", limit: 2, offset: 1) { nextOffset }
        document(html: "<p><a href=a></a><a href=b></a><a href=c></a>") { links { nextOffset } select(selector: "p", limit: 1) { nextOffset
          elements { links(limit: 2) { nextOffset } select(selector: "a", limit: 1, offset: 1) { nextOffset total } rest: links(offset: 1) { nextOffset } } } } }`,
    );
    expect(json).toMatchObject({
      data: {
        encode: { nextOffset: 2 },
        all: { nextOffset: null },
        decode: { nextOffset: 2 },
        last: { nextOffset: null },
        document: {
          links: { nextOffset: null },
          select: {
            nextOffset: null,
            elements: [{ links: { nextOffset: 2 }, select: { nextOffset: 2, total: 3 }, rest: { nextOffset: null } }],
          },
        },
      },
    });
  });

  const REQUEST = {
    method: 'PUT',
    headers: [
      { name: 'X-One', value: 'a' },
      { name: 'x-one', value: 'b' },
      { name: 'Content-Type', value: 'text/csv' },
    ],
    cookies: [{ name: 'session', value: '31d4' }],
    content: 'a,ß',
    userAgent: 'two',
  };

  it.each([
    ['a request in full', REQUEST],
    ['a content as base64', { method: 'POST', contentBase64: 'AP8=' }],
    ['HTTP/1.0', { httpVersion: '1.0', headers: [{ name: 'Accept', value: '*/*' }] }],
  ])('sends %s as the POST twins do, and once', async (_what, request) => {
    const { app, origin } = retrieval;
    const url = `${origin.url}/echo?parity`;
    const { text: rest } = await app.post('httpVersion' in request ? '/wire' : '/body', { url, ...request });
    const before = origin.requests.length;
    const given = Object.entries(request).map(([name, value]) => `${name}: ${JSON.stringify(value).replace(/"(name|value)":/g, '$1:')}`);
    const args = `(url: ${JSON.stringify(url)}, ${given.join(', ')})`;
    const { json } = await app.graphql<{ page: { body: { text: string }; wire: string } }>(
      `{ page${args} { body { text } wire } again: page${args} { status } }`,
    );
    expect(json.errors).toBeUndefined();
    const { body, wire } = json.data!.page;
    const dateless = (message: string): string => message.replaceAll(/^date: .*$/gim, '');
    if ('httpVersion' in request) expect(dateless(wire)).toBe(dateless(rest));
    else expect(body.text).toBe(rest);
    expect(origin.requests.length - before).toBe(1);
  });

  it.each([
    ['two contents', 'content: "a", contentBase64: "AP8="', 'contentBase64'],
    ['a method that it does not send', 'method: "CONNECT"', 'method'],
    ['a field that it sends itself', 'headers: [{ name: "Host", value: "x" }]', 'headers[0].name'],
    ['one cookie twice', 'cookies: [{ name: "a", value: "1" }, { name: "a", value: "2" }]', 'cookies'],
  ])('refuses %s, as they do', async (_what, args, parameter) => {
    const { json } = await retrieval.app.graphql(`{ page(url: "${retrieval.origin.url}/echo", ${args}) { status } }`);
    const problem = json.errors?.[0]?.extensions.problem as { code: string; errors: { parameter: string }[] };
    expect([problem.code, problem.errors.map((error) => error.parameter)]).toEqual(['INVALID_REQUEST', [parameter]]);
    const snapshot = await retrieval.app.graphql('{ page(snapshot: "x", method: "POST", httpVersion: "1.0") { status } }');
    expect(snapshot.json.errors?.[0]?.message).toMatch(/method: has no effect on a snapshot.*httpVersion: has no effect/);
  });

  it.each(['/echo', '/framing/short'])('compares variants of a request for %s as /compare does', async (path) => {
    const { app, origin } = retrieval;
    const request = { url: origin.url + path, headers: [{ name: 'X-One', value: 'a' }] };
    const variants = [
      { name: 'plain' },
      { name: 'phone', userAgent: 'Phone/1.0', cookies: [{ name: 'seen', value: '1' }] },
      { method: 'POST', content: 'a', insecureTls: true },
    ];
    const { json: rest } = await app.post<Members>('/compare', { ...request, variants });
    const { type } = SCHEMA.getQueryType()!.getFields()['compare']!;
    const { json } = await app.graphql<{ compare: Members }>(
      `query ($url: String!, $headers: [HeaderFieldInput!], $variants: [VariantInput!]!) {
        compare(url: $url, headers: $headers, variants: $variants) ${selectionOf(type)} }`,
      { ...request, variants },
    );
    expect(json.errors).toBeUndefined();
    // What is different each time.
    const changing = ['snapshot', 'requestId', 'timings', 'remote', 'localPort', 'connection', 'fetchedAt', 'startedAt'];
    const steady = (answer: unknown): unknown =>
      JSON.parse(JSON.stringify(answer, (name, value: unknown) => (changing.includes(name) ? null : value))) as unknown;
    expect(steady(asRest(json.data!.compare, type))).toEqual(steady(rest));
    expect(rest['variants']).toHaveLength(3);
  });

  it('answers several pages, each by itself', async () => {
    const { origin } = retrieval;
    const urls = [`${origin.url}/page1.htm`, `${origin.url}/framing/short`, 'http://10.0.0.1/', `${origin.url}/page1.htm#top`];
    const { json } = await retrieval.app.graphql(
      'query ($urls: [String!]!) { pages(urls: $urls, userAgent: "one") { url finalUrl status } }',
      { urls },
    );
    expect(json.data).toEqual({
      pages: [{ url: urls[0], finalUrl: urls[0], status: 200 }, null, null, { url: urls[3], finalUrl: urls[3], status: 200 }],
    });
    expect(json.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      expect.arrayContaining([
        [['pages', 1], 'MALFORMED_RESPONSE'],
        [['pages', 2], 'TARGET_FORBIDDEN'],
      ]),
    );
    const asked = origin.requests.filter((request) => request.header('user-agent') === 'one').map(({ target }) => target);
    expect(asked.sort()).toEqual(['/framing/short', '/page1.htm']);
  });

  it('shows a snapshot that holds a response head alone', async () => {
    const { snapshot } = await retrieval.headersOf('/page1.htm');
    const { json } = await retrieval.app.graphql(
      'query ($id: ID!) { snapshot(id: $id) { status headers(name: "content-type") { value } body { bytes } } }',
      {
        id: snapshot,
      },
    );
    expect(json).toMatchObject({ data: { snapshot: { status: 200, headers: [{ value: 'text/html' }], body: null } } });
    const views = await retrieval.app.graphql('query ($id: ID!) { snapshot(id: $id) { status links { total } } }', { id: snapshot });
    const rest = await retrieval.app.get<Problem>('/links', { snapshot });
    expect(views.json.data).toMatchObject({ snapshot: { status: 200, links: null } });
    expect(views.json.errors?.[0]?.extensions.problem).toMatchObject({ code: rest.json.code, detail: rest.json.detail });
    const unknown = await retrieval.app.graphql('{ snapshot(id: "nope") { status } }');
    expect(unknown.json.errors?.map(({ extensions }) => extensions.code)).toEqual(['SNAPSHOT_NOT_FOUND']);
  });
});
