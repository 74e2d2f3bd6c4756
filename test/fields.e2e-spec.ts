import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trimmed } from '../src/api/fields.ts';
import { type Answer, startApp, type TestApp } from './support/app.ts';
import type { LinksAnswer, Problem } from './support/contract.ts';
import { CONTRACT, type Operation, operationOf, OPERATIONS, type Schema } from './support/open-api.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

type Members = Record<string, unknown>;

let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
});

afterAll(async () => {
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

function schemaOfAnswer({ responses }: Operation): Schema | undefined {
  return responses['200']?.content?.['application/json']?.schema;
}

function resolved({ $ref, ...schema }: Schema): Schema {
  return $ref === undefined ? schema : (CONTRACT.components.schemas[$ref.replace('#/components/schemas/', '')] ?? {});
}

/** Every operation that answers with a model; probes, the front page, the graph, and what begins or ends a batch have no parameters of this kind. */
const TRIMMABLE = OPERATIONS.filter(
  (operation) =>
    schemaOfAnswer(operation)?.$ref !== undefined &&
    !/^\/(health|graphql|$)/.test(operation.path) &&
    !(/^\/(batches|crawls|webhooks|watches)/.test(operation.path) && operation.method !== 'get'),
);
const OPERATIONS_BY_NAME = TRIMMABLE.map((operation) => [operation.operationId, operation] as const);

function bodySchema({ requestBody }: Operation): Schema {
  return resolved(requestBody?.content['application/json']?.schema ?? {});
}

function fieldsParameter(operation: Operation): Schema | undefined {
  return operation.method === 'post'
    ? bodySchema(operation).properties?.['fields']
    : operation.parameters.find(({ name }) => name === 'fields')?.schema;
}

function exampleOf(operation: Operation): string[] {
  return fieldsParameter(operation)?.examples?.[0] as string[];
}

/** What an operation needs for an answer. */
async function needed({ path }: Operation): Promise<Members> {
  const url = origin.url + (path === '/feed' ? '/feed/rss' : '/links/kinds');
  if (path === '/decode') return { hex: 'e38282' };
  if (path === '/limits' || path === '/problems') return {};
  if (path === '/problems/{code}') return { code: 'NOT_FOUND' };
  if (path === '/compare') return { url, variants: [{}, { userAgent: 'other/1.0' }] };
  if (path === '/snapshots/{id}') return { id: (await app.get<{ snapshot: string }>('/fetch', { url })).json.snapshot };
  if (['/batches', '/crawls', '/watches', '/webhooks/deliveries'].includes(path)) return {};
  if (path.startsWith('/watches/')) return { id: await watch() };
  if (path === '/webhooks/deliveries/{id}') return { id: await delivery() };
  if (path.startsWith('/batches/')) return { id: await batch() };
  if (path.startsWith('/crawls/')) return { id: await crawl() };
  if (path === '/extract') return { url, shape: 'h1' };
  return { url, ...(path === '/select' && { selector: 'a' }), ...(path === '/encode' && { source: 'raw' }) };
}

let known: Promise<string> | null = null;

/** A batch that is finished. */
function batch(): Promise<string> {
  known ??= app
    .send<{ batch: { id: string } }>('/batches?wait=30', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ urls: [`${origin.url}/links/kinds`], views: { links: {}, metadata: {} }, webhook: origin.url }),
    })
    .then(({ json }) => json.batch.id);
  return known;
}

let watched: Promise<string> | null = null;

