import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { response, type Scenarios } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

const EVIL = `"'><img src=x onerror=alert(1)><script>alert(2)</script>`;
const GREETING = 'http://pagewire.test/greeting.html';
const GERMAN = 'Deutsch\nAccept-Language: de';
const PHONE = 'phone\nUser-Agent: A Mobile';

const SCENARIOS: Scenarios = {
  '/evil': (request) => {
    const isOther = request.header('x-one') !== undefined;
    return response(`<title>${EVIL}</title>\n<a href="javascript:alert(3)">${isOther ? EVIL : 'one'}</a>\n`, [
      ['Content-Type', 'text/html'],
      [isOther ? 'X-Other' : 'X-One', EVIL],
    ]);
  },
  '/agents': (request, connection) => {
    const isRefused = request.header('user-agent') === 'B';
    if (isRefused) connection.reset();
    return isRefused ? undefined : response('fine', [['Content-Type', 'text/plain']]);
  },
};

let browser: Browser;
let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin({ scenarios: SCENARIOS });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  browser = await launch([]);
}, 90_000);

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

const target = (path: string): string => origin.url + path;

/** Opens the tab for a URL with variants as an address has them. */
async function compare(url: string, variants: readonly string[] = [], options: Parameters<typeof look>[2] = {}): Promise<Looked> {
  const looked = await look(browser, app, options);
  const more = new URLSearchParams({ url, tab: 'compare' });
  for (const variant of variants) more.append('variant', variant);
  await looked.page.goto(`${app.url}/#${more.toString()}`);
  await looked.page.locator('.compare').waitFor();
  return looked;
}

