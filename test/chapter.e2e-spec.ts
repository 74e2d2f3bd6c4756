import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import type {
  DecodeAnswer,
  EncodeAnswer,
  FetchAnswer,
  Field,
  HeadersAnswer,
  LinksAnswer,
  Problem,
  TagsAnswer,
  WordsAnswer,
} from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { COVER, COVER_FIELDS, DOCS_HREFS, DOCS_REGEX_URLS, PAGE1, ROMEO, ROMEO_FIELDS, ROMEO_WORDS } from './support/scenarios/chapter.ts';
import type { Fields } from './support/scenarios/response.ts';

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function asMembers(fields: Fields): Field[] {
  return fields.map(([name, value]) => ({ name, value }));
}

/** Bytes of a response head that says 200 OK, its blank line included. */
function headBytes(fields: Fields): number {
  return ['HTTP/1.1 200 OK', ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n').length + 4;
}

describe("the chapter's programs, each one request", () => {
  let origin: Origin;
  let app: TestApp;

  beforeAll(async () => {
    origin = await startOrigin();
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    await app.close();
    await origin.close();
  });

  it('reads romeo.txt with its eleven header fields in the order and case sent, its text, bytes and digest', async () => {
    const url = `${origin.url}/romeo.txt`;
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url });
    expect(status).toBe(200);
    expect(json).toMatchObject({ url, finalUrl: url, status: 200, statusText: 'OK', ok: true, redirected: false });
    expect(json.headers).toEqual(asMembers(ROMEO_FIELDS));
    expect(json.headers).toHaveLength(11);
    expect(json.body).toMatchObject({
      mediaType: 'text/plain',
      contentEncoding: null,
      transferBytes: 167,
      bytes: 167,
      sha256: sha256(ROMEO),
      truncated: false,
      text: ROMEO,
      base64: null,
      encoding: { name: 'windows-1252', source: 'default', conflict: false, replacements: 0 },
    });
    expect(json.exchanges).toHaveLength(1);
    expect(json.exchanges[0]).toMatchObject({
      url,
      method: 'GET',
      httpVersion: '1.1',
      status: 200,
      statusText: 'OK',
      headers: asMembers(ROMEO_FIELDS),
      headerBytes: headBytes(ROMEO_FIELDS),
      remote: { address: '127.0.0.1', port: origin.port },
      tls: null,
    });
  });

  it('tells the literal request fields that the origin got', async () => {
    const { json } = await app.get<FetchAnswer>('/fetch', { url: `${origin.url}/echo`, cache: 'reload' });
    expect(json.exchanges[0]?.requestHeaders).toEqual(origin.requestsFor('/echo').at(-1)?.rawHeaders);
  });

  it('shows what the headers tab of a developer console shows', async () => {
    const { status, json } = await app.get<HeadersAnswer>('/headers', { url: `${origin.url}/romeo.txt` });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 200, statusText: 'OK', httpVersion: '1.1', headerBytes: headBytes(ROMEO_FIELDS), redirects: [] });
    expect(json.headers).toEqual(asMembers(ROMEO_FIELDS));
  });

  it('saves the image to a file, every byte of it unchanged', async () => {
    const { status, headers, bytes } = await app.get('/body', { url: `${origin.url}/cover3.jpg` });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(bytes).toHaveLength(230_210);
    expect(sha256(bytes)).toBe(sha256(COVER));
  });

  it('gives the image in base64 within JSON', async () => {
    const { json } = await app.get<FetchAnswer>('/fetch', { url: `${origin.url}/cover3.jpg` });
    expect(json.headers).toEqual(asMembers(COVER_FIELDS));
    expect(json.exchanges[0]?.headerBytes).toBe(398);
    expect(json.body).toMatchObject({ mediaType: 'image/jpeg', bytes: 230_210, sha256: sha256(COVER), text: null });
    expect(json.body.base64).toBe(COVER.toString('base64'));
  });

  it('counts the words of romeo.txt in the order they first appear', async () => {
    const { status, json } = await app.get<WordsAnswer>('/wordcount', { url: `${origin.url}/romeo.txt`, sort: 'first' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ tokenizer: 'whitespace', source: 'raw', total: 33, distinct: 26 });
    expect(json.words).toEqual(ROMEO_WORDS.map(([word, count]) => ({ word, count })));
  });

  it('sorts the words by how often they occur, then by who came first, unless told otherwise', async () => {
    const { json } = await app.get<WordsAnswer>('/wordcount', { url: `${origin.url}/romeo.txt`, limit: 5 });
    expect(json.words).toEqual([
      { word: 'is', count: 3 },
      { word: 'the', count: 3 },
      { word: 'and', count: 3 },
      { word: 'sun', count: 2 },
      { word: 'But', count: 1 },
    ]);
    expect(json).toMatchObject({ total: 33, distinct: 26 });
  });

  it('finds by regular expression the absolute links alone, as written', async () => {
    const { status, json } = await app.get<LinksAnswer>('/links', { url: `${origin.url}/docs`, method: 'regex' });
    expect(status).toBe(200);
    expect(json.links.map(({ href }) => href)).toEqual(DOCS_REGEX_URLS);
    expect(json.total).toBe(14);
  });

  it('finds by parser all 43 links, relative and repeated ones too, with what each resolves to', async () => {
    const url = `${origin.url}/docs`;
    const { status, json } = await app.get<LinksAnswer>('/links', { url });
    expect(status).toBe(200);
    expect(json).toMatchObject({ baseUrl: url, baseSource: 'url', total: 43, next: null });
    expect(json.links.map(({ href }) => href)).toEqual(DOCS_HREFS);
    expect(json.links.map((link) => link.url)).toEqual(DOCS_HREFS.map((href) => new URL(href, url).href));
    expect(json.links.map(({ position }) => position.index)).toEqual(DOCS_HREFS.map((_, index) => index));
    expect(json.links[3]).toMatchObject({ href: '#', kind: 'fragment', text: 'entry 4', element: 'a' });
  });

  it('shows the parts of a tag: TAG, URL, Contents, Attrs', async () => {
    const url = `${origin.url}/page1.htm`;
    const { status, json } = await app.get<TagsAnswer>('/tags', { url, tag: 'a' });
    expect(status).toBe(200);
    expect(json.total).toBe(1);
    const offset = PAGE1.indexOf('<a ');
    expect(json.tags).toEqual([
      {
        name: 'a',
        html: '<a href="http://data.pr4e.org/page2.htm">\nSecond Page</a>',
        attributes: [{ name: 'href', value: 'http://data.pr4e.org/page2.htm' }],
        text: 'Second Page',
        contents: ['\nSecond Page'],
        position: { index: 0, line: 4, column: 1, offset },
      },
    ]);
  });

  it('finds the one link of page1.htm', async () => {
    const { json } = await app.get<LinksAnswer>('/links', { url: `${origin.url}/page1.htm` });
    expect(json.links).toEqual([
      {
        href: 'http://data.pr4e.org/page2.htm',
        url: 'http://data.pr4e.org/page2.htm',
        text: 'Second Page',
        element: 'a',
        rel: [],
        title: null,
        kind: 'external',
        attribute: 'href',
        descriptor: null,
        registrableDomain: 'pr4e.org',
        nearestHeading: 'The First Page',
        landmark: null,
        inNav: false,
        occurrence: 1,
        occurrences: 1,
        position: { index: 0, line: 4, column: 1, offset: PAGE1.indexOf('<a ') },
      },
    ]);
  });

  it('says how many p a page has', async () => {
    const { json } = await app.get<TagsAnswer>('/tags', { url: `${origin.url}/page1.htm`, tag: 'p' });
    expect(json.total).toBe(1);
    expect((await app.get<TagsAnswer>('/tags', { url: `${origin.url}/tags/table`, tag: 'p' })).json.total).toBe(3);
  });

  it('knows the ord of H, e and a line feed', async () => {
    const { status, json } = await app.get<EncodeAnswer>('/encode', { text: 'He\n' });
    expect(status).toBe(200);
    expect(json.characters.map(({ decimal }) => decimal)).toEqual([72, 101, 10]);
    expect(json.characters[0]).toMatchObject({
      character: 'H',
      codePoint: 'U+0048',
      decimal: 72,
      name: 'LATIN CAPITAL LETTER H',
      utf8: '48',
      utf16: '0048',
      utf32: '00000048',
    });
    expect(json.length).toEqual({ graphemes: 3, codePoints: 3, codeUnits: 3 });
  });

  it('turns もしもし into the bytes of five encodings', async () => {
    const { json } = await app.get<EncodeAnswer>('/encode', { text: 'もしもし' });
    expect(json.encodings.map(({ name, hex }) => [name, hex])).toEqual([
      ['UTF-8', 'e38282e38197e38282e38197'],
      ['UTF-16LE', '8230573082305730'],
      ['UTF-16BE', '3082305730823057'],
      ['UTF-32LE', '82300000573000008230000057300000'],
      ['UTF-32BE', '00003082000030570000308200003057'],
    ]);
    expect(json.encodings[0]).toEqual({
      name: 'UTF-8',
      bytes: 12,
      hex: 'e38282e38197e38282e38197',
      base64: '44KC44GX44KC44GX',
      lossless: true,
    });
    expect(json.length).toEqual({ graphemes: 4, codePoints: 4, codeUnits: 4 });
  });

  it('turns the bytes of Shift_JIS back into もしもし', async () => {
    const { status, json } = await app.get<DecodeAnswer>('/decode', { hex: '82e082b582e082b5', encoding: 'shift_jis' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ text: 'もしもし', encoding: 'Shift_JIS', replacements: 0, firstInvalidOffset: null });
  });

  it.each([
    [25, 'SMTP'],
    [22, 'SSH'],
    [23, 'Telnet'],
    [21, 'FTP'],
    [110, 'POP'],
    [143, 'IMAP'],
  ])("refuses port %d and says that it is %s's", async (port, service) => {
    const { status, json } = await app.get<Problem>('/fetch', { url: `http://127.0.0.1:${String(port)}/` });
    expect(status).toBe(403);
    expect(json.code).toBe('TARGET_FORBIDDEN');
    expect(json.detail.toLowerCase()).toContain(`port ${String(port)} is ${service.toLowerCase()}`);
  });

  it('does it all in one GraphQL query with one retrieval', async () => {
    interface Page {
      page: Pick<FetchAnswer, 'headers' | 'status'> & { body: { text: string; sha256: string }; wordCount: WordsAnswer };
      encode: EncodeAnswer;
      decode: DecodeAnswer;
    }
    const before = origin.requestsFor('/romeo.txt').length;
    const { status, json } = await app.graphql<Page>(
      `query ($url: String!) {
        page(url: $url) {
          status
          headers { name value }
          body { text sha256 }
          wordCount(sort: FIRST) { total distinct words { word count } }
        }
        encode(text: "H") { characters { decimal } }
        decode(hex: "82e082b5", encoding: "shift_jis") { text }
      }`,
      { url: `${origin.url}/romeo.txt#graphql` },
    );
    expect(status).toBe(200);
    expect(json).toEqual({
      extensions: expect.anything(),
      data: {
        page: {
          status: 200,
          headers: asMembers(ROMEO_FIELDS),
          body: { text: ROMEO, sha256: sha256(ROMEO) },
          wordCount: { total: 33, distinct: 26, words: ROMEO_WORDS.map(([word, count]) => ({ word, count })) },
        },
        encode: { characters: [{ decimal: 72 }] },
        decode: { text: 'もし' },
      },
    });
    expect(origin.requestsFor('/romeo.txt').length - before).toBe(1);
  });

  it('shows links and tags over GraphQL as over REST', async () => {
    const { json } = await app.graphql<{ page: { links: LinksAnswer; regex: LinksAnswer; tags: TagsAnswer } }>(
      `query ($docs: String!, $page1: String!) {
        page(url: $docs) { links { total links { href } } regex: links(method: REGEX) { total links { href } } }
        page1: page(url: $page1) { tags(tag: "a") { total tags { attribute(name: "href") contents text } } }
      }`,
      { docs: `${origin.url}/docs`, page1: `${origin.url}/page1.htm` },
    );
    expect(json).toEqual({
      extensions: expect.anything(),
      data: {
        page: {
          links: { total: 43, links: DOCS_HREFS.map((href) => ({ href })) },
          regex: { total: 14, links: DOCS_REGEX_URLS.map((href) => ({ href })) },
        },
        page1: {
          tags: { total: 1, tags: [{ attribute: 'http://data.pr4e.org/page2.htm', contents: ['\nSecond Page'], text: 'Second Page' }] },
        },
      },
    });
  });
});
