import { type RobotsKind, ROBOTS, type RobotsRules } from './web-robots.ts';
import { type Sitemap, sitemapOf } from './web-sitemaps.ts';

/** What a generated web is like. The same options give the same web, but for the ports of its origins. */
export interface WebOptions {
  seed: number;
  /** Pages that are not a trap, a redirect or a failure. */
  pages: number;
  origins: number;
  /** Links of a page beyond those that lead down the tree, on average. */
  linksPerPage: number;
  /** Of the links of a page, how many in a thousand lead to a redirect, a failure, a trap, a file or outside. */
  oddLinks: number;
  /** Whether some of these are traps. */
  traps: boolean;
  /** What robots.txt says, origin by origin, over and over. */
  robots: readonly RobotsKind[];
  /** What `Crawl-delay` says, in seconds, where an origin has one. */
  crawlDelayS: number;
  /** Bytes of a page, about. */
  pageBytes: number;
  /** Milliseconds that what is slow takes. */
  slowMs: number;
  /** Milliseconds that every other page takes. */
  pageMs: number;
}

/** A hyperlink of a page. */
export interface WebLink {
  /** As written. */
  href: string;
  /** Absolute, without its fragment; null where it leads to no page. */
  url: string | null;
  /** As a reader sees it. */
  text: string;
  rel: readonly string[];
}

/** A page of HTML. */
export interface WebPage {
  kind: 'page';
  title: string;
  canonical: string | null;
  /** What its `<base>` says. */
  base: string | null;
  links: readonly WebLink[];
  isSlow: boolean;
}

/** What an origin answers. `reset` ends the connection without a word. */
export type WebAnswer =
  | WebPage
  | { kind: 'redirect'; status: number; location: string }
  | { kind: 'failure'; status: number }
  | { kind: 'reset' }
  | { kind: 'file'; mediaType: string }
  | { kind: 'robots'; text: string }
  | Sitemap;

/** What a reader sees of links. Some of it means something in HTML, XML, DOT or a spreadsheet. */
const WORDS = [
  'Overview',
  'Read & learn',
  'café',
  '日本語',
  'a "quoted" one',
  '<b>',
  "it's",
  '=1+1',
  '@here',
  'back\\slash',
  ']]>',
  '😀',
  '-',
];
const RELS: readonly (readonly string[])[] = [[], [], [], [], [], [], [], ['noopener'], ['nofollow'], ['ugc', 'nofollow']];
const REDIRECTS = [301, 302, 303, 307, 308];
const FAILURES = [404, 404, 404, 410, 500, 503];
const BRANCHES = 4;

/** How a page comes to be known, of a thousand: the rest is linked from another page. */
type Known = 'linked' | 'sitemap' | 'nowhere' | 'nofollow';

/**
 * A web as a function of URLs: what each of its origins answers, without a server. Each origin has a tree of pages, whose root (the pages 0, 1, 2, …)
 * page 0 links to, besides links across.
 */
export class WebModel {
  readonly options: WebOptions;
  readonly #bases: readonly string[];
  readonly #outside: string;
  readonly #childrenOf: number[][];
  readonly #mappedAt = new Map<string, string[]>();

  /**
   * @param bases - of each origin, without a slash at the end
   * @param outside - of one that no crawl within the others may ask
   */
  constructor(options: WebOptions, bases: readonly string[], outside: string) {
    this.options = options;
    this.#bases = bases;
    this.#outside = outside;
    this.#childrenOf = Array.from({ length: options.pages }, () => []);
    for (let page = 1; page < options.pages; page += 1) {
      const known = this.#known(page);
      if (known === 'linked' || known === 'nofollow') this.#childrenOf[this.#parentOf(page)]?.push(page);
    }
  }

  /** The URLs of all pages, also of those that nothing leads to. */
  get urls(): string[] {
    return Array.from({ length: this.options.pages }, (_, page) => this.urlOf(page));
  }

  urlOf(page: number): string {
    return this.#baseOf(page) + this.#pathOf(page);
  }

