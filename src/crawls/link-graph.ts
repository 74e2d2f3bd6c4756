import { setImmediate } from 'node:timers/promises';
import type { PageSource, PageState } from '../jobs/tables.ts';
import type { PageStanding } from './crawl-store.ts';
import type { PageTargets } from './page-links.ts';
import { pageRank, type Walk } from './page-rank.ts';

/** In place of the index of a page that there is none of. */
export const NONE = -1;

/** Their places here are what stands for them in a graph. */
export const PAGE_STATES: readonly PageState[] = ['found', 'queued', 'retrieved', 'failed', 'forbidden', 'same', 'noted'];
const PAGE_SOURCES: readonly PageSource[] = ['start', 'link', 'redirect', 'canonical', 'sitemap'];

/** Pages, links or places that are gone through before others have their turn: that takes about a millisecond. */
const SLICE = 100_000;

/** Lists of pages, one for each page, end to end. */
export interface PageLists {
  /** Of each page the place where its list begins, and behind the last page the length of all. */
  starts: Uint32Array;
  pages: Int32Array;
}

/**
 * Who links to whom among the pages of a crawl, by their indexes: numbers alone, about 20 bytes a link and 60 a page, however long URLs and texts are.
 */
export interface LinkGraph {
  size: number;
  states: Uint8Array;
  sources: Uint8Array;
  depths: Int32Array;
  /** 0 where there is none. */
  statuses: Uint16Array;
  /** 1 for each page that has a problem in place of a response. */
  hasProblem: Uint8Array;
  redirectsTo: Int32Array;
  sameAs: Int32Array;
  /** Where each page links to, in the order of its links, with 1 for each target that `nofollow` links alone lead to. */
  out: PageLists & { nofollow: Uint8Array };
  /** Which pages link to each, in the order of their indexes. */
  into: PageLists;
  /** Which pages redirect to each. */
  redirectedFrom: PageLists;
  /** Other pages that link to each, and that it links to. */
  inDegrees: Int32Array;
  outDegrees: Int32Array;
  /** Distinct URLs out of the scope that each links to. */
  outside: Int32Array;
  /** PageRank; NaN of what was not retrieved. */
  ranks: Float64Array;
  /** Links, redirects and canonical links from one of its pages to one of them. */
  edges: number;
  /** That it takes in memory. */
  bytes: number;
}

/** What a graph is made of. */
export interface GraphRows {
  /** Pages that it has: what comes later is left out. */
  size: number;
  /** Links that they have, about. */
  links: number;
  targets: AsyncIterable<PageTargets>;
  pages: AsyncIterable<PageStanding>;
}

/** Makes the graph of a crawl. Others have their turn meanwhile. */
export async function linkGraph({ size, links, targets, pages }: GraphRows): Promise<LinkGraph> {
  const outside = new Int32Array(size);
  const out = await outLists(size, links, targets, outside);
  const graph = {
    size,
    states: new Uint8Array(size),
    sources: new Uint8Array(size),
    depths: new Int32Array(size),
    statuses: new Uint16Array(size),
    hasProblem: new Uint8Array(size),
    redirectsTo: new Int32Array(size).fill(NONE),
    sameAs: new Int32Array(size).fill(NONE),
  };
  const isNofollow = new Uint8Array(size);
  const within = (index: number | null): number => (index === null || index >= size ? NONE : index);
  for await (const { index, state, source, depth, status, problem, redirectsTo, sameAs, nofollow } of pages) {
    if (index >= size) break;
    graph.states[index] = PAGE_STATES.indexOf(state);
    graph.sources[index] = PAGE_SOURCES.indexOf(source);
    graph.depths[index] = depth;
    graph.statuses[index] = status ?? 0;
    graph.hasProblem[index] = Number(problem !== null);
    graph.redirectsTo[index] = within(redirectsTo);
    graph.sameAs[index] = within(sameAs);
    isNofollow[index] = Number(nofollow === true);
  }
  const into = await turnedRound(out);
  const one = Uint32Array.from({ length: size + 1 }, (_, page) => page);
  const redirectedFrom = await turnedRound({ starts: one, pages: graph.redirectsTo });
  const ranks = await pageRank(await walkOf({ ...graph, out }, isNofollow));
  const degrees = await degreesOf(out);
  const all = { ...graph, out, into, redirectedFrom, ...degrees, outside, ranks };
  const canonicals = graph.sameAs.reduce((sum, same) => sum + Number(same !== NONE), 0);
  const edges = out.pages.length + redirectedFrom.pages.length + canonicals;
  return { ...all, edges, bytes: 60 * size + 9 * out.pages.length };
}

/** The state of a page. */
export function stateOf({ states }: Pick<LinkGraph, 'states'>, page: number): PageState {
  return PAGE_STATES[states[page] ?? 0] ?? 'noted';
}

/** What led to a page first. */
export function sourceOf({ sources }: LinkGraph, page: number): PageSource {
  return PAGE_SOURCES[sources[page] ?? 0] ?? 'link';
}

/** The list of a page. */
export function listOf({ starts, pages }: PageLists, page: number): Int32Array {
  return pages.subarray(starts[page], starts[page + 1]);
}

