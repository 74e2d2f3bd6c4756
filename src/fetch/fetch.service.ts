import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ByteBudget } from '../api/byte-budget.ts';
import { Metrics } from '../api/metrics.ts';
import { invalidParameter, invalidParameters } from '../api/problem.ts';
import { TargetArgs } from '../api/target.args.ts';
import { chargeRetrieval, currentUnderWay, noteTarget } from '../api/under-way.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { getEncoding } from '../encode/labels.ts';
import { Colleagues } from '../workers/colleagues.ts';
import type { TargetPolicy } from './address-guard.ts';
import { Dispatcher } from './dispatcher.ts';
import type { RequestBody, WireOptions } from './fetch.args.ts';
import type { Timings } from './exchange-timings.ts';
import { isForEverybody } from './freshness.ts';
import { FetchError, headAlone } from './fetch-error.ts';
import { KeptElsewhere } from './kept-elsewhere.ts';
import { NameResolver } from './name-resolver.ts';
import { type Message, postMessage, type Reply } from './post-message.ts';
import { ResponseCache, type StoredFacts, takesPart } from './response-cache.ts';
import { type ProgressListener, RetrievalProgress } from './progress.ts';
import { type Retrieval, retrieve } from './retrieve.ts';
import { SharedRetrieval } from './shared-retrieval.ts';
import { type Snapshot, weightOf } from './snapshot.ts';
import { Slots } from '../tasks/slots.ts';
import { SnapshotStore } from './snapshot-store.ts';
import type { Retrieved } from './retrieved.ts';
import { admitTarget, parseTargetUrl } from './target-url.ts';

/** What a caller asks for: a target, and in a JSON body the request to send. */
export type TargetRequest = TargetArgs & Partial<RequestBody> & Partial<WireOptions>;

/** Milliseconds that a retrieval may wait for a place. */
const MAX_WAIT_MS = 5000;
/** Milliseconds after which what has expired gives its memory back. */
const PURGE_MS = 10_000;

