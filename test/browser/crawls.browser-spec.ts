import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.ts';
import { until } from '../support/held-origin.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { response } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { type JobsPage, startJobsPage, stateOf } from './jobs-page.ts';
import type { Looked } from './looked.ts';

const GARDEN = 'http://pagewire.test/garden/';
const EVIL = `"'><img src=http://stranger.example/x onerror=alert(1)><script>alert(2)</script>\u202egnp`;
const HTML = [['Content-Type', 'text/html; charset=utf-8']] as const;
const escaped = EVIL.replaceAll('<', '&lt;');

const lasts = <Made>(make: (path: string) => Made): Made[] => Array.from({ length: 10 }, (_, index) => make(`/last/${String(index)}`));

/** What waits for the test to go on. */
const held: (() => void)[] = [];

let jobs: JobsPage;
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
      // The first are not retrieved and have no rank: of 2,000 that are drawn, the last do not stand at their index.
      '/many': response(
        `<title>many</title>${Array.from({ length: 2100 }, (_, index) => `<a rel="nofollow" href="/n/${String(index)}">n</a>`).join('')}${lasts((path) => `<a href="${path}">l</a>`).join('')}`,
        [...HTML],
      ),
      ...Object.fromEntries(lasts((path) => [path, response(`<title>It is ${path}</title><a href="/many">m</a>`, [...HTML])])),
      '/evil': response(`<title>${escaped}</title><a href="/evil-\u202egnp?x=<script>">${escaped}</a><a href="/twin">${escaped}</a>`, [
        ...HTML,
      ]),
      '/twin': response(`<title>${escaped}</title><a href="/evil-\u202egnp?x=<script>">${escaped}</a><a href="/twin">${escaped}</a>`, [
        ...HTML,
      ]),
    },
  });
  jobs = await startJobsPage();
  ({ app, looked } = jobs);
}, 90_000);

