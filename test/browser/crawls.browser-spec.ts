import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { until } from '../support/held-origin.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { response } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

const GARDEN = 'http://pagewire.test/garden/';
const EVIL = `"'><img src=http://stranger.example/x onerror=alert(1)><script>alert(2)</script>\u202egnp`;
const HTML = [['Content-Type', 'text/html; charset=utf-8']] as const;
const escaped = EVIL.replaceAll('<', '&lt;');

/** What waits for the test to go on. */
const held: (() => void)[] = [];

let browser: Browser;
let app: TestApp;
let origin: Origin;
let looked: Looked;

beforeAll(async () => {
  origin = await startOrigin({
    scenarios: {
      '/begin': response('<title>begin</title><a href="/held">a</a>', [...HTML]),
      '/held': async () => {
        await new Promise<void>((resolve) => held.push(resolve));
        return response('<title>held</title><a href="/last">b</a>', [...HTML]);
      },
      '/last': response('<title>last</title>', [...HTML]),
      '/evil': response(`<title>${escaped}</title><a href="/evil-\u202egnp?x=<script>">${escaped}</a><a href="/twin">${escaped}</a>`, [
        ...HTML,
      ]),
      '/twin': response(`<title>${escaped}</title><a href="/evil-\u202egnp?x=<script>">${escaped}</a><a href="/twin">${escaped}</a>`, [
        ...HTML,
      ]),
    },
  });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  browser = await launch([]);
  looked = await look(browser, app);
}, 90_000);

