import type { Schemas } from '../../contract.ts';

export type Node = Schemas['CrawlGraphNode'];
type Graph = Pick<Schemas['CrawlGraphAnswer'], 'nodes' | 'edges'>;

/** A graph as it is drawn: by the places of nodes in a list, which are not the `index` that pages have in their crawl. */
export interface Web {
  nodes: readonly Node[];
  /** Pairs of places, one after the other; no node leads to itself. */
  edges: Uint32Array;
  /** By the place of a page: the places of those that it leads to, and of those that lead to it. */
  to: readonly (readonly number[])[];
  from: readonly (readonly number[])[];
  /** The place of the page that has this `index` in the crawl. */
  placeOf: ReadonlyMap<number, number>;
}

export function webOf({ nodes, edges }: Graph): Web {
  const placeOf = new Map(nodes.map(({ index }, place) => [index, place]));
  const to = nodes.map(() => new Set<number>());
  const from = nodes.map(() => new Set<number>());
  for (const edge of edges) {
    const [one, other] = [placeOf.get(edge.from), placeOf.get(edge.to)];
    if (one === undefined || other === undefined || one === other) continue;
    to[one]?.add(other);
    from[other]?.add(one);
  }
  const pairs = to.flatMap((others, one) => [...others].flatMap((other) => [one, other]));
  return { nodes, edges: Uint32Array.from(pairs), to: to.map((set) => [...set]), from: from.map((set) => [...set]), placeOf };
}

/** What colours tell. */
export type Telling = 'state' | 'depth';

/** The groups of each, by the class that gives their colour. */
export const GROUPS: Readonly<Record<Telling, readonly (readonly [name: string, title: string])[]>> = {
  state: [
    ['page', 'a page'],
    ['redirect', 'a redirect'],
    ['error', 'an error'],
    ['forbidden', 'forbidden'],
    ['waiting', 'not retrieved'],
  ],
  depth: [
    ['depth-0', 'the start'],
    ['depth-1', '1 link away'],
    ['depth-2', '2'],
    ['depth-3', '3'],
    ['depth-4', '4'],
    ['depth-5', '5 and more'],
  ],
};

/** To which of them a page belongs, by its number among them. */
export function groupOf(telling: Telling, { state, status, depth }: Node): number {
  if (telling === 'depth') return Math.min(depth, 5);
  if (state === 'failed' || (status !== null && status >= 400)) return 2;
  if (state === 'forbidden') return 3;
  if (state !== 'retrieved') return 4;
  return status !== null && status >= 300 ? 1 : 0;
}

/** What a page is called in few words: its title, or the end of its URL. */
export function nameOf({ title, url }: Node): string {
  if (title !== null && title !== '') return title;
  const { pathname, search, host } = new URL(url);
  return pathname === '/' && search === '' ? host : `${pathname.split('/').filter(Boolean).at(-1) ?? ''}${search}`;
}

/** So many are told that a search finds. */
const MOST_FOUND = 8;

/** The places of pages whose title or URL has a text; of the greatest rank first. */
export function foundIn({ nodes }: Web, text: string): { all: Set<number>; first: number[] } {
  const needle = text.trim().toLowerCase();
  if (needle === '') return { all: new Set(), first: [] };
  const places = nodes.flatMap(({ url, title }, place) =>
    url.toLowerCase().includes(needle) || (title ?? '').toLowerCase().includes(needle) ? [place] : [],
  );
  const ranked = places.toSorted((one, other) => (nodes[other]?.rank ?? 0) - (nodes[one]?.rank ?? 0));
  return { all: new Set(places), first: ranked.slice(0, MOST_FOUND) };
}
