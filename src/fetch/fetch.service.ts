import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { invalidParameter } from '../api/problem.ts';
import type { TargetArgs } from '../api/target.args.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { getEncoding } from '../encode/labels.ts';
import { Dispatcher } from './dispatcher.ts';
import type { RequestBody } from './fetch.args.ts';
import { FetchError } from './fetch-error.ts';
import { NameResolver } from './name-resolver.ts';
import { type Retrieval, retrieve } from './retrieve.ts';
import { Slots } from './slots.ts';
import type { Snapshot } from './snapshot.ts';
import { SnapshotStore } from './snapshot-store.ts';
import type { Retrieved } from './retrieved.ts';
import { parseTargetUrl } from './target-url.ts';

/** What a caller asks for: a target, and in a JSON body the request to send. */
export type TargetRequest = TargetArgs & Partial<RequestBody>;

/** Milliseconds that a retrieval may wait for a place. */
const MAX_WAIT_MS = 5000;

@Injectable()
export class FetchService implements OnApplicationShutdown {
  readonly #settings: Settings;
  readonly #dispatcher: Dispatcher;
  readonly #slots: Slots;
  readonly #store: SnapshotStore;
  readonly #underWay = new Map<string, Promise<Snapshot>>();

  constructor(@Inject(SETTINGS) settings: Settings) {
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
    });
    this.#store = new SnapshotStore(settings.CACHE_MAX_BYTES, settings.SNAPSHOT_TTL_S);
  }

  /** Comes after the last request has been answered, unlike onModuleDestroy. */
  async onApplicationShutdown(): Promise<void> {
    await this.#dispatcher.close();
  }

  /**
   * The snapshot that a request names, or the one its retrieval brings back. Equal GETs under way at the same time are
   * one retrieval.
   *
   * @throws FetchError
   */
  async snapshotOf(request: TargetRequest, wantsContent = true): Promise<Retrieved> {
    if (request.encoding !== undefined && getEncoding(request.encoding) === null) {
      throw invalidParameter('encoding', 'is not a label of the Encoding Standard, such as utf-8 or shift_jis', request.url);
    }
    if (request.snapshot !== undefined) return this.#kept(request, wantsContent);
    const retrieval = this.#retrievalOf(request, wantsContent);
    if (request.cache === 'only-if-cached') {
      throw new FetchError('NOT_CACHED', `no stored response may be used; ask again without cache=only-if-cached: ${retrieval.asked}`, {
        url: retrieval.asked,
      });
    }
    const status = request.cache === 'reload' ? 'bypass' : 'miss';
    const key = request.cache === 'reload' ? null : coalescingKey(retrieval);
    const underWay = key === null ? undefined : this.#underWay.get(key);
    const coming = underWay ?? this.#retrieve(retrieval, key);
    return { snapshot: await coming, cache: { status, coalesced: underWay !== undefined, age: null, freshUntil: null } };
  }

  #kept(request: TargetRequest, wantsContent: boolean): Retrieved {
    if (request.url !== undefined) throw invalidParameter('snapshot', 'is given in place of url, not beside it', request.url);
    const snapshot = this.#store.get(request.snapshot ?? '');
    if (wantsContent && snapshot.content === null) {
      const detail = `snapshot ${snapshot.id} holds a response head alone, since /headers does not read the content; ask again with url=${snapshot.url}`;
      throw new FetchError('SNAPSHOT_NOT_FOUND', detail, { url: snapshot.url });
    }
    const age = Math.floor((Date.now() - Date.parse(snapshot.fetchedAt)) / 1000);
    return { snapshot, cache: { status: 'hit', coalesced: false, age, freshUntil: null } };
  }

  async #retrieve(retrieval: Retrieval, key: string | null): Promise<Snapshot> {
    const coming = this.#retrieveInSlot(retrieval);
    if (key !== null) {
      this.#underWay.set(key, coming);
      const forget = (): void => {
        this.#underWay.delete(key);
      };
      coming.then(forget, forget);
    }
    return coming;
  }

  async #retrieveInSlot(retrieval: Retrieval): Promise<Snapshot> {
    const leave = await this.#slots.enter(retrieval.url.origin);
    try {
      const snapshot = await retrieve(this.#dispatcher, policyOf(this.#settings), retrieval);
      this.#store.keep(snapshot);
      return snapshot;
    } finally {
      leave();
    }
  }

  /** Loose input to a total retrieval, each ceiling checked. */
  #retrievalOf(request: TargetRequest, wantsContent: boolean): Retrieval {
    const settings = this.#settings;
    if (request.url === undefined)
      throw invalidParameter('url', 'is required: the target URL, or snapshot= with the id of an earlier answer');
    if (request.content !== undefined && request.contentBase64 !== undefined) {
      throw invalidParameter('contentBase64', 'is given in place of content, not beside it', request.url);
    }
    return {
      asked: request.url,
      url: parseTargetUrl(request.url),
      method: request.method ?? 'GET',
      callerHeaders: request.headers ?? [],
      userAgent: request.userAgent ?? settings.USER_AGENT,
      acceptLanguage: request.acceptLanguage ?? null,
      content: contentOf(request),
      insecureTls: request.insecureTls,
      maxRedirects: request.maxRedirects,
      timeoutMs: atMost('timeoutMs', request.timeoutMs, settings.FETCH_TIMEOUT_MS, 'FETCH_TIMEOUT_MS'),
      maxBytes: atMost('maxBytes', request.maxBytes, settings.FETCH_MAX_BYTES, 'FETCH_MAX_BYTES'),
      maxHeaderBytes: settings.FETCH_MAX_HEADER_BYTES,
      wantsContent,
    };
  }
}

function policyOf(settings: Settings): { allow: Settings['ALLOW_TARGETS']; deny: Settings['DENY_TARGETS'] } {
  return { allow: settings.ALLOW_TARGETS, deny: settings.DENY_TARGETS };
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
  const { asked, method, callerHeaders, userAgent, acceptLanguage, content, insecureTls, maxRedirects, timeoutMs, maxBytes, wantsContent } =
    retrieval;
  if (method !== 'GET' || content !== null || callerHeaders.length > 0) return null;
  return JSON.stringify([asked, userAgent, acceptLanguage, insecureTls, maxRedirects, timeoutMs, maxBytes, wantsContent]);
}
