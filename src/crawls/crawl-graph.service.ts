import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ProblemError } from '../api/problem.ts';
import type { Job } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type { CrawlPagesOptions } from './crawl-graph.args.ts';
import type { CrawlGraphEdge, CrawlGraphNode, CrawlPageEntry, CrawlPageOrder } from './crawl-graph.model.ts';
import { type CrawlPage, CrawlStore } from './crawl-store.ts';
import type { Crawl } from './crawl.model.ts';
import { CrawlsService } from './crawls.service.ts';
import type { GraphParts } from './graph-formats.ts';
import { type LinkGraph, linkGraph, listOf, NONE, PAGE_STATES, sourceOf } from './link-graph.ts';
import { orderBy } from './page-order.ts';

/** Links that a graph may have: it is held in memory while it is made. */
const MOST_LINKS = 20_000_000;
/** Bytes of graphs that are kept, and milliseconds for which nobody asks for one. */
const KEPT_BYTES = 200_000_000;
const KEPT_MS = 600_000;
/** Milliseconds for which the graph of a crawl that is under way serves, and how many times as long as it took. */
const FRESH = { ms: 2000, times: 10 };
/** Pages that are read at a time, and edges that are handed on, or gone through before others have their turn. */
const PART = { pages: 1000, edges: 2000, turn: 100_000 };
/** URLs that are remembered while edges are written. */
const REMEMBERED = 50_000;

/** A graph, of what, and when it was made. */
interface Made {
  graph: LinkGraph;
  crawl: Crawl;
  madeAt: number;
  tookMs: number;
  orders: Map<CrawlPageOrder, Promise<Int32Array>>;
}

/** A list part by part, as it is read: how many entries the whole of it has, and those that are wanted. */
export interface ListParts<Entry> {
  crawl: Crawl;
  total: number;
  parts: AsyncIterable<readonly Entry[]>;
}

/** Who links to whom in crawls. What has no text is computed once and kept for a while; texts are read as they are answered. */
@Injectable()
export class CrawlGraphService {
  readonly #kept = new LRUCache<string, Made>({
    maxSize: KEPT_BYTES,
    ttl: KEPT_MS,
    ttlAutopurge: true,
    updateAgeOnGet: true,
    sizeCalculation: ({ graph }) => 1 + graph.bytes,
  });
  readonly #coming = new Map<string, Promise<Made>>();
  /** Settles once no graph is being made: one at a time takes its memory. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly jobs: JobsService,
    private readonly crawls: CrawlsService,
  ) {}

  /**
   * Pages of a crawl.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `PARSE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async pages(id: string, owner: string, { sort, state, orphans, limit, offset }: CrawlPagesOptions): Promise<ListParts<CrawlPageEntry>> {
    const made = await this.#made(id, owner);
    const { graph, crawl } = made;
    const order = await this.#ordered(made, sort);
    const wanted = state === undefined ? NONE : PAGE_STATES.indexOf(state);
    const isLed = orphans ? ledTo(graph) : null;
    const isWanted = (page: number): boolean =>
      (wanted === NONE || graph.states[page] === wanted) && (isLed === null || isOrphan(graph, isLed, page));
    const all = order.filter(isWanted);
    const pages = all.subarray(offset, limit === undefined ? undefined : offset + limit);
    return { crawl, total: all.length, parts: this.#entries(id, graph, pages) };
  }

  /**
   * A crawl as a graph, or the part of it that has the pages of greatest PageRank.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `PARSE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async graph(
    id: string,
    owner: string,
    limit: number | undefined,
  ): Promise<GraphParts & { crawl: Crawl; total: number; totalEdges: number }> {
    const made = await this.#made(id, owner);
    const { graph, crawl } = made;
    const pages = (await this.#ordered(made, limit === undefined ? 'index' : 'rank')).slice(0, limit).sort();
    const urls = new LRUCache<number, string>({ max: REMEMBERED });
    return {
      crawl,
      total: graph.size,
      totalEdges: graph.edges,
      nodes: this.#nodes(id, graph, pages),
      edges: edgesAmong(graph, pages),
      urlsOf: (indexes) => this.#urls(id, indexes, urls),
    };
  }

  /** The graph of a crawl as it stands, or stood a moment ago. */
  async #made(id: string, owner: string): Promise<Made> {
    const job = await this.crawls.answers.job(id, owner);
    const crawl = await this.crawls.answers.describe(job);
    const kept = this.#keptOf(crawl);
    if (kept !== null) return kept;
    const key = `${id} ${versionOf(crawl)}`;
    let coming = this.#coming.get(key);
    if (coming === undefined) {
      coming = this.#turn.then(() => this.#keptOf(crawl) ?? this.#make(job, crawl));
      this.#turn = coming.catch(() => undefined);
      this.#coming.set(key, coming);
      void this.#turn.then(() => this.#coming.delete(key));
    }
    return coming;
  }

  #keptOf(crawl: Crawl): Made | null {
    const kept = this.#kept.get(crawl.id);
    if (kept === undefined) return null;
    if (versionOf(kept.crawl) === versionOf(crawl)) return kept;
    const isFresh = performance.now() - kept.madeAt < Math.max(FRESH.ms, FRESH.times * kept.tookMs);
    return isFresh && kept.crawl.finishedAt === null && crawl.finishedAt === null ? kept : null;
  }

  async #make({ id }: Job, crawl: Crawl): Promise<Made> {
    const began = performance.now();
    const graph = await this.jobs.use(async (_store, tables) => {
      const store = new CrawlStore(tables);
      const links = await store.countLinks(id);
      if (links > MOST_LINKS) {
        const detail = `this crawl has ${String(links)} links, and a graph has ${String(MOST_LINKS)} at most: crawl parts of the site, with include`;
        throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail);
      }
      return linkGraph({ size: crawl.counts.known, links, targets: store.targets(id), pages: store.standings(id) });
    });
    const madeAt = performance.now();
    const made = { graph, crawl, madeAt, tookMs: madeAt - began, orders: new Map() };
    this.#kept.set(id, made);
    return made;
  }

  #ordered({ graph, orders }: Made, by: CrawlPageOrder): Promise<Int32Array> {
    let order = orders.get(by);
    if (order === undefined) {
      const { ranks: rank, inDegrees: inDegree, outDegrees: outDegree, depths: depth } = graph;
      const numbers = { rank, inDegree, outDegree, depth, index: new Uint8Array(graph.size) }[by];
      orders.set(by, (order = orderBy(numbers, by !== 'depth')));
    }
    return order;
  }

  async *#entries(id: string, graph: LinkGraph, pages: Int32Array): AsyncGenerator<CrawlPageEntry[]> {
    for await (const rows of this.#rows(id, pages)) {
      const others = rows.flatMap(({ foundOn, redirectsTo, sameAs }) => [foundOn, redirectsTo, sameAs].filter((index) => index !== null));
      const urls = await this.#read((store) => store.urlsAt(id, [...new Set(others)]));
      const urlOf = (index: number | null): string | null => (index === null ? null : (urls.get(index) ?? null));
      yield rows.map((row) => ({
        ...factsOf(graph, row),
        source: row.source,
        foundOn: urlOf(row.foundOn),
        redirectsTo: urlOf(row.redirectsTo),
        sameAs: urlOf(row.sameAs),
        mediaType: row.mediaType,
        canonical: row.canonical,
        noindex: row.noindex,
        nofollow: row.nofollow,
        problem: row.problem,
        outside: graph.outside[row.index] ?? 0,
      }));
    }
  }

  async *#nodes(id: string, graph: LinkGraph, pages: Int32Array): AsyncGenerator<CrawlGraphNode[]> {
    for await (const rows of this.#rows(id, pages)) yield rows.map((row) => factsOf(graph, row));
  }

  async *#rows(id: string, pages: Int32Array): AsyncGenerator<CrawlPage[]> {
    for (let at = 0; at < pages.length; at += PART.pages)
      yield await this.#read((store) => store.pagesAt(id, [...pages.subarray(at, at + PART.pages)]));
  }

  async #urls(id: string, indexes: readonly number[], remembered: LRUCache<number, string>): Promise<ReadonlyMap<number, string>> {
    const urls = new Map<number, string>();
    const asked = new Set<number>();
    for (const index of indexes) {
      const url = remembered.get(index);
      if (url === undefined) asked.add(index);
      else urls.set(index, url);
    }
    for (const [index, url] of await this.#read((store) => store.urlsAt(id, [...asked]))) {
      urls.set(index, url);
      remembered.set(index, url);
    }
    return urls;
  }

  #read<Value>(read: (store: CrawlStore) => Promise<Value>): Promise<Value> {
    return this.jobs.use((_store, tables) => read(new CrawlStore(tables)));
  }
}

