import type { WebLink, WebModel, WebPage } from './web-model.ts';

/** How a crawl goes about. */
export interface CrawlRules {
  seeds: readonly string[];
  /** The product token that robots.txt knows it by; null where it asks nobody. */
  token: string | null;
  /** True of URLs that it may ask for, robots.txt aside: those of the web unless given. */
  isInScope: (url: string) => boolean;
  followsNofollow: boolean;
  /** Of the sitemaps of each origin that is met: those that robots.txt names, also that at `/sitemap.xml`, or none. What they list is one link away. */
  sitemaps: 'none' | 'named' | 'all';
  /** Links on the shortest way to the farthest page. A redirect is none. */
  maxDepth: number;
}

/** A URL that a crawl asks for. */
interface Asked {
  url: string;
  depth: number;
  /** Of a page of HTML; what else came of it is `outcome`. */
  page: WebPage | null;
  /** The status, or how it ended. */
  outcome: number | 'reset';
  /** Where a redirect leads to. */
  location: string | null;
}

interface Edge extends Omit<WebLink, 'url' | 'href'> {
  from: string;
  to: string;
}

/** What is true of a crawl of a generated web, known without a crawl. */
export interface Truth {
  /** What is asked for, each once, by URL. */
  asked: ReadonlyMap<string, Asked>;
  /** In scope and met, but not allowed by robots.txt. */
  disallowed: ReadonlySet<string>;
  /** All hyperlinks of pages that were asked for, in their order. */
  edges: readonly Edge[];
  /** Each redirect that a link leads to: where it goes, step by step; `end` is the status of the last one, or why there is none. */
  redirects: readonly { from: string; chain: readonly string[]; end: number | 'loop' | 'reset' | 'outside' | 'disallowed' }[];
  /** Links that lead to nothing. */
  dead: readonly { url: string; outcome: number | 'reset'; sources: readonly { url: string; text: string }[] }[];
  /** Pages that were asked for and that no other page that was asked for links to, redirects included; seeds are none. */
  orphans: readonly string[];
  /** Titles of more than one page. */
  duplicateTitles: readonly { title: string; urls: readonly string[] }[];
}

/** A trap, which has no end: how many of its pages a crawl asks for is its own decision. */
export function isTrap(url: string): boolean {
  return new URL(url).pathname.startsWith('/trap/');
}

/** What a crawl has to find. Traps are left out. */
export function truthOf(model: WebModel, given: Partial<CrawlRules> & Pick<CrawlRules, 'seeds'>): Truth {
  const all = { token: 'Pagewire', isInScope: () => true, followsNofollow: false, sitemaps: 'none', maxDepth: Infinity } as const;
  const rules: CrawlRules = { ...all, ...given };
  const asked = new Map<string, Asked>();
  const disallowed = new Set<string>();
  const met = new Set<string>();
  const isAllowed = (url: string): boolean => {
    const { pathname, search } = new URL(url);
    return rules.token === null || (model.rulesOf(url)?.allows(pathname + search, rules.token) ?? false);
  };
  const isWanted = (url: string): boolean => model.rulesOf(url) !== null && rules.isInScope(url) && !isTrap(url);

  let level = [...rules.seeds];
  for (let depth = 0; depth <= rules.maxDepth && level.length > 0; depth += 1) {
    const next: string[] = [];
    // Grows while it is gone through: what leads on without a link is of the same depth.
    for (const url of level) {
      if (!isWanted(url) || asked.has(url)) continue;
      const { origin } = new URL(url);
      if (!met.has(origin)) {
        met.add(origin);
        if (isAllowed(`${origin}/sitemap.xml`)) next.push(...mappedPages(model, origin, rules.sitemaps));
      }
      if (!isAllowed(url)) {
        disallowed.add(url);
        continue;
      }
      const one = askedOf(model, url, depth);
      asked.set(url, one);
      if (one.location !== null) level.push(one.location);
      for (const { url: to, rel } of one.page?.links ?? []) {
        if (to !== null && (rules.followsNofollow || !rel.includes('nofollow'))) next.push(to);
      }
    }
    level = next;
  }

  const edges = [...asked.values()].flatMap(({ url, page }) =>
    (page?.links ?? []).flatMap(({ url: to, text, rel }) => (to === null ? [] : [{ from: url, to, text, rel }])),
  );
  const into = Map.groupBy(edges, ({ to }) => to);
  const locations = new Set([...asked.values()].map(({ location }) => location));
  const titles = Map.groupBy(
    [...asked.values()].filter(({ page }) => page !== null),
    ({ page }) => page?.title ?? '',
  );
  return {
    asked,
    disallowed,
    edges,
    redirects: [...asked.values()].filter(({ location }) => location !== null).map(({ url }) => followed(url, asked, isWanted)),
    dead: [...asked.values()].flatMap(({ url, outcome }) =>
      typeof outcome === 'number' && outcome < 400
        ? []
        : [{ url, outcome, sources: (into.get(url) ?? []).map(({ from, text }) => ({ url: from, text })) }],
    ),
    orphans: [...asked.values()].flatMap(({ url, page }) => {
      const isLinked = locations.has(url) || (into.get(url) ?? []).some(({ from }) => from !== url);
      return page === null || isLinked || rules.seeds.includes(url) ? [] : [url];
    }),
    duplicateTitles: [...titles].flatMap(([title, pages]) => (pages.length > 1 ? [{ title, urls: pages.map(({ url }) => url) }] : [])),
  };
}

function askedOf(model: WebModel, url: string, depth: number): Asked {
  const answer = model.answerOf(url);
  const none = { url, depth, page: null, location: null };
  if (answer.kind === 'page') return { ...none, page: answer, outcome: 200 };
  if (answer.kind === 'redirect') return { ...none, outcome: answer.status, location: new URL(answer.location, url).href };
  if (answer.kind === 'reset') return { ...none, outcome: 'reset' };
  return { ...none, outcome: answer.kind === 'failure' ? answer.status : 200 };
}

/** The pages that the sitemaps of an origin tell of. */
function mappedPages(model: WebModel, origin: string, which: CrawlRules['sitemaps']): string[] {
  const { named, wellKnown } = model.sitemapsOf(origin);
  const candidates: readonly (string | null)[] = { none: [], named: [named], all: [named, wellKnown] }[which];
  const wanted = candidates.filter((url) => url !== null);
  const pages: string[] = [];
  const seen = new Set<string>();
  for (const url of wanted) {
    if (seen.has(url)) continue;
    seen.add(url);
    const answer = model.answerOf(url);
    if (answer.kind !== 'sitemap') continue;
    pages.push(...answer.pages);
    wanted.push(...answer.sitemaps);
  }
  return pages;
}

function followed(from: string, asked: ReadonlyMap<string, Asked>, isWanted: (url: string) => boolean): Truth['redirects'][number] {
  const chain: string[] = [];
  for (let url = from; ;) {
    const here = asked.get(url);
    if (here === undefined) return { from, chain, end: isWanted(url) ? 'disallowed' : 'outside' };
    if (here.location === null) return { from, chain, end: here.outcome };
    if (chain.includes(here.location) || here.location === from) return { from, chain: [...chain, here.location], end: 'loop' };
    chain.push(here.location);
    url = here.location;
  }
}
