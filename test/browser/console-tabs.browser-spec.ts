import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { selfSigned } from '../support/certificate.ts';
import { type Origin, startOrigin } from '../support/origin-server.ts';
import { bare, response, type Scenarios } from '../support/scenarios/response.ts';
import { accessFaults } from './axe.ts';
import { launch } from './chromium.ts';
import { look, type Looked } from './looked.ts';

/** What would run a script, or load something, wherever it became markup. */
const EVIL = `"'><img src=x onerror=alert(1)><svg onload=alert(2)><script>alert(3)</script><iframe srcdoc="<script>alert(4)</script>">`;
const escaped = EVIL.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const HOSTILE = `<!doctype html><html lang="${escaped}"><title>${escaped}</title>
<meta name="description" content="${escaped}"><meta property="og:title" content="${escaped}"><meta property="og:image" content="javascript:alert(5)">
<link rel="icon" href="http://stranger.example/icon.png"><link rel="stylesheet" href="http://stranger.example/style.css">
<body onload="alert(6)" style="background:url(http://stranger.example/pixel)"><h1>${escaped}</h1>
<a href="javascript:alert(7)" title="${escaped}" rel="${escaped}">${escaped}</a><a href="data:text/html,<script>alert(8)</script>">data</a>
<img src="http://stranger.example/x.png" onerror="alert(9)"><script>alert(10)</script><form action="javascript:alert(11)"><button autofocus onfocus="alert(12)">x</button></form>
<meta http-equiv="refresh" content="0;url=http://stranger.example/">${EVIL}`;
/** Styles that hold, and all ways by which a page could ask for something or go somewhere. */
const STYLED = `<!doctype html><meta http-equiv="refresh" content="0;url=/asked-by-the-frame">
<style>@import "http://stranger.example/a.css"; h1 { color: rgb(1, 2, 3); background: url(http://stranger.example/b.png) }</style>
<link rel="stylesheet" href="/asked-by-the-frame"><link rel="prefetch" href="/asked-by-the-frame"><base href="http://stranger.example/" target="_self">
<h1>Styled</h1><p id="attribute" style="color: rgb(4, 5, 6); background: url(http://stranger.example/c.png)">p</p>
<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==" width="9"><iframe src="http://stranger.example/d"></iframe>
<video src="http://stranger.example/e"></video><object data="http://stranger.example/f"></object><script>alert(1)</script>
<a id="self" href="/asked-by-the-frame">self</a> <a id="top" target="_top" href="/asked-by-the-frame">top</a>
<a id="blank" target="_blank" href="/asked-by-the-frame">blank</a> <a id="script" href="javascript:alert(2)">script</a>
<form action="/asked-by-the-frame" method="post"><button>send</button></form>`;
/** What turns text round, hides, or stands for the order of bytes. */
const TURNING = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u{e0041}]/u;
const TURNED = '\u202egnp.exe\u202c \u2066a\u2069 \u200fb\u200e c\ufeffd\u200be\u{e0041}';
const MANY = 100_000;

const SCENARIOS: Scenarios = {
  '/evil': response(HOSTILE, [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['X-Evil', EVIL],
    ['Link', `<javascript:alert(13)>; rel="${EVIL.replaceAll('"', '')}"`],
  ]),
  '/turning': response(
    `<!doctype html><html lang="e${TURNED}n"><title>title ${TURNED}</title><meta name="description" content="${TURNED}"><meta name="n${TURNED}" content="${TURNED}">
<script type="application/ld+json">{"name": "${TURNED}"}</script><h1 title="${TURNED}" data-\u202ex>${TURNED} 👩\u200d🚀 می\u200cخواهم</h1>
<a href="/${TURNED}" rel="${TURNED}">${TURNED}</a><a href="mailto:${TURNED}">m${TURNED}</a><x-\u202ey></x-\u202ey><!-- ${TURNED} -->`,
    [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['X-Turned', '\u00ad\u0085'],
    ],
  ),
  '/styled': response(STYLED, [['Content-Type', 'text/html; charset=utf-8']]),
  '/shares-svg': response('<meta property="og:image" content="/evil.svg"><title>t</title>', [['Content-Type', 'text/html']]),
  '/confirmed': (request) => {
    const fields = [
      ['ETag', '"1"'],
      ['Cache-Control', 'max-age=0'],
      ['Content-Type', 'text/plain'],
    ] as const;
    return request.header('if-none-match') === undefined ? response('once', fields) : bare('304 Not Modified', fields);
  },
  '/evil.svg': response(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(14)"><script>alert(15)</script></svg>`, [
    ['Content-Type', 'image/svg+xml'],
  ]),
  // More of everything than a page is drawn with.
  '/plenty': () =>
    response(
      `<title>${'t'.repeat(100_000)}</title>${'<meta name=m content=c>'.repeat(20_000)}${Array.from({ length: 20_000 }, (_, index) => `<x-${String(index)} a=1>`).join('')}`,
      [['Content-Type', 'text/html']],
    ),
  '/unbroken': response('W'.repeat(200_000), [['Content-Type', 'text/html']]),
  '/many': () =>
    response(Array.from({ length: MANY }, (_, index) => `<a href="/${String(index)}">${String(index)}</a>\n`).join(''), [
      ['Content-Type', 'text/html'],
    ]),
};

