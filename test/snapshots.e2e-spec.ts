import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import harSchemas from 'har-schema';
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import { startApp } from './support/app.ts';
import { selfSigned } from './support/certificate.ts';
import type { FetchAnswer, Field, HeadersAnswer, Problem } from './support/contract.ts';
import { startOrigin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';
import { chapter, COVER, PAGE1, ROMEO } from './support/scenarios/chapter.ts';
import { CODED_PAGE } from './support/scenarios/codings.ts';
import { literal } from './support/scenarios/wire.ts';

interface HarEntry {
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    queryString: Field[];
    cookies: Field[];
    headersSize: number;
    bodySize: number;
    postData?: Record<string, string>;
  };
  response: {
    status: number;
    cookies: Record<string, unknown>[];
    content: { size: number; text?: string; encoding?: string; mimeType: string };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
  };
  timings: Record<string, number>;
  serverIPAddress?: string;
}

interface Har {
  log: { version: string; creator: { name: string }; entries: HarEntry[] };
}

/** A record as the other program read it. */
interface ReadRecord {
  type: string;
  headers: Map<string, string>;
  block: Buffer;
}

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval();
});

afterAll(() => retrieval.close());

async function form(id: string, suffix: string): Promise<{ headers: Headers; bytes: Buffer; text: string }> {
  const { status, headers, bytes, text } = await retrieval.app.get<unknown>(`/snapshots/${id}${suffix}`);
  expect({ suffix, status, problem: status === 200 ? '' : text }).toEqual({ suffix, status: 200, problem: '' });
  return { headers, bytes, text };
}

/** The snapshot of a path, made anew. */
async function snapshotOf(path: string, query: Record<string, string | number | boolean> = {}): Promise<FetchAnswer> {
  return retrieval.fetched(path, { cache: 'reload', ...query });
}

async function postedSnapshot(json: object): Promise<FetchAnswer> {
  const { status, json: answer } = await retrieval.posted(json);
  expect({ status, answer }).toMatchObject({ status: 200 });
  return answer;
}

