import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

/** A page of the console, and what it did while it was looked at. */
export interface Looked {
  context: BrowserContext;
  page: Page;
  /** What the browser complained of, errors of scripts and of the policy among it. */
  complaints: string[];
  /** What was asked of anybody but the server. */
  strangers: string[];
  /** Opens the console, at what the parameters of its address say. */
  open: (parameters?: Readonly<Record<string, string>>) => Promise<void>;
  /** Waits until nothing is asked any more, and what came is drawn. */
  settled: () => Promise<void>;
  /** What it complained of, and what was asked of others, since this was asked last. */
  news: () => [complaints: string[], strangers: string[]];
  /** Goes on with another scheme and another width. */
  change: (scheme: 'light' | 'dark', width: number) => Promise<void>;
  /** How many pixels of it do not fit the screen. */
  overflow: () => Promise<number>;
}

/** A browser as somebody has it: with its scheme, its width and no memory. */
export async function look(
  browser: Browser,
  server: { readonly url: string },
  { colorScheme = 'light', width = 1280 }: { colorScheme?: 'light' | 'dark'; width?: number } = {},
): Promise<Looked> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // An answer that is a problem is one of the things to see here.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isAnswer) complaints.push(message.text());
  });
  const underWay = new Set<Request>();
  const ended = (request: Request): void => {
    underWay.delete(request);
  };
  page.on('request', (request) => {
    if (request.url().startsWith('http')) underWay.add(request);
  });
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  page.on('request', (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(`${server.url}/`)) strangers.push(request.url());
  });
  page.on('requestfailed', (request) => {
    // One that the policy ends has not been sent; whether the browser tells of it first depends on when it tells of the frame.
    const place = strangers.indexOf(request.url());
    if (place !== -1 && /csp/i.test(request.failure()?.errorText ?? '')) strangers.splice(place, 1);
  });
  return {
    context,
    page,
    complaints,
    strangers,
    open: async (parameters = {}) => {
      await page.goto('about:blank');
      await page.goto(`${server.url}/#${new URLSearchParams(parameters).toString()}`);
    },
    settled: async () => {
      const end = performance.now() + 10_000;
      for (let quiet = 0; quiet < 2;) {
        await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))');
        quiet = underWay.size === 0 ? quiet + 1 : 0;
        if (performance.now() > end) throw new Error(`still asked: ${[...underWay].map((request) => request.url()).join(' ')}`);
      }
    },
    news: () => [complaints.splice(0), strangers.splice(0)],
    change: async (scheme, nextWidth) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: nextWidth, height: 800 });
    },
    overflow: () =>
      page.evaluate(() => {
        // What runs here is in the browser, which this project's types do not know.
        const { document, innerWidth } = globalThis as unknown as {
          document: { documentElement: { scrollWidth: number } };
          innerWidth: number;
        };
        return document.documentElement.scrollWidth - innerWidth;
      }),
  };
}