/** Each tab with a page of which it has something to show, where that is, and what of it is there. */
const TABS: readonly (readonly [tab: string, path: string, place: string, text: RegExp])[] = [
  ['overview', '/redirect/302', '.chain', /302 Redirect[^]*200 OK/],
  ['headers', '/romeo.txt', '.fields-came', /Content-Length\s+167\s+How many bytes[^]*RFC 9110, 8\.6/],
  ['links', '/docs', '.link-table', /internal\s+entry 1\s+http/],
  ['wire', '/romeo.txt', '.wire', /HTTP\/1\.1 200 OK\\r\\n[^]*But soft what light through yonder window breaks\\n/],
  ['body', '/articles/tides', '.source', /<title>The tides rise again today/],
  ['tags', '/docs', '.bars', /li\s+43[^]*a\s+43/],
  ['text', '/articles/tides', '.reading', /The tides rise again today/],
  ['words', '/romeo.txt', '.halves', /33 counted, 26 of them distinct[^]*is\s+3[^]*the\s+3/],
  ['encoding', '/encoding/shift_jis', '.characters', /U\+3082\s+HIRAGANA LETTER MO\s+e3\s*82\s*82\s+30\s*82\s+00\s*00\s*30\s*82/],
  ['metadata', '/articles/tides', '.metadata', /The tides rise again today[^]*Author\s+Ada Quay\s+meta\[name=author\]/],
  ['tls', '/romeo.txt', '.tab-tls', /There was no TLS/],
  ['timing', '/pieces/chunked', '.arrival', /20 B in 3 pieces[^]*3\s+\d+(\.\d)? m?s\s+5\s+20/],
];

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

let looked: Looked | null = null;

/** The page that the cases of a part share; it is closed with the part. */
function present(): Looked {
  if (looked === null) throw new Error('nothing is looked at');
  return looked;
}

/** Opens what the cases of a part look at, in one browser of their own. */
function lookingOnce(begin: (page: Looked) => Promise<void> = () => Promise.resolve()): void {
  beforeAll(async () => {
    looked = await look(browser, app);
    await begin(looked);
  }, 30_000);
  afterAll(async () => {
    await looked?.context.close();
    looked = null;
  });
}

describe.each(TABS)('the tab %s', (tab, path, place, text) => {
  lookingOnce(async ({ page, open, settled }) => {
    await open({ url: target(path), tab });
    await page.locator(place).first().waitFor();
    await settled();
  });

  it('shows what it is for', async () => {
    const { page, news } = present();
    expect(await page.locator(place).first().innerText()).toMatch(text);
    expect(news()).toEqual([[], []]);
  });

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('keeps nobody out in a %s scheme, and fits a screen %i wide', async (colorScheme, width) => {
    const { page, change, overflow } = present();
    await change(colorScheme, width);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it('has the request that gives it, for a shell and for the graph', async () => {
    const { page, change } = present();
    await change('light', 1280);
    const told = async (language: string): Promise<string> => {
      await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: language }).click();
      return page.locator('.request-text').innerText();
    };
    const [, address = ''] = /^curl '([^']+)'$/.exec(await told('curl')) ?? [];
    expect(address).toMatch(new RegExp(`^${app.url}/\\w+\\?`));
    expect((await app.send(address, {})).status).toBe(200);
    const { json } = await app.graphql<unknown>(await told('GraphQL'));
    expect({ errors: json.errors }).toEqual({ errors: undefined });
    const node = JSON.parse(await told('n8n')) as { nodes: { parameters: { url: string } }[] };
    expect(node.nodes[0]?.parameters.url).toBe(address.replace(/\?.*/, ''));
  });
});

const NAMES = TABS.map(([tab]) => tab);