describe('/snapshots/{id}', () => {
  it('is what /fetch answered, and nothing is retrieved', async () => {
    const first = await snapshotOf('/redirect/302');
    const before = retrieval.origin.requests.length;
    const again = JSON.parse((await form(first.snapshot, '')).text) as FetchAnswer;
    expect(again).toEqual({ ...first, cache: { status: 'hit', coalesced: false, age: expect.any(Number), freshUntil: null } });
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it.each(['/fetch', '/wire'])('is shown by %s, also where it holds a head alone', async (endpoint) => {
    const { snapshot } = await retrieval.headersOf('/big?bytes=1000000', { cache: 'reload' });
    const { status, text } = await retrieval.app.get(endpoint, { snapshot });
    expect({ status, text }).toMatchObject({
      status: 200,
      text: expect.stringMatching(endpoint === '/fetch' ? /"body":null/ : /\r\n\r\nHTTP\/1\.1 200 /),
    });
    expect((await retrieval.app.get('/links', { snapshot })).status).toBe(404);
  });

  it('gives a snapshot that holds a head alone without content', async () => {
    const { snapshot } = await retrieval.headersOf('/page1.htm?head-only', { cache: 'reload' });
    const { body, status } = JSON.parse((await form(snapshot, '')).text) as FetchAnswer;
    expect({ body, status }).toEqual({ body: null, status: 200 });
  });

  it.each(['', '.har', '.warc', '.curl'])('does not know a snapshot that was never made: %s', async (suffix) => {
    const { status, json, headers } = await retrieval.app.get<Problem>(`/snapshots/never-made${suffix}`);
    expect([status, json.code, headers.get('content-type')]).toEqual([
      404,
      'SNAPSHOT_NOT_FOUND',
      'application/problem+json; charset=utf-8',
    ]);
    expect(json.detail).toMatch(/"never-made" .* snapshots live 600 s/);
  });

  it.each(['.zip', '.har.har', '/har'])('has no form %s', async (suffix) => {
    const { snapshot } = await snapshotOf('/romeo.txt');
    expect((await retrieval.app.get(`/snapshots/${snapshot}${suffix}`)).status).toBe(404);
  });

  it('is named, with its forms, by the answers that were read off it', async () => {
    const url = `${retrieval.origin.url}/page1.htm`;
    for (const path of ['/fetch', '/headers', '/links', '/tags', '/wordcount', '/body', '/wire']) {
      const { headers } = await retrieval.app.get(path, { url });
      const link = headers.get('link') ?? '';
      const [, id = ''] = /^<\/snapshots\/([\w-]+)>; rel="via"; type="application\/json"/.exec(link) ?? [];
      const alternates = [...link.matchAll(/<([^>]+)>; rel="alternate"; type="([^"]+)"/g)].map(([, target, type]) => [target, type]);
      expect({ path, alternates }).toEqual({
        path,
        alternates: [
          [`/snapshots/${id}.har`, 'application/json'],
          [`/snapshots/${id}.warc`, 'application/warc'],
          [`/snapshots/${id}.curl`, 'text/plain'],
        ],
      });
      for (const [target = '', type = ''] of alternates) {
        const { status, headers: of } = await retrieval.app.get(target);
        expect([status, of.get('content-type')?.split(';')[0]]).toEqual([200, type]);
      }
    }
    expect((await retrieval.app.get('/encode', { text: 'x' })).headers.get('link')).toBeNull();
  });

  it.each([
    ['.har', 'application/json; charset=utf-8', /^attachment; filename="127\.0\.0\.1-[\w-]+\.har"$/],
    ['.warc', 'application/warc', /^attachment; filename="127\.0\.0\.1-[\w-]+\.warc\.gz"$/],
    ['.curl', 'text/plain; charset=utf-8', /^inline; filename="127\.0\.0\.1-[\w-]+\.sh"$/],
  ])('runs in no browser as %s', async (suffix, type, disposition) => {
    const { headers } = await form((await snapshotOf('/active.html')).snapshot, suffix);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toMatch(disposition);
    expect(headers.get('content-security-policy')).toMatch(/^sandbox\b/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('/snapshots/{id} with a query', () => {
  it.each(['', '.har', '.warc', '.curl'])('is refused, since nobody would read it: %s', async (suffix) => {
    const { snapshot } = await snapshotOf('/plain.txt');
    const { status, json } = await retrieval.app.get<Problem>(`/snapshots/${snapshot}${suffix}`, { limit: 1 });
    expect([status, json.code, json.errors[0]?.parameter]).toEqual([400, 'INVALID_REQUEST', 'limit']);
  });
});

describe('a stored response that its origin confirmed', () => {
  it('is told apart in every form of the snapshot', async () => {
    const path = '/cache?etag=%22one%22&cache-control=no-cache&_forms';
    await retrieval.fetched(path);
    const { snapshot, exchanges } = await retrieval.fetched(path);
    expect(exchanges.map(({ status, stored }) => [status, stored])).toEqual([
      [304, false],
      [200, true],
    ]);
    const har = JSON.parse((await form(snapshot, '.har')).text) as { log: { entries: { comment?: string; _stored: boolean }[] } };
    expect(har.log.entries.map(({ _stored, comment }) => [_stored, comment])).toEqual([
      [true, 'a stored response, which its origin then confirmed by a 304'],
      [false, undefined],
    ]);
    const stored: unknown[] = [];
    for await (const record of WARCParser.iterRecords([new Uint8Array((await form(snapshot, '.warc')).bytes)], { parseHttp: false })) {
      const block = Buffer.from(await record.readFully(false)).toString();
      if (record.warcType === 'metadata') stored.push((JSON.parse(block) as { stored: unknown }).stored);
    }
    expect(stored).toEqual([false, true]);
    const { text } = await retrieval.app.get<unknown>('/wire', { snapshot });
    expect(text).toMatch(
      /\[a stored response, which its origin confirmed by the 304 above; it was asked for at [\dT:.-]+Z\]\r\nGET \/cache/,
    );
  });
});

describe('/snapshots/{id}.har', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const draft06 = createRequire(import.meta.url).resolve('ajv/dist/refs/json-schema-draft-06.json');
  ajv.addMetaSchema(JSON.parse(readFileSync(draft06, 'utf8')) as object);
  for (const schema of Object.values(harSchemas)) ajv.addSchema(schema);

  async function harOf(id: string): Promise<Har> {
    const har: unknown = JSON.parse((await form(id, '.har')).text);
    const isValid = ajv.validate('har.json#', har);
    expect({ isValid, errors: ajv.errors ?? [] }).toEqual({ isValid: true, errors: [] });
    return har as Har;
  }

  it('is refused by the schema when it is not as HAR says', () => {
    expect(ajv.validate('har.json#', { log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] } })).toBe(false);
  });

  it.each([
    '/romeo.txt',
    '/cover3.jpg',
    '/redirect/chain?left=3',
    '/framing/204',
    '/framing/early-hints',
    '/framing/non-ascii',
    '/framing/status-999',
    '/coding/two',
    '/encoding/invalid-utf-8',
    '/encoding/shift_jis',
    '/no-type/empty',
    '/wire/cookies',
  ])('is valid by the schema of HAR 1.2: %s', async (path) => {
    const { snapshot, exchanges } = await snapshotOf(path);
    const { log } = await harOf(snapshot);
    expect([log.version, log.creator.name, log.entries.length]).toEqual(['1.2', 'Pagewire', exchanges.length]);
  });

  it('tells the phases that took place, -1 for the others, and their sum', async () => {
    const secure = await startOrigin({ tls: selfSigned('127.0.0.1') });
    try {
      const { json } = await retrieval.app.get<FetchAnswer & { exchanges: { timings: Record<string, number> }[] }>('/fetch', {
        url: `${secure.url}/romeo.txt`,
        insecureTls: true,
      });
      const { tcp, tls, firstByte, wait } = json.exchanges[0]!.timings;
      const [entry] = (await harOf(json.snapshot)).log.entries;
      const { timings } = entry!;
      expect(timings).toMatchObject({ dns: -1, ssl: tls, blocked: wait, wait: firstByte });
      expect(timings['connect']).toBeCloseTo((tcp ?? 0) + (tls ?? 0), 3);
      const { ssl, ...others } = timings;
      expect(ssl).toBeGreaterThan(0);
      expect(entry!.time).toBeCloseTo(
        Object.values(others).reduce((sum, ms) => sum + Math.max(0, ms), 0),
        2,
      );
      expect(entry!.serverIPAddress).toBe('127.0.0.1');
    } finally {
      await secure.close();
    }
  });

  it('tells of a reused connection that nothing was connected', async () => {
    await snapshotOf('/framing/keep-alive');
    const { timings } = (await harOf((await snapshotOf('/framing/keep-alive')).snapshot)).log.entries[0]!;
    expect(timings).toMatchObject({ dns: -1, connect: -1, ssl: -1 });
  });

  it('counts the bytes of heads and contents, and keeps the query and the content sent', async () => {
    const { snapshot, exchanges } = await postedSnapshot({
      url: `${retrieval.origin.url}/wire/methods?a=1&b=%C3%A9+x&a=#top`,
      method: 'POST',
      headers: [
        { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
        { name: 'Cookie', value: 'one=1; two=a=b' },
      ],
      content: 'name=größe',
    });
    const [entry] = (await harOf(snapshot)).log.entries;
    const got = retrieval.origin.requestsFor('/wire/methods').at(-1)!;
    expect(entry!.request).toMatchObject({
      method: 'POST',
      url: `${retrieval.origin.url}/wire/methods?a=1&b=%C3%A9+x&a=`,
      queryString: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'é x' },
        { name: 'a', value: '' },
      ],
      cookies: [
        { name: 'one', value: '1' },
        { name: 'two', value: 'a=b' },
      ],
      headersSize: got.head.length,
      bodySize: 12,
      postData: { mimeType: 'application/x-www-form-urlencoded', text: 'name=größe' },
    });
    expect(entry!.response).toMatchObject({
      status: 200,
      headersSize: exchanges[0]!.headerBytes,
      bodySize: 6,
      content: { size: 6, text: 'known\n' },
    });
  });

  it('tells redirects, and what they did not bring', async () => {
    const { log } = await harOf((await snapshotOf('/wire/moved')).snapshot);
    expect(log.entries.map(({ response: { status, redirectURL } }) => [status, redirectURL])).toEqual([
      [302, '/wire/methods?a=1&b=%C3%A9'],
      [200, ''],
    ]);
    expect(Date.parse(log.entries[1]!.startedDateTime)).toBeGreaterThanOrEqual(Date.parse(log.entries[0]!.startedDateTime));
  });

  it.each([
    ['/coding/gzip', { size: CODED_PAGE.length, text: CODED_PAGE, mimeType: 'text/html; charset=utf-8' }],
    ['/cover3.jpg', { size: COVER.length, text: COVER.toString('base64'), encoding: 'base64', mimeType: 'image/jpeg' }],
  ])('holds the content of %s whole', async (path, content) => {
    const { snapshot, body } = await snapshotOf(path);
    const { response } = (await harOf(snapshot)).log.entries[0]!;
    expect(response.content).toMatchObject(content);
    expect(response.bodySize).toBe(body.transferBytes);
  });

  it('holds text that is not sound as bytes', async () => {
    const { snapshot, body } = await snapshotOf('/encoding/invalid-utf-8');
    const { content } = (await harOf(snapshot)).log.entries[0]!.response;
    expect(body.encoding?.replacements).toBeGreaterThan(0);
    expect([content.encoding, Buffer.from(content.text ?? '', 'base64').length]).toEqual(['base64', body.bytes]);
  });

  it('reads the cookies that a response sets', async () => {
    const { cookies } = (await harOf((await snapshotOf('/wire/cookies')).snapshot)).log.entries[0]!.response;
    expect(cookies).toMatchObject([
      { name: 'a', value: '1', path: '/', httpOnly: true, secure: false, expires: '2031-01-01T00:00:00.000Z' },
      { name: 'b', value: '2', domain: '127.0.0.1', secure: true },
    ]);
  });

  it('says of a snapshot that holds a head alone that there is no content', async () => {
    const { snapshot } = await retrieval.headersOf('/big?bytes=1000000', { cache: 'reload' });
    const { response } = (await harOf(snapshot)).log.entries[0]!;
    expect(response).toMatchObject({ status: 200, bodySize: -1, content: { size: 0, comment: 'the content was not kept' } });
  });
});

describe('/snapshots/{id}.warc', () => {
  /** What another program reads out of the file: blocks whole, HTTP not looked at. */
  async function recordsOf(id: string): Promise<ReadRecord[]> {
    const { bytes } = await form(id, '.warc');
    const records: ReadRecord[] = [];
    for await (const record of WARCParser.iterRecords([new Uint8Array(bytes)], { keepHeadersCase: true, parseHttp: false })) {
      const { warcType, warcHeaders } = record;
      const block = Buffer.from(await record.readFully(false));
      records.push({ type: warcType, headers: new Map(warcHeaders.headers as Iterable<[string, string]>), block });
    }
    return records;
  }

  /** The same in hexadecimal. */
  function fromBase32(text: string): string {
    const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
  }

  function expectDigest(header: string | undefined, bytes: Uint8Array): void {
    expect(header).toMatch(/^sha1:[A-Z2-7]{32}$/);
    expect(fromBase32(header!.slice(5))).toBe(createHash('sha1').update(bytes).digest('hex'));
  }

  it.each([
    ['/page1.htm', chapter['/page1.htm'], Buffer.from(PAGE1)],
    ['/cover3.jpg', chapter['/cover3.jpg'], COVER],
    ['/wire/split-character', literal['/wire/split-character'], Buffer.from('もし')],
    ['/wire/gzip', literal['/wire/gzip'], null],
    ['/wire/gzip-chunked', literal['/wire/gzip-chunked'], null],
    ['/wire/trailers', literal['/wire/trailers'], Buffer.from('hello')],
  ])('is read back by another program: %s, byte for byte, with its digests', async (path, sent, content) => {
    const { snapshot } = await snapshotOf(path);
    const records = await recordsOf(snapshot);
    expect(records.map(({ type }) => type)).toEqual(['warcinfo', 'response', 'request', 'metadata']);
    for (const { headers, block } of records) expectDigest(headers.get('WARC-Block-Digest'), block);
    const [info, response, request, metadata] = records as [ReadRecord, ReadRecord, ReadRecord, ReadRecord];
    expect(response.block).toEqual(sent);
    if (content !== null) expectDigest(response.headers.get('WARC-Payload-Digest'), content);
    expect(request.block.toString('latin1')).toBe(retrieval.origin.requestsFor(path).at(-1)?.head);
    expect(info.block.toString()).toMatch(/^software: Pagewire\/\S+\r\nformat: WARC File Format 1\.1\r\n/);
    const id = response.headers.get('WARC-Record-ID');
    expect(id).toMatch(/^<urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}>$/);
    expect([request, metadata].map(({ headers }) => headers.get('WARC-Concurrent-To'))).toEqual([id, id]);
    for (const { headers } of [response, request, metadata]) {
      expect(headers.get('WARC-Target-URI')).toBe(retrieval.origin.url + path);
      expect(headers.get('WARC-Warcinfo-ID')).toBe(info.headers.get('WARC-Record-ID'));
    }
    expect(response.headers.get('WARC-IP-Address')).toBe('127.0.0.1');
    expect(response.headers.get('Content-Type')).toBe('application/http;msgtype=response');
    expect(response.headers.get('WARC-Truncated')).toBeUndefined();
  });

  it('gives its content to another program, framing and coding undone', async () => {
    for (const [path, text] of [
      ['/wire/gzip-chunked', 'coded and chunked'],
      ['/coding/gzip', CODED_PAGE],
      ['/framing/early-hints', 'after the hints'],
    ] as const) {
      const { bytes } = await form((await snapshotOf(path)).snapshot, '.warc');
      const texts: string[] = [];
      for await (const record of WARCParser.iterRecords([new Uint8Array(bytes)])) {
        if (record.warcType === 'response') texts.push(await record.contentText());
        else await record.skipFully();
      }
      expect({ path, texts }).toEqual({ path, texts: [text] });
    }
  });

  it('says what the messages do not', async () => {
    const { snapshot, exchanges } = await snapshotOf('/framing/early-hints');
    const metadata = (await recordsOf(snapshot)).find(({ type }) => type === 'metadata')!;
    expect(metadata.headers.get('Content-Type')).toBe('application/json');
    const { timings, informational } = exchanges[0] as unknown as Record<string, unknown>;
    expect(JSON.parse(metadata.block.toString())).toMatchObject({
      snapshot,
      timings,
      informational,
      body: { mediaType: 'text/plain', encoding: { name: 'UTF-8' } },
    });
  });

  it('is one gzip member a record, and the same file each time', async () => {
    const { snapshot } = await snapshotOf('/redirect/302');
    const { bytes } = await form(snapshot, '.warc');
    expect((await form(snapshot, '.warc')).bytes).toEqual(bytes);
    const magic = Buffer.from('1f8b0800', 'hex').toString('latin1');
    const [before, ...members] = bytes.toString('latin1').split(magic);
    expect([before, members.length]).toEqual(['', 7]);
    for (const member of members) {
      expect(gunzipSync(Buffer.from(magic + member, 'latin1')).toString('latin1')).toMatch(/^WARC\/1\.1\r\n[^]*\r\n\r\n$/);
    }
    expect((await recordsOf(snapshot)).map(({ type }) => type)).toEqual([
      'warcinfo',
      'response',
      'request',
      'metadata',
      'response',
      'request',
      'metadata',
    ]);
  });

  it('says of content that was not read to its end that something is missing', async () => {
    const { snapshot } = await retrieval.headersOf('/big?bytes=1000000', { cache: 'reload' });
    const response = (await recordsOf(snapshot)).find(({ type }) => type === 'response')!;
    expect(response.headers.get('WARC-Truncated')).toBe('unspecified');
    expect(response.headers.get('WARC-Payload-Digest')).toBeUndefined();
    expect(response.block.toString('latin1')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('holds the content that was sent', async () => {
    const content = Buffer.from([0, 255, 13, 10, 13, 10, 0]);
    const { snapshot } = await postedSnapshot({
      url: `${retrieval.origin.url}/wire/methods`,
      method: 'POST',
      contentBase64: content.toString('base64'),
    });
    const request = (await recordsOf(snapshot)).find(({ type }) => type === 'request')!;
    expect(request.block.subarray(-7)).toEqual(content);
    expectDigest(request.headers.get('WARC-Payload-Digest'), content);
  });
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;

(hasCurl ? describe : describe.skip)(hasCurl ? '/snapshots/{id}.curl' : '/snapshots/{id}.curl (skipped: this machine has no curl)', () => {
  /** Runs the command as a shell does, and gives what it printed. */
  async function run(id: string): Promise<{ command: string; output: Buffer }> {
    const { text: command } = await form(id, '.curl');
    // A program's own settings are no part of the command.
    const options = { encoding: 'buffer', timeout: 20_000, env: { PATH: process.env['PATH'] } } as const;
    const folder = await mkdtemp(join(tmpdir(), 'curl-'));
    try {
      const script = join(folder, 'repeat.sh');
      await writeFile(script, command);
      return { command, output: (await promisify(execFile)('sh', [script], options)).stdout };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Method, target, fields and content, as the origin got them; what belongs to the connection apart. */
  function lastRequest(path: string): unknown {
    const { method, target, rawHeaders, body, httpVersion } = retrieval.origin.requestsFor(path).at(-1)!;
    const fields = rawHeaders
      .filter(({ name }) => !['connection', 'host'].includes(name.toLowerCase()))
      .map(({ name, value }) => `${name.toLowerCase()}: ${value}`)
      .sort();
    return { method, target, httpVersion, fields, body: body.toString('latin1') };
  }

  it('repeats a retrieval', async () => {
    const { snapshot } = await snapshotOf('/romeo.txt');
    const first = lastRequest('/romeo.txt');
    const before = retrieval.origin.requestsFor('/romeo.txt').length;
    expect((await run(snapshot)).output.toString()).toBe(ROMEO);
    expect(retrieval.origin.requestsFor('/romeo.txt')).toHaveLength(before + 1);
    expect(lastRequest('/romeo.txt')).toEqual(first);
  });

  it.each<[string, object]>([
    [
      'a text',
      {
        method: 'POST',
        content: '{"a": "it\'s $HOME `id` $(id) \\n !! %s"}\nsecond line\n',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
      },
    ],
    ['a text that names a file', { method: 'POST', content: '@/etc/hostname' }],
    ['text beyond ASCII', { method: 'PUT', content: 'größe もし 👍🏽' }],
    ['text that moves a cursor', { method: 'POST', content: '\u001b[2J\u202etxt\r\n\u0007' }],
    [
      'bytes of all values',
      { method: 'POST', contentBase64: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('base64') },
    ],
    ['a dash and zeros', { method: 'PATCH', contentBase64: Buffer.from('-n\x00\x00\x00123').toString('base64') }],
    ['much text', { method: 'POST', content: "it's much ".repeat(30_000) }],
    ['no content where one is expected', { method: 'POST' }],
    ['content with a GET', { method: 'GET', content: 'sent all the same' }],
    ['another method', { method: 'DELETE' }],
    ['a method of its own', { method: "It's" }],
    [
      'odd fields',
      {
        headers: [
          { name: 'X-Empty', value: '' },
          { name: 'X-City', value: 'Z\u00fcrich \u00ff' },
          { name: 'X-Quotes', value: '\'"`$(id) $HOME \\ !x' },
          { name: "X-It's", value: 'a' },
          { name: 'User-Agent', value: '' },
          { name: 'Accept', value: '@file' },
          { name: 'Cookie', value: 'a=1; b="2"' },
        ],
      },
    ],
  ])('repeats %s exactly', async (_what, members) => {
    const { snapshot } = await postedSnapshot({ url: `${retrieval.origin.url}/echo`, ...members });
    const first = lastRequest('/echo');
    const before = retrieval.origin.requestsFor('/echo').length;
    await run(snapshot);
    expect(retrieval.origin.requestsFor('/echo')).toHaveLength(before + 1);
    expect(lastRequest('/echo')).toEqual(first);
  });

  it('repeats a URL exactly', async () => {
    const path = "/echo?it's=[a-c]{x,y}&$(id)`id`;!%00|<>\"'\\u0041&z=../..";
    const { snapshot } = await snapshotOf(`${path.replace('\\', '%5C')}#part`);
    const first = lastRequest('/echo');
    const { command } = await run(snapshot);
    expect(lastRequest('/echo')).toEqual(first);
    expect(command).not.toContain('#part');
  });

  it('follows redirects as they were followed, with their cookies', async () => {
    const { snapshot } = await snapshotOf('/redirect/cookie');
    const first = lastRequest('/echo');
    const { command } = await run(snapshot);
    expect(command).toContain('--location --max-redirs 10');
    expect(lastRequest('/echo')).toEqual(first);
    const { snapshot: unfollowed } = await snapshotOf('/redirect/302', { maxRedirects: 0 });
    expect((await run(unfollowed)).command).not.toContain('--location');
  });

  it('does not carry fields to another origin', async () => {
    const other = await startOrigin();
    try {
      const url = `${retrieval.origin.url}/redirect/to?to=${encodeURIComponent(`${other.url}/echo`)}`;
      const { snapshot } = await postedSnapshot({ url, headers: [{ name: 'X-Key', value: 'secret' }] });
      const before = other.requests.length;
      const { command } = await run(snapshot);
      expect(command).toMatch(/^# Redirects are not followed here: they led to another origin, and curl would send it X-Key\.\n/);
      expect(other.requests).toHaveLength(before);
    } finally {
      await other.close();
    }
  });

  it('does not send a method again that was changed on the way', async () => {
    const { snapshot } = await postedSnapshot({ url: `${retrieval.origin.url}/redirect/303`, method: 'DELETE' });
    expect((await form(snapshot, '.curl')).text).toMatch(
      /^# Redirects are not followed here: the next request was GET, and curl would send DELETE again\.\n(?![^]*--location)/,
    );
    const posted = await postedSnapshot({ url: `${retrieval.origin.url}/redirect/303`, method: 'POST', content: 'x' });
    const before = lastRequest('/echo');
    const { command } = await run(posted.snapshot);
    expect(command).toContain('--location');
    expect(lastRequest('/echo')).toMatchObject({ method: 'GET', target: (before as { target: string }).target });
  });

  it('asks for the content where the cache had it confirmed', async () => {
    const path = '/cache?etag=%22one%22&cache-control=no-cache&_curl';
    await retrieval.fetched(path);
    const { snapshot, exchanges } = await retrieval.fetched(path);
    expect(exchanges[0]?.requestHeaders.map(({ name }) => name)).toContain('If-None-Match');
    const { command, output } = await run(snapshot);
    expect([output.toString(), command.includes('If-None-Match')]).toEqual(['answer 3\n', false]);
  });

  it('says that curl sends no content with HEAD', async () => {
    const { snapshot } = await postedSnapshot({ url: `${retrieval.origin.url}/romeo.txt`, method: 'HEAD', content: 'x' });
    const { command, output } = await run(snapshot);
    expect(command).toMatch(/^# curl sends no content with HEAD: it is left out here\.\n/);
    expect(output.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('asks for the head alone where that was asked for', async () => {
    const { snapshot } = await postedSnapshot({ url: `${retrieval.origin.url}/romeo.txt`, method: 'HEAD' });
    const first = lastRequest('/romeo.txt');
    const { output } = await run(snapshot);
    expect(output.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(lastRequest('/romeo.txt')).toEqual(first);
    const head = (await retrieval.app.get<HeadersAnswer>('/headers', { url: `${retrieval.origin.url}/romeo.txt`, cache: 'reload' })).json;
    expect((await run(head.snapshot)).output.toString()).toBe(ROMEO);
  });

  it('skips the checks of certificates where they were skipped', async () => {
    const secure = await startOrigin({ tls: selfSigned('127.0.0.1') });
    const app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
    try {
      const { json } = await app.get<FetchAnswer>('/fetch', { url: `${secure.url}/romeo.txt`, insecureTls: true });
      const { text } = await app.get(`/snapshots/${json.snapshot}.curl`);
      expect(text).toContain('--insecure');
      const { stdout } = await promisify(execFile)('sh', ['-c', text]);
      expect(stdout).toBe(ROMEO);
    } finally {
      await app.close();
      await secure.close();
    }
  });

  it('repeats HTTP/1.0 with the absolute form', async () => {
    const { headers } = await retrieval.app.get('/wire', { url: `${retrieval.origin.url}/romeo.txt`, httpVersion: '1.0' });
    const first = retrieval.origin.requestsFor('/romeo.txt').at(-1)!.head;
    expect((await run(headers.get('pagewire-snapshot')!)).output.toString()).toBe(ROMEO);
    expect(retrieval.origin.requestsFor('/romeo.txt').at(-1)!.head).toBe(first);
  });
});
