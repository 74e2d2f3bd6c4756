import { LRUCache } from 'lru-cache';
import { sql, type Transaction } from 'kysely';
import type { Growth, Job, NewItem, Recording } from '../jobs/job-store.ts';
import type { PageSource, PageState, Tables } from '../jobs/tables.ts';
import { isWithin, type SiteScope, widened } from '../sites/scope.ts';
import { keyOf } from '../sites/site-url.ts';
import { type CrawlOptions, type FoundUrl, MOST_SITEMAPS, type PassedOver, type PassedOverCounts } from './crawl-options.ts';
import type { CrawlNote, FoundEntries, FoundPage, FoundSitemap } from './found.ts';
import { MOST_OUTSIDE, packLinks, type PackedLinks } from './page-links.ts';

/** Redirects on the way to a page. */
const MOST_HOPS = 10;
/** Pages that a crawl knows at most, besides a hundred for each that it may retrieve; and in all. */
const FEWEST_KNOWN = 10_000;
const MOST_KNOWN = 2_000_000;
/** Examples of what is passed over. */
const MOST_EXAMPLES = 5;
/** Pages of which a process remembers their place, of all crawls: most links of a page lead where those of others did. */
const REMEMBERED = 100_000;
/** Pages that are given out at a time, and how few are left when more are. */
const GIVEN_OUT = 200;
const FEW = 64;

/** A crawl as this transaction finds it, and leaves it. */
interface CrawlRow {
  known: number;
  sitemapsKnown: number;
  forbidden: number;
  reached: number;
  waiting: number;
  scope: string;
  passedOver: string;
}

/** A page that something leads to, at its best. */
interface Candidate extends FoundUrl {
  depth: number;
  foundOn: number | null;
  source: PageSource;
  hops: number;
  /** Why it is not to be retrieved for this; null where it is. */
  unwanted: PassedOver | 'aside' | null;
}

/** A page that is known: its place, and its depth, infinite where nothing wants it. */
interface Place {
  index: number;
  depth: number;
}

/**
 * What a crawl becomes by its results: pages that are new, links, and what is to be retrieved next. All of it is recorded with the results
 * themselves, or nothing is. Depth by depth: nothing deeper is given out before all that is less deep has its result, so that the depth of a page is
 * that of the shortest way to it.
 */
export function crawlGrowth(): Growth {
  const remembered = new LRUCache<string, Place>({ max: REMEMBERED });
  return async (session, recording) => {
    const step = new GrowthStep(session, recording, remembered);
    const items = await step.record();
    return { items, committed: () => { step.remember(); } }; // prettier-ignore
  };
}

/** Records the first page of a crawl, beside its job. */
export async function beginCrawl(session: Transaction<Tables>, id: string, start: FoundUrl, scope: SiteScope): Promise<void> {
  await sql`insert into pagewire.crawl (job_id, known, scope) values (${id}, 1, ${JSON.stringify(scope)})`.execute(session);
  await sql`insert into pagewire.crawl_page (job_id, index, key, url, origin, depth, source, state)
    values (${id}, 0, ${start.key}, ${start.url}, ${start.origin}, 0, 'start', 'queued')`.execute(session);
}

/** One transaction of one crawl. */
class GrowthStep {
  readonly #session: Transaction<Tables>;
  readonly #job: Job;
  readonly #options: CrawlOptions;
  readonly #recording: Recording;
  readonly #remembered: LRUCache<string, Place>;
  #crawl!: CrawlRow;
  #scope!: SiteScope;
  #passedOver: PassedOverCounts = {};
  readonly #within = new Map<string, boolean>();
  /** By their keys, in the order in which they were found. */
  readonly #candidates = new Map<string, Candidate>();
  readonly #places = new Map<string, Place>();
  readonly #sitemaps = new Map<string, FoundSitemap>();

  constructor(session: Transaction<Tables>, recording: Recording, remembered: LRUCache<string, Place>) {
    this.#session = session;
    this.#recording = recording;
    this.#job = recording.job;
    this.#options = JSON.parse(recording.job.options) as CrawlOptions;
    this.#remembered = remembered;
  }