/** Shows a tab of the page that is shared. */
async function showing(tab: string): Promise<Looked> {
  const shown = present();
  await shown.page.locator(`#tab-${tab}`).click();
  await shown.page.locator(`.tab-${tab} > *`).first().waitFor();
  await shown.settled();
  return shown;
}

describe.each(['/evil', '/evil.svg'])('a hostile page, %s,', (hostile) => {
  lookingOnce(async ({ open, settled }) => {
    await open({ url: target(hostile) });
    await settled();
  });

  it.each(NAMES)('runs and loads nothing in the tab %s', async (tab) => {
    const { page, news } = await showing(tab);
    expect(news()).toEqual([[], []]);
    const links = await page
      .locator('a[href]')
      .evaluateAll((anchors) => anchors.map((anchor) => (anchor as unknown as { href: string }).href));
    expect(links.filter((href) => !/^https?:/.test(href))).toEqual([]);
  });
});

describe('a page whose texts turn round and hide', () => {
  lookingOnce(async ({ open, settled }) => {
    await open({ url: target('/turning') });
    await settled();
  });

  it.each(NAMES)('is shown with what turns and hides written out, in the tab %s', async (tab) => {
    const { page, news } = await showing(tab);
    const shown = await page.evaluate<string>(
      `[...document.querySelectorAll('[title], [aria-label]')].map((one) => one.title + one.ariaLabel).join('\\n') + document.title + document.body.innerText`,
    );
    expect(TURNING.exec(shown)).toBeNull();
    const isWritten = /^(overview|links|tags|text|words|metadata|body|wire)$/.test(tab);
    if (isWritten) expect(shown).toMatch(/\\u\{202e\}/);
    expect(news()).toEqual([[], []]);
  });

  it('leaves emoji and the scripts that need them their joiners', async () => {
    const { page } = await showing('text');
    expect(await page.locator('.reading').innerText()).toContain('👩\u200d🚀 می\u200cخواهم');
  });
});

describe('the tab links', () => {
  it('shows 100,000 links with few of them in the page, and filters, sorts and shares them', async () => {
    const { page, open, context } = await look(browser, app);
    page.setDefaultTimeout(30_000);
    await open({ url: target('/many'), tab: 'links' });
    await page.locator('.rows-row').first().waitFor();
    expect(await page.locator('.counts').innerText()).toContain('100,000 links');
    expect(await page.locator('.rows-row').count()).toBeLessThan(100);
    await page.getByLabel('Text or URL contains').fill('9999');
    await page.getByText('of 100,000 links').waitFor();
    expect(await page.locator('.counts').innerText()).toContain('19 of 100,000 links');
    await page.getByRole('button', { name: /^Line/ }).click();
    expect(await page.locator('.rows-row').first().innerText()).toContain('/99999');
    expect(page.url()).toMatch(/contains=9999.*direction=descending/);
    expect(await page.locator('.request-text').innerText()).toContain('contains=9999');
    await context.close();
  }, 90_000);
});

describe('what is no page', () => {
  lookingOnce(({ open }) => open({ url: target('/romeo.txt') }));

  it.each(['links', 'tags', 'metadata'])('is no failure in the tab %s, which leads to where it can be seen', async (tab) => {
    const { page } = await showing(tab);
    await page.getByText('Nothing of it can be shown here').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'See it as it is' }).click();
    await page.locator('.source').waitFor();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('Body');
  });
});

describe('a page with more of everything than can be drawn', () => {
  lookingOnce(async ({ open, settled }) => {
    await open({ url: target('/plenty') });
    await settled();
  });

  it.each(['overview', 'body', 'tags', 'metadata', 'words', 'wire'])('is shown in part in the tab %s', async (tab) => {
    const { page, news } = await showing(tab);
    const elements = await page.locator('*').count();
    expect(elements).toBeGreaterThan(60);
    expect(elements).toBeLessThan(8000);
    expect(news()[0]).toEqual([]);
  });
});

