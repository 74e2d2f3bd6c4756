import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { describeProblem } from '../api/describe-problem.ts';
import { ProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { currentUnderWay } from '../api/under-way.ts';
import { failuresOf, PageWorkService, resultJson } from '../batches/page-work.service.ts';
import { ChainCookies } from '../fetch/chain-cookies.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import { firstValue } from '../fetch/field-lines.ts';
import { isRedirect } from '../fetch/redirect.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Snapshot } from '../fetch/snapshot.ts';
import { parseLocation } from '../fetch/target-url.ts';
import type { Outcome, Pace } from '../jobs/job-runner.ts';
import type { Item, Job } from '../jobs/job-store.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import type { Outline } from '../parse/outline.ts';
import { ParseService } from '../parse/parse.service.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { inSlices } from '../sites/in-slices.ts';
import { RobotsService } from '../sites/robots.service.ts';
import { MOST_SITEMAP_LEVELS, sitemapsOf, speaksOf } from '../sites/sitemap.ts';
import { SitemapsService } from '../sites/sitemaps.service.ts';
import { keyOf, siteUrl } from '../sites/site-url.ts';
import { crawlGrowth } from './crawl-growth.ts';
import { createFinder, type CrawlOptions, type FoundUrl } from './crawl-options.ts';
import type { CrawlNote, FoundEntries, FoundPage, FoundSitemap } from './found.ts';

/** The kind of these jobs. */
export const CRAWL = 'crawl';

/** URLs of links of which a process remembers what they are, of each crawl: most stand on every page. */
const REMEMBERED = 20_000;
/** Bytes that a link takes on its way into the database, about. */
const LINK_BYTES = 400;

type PageNote = Extract<CrawlNote, { kind: 'page' }>;
type SitemapNote = Extract<CrawlNote, { kind: 'sitemap' }>;

/** What a result says of its page, whatever came of it. */
interface PageFacts {
  index: number;
  url: string;
  depth: number;
  foundOn: string | null;
  source: string;
}

/** A crawl as this process works on it. */
interface Known {
  options: CrawlOptions;
  find: (url: string) => FoundUrl | null;
}

/** Retrieves and reads the pages of crawls, as robots.txt lets it, and finds what they lead to. */
@Injectable()
export class CrawlWorkService {
  readonly #crawls = new LRUCache<string, Known>({ max: 16 });

  constructor(
    private readonly fetch: FetchService,
    private readonly parse: ParseService,
    private readonly pages: PageWorkService,
    private readonly robots: RobotsService,
    private readonly sitemaps: SitemapsService,
    @Inject(SETTINGS) private readonly settings: Settings,
    jobs: JobsService,
  ) {
    jobs.register(CRAWL, {
      work: async (job, item, signal) => {
        const note = noteOf(item);
        if (note.kind === 'sitemap') return this.pages.underWay(job, signal, () => this.#sitemap(job, item, note));
        const outcome = await this.pages.underWay(job, signal, () => this.#page(job, item, note));
        this.pages.count(outcome);
        return outcome;
      },
      paceOf: (job, origin, signal) => this.pages.underWay(job, signal, () => this.#paceOf(job, origin)),
      inPlace: (job, item) => {
        const detail = `the results of this crawl take as much room as they may (JOB_MAX_RESULT_BYTES); ask for less of each page: ${item.url}`;
        return withoutResponse(job, factsOf(item, noteOf(item)), new ProblemError('QUOTA_EXCEEDED', detail, { url: item.url }));
      },
      abandoned: (job, item, deaths) => this.#given(job, item, noteOf(item), this.pages.abandoned(item, deaths)),
      growth: crawlGrowth(),
    });
  }

  /** What a problem in place of a response makes of an item. */
  #given(job: Job, item: Item, note: CrawlNote, problem: ProblemError): Outcome {
    const { code } = problem;
    if (note.kind === 'sitemap') return { succeeded: true, answer: null, found: { ...nothingListed(note), problem: code } };
    const answer = withoutResponse(job, factsOf(item, note), problem);
    return { succeeded: false, answer, found: { ...this.#nothingFound(item, note), problem: code } };
  }

  #known(job: Job): Known {
    let known = this.#crawls.get(job.id);
    if (known === undefined) {
      const options = JSON.parse(job.options) as CrawlOptions;
      const finder = createFinder(options);
      const urls = new LRUCache<string, { found: FoundUrl | null }>({ max: REMEMBERED });
      const find = (url: string): FoundUrl | null => {
        let entry = urls.get(url);
        if (entry === undefined) urls.set(url, (entry = { found: finder(new URL(url)) }));
        return entry.found;
      };
      this.#crawls.set(job.id, (known = { options, find }));
    }
    return known;
  }

  /** As the crawl says, and as the origin wishes, up to a ceiling. */
  async #paceOf(job: Job, origin: string): Promise<Pace> {
    const { options } = this.#known(job);
    if (options.robots === 'ignore') return { delayMs: job.delayMs, hasAsked: false };
    const hasAsked = !this.robots.isKnown(origin, options.target);
    const { crawlDelayMs } = await this.robots.of(origin, options.target);
    return { delayMs: Math.max(job.delayMs, Math.min(crawlDelayMs, this.settings.CRAWL_MAX_DELAY_MS)), hasAsked };
  }

  async #page(job: Job, item: Item, note: PageNote): Promise<Outcome> {
    const known = this.#known(job);
    const { options } = known;
    const facts = factsOf(item, note);
    const url = new URL(item.url);
    const none = this.#nothingFound(item, note);
    try {
      const robots = options.robots === 'respect' || options.sitemap !== 'skip' ? await this.robots.of(url.origin, options.target) : null;
      const sitemaps =
        robots === null || robots.isUnreachable ? [] : this.#sitemapsOf(options, url.origin, robots.sitemaps, note.depth + 1);
      const refusal = options.robots === 'respect' ? (robots?.refusal(url) ?? null) : null;
      if (refusal !== null) {
        const answer = JSON.stringify({ ...facts, state: 'forbidden', reason: refusal, ...NO_RESPONSE, failures: [], views: null });
        return { succeeded: true, answer, found: { ...none, state: 'forbidden', sitemaps } };
      }
      const request = Object.assign(new TargetArgs(), options.target, { url: item.url, maxRedirects: 0 });
      const retrieved = await this.#snapshotOf(job, request, known, none.key);
      return await this.#retrieved(job, known, facts, retrieved, { ...none, sitemaps });
    } catch (error) {
      return this.#given(job, item, note, this.pages.known(error, job));
    }
  }

  /** What came of a page. One that redirects to itself in order to set a cookie is asked for once more with it, as within one retrieval. */
  async #snapshotOf(job: Job, request: TargetArgs, { find }: Known, key: string): Promise<Retrieved> {
    const retrieved = await this.fetch.snapshotOf(request);
    const { final, finalUrl } = retrieved.snapshot;
    const to = redirectOf(retrieved.snapshot, find)?.to ?? null;
    if (to?.key !== key) return retrieved;
    const url = new URL(to.url);
    const cookies = new ChainCookies(new URL(finalUrl), []);
    cookies.keep(final);
    const headers = cookies.fieldsFor(url);
    if (headers.length === 0) return retrieved;
    const { delayMs } = await this.#paceOf(job, url.origin);
    const signal = currentUnderWay()?.signal;
    await sleep(delayMs, null, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
    return this.fetch.snapshotOf(Object.assign(new TargetArgs(), request, { url: to.url, headers }));
  }

  async #retrieved(job: Job, { options, find }: Known, facts: PageFacts, retrieved: Retrieved, none: FoundPage): Promise<Outcome> {
    const { snapshot } = retrieved;
    const { status } = snapshot.final;
    const mediaType = snapshot.content?.mediaType.essence ?? null;
    const leads = redirectOf(snapshot, find);
    const isPage = status >= 200 && status < 300 && snapshot.content?.mediaType.kind === 'html';
    const { encoding } = options.target;
    const outline = isPage ? await this.#outline(job, retrieved, encoding) : null;
    const page = outline instanceof ProblemError ? null : outline;
    const views = leads === null ? await this.pages.views(options.views, retrieved, encoding, job) : [];
    const links = page === null ? [] : linksOf(page, find);
    const found: FoundPage = {
      ...none,
      state: 'retrieved',
      status,
      mediaType,
      title: page?.title ?? null,
      canonicalUrl: page?.canonical ?? null,
      canonical: page?.canonical === undefined || page.canonical === null ? null : find(page.canonical),
      noindex: page?.noindex ?? null,
      nofollow: page?.nofollow ?? null,
      redirect: leads?.to ?? null,
      links,
    };
    const failures = failuresOf(views, job);
    // A file among pages is nobody's failure, where its views are those of pages.
    const bad = failures.filter(({ problem }) => problem.code !== 'NOT_A_DOCUMENT');
    const problem = bad[0]?.problem ?? (outline instanceof ProblemError ? describeProblem(outline, job.id) : null);
    const answer = resultJson(
      {
        ...facts,
        state: problem === null ? 'succeeded' : 'failed',
        reason: null,
        snapshot: snapshot.id,
        finalUrl: snapshot.finalUrl,
        status,
        fetchedAt: snapshot.fetchedAt,
        redirectsTo: leads?.url ?? null,
        mediaType,
        title: found.title,
        canonical: found.canonicalUrl,
        noindex: found.noindex,
        nofollow: found.nofollow,
        links: page?.links.length ?? null,
        problem,
        failures,
      },
      views,
    );
    const foundBytes = LINK_BYTES * links.length;
    if (answer instanceof ProblemError) return { succeeded: false, answer: withoutResponse(job, facts, answer), found, foundBytes };
    return { succeeded: problem === null, answer, found, foundBytes };
  }

  async #outline(job: Job, retrieved: Retrieved, encoding: string | undefined): Promise<Outline | ProblemError> {
    try {
      return await this.parse.readJson<Outline>('outline', retrieved, {}, encoding);
    } catch (error) {
      return this.pages.known(error, job);
    }
  }

  async #sitemap(job: Job, item: Item, note: SitemapNote): Promise<Outcome> {
    const { options, find } = this.#known(job);
    const { depth, level, namedBy } = note;
    const none = nothingListed(note);
    const base = { succeeded: true, answer: null };
    try {
      const url = new URL(item.url);
      if (options.robots === 'respect' && (await this.robots.of(url.origin, options.target)).refusal(url) !== null)
        return { ...base, found: { ...none, problem: 'FORBIDDEN_BY_ROBOTS' } };
      const { status, sitemap } = await this.sitemaps.read(Object.assign(new TargetArgs(), options.target, { url: item.url }));
      if (sitemap === null) return { ...base, found: { ...none, status } };
      const entries: URL[] = [];
      const pages: FoundUrl[] = [];
      await inSlices(sitemap.entries, (listed) => {
        const entry = new URL(listed.url);
        if (!speaksOf(url, entry, namedBy)) return;
        entries.push(entry);
        const page = sitemap.kind === 'index' ? null : find(entry.href);
        if (page !== null) pages.push(page);
      });
      const found: FoundEntries = {
        ...none,
        status,
        total: sitemap.total,
        pages,
        sitemaps:
          sitemap.kind === 'index' && level < MOST_SITEMAP_LEVELS
            ? entries.flatMap((entry) => sitemapAt(entry, level + 1, depth, namedBy))
            : [],
      };
      return { ...base, found, foundBytes: LINK_BYTES * entries.length };
    } catch (error) {
      return this.#given(job, item, note, this.pages.known(error, job));
    }
  }

  /** The sitemaps of an origin: those that it names, else the one where many are. */
  #sitemapsOf({ sitemap, depth }: CrawlOptions, origin: string, named: readonly string[], at: number): FoundSitemap[] {
    if (sitemap === 'skip' || at > depth) return [];
    const { urls, namedBy } = sitemapsOf(origin, named);
    return urls.flatMap((url) => sitemapAt(new URL(url), 0, at, namedBy));
  }

  /** A page of which nothing is known but that it was to be retrieved. */
  #nothingFound({ url }: Item, { depth, hops }: PageNote): FoundPage {
    return {
      kind: 'page',
      url,
      key: keyOf(siteUrl(new URL(url))?.identity ?? url),
      depth,
      hops,
      state: 'failed',
      status: null,
      title: null,
      mediaType: null,
      canonicalUrl: null,
      canonical: null,
      noindex: null,
      nofollow: null,
      problem: null,
      redirect: null,
      links: [],
      sitemaps: [],
    };
  }
}