describe('the tab compare', () => {
  it('teaches what to compare, and shows side by side what differs after one click', async () => {
    const { page, complaints, strangers, context } = await compare(GREETING);
    await page.getByRole('button', { name: /^Three languages/ }).click();
    const told = page.getByRole('region', { name: 'What each variant brought back' });
    await told.waitFor();
    expect(await told.innerText()).toMatch(/en\s+Accept-Language: en\s+de\s+Accept-Language: de\s+fr/);
    expect(await told.locator('tr', { hasText: 'SHA-256' }).innerText()).toMatch(/differs/);
    expect(await told.locator('tr', { hasText: 'Status' }).innerText()).toMatch(/same\s+200\s+200\s+200/);
    expect(await page.locator('.verdict').innerText()).toContain('Vary names accept-language. Nothing is missing');
    const fields = page.getByRole('region', { name: 'Header fields' });
    expect(await fields.locator('tr', { hasText: 'Content-Language' }).innerText()).toMatch(/other value\s+en\s+de\s+fr/);
    await page.locator('.diff-row').first().waitFor();
    expect(await page.locator('.diff').innerText()).toMatch(/<h1>Good morning<\/h1>[^]*<h1>Guten Morgen<\/h1>/);
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).getAll('variant')).toEqual([
      'en\nAccept-Language: en',
      'de\nAccept-Language: de',
      'fr\nAccept-Language: fr',
    ]);
    expect([complaints, strangers]).toEqual([[], []]);
    await context.close();
  });

  it('says what a Vary does not own up to, and which fields are there for some alone, or the same for all', async () => {
    const { page, context } = await compare(GREETING, ['desktop', PHONE]);
    expect(await page.locator('.verdict').innerText()).toContain('Missing: user-agent. The answers differ');
    const fields = page.getByRole('region', { name: 'Header fields' });
    expect(await fields.locator('tr', { hasText: 'Cache-Control' }).innerText()).toMatch(/only in phone\s+not there\s+no-transform/);
    expect(await fields.innerText()).not.toContain('Content-Type');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await fields.locator('tr', { hasText: 'Content-Type' }).waitFor();
    expect(await fields.locator('tr', { hasText: 'Content-Type' }).innerText()).toMatch(/same\s+text\/html.*\s+text\/html/);
    await context.close();
  });

  it('sends variants that are written by hand, and keeps cookies and other fields out of the address', async () => {
    const { page, context } = await compare(target('/echo'));
    const one = page.getByRole('group', { name: 'Variant 1' });
    const other = page.getByRole('group', { name: 'Variant 2' });
    await one.getByLabel('Header fields').fill('X-Secret: a\nAccept: text/plain');
    await other.getByLabel('Cookies').fill('session=b-secret');
    await page.getByRole('button', { name: 'Add a variant' }).click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('region', { name: 'What each variant brought back' }).waitFor();
    const asked = origin.requestsFor('/echo').slice(-3);
    expect(asked.map((request) => request.header('x-secret') ?? '').sort()).toEqual(['', '', 'a']);
    expect(asked.map((request) => request.header('cookie') ?? '').sort()).toEqual(['', '', 'session=b-secret']);
    expect(page.url()).not.toMatch(/secret/i);
    expect(page.url()).toContain('Accept:+text/plain');
    await context.close();
  });

  it('sends nothing by itself that may change something at the target', async () => {
    const before = origin.requestsFor('/echo').length;
    const { page, context } = await compare(target('/echo'), ['get', 'post\n(method): POST']);
    await page.getByText('nothing is sent before you say so').waitFor();
    expect(origin.requestsFor('/echo')).toHaveLength(before + 1);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('region', { name: 'What each variant brought back' }).waitFor();
    expect(origin.requestsFor('/echo').map(({ method }) => method)).toContain('POST');
    await context.close();
  });

  it('tells of a variant that failed in the words of its problem, and of variants that are wrong', async () => {
    const { page, context } = await compare(target('/agents'), ['a', 'b\nUser-Agent: B']);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('region', { name: 'What each variant brought back' }).innerText()).toMatch(
      /200\s+CONNECTION_RESET|200\s+MALFORMED_RESPONSE/,
    );
    expect(await page.locator('.story').innerText()).toContain('1 variant failed');
    await page.getByRole('button', { name: 'Change the variants' }).click();
    await page.getByRole('group', { name: 'Variant 2' }).getByLabel('Name').fill('a');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('two are called a').first().waitFor();
    await context.close();
  });

  it('has the request that gives it, for a shell and for the graph', async () => {
    const { page, context } = await compare(GREETING, ['English', GERMAN]);
    await page.getByRole('region', { name: 'What each variant brought back' }).waitFor();
    const told = async (language: string): Promise<string> => {
      await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: language }).click();
      return page.locator('.request-text').innerText();
    };
    const body = /-d '(.*)'$/.exec(await told('curl'))?.[1] ?? '';
    const { status, json } = await app.post<{ same: boolean }>('/compare', JSON.parse(body));
    expect([status, json.same]).toEqual([200, false]);
    const graph = await app.graphql<{ compare: { same: boolean } }>(await told('GraphQL'));
    expect([graph.json.errors, (graph.json.data as unknown as { compare: object }).compare]).toEqual([
      undefined,
      expect.objectContaining({ same: false }),
    ]);
    await context.close();
  });

  it('asks once, also when the reader comes back to it', async () => {
    const { page, context } = await compare(target('/docs'), ['English', GERMAN]);
    await page.getByRole('region', { name: 'What each variant brought back' }).waitFor();
    const before = origin.requestsFor('/docs').length;
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('tab', { name: 'Compare' }).click();
    await page.getByRole('region', { name: 'What each variant brought back' }).waitFor();
    expect(origin.requestsFor('/docs')).toHaveLength(before);
    await context.close();
  });

  it('asks the same of another URL', async () => {
    const { page, context } = await compare(GREETING, ['English', GERMAN]);
    await page.locator('.diff-row').first().waitFor();
    await page.getByLabel('URL', { exact: true }).fill('http://pagewire.test/romeo.txt');
    await page.keyboard.press('Enter');
    await page.getByText('All 2 get the same').waitFor();
    await page.goBack();
    await page.getByText('They do not get the same').waitFor();
    await context.close();
  });

  it('runs and loads nothing of a hostile page', async () => {
    const { page, complaints, strangers, context } = await compare(target('/evil'), [`${EVIL}\nAccept: ${EVIL}`, 'other']);
    await page.getByRole('button', { name: 'Change the variants' }).click();
    await page.getByRole('group', { name: 'Variant 2' }).getByLabel('Header fields').fill(`X-One: ${EVIL}`);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.locator('.diff-row').first().waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('region', { name: 'Header fields' }).innerText()).toContain('<img src=x onerror=alert(1)>');
    expect([complaints, strangers]).toEqual([[], []]);
    await context.close();
  });

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('keeps nobody out in a %s scheme, and fits a screen %i wide', async (colorScheme, width) => {
    const { page, overflow, context } = await compare(GREETING, [], { colorScheme, width });
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: /^Desktop and phone/ }).click();
    await page.locator('.diff-row').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await context.close();
  });
});