  /** The root of its origin for the first pages, the root of all for the roots. */
  #parentOf(page: number): number {
    const { origins } = this.options;
    const place = Math.floor(page / origins);
    return place === 0 ? 0 : Math.floor((place - 1) / BRANCHES) * origins + (page % origins);
  }

  /** The rules of the origin of a URL; null where that is none of this web. */
  rulesOf(url: string): RobotsRules | null {
    const origin = this.#bases.indexOf(new URL(url).origin);
    const kinds = this.options.robots;
    return origin < 0 ? null : ROBOTS[kinds[origin % kinds.length] ?? 'open'];
  }

  answerOf(url: string): WebAnswer {
    const { origin, pathname, search } = new URL(url);
    const path = pathname + search;
    if (pathname.startsWith('/robots')) return this.#robots(origin, pathname);
    if (pathname.startsWith('/sitemap')) return sitemapOf(origin, pathname, this.#mapped(origin)) ?? { kind: 'failure', status: 404 };
    const [, what = '', first = '', second = ''] = path.split('/');
    const number = Number.parseInt(second || first, 10) || 0;
    if (what === 'redirect') return this.#redirect(origin, first, number);
    if (what === 'failure') return { kind: 'failure', status: this.#of(FAILURES, this.#draw(number, 2)) };
    if (what === 'reset') return { kind: 'reset' };
    if (what === 'file') return { kind: 'file', mediaType: first.endsWith('.pdf') ? 'application/pdf' : 'image/png' };
    if (what === 'trap') return trap(origin, url);
    if (what === 'slow') return { ...this.#page(number % this.options.pages, url, []), isSlow: true };
    const page = Number(/\/(\d+)\.(?:html|cgi)/.exec(path)?.[1] ?? NaN);
    const isOne = page < this.options.pages && this.urlOf(page) === url;
    return isOne ? this.#page(page, url, this.#linksOf(page, url)) : { kind: 'failure', status: 404 };
  }

  #page(page: number, url: string, links: readonly WebLink[]): WebPage {
    const hasCopy = this.#draw(page, 3) % 100 < 3 && page > 0;
    const isNamesake = this.#draw(page, 4) % 100 < 10;
    return {
      kind: 'page',
      title: isNamesake ? `One of many, ${String(page % 7)}` : `Page ${String(page)} & its <links>`,
      canonical: hasCopy ? this.urlOf(page - 1) : null,
      base: this.#hasBase(page) ? `${new URL(url).origin}/p/` : null,
      links,
      isSlow: false,
    };
  }

  #linksOf(page: number, here: string): WebLink[] {
    const { linksPerPage, oddLinks, origins, pages } = this.options;
    const links = (this.#childrenOf[page] ?? []).map((child) =>
      this.#link(page, here, this.urlOf(child), child, this.#known(child) === 'nofollow' ? ['nofollow'] : []),
    );
    const count = this.#draw(page, 5) % (2 * linksPerPage + 1);
    for (let index = 0; index < count; index += 1) {
      const draw = this.#draw(page, 100 + index);
      const rel = this.#of(RELS, draw >>> 3);
      if (draw % 1000 < oddLinks) links.push(this.#oddLink(page, here, this.#draw(page, 1100 + index), rel));
      else {
        // Some pages are linked to far more often than others.
        const part = this.#draw(page, 2100 + index) / 2 ** 32;
        const any = Math.floor(part * part * pages);
        // Most links stay where they are.
        const near = any - (any % origins) + (page % origins);
        const target = draw % 10 < 7 && near < pages ? near : any;
        if (this.#known(target) === 'linked') links.push(this.#link(page, here, this.urlOf(target), draw, rel));
      }
    }
    return links;
  }

  #oddLink(page: number, here: string, draw: number, rel: readonly string[]): WebLink {
    const { origin } = new URL(here);
    // Few of each, so that several pages link to the same.
    const number = (draw >>> 8) % Math.max(4, Math.floor(this.options.pages / 50));
    const name = String(number);
    const paths = [
      `/failure/${name}.html`,
      `/failure/${name}.html`,
      `/reset/${name}`,
      `/slow/${name}`,
      `/file/${name}.pdf`,
      `/file/${name}.png`,
      `/redirect/chain1/${name}`,
      `/redirect/chain4/${name}`,
      `/redirect/loop/${name}`,
      `/redirect/outside/${name}`,
      ...(this.options.traps ? ['calendar/2026-NAME', 'session?id=NAME', 'order?a=1&b=2&c=NAME', 'repeated/again/', 'deep/NAME/'] : []).map(
        (path) => `/trap/${path.replace('NAME', name)}`,
      ),
    ];
    const others: WebLink[] = [
      { href: 'mailto:someone@site.example', url: null, text: 'Write to us', rel },
      { href: 'javascript:void 0', url: null, text: 'Print', rel },
      { href: `${this.#outside}/landing/${name}`, url: `${this.#outside}/landing/${name}`, text: 'Elsewhere', rel },
      { href: here, url: here, text: 'This page', rel },
    ];
    const which = draw % (paths.length + others.length);
    const path = paths[which];
    if (path === undefined) return this.#of(others, which - paths.length);
    // What fails is the same for all, the rest is here as well as there.
    const at = which > 1 && (draw & 128) !== 0 ? origin : this.#baseOf(number);
    return this.#link(page, here, at + path, draw, rel);
  }

  /** A link to a URL, written in one of the ways in which links are. */
  #link(page: number, here: string, url: string, draw: number, rel: readonly string[]): WebLink {
    const [from, to] = [new URL(here), new URL(url)];
    const path = to.pathname + to.search;
    const isNear = from.origin === to.origin;
    const folder = this.#hasBase(page) ? '/p/' : from.pathname.replace(/[^/]*$/, '');
    const rest = path.slice(folder.length);
    let href = url;
    if (isNear && draw % 4 === 0) href = path;
    else if (isNear && draw % 4 === 1 && path.startsWith(folder) && rest !== '' && !rest.startsWith('/')) href = rest;
    else if (draw % 4 === 2) href = url.slice('http:'.length);
    if (draw % 20 === 3) href += '#part';
    return { href, url, text: `${this.#of(WORDS, draw >>> 5)} ${String(draw % 97)}`, rel };
  }

  #redirect(origin: string, first: string, number: number): WebAnswer {
    const status = this.#of(REDIRECTS, this.#draw(number, 6));
    if (first === 'outside') return { kind: 'redirect', status, location: `${this.#outside}/landing/${String(number)}` };
    if (first === 'loop') return { kind: 'redirect', status, location: `../pool/${String(number)}` };
    if (first === 'pool') return { kind: 'redirect', status, location: `${origin}/redirect/loop/${String(number)}` };
    const left = Number(/^chain([1-9])$/.exec(first)?.[1] ?? 0);
    if (left === 0) return { kind: 'failure', status: 404 };
    if (left > 1) return { kind: 'redirect', status, location: `../chain${String(left - 1)}/${String(number)}` };
    let page = number % this.options.pages;
    // What nothing links to is not to be found in this way either.
    while (this.#known(page) !== 'linked') page -= 1;
    return { kind: 'redirect', status, location: this.urlOf(page) };
  }

  #robots(origin: string, pathname: string): WebAnswer {
    const index = this.#bases.indexOf(origin);
    const rules = this.rulesOf(origin);
    if (rules === null || index < 0) return { kind: 'failure', status: 404 };
    if (pathname === '/robots.txt') {
      if (rules.answer === 'moved') return { kind: 'redirect', status: 301, location: '/robots-moved.txt' };
      if (rules.answer === 'reset') return { kind: 'reset' };
      if (rules.answer !== 200) return { kind: 'failure', status: rules.answer };
    }
    const text = rules.text.replace('SECONDS', String(this.options.crawlDelayS));
    return { kind: 'robots', text: isNamed(index) ? `${text}\r\nSitemap: ${origin}/sitemap-index.xml\r\n` : text };
  }

  /** The sitemap that an origin's robots.txt names, and the one that is where many look for it, where there are such. */
  sitemapsOf(base: string): { named: string | null; wellKnown: string | null } {
    const index = this.#bases.indexOf(base);
    const rules = index < 0 ? null : this.rulesOf(base);
    const isTold = rules?.answer === 200 || rules?.answer === 'moved';
    return {
      named: index >= 0 && isNamed(index) && isTold ? `${base}/sitemap-index.xml` : null,
      wellKnown: index < 0 || isNamed(index) ? null : `${base}/sitemap.xml`,
    };
  }

  /** What the sitemap of an origin has: all that only a sitemap tells, and half of the rest. */
  #mapped(origin: string): { urls: readonly string[]; isNamed: boolean } {
    if (this.#mappedAt.size === 0) {
      for (let page = 0; page < this.options.pages; page += 1) {
        const known = this.#known(page);
        if (known !== 'sitemap' && (known !== 'linked' || this.#draw(page, 7) % 2 === 1)) continue;
        const base = this.#baseOf(page);
        const urls = this.#mappedAt.get(base) ?? [];
        urls.push(this.urlOf(page));
        this.#mappedAt.set(base, urls);
      }
    }
    return { urls: this.#mappedAt.get(origin) ?? [], isNamed: isNamed(this.#bases.indexOf(origin)) };
  }

  #pathOf(page: number): string {
    const part = page < this.options.origins ? 99 : this.#draw(page, 8) % 100;
    const name = String(page);
    if (part < 5) return `/private/${name}.html`;
    if (part < 7) return `/private/open/${name}.html`;
    if (part < 9) return `/staff/${name}.html`;
    if (part < 11) return `/p/${name}.cgi`;
    if (part < 13) return `/p/${name}.html?print=1`;
    return `/p/${name}.html`;
  }

  #known(page: number): Known {
    const part = page < this.options.origins ? 999 : this.#draw(page, 9) % 1000;
    if (part < 30) return 'sitemap';
    if (part < 40) return 'nowhere';
    return part < 55 ? 'nofollow' : 'linked';
  }

  #hasBase(page: number): boolean {
    return this.#draw(page, 10) % 50 === 0;
  }

  /** Pages are dealt out to origins in turn: the first ones are their roots. */
  #baseOf(page: number): string {
    return this.#of(this.#bases, page);
  }

  #of<Value>(values: readonly Value[], draw: number): Value {
    return values[draw % values.length] as Value;
  }

  /** A number from 0 to 2³² − 1, the same whenever it is drawn. */
  #draw(page: number, what: number): number {
    let mixed = Math.imul(page + 1, 0x9e3779b1) ^ Math.imul(what + 1, 0x85ebca6b) ^ Math.imul(this.options.seed + 1, 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }
}