/** What a graph depends on. */
function versionOf({ state, counts }: Crawl): string {
  return JSON.stringify([state, counts]);
}

function factsOf({ inDegrees, outDegrees, ranks }: LinkGraph, { index, url, depth, state, status, title }: CrawlPage): CrawlGraphNode {
  const rank = ranks[index] ?? NaN;
  return {
    index,
    url,
    depth,
    state,
    status,
    title,
    inDegree: inDegrees[index] ?? 0,
    outDegree: outDegrees[index] ?? 0,
    // The digits behind these are those of the last step.
    rank: Number.isNaN(rank) ? null : Number(rank.toPrecision(9)),
  };
}

/** 1 for each page that another links or redirects to, also by another spelling of it. */
function ledTo({ size, inDegrees, redirectsTo, sameAs, states }: LinkGraph): Uint8Array {
  const isLed = new Uint8Array(size);
  for (let page = 0; page < size; page += 1) {
    const to = redirectsTo[page] ?? NONE;
    if (to !== NONE && to !== page) isLed[to] = 1;
    if ((inDegrees[page] ?? 0) === 0) continue;
    isLed[page] = 1;
    const same = sameAs[page] ?? NONE;
    if (same !== NONE && PAGE_STATES[states[page] ?? 0] === 'same') isLed[same] = 1;
  }
  return isLed;
}

function isOrphan(graph: LinkGraph, isLed: Uint8Array, page: number): boolean {
  return isLed[page] === 0 && ['start', 'sitemap'].includes(sourceOf(graph, page));
}

/** What leads from one of some pages to another of them. */
async function* edgesAmong(graph: LinkGraph, pages: Int32Array): AsyncGenerator<CrawlGraphEdge[]> {
  const { size, out, redirectsTo, sameAs } = graph;
  const isAmong = new Uint8Array(size);
  for (const page of pages) isAmong[page] = 1;
  let part: CrawlGraphEdge[] = [];
  let done = 0;
  for (const from of pages) {
    listOf(out, from).forEach((to, place) => {
      if (isAmong[to] === 1) part.push({ from, to, kind: 'link', nofollow: out.nofollow[(out.starts[from] ?? 0) + place] === 1 });
    });
    for (const [kind, lists] of [
      ['redirect', redirectsTo],
      ['canonical', sameAs],
    ] as const) {
      // prettier-ignore
      const to = lists[from] ?? NONE;
      if (to !== NONE && isAmong[to] === 1) part.push({ from, to, kind, nofollow: false });
    }
    done += 1 + listOf(out, from).length;
    if (done > PART.turn) {
      done = 0;
      await setImmediate();
    }
    if (part.length < PART.edges) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
