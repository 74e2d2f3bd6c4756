import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './support/app.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';
import { endOf, type Server, startServer } from './support/server.ts';

// All other tests run the sources. What is shipped is a bundle of them and their packages: it has to answer the same.
let origin: Origin;
let sources: TestApp;
let bundle: Server;

beforeAll(async () => {
  origin = await startOrigin();
  sources = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  bundle = await startServer(process.execPath, ['dist/server/main.js'], { PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'silent' });
});

afterAll(async () => {
  (bundle as Server | undefined)?.process.kill('SIGTERM');
  if ((bundle as Server | undefined) !== undefined) await endOf(bundle.process);
  await (sources as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

/** What differs from one request to the next: names of snapshots, times, how long things took, and ports. */
const FLEETING = [
  /"(?:snapshot|id|requestId|etag)":"[^"]*"/g,
  /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  /"(?:\w+Ms|timings|ms|age|localPort|remotePort|port|at|dns|connect|tls|ttfb|total|wait|receive|send)":-?[\d.]+(?:e-?\d+)?/g,
  /127\.0\.0\.1:\d+/g,
  /Date: [^\\"]+/g,
  /"(?:base64|hex)":"[^"]*"/g,
  /nonce="[^"]*"/g,
];

async function ask(server: string, path: string, init?: RequestInit): Promise<string> {
  const response = await fetch(server + path, init);
  const body = FLEETING.reduce((text, pattern) => text.replaceAll(pattern, '…'), await response.text());
  return `${String(response.status)} ${String(response.headers.get('content-type'))}\n${body}`;
}

async function compare(path: string, init?: RequestInit): Promise<string> {
  const [written, bundled] = await Promise.all([ask(sources.url, path, init), ask(bundle.url, path, init)]);
  expect(bundled).toBe(written);
  return bundled;
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('the bundle answers as the sources do', () => {
  const page = (path = '/links/kinds'): string => `url=${encodeURIComponent(origin.url + path)}`;

  it.each([
    ['/links', ''],
    ['/links', '&format=csv'],
    ['/links/compare', ''],
    ['/tags', ''],
    ['/links', '&format=html'],
    ['/select', '&selector=a%5Bhref%5D'],
    ['/select', '&xpath=%2F%2Fa%5B%40href%5D%2F%40href'],
    ['/metadata', ''],
    ['/text', ''],
    ['/markdown', ''],
    ['/tables', ''],
    ['/wordcount', '&stopWords=en'],
    ['/encode', '&source=raw'],
    ['/headers', ''],
    ['/body', ''],
    ['/wire', ''],
    ['/map', ''],
  ])('%s%s', async (path, more) => {
    expect(await compare(`${path}?${page()}${more}`)).toMatch(/^200 /);
  });

  it('a feed', async () => {
    expect(await compare(`/feed?${page('/feed/rss')}`)).toMatch(/^200 /);
  });

  it('an extraction', async () => {
    expect(await compare('/extract', json({ url: `${origin.url}/links/kinds`, shape: { title: 'h1' } }))).toMatch(/^200 /);
  });

  it('encodings of many bytes', async () => {
    expect(await compare(`/encode?text=${encodeURIComponent('Hé も 😀')}`)).toMatch(/^200 /);
    for (const encoding of ['shift_jis', 'gb18030', 'big5', 'euc-kr', 'iso-2022-jp', 'windows-1252', 'utf-16le'])
      expect(await compare(`/decode?hex=82e082b1&encoding=${encoding}`)).toMatch(/^200 /);
  });

  it('problems', async () => {
    expect(await compare('/links')).toMatch(/^400 /);
    expect(await compare('/links?url=http%3A%2F%2F10.0.0.1%2F&x=1')).toMatch(/^400 /);
    expect(await compare('/links?url=http%3A%2F%2F10.0.0.1%2F')).toMatch(/^403 /);
    expect(await compare('/nowhere')).toMatch(/^404 /);
  });

  it('the graph', async () => {
    const query = `query ($url: String!) { page(url: $url) { status title: metadata { title } links { total } text { text } markdown { markdown } wordCount { total }
      select(selector: "a") { total } tags { total } tables { total } } }`;
    const answer = await compare('/graphql', json({ query, variables: { url: `${origin.url}/links/kinds` } }));
    expect(answer).not.toContain('"errors"');
  });

  it('the contract, the probes and the pages for people', async () => {
    for (const path of ['/openapi.json', '/schema.graphql', '/health/live', '/health/ready', '/limits', '/problems'])
      expect(await compare(path)).toMatch(/^200 /);
    for (const path of ['/', '/docs', '/jobs', '/graphql', '/problems/INTERNAL'])
      expect(await compare(path, { headers: { accept: 'text/html' } })).toMatch(/^200 text\/html/);
  });
});
