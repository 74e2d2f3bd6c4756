import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

/** The page /jobs of a server of its own, in a browser of its own. */
export interface JobsPage {
  browser: Browser;
  app: TestApp;
  looked: Looked;
  /** Shows a part of the page; another one in place of the one before, as by a link. */
  at: (fragment: string) => Promise<Page>;
  close: () => Promise<void>;
}

export async function startJobsPage(): Promise<JobsPage> {
  const app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  const browser = await launch([]);
  const looked = await look(browser, app);
  const { page } = looked;
  return {
    browser,
    app,
    looked,
    at: async (fragment) => {
      await page.goto('about:blank');
      await page.goto(`${app.url}/jobs${fragment}`);
      await page.locator('.jobs-main h1').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      await app.close();
    },
  };
}

/** Waits until a job is told to be in a state. */
export const stateOf = (page: Page, state: string, timeout = 10_000): Promise<void> =>
  page.locator('.jobs-facts .status', { hasText: state }).waitFor({ timeout });
