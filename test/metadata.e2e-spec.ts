import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Json = Record<string, unknown>;

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval();
});

afterAll(() => retrieval.close());

/** What an endpoint answers about a path of the origin. */
async function answerOf(endpoint: string, path: string, query: Record<string, string | number> = {}): Promise<Json> {
  const { status, json } = await retrieval.app.get<Json>(endpoint, { url: retrieval.origin.url + path, ...query });
  expect({ status, problem: status === 200 ? null : json }).toEqual({ status: 200, problem: null });
  return json;
}

describe('/metadata', () => {
  it('reads the page with its header fields, and says which rule gave what', async () => {
    const { url } = retrieval.origin;
    const found = await answerOf('/metadata', '/feed/page');
    expect(found).toMatchObject({
      finalUrl: `${url}/feed/page`,
      status: 200,
      title: 'The whole page',
      description: 'A page with all there is.',
      canonical: `${url}/canonical`,
      language: 'en',
      charset: 'UTF-8',
      published: '2026-11-23',
      icons: [{ url: `${url}/icon.png`, sizes: ['32x32'] }],
      feeds: [{ url: `${url}/feed/rss`, format: 'rss', title: 'News' }],
      alternates: [{ url: `${url}/feed/de`, hreflang: 'de' }],
      openGraph: [{ property: 'og:image', properties: [{ property: 'og:image:width', content: '1200' }] }],
      robots: [
        { agent: 'robots', directives: ['noarchive'] },
        { agent: 'googlebot', directives: ['nosnippet'] },
      ],
      refresh: { delayS: 60, href: null, url: `${url}/feed/page`, source: 'meta[http-equiv=refresh]' },
      jsonLd: [{ error: null }, { value: null, error: { line: 1, column: 6 } }],
      microdata: { items: [{ type: ['https://schema.org/WebPage'], properties: { name: ['Heading'] } }] },
      twitter: [],
    });
    expect(found['sources']).toEqual(
      expect.arrayContaining([
        { member: 'title', source: 'title', written: 'The whole page' },
        { member: 'canonical', source: 'http Link', written: '/canonical' },
        { member: 'published', source: 'JSON-LD datePublished', written: '2026-11-23' },
        { member: 'charset', source: 'transport', written: null },
      ]),
    );
    expect(found).not.toHaveProperty('next');
  });

  it('reads an inline document', async () => {
    const { status, json } = await retrieval.app.post<Json>('/metadata', {
      html: '<title>T</title><link rel=canonical href=c>',
      baseUrl: 'http://example.com/a/',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ url: null, title: 'T', canonical: 'http://example.com/a/c', charset: null });
  });

  it.each([
    ['/plain.txt', 'neither HTML nor XML'],
    ['/feed/rss', '/feed reads feeds'],
    ['/cover3.jpg', '/body'],
  ])('refuses %s', async (path, detail) => {
    const { status, json } = await retrieval.app.get<Problem>('/metadata', { url: retrieval.origin.url + path });
    expect([status, json.code]).toEqual([422, 'NOT_A_DOCUMENT']);
    expect(json.detail).toContain(detail);
  });

  it('takes no parameters of a list', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/metadata', { url: `${retrieval.origin.url}/feed/page`, limit: 1 });
    expect([status, json.errors[0]?.parameter]).toEqual([400, 'limit']);
  });
});

describe('/feed', () => {
  it('reads RSS, whatever it is sent as', async () => {
    const { url } = retrieval.origin;
    for (const path of ['/feed/rss', '/feed/as-html', '/feed/as-text']) {
      expect(await answerOf('/feed', path)).toMatchObject({
        format: 'rss',
        version: '2.0',
        title: 'News',
        url: `${url}/`,
        language: 'en',
        total: 2,
        next: null,
        items: [
          { id: '1', url: `${url}/1`, published: '2026-11-23T09:00:00.000Z' },
          { id: '2', enclosures: [{ url: `${url}/feed/2.mp3`, bytes: 5_000_000_000 }] },
        ],
      });
    }
  });

  it('reads JSON Feed', async () => {
    expect(await answerOf('/feed', '/feed/json')).toMatchObject({ format: 'json', items: [{ content: 'It began.' }] });
  });

  it('pages', async () => {
    const first = await answerOf('/feed', '/feed/rss', { limit: 1 });
    expect(first).toMatchObject({ total: 2, items: [{ id: '1' }] });
    expect((await retrieval.app.get<Json>(String(first['next']))).json).toMatchObject({ total: 2, next: null, items: [{ id: '2' }] });
  });

  it('names the feeds that a page links to', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/feed', { url: `${retrieval.origin.url}/feed/page` });
    expect([status, json.code]).toEqual([422, 'NOT_A_DOCUMENT']);
    expect(json.detail).toContain(`${retrieval.origin.url}/feed/rss`);
  });

  it('reads an inline feed', async () => {
    const { json } = await retrieval.app.post<Json>('/feed', {
      html: '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="x"/></entry></feed>',
      baseUrl: 'http://example.com/',
    });
    expect(json).toMatchObject({ snapshot: null, format: 'atom', items: [{ url: 'http://example.com/x' }] });
  });
});

describe('GraphQL', () => {
  it('follows links to the titles of their pages', async () => {
    const { url } = retrieval.origin;
    const { json } = await retrieval.app.graphql<Json>(
      `query ($url: String!) { page(url: $url) { links(limit: 1) { links { url page { status metadata { title } } } } } }`,
      { url: `${url}/feed/page` },
    );
    expect(json.errors).toBeUndefined();
    expect(json.data).toMatchObject({ page: { links: { links: [{ page: { status: 200, metadata: { title: 'The whole page' } } }] } } });
  });

  it('has the same members', async () => {
    const { url } = retrieval.origin;
    const { json } = await retrieval.app.graphql<Json>(
      `query ($page: String!, $feed: String!) {
        page(url: $page) { metadata { title canonical sources { member source } jsonLd { value error { line } } microdata openGraph { properties { content } } } }
        feed: page(url: $feed) { feed(limit: 1) { format total items { published enclosures { bytes } } } }
      }`,
      { page: `${url}/feed/page`, feed: `${url}/feed/rss` },
    );
    expect(json.errors).toBeUndefined();
    expect(json.data).toMatchObject({
      page: {
        metadata: {
          title: 'The whole page',
          canonical: `${url}/canonical`,
          jsonLd: [
            { value: [{ '@type': 'Article', datePublished: '2026-11-23' }], error: null },
            { value: null, error: { line: 1 } },
          ],
          microdata: { items: [{ properties: { name: ['Heading'] } }] },
        },
      },
      feed: { feed: { format: 'RSS', total: 2, items: [{ published: '2026-11-23T09:00:00.000Z' }] } },
    });
  });
});
