import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExtractAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

/** Each example of the documentation: its name, the document, the shape and the answer. */
const EXAMPLES = [
  ...readFileSync(new URL('../docs/extract.md', import.meta.url), 'utf8').matchAll(
    /^## (\d+\. .+)\n\n```html\n([^]*?)```\n\n```json\n([^]*?)```\n\n```json\n([^]*?)```\n/gm,
  ),
].map(([, name = '', html = '', shape = '', answer = '']) => ({
  name,
  html,
  shape: JSON.parse(shape) as unknown,
  answer: JSON.parse(answer) as unknown,
}));

const GRAPH = `query ($url: String!, $shape: JSON!) {
  page(url: $url) { status extract(shape: $shape) { data missed misses { pointer reason message } } }
}`;

describe('/extract', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '1000' });
  });

  afterAll(() => retrieval.close());

  const SHAPE = { title: 'h1', links: [{ _: 'a', text: '.', to: { $: '.', type: 'url' } }], missing: 'h2' };
  const FILLED = {
    data: { title: 'The First Page', links: [{ text: 'Second Page', to: 'http://data.pr4e.org/page2.htm' }], missing: null },
    missed: 1,
    misses: [{ pointer: '/missing', reason: 'no-match', message: 'nothing is found by "h2"' }],
  };

  it('is documented with ten examples', () => {
    expect(EXAMPLES.map(({ name }) => parseInt(name, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(EXAMPLES)('answers as documented: $name', async ({ html, shape, answer }) => {
    const request = { html, baseUrl: 'https://shop.example/new/', shape, fields: ['data', 'missed', 'misses'] };
    const { status, text } = await retrieval.app.post('/extract', request);
    // The order of members, too.
    expect([status, text]).toEqual([200, JSON.stringify(answer)]);
  });

  it('fills a shape from a URL, from its snapshot and from a document of the caller, and says where it comes from', async () => {
    const url = `${retrieval.origin.url}/page1.htm`;
    const { status, json } = await retrieval.app.post<ExtractAnswer>('/extract', { url, shape: SHAPE });
    expect([status, json]).toEqual([
      200,
      {
        snapshot: expect.any(String),
        url,
        finalUrl: url,
        status: 200,
        fetchedAt: expect.any(String),
        insecureTls: false,
        cache: expect.objectContaining({ status: 'miss' }),
        ...FILLED,
      },
    ]);
    const again = await retrieval.app.post<ExtractAnswer>('/extract', { snapshot: json.snapshot, shape: SHAPE });
    expect(again.json).toMatchObject({ snapshot: json.snapshot, ...FILLED });
    const html = '<h1>The First Page</h1><a href="page2.htm">Second Page</a>';
    const inline = await retrieval.app.post<ExtractAnswer>('/extract', { html, baseUrl: 'http://data.pr4e.org/', shape: SHAPE });
    expect(inline.json).toMatchObject({ snapshot: null, url: null, status: null, ...FILLED });
  });

  it('is the same over GraphQL, by variable and written out', async () => {
    const url = `${retrieval.origin.url}/page1.htm`;
    const misses = FILLED.misses.map((miss) => ({ ...miss, reason: 'NO_MATCH' }));
    const byVariable = await retrieval.app.graphql(GRAPH, { url, shape: SHAPE });
    expect(byVariable.json.data).toEqual({ page: { status: 200, extract: { ...FILLED, misses } } });
    const written = `query ($url: String!, $css: String) {
      page(url: $url) { extract(shape: { title: $css, constructor: "h1", all: [{ _: "a", href: "@href" }], a: ["h1"] }) { data } }
    }`;
    expect((await retrieval.app.graphql(written, { url, css: 'h1' })).json).toEqual({
      extensions: expect.anything(),
      data: {
        page: {
          extract: {
            data: {
              title: 'The First Page',
              constructor: 'The First Page',
              all: [{ href: 'http://data.pr4e.org/page2.htm' }],
              a: ['The First Page'],
            },
          },
        },
      },
    });
  });

  it('gives the graph a list whole, however long it is', async () => {
    const html = '<p>x'.repeat(2000);
    const { json } = await retrieval.app.graphql(
      'query ($html: String!, $shape: JSON!) { document(html: $html) { extract(shape: $shape) { data missed } } }',
      { html, shape: ['p'] },
    );
    expect(json.data).toEqual({ document: { extract: { data: Array.from({ length: 2000 }, () => 'x'), missed: 0 } } });
  });

  it.each([
    [{ items: [{ _: 'li', href: 'a[' }] }, 'INVALID_SELECTOR', ['shape/items/0/href']],
    [{ a: 'b[', c: { $: 'd', type: 'e' }, f: [] }, 'INVALID_REQUEST', ['shape/a', 'shape/c/type', 'shape/f']],
    [{ a: { $: 'b', match: '(?=c)' } }, 'INVALID_REQUEST', ['shape/a/match']],
    [7, 'INVALID_REQUEST', ['shape']],
    ['', 'INVALID_SELECTOR', ['shape']],
  ])('says what is wrong with the shape %j, and where', async (shape, code, parameters) => {
    const url = `${retrieval.origin.url}/page1.htm`;
    for (const target of [{ url }, { html: '<p>' }]) {
      const { status, json } = await retrieval.app.post<Problem>('/extract', { ...target, shape });
      expect([status, json.code, json.errors.map(({ parameter }) => parameter)]).toEqual([400, code, parameters]);
      for (const { parameter, message } of json.errors) expect(json.detail).toContain(`${parameter}: ${message}`);
    }
    const { json } = await retrieval.app.graphql<{ extract: null }>(GRAPH, { url, shape });
    expect(json.data).toEqual({ page: { status: 200, extract: null } });
    expect(json.errors).toMatchObject([
      { path: ['page', 'extract'], extensions: { code, problem: { status: 400, errors: parameters.map((parameter) => ({ parameter })) } } },
    ]);
  });

  it.each([
    [{ shape: null }, 'shape'],
    [{}, 'shape'],
    [{ shape: 'a'.repeat(100_000) }, 'shape'],
    [{ shape: 'h1', limit: 1 }, 'limit'],
    [{ shape: 'h1', selector: 'h1' }, 'selector'],
    [{ shape: 'h1', url: 'http://example.com/' }, 'html'],
  ])('refuses %j', async (members, parameter) => {
    const { status, json } = await retrieval.app.post<Problem>('/extract', { html: '<p>', ...members });
    expect([status, json.code, json.errors.map((error) => error.parameter)]).toEqual([400, 'INVALID_REQUEST', [parameter]]);
  });

  it('takes names for names, whatever else programs know them as', async () => {
    const names = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '0', '', 'a.b', '$x', '__', 'é'];
    const shape = Object.fromEntries(names.map((name) => [name, 'h1']));
    const deeper = { ...shape, within: { ...shape, c: { $: null, constant: shape } } };
    const { json } = await retrieval.app.post<ExtractAnswer>('/extract', { html: '<h1>A</h1>', shape: deeper });
    const filled = Object.fromEntries(names.map((name) => [name, 'A']));
    expect(json.data).toEqual({ ...filled, within: { ...filled, c: shape } });
  });

  it('has no member __proto__, over either face', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = '{"html": "<h1>A", "shape": {"a": {"__proto__": "h1"}}}';
    const rest = await retrieval.app.send<Problem>('/extract', { method: 'POST', headers, body });
    expect([rest.status, rest.json.code]).toEqual([400, 'INVALID_REQUEST']);
    const query = `query ($url: String!) { page(url: $url) { extract(shape: { a: { __proto__: "h1" } }) { data } } }`;
    const { json } = await retrieval.app.graphql(query, { url: `${retrieval.origin.url}/page1.htm` });
    expect(json.errors).toMatchObject([{ extensions: { problem: { errors: [{ parameter: 'shape/a/__proto__' }] } } }]);
  });

  it.each([33, 3000, 9000])('refuses a shape of %d levels, over either face', async (depth) => {
    const text = `${'['.repeat(depth)}"a"${']'.repeat(depth)}`;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"html": "<p>", "shape": ${text}}` };
    expect(await retrieval.app.send<Problem>('/extract', init)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } });
    const query = `query ($url: String!) { page(url: $url) { extract(shape: ${text}) { data } } }`;
    const { json } = await retrieval.app.graphql(query, { url: `${retrieval.origin.url}/page1.htm` });
    expect(json.errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST' } }]);
  });

  it('is of documents alone', async () => {
    const { status, json } = await retrieval.app.post<Problem>('/extract', { url: `${retrieval.origin.url}/plain.txt`, shape: '[' });
    expect([status, json.code]).toEqual([422, 'NOT_A_DOCUMENT']);
  });

  it('has no GET', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/extract', { url: `${retrieval.origin.url}/page1.htm`, shape: 'h1' });
    expect([status, json.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });

  it.each([
    ['everything within everything', [{ _: '*', all: [{ _: '*', text: '.' }] }]],
    ['the text of everything', [{ _: '*', text: '.' }]],
    ['the markup of everything', [{ _: '*', html: { $: '.', type: 'html' } }]],
    ['numbers of everything', [{ _: '*', n: { $: '.', type: 'number' } }]],
    ['an expression for everything', [{ _: '*', m: { $: '.', match: '(a|aa)+(x{1,100})*$' } }]],
    ['XPath of everything', [{ _: 'xpath://*', all: ['xpath:.//*[.//*]'] }]],
    ['a selector that goes back', ['div:has(div:has(div:has(div:has(q))))']],
    ['alternatives of nothing', [{ _: '*', a: { $: Array.from({ length: 20 }, () => 'q:has(* *)') } }]],
  ])(
    'fills %s in time, or says why not',
    async (_name, shape) => {
      for (const html of ['<div>a'.repeat(1900), '<p>aaaa 1 2</p>'.repeat(20_000), `<p>${'a'.repeat(2_000_000)}`]) {
        const { status, json } = await retrieval.app.post<Problem>('/extract', { html, shape });
        if (status !== 200) expect([status, json.code]).toEqual([422, 'PARSE_LIMIT_EXCEEDED']);
      }
    },
    60_000,
  );
});
