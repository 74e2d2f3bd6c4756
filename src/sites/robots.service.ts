import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isProblemError } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { parseRobots, productToken, type RobotsFile, type RobotsRules, rulesFor } from './robots.ts';

/** Milliseconds that a robots.txt is believed; one that could not be retrieved is asked for again sooner. https://www.rfc-editor.org/rfc/rfc9309#section-2.4 */
const KEPT_MS = 24 * 60 * 60 * 1000;
const UNREACHABLE_MS = 10 * 60 * 1000;
/** Bytes of all that are kept. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Redirects that are followed. https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.2 */
const MOST_REDIRECTS = 5;
/** Milliseconds for one, at most. */
const TIMEOUT_MS = 15_000;

/** Retrieves a target, of which other contents may have as many bytes unless given. */
export type Retrieve = (request: TargetArgs, mostBytes?: number) => Promise<Retrieved>;

/** Who asks, and how. */
export type RobotsAsker = Partial<Pick<TargetArgs, 'userAgent' | 'insecureTls' | 'timeoutMs'>>;

/** What an origin says to a crawler. */
export interface SiteRobots {
  /** Why a URL of the origin must not be retrieved, in words; null where it may be. */
  refusal: (url: URL) => string | null;
  /** Milliseconds between two requests, as it wishes; 0 where it says nothing. */
  crawlDelayMs: number;
  /** The sitemaps that it names. */
  sitemaps: readonly string[];
  /** Nothing may be retrieved: robots.txt itself could not be. */
  isUnreachable: boolean;
}

/** What came of asking: what it says to who asks, nothing where there is none; or why nothing may be retrieved. */
type Known = { rules: RobotsRules; sitemaps: readonly string[]; bytes: number } | { unreachable: string };

/** Problems of this server, not of what is asked. */
const NOT_OF_TARGET: ReadonlySet<string> = new Set(['OVERLOADED', 'RATE_LIMITED', 'INVALID_REQUEST']);

const NOTHING: RobotsFile = { groups: new Map(), sitemaps: [] };

/** The robots.txt of origins: retrieved through the same door as all else, and kept for a day by each process. */
@Injectable()
export class RobotsService {
  readonly #known = new LRUCache<string, Known>({
    maxSize: KEPT_BYTES,
    maxEntrySize: KEPT_BYTES,
    sizeCalculation: (known) => 1024 + ('rules' in known ? 4 * known.bytes : 0),
  });

  constructor(
    private readonly fetch: FetchService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Whether what an origin says is known already: else asking for it is a request. */
  isKnown(origin: string, asker: RobotsAsker): boolean {
    return this.#known.has(this.#keyOf(origin, asker));
  }

  /**
   * What an origin says.
   *
   * @param retrieve - retrieves it; as any other request unless given
   * @throws ProblemError `OVERLOADED`, or CallerGone
   */
  async of(origin: string, asker: RobotsAsker, retrieve: Retrieve = (request) => this.fetch.snapshotOf(request)): Promise<SiteRobots> {
    const key = this.#keyOf(origin, asker);
    let known = this.#known.get(key);
    if (known === undefined) {
      known = await this.#retrieved(origin, asker, retrieve);
      this.#known.set(key, known, { ttl: 'rules' in known ? KEPT_MS : UNREACHABLE_MS });
    }
    return siteRobots(origin, known);
  }

  #keyOf(origin: string, { userAgent, insecureTls }: RobotsAsker): string {
    return JSON.stringify([origin, userAgent, insecureTls]);
  }

  async #retrieved(
    origin: string,
    { userAgent, insecureTls = false, timeoutMs = TIMEOUT_MS }: RobotsAsker,
    retrieve: Retrieve,
  ): Promise<Known> {
    const request = Object.assign(new TargetArgs(), {
      url: `${origin}/robots.txt`,
      maxRedirects: MOST_REDIRECTS,
      insecureTls,
      timeoutMs: Math.min(timeoutMs, TIMEOUT_MS, this.settings.FETCH_TIMEOUT_MS),
      ...(userAgent !== undefined && { userAgent }),
    });
    try {
      const { snapshot } = await retrieve(request);
      const { status } = snapshot.final;
      if (status >= 500) return { unreachable: `status ${String(status)}` };
      // https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.3: what is not there forbids nothing.
      if (status < 200 || status >= 300 || snapshot.content === null) return this.#read(NOTHING, userAgent, 0);
      const { bytes } = snapshot.content;
      return this.#read(parseRobots(bytes), userAgent, bytes.byteLength);
    } catch (error) {
      if (!isProblemError(error) || NOT_OF_TARGET.has(error.code)) throw error;
      // Who may not be asked at all says so of every page; more redirects than five are as if there were none.
      if (error.code === 'TARGET_FORBIDDEN' || error.code === 'TOO_MANY_REDIRECTS') return this.#read(NOTHING, userAgent, 0);
      return { unreachable: error.code };
    }
  }

  #read(file: RobotsFile, userAgent: string | undefined, bytes: number): Known {
    return { rules: rulesFor(file, productToken(userAgent ?? this.settings.USER_AGENT)), sitemaps: file.sitemaps, bytes };
  }
}

function siteRobots(origin: string, known: Known): SiteRobots {
  if ('unreachable' in known) {
    const why = `nothing of ${origin} may be retrieved, since its robots.txt could not be (${known.unreachable}); RFC 9309, section 2.3.1.4`;
    return { refusal: ({ pathname }) => (pathname === '/robots.txt' ? null : why), crawlDelayMs: 0, sitemaps: [], isUnreachable: true };
  }
  const { rules, sitemaps } = known;
  return {
    refusal: (url) => {
      const rule = rules.ruleFor(url);
      return rule?.allow === false ? `robots.txt forbids it: "Disallow: ${rule.path}"` : null;
    },
    crawlDelayMs: Math.round((rules.crawlDelayS ?? 0) * 1000),
    sitemaps,
    isUnreachable: false,
  };
}
