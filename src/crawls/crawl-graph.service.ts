import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ProblemError } from '../api/problem.ts';
import type { Job } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type {
  CrawlBrokenOptions,
  CrawlDuplicatesOptions,
  CrawlLinksOptions,
  CrawlPagesOptions,
  CrawlRedirectsOptions,
} from './crawl-graph.args.ts';
import type {
  CrawlBrokenPage,
  CrawlDuplicate,
  CrawlGraphEdge,
  CrawlGraphNode,
  CrawlLink,
  CrawlLinkSource,
  CrawlPageEntry,
  CrawlPageOrder,
  CrawlRedirect,
} from './crawl-graph.model.ts';
import { type CrawlPage, CrawlStore } from './crawl-store.ts';
import type { Crawl } from './crawl.model.ts';
import { CrawlsService } from './crawls.service.ts';
import type { GraphParts } from './graph-formats.ts';
import { type LinkGraph, linkGraph, listOf, NONE, PAGE_STATES, sourceOf } from './link-graph.ts';
import { chainOf, isBroken, isRedirectStart, type Leads, linksTo, redirectsTo } from './link-paths.ts';
import { MOST_OUTSIDE, type PageLinks } from './page-links.ts';
import { orderBy } from './page-order.ts';

/** Links that a graph may have: it is held in memory while it is made. */
const MOST_LINKS = 20_000_000;
/** Bytes of graphs that are kept, and milliseconds for which nobody asks for one. */
const KEPT_BYTES = 200_000_000;
const KEPT_MS = 600_000;
/** Milliseconds for which the graph of a crawl that is under way serves, and how many times as long as it took. */
const FRESH = { ms: 2000, times: 10 };
/** What is read or handed on at a time: pages, pages with who links there, pages with their links, and links; and what is gone through before others have their turn. */
const PART = { pages: 1000, listed: 100, rows: 200, edges: 2000, turn: 100_000 };
/** More than there is of anything. */
const ALL = 2_147_483_647;
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

