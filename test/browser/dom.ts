import type { Browser } from 'playwright-core';

/** What a page has in its DOM. */
export interface Reading {
  /** A name of the Encoding Standard. */
  encoding: string;
  title: string;
  baseUrl: string;
  /** Every `a` and `area` with an `href`, in tree order; `url` is null where the href cannot be parsed. */
  links: { href: string; url: string | null; text: string }[];
  /** Every element in tree order, by qualified name, with its attributes in their order. */
  elements: { name: string; attributes: { name: string; value: string }[] }[];
  /** `innerText` of the body, where no style sheet says anything. */
  visible: string;
  /** Whether an element has an open shadow root. */
  hasShadowRoot: boolean;
  /** Whether a `select` holds what none could before 2025. https://github.com/whatwg/html/pull/10557 */
  hasMoreInSelect: boolean;
}

/** Reads one page after the other. */
export type ReadDom = (url: string) => Promise<Reading>;

/**
 * What Chromium has in the DOM of a page, scripts off, template content left out. Nothing but the page itself is loaded, and a
 * navigation that the page asks for does not happen.
 */
export async function domReader(browser: Browser): Promise<ReadDom> {
  const context = await browser.newContext({ javaScriptEnabled: false, serviceWorkers: 'block' });
  const page = await context.newPage();
  let wanted: string | null = null;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (!request.isNavigationRequest()) await route.abort();
    else if (request.url() === wanted && request.frame() === page.mainFrame()) {
      wanted = null;
      await route.continue();
    } else {
      // To abort a navigation would show an error page in place of this one.
      await route.fulfill({ status: 204 });
    }
  });
  return async (url) => {
    wanted = url;
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    // As text: lone surrogates come through JSON alone.
    return JSON.parse(await page.evaluate<string>(READ)) as Reading;
  };
}

/** Run in the page by the debugger; scripts of the page have changed nothing, as there are none. In text: it is not of this project's types. */
const READ = `(() => {
  const qualified = ({ prefix, localName }) => (prefix === null ? localName : prefix + ':' + localName);
  const strip = (text) => text.split(/[\\t\\n\\f\\r ]+/).filter((word) => word !== '').join(' ');
  const linked = (element) => {
    const href = element.getAttribute('href');
    // Of SVG and of no vocabulary, an element does not resolve its own.
    const resolved = typeof element.protocol === 'string' ? (element.protocol === ':' ? null : element.href) : URL.parse(href, document.baseURI)?.href;
    return { href, url: resolved ?? null, text: strip(element.textContent) };
  };
  const all = [...document.querySelectorAll('*')];
  // Last of all: it changes the tree.
  const visible = () => {
    for (const sheet of document.querySelectorAll('style, link')) sheet.remove();
    return (document.body ?? document.documentElement).innerText ?? document.documentElement.textContent;
  };
  return JSON.stringify({
    encoding: document.characterSet,
    title: document.title,
    baseUrl: document.baseURI,
    hasMoreInSelect: document.querySelector('select :not(option, optgroup, hr, script, template)') !== null,
    hasShadowRoot: all.some((element) => element.shadowRoot !== null),
    links: all.filter((element) => (element.localName === 'a' || element.localName === 'area') && element.hasAttribute('href')).map(linked),
    elements: all.map((element) => ({
      name: qualified(element),
      attributes: [...element.attributes].map(({ name, value }) => ({ name, value })),
    })),
    visible: visible(),
  });
})()`;