afterAll(async () => {
  for (const go of held.splice(0)) go();
  await (jobs as JobsPage | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

const target = (path: string): string => origin.url + path;

const at = (fragment: string): Promise<Page> => jobs.at(fragment);

/** Crawls a site to its end, past the page. */
async function crawled(body: object): Promise<string> {
  const { json } = await app.post<{ id: string; crawl?: { id: string } }>('/crawls?wait=30', body);
  return json.crawl?.id ?? json.id;
}

let ofGarden: Promise<string> | null = null;
/** A crawl of the demo's site. */
const garden = (): Promise<string> => (ofGarden ??= crawled({ url: GARDEN }));

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

  it('has its pages in order of their PageRank or another, filters them, and leads to each in the graph', async () => {
    const id = await garden();
    const page = await at(`#crawls/${id}?part=pages`);
    await page.getByText('52 pages').waitFor();
    const { json } = await app.get<{ pages: { url: string; inDegree: number }[] }>(`/crawls/${id}/pages`, { sort: 'rank' });
    const urls = (): Promise<string[]> => page.locator('.rows-row a').allInnerTexts();
    expect((await urls()).slice(0, 5)).toEqual(json.pages.slice(0, 5).map(({ url }) => url));
    await page.getByRole('columnheader', { name: 'In' }).getByRole('button').click();
    await page.locator('[aria-sort=descending]', { hasText: 'In' }).waitFor();
    const most = Math.max(...json.pages.map(({ inDegree }) => inDegree));
    expect(await page.locator('.rows-row').first().innerText()).toContain(String(most));
    await page.getByRole('columnheader', { name: 'In' }).getByRole('button').click();
    await page.locator('[aria-sort=ascending]', { hasText: 'In' }).waitFor();
    expect((await page.locator('.rows-row').first().locator('.number').allInnerTexts())[1]).toBe(
      String(Math.min(...json.pages.map(({ inDegree }) => inDegree))),
    );
    await page.getByLabel('Contains').fill('rosemary');
    await page.getByText('1 of 52 pages').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('link', { name: `${GARDEN}rosemary.html` }).click();
    await page.locator('.graph-chosen h3', { hasText: 'Rosemary' }).waitFor();
    expect(looked.news()).toEqual([[], []]);
  });

  it('tells which links are broken, and on which pages, by which text they stand', async () => {
    const id = await garden();
    const page = await at(`#crawls/${id}`);
    await page.getByRole('button', { name: 'Broken links' }).click();
    await page.getByText('1 broken page', { exact: true }).waitFor();
    expect((await page.locator('.rows-row').innerText()).split(/\s*\n\s*/)).toEqual([
      `${GARDEN}nettle.html`,
      '404',
      '2',
      GARDEN,
      'nettles',
    ]);
    await page.locator('.row-open').click();
    const opened = page.locator('.opened-result');
    expect(await opened.locator('.linked-from li').allInnerTexts()).toEqual([`${GARDEN}\n“nettles”`, `${GARDEN}compost.html\n“nettles”`]);
    expect(await accessFaults(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(`${GARDEN}nettle.html`);
    await page.reload();
    await opened.getByRole('link', { name: `${GARDEN}compost.html` }).click();
    await page.locator('.graph-chosen h3', { hasText: 'Compost' }).waitFor();
    expect(looked.news()).toEqual([[], []]);
  });

  it('tells where redirects lead step by step, and what pages share', async () => {
    const id = await garden();
    const page = await at(`#crawls/${id}?part=redirects`);
    await page.getByText('2 redirects', { exact: true }).waitFor();
    const rows = await page.locator('.rows-row').allInnerTexts();
    expect(rows.map((row) => row.split(/\s*\n\s*/).slice(0, 4)).sort()).toEqual([
      [`${GARDEN}old-beds`, '301', 'a page', `${GARDEN}beds.html`],
      [`${GARDEN}well`, '302', 'a loop', '1'],
    ]);
    await page.locator('.row-open', { hasText: 'old-beds' }).click();
    await page.locator('.opened-result li', { hasText: 'where the beds were' }).waitFor();
    expect(await page.locator('.opened-result ol li').allInnerTexts()).toEqual([
      `${GARDEN}old-beds\n301`,
      expect.stringMatching(/beds\.html\s+a page\s+200/),
    ]);
    await at(`#crawls/${id}?part=duplicates`);
    await page.getByText('2 groups', { exact: true }).waitFor();
    await page.locator('.row-open', { hasText: 'Visitors' }).click();
    expect((await page.locator('.opened-result li').allInnerTexts()).sort()).toEqual([`${GARDEN}guests.html`, `${GARDEN}visitors.html`]);
    await page.getByRole('button', { name: 'Canonical links' }).click();
    await page.getByText('No two canonical links name the same.').waitFor();
    expect(looked.news()).toEqual([[], []]);
  });

  describe('the graph', () => {
    interface Graph {
      nodes: { index: number; url: string; title: string | null }[];
      edges: { from: number; to: number }[];
    }
    const graphOf = async (id: string, limit = 2000): Promise<Graph> => (await app.get<Graph>(`/crawls/${id}/graph`, { limit })).json;
    /** What is told of the page that is chosen. */
    const told = async (page: Page): Promise<{ url: string; to: string[]; of: string[] }> => {
      const chosen = page.locator('.graph-chosen');
      const names = (section: string): Promise<string[]> =>
        chosen.locator('section', { hasText: section }).locator('.row-open').allInnerTexts();
      return { url: await chosen.locator('.jobs-url').innerText(), to: await names('Links to it'), of: await names('Links of it') };
    };
    const nameOf = ({ title, url }: { title: string | null; url: string }): string => title ?? url.replace(/.*\/(?=.)/, '');
    /** The same, as the server has it. */
    const truth = ({ nodes, edges }: Graph, url: string): { url: string; to: string[]; of: string[] } => {
      const byIndex = new Map(nodes.map((node) => [node.index, node]));
      const index = nodes.find((node) => node.url === url)?.index;
      const names = (indexes: number[]): string[] =>
        [...new Set(indexes)]
          .filter((one) => one !== index)
          .flatMap((one) => byIndex.get(one) ?? [])
          .map(nameOf)
          .sort();
      return {
        url,
        to: names(edges.filter(({ to }) => to === index).map(({ from }) => from)),
        of: names(edges.filter(({ from }) => from === index).map(({ to }) => to)),
      };
    };
    const sorted = ({ url, to, of }: { url: string; to: string[]; of: string[] }): object => ({ url, to: to.sort(), of: of.sort() });
    const settled = async (page: Page): Promise<void> => {
      await page.locator('canvas').waitFor();
      await page.locator('.graph-progress').waitFor({ state: 'detached', timeout: 30_000 });
    };
    /** The colour at a place of the canvas, from its middle. */
    const colourAt = (page: Page, right = 0, down = 0): Promise<string> =>
      page.evaluate(
        ([dx, dy]) => {
          const { document, devicePixelRatio: ratio } = globalThis as unknown as {
            devicePixelRatio: number;
            document: {
              querySelector: (name: string) => {
                width: number;
                height: number;
                getContext: (name: string) => { getImageData: (...place: number[]) => { data: ArrayLike<number> } };
              };
            };
          };
          const canvas = document.querySelector('canvas');
          const { data } = canvas
            .getContext('2d')
            .getImageData(Math.round(canvas.width / 2 + (dx ?? 0) * ratio), Math.round(canvas.height / 2 + (dy ?? 0) * ratio), 1, 1);
          return `rgb(${String(data[0])}, ${String(data[1])}, ${String(data[2])})`;
        },
        [right, down],
      );
    const colourOf = (page: Page, swatch: string): Promise<string> =>
      page.locator(`.swatch-${swatch}`).evaluate((element) => {
        const { getComputedStyle } = globalThis as unknown as { getComputedStyle: (of: unknown) => { color: string } };
        return getComputedStyle(element).color;
      });
    /** Without what is said of this test's own reading of the canvas. */
    const news = (): unknown[] => {
      const [complaints, strangers] = looked.news();
      return [complaints.filter((words) => !words.includes('willReadFrequently')), strangers];
    };
    const seek = async (page: Page, text: string): Promise<void> => {
      await page.getByLabel('Find a page').fill(text);
      await page.keyboard.press('Enter');
    };

    it('draws each page, and tells of the very page that a search, a click or a key has chosen', async () => {
      const id = await garden();
      const graph = await graphOf(id);
      const page = await at(`#crawls/${id}?part=graph`);
      await page.getByText(`52 pages and `).waitFor();
      await settled(page);
      for (const [name, colour] of [
        ['rosemary', 'page'],
        ['nettle', 'error'],
        ['old-beds', 'redirect'],
        ['shed/key', 'forbidden'],
        ['guestbook', 'waiting'],
        ['compost', 'page'],
      ] as const) {
        await seek(page, name);
        const { url } = graph.nodes.find((node) => node.url.includes(name)) ?? { url: '' };
        await page.locator('.graph-chosen .jobs-url', { hasText: url }).waitFor();
        await looked.settled();
        expect(sorted(await told(page))).toEqual(truth(graph, url));
        expect([name, await colourAt(page)]).toEqual([name, await colourOf(page, colour)]);
        expect(await page.locator('[role=status].aside').innerText()).toContain(url);
        expect(new URLSearchParams(page.url().split('?')[1]).get('page')).toBe(String(graph.nodes.find((node) => node.url === url)?.index));
      }
      // By a click where it is.
      await page.getByRole('button', { name: 'Close' }).click();
      await page.locator('.graph-chosen').waitFor({ state: 'detached' });
      await page.getByLabel('Find a page').fill('');
      await seek(page, 'tulip');
      await page.locator('.graph-chosen h3', { hasText: 'Tulip' }).waitFor();
      await page.locator('canvas').focus();
      await page.keyboard.press('Escape');
      await page.locator('.graph-chosen').waitFor({ state: 'detached' });
      await looked.settled();
      await page.locator('canvas').click();
      await page.locator('.graph-chosen h3', { hasText: 'Tulip' }).waitFor();
      expect(sorted(await told(page))).toEqual(truth(graph, `${GARDEN}tulip.html`));
      // By keys: each leads to another page than the one before, and tells of that.
      await page.locator('canvas').focus();
      await page.keyboard.press('Home');
      await page.locator('.graph-chosen h3', { hasText: 'The garden' }).waitFor();
      let before = GARDEN;
      for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown']) {
        await page.keyboard.press(key);
        await until(async () => (await page.locator('.graph-chosen .jobs-url').innerText()) !== before);
        before = await page.locator('.graph-chosen .jobs-url').innerText();
        expect(sorted(await told(page))).toEqual(truth(graph, before));
      }
      // By what is listed of the page.
      await page.keyboard.press('Home');
      await page
        .locator('.graph-chosen')
        .getByRole('button', { name: 'visitors' })
        .or(page.getByRole('button', { name: 'Visitors' }))
        .first()
        .click();
      await page.locator('.graph-chosen .jobs-url', { hasText: 'visitors.html' }).waitFor();
      expect(sorted(await told(page))).toEqual(truth(graph, `${GARDEN}visitors.html`));
      expect(news()).toEqual([[], []]);
    }, 60_000);

    it('zooms by keys, buttons and wheel, moves by a drag, and shows all again', async () => {
      const page = await at(`#crawls/${await garden()}?part=graph`);
      await settled(page);
      const scale = async (): Promise<number> => Number.parseInt(await page.getByLabel('Scale').innerText(), 10);
      const grows = async (act: () => Promise<unknown>, isMore: boolean): Promise<void> => {
        const was = await scale();
        await act();
        await until(async () => (isMore ? (await scale()) > was : (await scale()) < was));
      };
      const all = await scale();
      const canvas = page.locator('canvas');
      await canvas.focus();
      await grows(() => page.keyboard.press('+'), true);
      await grows(() => page.keyboard.press('-'), false);
      await grows(() => page.getByRole('button', { name: 'Larger' }).click(), true);
      await grows(() => page.getByRole('button', { name: 'Smaller' }).click(), false);
      await canvas.hover();
      await grows(() => page.mouse.wheel(0, -400), true);
      // Two fingers that part.
      const touched = await looked.context.newCDPSession(page);
      const place = await canvas.boundingBox();
      const fingers = (apart: number): { x: number; y: number; id: number }[] =>
        [-1, 1].map((side) => ({ x: (place?.x ?? 0) + 300 + side * apart, y: (place?.y ?? 0) + 100, id: side + 1 }));
      await grows(async () => {
        await touched.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(40) });
        await touched.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(60) });
        await touched.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(80) });
        await touched.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      }, true);
      await seek(page, 'compost');
      await page.locator('.graph-chosen h3', { hasText: 'Compost' }).waitFor();
      await looked.settled();
      await canvas.scrollIntoViewIfNeeded();
      const box = await canvas.boundingBox();
      const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
      const colour = await colourOf(page, 'page');
      expect(await colourAt(page)).toBe(colour);
      // Where nothing is: beside the last page, that stands at the rim.
      await page.mouse.move(x + 25, y + 60);
      await page.mouse.down();
      await page.mouse.move(x + 75, y + 20, { steps: 4 });
      await page.mouse.up();
      await looked.settled();
      expect([await colourAt(page, 50, -40), await colourAt(page)]).toEqual([colour, expect.not.stringMatching(colour)]);
      await page.getByRole('button', { name: 'All', exact: true }).click();
      await until(async () => Math.abs((await scale()) - all) < all * 0.4);
      expect(news()).toEqual([[], []]);
    }, 60_000);

    it('draws at once where no motion is wanted, and colours by depth', async () => {
      const page = await at('#crawls');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      try {
        await at(`#crawls/${await garden()}?part=graph`);
        await settled(page);
        await page.getByRole('button', { name: 'Depth' }).click();
        await seek(page, 'beds.html');
        await page.locator('.graph-chosen h3', { hasText: 'Beds' }).waitFor();
        await looked.settled();
        const colour = await page.locator('.swatch-depth-1').evaluate((element) => {
          const { document, getComputedStyle } = globalThis as unknown as {
            getComputedStyle: (of: unknown) => { color: string };
            document: {
              createElement: (name: string) => {
                getContext: (name: string) => {
                  fillStyle: string;
                  fillRect: (...place: number[]) => void;
                  getImageData: (...place: number[]) => { data: ArrayLike<number> };
                };
              };
            };
          };
          const context = document.createElement('canvas').getContext('2d');
          context.fillStyle = getComputedStyle(element).color;
          context.fillRect(0, 0, 1, 1);
          const { data } = context.getImageData(0, 0, 1, 1);
          return `rgb(${String(data[0])}, ${String(data[1])}, ${String(data[2])})`;
        });
        expect(await colourAt(page)).toBe(colour);
      } finally {
        await page.emulateMedia({ reducedMotion: null });
      }
    });

    it('of more than 2,000 pages draws nothing until it is asked to, and then tells of the right ones', async () => {
      const id = await crawled({ url: target('/many') });
      const page = await at(`#crawls/${id}?part=graph`);
      await page.getByText('It has 2,111 pages').waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      await page.getByRole('button', { name: 'Draw the 2,000 of the greatest PageRank' }).click();
      await page.getByText('The 2,000 of 2,111 pages that have the greatest PageRank').waitFor();
      const graph = await graphOf(id);
      // Otherwise this would try nothing.
      expect(graph.nodes.findIndex(({ url }) => url === target('/last/7'))).toBeLessThan(2000);
      expect(graph.nodes.find(({ url }) => url === target('/last/7'))?.index).toBeGreaterThan(2100);
      await seek(page, '/last/7');
      await page.locator('.graph-chosen h3', { hasText: 'It is /last/7' }).waitFor();
      expect(sorted(await told(page))).toEqual(truth(graph, target('/last/7')));
      await page.locator('.graph-chosen').getByRole('button', { name: 'many' }).first().click();
      await page.locator('.graph-chosen .jobs-url', { hasText: target('/many') }).waitFor();
      await page.locator('.graph-chosen section', { hasText: 'Links of it' }).getByText('111 more are not drawn').waitFor();
      expect(news()).toEqual([[], []]);
    }, 60_000);

    it('runs and loads nothing of a page that it tells of', async () => {
      const page = await at(`#crawls/${await crawled({ url: target('/evil') })}?part=graph`);
      await seek(page, 'twin');
      const chosen = page.locator('.graph-chosen');
      await chosen.locator('h3', { hasText: '<img src=http://stranger.example/x' }).waitFor();
      await chosen.locator('h3', { hasText: '\\u{202e}' }).waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(/\u202e/);
      expect(looked.news()).toEqual([[], []]);
    });
  });

  it('runs and loads nothing of what pages say, and writes out what turns their text round', async () => {
    const id = await crawled({ url: target('/evil') });
    const page = await at(`#crawls/${id}?result=0`);
    await page.locator('.rows-row', { hasText: '<script>alert(2)</script>\\u{202e}gnp' }).first().waitFor();
    await page.locator('.opened-result .json-string', { hasText: '\\u{202e}' }).first().waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/\u202e/);
    await at(`#crawls/${id}?part=broken`);
    await page.locator('.row-open', { hasText: '/evil-%E2%80%AEgnp' }).click();
    await page.locator('.linked-from', { hasText: '<script>alert(2)</script>\\u{202e}gnp' }).waitFor();
    await at(`#crawls/${id}?part=duplicates`);
    await page.locator('.row-open', { hasText: '<script>alert(2)</script>\\u{202e}gnp' }).click();
    await page.locator('.opened-result h3', { hasText: '\\u{202e}' }).waitFor();
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
      [`#crawls/${id}?part=pages`, '.rows-row'],
      [`#crawls/${id}?part=broken`, '.rows-row'],
      [`#crawls/${id}?part=redirects`, '.rows-row'],
      [`#crawls/${id}?part=duplicates`, '.rows-row'],
      [`#crawls/${id}?part=graph&page=3`, '.graph-chosen .row-open'],
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