/** The page that a link to a page leads to: of one that was not retrieved since it is another, that one. */
export function meantBy({ states, sameAs }: Pick<LinkGraph, 'states' | 'sameAs'>, page: number): number {
  const same = sameAs[page] ?? 0;
  return same !== NONE && stateOf({ states }, page) === 'same' ? same : page;
}

async function outLists(size: number, links: number, targets: AsyncIterable<PageTargets>, outside: Int32Array): Promise<LinkGraph['out']> {
  const starts = new Uint32Array(size + 1);
  let pages = new Int32Array(links);
  let nofollow = new Uint8Array(links);
  let length = 0;
  let ended = 0;
  for await (const { index, targets: found, nofollow: marks, outsideTotal } of targets) {
    if (index >= size) break;
    while (ended < index) starts[(ended += 1)] = length;
    // There may be more than were counted, where the crawl goes on meanwhile.
    if (length + found.length > pages.length) {
      pages = longer(pages, new Int32Array(2 * (length + found.length)));
      nofollow = longer(nofollow, new Uint8Array(pages.length));
    }
    found.forEach((target, place) => {
      if (target >= size) return;
      pages[length] = target;
      nofollow[length] = marks[place] ?? 0;
      length += 1;
    });
    outside[index] = outsideTotal;
  }
  while (ended < size) starts[(ended += 1)] = length;
  return { starts, pages: pages.subarray(0, length), nofollow: nofollow.subarray(0, length) };
}

function longer<List extends Int32Array | Uint8Array>(list: List, more: List): List {
  more.set(list);
  return more;
}

/** Of each page the pages in whose lists it is, by their indexes. */
async function turnedRound({ starts, pages }: PageLists): Promise<PageLists> {
  const size = starts.length - 1;
  const turned = new Uint32Array(size + 1);
  await overPages(starts, (_page, start, end) => {
    for (let place = start; place < end; place += 1) {
      const target = pages[place] ?? 0;
      if (target !== NONE) turned[target + 1] = (turned[target + 1] ?? 0) + 1;
    }
  });
  for (let page = 0; page < size; page += 1) turned[page + 1] = (turned[page + 1] ?? 0) + (turned[page] ?? 0);
  const next = turned.slice();
  const from = new Int32Array(turned[size] ?? 0);
  await overPages(starts, (page, start, end) => {
    for (let place = start; place < end; place += 1) {
      const target = pages[place] ?? 0;
      if (target === NONE) continue;
      from[next[target] ?? 0] = page;
      next[target] = (next[target] ?? 0) + 1;
    }
  });
  return { starts: turned, pages: from };
}

async function degreesOf({ starts, pages }: PageLists): Promise<Pick<LinkGraph, 'inDegrees' | 'outDegrees'>> {
  const size = starts.length - 1;
  const inDegrees = new Int32Array(size);
  const outDegrees = new Int32Array(size);
  await overPages(starts, (page, start, end) => {
    for (let place = start; place < end; place += 1) {
      const target = pages[place] ?? 0;
      if (target === page) continue;
      inDegrees[target] = (inDegrees[target] ?? 0) + 1;
      outDegrees[page] = (outDegrees[page] ?? 0) + 1;
    }
  });
  return { inDegrees, outDegrees };
}

/**
 * Where rank goes: among the pages that were retrieved, along links that are followed (none of `nofollow`, neither of a link nor of a page), from one page
 * to another once, however many links there are. A redirect leads where it redirects to, and nowhere else. A link to a page that was not
 * retrieved since a canonical link says that it is another leads to that one; any other canonical link leads nowhere.
 */
async function walkOf(
  { size, states, sameAs, redirectsTo, out }: Pick<LinkGraph, 'size' | 'states' | 'sameAs' | 'redirectsTo' | 'out'>,
  isNofollow: Uint8Array,
): Promise<Walk> {
  const retrieved = PAGE_STATES.indexOf('retrieved');
  const isPart = states.map((state) => Number(state === retrieved));
  const starts = new Uint32Array(size + 1);
  // A page has links or redirects, hardly both.
  const targets = new Int32Array(out.pages.length + size);
  const ledBy = new Int32Array(size).fill(NONE);
  let length = 0;
  await overPages(out.starts, (page, start, end) => {
    const lead = (to: number): void => {
      const target = meantBy({ states, sameAs }, to);
      if (target === page || isPart[target] !== 1 || ledBy[target] === page) return;
      ledBy[target] = page;
      targets[length] = target;
      length += 1;
    };
    const redirect = redirectsTo[page] ?? 0;
    if (isPart[page] === 1 && redirect !== NONE) lead(redirect);
    else if (isPart[page] === 1 && isNofollow[page] === 0) {
      for (let place = start; place < end; place += 1) if (out.nofollow[place] === 0) lead(out.pages[place] ?? 0);
    }
    starts[page + 1] = length;
  });
  return { isPart, starts, targets: targets.subarray(0, length) };
}

/** Goes over pages with the places of their lists; others have their turn meanwhile. */
async function overPages(starts: Uint32Array, each: (page: number, start: number, end: number) => void): Promise<void> {
  let done = 0;
  for (let page = 0; page + 1 < starts.length; page += 1) {
    const [start, end] = [starts[page] ?? 0, starts[page + 1] ?? 0];
    each(page, start, end);
    done += 1 + end - start;
    if (done < SLICE) continue;
    done = 0;
    await setImmediate();
  }
}
