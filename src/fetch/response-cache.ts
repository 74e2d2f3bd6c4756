import { combinedValue, firstValue, utf8Value } from './field-lines.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { isRedirect } from './redirect.ts';
import { requestHeaders, type Retrieval } from './retrieve.ts';
import type { Snapshot } from './snapshot.ts';
import { createSnapshotId } from './snapshot-id.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { parseLocation, withoutFragment } from './target-url.ts';

/** What is said of a stored response: its age in seconds, and until when it is fresh in ISO 8601. */
export interface StoredFacts {
  age: number;
  freshUntil: string;
}

/** A stored response that was found for a retrieval. */
export interface StoredResponse {
  snapshot: Snapshot;
  isFresh: boolean;
  /** It may answer a caller who wants no other. */
  allowsStale: boolean;
  facts: StoredFacts;
}

/** A retrieval, judged when it was stored. */
interface Judged {
  storedAtMs: number;
  freshness: Freshness;
}

/** What is known of one stored retrieval; the snapshot itself is in the store. */
interface Entry extends Judged {
  id: string;
  /** The target URL, the URL of each redirect and the final one, without fragments. */
  urls: readonly [string, ...string[]];
  insecureTls: boolean;
  /** The request fields that the response varies by, those that negotiate among them, and what they were. */
  selecting: readonly (readonly [name: string, value: string | null])[];
}

/** GraphQL counts no further. */
const MAX_AGE_S = 2_147_483_647;
/** Stored responses of one URL that differ by what they vary by. */
const MAX_VARIANTS = 32;
/**
 * Caller fields that negotiate; any other may be a credential. Who names one wants to see what is said to it: a response
 * that was asked for by another is none, whatever it varies by.
 */
const NEGOTIATING = new Set(['accept', 'accept-language', 'user-agent']);

/**
 * A shared cache of whole retrievals. https://www.rfc-editor.org/rfc/rfc9111
 *
 * A chain of redirects is stored as one, where every response of it may be. The responses themselves are the snapshots in
 * the store, which bounds them by bytes: this is an index into it.
 */
export class ResponseCache {
  readonly #store: SnapshotStore;
  /** By every URL that an entry depends on, newest first. */
  readonly #byUrl = new Map<string, Entry[]>();
  readonly #byId = new Map<string, Entry>();

  constructor(store: SnapshotStore) {
    this.#store = store;
  }

