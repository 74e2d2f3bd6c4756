import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import request, { type Response } from 'supertest';
import { createContract } from '../src/api/contract.setup.ts';
import { PROBLEMS } from '../src/api/problem.ts';
import { Readiness } from '../src/api/readiness.ts';
import { startApp, type TestApp } from './support/app.ts';
import { selfSigned } from './support/certificate.ts';
import {
  CONTRACT,
  faults,
  OPEN_API,
  operationOf,
  OPERATIONS,
  type Operation,
  replyOf,
  requiredHeaders,
  trimmable,
} from './support/open-api.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const GRAPH = readFileSync(new URL('../openapi/schema.graphql', import.meta.url), 'utf8');
const KEY = 'a-key-of-the-contract-test';

type Members = Record<string, unknown>;

let app: TestApp;
let origin: Origin;
/** `operationId status` of every answer that was compared with the contract. */
const compared = new Set<string>();

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
});

afterAll(async () => {
  await app.close();
  await origin.close();
});

/** Sends an operation's request, by its query or its JSON body, and holds the answer against the contract. */
async function answered(operation: Operation, members: Members, server = app, headers: Record<string, string> = {}): Promise<Response> {
  const { path, method } = operation;
  const place = path.replace(/\{(\w+)\}/, (_whole, name: string) => String(members[name]));
  const others = Object.fromEntries(Object.entries(members).filter(([name]) => !path.includes(`{${name}}`)));
  const asked =
    method === 'post' || method === 'patch'
      ? request(server.url)[method](place).send(others)
      : request(server.url)[method](place).query(queryOf(others));
  const response = await asked.set(headers);
  expectAsDocumented(operation, response, 'fields' in members);
  return response;
}

/** A list is one value with commas in it. */
function queryOf(members: Members): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]));
}

/** Of an answer that was trimmed, the members that it has. */
function expectAsDocumented(operation: Operation, response: Response, isTrimmed = false): void {
  const { status } = response;
  const reply = replyOf(operation, status);
  const type = response.type;
  const mediaType = reply?.content?.[type] ?? reply?.content?.['*/*'];
  expect({ operation: operation.operationId, status, type, isDocumented: mediaType !== undefined }).toMatchObject({ isDocumented: true });
  for (const name of reply === undefined ? [] : requiredHeaders(reply)) expect(Object.keys(response.headers)).toContain(name.toLowerCase());
  if (/[/+]json$/.test(type)) {
    const { schema = {} } = mediaType ?? {};
    const form = isTrimmed && status === 200 ? trimmable(schema) : schema;
    const found = [...faults(form, response.body, false), ...faults(form, response.body, true)];
    expect({ status, found, answer: found.length === 0 ? null : response.body }).toEqual({ status, found: [], answer: null });
  }
  if (type === 'application/problem+json' && mediaType?.examples !== undefined) {
    expect(Object.keys(mediaType.examples)).toContain(response.body.code);
  }
  compared.add(`${operation.operationId} ${String(status)}`);
}

/** A page of the origin that an operation can read. */
function pageFor({ path }: Operation): string {
  return origin.url + (path === '/feed' ? '/feed/rss' : '/page1.htm');
}

/** That page in place of the one that an example names. */
function reachable(members: Members, operation: Operation): Members {
  if ('urls' in members) return { ...members, urls: [pageFor(operation)] };
  return 'url' in members ? { ...members, url: pageFor(operation) } : members;
}

async function keptSnapshot(operation: Operation): Promise<string> {
  const { body } = await request(app.url)
    .get('/fetch')
    .query({ url: pageFor(operation) });
  return String(body.snapshot);
}