describe('the tab body', () => {
  it.each(['/evil', '/styled'])('renders %s in a frame in which nothing runs, and from which nothing is asked', async (path) => {
    const { page, open, settled, complaints, strangers, context } = await look(browser, app);
    await open({ url: target(path), tab: 'body', form: 'rendered' });
    const rendered = page.frameLocator('.rendered').frameLocator('iframe');
    await rendered.locator('h1').first().waitFor();
    await settled();
    await page.waitForTimeout(200);
    // What it would run or load is refused, by the policy or by the sandbox, and the browser says so.
    const refusals = /Content Security Policy|sandboxed|about:srcdoc/;
    expect(complaints.filter((complaint) => !refusals.test(complaint))).toEqual([]);
    expect(strangers).toEqual([]);
    const frames = page.frames().map((frame) => frame.url());
    // A frame within it is refused before it asks for anything.
    expect(frames.filter((url) => !/^(about:|chrome-error:|http:\/\/127)/.test(url))).toEqual([]);
    expect(frames).toContain(`${app.url}/console/rendered`);
    await context.close();
  });

  it('renders a page in its own styles, and leads nowhere from there', async () => {
    const { page, open, settled, strangers, context } = await look(browser, app);
    await open({ url: target('/styled'), tab: 'body', form: 'rendered' });
    const rendered = page.frameLocator('.rendered').frameLocator('iframe');
    const styleOf = (place: string, name: string): Promise<string> =>
      rendered.locator(place).evaluate((element, property) => {
        // What runs here is in the browser, which this project's types do not know.
        const { getComputedStyle } = globalThis as unknown as { getComputedStyle: (of: unknown) => Record<string, string> };
        return getComputedStyle(element)[property] ?? '';
      }, name);
    expect([await styleOf('h1', 'color'), await styleOf('#attribute', 'color')]).toEqual(['rgb(1, 2, 3)', 'rgb(4, 5, 6)']);
    expect(await rendered.locator('img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    await settled();
    const before = [page.url(), ...page.frames().map((frame) => frame.url())];
    for (const name of ['self', 'top', 'blank', 'script']) await rendered.locator(`#${name}`).click();
    await rendered.locator('button').click();
    await page.waitForTimeout(200);
    expect([page.url(), ...page.frames().map((frame) => frame.url())]).toEqual(before);
    expect([strangers, context.pages().length]).toEqual([[], 1]);
    expect(origin.requestsFor('/asked-by-the-frame')).toEqual([]);
    await context.close();
  });

  it('shows an image, and every byte at its offset', async () => {
    const { page, open, complaints, context } = await look(browser, app);
    await open({ url: target('/evil.svg'), tab: 'body' });
    await page.locator('.picture img').waitFor();
    await page.getByRole('button', { name: 'Bytes' }).click();
    expect(await page.locator('.hex-line').first().innerText()).toMatch(/00000000\s+3c\s*73\s*76\s*67[^]*<svg/);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the tab metadata', () => {
  it('shows the image of the card, which nobody but the server asks for', async () => {
    const { page, open, complaints, strangers, context } = await look(browser, app);
    await open({ url: 'http://pagewire.test/article.html', tab: 'metadata' });
    const image = page.locator('.share-image img');
    await image.waitFor();
    await page.waitForFunction(() => {
      const { document } = globalThis as unknown as { document: { querySelector: (of: string) => { naturalWidth: number } | null } };
      return document.querySelector('.share-image img')?.naturalWidth === 320;
    });
    expect(await image.getAttribute('src')).toMatch(/^blob:/);
    expect([complaints, strangers, await accessFaults(page)]).toEqual([[], [], []]);
    await context.close();
  });

  it('names what is no image of pixels, and does not show it', async () => {
    const { page, open, complaints, context } = await look(browser, app);
    await open({ url: target('/shares-svg'), tab: 'metadata' });
    await page.getByText('no image that can be shown').waitFor();
    expect(await page.locator('.share-image').innerText()).toContain('/evil.svg');
    expect([await page.locator('.share-image img').count(), complaints]).toEqual([0, []]);
    await context.close();
  });
});

describe('the tab timing', () => {
  it('says why a stored response has no bar', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: target('/confirmed') });
    await page.locator('.story').waitFor();
    await page.getByRole('button', { name: 'Retrieve' }).click();
    await page.locator('.chain').waitFor();
    await page.getByRole('tab', { name: 'Timing' }).click();
    const stored = page.locator('.waterfall-row').nth(1);
    expect(await stored.innerText()).toMatch(
      /nothing of it was sent this time[^]*The 304 before it says that the stored response still holds/,
    );
    expect(await stored.locator('.waterfall-bar').count()).toBe(0);
    await context.close();
  });
});

describe('the tab tags', () => {
  it('finds what a CSS selector matches, as it is typed, and says what is wrong with one', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: target('/docs'), tab: 'tags' });
    await page.locator('.bars').waitFor();
    await page.getByLabel('CSS selector').fill('li:nth-child(2) > a');
    await page.getByText('py-modindex.html').first().waitFor();
    expect(await page.locator('.request-text').innerText()).toContain('/select?');
    await page.getByLabel('CSS selector').fill('li:nth-child(');
    await page.getByRole('alert').waitFor();
    await context.close();
  });
});