@Injectable()
export class FetchService implements OnApplicationShutdown {
  readonly #settings: Settings;
  readonly #dispatcher: Dispatcher;
  readonly #slots: Slots;
  readonly #store: SnapshotStore;
  readonly #elsewhere: KeptElsewhere;
  readonly #purge: NodeJS.Timeout;
  readonly #cache: ResponseCache;
  readonly #underWay = new Map<string, SharedRetrieval>();

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly budget: ByteBudget,
    private readonly metrics: Metrics,
    private readonly colleagues: Colleagues,
  ) {
    this.#settings = settings;
    this.#dispatcher = new Dispatcher({
      policy: policyOf(settings),
      resolver: new NameResolver(settings.DNS_SERVERS),
      maxPerOrigin: settings.FETCH_MAX_PER_ORIGIN,
      maxHeaderBytes: settings.FETCH_MAX_HEADER_BYTES,
      connectTimeoutMs: settings.FETCH_TIMEOUT_MS,
    });
    this.#slots = new Slots({
      concurrent: settings.FETCH_MAX_CONCURRENT,
      perOrigin: settings.FETCH_MAX_PER_ORIGIN,
      queue: settings.FETCH_QUEUE,
      maxWaitMs: MAX_WAIT_MS,
      what: 'retrievals',
    });
    this.#purge = setInterval(() => {
      this.#store.purge();
    }, PURGE_MS).unref();
    this.#store = new SnapshotStore(settings.CACHE_MAX_BYTES, settings.SNAPSHOT_TTL_S, (id) => {
      this.#cache.forget(id);
    });
    this.#cache = new ResponseCache(this.#store);
    this.#elsewhere = new KeptElsewhere(colleagues, this.#store);
    metrics.watchQueue('retrievals', this.#slots);
    metrics.watchStore(this.#store);
  }

  /** Comes after the last request has been answered, unlike onModuleDestroy. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#purge);
    await this.#dispatcher.close();
  }

  /**
   * The snapshot that a request names, a stored one that may answer it, or the one its retrieval brings back. Equal GETs
   * under way at the same time are one retrieval; one whose callers have all gone is cancelled.
   *
   * @param listener - is told how the retrieval goes, where there is one
   * @param mostBytes - of its content; what the settings say unless given
   * @throws FetchError, ProblemError `OVERLOADED`, or CallerGone
   */
  async snapshotOf(
    request: TargetRequest,
    wantsContent = true,
    listener: ProgressListener | null = null,
    mostBytes = this.#settings.FETCH_MAX_BYTES,
  ): Promise<Retrieved> {
    if (request.encoding !== undefined && getEncoding(request.encoding) === null) {
      throw invalidParameter('encoding', 'is not a label of the Encoding Standard, such as utf-8 or shift_jis', request.url);
    }
    const retrieved =
      request.snapshot === undefined
        ? await this.#answered(request, wantsContent, listener, mostBytes)
        : await this.#kept(request, wantsContent);
    // The answer is made of it, also when the store has let go of it meanwhile.
    currentUnderWay()?.hold.grow(weightOf(retrieved.snapshot));
    this.metrics.countAnswer(retrieved.cache);
    noteTarget({ snapshot: retrieved.snapshot.id, cache: retrieved.cache, timings: timingsNow(retrieved) });
    return retrieved;
  }

  /** The same for what shows a snapshot as it is: one that was named may hold a response head alone. */
  shown(request: TargetRequest, listener: ProgressListener | null = null): Promise<Retrieved> {
    return this.snapshotOf(request, request.snapshot === undefined, listener);
  }

  /** A snapshot by its id, also one that holds a response head alone. */
  kept(id: string): Promise<Retrieved> {
    return this.snapshotOf(Object.assign(new TargetArgs(), { snapshot: id }), false);
  }

  /**
   * The URL that a message is to go to, as far as it can be judged beforehand: a name is judged again whenever it is resolved.
   *
   * @throws FetchError `INVALID_REQUEST`, `TARGET_FORBIDDEN`
   */
  messageUrl(text: string): URL {
    const url = parseTargetUrl(text);
    admitTarget(url, policyOf(this.#settings));
    return url;
  }

  /**
   * Posts a message for a caller, by the same door, guard and places as retrievals.
   *
   * @throws FetchError, ProblemError `OVERLOADED`, or the reason of the signal
   */
  async post(message: Omit<Message, 'maxHeaderBytes'>, caller: string, signal: AbortSignal): Promise<Reply> {
    const leave = await this.#slots.enter({ caller, origin: message.url.origin }, signal);
    const hold = this.budget.open();
    try {
      const maxHeaderBytes = this.#settings.FETCH_MAX_HEADER_BYTES;
      return await postMessage(this.#dispatcher, policyOf(this.#settings), { ...message, maxHeaderBytes }, hold, signal);
    } finally {
      hold.release();
      leave();
    }
  }

  /** As the cache mode says. https://fetch.spec.whatwg.org/#concept-request-cache-mode */
  async #answered(request: TargetRequest, wantsContent: boolean, listener: ProgressListener | null, mostBytes: number): Promise<Retrieved> {
    const retrieval = this.#retrievalOf(request, wantsContent, mostBytes);
    if (request.cache === 'reload') return this.#retrieve(retrieval, 'bypass', currentUnderWay()?.signal ?? null, heardBy(listener));
    const stored = this.#cache.match(retrieval);
    const isWanted = stored !== null && (stored.isFresh || (request.cache === 'only-if-cached' && stored.allowsStale));
    if (isWanted) return { snapshot: this.#cache.reuse(stored, retrieval), cache: { status: 'hit', coalesced: false, ...stored.facts } };
    if (request.cache === 'only-if-cached') throw notCached(retrieval, stored !== null);
    return this.#coalesced({ ...retrieval, stored: stored?.snapshot ?? null }, listener);
  }

  async #kept(request: TargetRequest, wantsContent: boolean): Promise<Retrieved> {
    if (request.url !== undefined) throw invalidParameter('snapshot', 'is given in place of url, not beside it', request.url);
    refuseWhatHasNoEffect(request);
    const snapshot = await this.#snapshot(request.snapshot ?? '');
    if (wantsContent && snapshot.content === null) throw headAlone(snapshot);
    const age = Math.floor((Date.now() - Date.parse(snapshot.fetchedAt)) / 1000);
    return { snapshot, cache: { status: 'hit', coalesced: false, age, freshUntil: null } };
  }

  /** A snapshot that is kept here, or by another process. */
  async #snapshot(id: string): Promise<Snapshot> {
    const underWay = currentUnderWay();
    const kept = this.#store.find(id) ?? (await this.#elsewhere.find(id, underWay?.caller ?? '', underWay?.signal ?? null));
    return kept ?? this.#store.get(id);
  }

  async #coalesced(retrieval: Retrieval, listener: ProgressListener | null): Promise<Retrieved> {
    const signal = currentUnderWay()?.signal ?? null;
    const key = coalescingKey(retrieval);
    if (key === null) return this.#retrieve(retrieval, takesPart(retrieval) ? 'miss' : 'bypass', signal, heardBy(listener));
    const underWay = this.#underWay.get(key);
    if (underWay?.isCancelled === false) {
      const { snapshot, cache } = await underWay.join(signal, listener);
      if (isForEverybody(snapshot)) return { snapshot, cache: { ...cache, coalesced: true } };
      return this.#retrieve(retrieval, 'miss', signal, heardBy(listener));
    }
    const coming = new SharedRetrieval((cancelled, progress) => this.#retrieve(retrieval, 'miss', cancelled, progress));
    this.#underWay.set(key, coming);
    coming.onEnd(() => {
      if (this.#underWay.get(key) === coming) this.#underWay.delete(key);
    });
    return coming.join(signal, listener);
  }

  async #retrieve(
    retrieval: Retrieval,
    status: 'miss' | 'bypass',
    signal: AbortSignal | null,
    progress: RetrievalProgress | null,
  ): Promise<Retrieved> {
    chargeRetrieval();
    const leave = await this.#slots.enter({ caller: currentUnderWay()?.caller ?? '', origin: retrieval.url.origin }, signal);
    const hold = this.budget.open();
    try {
      const snapshot = await retrieve(this.#dispatcher, policyOf(this.#settings), retrieval, hold, signal, progress);
      this.#store.keep(snapshot);
      this.metrics.countRetrieval(snapshot);
      return { snapshot, cache: cacheFacts(snapshot, status, this.#cache.take(retrieval, snapshot)) };
    } catch (error) {
      this.metrics.countFailedRetrieval(error);
      throw error;
    } finally {
      hold.release();
      leave();
    }
  }

  /** Loose input to a total retrieval, each ceiling checked. */
  #retrievalOf(request: TargetRequest, wantsContent: boolean, mostBytes: number): Retrieval {
    const settings = this.#settings;
    if (request.url === undefined)
      throw invalidParameter('url', 'is required: the target URL, or snapshot= with the id of an earlier answer');
    if (request.content !== undefined && request.contentBase64 !== undefined) {
      throw invalidParameter('contentBase64', 'is given in place of content, not beside it', request.url);
    }
    refuseSaidTwice(request);
    const isVersion10 = request.httpVersion === '1.0';
    return {
      asked: request.url,
      url: parseTargetUrl(request.url),
      method: request.method ?? 'GET',
      httpVersion: isVersion10 ? '1.0' : '1.1',
      callerHeaders: request.headers ?? [],
      cookies: request.cookies ?? [],
      userAgent: request.userAgent ?? (isVersion10 ? null : settings.USER_AGENT),
      acceptLanguage: request.acceptLanguage ?? null,
      content: contentOf(request),
      insecureTls: request.insecureTls,
      // Who speaks HTTP/1.0 wants to see a redirect, not to follow it.
      maxRedirects: isVersion10 ? 0 : request.maxRedirects,
      timeoutMs: atMost('timeoutMs', request.timeoutMs, settings.FETCH_TIMEOUT_MS, 'FETCH_TIMEOUT_MS'),
      maxBytes: atMost('maxBytes', request.maxBytes, mostBytes, 'FETCH_MAX_BYTES'),
      maxHeaderBytes: settings.FETCH_MAX_HEADER_BYTES,
      wantsContent,
      stored: null,
      holder: this.colleagues.own,
    };
  }
}

/** What is told to one listener alone; nothing where there is none. */
function heardBy(listener: ProgressListener | null): RetrievalProgress | null {
  if (listener === null) return null;
  const progress = new RetrievalProgress();
  progress.hear(listener);
  return progress;
}

/** What says how to retrieve. */
const OF_RETRIEVALS = ['timeoutMs', 'maxBytes', 'userAgent', 'acceptLanguage', 'headers', 'cookies', 'content', 'contentBase64'] as const;

/** Of a request, the parameters that say how to retrieve, as far as they say anything but what goes without saying. */
export function retrievalParametersOf(request: TargetRequest): string[] {
  const preset = new TargetArgs();
  const changed = (['maxRedirects', 'insecureTls', 'cache'] as const).filter((name) => request[name] !== preset[name]);
  const method = (request.method ?? 'GET') === 'GET' ? [] : ['method'];
  const version = (request.httpVersion ?? '1.1') === '1.1' ? [] : ['httpVersion'];
  return [...OF_RETRIEVALS.filter((name) => request[name] !== undefined), ...changed, ...method, ...version];
}

/** A snapshot has been retrieved: to say how all the same would be passed over in silence. */
function refuseWhatHasNoEffect(request: TargetRequest): void {
  const given = retrievalParametersOf(request);
  if (given.length > 0) throw invalidParameters(given, 'has no effect on a snapshot, which is read as it was retrieved; ask with url=');
}

/** One of the two would be passed over in silence. */
function refuseSaidTwice({ userAgent, acceptLanguage, headers = [], url }: TargetRequest): void {
  const given = { 'user-agent': userAgent, 'accept-language': acceptLanguage };
  const twice = headers.find(({ name }) => given[name.toLowerCase() as keyof typeof given] !== undefined);
  if (twice === undefined) return;
  const parameter = twice.name.toLowerCase() === 'user-agent' ? 'userAgent' : 'acceptLanguage';
  throw invalidParameter(parameter, `is said by headers, too (${twice.name}); say it once`, url);
}

function cacheFacts(snapshot: Snapshot, status: 'miss' | 'bypass', stored: StoredFacts | null): Retrieved['cache'] {
  const wasConfirmed = snapshot.exchanges.some((exchange) => exchange.stored);
  const age = wasConfirmed ? (stored?.age ?? null) : null;
  return { status: wasConfirmed ? 'revalidated' : status, coalesced: false, age, freshUntil: stored?.freshUntil ?? null };
}

/** The timings of the exchanges that took place for this answer. */
function timingsNow({ snapshot, cache }: Retrieved): Timings[] {
  if (cache.status === 'hit') return [];
  return snapshot.exchanges.filter(({ stored }) => !stored).map(({ timings }) => timings);
}

function notCached({ asked }: Retrieval, isStale: boolean): FetchError {
  const why = isStale ? 'the stored response is stale and forbids to be used so' : 'no stored response may be used';
  return new FetchError('NOT_CACHED', `${why}; ask again without cache=only-if-cached: ${asked}`, { url: asked });
}

function policyOf(settings: Settings): TargetPolicy {
  return { allow: settings.ALLOW_TARGETS, deny: settings.DENY_TARGETS, demo: settings.DEMO };
}

function contentOf({ content, contentBase64 }: TargetRequest): Buffer | null {
  if (content !== undefined) return Buffer.from(content);
  return contentBase64 === undefined ? null : Buffer.from(contentBase64, 'base64');
}

function atMost(parameter: string, asked: number | undefined, ceiling: number, setting: string): number {
  if (asked === undefined || asked <= ceiling) return asked ?? ceiling;
  throw invalidParameter(parameter, `may be at most ${String(ceiling)} on this server (${setting})`);
}

/** Retrievals with the same key would bring back the same; null for those that are nobody else's. */
function coalescingKey(retrieval: Retrieval): string | null {
  const { asked, method, httpVersion, callerHeaders, cookies, userAgent, acceptLanguage, content } = retrieval;
  const { insecureTls, maxRedirects, timeoutMs, maxBytes, wantsContent } = retrieval;
  if (method !== 'GET' || httpVersion !== '1.1' || content !== null || callerHeaders.length > 0 || cookies.length > 0) return null;
  return JSON.stringify([asked, userAgent, acceptLanguage, insecureTls, maxRedirects, timeoutMs, maxBytes, wantsContent]);
}