describe('the contract in files', () => {
  it('is what the application says now', () => {
    const now = createContract(app.app);
    expect(now['schema.graphql']).toBe(GRAPH);
    expect(JSON.parse(now['openapi.json'])).toEqual(CONTRACT);
    expect(now['openapi.json']).toBe(OPEN_API);
  });

  it('is served as it is', async () => {
    const openApi = await request(app.url).get('/openapi.json').expect(200);
    expect(openApi.text).toBe(OPEN_API);
    const graph = await request(app.url).get('/schema.graphql').expect(200);
    expect(graph.text).toBe(GRAPH);
  });

  it('has no null but as a type', () => {
    expect(OPEN_API).not.toContain('"nullable"');
  });

  it.each(Object.entries(CONTRACT.components.schemas))('describes each member of %s, with an example', (_name, schema) => {
    for (const [member, { description, $ref, examples, type, ...others }] of Object.entries(schema.properties ?? {})) {
      const isMadeOfOthers = $ref !== undefined || type === 'array' || 'anyOf' in others;
      expect({ member, description, hasExample: examples !== undefined || isMadeOfOthers }).toEqual({
        member,
        description: expect.stringMatching(/\S\.$|\n- /),
        hasExample: true,
      });
    }
  });

  it.each(
    OPERATIONS.flatMap(({ operationId, parameters }) =>
      parameters.map((parameter) => [operationId, parameter.name, parameter.description, parameter.schema] as const),
    ),
  )('describes, for %s, the parameter %s, with an example', (_operation, _name, description, schema) => {
    expect(description).toMatch(/\S\.$|\n- /);
    expect(schema.examples).toHaveLength(1);
    expect(faults(schema, schema.examples?.[0], false)).toEqual([]);
  });

  it('requires every member of an answer', () => {
    const answers = new Set<string>();
    const visit = (node: unknown): void => {
      for (const [, name = ''] of JSON.stringify(node ?? null).matchAll(/#\/components\/schemas\/(\w+)/g)) {
        if (answers.has(name)) continue;
        answers.add(name);
        visit(CONTRACT.components.schemas[name]);
      }
    };
    visit(OPERATIONS.map(({ responses }) => responses));
    visit(CONTRACT.components.responses);
    expect(answers).toContain('TagsAnswer');
    for (const name of answers) {
      const { properties = {}, required = [] } = CONTRACT.components.schemas[name]!;
      expect({ name, required: [...required].sort() }).toEqual({ name, required: Object.keys(properties).sort() });
    }
  });

  it.each(OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
    'has examples of %s that are as its schemas say',
    (_name, operation) => {
      const statuses = Object.keys(operation.responses).map(Number);
      const contents = [operation.requestBody?.content, ...statuses.map((status) => replyOf(operation, status)?.content)];
      for (const [type, { schema, example, examples }] of contents.flatMap((content) => Object.entries(content ?? {}))) {
        const values = [...Object.values(examples ?? {}).map(({ value }) => value), ...(example === undefined ? [] : [example])];
        expect(type === '*/*' ? 1 : values.length).toBeGreaterThan(0);
        for (const value of values) expect(faults(schema, value, true)).toEqual([]);
      }
    },
  );
});

describe('answers as the contract has them', () => {
  const withQuery = OPERATIONS.filter(({ method, path }) => method === 'get' && !path.includes('{'));
  const parameters = withQuery.flatMap((operation) =>
    operation.parameters.map(({ name, schema }) => [operation.operationId, name, schema.examples?.[0], operation] as const),
  );

  it.each(withQuery.map((operation) => [operation.operationId, operation] as const))(
    'come of the example of %s',
    async (_name, operation) => {
      const filledIn = operation.parameters.filter(({ example }) => example !== undefined).map(({ name, example }) => [name, example]);
      expect((await answered(operation, reachable(Object.fromEntries(filledIn), operation))).status).toBe(200);
    },
  );

  it.each(parameters)('come of %s with the example of %s: %j', async (_name, name, example, operation) => {
    const alternatives = [
      ['text', 'url', 'snapshot', 'hex', 'base64'],
      ['selector', 'xpath'],
    ];
    const isOfPage = name === 'selector' || name === 'source';
    const filledIn = operation.parameters.filter(
      (parameter) =>
        parameter.example !== undefined &&
        !alternatives.some((group) => group.includes(name) && group.includes(parameter.name)) &&
        !(isOfPage && parameter.name === 'text'),
    );
    const members = Object.fromEntries(filledIn.map((parameter) => [parameter.name, parameter.example]));
    const value = name === 'snapshot' ? await keptSnapshot(operation) : example;
    const asked = { ...members, ...(isOfPage && { url: 'http://example.com/' }), [name]: value };
    expect((await answered(operation, reachable(asked, operation))).status).toBe(200);
  });

  const bodies = OPERATIONS.flatMap((operation) =>
    Object.entries(operation.requestBody?.content['application/json']?.examples ?? {}).map(
      ([name, { value }]) => [operation.operationId, name, value, operation] as const,
    ),
  );

  // What is changed of a watch or a webhook is tried with one.
  it.each(bodies.filter(([operation]) => operation !== 'patchWatch' && operation !== 'rotateSecret'))(
    'come of %s with the example %s',
    async (_name, _example, value, operation) => {
      expect((await answered(operation, reachable(value, operation))).status).toBe(
        /^post(?:Batches|Crawls)$/.test(operation.operationId) ? 202 : 200,
      );
    },
  );

  // A comparison retrieves anew, a crawl has only begun, and a map is of several: they take no snapshot.
  it.each(bodies.filter(([operation, name]) => name === 'target' && !/^post(?:Compare|Crawls|Map)$/.test(operation)))(
    'come of %s with a snapshot',
    async (_name, _example, value, operation) => {
      const others = Object.entries(value).filter(([member]) => member !== 'url');
      expect((await answered(operation, { ...Object.fromEntries(others), snapshot: await keptSnapshot(operation) })).status).toBe(200);
    },
  );

  it.each([
    ['getFetch', '/romeo.txt', {}],
    ['getFetch', '/cover3.jpg', {}],
    ['getFetch', '/redirect/chain?left=2', {}],
    ['getFetch', '/not-found', {}],
    ['getFetch', '/framing/204', {}],
    ['getFetch', '/framing/duplicates', {}],
    ['getFetch', '/coding/two', {}],
    ['getFetch', '/encoding/conflict', {}],
    ['getFetch', '/encoding/invalid-utf-8', {}],
    ['getFetch', '/no-type/empty', {}],
    ['getHeaders', '/redirect/chain?left=2', {}],
    ['getHeaders', '/framing/odd-reason', {}],
    ['getBody', '/active.html', {}],
    ['getBody', '/cover3.jpg', {}],
    ['getLinks', '/links/kinds', {}],
    ['getLinks', '/links/kinds', { limit: 2 }],
    ['getLinks', '/links/tricky', {}],
    ['getLinks', '/links/base', {}],
    ['getLinks', '/links/none', {}],
    ['getLinks', '/plain.txt', { method: 'regex' }],
    ['getTags', '/tags/table', { tag: '*', limit: 3 }],
    ['getTags', '/xml', { tag: '*' }],
    ['getFeed', '/feed/rss', { limit: 1 }],
    ['getFeed', '/feed/json', {}],
    ['getMetadata', '/feed/page', {}],
    ['getMetadata', '/links/base', {}],
    ['getWordCount', '/romeo.txt', { sort: 'first', limit: 5 }],
    ['getWordCount', '/words', { tokenizer: 'unicode', fold: true }],
  ])('come of %s about %s with %j', async (name, path, members) => {
    expect((await answered(operationOf(name), { url: origin.url + path, ...members })).status).toBe(200);
  });

  it('come of TLS, with its certificate', async () => {
    const secure = await startOrigin({ tls: selfSigned('127.0.0.1') });
    try {
      const members = { url: `${secure.url}/romeo.txt`, insecureTls: true };
      const { body } = await answered(operationOf('getFetch'), members);
      expect(body.exchanges[0].tls.certificate).not.toBeNull();
      await answered(operationOf('getHeaders'), members);
    } finally {
      await secure.close();
    }
  });

  it('come of a snapshot that holds a head alone', async () => {
    const { body } = await answered(operationOf('getHeaders'), { url: `${origin.url}/page1.htm` });
    await answered(operationOf('postHeaders'), { snapshot: body.snapshot });
    expect((await answered(operationOf('getFetch'), { snapshot: body.snapshot })).status).toBe(200);
    expect((await answered(operationOf('getBody'), { snapshot: body.snapshot })).status).toBe(404);
  });

  it.each([
    ['postLinks', { html: '<a href="x">x</a><a href="http://[">y</a>' }],
    ['postLinks', { html: '<a href="x">x</a><a href="y">y</a>', limit: 1 }],
    ['postTags', { html: '', tag: '*' }],
    ['postWordCount', { html: 'one two' }],
    ['postEncode', { text: '' }],
    ['postEncode', { text: '\ud800もし👍🏽', encodings: ['shift_jis'], limit: 2 }],
    ['postDecode', { hex: 'ff fe ff', encoding: 'utf-8' }],
    ['postDecode', { base64: '' }],
  ])('come of %s with %j', async (name, members) => {
    expect((await answered(operationOf(name), members)).status).toBe(200);
  });

  it('come of a batch, its results, its events and its end', async () => {
    const created = operationOf('postBatches');
    const views = { links: { limit: 2 }, metadata: {}, headers: {}, extract: { shape: { title: 'h1' } } };
    const waited = await request(app.url)
      .post('/batches?wait=30')
      .send({ urls: [pageFor(created), 'http://10.0.0.1/'], views, webhook: origin.url });
    expect(waited.status).toBe(200);
    expectAsDocumented(created, waited);
    const { id } = waited.body.batch;
    for (const format of ['csv', 'ndjson', 'html']) {
      expect((await answered(operationOf('getBatchResults'), { id, format })).status).toBe(200);
    }
    const { body: told } = await answered(operationOf('getDeliveries'), { of: id });
    for (const name of ['getDelivery', 'replayDelivery']) {
      expect((await answered(operationOf(name), { id: told.deliveries[0].id })).status).toBe(200);
      expect((await answered(operationOf(name), { id: 'none' })).status).toBe(404);
    }
    const { webhook } = told.deliveries[0];
    expect((await answered(operationOf('rotateSecret'), { id: webhook, gracePeriodS: 60 })).status).toBe(200);
    expect((await answered(operationOf('rotateSecret'), { id: 'none' })).status).toBe(404);
    for (const name of ['getBatch', 'getBatchResults', 'getBatchEvents', 'deleteBatch']) {
      expect((await answered(operationOf(name), { id })).status).toBe(200);
      expect((await answered(operationOf(name), { id: 'none' })).status).toBe(404);
    }
  });

  it('come of a watch, what it finds and its end', async () => {
    const begun = await request(app.url)
      .post('/watches?wait=30')
      .send({
        url: pageFor(operationOf('getLinks')),
        every: 3600,
        assert: [{ path: 'status', op: 'less', value: 200 }],
        webhook: origin.url,
      });
    expectAsDocumented(operationOf('postWatches'), begun);
    const { id } = begun.body;
    for (const [name, members] of [
      ['getWatches', {}],
      ['getWatch', { id }],
      ['getWatchRuns', { id }],
      ['getWatchChanges', { id }],
      ['getWatchEvents', { id, follow: false }],
      ['runWatch', { id }],
      ['patchWatch', { id, paused: true }],
      ['deleteWatch', { id }],
    ] as const) {
      expect((await answered(operationOf(name), members)).status).toBe(200);
    }
    expect((await answered(operationOf('getWatchChanges'), { id })).status).toBe(404);
  });

  it('come of a crawl, its results, its events and its end', async () => {
    const created = operationOf('postCrawls');
    const body = { url: pageFor(created), depth: 1, limit: 3, views: { links: { limit: 2 } } };
    const waited = await request(app.url).post('/crawls?wait=30').send(body);
    expect(waited.status).toBe(200);
    expectAsDocumented(created, waited);
    const { id } = waited.body.crawl;
    const lists = ['Pages', 'Links', 'Broken', 'Redirects', 'Duplicates'].map((list) => `getCrawl${list}`);
    for (const format of ['csv', 'ndjson', 'html']) {
      for (const name of ['getCrawlResults', ...lists]) expect((await answered(operationOf(name), { id, format })).status).toBe(200);
    }
    for (const format of ['graphml', 'dot', 'csv']) expect((await answered(operationOf('getCrawlGraph'), { id, format })).status).toBe(200);
    for (const name of ['getCrawl', 'getCrawlResults', ...lists, 'getCrawlGraph', 'getCrawlEvents', 'deleteCrawl']) {
      expect((await answered(operationOf(name), { id })).status).toBe(200);
      expect((await answered(operationOf(name), { id: 'none' })).status).toBe(404);
    }
  });

  it.each(['getSnapshot', 'getSnapshotHar', 'getSnapshotWarc', 'getSnapshotCurl'])('come of %s', async (name) => {
    expect((await answered(operationOf(name), { id: await keptSnapshot(operationOf(name)) })).status).toBe(200);
    expect((await answered(operationOf(name), { id: 'none' })).status).toBe(404);
  });

  it.each(Object.keys(PROBLEMS))('come of what %s means, to programs and to people', async (code) => {
    expect((await answered(operationOf('getProblem'), { code })).body.code).toBe(code);
    expect((await answered(operationOf('getProblem'), { code }, app, { accept: 'text/html' })).text).toContain(code);
  });

  it('come of all problems as a page', async () => {
    expect((await answered(operationOf('getProblemTypes'), {}, app, { accept: 'text/html' })).text).toContain('INTERNAL');
  });

  it('come of the graph, valid or not, under both media types', async () => {
    const graph = operationOf('postGraphql');
    const accept = { accept: 'application/graphql-response+json' };
    const page = `{ page(url: "${origin.url}/page1.htm") { links { links { url page { status } } } } }`;
    await answered(graph, { query: page, variables: null });
    await answered(graph, { query: page }, app, accept);
    await answered(graph, { query: '{ page(url: "http://10.0.0.1/") { status } }' });
    expect((await answered(graph, { query: '{' })).status).toBe(200);
    expect((await answered(graph, { query: '{' }, app, accept)).status).toBe(400);
    expect((await answered(graph, {})).status).toBe(400);
  });
});

describe('the problems of an operation', () => {
  const TARGETS = ['/body', '/encode', '/fetch', '/headers', '/wire'];
  const DOCUMENTS = OPERATIONS.filter(({ tags }) => tags.includes('Documents')).map(({ path }) => path);
  const SNAPSHOTS = OPERATIONS.map(({ path }) => path).filter((path) => path.startsWith('/snapshots/'));
  const LONG_LISTS = [
    '/batches/{id}/results',
    ...['results', 'pages', 'links', 'broken', 'redirects', 'graph'].map((list) => `/crawls/{id}/${list}`),
  ];

  it.each<[string, string[]]>([
    ['NOT_A_DOCUMENT', [...DOCUMENTS, '/encode']],
    ['PARSE_LIMIT_EXCEEDED', [...DOCUMENTS, ...SNAPSHOTS, ...LONG_LISTS, '/compare', '/decode', '/encode', '/fetch', '/wire']],
    ['INVALID_SELECTOR', ['/encode', '/extract', '/select', '/text']],
    ['SNAPSHOT_NOT_FOUND', [...DOCUMENTS, ...SNAPSHOTS, ...TARGETS]],
    ['NOT_FOUND', ['/problems/{code}']],
    ['TARGET_TIMEOUT', [...DOCUMENTS, ...TARGETS, '/map']],
    ['OVERLOADED', OPERATIONS.map(({ path }) => path).filter((path) => !['/health/live', '/metrics'].includes(path))],
  ])('are %s exactly where it can come', (code, paths) => {
    const { status } = PROBLEMS[code as keyof typeof PROBLEMS];
    const naming = OPERATIONS.filter((operation) => {
      const examples = replyOf(operation, status)?.content?.['application/problem+json']?.examples;
      return Object.keys(examples ?? {}).includes(code);
    });
    expect([...new Set(naming.map(({ path }) => path))].sort()).toEqual([...new Set(paths)].sort());
  });
});

describe('refusals as the contract has them', () => {
  const target = (path: string, members: Members = {}): Members => ({ url: origin.url + path, ...members });

  it.each<[string, () => Members, number]>([
    ...OPERATIONS.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query')).map(
      ({ operationId }): [string, () => Members, number] => [operationId, () => ({ nonsense: 1 }), 400],
    ),
    ...OPERATIONS.filter(({ method, path }) => method === 'post' && path !== '/graphql').map(
      ({ operationId }): [string, () => Members, number] => [operationId, () => ({ nonsense: 1 }), 400],
    ),
    ['getLinks', () => target('/page1.htm', { limit: 0 }), 400],
    ['getFetch', () => ({ url: 'http://10.0.0.1/' }), 403],
    ['postTags', () => ({ url: 'http://example.com:25/' }), 403],
    ['getBody', () => ({ snapshot: 'none' }), 404],
    ['postLinks', () => ({ snapshot: 'none' }), 404],
    ['getProblem', () => ({ code: 'NONE' }), 404],
    ['getProblem', () => ({ code: '%zz' }), 400],
    ['getLinks', () => target('/cover3.jpg'), 422],
    ['postTags', () => target('/plain.txt'), 422],
    ['getWordCount', () => target('/cover3.jpg'), 422],
    ['getEncode', () => target('/cover3.jpg'), 422],
    ['postEncode', () => ({ html: 'x'.repeat(65_537), source: 'raw' }), 422],
    ['getSelect', () => target('/page1.htm', { selector: '[' }), 400],
    ['getText', () => target('/page1.htm', { selector: '[' }), 400],
    ['postEncode', () => target('/page1.htm', { selector: '[' }), 400],
    ['getFetch', () => target('/framing/bad-length'), 502],
    ['postFetch', () => target('/coding/not-gzip'), 502],
    ['getHeaders', () => target('/redirect/loop'), 502],
    ['getBody', () => target('/framing/reset-before-head'), 502],
    ['getFetch', () => target('/big?bytes=2000', { maxBytes: 1000 }), 502],
    ['getFetch', () => target('/framing/silence', { timeoutMs: 200 }), 504],
    ['postLinks', () => target('/page1.htm', { cache: 'only-if-cached' }), 504],
  ])('come of %s: %# is %i', async (name, members, status) => {
    expect((await answered(operationOf(name), members())).status).toBe(status);
  });

  it.each([
    ['postFetch', { url: 'http://example.com/', snapshot: 'x' }],
    ['postLinks', { url: 'http://example.com/', html: '' }],
    ['postLinks', { url: 'http://example.com/', baseUrl: 'http://example.com/' }],
    ['postLinks', {}],
    ['postTags', { html: '', nonsense: 1 }],
    ['postDecode', { hex: '41', base64: 'QQ==' }],
    ['postDecode', {}],
    ['postEncode', { text: 'H', limit: true }],
    ['postEncode', { text: 'H', encodings: [''] }],
    ['postFetch', { url: 'http://example.com/', headers: [{ name: 'a b', value: 'c' }] }],
    ['postFetch', { url: 'http://example.com/', headers: [{ name: 'a', value: 'c', more: 1 }] }],
    ['postFetch', { url: 'http://example.com/', maxRedirects: 21 }],
  ])('come of %s with %j, which the schema refuses, too', async (name, members) => {
    const operation = operationOf(name);
    expect(faults(operation.requestBody?.content['application/json']?.schema ?? {}, members, false)).not.toEqual([]);
    expect((await answered(operation, members)).status).toBe(400);
  });

  it.each(OPERATIONS.filter(({ method }) => method === 'post').map((operation) => [operation.operationId, operation] as const))(
    'come of %s with content that is no JSON',
    async (_name, operation) => {
      const text = await request(app.url).post(operation.path).set('content-type', 'text/plain').send('text');
      expect(text.status).toBe(415);
      expectAsDocumented(operation, text);
      const broken = await request(app.url).post(operation.path).set('content-type', 'application/json').send('{');
      expect(broken.status).toBe(400);
      expectAsDocumented(operation, broken);
    },
  );

  describe('of a server with keys', () => {
    let guarded: TestApp;

    beforeAll(async () => {
      guarded = await startApp({ API_KEYS: KEY });
    });

    afterAll(async () => {
      await guarded.close();
    });

    it.each(OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
      'come of %s without a key, unless it is open to all',
      async (_name, operation) => {
        const ask = async (headers: Record<string, string>): Promise<number> =>
          (await answered(operation, operation.path.includes('{') ? { code: 'INTERNAL' } : {}, guarded, headers)).status;
        expect((await ask({})) === 401).toBe(replyOf(operation, 401) !== undefined);
        expect(await ask({ authorization: `Bearer ${KEY}` })).not.toBe(401);
        expect(await ask({ 'x-api-key': KEY })).not.toBe(401);
      },
    );
  });

  it('come of too many requests, and of too large ones', async () => {
    const strict = await startApp({ RATE_LIMIT_PER_MINUTE: '1', FETCH_MAX_BYTES: '1000' });
    try {
      expect((await answered(operationOf('postEncode'), { text: 'x'.repeat(1_100_000) }, strict)).status).toBe(413);
      expect((await answered(operationOf('getEncode'), { text: 'H' }, strict)).status).toBe(429);
      expect((await answered(operationOf('postGraphql'), { query: '{ __typename }' }, strict)).status).toBe(429);
    } finally {
      await strict.close();
    }
  });

  it('come of a server that has no place left, or is stopping', async () => {
    const small = await startApp({ ALLOW_TARGETS: '127.0.0.1', FETCH_MAX_CONCURRENT: '1', FETCH_QUEUE: '1' });
    try {
      const slow = (number: number): Promise<Response> =>
        answered(operationOf('getFetch'), { url: `${origin.url}/framing/silence?${String(number)}`, timeoutMs: 500 }, small);
      const statuses = (await Promise.all([slow(1), slow(2), slow(3)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([503, 504, 504]);
      const three = {
        url: `${origin.url}/framing/silence`,
        timeoutMs: 500,
        variants: [{}, { acceptLanguage: 'de' }, { acceptLanguage: 'fr' }],
      };
      expect((await answered(operationOf('postCompare'), three, small)).status).toBe(503);
      small.app.get(Readiness).stop();
      expect((await answered(operationOf('getHealthReady'), {}, small)).status).toBe(503);
    } finally {
      await small.close();
    }
  });

  it('come with the rate of the caller, where rates are limited', async () => {
    const strict = await startApp({ RATE_LIMIT_PER_MINUTE: '1' });
    try {
      for (const status of [200, 429]) {
        const answer = await answered(operationOf('getEncode'), { text: 'H' }, strict);
        expect(answer.status).toBe(status);
        const declared = Object.keys(replyOf(operationOf('getEncode'), status)?.headers ?? {});
        const about = ['RateLimit', 'RateLimit-Policy', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
        expect(declared).toEqual(expect.arrayContaining(about));
        expect(Object.keys(answer.headers)).toEqual(expect.arrayContaining(about.map((name) => name.toLowerCase())));
      }
    } finally {
      await strict.close();
    }
  });

  it.each(['getLinks', 'getBody', 'getEncode', 'getOpenapiJson', 'getSnapshot'])('come of %s to who has the answer', async (name) => {
    const operation = operationOf(name);
    const members = name === 'getSnapshot' ? { id: await keptSnapshot(operation) } : name === 'getEncode' ? { text: 'H' } : {};
    const asked = {
      ...members,
      ...(['getLinks', 'getBody'].includes(name) && {
        url: `${origin.url}/cache?cache-control=max-age%3D60&content-type=text%2Fhtml&_of=${name}`,
      }),
    };
    const { headers } = await answered(operation, asked);
    const place = operation.path.replace('{id}', String(asked['id' as keyof typeof asked]));
    const again = await request(app.url)
      .get(place)
      .query(name === 'getSnapshot' ? {} : queryOf(asked))
      .set('if-none-match', String(headers['etag']));
    expect([again.status, again.text]).toEqual([304, '']);
    for (const field of requiredHeaders(replyOf(operation, 304) ?? { description: '' }))
      expect(Object.keys(again.headers)).toContain(field.toLowerCase());
    expect(Object.keys(replyOf(operation, 304)?.headers ?? {})).toEqual(expect.arrayContaining(['ETag', 'X-Request-Id']));
  });

  it.each(['getHealthLive', 'getOpenapiJson', 'getEncode'])('come of %s with a head that is too large', async (name) => {
    const operation = operationOf(name);
    const response = await request(app.url).get(operation.path).set('x-large', 'x'.repeat(20_000));
    expect(response.status).toBe(400);
    expectAsDocumented(operation, response);
  });
});

describe('the contract', () => {
  // The last test: it counts what those before it have compared.
  it('has no operation that was not compared with a real answer', () => {
    expect(OPERATIONS.map(({ operationId }) => operationId).filter((name) => !compared.has(`${name} 200`))).toEqual([]);
  });
});