/** Every second origin names its sitemap in robots.txt; the others have it where many look for it. */
function isNamed(origin: number): boolean {
  return origin % 2 === 0;
}

/** A page of a trap: it has no end, and leads nowhere else. */
function trap(origin: string, url: string): WebPage {
  const { pathname, searchParams } = new URL(url);
  const [, , kind = '', at = ''] = pathname.split('/');
  const to = (path: string, text: string): WebLink => ({ href: path, url: origin + path, text, rel: [] });
  const month = Number(at.split('-')[1] ?? 0) || 0;
  const keys = [...searchParams.keys()];
  const permuted = (order: readonly number[]): string =>
    order.map((index) => `${keys[index] ?? 'a'}=${searchParams.get(keys[index] ?? 'a') ?? ''}`).join('&');
  const ways: Record<string, () => WebLink[]> = {
    calendar: () => [
      to(`/trap/calendar/2026-${String(month + 1)}`, 'Next month'),
      to(`/trap/calendar/2026-${String(month - 1)}`, 'Last month'),
    ],
    session: () => [0, 1].map((way) => to(`/trap/session?id=${searchParams.get('id') ?? ''}${String(way)}`, 'Home')),
    order: () => [
      ...[[1, 0, 2], [2, 1, 0], [0, 2, 1]].map((order) => to(`/trap/order?${permuted(order)}`, 'Other order')), // prettier-ignore
      to(`/trap/order?a=${String(Number(searchParams.get('a')) + 1)}&b=2&c=${searchParams.get('c') ?? ''}`, 'More'),
    ],
    repeated: () => [to(`${pathname}again/`, 'Again')],
    deep: () => [to(`${pathname}${String(pathname.split('/').length)}/`, 'Deeper')],
  };
  return { kind: 'page', title: `Trap: ${kind}`, canonical: null, base: null, links: ways[kind]?.() ?? [], isSlow: false };
}