afterAll(async () => {
  for (const go of held.splice(0)) go();
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

const target = (path: string): string => origin.url + path;

/** Shows a part of the page; another one in place of the one before, as by a link. */
async function at(fragment: string): Promise<Page> {
  const { page } = looked;
  await page.goto('about:blank');
  await page.goto(`${app.url}/jobs${fragment}`);
  await page.locator('.jobs-main h1').waitFor();
  return page;
}

/** Crawls a site to its end, past the page. */
async function crawled(body: object): Promise<string> {
  const { json } = await app.post<{ id: string; crawl?: { id: string } }>('/crawls?wait=30', body);
  return json.crawl?.id ?? json.id;
}

let ofGarden: Promise<string> | null = null;
/** A crawl of the demo's site. */
const garden = (): Promise<string> => (ofGarden ??= crawled({ url: GARDEN }));

const stateOf = (page: Page, state: string, timeout = 10_000): Promise<void> =>
  page.locator('.jobs-facts .status', { hasText: state }).waitFor({ timeout });

describe('/jobs#crawls', () => {
  it('teaches by one click on the demo, and counts what came of it by state, depth and status', async () => {
    const page = await at('#crawls');
    await page.getByRole('heading', { name: 'There are none yet' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^A small site, whole/ }).click();
    // The database is opened now, which a busy machine takes long for.
    await stateOf(page, 'completed', 45_000);
    expect(await page.locator('.standing-words').innerText()).toBe('50 succeeded, 1 forbidden of 52');
    const charts = await page.locator('.charts').innerText();
    expect(charts).toMatch(/States\s+succeeded\s+50\s+forbidden\s+1\s+Links from the start\s+0\s+1\s+1\s+7\s+2\s+7\s+3\s+28/);
    expect(charts).toMatch(/Status codes\s+200\s+47[^]*404\s+1/);
    await page.locator('.bars button', { hasText: '404' }).click();
    await page.getByText('1 of 51 results').waitFor();
    expect(await page.locator('.rows-row').innerText()).toContain(`${GARDEN}nettle.html`);
    expect(page.url()).toContain('status=404');
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('tells what was passed over, why, with the first of each, and which sitemaps it read', async () => {
    const page = await at(`#crawls/${await garden()}`);
    await page.getByRole('button', { name: /^Passed over/ }).click();
    const rows = await page.locator('.jobs-table').first().locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split(/\s*\t\s*|\n/))).toEqual([
      ['Out of the scope', '1 link', 'http://neighbour.example/'],
      ['Only nofollow links lead there', '1 page', `${GARDEN}guestbook.html`],
    ]);
    expect(await page.locator('.jobs-table').last().innerText()).toMatch(/http:\/\/pagewire\.test\/sitemap\.xml\s+404/);
    await page.getByRole('link', { name: 'results' }).click();
    await page.getByText('1 of 51 results').waitFor();
    expect(await page.locator('.rows-row').innerText()).toContain(`${GARDEN}shed/key.html`);
    expect(looked.news()).toEqual([[], []]);
  });

  it('begins what its form says, and says the same request in five languages, each of which the server takes', async () => {
    const page = await at('#crawls/new');
    await page.getByLabel('URL', { exact: true }).fill('pagewire.test/garden/');
    await page.getByLabel('limit', { exact: true }).fill('20');
    await page.getByLabel('depth', { exact: true }).fill('1');
    await page.getByLabel('exclude', { exact: true }).fill('/garden/beds, /garden/well');
    await page.getByText('Sitemaps, robots.txt, nofollow, further origins').click();
    await page.getByLabel('sitemap', { exact: true }).selectOption('skip');
    await page.getByLabel('robots', { exact: true }).selectOption('ignore');
    await page.getByLabel('metadata', { exact: true }).check();
    expect(await accessFaults(page)).toEqual([]);
    const told = async (language: string): Promise<string> => {
      await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: language }).click();
      return page.locator('.request-text').innerText();
    };
    const [, body = ''] = /-d '([^]*)'$/.exec(await told('curl')) ?? [];
    const asked = { limit: 20, depth: 1, exclude: ['/garden/beds', '/garden/well'], sitemap: 'skip', robots: 'ignore' };
    expect(JSON.parse(body)).toEqual({ url: GARDEN, ...asked, views: { metadata: {} } });
    await told('GraphQL');
    await page.locator('.request-text', { hasText: 'createCrawl' }).waitFor();
    const graph = await told('GraphQL');
    expect(graph).toContain('sitemap: SKIP');
    const { json } = await app.graphql<unknown>(graph);
    expect(json.errors).toBeUndefined();
    for (const language of ['fetch', 'Python', 'n8n']) expect(await told(language)).toContain('/garden/well');
    await page.getByRole('button', { name: 'Begin' }).click();
    await stateOf(page, 'completed');
    // The start, its links but for the beds and the well, and the shed, as robots.txt is not kept to.
    const urls = await page.locator('.rows-row .row-open').allInnerTexts();
    expect(urls.map((url) => url.replace(GARDEN, '')).sort()).toEqual([
      '',
      'diary/',
      'nettle.html',
      'old-beds',
      'shed/key.html',
      'visitors.html',
    ]);
    await page.locator('.row-open', { hasText: 'diary' }).click();
    await page
      .locator('.opened-result')
      .getByRole('button', { name: /metadata \{/ })
      .waitFor();
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('shows pages as they come, cancels, and deletes', async () => {
    const page = await at('#crawls/new');
    await page.getByLabel('URL', { exact: true }).fill(target('/begin'));
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.locator('.rows-row', { hasText: '/begin' }).waitFor();
    await until(() => held.length > 0);
    await stateOf(page, 'running');
    expect(await page.locator('.rows-row').count()).toBe(1);
    held.pop()?.();
    await page.locator('.rows-row', { hasText: '/last' }).waitFor();
    await stateOf(page, 'completed');
    await page.getByText('3 pages known, the farthest that was begun is 2 links from the start.').waitFor();
    const { json } = await app.post<{ id: string }>('/crawls', { url: target('/begin?again'), cache: 'reload' });
    await at(`#crawls/${json.id}`);
    await until(() => held.length > 0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await stateOf(page, 'cancelled');
    held.pop()?.();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it, with all its results' }).click();
    await page.getByRole('heading', { name: 'Crawls' }).waitFor();
    expect((await app.get(`/crawls/${json.id}`)).status).toBe(404);
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('hands results over as files', async () => {
    const id = await garden();
    const page = await at(`#crawls/${id}`);
    for (const [format, start] of [
      ['CSV', 'index,url,depth,foundOn'],
      ['NDJSON', '{"index":0'],
      ['JSON', '{"total":51'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: format, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`crawl-${id.slice(0, 10)}.${format.toLowerCase()}`);
      expect(readFileSync(await download.path(), 'utf8').slice(0, start.length)).toBe(start);
    }
  });

  it('says that a crawl is gone, and what is wrong with a URL', async () => {
    const page = await at('#crawls/nobodys');
    await page.getByRole('link', { name: 'What JOB_NOT_FOUND means' }).waitFor();
    await at('#crawls/new');
    await page.getByLabel('URL', { exact: true }).fill('ftp://x/');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('ftp');
    expect(looked.news()).toEqual([[], []]);
  });

  it('runs and loads nothing of what pages say, and writes out what turns their text round', async () => {
    const id = await crawled({ url: target('/evil') });
    const page = await at(`#crawls/${id}?result=0`);
    await page.locator('.rows-row', { hasText: '<script>alert(2)</script>\\u{202e}gnp' }).first().waitFor();
    await page.locator('.opened-result .json-string', { hasText: '\\u{202e}' }).first().waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/\u202e/);
    expect(looked.news()).toEqual([[], []]);
  });

  it('keeps nobody out in a light scheme and in a dark one, and fits a screen 1440 and one 390 wide', async () => {
    const id = await garden();
    for (const [fragment, there] of [
      ['#crawls', '.jobs-table'],
      ['#crawls/new', '.view-choices'],
      [`#crawls/${id}?result=1`, '.opened-result .json-line'],
      [`#crawls/${id}?part=passed-over`, '.jobs-table'],
    ] as const) {
      const page = await at(fragment);
      await page.locator(there).first().waitFor();
      for (const [scheme, width] of [
        ['light', 1440],
        ['dark', 390],
      ] as const) {
        await looked.change(scheme, width);
        await looked.settled();
        expect([fragment, scheme, await accessFaults(page)]).toEqual([fragment, scheme, []]);
        expect([fragment, width, Math.max(0, await looked.overflow())]).toEqual([fragment, width, 0]);
      }
    }
    await looked.change('light', 1280);
  }, 60_000);
});
