import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { type Answer, startApp } from './support/app.ts';
import { selfSigned } from './support/certificate.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { startOrigin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { chapter, COVER } from './support/scenarios/chapter.ts';
import { brokenFraming, framing } from './support/scenarios/framing.ts';
import { literal } from './support/scenarios/wire.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

describe('/wire', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  async function shown(path: string, query: Query = {}): Promise<Answer<never>> {
    const answer = await retrieval.app.get<never>('/wire', { url: retrieval.origin.url + path, ...query });
    expect({ path, status: answer.status, problem: answer.status === 200 ? '' : answer.text }).toEqual({ path, status: 200, problem: '' });
    return answer;
  }

  async function refused(path: string, query: Query = {}): Promise<Problem> {
    const { status, json } = await retrieval.app.get<Problem>('/wire', { url: retrieval.origin.url + path, ...query });
    expect(json.status).toBe(status);
    return json;
  }

  /** The head of the last request for a path, as the origin got it. */
  function requestHead(path: string): Buffer {
    return Buffer.from(retrieval.origin.requestsFor(path).at(-1)?.head ?? '', 'latin1');
  }

  describe('over HTTP/1.0', () => {
    it.each(['/romeo.txt', '/page1.htm'])('is the transcript that telnet gives of %s, byte for byte', async (path) => {
      const { bytes } = await shown(path, { httpVersion: '1.0' });
      const request = `GET ${retrieval.origin.url}${path} HTTP/1.0\r\n\r\n`;
      expect(requestHead(path).toString()).toBe(request);
      expect(bytes).toEqual(Buffer.concat([Buffer.from(request), chapter[path] as Buffer]));
    });

    it('sends the fields and the content that a caller names, and its length', async () => {
      const url = `${retrieval.origin.url}/wire/methods?a=b%20c#not-sent`;
      const headers = [
        { name: 'X-First', value: '1' },
        { name: 'content-TYPE', value: 'text/plain' },
      ];
      const answer = await retrieval.app.post('/wire', {
        url,
        httpVersion: '1.0',
        method: 'POST',
        headers,
        content: 'hello',
        userAgent: 'Mosaic',
      });
      expect(answer.status).toBe(200);
      const { head, body } = retrieval.origin.requestsFor('/wire/methods').at(-1)!;
      expect(head).toBe(
        `POST ${retrieval.origin.url}/wire/methods?a=b%20c HTTP/1.0\r\nUser-Agent: Mosaic\r\nX-First: 1\r\ncontent-TYPE: text/plain\r\nContent-Length: 5\r\n\r\n`,
      );
      expect(body.toString()).toBe('hello');
      expect(answer.text.startsWith(`${head}hello\r\nHTTP/1.1 200 OK\r\n`)).toBe(true);
    });

    it('shows a redirect and does not follow it', async () => {
      const { text, headers } = await shown('/wire/moved', { httpVersion: '1.0', maxRedirects: 5 });
      expect(text).toMatch(/\r\n\r\nHTTP\/1\.1 302 Found\r\nLocation: .*\r\nContent-Length: 6\r\n\r\nmoved\n$/);
      expect(headers.get('pagewire-status')).toBe('302');
    });

    it('sends a method as written', async () => {
      const { text } = await shown('/wire/methods', { httpVersion: '1.0', method: 'gEt' });
      expect(text).toContain('HTTP/1.0\r\n\r\nHTTP/1.1 501 Not Implemented\r\n');
      expect(text.startsWith(`gEt ${retrieval.origin.url}/wire/methods HTTP/1.0\r\n\r\n`)).toBe(true);
    });

    it.each([
      '/framing/until-close',
      '/framing/http-1.0',
      '/framing/204',
      '/framing/304-with-length',
      '/framing/bare-lf',
      '/wire/stays-open',
      '/wire/hints',
    ])('ends where the response ends: %s', async (path) => {
      const sent = { ...framing, ...brokenFraming, ...literal }[path] as Buffer;
      const { bytes } = await shown(path, { httpVersion: '1.0', timeoutMs: 5000 });
      expect(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)).toEqual(sent);
    });

    it('reads a chunked response, which nobody should send to it', async () => {
      const { snapshot } = { snapshot: (await shown('/framing/chunked', { httpVersion: '1.0' })).headers.get('pagewire-snapshot')! };
      const { json } = await retrieval.app.get<FetchAnswer>('/fetch', { snapshot });
      expect(json.body).toMatchObject({ text: 'hello world', transferBytes: 11 });
      expect(json.exchanges[0]).toMatchObject({ httpVersion: '1.1', status: 200, requestHeaders: [] });
    });

    it('speaks TLS, and checks certificates unless told otherwise', async () => {
      const secure = await startOrigin({ tls: selfSigned('127.0.0.1') });
      try {
        const target = { url: `${secure.url}/romeo.txt`, httpVersion: '1.0' };
        expect((await retrieval.app.get<Problem>('/wire', target)).json).toMatchObject({ code: 'TLS_FAILED', phase: 'tls' });
        const { bytes } = await retrieval.app.get('/wire', { ...target, insecureTls: true });
        expect(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)).toEqual(chapter['/romeo.txt']);
      } finally {
        await secure.close();
      }
    });

    it.each([
      ['/framing/silence', 'TARGET_TIMEOUT', 'firstByte'],
      ['/framing/silence-in-head', 'TARGET_TIMEOUT', 'firstByte'],
      ['/framing/silence-in-body', 'TARGET_TIMEOUT', 'download'],
      ['/framing/drip', 'TARGET_TIMEOUT', 'download'],
      ['/framing/drip-head', 'TARGET_TIMEOUT', 'firstByte'],
      ['/framing/short', 'MALFORMED_RESPONSE', 'download'],
      ['/framing/chunked-cut', 'MALFORMED_RESPONSE', 'download'],
      ['/framing/bad-chunk-size', 'MALFORMED_RESPONSE', 'download'],
      ['/framing/garbage', 'MALFORMED_RESPONSE', 'firstByte'],
      ['/framing/smtp', 'MALFORMED_RESPONSE', 'firstByte'],
      ['/framing/no-colon', 'MALFORMED_RESPONSE', 'firstByte'],
      ['/framing/status-000', 'MALFORMED_RESPONSE', 'firstByte'],
      ['/framing/head-flood', 'RESPONSE_TOO_LARGE', 'firstByte'],
      ['/framing/endless-head', 'RESPONSE_TOO_LARGE', 'firstByte'],
      ['/framing/early-hints-flood', 'RESPONSE_TOO_LARGE', 'firstByte'],
      ['/framing/endless-body', 'RESPONSE_TOO_LARGE', 'download'],
      ['/framing/reset-before-head', 'CONNECTION_RESET', 'firstByte'],
      ['/framing/reset-in-body', 'CONNECTION_RESET', 'download'],
      ['/framing/close-at-once', 'CONNECTION_RESET', 'firstByte'],
      ['/coding/not-gzip', 'CONTENT_CODING_FAILED', 'decode'],
    ])('says of %s that it is %s in phase %s', async (path, code, phase) => {
      const timeoutMs = code === 'TARGET_TIMEOUT' ? 400 : 20_000;
      expect(await refused(path, { httpVersion: '1.0', timeoutMs })).toMatchObject({ code, phase, url: retrieval.origin.url + path });
    });

    it('keeps to the most bytes asked for', async () => {
      expect(await refused('/cover3.jpg', { httpVersion: '1.0', maxBytes: 1000 })).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
      expect((await shown('/cover3.jpg', { httpVersion: '1.0', maxBytes: COVER.length })).status).toBe(200);
    });

    it('is never brought down, whatever an origin sends', async () => {
      const all = Object.keys({ ...framing, ...brokenFraming });
      const answers = await Promise.all(
        all.map((path) => retrieval.app.get('/wire', { url: retrieval.origin.url + path, httpVersion: '1.0', timeoutMs: 2000 })),
      );
      const unexpected = answers
        .map(({ status }, index) => `${all[index] ?? ''} ${String(status)}`)
        .filter((line) => !/ (200|502|503|504)$/.test(line));
      expect(unexpected).toEqual([]);
      expect((await retrieval.app.get('/health/live')).status).toBe(200);
    });
  });

  describe('over HTTP/1.1', () => {
    it.each([
      '/romeo.txt',
      '/framing/chunked',
      '/framing/trailers',
      '/wire/trailers',
      '/framing/duplicates',
      '/wire/split-character',
      '/wire/hints',
    ])('gives %s as it was sent, and the request as it came', async (path) => {
      const sent = { ...chapter, ...framing, ...literal }[path] as Buffer;
      const { bytes } = await shown(path, { cache: 'reload' });
      expect(bytes).toEqual(Buffer.concat([requestHead(path), sent]));
    });

    it('says of a stored response that nothing was sent for it', async () => {
      const path = '/cache?cache-control=max-age%3D60&_wire';
      const first = await shown(path);
      const second = await shown(path);
      expect(first.text).toMatch(/^GET /);
      expect(second.text).toMatch(/^\[a stored response, retrieved at [\dT:.-]+Z: nothing was sent now; cache=reload asks anew\]\r\nGET /);
      expect(second.text.replace(/^.*\r\n/, '')).toBe(first.text);
      const snapshot = first.headers.get('pagewire-snapshot') ?? '';
      expect((await retrieval.app.get('/wire', { snapshot })).text).toBe(first.text);
    });

    it('shows one exchange after the other', async () => {
      const { text, headers } = await shown('/wire/moved');
      const [first = '', second = '', ...others] = text.split('\r\n[exchange 2 of 2]\r\n\r\n');
      expect(others).toEqual([]);
      expect(first).toMatch(/^GET \/wire\/moved HTTP\/1\.1\r\n[^]*\r\n\r\nHTTP\/1\.1 302 Found\r\n/);
      expect(second).toMatch(/^GET \/wire\/methods\?a=1&b=%C3%A9 HTTP\/1\.1\r\n[^]*\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nknown\n$/);
      expect(headers.get('pagewire-final-url')).toBe(`${retrieval.origin.url}/wire/methods?a=1&b=%C3%A9`);
    });

    it('sends a method as written, so that it shows what a server says to it', async () => {
      expect((await shown('/wire/methods', { method: 'Get' })).text).toMatch(
        /^Get \/wire\/methods HTTP\/1\.1\r\n[^]*HTTP\/1\.1 501 Not Implemented/,
      );
      expect((await shown('/wire/methods', { method: 'GET' })).text).toContain('HTTP/1.1 200 OK');
      expect((await shown('/wire/methods', { method: 'HEAD' })).text).toMatch(/Content-Length: 6\r\n\r\n$/);
    });

    it('dumps what is not text in hexadecimal, with offsets', async () => {
      const { text } = await shown('/wire/small-image');
      expect(text.slice(text.indexOf('['))).toBe(
        [
          '[hex dump of 18 bytes: image/png]',
          '00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 00 00 00 00 00  |.PNG............|',
          '00000010  00 00                                             |..|',
          '',
        ].join('\r\n'),
      );
    });

    it('says how much of a large dump it leaves out', async () => {
      const { text } = await shown('/cover3.jpg');
      expect(text).toContain(
        `[hex dump of 230210 bytes: image/jpeg; the last ${String(230_210 - 65_536)} are left out]\r\n00000000  ff d8 ff e0 `,
      );
      expect(text.trimEnd().split('\r\n').at(-1)).toMatch(/^0000fff0 {2}/);
    });

    it.each([
      ['/wire/gzip', /\[hex dump of \d+ bytes: text\/plain coded with gzip\]\r\n00000000 {2}1f 8b 08 /],
      [
        '/wire/gzip-chunked',
        /\[hex dump of \d+ bytes: text\/plain coded with gzip, chunk framing included\]\r\n00000000 {2}31 34 0d 0a 1f 8b /,
      ],
      ['/wire/utf-16', /\[hex dump of \d+ bytes: text\/plain in UTF-16LE, chunk framing included\]\r\n/],
      ['/wire/windows-1252', /\r\n\r\n4\r\ncafé\r\n4\r\n € 5\r\n0\r\n\r\n$/],
      ['/wire/latin1-head', /\r\nX-City: Zürich\r\n/],
      ['/encoding/shift_jis', /もし/],
    ])('shows %s as a text in UTF-8', async (path, expected) => {
      const { text, headers } = await shown(path);
      expect(text).toMatch(expected);
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    });

    it('reads a text in the encoding asked for', async () => {
      expect((await shown('/encoding/windows-1251', { encoding: 'koi8-r' })).text).not.toBe((await shown('/encoding/windows-1251')).text);
    });

    it('shows the content that was sent', async () => {
      const url = `${retrieval.origin.url}/wire/methods`;
      const zipped = gzipSync('hello');
      const binary = await retrieval.app.post('/wire', { url, method: 'POST', contentBase64: zipped.toString('base64') });
      expect(binary.text).toMatch(
        /\r\n\r\n\[hex dump of \d+ bytes: application\/x-gzip\]\r\n00000000 {2}1f 8b [^]*\|\r\nHTTP\/1\.1 200 OK\r\n/,
      );
      const text = await retrieval.app.post('/wire', { url, method: 'POST', content: 'größe' });
      expect(text.text).toContain('\r\n\r\ngröße\r\nHTTP/1.1 200 OK\r\n');
    });
  });

  it('is a text that no browser runs', async () => {
    const { headers } = await shown('/active.html');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox\b/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('shows a snapshot without asking the origin again', async () => {
    const first = await shown('/page1.htm', { httpVersion: '1.0' });
    const before = retrieval.origin.requests.length;
    const { bytes } = await retrieval.app.get('/wire', { snapshot: first.headers.get('pagewire-snapshot')! });
    expect(bytes).toEqual(first.bytes);
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it.each<[Query, string]>([
    [{ method: 'G T' }, 'method'],
    [{ method: 'trace' }, 'method'],
    [{ method: 'Connect' }, 'method'],
    [{ method: 'GET\r\nX: y' }, 'method'],
    [{ httpVersion: '2' }, 'httpVersion'],
    [{ headers: 'x' }, 'headers'],
  ])('refuses %j', async (query, parameter) => {
    const { code, errors } = await refused('/romeo.txt', query);
    expect(code).toBe('INVALID_REQUEST');
    expect(errors.map((error) => error.parameter)).toEqual([parameter]);
  });

  it.each(['1.0', '1.1'])('stands behind the guard, over HTTP/%s, too', async (httpVersion) => {
    const strict = await startApp();
    const hidden = await startOrigin();
    try {
      for (const url of [hidden.url, hidden.url.replace('127.0.0.1', 'localhost'), hidden.url.replace('127.0.0.1', '[::ffff:127.0.0.1]')]) {
        const get = await strict.get<Problem>('/wire', { url: `${url}/romeo.txt`, httpVersion });
        const post = await strict.post<Problem>('/wire', { url: `${url}/romeo.txt`, httpVersion });
        expect([get.status, get.json.code, post.status, post.json.code]).toEqual([403, 'TARGET_FORBIDDEN', 403, 'TARGET_FORBIDDEN']);
      }
      expect(hidden.connections).toBe(0);
    } finally {
      await strict.close();
      await hidden.close();
    }
  });

  it('waits for its place as every retrieval', async () => {
    const small = await startApp({ ALLOW_TARGETS: '127.0.0.1', FETCH_MAX_CONCURRENT: '1', FETCH_QUEUE: '0' });
    try {
      const ask = (): Promise<Answer<Problem>> =>
        small.get<Problem>('/wire', { url: `${retrieval.origin.url}/framing/silence`, httpVersion: '1.0', timeoutMs: 500 });
      const statuses = (await Promise.all([ask(), ask()])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([503, 504]);
    } finally {
      await small.close();
    }
  });
});
