import type { Browser, BrowserContext, Page } from 'playwright-core';

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
