import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DecodeAnswer, EncodeAnswer, Problem } from './support/contract.ts';
import type { Answer } from './support/app.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

/** Of an absolute URL of ours. */
const pathOf = (url: string | null) => (url ?? '').replace(/^https?:\/\/[^/]+/, '');

type Query = Readonly<Record<string, string | number | boolean>>;

describe('the characters of a text', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '28000' });
  });

  afterAll(() => retrieval.close());

  const encoded = (query: Query) => retrieval.app.get<EncodeAnswer>('/encode', query);
  const ofPage = (path: string, query: Query = {}) => encoded({ url: retrieval.origin.url + path, ...query });
  const refusal = async (answer: Promise<Answer<EncodeAnswer>>) => {
    const { status, json } = await answer;
    const { code, errors, detail } = json as unknown as Problem;
    return [status, code, errors[0]?.parameter, detail];
  };

  it('are described with what the Unicode Character Database says, as graphemes, and as they are written elsewhere', async () => {
    const { status, json } = await encoded({ text: 'e\u0301😀', encodings: 'latin1', unencodable: 'url' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ snapshot: null, url: null, finalUrl: null, source: null, selector: null, insecureTls: false });
    expect(json.characters.map(({ category, script, block }) => [category, script, block])).toEqual([
      ['Ll', 'Latin', 'Basic_Latin'],
      ['Mn', 'Inherited', 'Combining_Diacritical_Marks'],
      ['So', 'Common', 'Emoticons'],
    ]);
    expect(json.graphemes.map(({ text }) => text)).toEqual(['e\u0301', '😀']);
    expect(json.escapes).toMatchObject({ html: 'e&#x301;&#x1F600;', python: String.raw`'e\u0301\U0001f600'` });
    expect(json.normalizations[0]).toEqual({ form: 'NFC', text: 'é😀', codePoints: 2, isNormalized: false });
    expect(Buffer.from(json.encodings.at(-1)?.hex ?? '', 'hex').toString()).toBe('e%26%23769%3B%26%23128512%3B');
    expect((await encoded({ text: 'e\u0301', normalization: 'NFC', encodings: 'latin1' })).json.encodings.at(-1)).toMatchObject({
      hex: 'e9',
    });
  });

  it.each([
    ['an element', '/encoding/shift_jis', { selector: 'h1' }, 'もしもし', null],
    ['the first of several elements', '/page1.htm', { selector: 'h1, a' }, 'The First Page', null],
    ['what a reader sees', '/page1.htm', { source: 'text' }, expect.stringMatching(/^The First Page\n/), 'text'],
    ['the content as it is', '/page1.htm', { source: 'raw' }, expect.stringMatching(/^<h1>/), 'raw'],
    ['a text, unless said otherwise', '/plain.txt', {}, expect.any(String), 'raw'],
    ['a page, unless said otherwise', '/page1.htm', {}, expect.stringMatching(/^The First Page/), 'text'],
  ] as [string, string, Query, unknown, string | null][])('are those of %s', async (_what, path, query, text, source) => {
    const { status, json } = await ofPage(path, query);
    expect([status, json.text, json.source, json.selector]).toEqual([200, text, source, query['selector'] ?? null]);
    expect(json).toMatchObject({ url: retrieval.origin.url + path, status: 200, total: json.characters.length, next: null });
  });

  it('are paged through on the snapshot, and read of an inline document', async () => {
    const { json } = await ofPage('/encoding/shift_jis', { selector: 'h1', limit: 3, encodings: 'sjis,latin1' });
    expect(json.total).toBe(4);
    const next = (await retrieval.app.get<EncodeAnswer>(pathOf(json.next))).json;
    expect([next.characters.length, next.characters[0]?.character, next.snapshot, next.next]).toEqual([1, 'し', json.snapshot, null]);
    expect(next.encodings).toHaveLength(7);
    const inline = await retrieval.app.post<EncodeAnswer>('/encode', { html: '<p>a&nbsp;b', selector: 'p', limit: 1 });
    expect([inline.status, inline.json.text, inline.json.next, inline.json.url]).toEqual([200, 'a\xa0b', null, null]);
    const own = await retrieval.app.post<EncodeAnswer>('/encode', { text: 'ab', limit: 1 });
    expect((await retrieval.app.get<EncodeAnswer>(pathOf(own.json.next))).json.characters[0]?.character).toBe('b');
  });

  it('are those of a text of yours or of a page, not of both, and of one part of it', async () => {
    const url = `${retrieval.origin.url}/page1.htm`;
    expect((await refusal(encoded({}))).slice(0, 3)).toEqual([400, 'INVALID_REQUEST', 'text']);
    expect((await refusal(encoded({ text: 'a', url }))).slice(0, 3)).toEqual([400, 'INVALID_REQUEST', 'url']);
    expect((await refusal(encoded({ text: 'a', selector: 'p' }))).slice(0, 3)).toEqual([400, 'INVALID_REQUEST', 'selector']);
    expect((await refusal(encoded({ url, selector: 'p', source: 'raw' }))).slice(0, 3)).toEqual([400, 'INVALID_REQUEST', 'source']);
    expect((await refusal(encoded({ url, selector: 'nothing' }))).slice(0, 3)).toEqual([400, 'INVALID_REQUEST', 'selector']);
    expect((await refusal(encoded({ url, selector: '[' }))).slice(0, 3)).toEqual([400, 'INVALID_SELECTOR', 'selector']);
    expect((await refusal(encoded({ url: `${retrieval.origin.url}/plain.txt`, selector: 'p' }))).slice(0, 2)).toEqual([
      422,
      'NOT_A_DOCUMENT',
    ]);
    expect((await refusal(encoded({ text: 'a😀', encodings: 'latin1', unencodable: 'fail' }))).slice(0, 3)).toEqual([
      400,
      'INVALID_REQUEST',
      'unencodable',
    ]);
  });

  it('are those of a text of at most 65,536 code points, also in a page', async () => {
    const page = (length: number) =>
      retrieval.app.post<EncodeAnswer>('/encode', { html: `<p>${'😀'.repeat(length)}`, selector: 'p', limit: 1 });
    expect((await page(65_536)).json.total).toBe(65_536);
    const tooLong = await refusal(page(65_537));
    expect(tooLong.slice(0, 2)).toEqual([422, 'PARSE_LIMIT_EXCEEDED']);
    expect(tooLong[3]).toMatch(/has 65537 code points, more than 65536.*selector/);
    const inForm = retrieval.app.post<EncodeAnswer>('/encode', {
      html: `<p>${'\uFDFA'.repeat(5000)}`,
      selector: 'p',
      normalization: 'NFKD',
    });
    expect((await refusal(inForm))[3]).toMatch(/has 90000 code points in NFKD, more than 65536/);
  });

  it('are refused where the answer would be larger than any may be', async () => {
    const parts = [2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part) => `iso-8859-${String(part)}`);
    const pages = [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => `windows-${String(page)}`);
    const encodings = [
      ...parts,
      ...pages,
      'big5',
      'euc-jp',
      'shift_jis',
      'iso-2022-jp',
      'euc-kr',
      'koi8-r',
      'koi8-u',
      'macintosh',
      'ibm866',
    ];
    const [status, code, , detail] = await refusal(
      retrieval.app.post('/encode', { text: '\u{1f600}'.repeat(65_536), encodings, unencodable: 'url' }),
    );
    expect([status, code]).toEqual([422, 'PARSE_LIMIT_EXCEEDED']);
    expect(detail).toMatch(/more than 67108864 bytes/);
  });

  it('are in the graph too, those of a page as a field of it', async () => {
    const { json } = await retrieval.app.graphql<unknown>(`{
      encode(text: "ﬁ", normalization: NFKC, unencodable: FAIL) { text graphemes { offset codePoints } escapes { css } }
      decode(hex: "82e082", encoding: "sjis", limit: 1) { total sequences { offset hex text codePoint valid } }
      page(url: "${retrieval.origin.url}/encoding/shift_jis") {
        encode(selector: "h1", limit: 1) { text total selector source next characters { category } }
      }
    }`);
    expect(json).toEqual({
      extensions: expect.anything(),
      data: {
        encode: {
          text: 'fi',
          graphemes: [
            { offset: 0, codePoints: ['U+0066'] },
            { offset: 1, codePoints: ['U+0069'] },
          ],
          escapes: { css: '"fi"' },
        },
        decode: { total: 2, sequences: [{ offset: 0, hex: '82e0', text: 'も', codePoint: 'U+3082', valid: true }] },
        page: { encode: { text: 'もしもし', total: 4, selector: 'h1', source: null, next: null, characters: [{ category: 'Lo' }] } },
      },
    });
  });
});

