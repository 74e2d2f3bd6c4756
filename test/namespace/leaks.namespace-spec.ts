import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.ts';
import { html, response, wire } from '../support/scenarios/response.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ORIGIN, PUBLIC, RECORDS } from './names.ts';
import { startWorld, type World } from './world.ts';

/** Everything by which a page makes a browser, or an XML processor, ask somebody else. */
const HTML = `<!doctype html><html manifest="http://leak-1.example.com/app.manifest"><head><base href="http://leak-2.example.com/">
<meta http-equiv="refresh" content="0; url=http://leak-3.example.com/"><link rel="stylesheet" href="http://leak-4.example.com/s.css">
<link rel="preconnect" href="http://leak-5.example.com/"><link rel="dns-prefetch" href="//leak-6.example.com"><link rel="import" href="x.html">
<script src="http://leak-7.example.com/s.js"></script><script type="module">import "http://leak-8.example.com/m.js"; fetch("http://leak-9.example.com/")</script>
<style>@import "http://leak-10.example.com/i.css"; body { background: url(http://leak-11.example.com/b.png) }</style></head>
<body background="http://leak-12.example.com/bg.png"><img src="http://leak-13.example.com/i.png" srcset="http://leak-14.example.com/2x.png 2x">
<iframe src="http://leak-15.example.com/"></iframe><object data="http://leak-16.example.com/o"></object><embed src="http://leak-17.example.com/e">
<video src="http://leak-18.example.com/v" poster="http://leak-19.example.com/p"></video><svg><image href="http://leak-20.example.com/i"/><use href="http://leak-21.example.com/u#x"/></svg>
<a href="http://leak-22.example.com/" ping="http://leak-23.example.com/ping">link</a><form action="http://leak-24.example.com/"><input type="image" src="http://leak-25.example.com/"></form>
//# sourceMappingURL=http://leak-26.example.com/s.js.map
</body></html>`;

const XML = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="http://leak-31.example.com/s.xsl"?>
<!DOCTYPE r SYSTEM "http://leak-32.example.com/r.dtd" [<!ENTITY e SYSTEM "http://leak-33.example.com/e"><!ENTITY f SYSTEM "file:///etc/passwd">
<!ENTITY % p SYSTEM "http://leak-34.example.com/p.dtd"> %p;]>
<r xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://x http://leak-35.example.com/x.xsd">
&e;&f;<xi:include href="http://leak-36.example.com/i.xml"/><a xmlns="http://www.w3.org/1999/xhtml" href="http://leak-37.example.com/">a</a></r>`;

const FIELDS: [string, string][] = [
  ['Link', '<http://leak-41.example.com/s.css>; rel=preload, <http://leak-42.example.com/>; rel=preconnect'],
  ['Refresh', '0; url=http://leak-43.example.com/'],
  ['Alt-Svc', 'h2="leak-44.example.com:443", h3=":443"'],
  ['Content-Location', 'http://leak-45.example.com/'],
  ['SourceMap', 'http://leak-46.example.com/s.map'],
  ['Report-To', '{"endpoints":[{"url":"http://leak-47.example.com/"}],"max_age":1}'],
  ['NEL', '{"report_to":"x","max_age":1}'],
  ['Location', 'http://leak-48.example.com/'],
  ['Set-Cookie', 'a=1; Domain=leak-49.example.com'],
];

const HINTS = wire(['HTTP/1.1 103 Early Hints', 'Link: <http://leak-51.example.com/s.css>; rel=preload']);

const PAGES = {
  '/leaking.html': Buffer.concat([HINTS, html(HTML, FIELDS)]),
  '/leaking.xml': response(XML, [['Content-Type', 'application/xml'], ...FIELDS]),
  '/leaking.xhtml': response(XML, [['Content-Type', 'application/xhtml+xml'], ...FIELDS]),
};

/** A proxy within, as an environment may name one. */
const PROXY = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]).map((name) => [name, 'http://10.1.2.3:8080/']),
);

/** By which Apollo would be asked to report schema and operations to its makers. */
const APOLLO = { APOLLO_KEY: 'service:pagewire:secret', APOLLO_GRAPH_REF: 'pagewire@current', APOLLO_SCHEMA_REPORTING: 'true' };

let world: World;
let app: TestApp;

beforeAll(async () => {
  Object.assign(process.env, PROXY, APOLLO);
  world = await startWorld(RECORDS, '', PAGES);
  app = await startApp();
});

afterAll(async () => {
  await (app as TestApp | undefined)?.close();
  await (world as World | undefined)?.close();
});

/** Whoever else was asked, by DNS or by a connection. */
function others(): string[] {
  const names = world.names.queries.filter((query) => !query.endsWith(' public.example.com'));
  return [...names, ...world.visited().filter((address) => address !== PUBLIC)];
}

describe('nobody but the target is asked', () => {
  it.each(Object.entries(ENDPOINTS))('whatever a page has in it, and whatever proxy the environment names: %s', async (_name, ask) => {
    for (const path of Object.keys(PAGES)) await ask(app, ORIGIN + path);
    expect(world.visited().length).toBeGreaterThan(0);
    expect(others()).toEqual([]);
  });

  it.each(['/links', '/tags', '/select', '/wordcount'])('for a document that comes with the request: %s', async (path) => {
    const before = world.mark();
    for (const document of [HTML, XML]) {
      const query = path === '/select' ? { selector: '*' } : path === '/tags' ? { tag: '*' } : {};
      expect((await app.post(path, { html: document, baseUrl: 'http://leak-61.example.com/', ...query })).status).toBe(200);
    }
    expect(world.visited(before)).toEqual([]);
    expect(others()).toEqual([]);
  });

  it('for our own pages and contracts', async () => {
    const before = world.mark();
    for (const path of ['/docs', '/openapi.json', '/schema.graphql', '/problems/TARGET_FORBIDDEN', '/health/ready', '/encode?text=H']) {
      expect((await app.get(path)).status).toBe(200);
    }
    expect((await app.graphql('{ __schema { queryType { name } } }')).status).toBe(200);
    expect(world.visited(before)).toEqual([]);
    expect(others()).toEqual([]);
  });

  it('by the libraries, when the server stops', async () => {
    const before = world.mark();
    const other = await startApp();
    expect((await other.graphql('{ encode(text: "H") { text } }')).status).toBe(200);
    await other.close();
    expect(world.visited(before)).toEqual([]);
    expect(others()).toEqual([]);
  });
});
