import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

const KEY = 'a-key-of-the-console-test';
/** A port that no page is served on. */
const NO_PORT = 'http://127.0.0.1:9/';

let browser: Browser;
let app: TestApp;
let origin: Origin;
let looked: Looked | null = null;

beforeAll(async () => {
  origin = await startOrigin({ scenarios: { '/never': () => new Promise(() => undefined) } });
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  browser = await launch([]);
}, 90_000);

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (app as TestApp | undefined)?.close();
  await (origin as Origin | undefined)?.close();
});

afterEach(async () => {
  await looked?.context.close();
  looked = null;
});

async function looking(...[options, server]: [options?: Parameters<typeof look>[2], server?: TestApp]): Promise<Looked> {
  looked = await look(browser, server ?? app, options);
  return looked;
}

const target = (path: string): string => origin.url + path;

describe('the console', () => {
  it('retrieves what is typed, and says what came back', async () => {
    const { page, open, complaints, strangers } = await looking();
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type(target('/romeo.txt'));
    await page.keyboard.press('Enter');
    await page.locator('.story').waitFor();
    expect(await page.locator('.story').innerText()).toContain('answered 200 OK in');
    expect(await page.locator('.summary').innerText()).toMatch(/text\/plain\s+windows-1252\s+167 B/);
    expect(origin.requestsFor('/romeo.txt')).toHaveLength(1);
    expect([complaints, strangers]).toEqual([[], []]);
  });

  it('takes the demo as its lessons name it, without a scheme', async () => {
    const { page, open } = await looking();
    await open();
    await page.getByLabel('URL', { exact: true }).fill('pagewire.test/romeo.txt');
    await page.keyboard.press('Enter');
    await page.locator('.story').waitFor();
    expect(new URL(page.url()).hash).toBe('#url=http://pagewire.test/romeo.txt');
  });

  it('begins with lessons that need no Internet: each shows data of the demo', async () => {
    const { page, open, settled, complaints, strangers } = await looking();
    await open();
    await page.locator('.lessons').waitFor();
    const lessons = await page.locator('.lessons a').evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    expect(lessons.length).toBeGreaterThan(8);
    for (const lesson of lessons) {
      const asked = new URLSearchParams(new URL(lesson).hash.slice(1));
      await open();
      await page.locator(`.lessons a[href="${new URL(lesson).hash}"]`).click();
      await page.locator('.summary').waitFor();
      expect([lesson, await page.locator('.summary').innerText()]).toEqual([lesson, expect.stringContaining('200')]);
      await page
        .locator(`.tab-${asked.get('tab') ?? ''} > *`)
        .first()
        .waitFor();
      await settled();
      expect([lesson, await page.locator('.trouble').count()]).toEqual([lesson, 0]);
    }
    expect([complaints, strangers]).toEqual([[], []]);
  }, 90_000);

  it('has no lessons where the server has no demo', async () => {
    const without = await startApp({ DEMO: 'false' });
    try {
      const { page, open, settled } = await looking({}, without);
      await open();
      await page.locator('.welcome').waitFor();
      await settled();
      expect(await page.locator('.lessons').count()).toBe(0);
    } finally {
      await without.close();
    }
  });

  it('has its state in the address: a link that is shared shows the same, and a reload retrieves nothing again', async () => {
    const { page, open } = await looking();
    await open({ url: target('/page1.htm') });
    await page.locator('.story').waitFor();
    const before = origin.requestsFor('/page1.htm').length;
    await page.reload();
    await page.locator('.story').waitFor();
    expect(origin.requestsFor('/page1.htm')).toHaveLength(before);
    expect(await page.getByLabel('URL', { exact: true }).inputValue()).toBe(target('/page1.htm'));
  });

  it('retrieves once, however many tabs are looked at', async () => {
    const { page, open, settled } = await looking();
    await open({ url: target('/docs') });
    await page.locator('.story').waitFor();
    const before = origin.requestsFor('/docs').length;
    for (const tab of ['Headers', 'Links', 'Wire', 'Timing']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator(`.tab-${tab.toLowerCase()} > *`).first().waitFor();
      await settled();
    }
    expect(origin.requestsFor('/docs')).toHaveLength(before);
  });

  it('moves between tabs by arrows, and shares which is open', async () => {
    const { page, open } = await looking();
    await open({ url: target('/romeo.txt') });
    await page.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('Headers');
    expect(page.url()).toContain('tab=headers');
    await page.keyboard.press('Home');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('Overview');
    await page.goBack();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('Headers');
  });

  it('sends nothing by itself that may change something at the target: it says so, and sends it when it is told to', async () => {
    const { page, open } = await looking();
    await open({ url: target('/echo'), method: 'POST', userAgent: 'agent/1' });
    await page.getByRole('heading', { name: 'Nothing was sent' }).waitFor();
    expect(await page.locator('.held').innerText()).toMatch(/POST http:[^]*userAgent\s+agent\/1/);
    expect([origin.requestsFor('/echo'), await accessFaults(page)]).toEqual([[], []]);
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.locator('.story').waitFor();
    expect(origin.requestsFor('/echo').map(({ method }) => method)).toEqual(['POST']);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:someone@example.com',
    'file:///etc/passwd',
    'view-source:https://example.com/',
  ])('says of %s that only http and https are retrieved', async (typed) => {
    const { page, open, complaints, strangers } = await looking();
    await open();
    await page.getByLabel('URL', { exact: true }).fill(typed);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('only http and https are retrieved');
    expect([complaints, strangers]).toEqual([[], []]);
  });

  it('takes a host with a port for what it is', async () => {
    const { page, open } = await looking();
    await open();
    await page.getByLabel('URL', { exact: true }).fill('pagewire.test:80/romeo.txt');
    await page.keyboard.press('Enter');
    await page.locator('.running, .story, .trouble').first().waitFor();
    expect(new URL(page.url()).hash).toBe('#url=https://pagewire.test:80/romeo.txt');
  });

  it('says which parts of an address mean nothing, and takes them out', async () => {
    const { page, open } = await looking();
    await open({
      url: target('/romeo.txt'),
      tab: 'nonsense',
      timeoutMs: 'soon',
      cache: 'never',
      nobody: '\u202eknows',
      insecureTls: 'true',
    });
    await page.locator('.story').waitFor();
    const told = page.locator('.address-faults');
    expect(await told.innerText()).toMatch(
      /4 things[^]*tab=nonsense must be one of overview, headers[^]*timeoutMs=soon must be a whole number[^]*cache=never must be one of default, reload[^]*nobody=\\u\{202e\}knows is nothing that this page knows/,
    );
    expect(await accessFaults(page)).toEqual([]);
    await told.getByRole('button').click();
    await told.waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe(`#url=${target('/romeo.txt')}&insecureTls=true`);
  });

  it('sends the method, fields and cookies that the drawer says, and keeps them out of the address', async () => {
    const { page, open } = await looking();
    await open();
    await page.locator('.ask-options').click();
    await page.getByLabel('Method').fill('PUT');
    await page.getByLabel('Header fields').fill('X-One: 1\nX-Secret: two');
    await page.getByLabel('Cookies').fill('session=abc');
    await page.getByLabel('URL', { exact: true }).fill(target('/echo'));
    await page.keyboard.press('Enter');
    await page.locator('.story').waitFor();
    const asked = origin.requestsFor('/echo').at(-1);
    expect([asked?.method, asked?.header('x-one'), asked?.header('x-secret'), asked?.header('cookie')]).toEqual([
      'PUT',
      '1',
      'two',
      'session=abc',
    ]);
    expect(page.url()).not.toMatch(/two|abc/);
    expect(await page.locator('.request-text').innerText()).toContain('"X-Secret"');
    await page.getByRole('button', { name: 'GraphQL' }).click();
    const { json } = await app.graphql<{ page: { status: number } }>(await page.locator('.request-text').innerText());
    expect([json.errors, json.data?.page.status]).toEqual([undefined, 200]);
    expect(origin.requestsFor('/echo').at(-1)?.header('x-secret')).toBe('two');
  });

  it('speaks HTTP/1.0 as by telnet', async () => {
    const { page, open } = await looking();
    await open({ url: target('/romeo.txt'), httpVersion: '1.0', tab: 'wire' });
    await page.locator('.wire-line').first().waitFor();
    expect(await page.locator('.wire-line').first().innerText()).toContain(`GET ${target('/romeo.txt')} HTTP/1.0`);
    expect(await page.locator('.summary').innerText()).not.toContain('cache');
    await open({ url: target('/never'), httpVersion: '1.0' });
    await page.getByText('told when all of it is here, and not phase by phase').waitFor();
  });

  it('cancels', async () => {
    const { page, open } = await looking();
    await open({ url: target('/never') });
    await page.locator('.running').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.welcome').waitFor();
    expect(await page.getByLabel('URL', { exact: true }).inputValue()).toBe(target('/never'));
  });

  it('retrieves again where the snapshot is no longer kept, when it is told to', async () => {
    const forgetful = await startApp({ ALLOW_TARGETS: '127.0.0.1', SNAPSHOT_TTL_S: '1' });
    try {
      const { page, open } = await looking({}, forgetful);
      await open({ url: target('/docs') });
      await page.locator('.story').waitFor();
      await page.waitForTimeout(1200);
      await page.getByRole('tab', { name: 'Links' }).click();
      await page.getByRole('button', { name: 'Retrieve it again' }).click();
      await page.locator('.rows-row').first().waitFor();
    } finally {
      await forgetful.close();
    }
  });

  it('tells what failed in the words of the problem', async () => {
    const { page, open } = await looking();
    await open({ url: NO_PORT });
    const trouble = page.getByRole('alert');
    expect(await trouble.innerText()).toMatch(/discard|port 9/);
    expect(await trouble.getByRole('link').getAttribute('href')).toBe('/problems/TARGET_FORBIDDEN');
    expect(await accessFaults(page)).toEqual([]);
  });

  it('says once what is wrong with a request', async () => {
    const { page, open } = await looking();
    await open({ url: 'ftp://x/' });
    const trouble = page.getByRole('alert');
    await trouble.waitFor();
    expect((await trouble.innerText()).match(/only http and https are retrieved/g)).toHaveLength(1);
  });

  it('asks for a key where the server wants one, and keeps it in the tab alone', async () => {
    const guarded = await startApp({ ALLOW_TARGETS: '127.0.0.1', API_KEYS: KEY });
    try {
      const { page, open } = await looking({}, guarded);
      await open({ url: target('/romeo.txt') });
      // No header field takes this one.
      await page.getByLabel('API key').fill('ключ');
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByLabel('API key').fill(` ${KEY}`);
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
    const { page, open, overflow, complaints } = await looking({ colorScheme, width });
    await open();
    await page.locator('.welcome').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await open({ url: target('/page1.htm') });
    await page.locator('.story').waitFor();
    await page.locator('.ask-options').click();
    await page.locator('.disclosure').click();
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