  /** @returns what is to be done next */
  async record(): Promise<NewItem[]> {
    const [crawl] = await this.#rows<CrawlRow>(sql`select known, sitemaps_known as "sitemapsKnown", forbidden, reached, waiting, scope,
      passed_over as "passedOver" from pagewire.crawl where job_id = ${this.#job.id}`);
    if (crawl === undefined) throw new Error(`the crawl ${this.#job.id} has no row`);
    this.#crawl = crawl;
    this.#scope = JSON.parse(crawl.scope) as SiteScope;
    this.#passedOver = JSON.parse(crawl.passedOver) as PassedOverCounts;
    const { done } = this.#recording;
    const found = done.map(({ index, found: each }) => ({ index, found: each as FoundPage | FoundEntries }));
    for (const { index, found: each } of found) this.#gather(index, each);
    await this.#place();
    const pages = found.flatMap(({ index, found: each }) => (each.kind === 'page' ? [{ index, page: each }] : []));
    const same = await this.#markSame(pages);
    await this.#recordPages(pages, same);
    await this.#recordLinks(pages);
    await this.#recordSitemaps(found.flatMap(({ found: each }) => (each.kind === 'sitemap' ? [each] : [])));
    this.#crawl.forbidden += pages.filter(({ page }) => page.state === 'forbidden').length;
    const sitemaps = await this.#newSitemaps();
    const next = await this.#giveOut(sitemaps.length, done.filter(({ answer }) => answer !== null).length);
    await sql`update pagewire.crawl set known = ${this.#crawl.known}, sitemaps_known = ${this.#crawl.sitemapsKnown},
      forbidden = ${this.#crawl.forbidden}, reached = ${this.#crawl.reached}, waiting = ${this.#crawl.waiting},
      scope = ${JSON.stringify(this.#scope)}, passed_over = ${JSON.stringify(this.#passedOver)} where job_id = ${this.#job.id}`.execute(
      this.#session,
    );
    return [...sitemaps, ...next];
  }

  /** Once it is committed: the places of pages never change. */
  remember(): void {
    for (const [key, place] of this.#places) this.#remembered.set(this.#rememberedKey(key), place);
  }

  #rememberedKey(key: string): string {
    return `${this.#job.id} ${key}`;
  }

  #passOver(reason: PassedOver, url: string): void {
    const counted = (this.#passedOver[reason] ??= { count: 0, examples: [] });
    counted.count += 1;
    if (counted.examples.length < MOST_EXAMPLES && !counted.examples.includes(url)) counted.examples.push(url);
  }

  /** What was passed over is wanted after all. */
  #takeUp(reason: PassedOver, url: string): void {
    const counted = this.#passedOver[reason];
    if (counted === undefined) return;
    counted.count -= 1;
    counted.examples = counted.examples.filter((example) => example !== url);
  }

