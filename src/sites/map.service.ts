import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isWanted, trimmed } from '../api/fields.ts';
import type { ListRequest } from '../api/list-request.decorator.ts';
import { columnsOf } from '../api/model-members.ts';
import { pageOf } from '../api/list-page.ts';
import { getTwinUrl, nextUrl } from '../api/next-url.ts';
import { invalidParameter, isProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { parseTargetUrl } from '../fetch/target-url.ts';
import type { Entry } from '../formats/columns.ts';
import { jsonBytes } from '../formats/json-bytes.ts';
import { acceptedFormat } from '../formats/list-format.ts';
import { writeEntries } from '../formats/list-writer.ts';
import { asPage, listHeaders } from '../parse/list-answer.ts';
import { answerTooLarge, MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import type { Outline } from '../parse/outline.ts';
import { ParseService } from '../parse/parse.service.ts';
import { inSlices } from './in-slices.ts';
import type { MapArgs, MapGraphArgs } from './map.args.ts';
import type { MapAnswer, MapEntry, SiteMap } from './map.model.ts';
import { pathMatcher } from './robots.ts';
import { type Retrieve, RobotsService, type SiteRobots } from './robots.service.ts';
import { isWithin, scopeOf, type SiteScope, widened } from './scope.ts';
import { siteUrl } from './site-url.ts';
import { MOST_SITEMAP_LEVELS, sitemapsOf, speaksOf } from './sitemap.ts';
import { SitemapsService } from './sitemaps.service.ts';

/** URLs, sitemaps and pages of one map. */
const MOST_URLS = 100_000;
const MOST_SITEMAPS = 50;
const MOST_PAGES = 50;
/** Milliseconds in which a map is made: what was not read by then is left out. */
const MOST_MS = 20_000;
/** Retrievals of one map at a time. */
const AT_ONCE = 6;
/** Milliseconds that a map is kept, so that its next part is of the same one; and how many URLs of maps. */
const KEPT_MS = 60_000;
const KEPT_URLS = 300_000;

type MapRequest = Omit<MapGraphArgs, 'limit' | 'offset' | 'search' | 'include' | 'exclude'>;

/** A map before it is filtered. */
interface Made extends Omit<SiteMap, 'total' | 'urls'> {
  urls: readonly MapEntry[];
}

/** The URLs of sites, found quickly and kept nowhere: by sitemaps, and by the links of a few pages. */
@Injectable()
export class MapService {
  readonly #kept = new LRUCache<string, Made>({ maxSize: KEPT_URLS, ttl: KEPT_MS, sizeCalculation: ({ urls }) => 1 + urls.length });

  constructor(
    private readonly fetch: FetchService,
    private readonly parse: ParseService,
    private readonly robots: RobotsService,
    private readonly sitemaps: SitemapsService,
  ) {}

  /**
   * A map of a site, or a part of one.
   *
   * @param here - the URL that was asked; null where there is none
   * @param retrieve - retrieves what is read; as any other request unless given
   * @throws ProblemError of the page itself, where links are to be read
   */
  async map(
    { limit, offset, search, include = [], exclude = [], ...rest }: MapGraphArgs,
    here: string | null,
    retrieve: Retrieve = (request, mostBytes) => this.fetch.snapshotOf(request, true, null, mostBytes),
  ): Promise<MapAnswer> {
    const { urls, ...made } = await this.#made(rest, retrieve);
    const wanted = include.map(pathMatcher);
    const unwanted = exclude.map(pathMatcher);
    const needle = search?.toLowerCase();
    const entries: MapEntry[] = [];
    await inSlices(urls, (entry) => {
      if (needle !== undefined && !entry.url.toLowerCase().includes(needle)) return;
      const path = pathOf(entry.url);
      if (unwanted.some((matches) => matches(path)) || (wanted.length > 0 && !wanted.some((matches) => matches(path)))) return;
      entries.push(entry);
    });
    return {
      ...made,
      total: entries.length,
      next: nextUrl(here, { limit, offset }, entries.length),
      urls: pageOf(entries, { limit, offset }),
    };
  }

  /** The same over REST, in the format that is asked for. */
  async answer(
    { fields, format: given, ...request }: MapArgs,
    { member, entry }: { member: string; entry: unknown },
    asked: ListRequest,
  ): Promise<Buffer> {
    const format = given ?? acceptedFormat(asked.accept);
    // Who goes on by the next URL may accept something else.
    const twin = getTwinUrl(asked.url, { ...request, format: given ?? (format === 'json' ? undefined : format), fields });
    const answer = await this.map(request, twin);
    const { urls, total, next } = answer;
    asked.answerWith(listHeaders(format, member, null, total, next));
    if (format === 'json') return Buffer.from(jsonBytes(trimmed(answer, fields)));
    const columns = columnsOf(entry).filter((column) => isWanted(`${member}.${column}`, fields));
    if (columns.length === 0) throw invalidParameter('fields', `names nothing of ${member}, and ${format} has nothing else`);
    const rows = writeEntries(urls as unknown as Entry[], { format, columns }, MAX_ANSWER_BYTES, () => answerTooLarge());
    return format === 'html' ? Buffer.concat(asPage({ format, member, columns }, answer.url, [rows], total, next)) : rows;
  }

  async #made(request: MapRequest, retrieve: Retrieve): Promise<Made> {
    const key = JSON.stringify(request);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = await new MapMaker(request, retrieve, this.robots, this.sitemaps, this.parse).made();
    this.#kept.set(key, made);
    return made;
  }
}

/** One map while it is made. */
class MapMaker {
  readonly #request: MapRequest;
  readonly #retrieve: Retrieve;
  readonly #robots: RobotsService;
  readonly #sitemaps: SitemapsService;
  readonly #parse: ParseService;
  readonly #endsAt = performance.now() + MOST_MS;
  /** By what tells pages apart, in the order in which they were found. */
  readonly #found = new Map<string, MapEntry>();
  readonly #read: SiteMap['sitemaps'] = [];
  readonly #seen = new Set<string>();
  #scope: SiteScope;
  #ofSite: { origin: string; robots: SiteRobots } | null = null;
  #pages = 0;
  #isComplete = true;

  constructor(request: MapRequest, retrieve: Retrieve, robots: RobotsService, sitemaps: SitemapsService, parse: ParseService) {
    this.#request = request;
    this.#retrieve = retrieve;
    this.#robots = robots;
    this.#sitemaps = sitemaps;
    this.#parse = parse;
    this.#scope = scopeOf(request.scope, [parseTargetUrl(request.url)]);
  }

  async made(): Promise<Made> {
    const { url: asked, depth, sitemap } = this.#request;
    const start = parseTargetUrl(asked);
    let { origin } = start;
    const readsLinks = depth > 0 && sitemap !== 'only';
    const links: string[] = [];
    await this.#met(origin);
    const refusal = this.#refusal(start);
    this.#add(start, 'start', null, null);
    if (readsLinks && refusal === null) {
      // What it redirects to is where the site is.
      const page = await this.#page(asked);
      const final = new URL(page.finalUrl);
      if (final.origin !== origin) {
        ({ origin } = final);
        this.#scope = widened(this.#scope, this.#request.scope, final);
        await this.#met(origin);
      }
      this.#add(final, 'start', null, null);
      links.push(...(await this.#addLinks(page)));
    }
    const { urls: sitemaps, namedBy } = sitemapsOf(origin, this.#ofSite?.robots.sitemaps ?? []);
    if (sitemap !== 'skip') await this.#readSitemaps(sitemaps, 0, namedBy);
    if (readsLinks && depth > 1) await this.#follow(links);
    return { url: asked, sitemaps: this.#read, pages: this.#pages, complete: this.#isComplete, urls: [...this.#found.values()] };
  }

  async #met(origin: string): Promise<void> {
    this.#ofSite = { origin, robots: await this.#robots.of(origin, this.#request, this.#retrieve) };
  }

  #refusal(url: URL): string | null {
    const { robots } = this.#request;
    return robots === 'ignore' || url.origin !== this.#ofSite?.origin ? null : this.#ofSite.robots.refusal(url);
  }

  #add(given: URL, source: MapEntry['source'], foundOn: string | null, lastModified: string | null): string | null {
    const site = siteUrl(given);
    if (site === null || !isWithin(this.#scope, site.url.origin)) return null;
    const known = this.#found.get(site.identity);
    if (known !== undefined) {
      known.lastModified ??= lastModified;
      return null;
    }
    if (this.#found.size >= MOST_URLS) {
      this.#isComplete = false;
      return null;
    }
    const { url } = site;
    const isAsked = url.origin === this.#ofSite?.origin;
    const allowed = isAsked ? this.#ofSite?.robots.refusal(url) === null : null;
    this.#found.set(site.identity, { url: url.href, source, foundOn, lastModified, allowed });
    return url.href;
  }

  get #isOver(): boolean {
    return performance.now() > this.#endsAt;
  }

  /** The links of a page; those that are new are given back. */
  async #addLinks({ finalUrl, outline }: Page): Promise<string[]> {
    this.#pages += 1;
    const fresh: string[] = [];
    await inSlices(outline?.links ?? [], ({ url }) => {
      const added = this.#add(new URL(url), 'link', finalUrl, null);
      if (added !== null) fresh.push(added);
    });
    return fresh;
  }

  async #page(url: string): Promise<Page> {
    const { timeoutMs, insecureTls, userAgent, acceptLanguage } = this.#request;
    const given = { url, timeoutMs, insecureTls, userAgent, acceptLanguage };
    const retrieved = await this.#retrieve(Object.assign(new TargetArgs(), given));
    const { snapshot } = retrieved;
    return { finalUrl: snapshot.finalUrl, outline: await this.#outline(retrieved) };
  }

  async #outline(retrieved: Retrieved): Promise<Outline | null> {
    if (retrieved.snapshot.content?.mediaType.kind !== 'html') return null;
    try {
      return await this.#parse.readJson<Outline>('outline', retrieved, {}, undefined);
    } catch (error) {
      if (!isProblemError(error) || error.code === 'OVERLOADED') throw error;
      this.#isComplete = false;
      return null;
    }
  }

  async #readSitemaps(urls: readonly string[], level: number, namedBy: string | null): Promise<void> {
    const nested: string[] = [];
    await this.#each(urls, async (url) => {
      if (this.#seen.has(url)) return;
      this.#seen.add(url);
      if (this.#seen.size > MOST_SITEMAPS) {
        this.#isComplete = false;
        return;
      }
      const facts = { url, status: null as number | null, urls: null as number | null, problem: null as string | null };
      this.#read.push(facts);
      const at = new URL(url);
      if (this.#refusal(at) !== null) {
        facts.problem = 'FORBIDDEN_BY_ROBOTS';
        return;
      }
      try {
        const { timeoutMs, insecureTls, userAgent } = this.#request;
        const request = Object.assign(new TargetArgs(), { url, timeoutMs, insecureTls, userAgent });
        const { status, sitemap } = await this.#sitemaps.read(request, this.#retrieve);
        facts.status = status;
        if (sitemap === null) return;
        facts.urls = sitemap.total;
        if (sitemap.total > sitemap.entries.length) this.#isComplete = false;
        await inSlices(sitemap.entries, (entry) => {
          const to = new URL(entry.url);
          if (!speaksOf(at, to, namedBy)) return;
          if (sitemap.kind === 'index') nested.push(to.href);
          else this.#add(to, 'sitemap', url, entry.lastModified);
        });
      } catch (error) {
        facts.problem = this.#code(error);
      }
    });
    if (nested.length > 0 && level < MOST_SITEMAP_LEVELS) await this.#readSitemaps(nested, level + 1, namedBy);
  }

  async #follow(links: readonly string[]): Promise<void> {
    const allowed = links.filter((link) => this.#refusal(new URL(link)) === null);
    if (allowed.length > MOST_PAGES) this.#isComplete = false;
    await this.#each(allowed.slice(0, MOST_PAGES), async (link) => {
      try {
        await this.#addLinks(await this.#page(link));
      } catch (error) {
        // A page that cannot be retrieved leads nowhere; one that may not be asked for now is missing.
        if (this.#code(error) === 'RATE_LIMITED' || !isProblemError(error)) this.#isComplete = false;
      }
    });
  }

  /** Does something for each of a list, a few at a time, while there is time. */
  async #each(list: readonly string[], make: (entry: string) => Promise<void>): Promise<void> {
    const left = [...list];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (this.#isOver) {
          this.#isComplete = false;
          return;
        }
        await make(next);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Why something could not be read. Whoever has gone is told nothing. */
  #code(error: unknown): string {
    if (!isProblemError(error)) throw error as Error;
    if (error.code === 'OVERLOADED' || error.code === 'RATE_LIMITED') this.#isComplete = false;
    return error.code;
  }
}

/** A page whose links are read: null where it has none. */
interface Page {
  finalUrl: string;
  outline: Outline | null;
}

function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('://') + 3));
}
