import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { launch } from './chromium.ts';

/** A name that only this browser knows: the pages must work wherever the server is. */
const HOST = 'pagewire.test';

/** What a page did while it was looked at. */
interface Seen {
  complaints: string[];
  dialogs: string[];
  downloads: string[];
}

let browser: Browser;
let app: TestApp;
let origin: Origin;
let page: Page;
let seen: Seen;

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  // No other name can be resolved: what is not here is nowhere.
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`]);
});

afterAll(async () => {
  // Without Chromium none of them has come to be.
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  seen = { complaints: [], dialogs: [], downloads: [] };
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
