import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type GraphQLAnswer, startApp, type TestApp } from '../support/app.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { launch } from './chromium.ts';

/** Where the pages of the examples are; here the origin has them. */
const HOST = 'http://data.pr4e.org';
const KEY = 'a-key-of-the-graphiql-test';

let browser: Browser;
let app: TestApp;
let guarded: TestApp;
let closed: TestApp;
let origin: Origin;
let page: Page;
/** What the browser complained of, errors of scripts and of the policy among it. */
let complaints: string[];
/** What was asked of anybody but the server. */
let strangers: string[];

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  guarded = await startApp({ ALLOW_TARGETS: '127.0.0.1', API_KEYS: KEY });
  closed = await startApp({ GRAPHQL_INTROSPECTION: 'false' });
  browser = await launch([]);
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  for (const server of [app, guarded, closed] as (TestApp | undefined)[]) await server?.close();
  await (origin as Origin | undefined)?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  complaints = [];
  strangers = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text().slice(0, 300));
  });
  page.on('request', (request) => {
    const isOurs = [app, guarded, closed].some(({ url }) => request.url().startsWith(`${url}/`));
    if (!isOurs && !/^(data|blob):/.test(request.url())) strangers.push(request.url());
  });
  await page.route('**/graphql', async (route) => {
    const postData = route.request().postData()?.replaceAll(HOST, origin.url);
    await route.continue(postData === undefined ? {} : { postData });
  });
});

afterEach(async () => {
  await page.close();
});

async function open(server: TestApp): Promise<void> {
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
}

/** Opens a tab. */
async function choose(name: string): Promise<void> {
  await page.getByRole('tab', { name }).getByRole('button', { name, exact: true }).click();
}

/** Runs the operation that is open; what it was answered. */
async function run(): Promise<GraphQLAnswer<Record<string, unknown>>> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith('/graphql') && one.request().method() === 'POST'),
    page.getByRole('button', { name: /execute query/i }).click(),
  ]);
  return (await response.json()) as GraphQLAnswer<Record<string, unknown>>;
}

/** What the response pane shows, as far as it is in view. */
async function shown(text: string): Promise<void> {
  await page.locator('.graphiql-response .view-lines', { hasText: text }).waitFor();
}

describe('GraphiQL at /graphql', () => {
  it.each([
    ['Page', 'page', '"finalUrl"'],
    ['Links', 'page', '"Second Page"'],
    ['Tags', 'page', '"href"'],
    ['Following', 'page', '"budget"'],
    ['Extraction', 'page', '"The First Page"'],
    ['Encoding', 'encode', '"U+3082"'],
  ])('opens with a tab of %s, which runs and shows its data', async (name, field, text) => {
    await open(app);
    await choose(name);
    const { data, errors } = await run();
    expect(errors).toBeUndefined();
    expect(data?.[field]).toEqual(expect.any(Object));
    await shown(text);
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  });

  it('knows the schema: it completes what is typed and says what is wrong, in workers of its own', async () => {
    await open(app);
    expect(await page.getByRole('tab').count()).toBe(6);
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ pa');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget', { hasText: 'pages' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type(' ');
    await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('says that introspection is off where it is, and has the schema all the same', async () => {
    await open(closed);
    await page.getByText('Introspection is off on this server').waitFor();
    await choose('Encoding');
    expect((await run()).errors).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('is there without a key, says that one is missing, and sends the one that the console was told', async () => {
    await open(guarded);
    await choose('Encoding');
    expect(await run()).toMatchObject({ code: 'UNAUTHORIZED' });
    await shown('an API key is required');
    await page.evaluate((key) => {
      sessionStorage.setItem('pagewire.key', key);
    }, KEY);
    expect((await run()).data).toMatchObject({ encode: expect.any(Object) });
  });
});
