import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SelectAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('/select', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '1000' });
  });

  afterAll(() => retrieval.close());

  const HTML = '<ul><li><a href="/1">One</a><li><a href="/2">Two</a><li>Three</ul>';

  it('finds the same by selector and by XPath, at a URL and in its snapshot', async () => {
    const url = `${retrieval.origin.url}/page1.htm`;
    const bySelector = (await retrieval.app.get<SelectAnswer>('/select', { url, selector: 'p a' })).json;
    expect(bySelector).toMatchObject({
      selector: 'p a',
      xpath: null,
      total: 1,
      values: [],
      elements: [{ name: 'a', text: 'Second Page' }],
    });
    const { snapshot } = bySelector;
    const byXPath = (await retrieval.app.get<SelectAnswer>('/select', { snapshot, xpath: '//p//a' })).json;
    expect(byXPath).toMatchObject({ snapshot, selector: null, xpath: '//p//a', total: 1, elements: bySelector.elements });
  });

  it('gives what an XPath finds besides elements as values, and the values of an attribute', async () => {
    const byXPath = await retrieval.app.post<SelectAnswer>('/select', { html: HTML, xpath: '//a/@href | //li[last()]' });
    expect(byXPath.json).toMatchObject({ total: 3, values: ['/1', '/2'], elements: [{ text: 'Three' }] });
    const bySelector = await retrieval.app.post<SelectAnswer>('/select', { html: HTML, selector: 'li > *', attr: 'href' });
    expect(bySelector.json).toMatchObject({ total: 2, values: ['/1', '/2'], elements: [{ name: 'a' }, { name: 'a' }] });
  });

  it('pages through what an XPath finds', async () => {
    const url = `${retrieval.origin.url}/links/many?n=5`;
    const first = (await retrieval.app.get<SelectAnswer>('/select', { url, xpath: '//a/@href', limit: 2, offset: 2 })).json;
    expect([first.total, first.values.length, first.elements]).toEqual([5, 2, []]);
    const second = (await retrieval.app.get<SelectAnswer>(first.next ?? '')).json;
    expect([second.total, second.values.length, second.next]).toEqual([5, 1, null]);
  });

  it('is the same over GraphQL', async () => {
    const { json } = await retrieval.app.graphql(
      `query ($url: String!) { page(url: $url) {
        title: select(xpath: "//h1/text()") { xpath selector total values elements { name } }
        links: select(selector: "a", attr: "href") { values elements { text } }
        none: select { total }
      } }`,
      { url: `${retrieval.origin.url}/page1.htm` },
    );
    expect(json).toMatchObject({
      data: {
        page: {
          title: { xpath: '//h1/text()', selector: null, total: 1, values: ['The First Page'], elements: [] },
          links: { values: ['http://data.pr4e.org/page2.htm'], elements: [{ text: 'Second Page' }] },
          none: null,
        },
      },
      errors: [{ path: ['page', 'none'], extensions: { code: 'INVALID_REQUEST' } }],
    });
  });

  it.each([
    [{}, 'INVALID_REQUEST', 'selector'],
    [{ selector: 'a', xpath: '//a' }, 'INVALID_REQUEST', 'xpath'],
    [{ xpath: '//a', attr: 'href' }, 'INVALID_REQUEST', 'attr'],
    [{ selector: 'a[' }, 'INVALID_SELECTOR', 'selector'],
    [{ xpath: '//a[' }, 'INVALID_SELECTOR', 'xpath'],
    [{ xpath: 'doc("file:///etc/passwd")' }, 'INVALID_SELECTOR', 'xpath'],
    [{ xpath: '' }, 'INVALID_REQUEST', 'xpath'],
  ])('refuses %j with %s', async (query, code, parameter) => {
    const { status, json } = await retrieval.app.post<Problem>('/select', { html: HTML, ...query });
    expect([status, json.code, json.errors.map((error) => error.parameter)]).toEqual([400, code, [parameter]]);
  });

  it('answers whoever traces, and the next one', async () => {
    for (const label of ['{"kind":"answer"}', '\u0001\n']) {
      const { json } = await retrieval.app.post<SelectAnswer>('/select', { html: HTML, xpath: `trace(count(//li), '${label}')` });
      expect(json.values).toEqual([3]);
    }
  });

  it.each([
    'count(1 to 1000000000)',
    '1 to 1000000000',
    '//*[.//*[.//*[.//*[.//q]]]]',
    'for $a in //*, $b in //*, $c in //* return 1',
    'fold-left(1 to 100000, "x", function($a, $b) { concat($a, $a) })',
    `${'('.repeat(490)}1${')'.repeat(490)}`,
    `//${'*['.repeat(240)}1${']'.repeat(240)}`,
    `1${'+1'.repeat(490)}`,
    `${'not('.repeat(190)}1${')'.repeat(190)}`,
    'matches(string-join((1 to 5000) ! "a", ""), "^(a|aa|a?)*$x")',
  ])(
    'is searched for XPath %# in time, or it is said why not',
    async (xpath) => {
      const { status, json } = await retrieval.app.post<Problem>('/select', { html: '<p>'.repeat(4000), xpath, limit: 1 });
      if (status !== 200) expect(['PARSE_LIMIT_EXCEEDED', 'INVALID_SELECTOR']).toContain(json.code);
    },
    30_000,
  );
});
