import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { AGREEMENT_PAGES, KNOWN_DIFFERENCES } from './agreement-pages.ts';
import { compare } from './agreement.ts';
import { launch } from './chromium.ts';
import { domReader, type ReadDom } from './dom.ts';

let browser: Browser;
let read: ReadDom;
let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  browser = await launch(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']);
  read = await domReader(browser);
  origin = await startOrigin({ scenarios: AGREEMENT_PAGES });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

describe('links, tags, title, encoding and base URL are those of a browser with scripts off', () => {
  it.each(Object.keys(AGREEMENT_PAGES))('%s', async (path) => {
    const { differences, counts } = await compare(read, app.url, origin.url + path);
    expect(differences.filter(({ known }) => known === null)).toEqual([]);
    expect([...new Set(differences.map(({ aspect }) => aspect))]).toEqual(KNOWN_DIFFERENCES[path] ?? []);
    expect(counts.elements).toBeGreaterThan(2);
  });

  it('loads nothing but the page', async () => {
    await compare(read, app.url, `${origin.url}/tags/table`);
    expect(origin.requests.filter(({ url }) => /x\.png|elsewhere/.test(url.pathname))).toEqual([]);
  });
});