  #isWithin(origin: string): boolean {
    let is = this.#within.get(origin);
    if (is === undefined) this.#within.set(origin, (is = isWithin(this.#scope, origin)));
    return is;
  }

  #gather(index: number, found: FoundPage | FoundEntries): void {
    for (const sitemap of found.sitemaps) this.#sitemaps.set(sitemap.key, sitemap);
    if (found.kind === 'sitemap') {
      for (const to of found.pages) this.#lead(to, { depth: found.depth, foundOn: null, source: 'sitemap', hops: 0, unwanted: null });
      return;
    }
    const { depth, hops, redirect, canonical, links, nofollow } = found;
    if (redirect !== null) {
      // What the start redirects to is where the site is.
      if (depth === 0 && !this.#isWithin(redirect.origin)) {
        this.#scope = widened(this.#scope, this.#options.scope, new URL(redirect.url));
        this.#within.clear();
      }
      const unwanted = hops >= MOST_HOPS ? ('redirects' as const) : null;
      this.#lead(redirect, { depth, foundOn: index, source: 'redirect', hops: hops + 1, unwanted });
    }
    const { nofollow: onNofollow, sitemap } = this.#options;
    for (const link of links) {
      const isNofollow = onNofollow === 'respect' && (link.nofollow || nofollow === true);
      // Where only sitemaps lead on, links are known and not followed.
      const unwanted = sitemap === 'only' ? 'aside' : isNofollow ? 'nofollow' : null;
      this.#lead(link.to, { depth: depth + 1, foundOn: index, source: 'link', hops: 0, unwanted });
    }
    if (canonical !== null && this.#isWithin(canonical.origin) && canonical.refused === null)
      this.#lead(canonical, { depth, foundOn: index, source: 'canonical', hops: 0, unwanted: 'aside' });
  }

  /** Something leads to a URL. */
  #lead(to: FoundUrl, by: Omit<Candidate, keyof FoundUrl>): void {
    if (!this.#isWithin(to.origin)) {
      this.#passOver('outside', to.url);
      return;
    }
    if (to.refused !== null) {
      this.#passOver(to.refused, to.url);
      return;
    }
    const unwanted = by.unwanted ?? (by.depth > this.#options.depth ? 'depth' : null);
    const candidate = { ...to, ...by, unwanted };
    const known = this.#candidates.get(to.key);
    if (known === undefined) this.#candidates.set(to.key, candidate);
    else if (unwanted === null && (known.unwanted !== null || by.depth < known.depth)) Object.assign(known, candidate);
  }

  /** Gives every candidate its place: the one that it has, or a new one. */
  async #place(): Promise<void> {
    const asked: Candidate[] = [];
    for (const candidate of this.#candidates.values()) {
      const place = this.#remembered.get(this.#rememberedKey(candidate.key));
      // Depths only ever become less.
      if (place !== undefined && (candidate.unwanted !== null || place.depth <= candidate.depth)) this.#places.set(candidate.key, place);
      else asked.push(candidate);
    }
    const keys = asked.map(({ key }) => key);
    const there =
      keys.length === 0
        ? []
        : await this.#rows<{ key: string; index: number; depth: number; state: PageState; unwanted: PassedOver | null }>(
            sql`select key, index, depth, state, unwanted from pagewire.crawl_page where job_id = ${this.#job.id} and key = any(${keys}::uuid[])`,
          );
    const known = new Map(there.map((page) => [page.key, page]));
    const better: Candidate[] = [];
    const fresh: Candidate[] = [];
    for (const candidate of asked) {
      const page = known.get(candidate.key);
      if (page === undefined) {
        fresh.push(candidate);
        continue;
      }
      const { index, state, depth } = page;
      const isBetter = candidate.unwanted === null && (state === 'noted' || (state === 'found' && candidate.depth < depth));
      if (isBetter) {
        better.push(candidate);
        if (state === 'noted') this.#crawl.waiting += 1;
        if (page.unwanted !== null) this.#takeUp(page.unwanted, candidate.url);
      }
      this.#places.set(candidate.key, { index, depth: isBetter ? candidate.depth : state === 'noted' ? Infinity : depth });
    }
    await this.#improve(better);
    await this.#insert(await this.#withinBudgets(fresh));
  }

  async #improve(better: readonly Candidate[]): Promise<void> {
    if (better.length === 0) return;
    await sql`update pagewire.crawl_page as page set state = 'found', unwanted = null, depth = given.depth, found_on = given.found_on, source = given.source, hops = given.hops
      from unnest(${better.map(({ key }) => key)}::uuid[], ${better.map(({ depth }) => depth)}::int[], ${better.map(({ foundOn }) => foundOn)}::int[],
        ${better.map(({ source }) => source)}::text[], ${better.map(({ hops }) => hops)}::int[]) as given (key, depth, found_on, source, hops)
      where page.job_id = ${this.#job.id} and page.key = given.key`.execute(this.#session);
  }

  /** Those of new pages that there is room for: in all, and of their pattern. */
  async #withinBudgets(fresh: readonly Candidate[]): Promise<Candidate[]> {
    const most = Math.min(MOST_KNOWN, FEWEST_KNOWN + 100 * this.#options.limit);
    const patterns = new Map(fresh.flatMap(({ pattern }) => (pattern === null ? [] : [[pattern, keyOf(pattern)]])));
    const keys = [...new Set(patterns.values())];
    const counted =
      keys.length === 0
        ? []
        : await this.#rows<{ key: string; pages: number }>(
            sql`select key, pages from pagewire.crawl_pattern where job_id = ${this.#job.id} and key = any(${keys}::uuid[])`,
          );
    const pages = new Map(counted.map((each) => [each.key, each.pages]));
    const taken = fresh.filter(({ pattern, url }, place) => {
      if (this.#crawl.known + place >= most) {
        this.#passOver('full', url);
        return false;
      }
      if (pattern === null) return true;
      const key = patterns.get(pattern) ?? '';
      const count = (pages.get(key) ?? 0) + 1;
      if (count > this.#options.perPattern) {
        this.#passOver('pattern', url);
        return false;
      }
      pages.set(key, count);
      return true;
    });
    if (pages.size > 0)
      await sql`insert into pagewire.crawl_pattern (job_id, key, pages)
        select ${this.#job.id}, key, pages from unnest(${[...pages.keys()]}::uuid[], ${[...pages.values()]}::int[]) as given (key, pages)
        on conflict (job_id, key) do update set pages = excluded.pages`.execute(this.#session);
    return taken;
  }

  async #insert(fresh: readonly Candidate[]): Promise<void> {
    if (fresh.length === 0) return;
    const first = this.#crawl.known;
    this.#crawl.known += fresh.length;
    const states = fresh.map(({ unwanted }): PageState => (unwanted === null ? 'found' : 'noted'));
    const reasons = fresh.map(({ unwanted }) => (unwanted === 'aside' ? null : unwanted));
    await sql`insert into pagewire.crawl_page (job_id, index, key, url, origin, depth, found_on, source, hops, state, unwanted)
      select ${this.#job.id}, ${first}::int + place::int - 1, key, url, origin, depth, found_on, source, hops, state, unwanted
      from unnest(${fresh.map(({ key }) => key)}::uuid[], ${fresh.map(({ url }) => url)}::text[], ${fresh.map(({ origin }) => origin)}::text[],
        ${fresh.map(({ depth }) => depth)}::int[], ${fresh.map(({ foundOn }) => foundOn)}::int[], ${fresh.map(({ source }) => source)}::text[],
        ${fresh.map(({ hops }) => hops)}::int[], ${states}::text[], ${reasons}::text[])
        with ordinality as given (key, url, origin, depth, found_on, source, hops, state, unwanted, place)`.execute(this.#session);
    fresh.forEach(({ key, url, depth, unwanted }, place) => {
      this.#places.set(key, { index: first + place, depth: unwanted === null ? depth : Infinity });
      if (unwanted === null) this.#crawl.waiting += 1;
      else if (unwanted !== 'aside') this.#passOver(unwanted, url);
    });
  }

  /**
   * Canonical links to what is another spelling of the same path: that is not retrieved as well, where it has not been given out yet.
   *
   * @returns of each page that says it is another, which; by their indexes
   */
  async #markSame(pages: readonly { index: number; page: FoundPage }[]): Promise<Map<number, number>> {
    const same = new Map<number, number>();
    const stood = new Map<number, number>();
    for (const { index, page } of pages) {
      const { canonical, key, url } = page;
      const place = canonical === null || canonical.key === key ? undefined : this.#places.get(canonical.key);
      if (canonical === null || place === undefined || place.index === index) continue;
      same.set(index, place.index);
      if (pathOf(canonical.url) === pathOf(url) && !stood.has(place.index)) stood.set(place.index, index);
    }
    if (stood.size === 0) return same;
    for (const state of ['found', 'noted'] as const) {
      const marked = await this.#rows<{ index: number }>(sql`update pagewire.crawl_page as page set state = 'same', same_as = given.by
        from unnest(${[...stood.keys()]}::int[], ${[...stood.values()]}::int[]) as given (index, by)
        where page.job_id = ${this.#job.id} and page.index = given.index and page.state = ${state} returning page.index`);
      for (const { index } of marked) {
        // It is that page which is itself.
        same.delete(stood.get(index) ?? -1);
        if (state === 'found') this.#crawl.waiting -= 1;
      }
    }
    return same;
  }

  async #recordPages(pages: readonly { index: number; page: FoundPage }[], same: ReadonlyMap<number, number>): Promise<void> {
    if (pages.length === 0) return;
    const given = pages.map(({ index, page }) => {
      const { state, status, title, mediaType: media_type, canonicalUrl: canonical, noindex, nofollow, problem, redirect } = page;
      const redirects_to = redirect === null ? null : (this.#places.get(redirect.key)?.index ?? null);
      return {
        index,
        state,
        status,
        redirects_to,
        same_as: same.get(index) ?? null,
        title,
        media_type,
        canonical,
        noindex,
        nofollow,
        problem,
      };
    });
    await sql`update pagewire.crawl_page as page set state = given.state, status = given.status, redirects_to = given.redirects_to,
        same_as = given.same_as, title = given.title, media_type = given.media_type, canonical = given.canonical, noindex = given.noindex,
        nofollow = given.nofollow, problem = given.problem
      from jsonb_to_recordset(${jsonOf(given)}::jsonb) as given (index int, state text, status int, redirects_to int, same_as int, title text,
        media_type text, canonical text, noindex boolean, nofollow boolean, problem text)
      where page.job_id = ${this.#job.id} and page.index = given.index`.execute(this.#session);
  }

  async #recordLinks(pages: readonly { index: number; page: FoundPage }[]): Promise<void> {
    const packed = pages.flatMap(({ index, page }) => this.#packed(index, page) ?? []);
    if (packed.length === 0) return;
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
    await sql`insert into pagewire.crawl_links (job_id, index, targets, marks, texts, outside, outside_total)
      select ${this.#job.id}, index, decode(targets, 'hex'), decode(marks, 'hex'), texts, outside, outside_total
      from unnest(${packed.map(({ index }) => index)}::int[], ${packed.map(({ targets }) => hex(targets))}::text[],
        ${packed.map(({ marks }) => hex(marks))}::text[], ${packed.map(({ texts }) => texts)}::text[], ${packed.map(({ outside }) => outside)}::text[],
        ${packed.map(({ outsideTotal }) => outsideTotal)}::int[]) as given (index, targets, marks, texts, outside, outside_total)`.execute(
      this.#session,
    );
  }

  /** The links of a page, each target once; null where it has none. */
  #packed(index: number, { links }: FoundPage): PackedLinks | null {
    const inside = new Map<number, { text: string; nofollow: boolean }>();
    const outside = new Map<string, { url: string; text: string; nofollow: boolean }>();
    for (const { to, text, nofollow } of links) {
      const place = this.#places.get(to.key);
      if (place === undefined && this.#isWithin(to.origin)) continue;
      const known = place === undefined ? outside.get(to.key) : inside.get(place.index);
      if (known !== undefined) {
        known.text ||= text;
        known.nofollow &&= nofollow;
      } else if (place === undefined) outside.set(to.key, { url: to.url, text, nofollow });
      else inside.set(place.index, { text, nofollow });
    }
    if (inside.size + outside.size === 0) return null;
    const targets = [...inside.values()];
    return packLinks({
      index,
      targets: Int32Array.from(inside.keys()),
      nofollow: Uint8Array.from(targets, ({ nofollow }) => Number(nofollow)),
      texts: targets.map(({ text }) => cleaned(text)),
      outside: [...outside.values()].slice(0, MOST_OUTSIDE).map((link) => ({ ...link, text: cleaned(link.text) })),
      outsideTotal: outside.size,
    });
  }

  async #recordSitemaps(read: readonly FoundEntries[]): Promise<void> {
    if (read.length === 0) return;
    await sql`update pagewire.crawl_sitemap as sitemap set status = given.status, urls = given.urls, problem = given.problem
      from unnest(${read.map(({ number }) => number)}::int[], ${read.map(({ status }) => status)}::int[], ${read.map(({ total }) => total)}::int[],
        ${read.map(({ problem }) => problem)}::text[]) as given (number, status, urls, problem)
      where sitemap.job_id = ${this.#job.id} and sitemap.number = given.number`.execute(this.#session);
  }

  /** What is to be done of sitemaps that nobody has named before. */
  async #newSitemaps(): Promise<NewItem[]> {
    const place = { index: -1, depth: Infinity };
    const asked = [...this.#sitemaps.values()].filter(({ key }) => !this.#remembered.has(this.#rememberedKey(`sitemap ${key}`)));
    for (const { key } of asked) this.#places.set(`sitemap ${key}`, place);
    if (asked.length === 0) return [];
    const keys = asked.map(({ key }) => key);
    const there = await this.#rows<{ key: string }>(
      sql`select key from pagewire.crawl_sitemap where job_id = ${this.#job.id} and key = any(${keys}::uuid[])`,
    );
    const known = new Set(there.map(({ key }) => key));
    const first = this.#crawl.sitemapsKnown + 1;
    const fresh = asked.filter(({ key }) => !known.has(key)).slice(0, Math.max(0, MOST_SITEMAPS - this.#crawl.sitemapsKnown));
    this.#crawl.sitemapsKnown += fresh.length;
    if (fresh.length === 0) return [];
    await sql`insert into pagewire.crawl_sitemap (job_id, number, key, url, level)
      select ${this.#job.id}, ${first}::int + place::int - 1, key, url, level
      from unnest(${fresh.map(({ key }) => key)}::uuid[], ${fresh.map(({ url }) => url)}::text[], ${fresh.map(({ level }) => level)}::int[])
        with ordinality as given (key, url, level, place)`.execute(this.#session);
    return fresh.map(({ url, origin, level, depth, namedBy }, at) => {
      const note: CrawlNote = { kind: 'sitemap', number: first + at, level, depth, namedBy };
      return { index: -(first + at), url, origin, note: JSON.stringify(note) };
    });
  }

  /** The pages that are to be retrieved next: while others of their depth are, of the same; of the next once these are done. */
  async #giveOut(newSitemaps: number, results: number): Promise<NewItem[]> {
    const { succeeded, failed, concurrency, id } = this.#job;
    const pending = this.#recording.pending + newSitemaps;
    const retrieved = succeeded + failed + results - this.#crawl.forbidden;
    const most = Math.min(Math.max(GIVEN_OUT, 4 * concurrency), this.#options.limit - retrieved - pending);
    if (this.#crawl.waiting === 0 || most <= 0 || pending > Math.max(FEW, 2 * concurrency)) return [];
    const depth =
      pending > 0
        ? sql`${this.#crawl.reached}::int`
        : sql`(select depth from pagewire.crawl_page where job_id = ${id} and state = 'found' order by depth limit 1)`;
    const given = await this.#rows<Pick<Candidate, 'url' | 'origin' | 'depth' | 'hops' | 'source' | 'foundOn'> & { index: number }>(
      sql`with chosen as (select index from pagewire.crawl_page where job_id = ${id} and state = 'found' and depth <= ${depth} order by depth, index limit ${most})
        update pagewire.crawl_page as page set state = 'queued' from chosen where page.job_id = ${id} and page.index = chosen.index
        returning page.index, page.url, page.origin, page.depth, page.hops, page.source, page.found_on as "foundOn"`,
    );
    this.#crawl.waiting -= given.length;
    this.#crawl.reached = Math.max(this.#crawl.reached, ...given.map((page) => page.depth));
    const parents = [...new Set(given.flatMap(({ foundOn }) => foundOn ?? []))];
    const named = await this.#rows<{ index: number; url: string }>(
      sql`select index, url from pagewire.crawl_page where job_id = ${id} and index = any(${parents}::int[])`,
    );
    const urls = new Map(named.map(({ index, url }) => [index, url]));
    return given.map(({ index, url, origin, depth: at, hops, source, foundOn }) => {
      const note: CrawlNote = { kind: 'page', depth: at, hops, source, foundOn: foundOn === null ? null : (urls.get(foundOn) ?? null) };
      return { index, url, origin, note: JSON.stringify(note) };
    });
  }

  async #rows<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
    return (await statement.execute(this.#session)).rows as Row[];
  }
}

/** The path without a slash at its end. */
function pathOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** PostgreSQL keeps neither U+0000 nor half a surrogate pair. */
function cleaned(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) => (typeof each === 'string' ? cleaned(each) : each));
}
