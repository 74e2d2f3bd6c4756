import type { CrawlRedirectOutcome } from './crawl-graph.model.ts';
import { type LinkGraph, listOf, meantBy, NONE, sourceOf, stateOf } from './link-graph.ts';

/** https://fetch.spec.whatwg.org/#redirect-status */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Redirects that browsers follow. https://fetch.spec.whatwg.org/#http-redirect-fetch */
const MOST_HOPS = 20;
/** Redirects to one page that are gone back through. */
const MOST_BACK = 1000;

/** Links that lead somewhere: how many, and the first of them. */
export interface Leads {
  total: number;
  first: { from: number; to: number }[];
}

/** Where a redirect leads. */
interface Chain {
  /** The redirects, from the first on. */
  hops: number[];
  /** The page behind the last of them, or -1. */
  end: number;
  outcome: CrawlRedirectOutcome;
}

/** A page that cannot be had. */
export function isBroken({ statuses, hasProblem }: LinkGraph, page: number): boolean {
  return (statuses[page] ?? 0) >= 400 || hasProblem[page] === 1;
}

/** A redirect that something else than a redirect leads to: others are told as a part of its chain. */
export function isRedirectStart(graph: LinkGraph, page: number): boolean {
  if (!isRedirect(graph, page)) return false;
  return (graph.inDegrees[page] ?? 0) > 0 || sourceOf(graph, page) !== 'redirect' || listOf(graph.redirectedFrom, page).length === 0;
}

/** Follows redirects. */
export function chainOf(graph: LinkGraph, start: number): Chain {
  const hops = [start];
  for (let page = start; hops.length <= MOST_HOPS;) {
    const to = graph.redirectsTo[page] ?? NONE;
    if (to === NONE) return { hops, end: NONE, outcome: 'outside' };
    page = meantBy(graph, to);
    if (hops.includes(page)) return { hops, end: NONE, outcome: 'loop' };
    if (!isRedirect(graph, page)) {
      const outcome = isBroken(graph, page) ? 'broken' : stateOf(graph, page) === 'retrieved' ? 'page' : 'unretrieved';
      return { hops, end: page, outcome };
    }
    hops.push(page);
  }
  return { hops: hops.slice(0, MOST_HOPS), end: NONE, outcome: 'tooMany' };
}

/** The redirects that lead to a page, the nearest first. */
export function redirectsTo({ redirectedFrom }: LinkGraph, page: number): number[] {
  const found = new Set([page]);
  // Grows while it is gone through.
  for (const each of found) {
    for (const redirect of listOf(redirectedFrom, each)) if (found.size <= MOST_BACK) found.add(redirect);
  }
  found.delete(page);
  return [...found];
}

/** The links that lead to some pages: how many, and the first. */
export function linksTo({ into }: LinkGraph, pages: readonly number[], most: number): Leads {
  let total = 0;
  const first: Leads['first'] = [];
  for (const to of pages) {
    const sources = listOf(into, to);
    total += sources.length;
    first.push(...Array.from(sources.subarray(0, most - first.length), (from) => ({ from, to })));
  }
  return { total, first };
}

function isRedirect({ statuses, redirectsTo: targets }: LinkGraph, page: number): boolean {
  return targets[page] !== NONE || REDIRECTS.has(statuses[page] ?? 0);
}
