import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { launch } from './chromium.ts';

/** Long enough for a script that runs at all to have run. */
const A_MOMENT_MS = 300;

let browser: Browser;
let app: TestApp;
let origin: Origin;
let page: Page;
let dialogs: string[];

beforeAll(async () => {
  browser = await launch([]);
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
});

afterEach(async () => {
  await page.close();
});

function about(endpoint: string, path: string): string {
  return `${app.url}${endpoint}?${new URLSearchParams({ url: origin.url + path }).toString()}`;
}

/** Shows an answer of ours as a page, also one that is handed over as a file. */
async function show(address: string): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(Object.entries(response.headers()).filter(([name]) => name !== 'content-disposition'));
    await route.fulfill({ response, headers });
  });
  await page.goto(address).catch((error: unknown) => {
    if (!/Download is starting|ERR_ABORTED/.test(String(error))) throw error;
  });
  await page.waitForTimeout(A_MOMENT_MS);
}

/** Has a page load a script by its address. */
async function loadScript(address: string): Promise<void> {
  await page.evaluate(async (src) => {
    // What runs here is in the browser, which this project's types do not know.
    const { document } = globalThis as unknown as {
      document: { createElement(name: string): Record<string, unknown>; head: { append(element: unknown): void } };
    };
    const script = document.createElement('script');
    script['src'] = src;
    await new Promise((resolve) => {
      script['onload'] = resolve;
      script['onerror'] = resolve;
      document.head.append(script);
    });
  }, address);
  await page.waitForTimeout(A_MOMENT_MS);
}

const PAGES = ['/active.html', '/active.svg', '/active.xhtml', '/active.xml'];
const LIES = ['/active.pdf', '/active.json', '/active.txt', '/active.unknown', '/active.js'];

describe('content of a target, on this origin', () => {
  it.each(PAGES)('could run a script: %s does on its own', async (path) => {
    await page.goto(origin.url + path);
    await page.waitForTimeout(A_MOMENT_MS);
    expect(dialogs).toEqual([expect.anything()]);
  });

  it.each([...PAGES, ...LIES])('runs nothing of %s, whichever endpoint gives it', async (path) => {
    const { snapshot } = (await app.get<{ snapshot: string }>('/fetch', { url: origin.url + path })).json;
    const forms = ['', '.har', '.warc', '.curl'].map((suffix) => `${app.url}/snapshots/${snapshot}${suffix}`);
    for (const address of [about('/body', path), about('/wire', path), about('/fetch', path), ...forms]) {
      await show(address);
      expect([address, dialogs]).toEqual([address, []]);
    }
  });

  it.each(['127.0.0.1', 'pagewire.test'])('runs nothing as a script of a page of ours, at %s either', async (host) => {
    const own = await launch(['--host-resolver-rules=MAP pagewire.test 127.0.0.1']);
    try {
      page = await own.newPage();
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(`${origin.url}/page1.htm`);
      await loadScript(`${origin.url}/active.js`);
      expect(dialogs).toHaveLength(1);
      // The one page of ours that may set the URL of a script at all: the others demand trusted types.
      await page.goto(`${app.url.replace('127.0.0.1', host)}/graphql`);
      await page.locator('.graphiql-container').waitFor();
      for (const path of ['/active.js', '/active.txt', '/active.json']) {
        await loadScript(about('/body', path).replace('127.0.0.1', host));
        await loadScript(about('/wire', path).replace('127.0.0.1', host));
      }
      expect(dialogs).toHaveLength(1);
    } finally {
      await own.close();
    }
  });

  it('runs nothing of an address that a problem repeats', async () => {
    const script = '<script>alert(1)</script>';
    const addresses = [
      `/fetch?url=${encodeURIComponent(`http://127.0.0.1:25/${script}`)}`,
      `/fetch?url=${encodeURIComponent(`javascript:alert(1)//${script}`)}`,
      `/fetch?${encodeURIComponent(script)}=1`,
      `/${encodeURIComponent(script)}`,
      `/problems/${encodeURIComponent(script)}`,
      `/snapshots/${encodeURIComponent(script)}`,
      `/select?url=${encodeURIComponent(`${origin.url}/page1.htm`)}&selector=${encodeURIComponent(script)}`,
    ];
    for (const address of addresses) {
      await show(app.url + address);
      expect([address, dialogs]).toEqual([address, []]);
    }
  });
});
