import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { CONTRACT, type Operation, OPERATIONS, replyOf } from '../support/open-api.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { response } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

const KEY = 'a-key-of-the-docs-test';
const GRAPH = buildSchema(readFileSync(new URL('../../openapi/schema.graphql', import.meta.url), 'utf8'));
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** What would run a script, or load something, wherever it became markup. */
const EVIL = `"'><img src=http://stranger.example/x onerror=alert(1)><script>alert(2)</script>\`**[x](javascript:alert(3))**`;

let browser: Browser;
let app: TestApp;
let origin: Origin;
let looked: Looked | null = null;

beforeAll(async () => {
  origin = await startOrigin({
    scenarios: {
      '/never': () => new Promise(() => undefined),
      '/evil': response(`<title>t</title><a href="/x">${EVIL.replaceAll('<', '&lt;')}</a>`, [['Content-Type', 'text/html']]),
      '/plenty': response('<a href="/x">x</a>'.repeat(2000), [['Content-Type', 'text/html']]),
    },
  });
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

const target = (path: string): string => origin.url + path;

/** Opens the page at a fragment of its address. */
async function reading(fragment = '', options: Parameters<typeof look>[2] = {}, server: TestApp = app): Promise<Looked> {
  looked = await look(browser, server, options);
  await looked.page.goto(`${server.url}/docs${fragment}`);
  await looked.page.locator('.docs-main article').waitFor();
  return looked;
}

/** The fragment of an operation, filled in. */
function at({ method, path }: Pick<Operation, 'method' | 'path'>, values: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(values).toString();
  return `#${method === 'get' ? '' : method.toUpperCase()}${path}${query === '' ? '' : `?${query}`}`;
}

/** Runs what is filled in; the first line about the answer. */
async function run(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.answer-facts').waitFor();
  return page.locator('.answer-facts').innerText();
}

const answerText = (page: Page): Promise<string> => page.locator('.answer-text').innerText();

describe('/docs', () => {
  it('shows every operation of the contract, with its parameters, media types and problems, and the graph has what it says', async () => {
    const { page, complaints, strangers } = await reading();
    const paths = await page.locator('.docs-path code').allInnerTexts();
    expect(paths.sort()).toEqual(Object.keys(CONTRACT.paths).sort());
    const wrong: unknown[] = [];
    await page.evaluate(() => {
      (globalThis as unknown as { localStorage: { setItem(name: string, value: string): void } }).localStorage.setItem(
        'pagewire.language',
        'GraphQL',
      );
    });
    for (const operation of OPERATIONS) {
      await page.goto(`${app.url}/docs${at(operation)}`);
      await page.locator('.endpoint-path', { hasText: operation.path }).waitFor();
      await page.locator(['post', 'patch'].includes(operation.method) ? '.body-editor' : '.try-takes:not(:has(.body-editor))').waitFor();
      const shown = await page.locator('.endpoint').innerText();
      const body = operation.requestBody?.content['application/json']?.schema;
      const members =
        body?.$ref === undefined ? [] : Object.keys(CONTRACT.components.schemas[body.$ref.replace(/.*\//, '')]?.properties ?? {});
      const statuses = Object.keys(operation.responses).map(Number);
      const contents = statuses.flatMap((status) => Object.entries(replyOf(operation, status)?.content ?? {}));
      const problems = contents.flatMap(([, { examples = {} }]) => Object.keys(examples)).filter((name) => /^[A-Z_]+$/.test(name));
      const types = contents.map(([type]) => type).filter((type) => type !== 'application/problem+json');
      // A list of names that are folded away is the list of their names, too.
      const expected = [...operation.parameters.map(({ name }) => name), ...members, ...types, ...problems];
      wrong.push(...expected.filter((text) => !shown.includes(text)).map((text) => `${operation.operationId} lacks ${text}`));
      const graph = await page.locator('.request-text').innerText();
      if (/^(mutation )?\{/.test(graph))
        wrong.push(...validate(GRAPH, parse(graph)).map(({ message }) => `${operation.operationId}: ${message}`));
      else if (/^\/(links|fetch|headers|encode|compare|snapshots\/\{id\}|extract|batches)$/.test(operation.path))
        wrong.push([operation.path, graph]);
      if (operation.operationId === 'postBatches')
        expect(graph).toMatch(/^mutation \{\n {2}createBatch\(urls: \["http:\/\/pagewire\.test[^]*metadata: true/);
    }
    expect(wrong).toEqual([]);
    expect([complaints, strangers]).toEqual([[], []]);
  }, 120_000);

  it('runs the first steps, which need no Internet, and begins as the README does', async () => {
    const { page, complaints, strangers } = await reading();
    const steps = await page.locator('.steps > li').all();
    expect(steps.length).toBeGreaterThan(4);
    expect(README).toContain((await steps[0]!.locator('.request-text').innerText()).replace(app.url, 'http://127.0.0.1:3000'));
    expect(README).toContain((await steps[1]!.locator('.request-text').innerText()).replace(app.url, 'http://127.0.0.1:3000'));
    for (const step of steps) {
      await step.getByRole('button', { name: 'Run' }).click();
      await step.locator('.answer-facts').waitFor();
    }
    expect(await Promise.all(steps.map((step) => step.locator('.status').first().innerText()))).toEqual([
      ...steps.slice(1).map(() => '200 OK'),
      '502 Bad Gateway',
    ]);
    const answers = await Promise.all(steps.map((step) => step.locator('.answer-text').innerText()));
    expect(answers[0]).toContain('"Second Page"');
    expect(answers[2]).toMatch(/^GET http:\/\/pagewire\.test\/romeo\.txt HTTP\/1\.0/);
    expect(answers[4]).not.toContain('"errors"');
    await steps.at(-1)!.getByRole('link', { name: 'What TOO_MANY_REDIRECTS means' }).click();
    await page.getByRole('heading', { name: 'Why it happens' }).waitFor();
    expect([complaints, strangers]).toEqual([[], []]);
  }, 60_000);

  it('asks for a URL of your own where there is no demo', async () => {
    const plain = await startApp({ ALLOW_TARGETS: '127.0.0.1', DEMO: 'false' });
    try {
      const { page } = await reading('', {}, plain);
      await page.getByRole('textbox', { name: 'URL' }).fill(target('/page1.htm'));
      const [first, , , , graph] = await page.locator('.steps > li').all();
      for (const step of [first!, graph!]) {
        await step.getByRole('button', { name: 'Run' }).click();
        await step.locator('.answer-text').waitFor();
        expect(await step.locator('.answer-text').innerText()).toContain('"Second Page"');
      }
    } finally {
      await plain.close();
    }
  });

  it('begins with what an answer needs, and has in the address what is filled in: a reload and a shared link show the same', async () => {
    const { page } = await reading('#/links');
    expect(await page.getByLabel('url', { exact: true }).inputValue()).toBe('http://pagewire.test/article.html');
    await page.getByLabel('limit', { exact: true }).fill('2');
    await page.getByLabel('kind', { exact: true }).selectOption('external');
    await page.getByLabel('unique', { exact: true }).check();
    await page.getByLabel('element', { exact: true }).fill('a,img');
    await page.reload();
    expect(await page.locator('.request-text').innerText()).toContain(
      '/links?url=http://pagewire.test/article.html&limit=2&unique=true&element=a,img&kind=external',
    );
    expect(await run(page)).toMatch(/^200 OK\s+application\/json/);
    expect(JSON.parse(await answerText(page)).links).toHaveLength(2);
    const [open] = await Promise.all([page.getByRole('link', { name: 'Open in the console' }).getAttribute('href')]);
    expect(open).toContain('tab=links');
  });

  it('tries a body out, from an example of the contract and as it is edited, and says where it is no JSON', async () => {
    const { page } = await reading('#POST/links');
    await page.getByLabel('Begin with').selectOption({ label: 'A document of your own' });
    expect(await run(page)).toContain('200 OK');
    expect(await answerText(page)).toContain('"page2.htm"');
    await page.getByRole('textbox', { name: 'JSON' }).fill('{"html": "<a href=\'/mine\'>M</a>"');
    expect(await page.locator('.fault').innerText()).toMatch(/JSON/);
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'JSON' }).fill('{"html": "<a href=\'/mine\'>M</a>", "fields": ["links.href"]}');
    expect(await run(page)).toContain('200 OK');
    await page.locator('.answer-text', { hasText: '"/mine"' }).waitFor();
  });

  it('shows an image as one, takes a snapshot where one is needed, and hands other files over', async () => {
    const { page } = await reading(at({ method: 'get', path: '/body' }, { url: 'http://pagewire.test/sunrise.png' }));
    expect(await run(page)).toContain('image/png');
    await page.locator('.picture img').waitFor();
    await page.goto(`${app.url}/docs#/snapshots/{id}.warc`);
    await page.locator('.endpoint-path', { hasText: '.warc' }).waitFor();
    await page.getByLabel('id', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Take a snapshot of the demo' }).click();
    await page.getByRole('button', { name: 'Take a snapshot of the demo' }).waitFor({ state: 'detached' });
    expect(await run(page)).toContain('application/warc');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    expect(download.suggestedFilename()).toBe('getSnapshotWarc.warc');
  });

  it('shows the beginning of a large answer, and says so', async () => {
    const { page } = await reading(at({ method: 'get', path: '/links' }, { url: target('/plenty') }));
    await run(page);
    expect(await page.locator('.cut').innerText()).toMatch(/^The first 30,000 of [\d,]+ characters\.$/);
    expect(await answerText(page)).toHaveLength(30_000);
  });

  it('runs nothing of an answer', async () => {
    const { page, complaints, strangers } = await reading(at({ method: 'get', path: '/links' }, { url: target('/evil'), contains: EVIL }));
    await run(page);
    expect(await answerText(page)).toContain('onerror=alert(1)');
    await page.goto(`${app.url}/docs#${EVIL}`);
    await page.getByRole('heading', { name: 'Not here' }).waitFor();
    await page.goto(`${app.url}/docs${at({ method: 'get', path: '/fetch' }, { url: `javascript:${EVIL}` })}`);
    expect(await run(page)).toContain('400');
    expect([complaints, strangers]).toEqual([[], []]);
  });

  it('is run by keys, cancels, and finds endpoints, parameters and problems', async () => {
    const { page } = await reading(at({ method: 'get', path: '/fetch' }, { url: target('/never') }));
    await page.getByLabel('url', { exact: true }).press('Control+Enter');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.getByLabel('url', { exact: true }).press('Escape');
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('/');
    for (const [typed, found] of [
      ['stop words', /stopWords parameter\s*\/wordcount/],
      ['TARGET_TIME', /TARGET_TIMEOUT problem/],
      ['wordc', /\/wordcount endpoint/],
    ] as const) {
      await page.keyboard.press('Control+A');
      await page.keyboard.type(typed);
      await page.locator('.docs-found a', { hasText: found }).first().waitFor();
    }
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.endpoint-path', { hasText: '/wordcount' }).waitFor();
    expect(page.url()).toContain('#/wordcount');
    await page.getByRole('heading', { level: 1, name: 'The words of a text' }).waitFor();
  });

  it('shows the limits of this server, and says which standard rules what', async () => {
    const strict = await startApp({ FETCH_TIMEOUT_MS: '4321', RATE_LIMIT_PER_MINUTE: '99' });
    try {
      const { page } = await reading('#limits', {}, strict);
      const text = await page.locator('.docs-main').innerText();
      expect(text).toMatch(/timeoutMs\s+4\.32 s\s+Milliseconds, redirects included[^]*FETCH_TIMEOUT_MS/);
      expect(text).toMatch(/ratePerMinute\s+99\s/);
      await page.getByRole('link', { name: 'Standards' }).click();
      await page.getByRole('cell', { name: 'Encoding Standard (WHATWG); HTML Standard' }).waitFor();
      await page.getByRole('link', { name: 'GraphQL', exact: true }).click();
      await page.getByRole('cell', { name: 'page { linksCompare(…) { … } }' }).waitFor();
    } finally {
      await strict.close();
    }
  });
});

describe('/docs, from one endpoint to the next,', () => {
  let shared: Looked;

  beforeAll(async () => {
    shared = await look(browser, app);
  });

  afterAll(() => shared.context.close());

  it.each([
    [{ method: 'get', path: '/wordcount' }, { url: 'http://pagewire.test/romeo.txt', limit: '1' }, /"word": "is"/],
    [{ method: 'get', path: '/encode' }, { text: 'も' }, /HIRAGANA LETTER MO/],
    [{ method: 'get', path: '/wire' }, { url: 'http://pagewire.test/romeo.txt' }, /^GET \/romeo\.txt HTTP\/1\.1/],
    [{ method: 'get', path: '/links' }, { url: 'http://pagewire.test/page1.htm', format: 'csv' }, /^href,url,text/],
    [{ method: 'get', path: '/limits' }, {}, /"keyRequired": false/],
    [{ method: 'post', path: '/compare' }, {}, /"variants"/],
    [{ method: 'post', path: '/graphql' }, {}, /U\+0048/],
    [{ method: 'get', path: '/metrics' }, {}, /pagewire_/],
  ] as const)('runs %j with %j', async (operation, values, text) => {
    const { page, news } = shared;
    await page.goto(`${app.url}/docs${at(operation, values)}`);
    await page.locator('.endpoint-path', { hasText: operation.path }).waitFor();
    expect(await run(page)).toContain('200 OK');
    await page.locator('.answer-text', { hasText: text }).waitFor();
    expect(news()).toEqual([[], []]);
  });
});

describe('/docs, where it does not go well,', () => {
  it('asks for a key, keeps it in the tab alone, and then runs', async () => {
    const guarded = await startApp({ API_KEYS: KEY });
    try {
      const { page } = await reading('#/encode?text=H', {}, guarded);
      expect(await run(page)).toContain('401');
      await page.getByLabel('API key').fill(KEY);
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.locator('.answer-text', { hasText: 'LATIN CAPITAL LETTER H' }).waitFor();
      const kept = await page.evaluate(() => JSON.stringify((globalThis as unknown as { localStorage: unknown }).localStorage));
      expect(kept + page.url()).not.toContain(KEY);
      expect(await page.locator('.request-text').innerText()).toContain('YOUR_API_KEY');
    } finally {
      await guarded.close();
    }
  });

  it('sends a PATCH as one, and writes it so', async () => {
    const { page } = await reading(at({ method: 'patch', path: '/watches/{id}' }, { id: 'none' }));
    expect(await run(page)).toContain('404');
    await page.getByText('JOB_NOT_FOUND').first().waitFor();
    expect(await page.locator('.request-text').innerText()).toContain("curl -X PATCH '");
    await page.getByRole('button', { name: 'GraphQL', exact: true }).click();
    await page.locator('.request-text', { hasText: /^\s*mutation {\s+updateWatch\(/ }).waitFor();
  });

  it('says when to ask again, where there was too much', async () => {
    const slow = await startApp({ RATE_LIMIT_PER_MINUTE: '1' });
    try {
      const { page } = await reading('#/encode?text=H', {}, slow);
      expect(await run(page)).toContain('200');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.locator('.answer-facts', { hasText: '429' }).waitFor();
      expect(await page.locator('.answer').innerText()).toMatch(/Asking again makes sense in \d+ s/);
      expect(await page.getByRole('link', { name: 'What RATE_LIMITED means' }).getAttribute('href')).toBe('/problems/RATE_LIMITED');
    } finally {
      await slow.close();
    }
  });

  it('says that the server does not answer, and asks again', async () => {
    const { page } = await reading('#/encode?text=H');
    await page.route('**/encode?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('heading', { name: 'This server does not answer' }).waitFor();
    await page.unroute('**/encode?*');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.answer-text', { hasText: 'LATIN CAPITAL LETTER H' }).waitFor();
  });
});

describe.each([1440, 390])('on a screen %i wide', (width) => {
  it('keeps nobody out in a light scheme and in a dark one, and fits', async () => {
    const { page, change, overflow, settled, complaints } = await reading('', { width });
    // On a small screen the same elements stand elsewhere.
    const isLookedAtClosely = (): boolean => width > 390 || /docs(#\/links.*)?$/.test(page.url());
    const looks = async (): Promise<void> => {
      for (const scheme of ['light', 'dark'] as const) {
        await change(scheme, width);
        await settled();
        if (isLookedAtClosely()) expect([page.url(), await accessFaults(page)]).toEqual([page.url(), []]);
        expect(await overflow()).toBeLessThanOrEqual(0);
      }
    };
    await page.locator('.steps').getByRole('button', { name: 'Run' }).first().click();
    await page.locator('.answer-text').waitFor();
    await looks();
    for (const fragment of ['#/links?url=http://pagewire.test/loop&rel=a', '#POST/extract', '#limits', '#standards', '#graph']) {
      await page.goto(`${app.url}/docs${fragment}`);
      await page.locator('.docs-main article h1').waitFor();
      if (fragment.startsWith('#/links')) await run(page);
      const folded = page.locator('.try-answers .tree-line.disclosure');
      if ((await folded.count()) > 0) await folded.first().click();
      await looks();
    }
    for (const path of ['/problems', '/problems/TLS_FAILED']) {
      await page.goto(app.url + path);
      await looks();
    }
    expect(complaints).toEqual([]);
  }, 60_000);
});