/** A watch that has looked once. */
function watch(): Promise<string> {
  watched ??= app
    .send<{ id: string }>('/watches?wait=30', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${origin.url}/links/kinds`, every: 3600 }),
    })
    .then(({ json }) => json.id);
  return watched;
}

/** What its webhook was told. */
async function delivery(): Promise<string> {
  await batch();
  const { json } = await app.get<{ deliveries: { id: string }[] }>('/webhooks/deliveries');
  return json.deliveries[0]?.id ?? '';
}

let knownCrawl: Promise<string> | null = null;

/** A crawl that is finished. */
function crawl(): Promise<string> {
  const body = JSON.stringify({ url: `${origin.url}/links/kinds`, limit: 1, views: { links: {}, metadata: {} } });
  knownCrawl ??= app
    .send<{ crawl: { id: string } }>('/crawls?wait=30', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    .then(({ json }) => json.crawl.id);
  return knownCrawl;
}

function ask(operation: Operation, members: Members): Promise<Answer<Members>> {
  const path = operation.path.replace(/\{(\w+)\}/, (_whole, name: string) => String(members[name]));
  const others = Object.fromEntries(Object.entries(members).filter(([name]) => !operation.path.includes(`{${name}}`)));
  if (operation.method === 'post') return app.post(path, members);
  return app.get(
    path,
    Object.fromEntries(Object.entries(others).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)])),
  );
}

/** The names of all that an answer has, lists passed through: the shape without what changes from one retrieval to the next. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

describe('fields', () => {
  it('are a parameter of many operations', () => {
    expect(TRIMMABLE.length).toBeGreaterThan(20);
  });

  it.each(OPERATIONS_BY_NAME)('are a parameter of %s, with an example of its own answer', async (_name, operation) => {
    expect(exampleOf(operation)).toEqual(expect.arrayContaining([expect.any(String)]));
    const members = await needed(operation);
    const [whole, part] = [await ask(operation, members), await ask(operation, { ...members, fields: exampleOf(operation) })];
    expect([whole.status, part.status]).toEqual([200, 200]);
    expect(shapeOf(part.json)).toEqual(shapeOf(trimmed(whole.json, exampleOf(operation))));
    expect(Object.keys(part.json)).not.toEqual([]);
  });

  it.each(OPERATIONS_BY_NAME)('of %s may be each member of its answer, alone', async (_name, operation) => {
    const members = await needed(operation);
    for (const member of Object.keys(resolved(schemaOfAnswer(operation) ?? {}).properties ?? {})) {
      const { status, json } = await ask(operation, { ...members, fields: [member] });
      expect([member, status, Object.keys(json)]).toEqual([member, 200, [member]]);
    }
  });

  it.each(OPERATIONS_BY_NAME)('of %s that are not there are refused by name, with those that are', async (_name, operation) => {
    const [first = ''] = Object.keys(resolved(schemaOfAnswer(operation) ?? {}).properties ?? {});
    const { status, json } = await ask(operation, { ...(await needed(operation)), fields: [first, 'nonsense', `${first}.deeper`] });
    const { code, errors } = json as unknown as Problem;
    expect([status, code, errors.map(({ parameter }) => parameter)]).toEqual([400, 'INVALID_REQUEST', ['fields']]);
    expect(errors[0]?.message).toMatch(new RegExp(`^names "nonsense", which is not there: the answer has .*\\b${first}\\b`));
    expect(errors[0]?.message).toContain(`names "${first}.deeper", but ${first} has no members`);
  });

  it.each(
    OPERATIONS.filter((operation) => operation.method === 'post' && TRIMMABLE.includes(operation)).map(({ operationId }) => operationId),
  )('of %s in JSON are a list, and not text with commas', async (name) => {
    const operation = operationOf(name);
    const { status, json } = await ask(operation, { ...(await needed(operation)), fields: 'url' });
    expect([status, (json as unknown as Problem).errors[0]?.parameter]).toEqual([400, 'fields']);
  });

  it('are 200 at most', async () => {
    const most = Array.from({ length: 200 }, () => 'links.position.line');
    expect((await app.post<unknown>('/links', { html: '<a href=x>', fields: most })).text).toBe('{"links":[{"position":{"line":1}}]}');
    const { status, json } = await app.post<Problem>('/links', { html: '', fields: Array.from({ length: 201 }, () => 'nonsense') });
    expect([status, json.errors]).toEqual([400, [{ parameter: 'fields', message: 'must be a list of at most 200' }]]);
  });

  it('are refused beside what else is wrong, all at once', async () => {
    const { json } = await app.get<Problem>('/links', { url: origin.url, fields: 'linkz', limit: 0, colour: 'red' });
    expect(json.errors.map(({ parameter }) => parameter).sort()).toEqual(['colour', 'fields', 'limit']);
  });

  it('are for what has any parameters alone: bytes and texts have none', async () => {
    for (const path of ['/body', '/wire']) {
      const { status, json } = await app.get<Problem>(path, { url: origin.url, fields: 'url' });
      expect([path, status, json.errors[0]?.parameter]).toEqual([path, 400, 'fields']);
    }
  });
});

describe('an answer trimmed by fields', () => {
  const url = (): string => `${origin.url}/links/kinds`;

  it('has them in its own order, of every entry of a list', async () => {
    const { text } = await app.get<unknown>('/links', { url: url(), limit: 2, fields: 'links.position.line,links.href,total' });
    expect(text).toBe(
      '{"total":11,"links":[{"href":"inside.html","position":{"line":3}},{"href":"https://elsewhere.example/x?y=1","position":{"line":4}}]}',
    );
  });

  it('has total and next where they are asked for, and next keeps the fields', async () => {
    const first = await app.get<LinksAnswer>('/links', { url: url(), limit: 4, fields: 'next,links.href' });
    expect(Object.keys(first.json)).toEqual(['next', 'links']);
    const second = await app.send<LinksAnswer>(first.json.next ?? '', {});
    expect(Object.keys(second.json)).toEqual(['next', 'links']);
    expect(second.json.links.map(({ href }) => href)).toContain('tel:+123');
    const posted = await app.post<LinksAnswer>('/links', { url: url(), limit: 4, fields: ['next', 'links.href'] });
    expect(Object.keys((await app.send<LinksAnswer>(posted.json.next ?? '', {})).json)).toEqual(['next', 'links']);
  });

  it.each([
    ['GET', () => app.get<{ next: string }>('/encode', { text: 'HTTP', limit: 1, fields: 'next' })],
    ['POST', () => app.post<{ next: string }>('/encode', { text: 'HTTP', limit: 1, fields: ['next'] })],
  ])('keeps them in the next URL of a text sent by %s, too', async (_verb, send) => {
    const { json } = await send();
    expect(Object.keys((await app.send<Members>(json.next, {})).json)).toEqual(['next']);
  });

  it('is of a document that was sent as well, and of parts that are large', async () => {
    const html = '<p>x</p>'.repeat(1000);
    const sent = await app.post<unknown>('/tags', { html, tag: 'p', limit: 1, fields: ['snapshot', 'tags.name'] });
    expect(sent.text).toBe('{"snapshot":null,"tags":[{"name":"p"}]}');
    expect((await app.post<unknown>('/tags', { html, tag: 'p', fields: ['total'] })).text).toBe('{"total":1000}');
    expect((await app.post<unknown>('/tags', { html, tag: 'p', fields: ['url'] })).text).toBe('{"url":null}');
  });

  it('is judged by the limit as it is then, and not as the whole would be', async () => {
    const html = '<div>'.repeat(1900) + '<p>x</p>'.repeat(20_000);
    const whole = await app.post<Problem>('/tags', { html, tag: 'div' });
    expect([whole.status, whole.json.code]).toEqual([422, 'PARSE_LIMIT_EXCEEDED']);
    const { status, json } = await app.post<{ tags: unknown[] }>('/tags', { html, tag: 'div', fields: ['tags.name'] });
    expect([status, json.tags.length, json.tags[0]]).toEqual([200, 1900, { name: 'div' }]);
  });

  it('goes as deep as one likes into JSON that a page has', async () => {
    const html = '<script type="application/ld+json">{"@type":"Article","author":[{"name":"A","age":1},"B"],"__proto__":{"x":1}}</script>';
    const { text } = await app.post<unknown>('/metadata', { html, fields: ['jsonLd.value.author.name', 'jsonLd.value.__proto__'] });
    expect(text).toBe('{"jsonLd":[{"value":{"author":[{"name":"A"},"B"],"__proto__":{"x":1}}}]}');
  });

  it('has of a large snapshot what is asked for', async () => {
    const { text } = await app.get<unknown>('/fetch', { url: `${origin.url}/big?bytes=300000`, fields: 'status,body.bytes' });
    expect(text).toBe('{"status":200,"body":{"bytes":300000}}');
  });

  it('has the columns of a table that are asked for', async () => {
    const csv = await app.get<unknown>('/links', { url: url(), limit: 1, format: 'csv', fields: 'total,links.position.line,links.href' });
    expect(csv.text).toBe('href,position.line\r\ninside.html,3\r\n');
    const lines = await app.get<unknown>('/links', { url: url(), limit: 1, format: 'ndjson', fields: 'links.href' });
    expect(lines.text).toBe('{"href":"inside.html"}\n');
    expect(lines.headers.get('link')).toMatch(/fields=links\.href/);
    const none = await app.get<Problem>('/links', { url: url(), format: 'csv', fields: 'total' });
    expect([none.status, none.json.errors[0]?.parameter]).toEqual([400, 'fields']);
  });

  it('is JSON: of a bare text there is nothing to choose', async () => {
    const { status, json } = await app.get<Problem>('/text', { url: url(), format: 'text', fields: 'text' });
    expect([status, json.errors[0]?.parameter]).toEqual([400, 'fields']);
  });

  it('leaves problems whole', async () => {
    const { status, json } = await app.get<Problem>('/links', { url: `${origin.url}/image.png`, fields: 'total' });
    expect([status, json.code, json.title]).toEqual([422, 'NOT_A_DOCUMENT', expect.any(String)]);
    const compared = await app.post<unknown>('/compare', {
      url: `${origin.url}/framing/reset-before-head`,
      variants: [{}, {}],
      fields: ['variants.problem.code'],
    });
    expect(compared.text).toBe('{"variants":[{"problem":{"code":"CONNECTION_RESET"}},{"problem":{"code":"CONNECTION_RESET"}}]}');
  });
});