describe('the tab tags, before the page is read,', () => {
  it('does not say that there is nothing', async () => {
    const { page, open, context } = await look(browser, app);
    const asked = new Promise<() => Promise<void>>((resolve) => {
      void page.route('**/tags?*', (route) => {
        resolve(() => route.continue());
      });
    });
    await open({ url: target('/docs'), tab: 'tags' });
    const goOn = await asked;
    const names = page.getByRole('region', { name: 'Elements by name' });
    expect(await names.innerText()).toBe('Reading …');
    await goOn();
    await names.getByText('li', { exact: true }).waitFor();
    await context.close();
  });
});

describe('the tab text', () => {
  it('lays out a word of 200,000 letters without freezing', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: target('/unbroken'), tab: 'text' });
    await page.getByText('200,000 characters').waitFor();
    expect(await page.locator('.reading').innerText()).toHaveLength(200_000);
    await context.close();
  });
});

describe('the tab encoding', () => {
  it('reads the same bytes in several encodings side by side', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: target('/romeo.txt'), tab: 'encoding', way: 'decode' });
    const read = page.getByRole('region', { name: 'shift_jis' });
    await read.locator('.decoded-text').waitFor();
    expect(await read.locator('.decoded-text').innerText()).toBe('もしもし');
    expect(await page.getByRole('region', { name: 'windows-1252' }).locator('.decoded-text').innerText()).toBe('‚à‚µ‚à‚µ');
    await context.close();
  });
});

describe('a text that is too long to be told at once', () => {
  it('is read in parts in the tab encoding, page by page, and says so', async () => {
    const { page, open, context } = await look(browser, app);
    await open({ url: target('/unbroken'), tab: 'encoding' });
    await page.getByText('it is read in parts, this is part 1 of 4').waitFor();
    expect(await page.locator('.characters tbody tr').count()).toBe(200);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('201 to 400 of 200,000.').waitFor();
    expect(page.url()).toContain('at=200');
    await open({ url: target('/unbroken'), tab: 'encoding', at: '199999' });
    await page.getByText('this is part 4 of 4').waitFor();
    await page.getByText('199,801 to 200,000 of 200,000.').waitFor();
    expect(await page.getByRole('button', { name: 'Later' }).isDisabled()).toBe(true);
    expect(await page.locator('.characters tbody tr').last().innerText()).toMatch(/W\s+U\+0057\s+LATIN CAPITAL LETTER W/);
    await context.close();
  });
});

describe('a tab that was refused because there was too much', () => {
  it('says when to ask again, and does it', async () => {
    const slow = await startApp({
      ALLOW_TARGETS: '127.0.0.1',
      API_KEYS: 'first-key-of-the-test,other-key-of-the-test',
      RATE_LIMIT_PER_MINUTE: '1',
    });
    const { page, context } = await look(browser, slow);
    const withKey = (key: string): Promise<unknown> => page.evaluate(`sessionStorage.setItem('pagewire.key', '${key}')`);
    try {
      await page.goto(slow.url);
      await withKey('first-key-of-the-test');
      await page.getByLabel('URL', { exact: true }).fill(target('/docs'));
      await page.keyboard.press('Enter');
      await page.locator('.story').waitFor();
      await page.getByRole('tab', { name: 'Links' }).click();
      await page.getByText(/^Asking again makes sense in \d+ s\.$/).waitFor();
      expect(await accessFaults(page)).toEqual([]);
      // Nobody waits a minute here: it is asked as somebody else.
      await withKey('other-key-of-the-test');
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.locator('.rows-row, .trouble-id').first().waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(await page.locator('.rows-row').count()).toBeGreaterThan(5);
    } finally {
      await context.close();
      await slow.close();
    }
  });
});

describe('the tab tls', () => {
  it('shows the chain, and that nobody has verified it', async () => {
    const secure = await startOrigin({ tls: selfSigned('127.0.0.1') });
    const { page, open, context } = await look(browser, app);
    await open({ url: `${secure.url}/romeo.txt`, insecureTls: 'true', tab: 'tls' });
    await page.locator('.certificates').waitFor();
    expect(await page.locator('.verdict').innerText()).toContain('was not verified');
    expect(await accessFaults(page)).toEqual([]);
    await context.close();
    await secure.close();
  });
});