  /**
   * The stored response that may answer a retrieval, fresh or stale, or null. Its limits are those of the retrieval: one
   * that is too large, or was come to by too many redirects, is none.
   * https://www.rfc-editor.org/rfc/rfc9111#section-4
   */
  match(retrieval: Retrieval): StoredResponse | null {
    if (!takesPart(retrieval)) return null;
    const found = this.#selected(retrieval)
      .map((entry) => ({ entry, snapshot: this.#store.find(entry.id) }))
      .filter((pair): pair is { entry: Entry; snapshot: Snapshot } => pair.snapshot !== null && fits(pair.snapshot, retrieval));
    const [newest] = found;
    if (newest === undefined) return null;
    const { freshness } = newest.entry;
    const named = found.find(({ entry, snapshot }) => entry.freshness === freshness && snapshot.url === retrieval.asked) ?? newest;
    const now = Date.now();
    const { freshUntilMs, allowsStale } = freshness;
    return { snapshot: named.snapshot, isFresh: now < freshUntilMs, allowsStale, facts: factsOf(named.entry, now) };
  }

  /**
   * The snapshot to answer a retrieval with, kept for as long again. A fragment is not sent, but is part of the URLs: what
   * was asked for by another is named anew.
   */
  reuse({ snapshot }: StoredResponse, retrieval: Retrieval): Snapshot {
    const entry = this.#byId.get(snapshot.id);
    if (snapshot.url === retrieval.asked || entry === undefined) {
      this.#store.keep(snapshot);
      return snapshot;
    }
    const finalUrl = snapshot.exchanges
      .slice(0, -1)
      .filter(isRedirect)
      .reduce((url, { headers }) => parseLocation(utf8Value(firstValue(headers, 'location') ?? ''), url), retrieval.url).href;
    const renamed = Object.freeze({ ...snapshot, id: createSnapshotId(retrieval.holder), url: retrieval.asked, finalUrl });
    if (this.#store.keep(renamed)) this.#index(renamed, retrieval, entry);
    return renamed;
  }

  /**
   * Stores what a retrieval brought back, in place of what it replaces; null where it may not be stored. The snapshot
   * is in the store already, unless it is too large for it. https://www.rfc-editor.org/rfc/rfc9111#section-3
   */
  take(retrieval: Retrieval, snapshot: Snapshot): StoredFacts | null {
    this.#invalidate(snapshot);
    if (!takesPart(retrieval)) return null;
    const now = Date.now();
    const freshness = callerFieldsWentAlong(retrieval, snapshot) ? freshnessOf(snapshot, now) : null;
    // An origin that fails says nothing about what is stored. RFC 9111, section 4.3.3.
    if (snapshot.final.status < 500) for (const { id } of this.#selected(retrieval)) this.forget(id);
    if (freshness === null) return null;
    const judged = { freshness, storedAtMs: now };
    if (this.#store.find(snapshot.id) !== null) this.#index(snapshot, retrieval, judged);
    return factsOf(judged, now);
  }

  /** The store no longer keeps this snapshot. */
  forget(id: string): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byId.delete(id);
    for (const url of entry.urls) {
      const left = (this.#byUrl.get(url) ?? []).filter((other) => other !== entry);
      if (left.length === 0) this.#byUrl.delete(url);
      else this.#byUrl.set(url, left);
    }
  }

  #index(snapshot: Snapshot, retrieval: Retrieval, { freshness, storedAtMs }: Judged): void {
    const fields = requestHeaders(retrieval, retrieval.callerHeaders);
    const entry: Entry = {
      id: snapshot.id,
      urls: [...new Set([retrieval.url.href, ...snapshot.exchanges.map(({ url }) => url)].map(withoutFragment))] as [string, ...string[]],
      insecureTls: retrieval.insecureTls,
      storedAtMs,
      freshness,
      selecting: [...new Set([...freshness.vary, ...NEGOTIATING])].map((name) => [name, combinedValue(fields, name)]),
    };
    this.#byId.set(entry.id, entry);
    for (const url of entry.urls) {
      const entries = [entry, ...(this.#byUrl.get(url) ?? [])];
      this.#byUrl.set(url, entries);
      const own = entries.filter(({ urls }) => urls[0] === url);
      for (const { id } of own.slice(MAX_VARIANTS)) this.forget(id);
    }
  }

  /** The entries of a target whose varying fields are those of a retrieval. RFC 9111, section 4.1. */
  #selected(retrieval: Retrieval): Entry[] {
    const target = withoutFragment(retrieval.url.href);
    const fields = requestHeaders(retrieval, retrieval.callerHeaders);
    return (this.#byUrl.get(target) ?? []).filter(
      ({ urls, insecureTls, selecting }) =>
        urls[0] === target &&
        insecureTls === retrieval.insecureTls &&
        selecting.every(([name, value]) => combinedValue(fields, name) === value),
    );
  }

  /** An unsafe method that succeeded changes what it was sent to. https://www.rfc-editor.org/rfc/rfc9111#section-4.4 */
  #invalidate({ exchanges }: Snapshot): void {
    for (const { method, status, url, headers } of exchanges) {
      if (['GET', 'HEAD', 'OPTIONS'].includes(method) || status >= 400) continue;
      const { href, origin } = new URL(url);
      const named = ['location', 'content-location'].map((name) => utf8Value(firstValue(headers, name) ?? ''));
      const others = named.filter((value) => value !== '' && URL.canParse(value, href)).map((value) => new URL(value, href));
      for (const changed of [href, ...others.filter((other) => other.origin === origin).map((other) => other.href)]) {
        for (const { id } of this.#byUrl.get(withoutFragment(changed)) ?? []) this.forget(id);
      }
    }
  }
}

/** Only a GET that says nothing of its caller is answered from the cache, or stored. */
export function takesPart({ method, httpVersion, content, callerHeaders, cookies }: Retrieval): boolean {
  const isPlain = method === 'GET' && httpVersion === '1.1' && content === null && cookies.length === 0;
  return isPlain && callerHeaders.every(({ name }) => NEGOTIATING.has(name.toLowerCase()));
}

/** At another origin caller fields are dropped: what its response varies by would be told by the wrong fields. */
function callerFieldsWentAlong({ callerHeaders, url }: Retrieval, { exchanges }: Snapshot): boolean {
  return callerHeaders.length === 0 || exchanges.every((exchange) => new URL(exchange.url).origin === url.origin);
}

function fits(snapshot: Snapshot, { wantsContent, maxBytes, maxRedirects }: Retrieval): boolean {
  const { content, exchanges } = snapshot;
  if (wantsContent && (content === null || Math.max(content.bytes.byteLength, content.transferBytes) > maxBytes)) return false;
  // A redirect that was not followed is the answer of those alone who follow none.
  return isRedirect(snapshot.final) ? maxRedirects === 0 : exchanges.filter(isRedirect).length <= maxRedirects;
}

function factsOf({ freshness, storedAtMs }: Judged, now: number): StoredFacts {
  const { ageS, freshUntilMs } = freshness;
  return { age: Math.min(MAX_AGE_S, Math.floor(ageS + (now - storedAtMs) / 1000)), freshUntil: new Date(freshUntilMs).toISOString() };
}