function noteOf({ note }: Item): CrawlNote {
  return note === null ? { kind: 'page', depth: 0, hops: 0, foundOn: null, source: 'start' } : (JSON.parse(note) as CrawlNote);
}

/** A sitemap of which nothing is known but that it was to be read. */
function nothingListed({ number, depth }: SitemapNote): FoundEntries {
  return { kind: 'sitemap', number, depth, status: null, problem: null, total: null, pages: [], sitemaps: [] };
}

function factsOf({ index, url }: Item, note: CrawlNote): PageFacts {
  const { depth, foundOn, source } = note.kind === 'page' ? note : { depth: note.depth, foundOn: null, source: 'sitemap' };
  return { index, url, depth, foundOn, source };
}

function sitemapAt(url: URL, level: number, depth: number, namedBy: string | null): FoundSitemap[] {
  const { href, origin } = url;
  return [{ url: href, origin, key: keyOf(href), level, depth, namedBy }];
}

/** Where a response leads; null where it leads nowhere that can be retrieved. */
function redirectOf({ final, finalUrl }: Snapshot, find: Known['find']): { url: string; to: FoundUrl | null } | null {
  if (!isRedirect(final)) return null;
  const written = firstValue(final.headers, 'location') ?? '';
  try {
    const { href } = parseLocation(written, new URL(finalUrl));
    return { url: href, to: find(href) };
  } catch {
    return { url: written, to: null };
  }
}

/** What a page leads to: its links, and where it goes on to by itself. */
function linksOf({ links, refresh }: Outline, find: Known['find']): FoundPage['links'] {
  const all = refresh !== null && /^https?:/.test(refresh) ? [{ url: refresh, text: '', nofollow: false }, ...links] : links;
  return all.flatMap(({ url, text, nofollow }) => {
    const to = find(url);
    return to === null ? [] : [{ to, text, nofollow }];
  });
}

/** What a result says of a response that there is none of. */
const NO_RESPONSE = {
  snapshot: null,
  finalUrl: null,
  status: null,
  fetchedAt: null,
  redirectsTo: null,
  mediaType: null,
  title: null,
  canonical: null,
  noindex: null,
  nofollow: null,
  links: null,
  problem: null,
};

/** The JSON of a result that is a problem alone. */
function withoutResponse(job: Job, facts: PageFacts, problem: ProblemError): string {
  const said = { state: 'failed', reason: null, ...NO_RESPONSE, problem: describeProblem(problem, job.id) };
  return JSON.stringify({ ...facts, ...said, failures: [], views: null });
}