describe('bytes', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it('are shown sequence by sequence, and paged through', async () => {
    const { json } = await retrieval.app.get<DecodeAnswer>('/decode', { hex: 'e38282ff48', encoding: 'utf-8', limit: 2 });
    expect(json).toMatchObject({ text: 'も\uFFFDH', total: 3, firstInvalidOffset: 3 });
    expect(json.sequences.map(({ hex, valid }) => [hex, valid])).toEqual([
      ['e38282', true],
      ['ff', false],
    ]);
    const next = await retrieval.app.get<DecodeAnswer>(pathOf(json.next));
    expect(next.json.sequences).toEqual([{ offset: 4, hex: '48', text: 'H', codePoint: 'U+0048', valid: true }]);
  });

  it('are shown so far as an answer can hold them, and read in another process where they are many', async () => {
    const { status, json } = await retrieval.app.post<DecodeAnswer>('/decode', { hex: '41'.repeat(400_000), encoding: 'latin1' });
    expect([status, json.text.length, json.total, json.sequences.length, json.next]).toEqual([200, 400_000, 400_000, 65_536, null]);
    const wrong = await retrieval.app.post<Problem>('/decode', { hex: '41'.repeat(400_000), encoding: 'klingon' });
    expect([wrong.status, wrong.json.errors[0]?.parameter]).toEqual([400, 'encoding']);
  });

  it('of a page tell where they are first not valid, and what to try where they were misread', async () => {
    expect((await retrieval.fetched('/encoding/invalid-utf-8')).body.encoding).toMatchObject({
      replacements: 2,
      firstInvalidOffset: expect.any(Number),
      repair: null,
    });
    const { body } = await retrieval.fetched('/encoding/misread');
    expect(body.text).toContain('cafÃ©');
    expect(body.encoding).toMatchObject({
      name: 'windows-1252',
      firstInvalidOffset: null,
      repair: { from: 'windows-1252', to: 'UTF-8', sample: 'café' },
    });
    expect((await retrieval.fetched('/encoding/utf-8')).body.encoding).toMatchObject({ firstInvalidOffset: null, repair: null });
  });
});
