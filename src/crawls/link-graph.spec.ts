import { describe, expect, it } from '@jest/globals';
import type { PageStanding } from './crawl-store.ts';
import { type LinkGraph, linkGraph, listOf } from './link-graph.ts';
import { chainOf, isRedirectStart, linksTo, redirectsTo } from './link-paths.ts';
import type { PageTargets } from './page-links.ts';

type Row = Partial<PageStanding> & { to?: readonly number[]; nofollowed?: readonly number[]; outsideTotal?: number };

/** A graph of pages, each with where it links to; retrieved with status 200 unless it says something else. */
function graphOf(rows: readonly Row[], links = 1): Promise<LinkGraph> {
  const each = async function* <Entry>(entries: readonly Entry[]): AsyncGenerator<Entry> {
    for (const entry of entries) yield await Promise.resolve(entry);
  };
  const base = {
    state: 'retrieved',
    source: 'link',
    depth: 1,
    status: 200,
    problem: null,
    redirectsTo: null,
    sameAs: null,
    nofollow: false,
  } as const;
  const pages = rows.map((row, index) => ({ ...base, index, ...row }));
  const targets = rows.flatMap(({ to, nofollowed = [], outsideTotal = 0 }, index): PageTargets[] =>
    to === undefined
      ? []
      : [{ index, targets: Int32Array.from(to), nofollow: Uint8Array.from(to, (page) => Number(nofollowed.includes(page))), outsideTotal }],
  );
  return linkGraph({ size: rows.length, links, targets: each(targets), pages: each(pages) });
}

describe('a link graph', () => {
  it('has who links to whom in both directions, however many there are', async () => {
    const graph = await graphOf([{ to: [1, 2, 0], outsideTotal: 3 }, {}, { to: [1, 7] }, { to: [2], nofollowed: [2] }]);
    expect([0, 1, 2, 3].map((page) => [...listOf(graph.out, page)])).toEqual([[1, 2, 0], [], [1], [2]]); // prettier-ignore
    expect([0, 1, 2, 3].map((page) => [...listOf(graph.into, page)])).toEqual([[0], [0, 2], [0, 3], []]); // prettier-ignore
    expect([...graph.inDegrees]).toEqual([0, 2, 2, 0]);
    expect([...graph.outDegrees]).toEqual([2, 0, 1, 1]);
    expect([...graph.out.nofollow]).toEqual([0, 0, 0, 0, 1]);
    expect([...graph.outside]).toEqual([3, 0, 0, 0]);
    expect([(await graphOf([])).size, (await graphOf([])).edges]).toEqual([0, 0]);
  });

  it('ranks along followed links between pages that were retrieved alone', async () => {
    const even = { to: [1, 2] };
    const ranks = async (rows: readonly Row[]): Promise<number[]> => [...(await graphOf(rows)).ranks];
    const [plain, nofollowed, twin] = await Promise.all([
      ranks([even, {}, {}]),
      ranks([{ ...even, nofollowed: [2] }, {}, {}]),
      // A page that is another stands for it, and counts once.
      ranks([{ to: [1, 3, 1] }, {}, {}, { state: 'same', status: null, sameAs: 1 }]),
    ]);
    expect(plain[1]).toBeCloseTo(plain[2]!, 9);
    expect(nofollowed[1]).toBeGreaterThan(nofollowed[2]!);
    expect(twin.slice(0, 3)).toEqual(nofollowed);
    expect(twin[3]).toBeNaN();
    const unfollowed = await ranks([{ ...even, nofollow: true }, {}, {}]);
    for (const rank of unfollowed) expect(rank).toBeCloseTo(1 / 3, 9);
    expect(await ranks([{ to: [1] }, { state: 'found', status: null, to: [0] }])).toEqual([1, NaN]);
    // All that a redirect has goes where it leads.
    const [start, redirect, page] = await ranks([{ to: [1] }, { status: 301, redirectsTo: 2 }, {}]);
    expect(redirect).toBeGreaterThan(start!);
    expect(page).toBeGreaterThan(redirect!);
  });
});

describe('redirects', () => {
  const hop = (to: number | null, more: Row = {}): Row => ({ status: 301, redirectsTo: to, source: 'redirect', ...more });

  it('are followed to their end', async () => {
    const graph = await graphOf([hop(1), hop(2), {}, hop(4), { status: 404 }, hop(6), hop(5), hop(7), hop(9), { state: 'failed', status: null, problem: 'DNS_FAILED' }, hop(null)]); // prettier-ignore
    expect(chainOf(graph, 0)).toEqual({ hops: [0, 1], end: 2, outcome: 'page' });
    expect(chainOf(graph, 3)).toEqual({ hops: [3], end: 4, outcome: 'broken' });
    expect(chainOf(graph, 5)).toEqual({ hops: [5, 6], end: -1, outcome: 'loop' });
    expect(chainOf(graph, 7)).toEqual({ hops: [7], end: -1, outcome: 'loop' });
    expect(chainOf(graph, 8)).toEqual({ hops: [8], end: 9, outcome: 'broken' });
    expect(chainOf(graph, 10)).toEqual({ hops: [10], end: -1, outcome: 'outside' });
  });

  it('are too many where browsers give up', async () => {
    const rows = Array.from({ length: 30 }, (_, page) => hop(page + 1));
    const graph = await graphOf([...rows, {}]);
    expect(chainOf(graph, 9)).toMatchObject({ outcome: 'tooMany', end: -1 });
    expect(chainOf(graph, 9).hops.length).toBe(20);
    expect(chainOf(graph, 10)).toMatchObject({ outcome: 'page', end: 30 });
  });

  it('begin where something else than a redirect leads', async () => {
    const graph = await graphOf([{ to: [1, 4] }, hop(2, { source: 'link' }), hop(3), {}, hop(3), hop(6, { source: 'sitemap' }), hop(5)]);
    expect([...Array(7).keys()].filter((page) => isRedirectStart(graph, page))).toEqual([1, 4, 5]);
    expect(redirectsTo(graph, 3)).toEqual([2, 4, 1]);
    expect(redirectsTo(graph, 5)).toEqual([6]);
    expect(linksTo(graph, [3, ...redirectsTo(graph, 3)], 1)).toEqual({ total: 2, first: [{ from: 0, to: 4 }] });
  });
});