/** Which links are wanted of pages in their order. */
interface LinksWanted {
  /** How many of those that {@link isWanted} lets through a page has. */
  count: (page: number) => number;
  isWanted: (link: CrawlLink) => boolean;
  /** The pages that they lead to; null where that may be any. */
  targets: readonly number[] | null;
  /** The first of them all, and the one behind the last. */
  offset: number;
  end: number;
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
   * Links of a crawl: page by page, each in the order of the page; behind those within the scope those that lead out of it.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `PARSE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async links(id: string, owner: string, { from, to, outside, limit = ALL, offset }: CrawlLinksOptions): Promise<ListParts<CrawlLink>> {
    const made = await this.#made(id, owner);
    const { graph, crawl } = made;
    const isKnown = [from, to].every((page) => page === undefined || page < graph.size);
    const linking = to === undefined ? await this.#ordered(made, 'index') : listOf(graph.into, isKnown ? to : 0);
    const pages = !isKnown ? new Int32Array(0) : from === undefined ? linking : linking.filter((page) => page === from);
    const inside = (page: number): number => (outside === 'only' ? 0 : to === undefined ? listOf(graph.out, page).length : 1);
    const beyond = (page: number): number =>
      outside === 'skip' || to !== undefined ? 0 : Math.min(graph.outside[page] ?? 0, MOST_OUTSIDE);
    let total = 0;
    for (const page of pages) total += inside(page) + beyond(page);
    const isWanted = (link: CrawlLink): boolean =>
      link.to.index === null ? outside !== 'skip' && to === undefined : outside !== 'only' && (to === undefined || link.to.index === to);
    const wanted = {
      count: (page: number) => inside(page) + beyond(page),
      isWanted,
      targets: to !== undefined ? [to] : outside === 'only' ? [] : null,
      offset,
      end: Math.min(total, offset + limit),
    };
    return { crawl, total, parts: this.#linksOf(id, graph, pages, wanted) };
  }

  /**
   * Pages that cannot be had, with who links there, by way of redirects, too.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `PARSE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async broken(id: string, owner: string, { examples, limit, offset }: CrawlBrokenOptions): Promise<ListParts<CrawlBrokenPage>> {
    const made = await this.#made(id, owner);
    const { graph, crawl } = made;
    const all = (await this.#ordered(made, 'index')).filter((page) => isBroken(graph, page));
    const pages = all.subarray(offset, limit === undefined ? undefined : offset + limit);
    return { crawl, total: all.length, parts: this.#brokenPages(id, graph, pages, examples) };
  }

  /**
   * Redirects, each with where it leads step by step, and who links to it.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `PARSE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async redirects(
    id: string,
    owner: string,
    { outcome, examples, limit, offset }: CrawlRedirectsOptions,
  ): Promise<ListParts<CrawlRedirect>> {
    const made = await this.#made(id, owner);
    const { graph, crawl } = made;
    const starts = (await this.#ordered(made, 'index')).filter((page) => isRedirectStart(graph, page));
    const all = outcome === undefined ? starts : starts.filter((page) => chainOf(graph, page).outcome === outcome);
    const pages = all.subarray(offset, limit === undefined ? undefined : offset + limit);
    return { crawl, total: all.length, parts: this.#redirectPages(id, graph, pages, examples) };
  }

  /**
   * What pages share.
   *
   * @throws ProblemError `JOB_NOT_FOUND`, `DATABASE_UNAVAILABLE`
   */
  async duplicates(
    id: string,
    owner: string,
    { of, examples, limit = ALL, offset }: CrawlDuplicatesOptions,
  ): Promise<ListParts<CrawlDuplicate>> {
    const crawl = await this.crawls.answers.describe(await this.crawls.answers.job(id, owner));
    const total = await this.#read((store) => store.countShared(id, of));
    const wanted = { offset, limit: Math.max(0, Math.min(limit, total - offset)), examples };
    return { crawl, total, parts: await this.#read((store) => Promise.resolve(store.shared(id, of, wanted))) };
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

  async *#linksOf(
    id: string,
    graph: LinkGraph,
    pages: Int32Array,
    { count, isWanted, targets, offset, end }: LinksWanted,
  ): AsyncGenerator<CrawlLink[]> {
    const urls = new LRUCache<number, string>({ max: REMEMBERED });
    let at = 0;
    let part: { page: number; skip: number; take: number }[] = [];
    let links = 0;
    for (const [place, page] of pages.entries()) {
      const has = count(page);
      const skip = Math.max(0, offset - at);
      const take = Math.min(has, end - at) - skip;
      at += has;
      if (take > 0) {
        part.push({ page, skip, take });
        links += take;
      }
      const isLast = place === pages.length - 1 || at >= end;
      if (part.length > 0 && (isLast || part.length >= PART.rows || links >= PART.edges)) {
        const rows = await this.#read((store) => store.linksAt(id, part.map((each) => each.page))); // prettier-ignore
        const asked = part.flatMap((each) => [each.page, ...(targets ?? rows.get(each.page)?.targets ?? [])]);
        const known = await this.#urls(id, asked.filter((index) => index < graph.size), urls); // prettier-ignore
        yield part.flatMap(({ page: from, skip: first, take: some }) =>
          linksIn(rows.get(from), known)
            .filter(isWanted)
            .slice(first, first + some),
        );
        part = [];
        links = 0;
      } else if (place % PART.turn === PART.turn - 1) await setImmediate();
      if (isLast) return;
    }
  }

  async *#brokenPages(id: string, graph: LinkGraph, pages: Int32Array, examples: number): AsyncGenerator<CrawlBrokenPage[]> {
    for await (const rows of this.#rows(id, pages, PART.listed)) {
      const leads = rows.map(({ index }) => linksTo(graph, [index, ...redirectsTo(graph, index)], examples));
      const sources = await this.#sources(id, leads);
      yield rows.map(({ index, url, source, status, problem }, place) => ({
        total: leads[place]?.total ?? 0,
        linkedFrom: sources[place] ?? [],
        index,
        url,
        source,
        status,
        problem,
      }));
    }
  }

  async *#redirectPages(id: string, graph: LinkGraph, pages: Int32Array, examples: number): AsyncGenerator<CrawlRedirect[]> {
    for await (const rows of this.#rows(id, pages, PART.listed)) {
      const chains = rows.map(({ index }) => chainOf(graph, index));
      const leads = rows.map(({ index }) => linksTo(graph, [index], examples));
      const sources = await this.#sources(id, leads);
      const left = chains.flatMap(({ outcome, hops }) => (outcome === 'outside' ? (hops.at(-1) ?? []) : []));
      const locations = await this.#read((store) => store.locationsAt(id, left));
      const urls = await this.#read((store) => store.urlsAt(id, [...new Set(chains.flatMap(({ hops, end }) => [...hops, end]))]));
      yield rows.map(({ index, url }, place) => {
        const { hops, end, outcome } = chains[place] ?? chainOf(graph, index);
        return {
          total: leads[place]?.total ?? 0,
          linkedFrom: sources[place] ?? [],
          index,
          url,
          outcome,
          finalUrl: outcome === 'outside' ? (locations.get(hops.at(-1) ?? NONE) ?? null) : (urls.get(end) ?? null),
          finalStatus: (graph.statuses[end] ?? 0) === 0 ? null : (graph.statuses[end] ?? null),
          hops: hops.map((hop) => ({ index: hop, url: urls.get(hop) ?? '', status: graph.statuses[hop] ?? 0 })),
        };
      });
    }
  }

  /** Who links somewhere, with texts. */
  async #sources(id: string, leads: readonly Leads[]): Promise<CrawlLinkSource[][]> {
    const all = leads.flatMap(({ first }) => first);
    const pages = [...new Set(all.map(({ from }) => from))];
    const links = new Map<string, { text: string; nofollow: boolean }>();
    for (let at = 0; at < pages.length; at += PART.rows) {
      const rows = await this.#read((store) => store.linksAt(id, pages.slice(at, at + PART.rows)));
      for (const { from, to } of all) {
        const row = rows.get(from);
        const place = row?.targets.indexOf(to) ?? NONE;
        if (row !== undefined && place !== NONE)
          links.set(`${String(from)} ${String(to)}`, { text: row.texts[place] ?? '', nofollow: row.nofollow[place] === 1 });
      }
    }
    const urls = await this.#read((store) => store.urlsAt(id, [...new Set(all.flatMap(({ from, to }) => [from, to]))]));
    return leads.map(({ first }) =>
      first.map(({ from, to }) => {
        const { text = '', nofollow = false } = links.get(`${String(from)} ${String(to)}`) ?? {};
        return { index: from, url: urls.get(from) ?? '', to: urls.get(to) ?? '', text, nofollow };
      }),
    );
  }

  async *#nodes(id: string, graph: LinkGraph, pages: Int32Array): AsyncGenerator<CrawlGraphNode[]> {
    for await (const rows of this.#rows(id, pages)) yield rows.map((row) => factsOf(graph, row));
  }

  async *#rows(id: string, pages: Int32Array, most = PART.pages): AsyncGenerator<CrawlPage[]> {
    for (let at = 0; at < pages.length; at += most)
      yield await this.#read((store) => store.pagesAt(id, [...pages.subarray(at, at + most)]));
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

/** The links of a page, with URLs: within the scope, then out of it. */
function linksIn(row: PageLinks | undefined, urls: ReadonlyMap<number, string>): CrawlLink[] {
  if (row === undefined) return [];
  const from = { index: row.index, url: urls.get(row.index) ?? '' };
  const inside = [...row.targets].flatMap((index, place) => {
    const url = urls.get(index);
    return url === undefined ? [] : [{ from, to: { index, url }, text: row.texts[place] ?? '', nofollow: row.nofollow[place] === 1 }];
  });
  return [...inside, ...row.outside.map(({ url, text, nofollow }) => ({ from, to: { index: null, url }, text, nofollow }))];
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
