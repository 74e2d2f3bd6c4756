import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { until } from '../support/held-origin.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { response } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { type JobsPage, startJobsPage, stateOf } from './jobs-page.ts';
import { look, type Looked } from './looked.ts';

const KEY = 'a-key-of-the-jobs-test';
const EVIL = `"'><img src=http://stranger.example/x onerror=alert(1)><script>alert(2)</script>`;
const HTML = [['Content-Type', 'text/html; charset=utf-8']] as const;

/** What waits for the test to go on. */
const held: (() => void)[] = [];
let isHolding = true;
const letGo = (): void => {
  for (const go of held.splice(0)) go();
};

let jobs: JobsPage;
let app: TestApp;
let origin: Origin;
let looked: Looked;

beforeAll(async () => {
  origin = await startOrigin({
    scenarios: {
      '/held': async () => {
        if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
        return response('<title>held</title>', [...HTML]);
      },
      '/evil': response(`<title>${EVIL.replaceAll('<', '&lt;')}</title><a href="/\u202egnp">\u202egnp.exe</a>`, [...HTML]),
    },
  });
  jobs = await startJobsPage();
  ({ app, looked } = jobs);
}, 90_000);

afterAll(async () => {
  isHolding = false;
  letGo();
  await (jobs as JobsPage | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

const target = (path: string): string => origin.url + path;

const at = (fragment: string): Promise<Page> => jobs.at(fragment);

/** Takes a batch on, past the page. */
async function batch(body: object): Promise<string> {
  const { json } = await app.post<{ id: string }>('/batches', body);
  return json.id;
}

describe('/jobs', () => {
  it('teaches, where there are no batches, by one click on the demo, and shows what came of it', async () => {
    const page = await at('');
    await page.getByRole('heading', { name: 'There are none yet' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^What failures look like/ }).click();
    // The database is opened now, which a busy machine takes long for.
    await stateOf(page, 'completed', 45_000);
    expect(await page.locator('.standing-words').innerText()).toBe('1 succeeded, 4 failed of 5');
    expect(await page.locator('.charts').innerText()).toMatch(/Problems[^]*NOT_A_DOCUMENT\s+2/);
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('filters results by what the charts count and by URL, has that in the address, and opens one as a tree with its problem', async () => {
    const id = await batch({
      urls: ['page1.htm', 'loop', 'romeo.txt'].map((path) => `http://pagewire.test/${path}`),
      views: { links: {} },
    });
    const page = await at(`#batches/${id}`);
    await stateOf(page, 'completed');
    await page.locator('.bars button', { hasText: 'TOO_MANY_REDIRECTS' }).click();
    await page.getByText('1 of 3 results').waitFor();
    expect(page.url()).toContain('code=TOO_MANY_REDIRECTS');
    await page.locator('.row-open').focus();
    await page.keyboard.press('Enter');
    const opened = page.locator('.opened-result');
    await opened.getByRole('link', { name: 'What TOO_MANY_REDIRECTS means' }).waitFor();
    expect(await opened.getByRole('link', { name: 'Open in the console' }).getAttribute('href')).toBe('/#url=http://pagewire.test/loop');
    await page.reload();
    await opened.getByText('Too many redirects').first().waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.bars button', { hasText: 'TOO_MANY_REDIRECTS' }).click();
    await page.getByLabel('Failed ones alone').check();
    await page.getByText('2 of 3 results').waitFor();
    await page.getByLabel('Failed ones alone').uncheck();
    await page.getByLabel('URL contains').fill('page1');
    await page.getByText('1 of 3 results').waitFor();
    await page.locator('.row-open').click();
    await opened.getByRole('button', { name: /links \{/ }).waitFor();
    await opened.getByRole('button', { name: /links \[1\]/ }).click();
    await opened.getByRole('button', { name: /\b0 \{/ }).click();
    await opened.getByText('"Second Page"').waitFor();
    expect(looked.news()).toEqual([[], []]);
  });

  it('shows results as they come, and cancels', async () => {
    const page = await at('#batches/new');
    await page.getByLabel('URLs', { exact: true }).fill(`${target('/romeo.txt')}\n${target('/held')}`);
    await page.getByLabel('links', { exact: true }).uncheck();
    await page.getByRole('button', { name: 'Begin' }).click();
    await stateOf(page, 'running');
    await page.getByText('1 succeeded, 1 to come of 2').waitFor();
    await page.locator('.rows-row', { hasText: '/romeo.txt' }).waitFor();
    await until(() => held.length > 0);
    letGo();
    await page.getByText('2 succeeded of 2').waitFor();
    await page.locator('.rows-row', { hasText: '/held' }).waitFor();
    const id = await batch({ urls: [target('/held'), target('/held')], concurrency: 1 });
    await at(`#batches/${id}`);
    await stateOf(page, 'running');
    await until(() => held.length > 0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await stateOf(page, 'cancelled');
    // What is under way at the target goes on, and others wait for it.
    isHolding = false;
    letGo();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it, with all its results' }).click();
    await page.locator('.jobs-table').waitFor();
    expect((await app.get(`/batches/${id}`)).status).toBe(404);
    expect(await page.locator('.jobs-table').innerText()).not.toContain(id.slice(0, 10));
    expect(looked.news()).toEqual([[], []]);
  }, 60_000);

  it('takes a CSV file, options of views, and says the same request in five languages, each of which the server takes', async () => {
    const page = await at('#batches/new');
    await page.getByLabel('CSV file').setInputFiles({
      name: 'list.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`name,url\nFirst,${target('/romeo.txt')}\nSecond,${target('/docs')}\n`),
    });
    await page.getByText('list.csv, 3 lines').waitFor();
    await page.getByText('links: ').click();
    await page.locator('#option-links-limit').fill('2');
    await page.locator('#option-links-kind').selectOption('internal');
    await page.getByLabel('extract', { exact: true }).check();
    expect(await page.locator('.fault').innerText()).toContain('extract: shape is required');
    expect(await page.getByRole('button', { name: 'Begin' }).isDisabled()).toBe(true);
    await page.getByLabel('extract', { exact: true }).uncheck();
    await page.getByLabel('metadata', { exact: true }).check();
    const told = async (language: string): Promise<string> => {
      await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: language }).click();
      return page.locator('.request-text').innerText();
    };
    const [, body = ''] = /-d '([^]*)'$/.exec(await told('curl')) ?? [];
    expect(JSON.parse(body)).toMatchObject({ views: { links: { limit: 2, kind: 'internal' }, metadata: {} } });
    await told('GraphQL');
    await page.locator('.request-text', { hasText: 'createBatch' }).waitFor();
    const graph = await told('GraphQL');
    expect(graph).toMatch(/^mutation \{\n {2}createBatch\(csv: "name,url[^]*links: \{ limit: 2, kind: INTERNAL \}, metadata: true/);
    const { json } = await app.graphql<unknown>(graph);
    expect(json.errors).toBeUndefined();
    expect([await told('fetch'), await told('Python'), await told('n8n')]).toEqual([
      expect.stringContaining("method: 'POST'"),
      expect.stringContaining('urlopen'),
      expect.stringContaining('n8n-nodes-base.httpRequest'),
    ]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await stateOf(page, 'completed');
    await page.locator('.row-open', { hasText: '/docs' }).click();
    await page.getByRole('button', { name: /links \[2\]/ }).waitFor();
  }, 60_000);

  it('hands results over as files', async () => {
    const id = await batch({ urls: [target('/romeo.txt')] });
    const page = await at(`#batches/${id}`);
    await stateOf(page, 'completed');
    for (const [format, start] of [
      ['CSV', 'index,url,state'],
      ['NDJSON', '{"index":0'],
      ['JSON', '{"total":1'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: format, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`batch-${id.slice(0, 10)}.${format.toLowerCase()}`);
      expect(readFileSync(await download.path(), 'utf8').slice(0, start.length)).toBe(start);
    }
  });

  it('says which URLs are none, and that a batch is gone', async () => {
    const page = await at('#batches/new');
    await page.getByLabel('URLs', { exact: true }).fill('ftp://x/ mailto:a@b');
    await page.getByRole('button', { name: 'Begin' }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(/2 of the 2 URLs cannot be retrieved[^]*urls\[1\]/);
    await at('#batches/nobodys');
    await page.getByRole('link', { name: 'What JOB_NOT_FOUND means' }).waitFor();
    await page.getByRole('link', { name: 'All batches' }).click();
    await page.locator('.jobs-table').waitFor();
    await at(`#\u202eelsewhere`);
    await page.getByRole('heading', { name: 'Not here' }).waitFor();
    expect(looked.news()).toEqual([[], []]);
  });

  it('runs and loads nothing of a result, and writes out what turns its text round', async () => {
    const id = await batch({ urls: [target('/evil')], views: { links: {}, metadata: {} } });
    const page = await at(`#batches/${id}?result=0`);
    const opened = page.locator('.opened-result');
    await opened.getByText('<img src=http://stranger.example/x').first().waitFor();
    await opened.getByRole('button', { name: /links \[1\]/ }).click();
    await opened
      .getByRole('button', { name: /\b0 \{/ })
      .first()
      .click();
    await opened.getByText('\\u{202e}').first().waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/\u202e/);
    expect(looked.news()).toEqual([[], []]);
  });

  it('keeps nobody out in a light scheme and in a dark one, and fits a screen 1440 and one 390 wide', async () => {
    const id = await batch({ urls: [target('/romeo.txt'), 'http://10.0.0.1/'], views: { wordCount: {} } });
    const page = await at('');
    await page.locator('.jobs-table').waitFor();
    for (const fragment of ['#batches', '#batches/new', `#batches/${id}?result=1`]) {
      await at(fragment);
      await page.locator('.jobs-table, .view-choices, .opened-result .json-line').first().waitFor();
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

  it('tries /batches out in /docs, with no Internet', async () => {
    const { page } = looked;
    await page.goto(`${app.url}/docs#POST/batches?wait=30`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('.answer-text', { hasText: '"completed"' }).waitFor();
    expect(await page.locator('.answer-text').innerText()).toContain('"succeeded": 2,');
  });

  it('asks for the key that a server wants, and says that there is no database, and asks again', async () => {
    const guarded = await startApp({ API_KEYS: KEY, DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' });
    const { page, context } = await look(jobs.browser, guarded);
    try {
      await page.goto(`${guarded.url}/jobs`);
      await page.getByLabel('API key').fill(KEY);
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByRole('link', { name: 'What DATABASE_UNAVAILABLE means' }).waitFor();
      await page.getByRole('button', { name: 'Ask again' }).waitFor();
    } finally {
      await context.close();
      await guarded.close();
    }
  }, 60_000);
});
