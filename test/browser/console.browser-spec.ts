import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';

const KEY = 'a-key-of-the-console-test';
/** A port on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9/';

let browser: Browser;
let app: TestApp;
let origin: Origin;
let context: BrowserContext;
let page: Page;
/** What the browser complained of, errors of scripts and of the policy among it. */
let complaints: string[];
/** What was asked of anybody but the server. */
let strangers: string[];

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  browser = await launch([]);
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

beforeEach(async () => {
  await look({});
});

afterEach(async () => {
  await context.close();
});

/** A browser as somebody has it: with its scheme, its width and no memory. */
async function look(options: { colorScheme?: 'light' | 'dark'; width?: number }): Promise<void> {
  context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
  });
  page = await context.newPage();
  page.setDefaultTimeout(8000);
  complaints = [];
  strangers = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // An answer that is a problem is one of the things to see here.
    if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(`${server.url}/`)) strangers.push(request.url());
  });
}

let server: Pick<TestApp, 'url'> = { url: '' };

/** Opens the console, at what the parameters of its address say. */
async function open(parameters: Readonly<Record<string, string>> = {}, at: Pick<TestApp, 'url'> = app): Promise<void> {
  server = at;
  await page.goto(`${at.url}/#${new URLSearchParams(parameters).toString()}`);
}

const target = (path: string): string => origin.url + path;

describe('the console', () => {
  it('retrieves what is typed, and says what came back', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type(target('/romeo.txt'));
    await page.keyboard.press('Enter');
    await page.locator('.story').waitFor();
    expect(await page.locator('.story').innerText()).toContain('answered 200 OK');
    expect(await page.locator('.summary').innerText()).toMatch(/text\/plain\s+windows-1252\s+167 B/);
    expect(origin.requestsFor('/romeo.txt')).toHaveLength(1);
    expect([complaints, strangers]).toEqual([[], []]);
  });

  it('has its state in the address: a link that is shared shows the same, and a reload retrieves nothing again', async () => {
    await open({ url: target('/page1.htm') });
    await page.locator('.story').waitFor();
    const before = origin.requestsFor('/page1.htm').length;
    await page.reload();
    await page.locator('.story').waitFor();
    expect(origin.requestsFor('/page1.htm')).toHaveLength(before);
    expect(await page.getByLabel('URL', { exact: true }).inputValue()).toBe(target('/page1.htm'));
  });

  it('sends nothing by itself that may change something at the target', async () => {
    await open({ url: target('/echo'), method: 'POST' });
    await page.locator('.welcome').waitFor();
    expect(origin.requestsFor('/echo')).toEqual([]);
  });

  it('tells what failed in the words of the problem', async () => {
    await open({ url: NOBODY });
    const trouble = page.getByRole('alert');
    expect(await trouble.innerText()).toMatch(/discard|port 9/);
    expect(await trouble.getByRole('link').getAttribute('href')).toBe('/problems/TARGET_FORBIDDEN');
    expect(await accessFaults(page)).toEqual([]);
  });

  it('asks for a key where the server wants one, and keeps it in the tab alone', async () => {
    const guarded = await startApp({ ALLOW_TARGETS: '127.0.0.1', API_KEYS: KEY });
    try {
      await open({ url: target('/romeo.txt') }, guarded);
      await page.getByLabel('API key').fill(KEY);
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.locator('.story').waitFor();
      const others = await page.evaluate(() => JSON.stringify((globalThis as unknown as { localStorage: unknown }).localStorage));
      expect(others + page.url()).not.toContain(KEY);
      expect(await page.locator('.request-text').innerText()).toContain('YOUR_API_KEY');
    } finally {
      await guarded.close();
    }
  });
});

describe.each(['light', 'dark'] as const)('in a %s scheme', (colorScheme) => {
  it.each([1440, 390])('keeps nobody out, and fits a screen %i wide', async (width) => {
    await context.close();
    await look({ colorScheme, width });
    await open();
    await page.locator('.welcome').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await open({ url: target('/page1.htm') });
    await page.locator('.story').waitFor();
    await page.locator('.ask-options').click();
    await page.locator('.disclosure').click();
    expect(await accessFaults(page)).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { document, innerWidth } = globalThis as unknown as {
        document: { documentElement: { scrollWidth: number } };
        innerWidth: number;
      };
      return document.documentElement.scrollWidth - innerWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
