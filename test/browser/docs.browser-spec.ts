import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { OPERATIONS } from '../support/open-api.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { launch } from './chromium.ts';

/** A name that only this browser knows: the pages must work wherever the server is. */
const HOST = 'pagewire.test';
const KEY = 'a-key-of-the-browser-test';

/** What a page did while it was looked at. */
interface Seen {
  requests: string[];
  complaints: string[];
  dialogs: string[];
  downloads: string[];
}

let browser: Browser;
let app: TestApp;
let guarded: TestApp;
let origin: Origin;
let page: Page;
let seen: Seen;

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  guarded = await startApp({ API_KEYS: KEY });
  // No other name can be resolved: what is not here is nowhere.
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`]);
});

afterAll(async () => {
  // Without Chromium none of them has come to be.
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (guarded as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  seen = { requests: [], complaints: [], dialogs: [], downloads: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => seen.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.complaints.push(message.text());
  });
  page.on('download', (download) => seen.downloads.push(download.suggestedFilename()));
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
});

afterEach(async () => {
  await page.close();
});

/** Where the browser finds a server. */
function addressOf(server: TestApp): string {
  return server.url.replace('127.0.0.1', HOST);
}

/** Opens the page, and an operation within it, ready to be filled in. */
async function tryOut(server: TestApp, id: string): Promise<ReturnType<Page['locator']>> {
  await page.goto(`${addressOf(server)}/docs`);
  const operation = page.locator(`#operations-${id}`);
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  return operation;
}

/** Sends the request that was filled in; the status of its answer. */
async function execute(operation: ReturnType<Page['locator']>): Promise<string> {
  await operation.getByRole('button', { name: 'Execute' }).click();
  const status = operation.locator('.live-responses-table .response .response-col_status');
  await status.waitFor();
  return (await status.innerText()).trim().slice(0, 3);
}

describe('/docs in a browser that is offline', () => {
  it.each(['/docs', '/docs/', '/docs?url=https://elsewhere.example/openapi.json'])(
    'shows every operation at %s, asks nobody else, and has nothing to complain of',
    async (path) => {
      await page.goto(addressOf(app) + path);
      await page.locator('.opblock').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.title()).toBe('Pagewire');
      expect(await page.locator('.opblock').count()).toBe(OPERATIONS.length);
      expect(seen.requests.filter((url) => !url.startsWith(`${addressOf(app)}/`) && !url.startsWith('data:'))).toEqual([]);
      expect(seen.requests.length).toBeGreaterThan(3);
      expect(seen.complaints).toEqual([]);
    },
  );

  it('tries /encode out', async () => {
    const operation = await tryOut(app, 'Characters-getEncode');
    await operation.locator('[data-param-name="text"] input').fill('H');
    expect(await execute(operation)).toBe('200');
    expect(seen.requests.at(-1)).toMatch(/\/encode\?(?=.*\btext=H\b)/);
    expect(await operation.locator('.live-responses-table').innerText()).toContain('LATIN CAPITAL LETTER H');
    expect(seen.complaints).toEqual([]);
  });

  it('fills in just what /links needs', async () => {
    const operation = await tryOut(app, 'Documents-getLinks');
    const url = operation.locator('[data-param-name="url"] input');
    expect(await url.inputValue()).toBe('https://example.com/');
    await url.fill(`${origin.url}/page1.htm`);
    expect(await execute(operation)).toBe('200');
    expect(seen.requests.at(-1)).not.toMatch(/snapshot|kind|timeoutMs/);
    expect(seen.complaints).toEqual([]);
  });

  it('tries a JSON body out, from an example', async () => {
    const operation = await tryOut(app, 'Documents-postLinks');
    await operation.locator('.opblock-section-request-body select.examples-select-element').selectOption('inline');
    expect(await execute(operation)).toBe('200');
    expect(await operation.locator('.live-responses-table').innerText()).toContain('"page2.htm"');
    expect(seen.complaints).toEqual([]);
  });

  it('sends a key', async () => {
    const operation = await tryOut(guarded, 'Characters-getEncode');
    expect(await execute(operation)).toBe('401');
    await page.locator('.auth-wrapper .authorize').first().click();
    const form = page.locator('.modal-ux .auth-container', { hasText: 'X-API-Key' });
    await form.locator('input').fill(KEY);
    await form.getByRole('button', { name: 'Apply credentials' }).click();
    await form.getByRole('button', { name: 'Close' }).click();
    expect(await execute(operation)).toBe('200');
  });
});

describe('/body in a browser', () => {
  const activePages = ['/active.html', '/active.svg'];

  it.each(activePages)('would see the script of %s run on its own origin', async (path) => {
    await page.goto(origin.url + path);
    expect(seen.dialogs).toHaveLength(1);
  });

  it.each(activePages)('hands %s over as a file, and runs nothing of it', async (path) => {
    const address = `${addressOf(app)}/body?${new URLSearchParams({ url: origin.url + path }).toString()}`;
    await expect(page.goto(address)).rejects.toThrow(/Download is starting/);
    await page.waitForTimeout(300);
    expect(seen.downloads).toHaveLength(1);
    expect(seen.dialogs).toEqual([]);
    expect(page.url()).toBe('about:blank');
  });

  it.each(activePages)('runs nothing of %s either where the file were shown', async (path) => {
    const address = `${addressOf(app)}/body?${new URLSearchParams({ url: origin.url + path }).toString()}`;
    await page.route(address, async (route) => {
      const response = await route.fetch({ url: address.replace(HOST, '127.0.0.1') });
      const headers = Object.fromEntries(Object.entries(response.headers()).filter(([name]) => name !== 'content-disposition'));
      await route.fulfill({ response, headers });
    });
    await page.goto(address);
    await page.waitForTimeout(300);
    expect(page.url()).toBe(address);
    expect(seen.downloads).toEqual([]);
    expect(seen.dialogs).toEqual([]);
    expect(seen.complaints.join()).toMatch(/sandboxed|Content Security Policy/);
  });
});
