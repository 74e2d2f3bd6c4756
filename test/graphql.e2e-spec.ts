import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.ts';
import { type FetchAnswer, type Problem, PROBLEM_MEMBERS } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

/** Members whose words GraphQL spells as constants: `PARSER` is `parser` in JSON. */
const WORDS = new Set(['kind', 'source', 'baseSource', 'tokenizer']);

/** A GraphQL answer with its constants as REST spells them. */
function asRest(value: unknown, member = ''): unknown {
  if (typeof value === 'string') return WORDS.has(member) ? value.toLowerCase().replaceAll('_', '-') : value;
  if (Array.isArray(value)) return value.map((item: unknown) => asRest(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asRest(inner, name)]));
}

describe('GraphQL', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  function url(path: string): string {
    return retrieval.origin.url + path;
  }

  describe('retrieves once', () => {
    it('however many fields and aliases ask for one URL', async () => {
      const path = '/counter?of=aliases';
      const { status, json } = await retrieval.app.graphql<Record<string, unknown>>(
        `query ($url: String!) {
          a: page(url: $url) { status headers { name } body { text } wordCount { total } }
          b: page(url: $url) { finalUrl body { text } exchanges { status } }
          c: page(url: $url) { snapshot wordCount { words { word } } }
        }`,
        { url: url(path) },
      );
      expect(status).toBe(200);
      expect(json.errors).toBeUndefined();
      expect(json.data).toMatchObject({ a: { body: { text: '1' } }, b: { body: { text: '1' } } });
      expect(retrieval.origin.requests.filter(({ target }) => target === path)).toHaveLength(1);
    });

    it('for a link that leads to a page already asked for', async () => {
      const before = retrieval.origin.requestsFor('/page2.htm').length;
      const { json } = await retrieval.app.graphql<{ page: { links: { links: unknown[] } } }>(
        `query ($url: String!) {
          page(url: $url) { links { links { url page { status links { links { url page { status } } } } } } }
          same: page(url: $url) { status }
        }`,
        { url: url('/links/to-page2') },
      );
      expect(json).toEqual({
        extensions: expect.anything(),
        data: {
          page: {
            links: {
              links: [
                { url: url('/page2.htm'), page: { status: 200, links: { links: [{ url: url('/page1.htm'), page: { status: 200 } }] } } },
              ],
            },
          },
          same: { status: 200 },
        },
      });
      expect(retrieval.origin.requestsFor('/page2.htm').length - before).toBe(1);
    });

    it('and not at all for a snapshot', async () => {
      const { snapshot } = await retrieval.fetched('/page1.htm?for-graphql', { cache: 'reload' });
      const before = retrieval.origin.requests.length;
      const { json } = await retrieval.app.graphql('query ($id: String!) { page(snapshot: $id) { status links { total } } }', {
        id: snapshot,
      });
      expect(json).toEqual({ extensions: expect.anything(), data: { page: { status: 200, links: { total: 1 } } } });
      expect(retrieval.origin.requests).toHaveLength(before);
    });
  });

  describe('filters and pages', () => {
    it('takes the arguments of section 3 of the contract', async () => {
      const { json } = await retrieval.app.graphql(
        `query ($url: String!) {
          page(url: $url) {
            headers(name: "content-type") { name value }
            links(kind: EXTERNAL, limit: 10) { total links { url text } }
            tags(tag: "a", limit: 1) { total tags { attribute(name: "HREF") missing: attribute(name: "nope") text } }
            wordCount(limit: 1) { words { word count } }
          }
        }`,
        { url: url('/page1.htm') },
      );
      expect(json).toEqual({
        extensions: expect.anything(),
        data: {
          page: {
            headers: [{ name: 'Content-Type', value: 'text/html' }],
            links: { total: 1, links: [{ url: 'http://data.pr4e.org/page2.htm', text: 'Second Page' }] },
            tags: { total: 1, tags: [{ attribute: 'http://data.pr4e.org/page2.htm', missing: null, text: 'Second Page' }] },
            wordCount: { words: [{ word: 'you', count: 2 }] },
          },
        },
      });
    });

    it('encodes and decodes', async () => {
      const { json } = await retrieval.app.graphql(
        '{ encode(text: "もしもし") { characters { codePoint utf8 } } decode(base64: "44KC") { text encoding replacements firstInvalidOffset } }',
      );
      expect(json).toEqual({
        extensions: expect.anything(),
        data: {
          encode: {
            characters: [
              { codePoint: 'U+3082', utf8: 'e38282' },
              { codePoint: 'U+3057', utf8: 'e38197' },
              { codePoint: 'U+3082', utf8: 'e38282' },
              { codePoint: 'U+3057', utf8: 'e38197' },
            ],
          },
          decode: { text: 'も', encoding: 'UTF-8', replacements: 0, firstInvalidOffset: null },
        },
      });
    });
  });

  describe('answers as REST does', () => {
    it.each(['/page1.htm', '/docs', '/links/kinds', '/links/tricky', '/redirect/302', '/not-found', '/encoding/shift_jis'])(
      'about %s, member by member',
      async (path) => {
        const { snapshot } = await retrieval.fetched(path);
        const [whole, links, tags, words] = await Promise.all(
          ['/fetch', '/links', '/tags', '/wordcount'].map((endpoint) => retrieval.app.get<Record<string, unknown>>(endpoint, { snapshot })),
        );
        const position = 'position { index line column offset }';
        const element = `name html attributes { name value } text contents ${position}`;
        const isText = links?.status !== 200;
        const { json } = await retrieval.app.graphql<{ page: Record<string, unknown> }>(
          `query ($id: String!) {
            page(snapshot: $id) {
              snapshot url finalUrl status statusText ok redirected fetchedAt
              headers { name value }
              exchanges { url method httpVersion status statusText requestHeaders { name value } headers { name value } headerBytes remote { address port } }
              body {
                mediaType contentEncoding transferBytes bytes sha256 truncated text base64
                encoding { name source candidates { source label offset } conflict replacements }
              }
              wordCount { tokenizer source fold total distinct words { word count } }
              ${isText ? '' : `links { baseUrl baseSource total links { href url text element rel title kind ${position} } } tags { total tags { ${element} } }`}
            }
          }`,
          { id: snapshot },
        );
        expect(json.errors).toBeUndefined();
        const page = asRest(json.data?.page ?? {}) as Record<string, unknown>;
        const { exchanges, body, wordCount, links: pageLinks, tags: pageTags, ...rest } = page;
        expect(whole?.json).toMatchObject({ ...rest, exchanges, body });
        expect(words?.json).toMatchObject(wordCount as Record<string, unknown>);
        if (isText) return;
        expect(links.json).toMatchObject(pageLinks as Record<string, unknown>);
        expect(tags?.json).toMatchObject(pageTags as Record<string, unknown>);
        expect((links.json['links'] as unknown[]).length).toBe((pageLinks as { total: number }).total);
      },
    );
  });

  describe('reports failures', () => {
    it.each(['/framing/short', '/coding/not-gzip', '/redirect/loop', '/redirect/private', '/framing/garbage'])(
      'of %s with the problem that REST answers',
      async (path) => {
        const viaRest = await retrieval.refused(path);
        const { status, json } = await retrieval.app.graphql('query ($url: String!) { page(url: $url) { status } }', { url: url(path) });
        expect(status).toBe(200);
        expect(json.data).toEqual({ page: null });
        expect(json.errors).toHaveLength(1);
        const [error] = json.errors ?? [];
        expect(error?.path).toEqual(['page']);
        expect(error?.extensions.code).toBe(viaRest.code);
        const problem = error?.extensions.problem as Problem;
        expect(Object.keys(problem).sort()).toEqual(PROBLEM_MEMBERS);
        // The exchanges of two retrievals differ in their timings.
        const known = { requestId: '', exchanges: viaRest.exchanges.length };
        expect({ ...problem, ...known, exchanges: problem.exchanges.length }).toEqual({ ...viaRest, ...known });
      },
    );

    it('of one view and answers the others', async () => {
      const { json } = await retrieval.app.graphql<{ page: unknown }>(
        'query ($url: String!) { page(url: $url) { status links { total } body { bytes } } other: page(url: "nonsense") { status } }',
        { url: url('/cover3.jpg') },
      );
      expect(json.data).toEqual({ page: { status: 200, links: null, body: { bytes: 230_210 } }, other: null });
      expect(json.errors?.map(({ extensions }) => extensions.code).sort()).toEqual(['INVALID_REQUEST', 'NOT_A_DOCUMENT']);
    });

    it('with the parameter at fault', async () => {
      const wrong = {
        hex: '{ decode(hex: "zz") { text } }',
        maxRedirects: '{ page(url: "http://example.com/", maxRedirects: 99) { status } }',
      };
      for (const [parameter, query] of Object.entries(wrong)) {
        const { json } = await retrieval.app.graphql(query);
        const problems = json.errors?.map(({ extensions }) => extensions.problem as Problem);
        expect(problems).toMatchObject([{ code: 'INVALID_REQUEST', status: 400, errors: [{ parameter }] }]);
      }
    });

    it.each([
      ['{ nonsense', 'a syntax error'],
      ['{ nothing }', 'an unknown field'],
      ['{ page }', 'a missing selection'],
      ['query ($n: Int!) { page(url: "http://example.com/") { links(limit: $n) { total } } }', 'a missing variable'],
      ['', 'no query at all'],
    ])('in %j without a stack, and with a code', async (query) => {
      const { json, text } = await retrieval.app.graphql(query);
      expect(json.errors?.length).toBeGreaterThan(0);
      for (const { extensions } of json.errors ?? []) {
        expect(extensions.code).toEqual(expect.any(String));
        expect(extensions.stacktrace).toBeUndefined();
      }
      expect(text).not.toMatch(/node_modules|\.ts:\d|\.js:\d|\bat .*\(/);
    });
  });

  describe('keeps within its limits', () => {
    it('does not answer what is nested too deeply', async () => {
      const before = retrieval.origin.requests.length;
      const nested = '{ links { links { page '.repeat(8) + '{ status }' + ' } } }'.repeat(8);
      const { json } = await retrieval.app.graphql(`query ($url: String!) { page(url: $url) ${nested} }`, { url: url('/page2.htm') });
      expect(json.errors?.length).toBeGreaterThan(0);
      expect(json.data ?? null).toBeNull();
      expect(retrieval.origin.requests).toHaveLength(before);
    });

    it('still answers introspection', async () => {
      const { json } = await retrieval.app.graphql<{ __schema: { queryType: { fields: { name: string }[] } } }>(
        '{ __schema { queryType { fields { name args { name type { name ofType { name ofType { name } } } } } } } }',
      );
      expect(json.data?.__schema.queryType.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['page', 'encode', 'decode']));
    });

    it('retrieves no more pages than its budget allows, and says so of the rest', async () => {
      const app = await startApp({ ALLOW_TARGETS: '127.0.0.1', GRAPHQL_MAX_RETRIEVALS: '2' });
      try {
        const before = retrieval.origin.requests.length;
        const fields = [1, 2, 3, 4].map((n) => `p${String(n)}: page(url: "${url(`/plain.txt?budget=${String(n)}`)}") { status }`);
        const again = `again: page(url: "${url('/plain.txt?budget=1')}") { status }`;
        const { status, json } = await app.graphql<Record<string, Pick<FetchAnswer, 'status'> | null>>(`{ ${fields.join(' ')} ${again} }`);
        expect(status).toBe(200);
        expect(Object.values(json.data ?? {}).filter((page) => page === null)).toHaveLength(2);
        expect(json.data?.['again']).toEqual(json.data?.['p1']);
        expect(json.errors).toHaveLength(2);
        expect(retrieval.origin.requests.length - before).toBe(2);
      } finally {
        await app.close();
      }
    });
  });

  describe('speaks GraphQL over HTTP', () => {
    const classic = { accept: 'application/json' };
    const modern = { accept: 'application/graphql-response+json' };

    it('answers 200 to a mistake for application/json and 400 for application/graphql-response+json', async () => {
      for (const query of ['{ nonsense', '{ nothing }']) {
        const old = await retrieval.app.graphql(query, {}, classic);
        expect([old.status, old.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'application/json']);
        const now = await retrieval.app.graphql(query, {}, modern);
        expect([now.status, now.headers.get('content-type')?.split(';')[0]]).toEqual([400, 'application/graphql-response+json']);
      }
    });

    it('answers 200 to both when there is data', async () => {
      for (const headers of [classic, modern]) {
        const { status, json } = await retrieval.app.graphql('{ encode(text: "H") { text } }', {}, headers);
        expect([status, json.data]).toEqual([200, { encode: { text: 'H' } }]);
      }
    });
  });
});
