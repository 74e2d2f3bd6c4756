import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What of a page keeps people out, a line each, by the rules of WCAG 2.2 AA and by axe's best practices; none is what is wanted. */
export async function accessFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // What runs here is in the browser, which this project's types do not know.
    const { axe: tester } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await tester.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
  });
}
