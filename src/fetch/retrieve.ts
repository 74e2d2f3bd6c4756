import { setImmediate } from 'node:timers/promises';
import type { Hold } from '../api/byte-budget.ts';
import { isProblemError } from '../api/problem.ts';
import type { TargetPolicy } from './address-guard.ts';
import { ChainCookies, type NamedCookie, withCookies } from './chain-cookies.ts';
import { decodeContent } from './content-coding.ts';
import { Deadline } from './deadline.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type Exchange, type ExchangeResult, performExchange, type WireBytes } from './exchange.ts';
import { FetchError } from './fetch-error.ts';
import { combinedValue, type HeaderField } from './field-lines.ts';
import { mediaTypeOf } from './media-type.ts';
import type { RetrievalProgress } from './progress.ts';
import { performRawExchange } from './raw-exchange.ts';
import { isRedirect, redirectedRequest, type RedirectableRequest } from './redirect.ts';
import { conditionalFields, confirms, freshened } from './revalidate.ts';
import type { Snapshot, SnapshotContent } from './snapshot.ts';
import { createSnapshotId } from './snapshot-id.ts';
import { admitTarget, withoutFragment } from './target-url.ts';

/** One retrieval, total: every choice made, every limit named. */
export interface Retrieval {
  /** The target URL as the caller wrote it. */
  asked: string;
  url: URL;
  method: string;
  /** `1.0` speaks HTTP/1.0 with the absolute form of the target, and sends nothing but what the caller named. */
  httpVersion: '1.1' | '1.0';
  /** Fields that the caller named; they go to the first origin alone. */
  callerHeaders: readonly HeaderField[];
  /** Cookies that the caller named; they go where RFC 6265 lets those of the first host go. */
  cookies: readonly NamedCookie[];
  userAgent: string | null;
  acceptLanguage: string | null;
  content: Uint8Array | null;
  insecureTls: boolean;
  maxRedirects: number;
  timeoutMs: number;
  maxBytes: number;
  maxHeaderBytes: number;
  /** False when the response head is enough. */
  wantsContent: boolean;
  /** A stored response that is stale: where its origin confirms it, its content is the answer. */
  stored: Snapshot | null;
  /** The process that is to keep what comes of it, where the server has several. */
  holder: number | null;
}

/**
 * Retrieves a target: exchange after exchange, each admitted anew, until a response that does not redirect, or one
 * redirect when none is to be followed (`maxRedirects` 0). One deadline bounds it all; what is retrieved is added to `hold`, and
 * `progress` is told how it goes.
 *
 * @throws FetchError, or the reason of the signal once that is aborted.
 */
export async function retrieve(
  dispatcher: Dispatcher,
  policy: TargetPolicy,
  retrieval: Retrieval,
  hold: Hold,
  signal: AbortSignal | null,
  progress: RetrievalProgress | null,
): Promise<Snapshot> {
  const cookies = new ChainCookies(retrieval.url, retrieval.cookies);
  const deadline = new Deadline(retrieval.timeoutMs, signal);
  const fetchedAt = new Date().toISOString();
  const exchanges: Exchange[] = [];
  const wire: WireBytes[] = [];
  let request: RedirectableRequest = { ...retrieval, headers: [] };
  let { stored } = retrieval;
  try {
    for (;;) {
      progress?.begin(request.url);
      admit(request.url, policy, exchanges.at(-1), progress);
      const cookieFields = cookies.fieldsFor(request.url);
      const conditions = stored === null || cookieFields.length > 0 ? [] : conditionsFor(request, stored);
      const toSend = {
        ...request,
        headers: [...withCookies(requestHeaders(retrieval, request.callerHeaders), cookieFields), ...conditions],
      };
      const wantsContent = (exchange: Exchange): boolean => retrieval.wantsContent && !(isRedirect(exchange) && retrieval.maxRedirects > 0);
      const result = await (
        retrieval.httpVersion === '1.0'
          ? performRawExchange(dispatcher, toSend, retrieval, deadline, hold)
          : performExchange(dispatcher, toSend, { wantsContent, limits: retrieval, deadline, hold, progress })
      ).catch((error: unknown) => {
        throw asTold(error, exchanges.at(-1));
      });
      exchanges.push(result.exchange);
      wire.push(result.wire);
      cookies.keep(result.exchange);
      const confirmed = stored !== null && conditions.length > 0 && confirms(result.exchange, stored.final) ? stored : null;
      if (confirmed === null && conditions.length > 0 && result.exchange.status === 304) {
        // It is about something else than was asked: asked again, without conditions. RFC 9111, section 4.3.4.
        stored = null;
        continue;
      }
      if (confirmed !== null) {
        exchanges.push({ ...(confirmed.exchanges.at(-1) ?? confirmed.final), stored: true });
        wire.push(...confirmed.wire.slice(-1));
      }
      if (!isRedirect(result.exchange) || retrieval.maxRedirects === 0) {
        const content = confirmed === null ? await contentOf(result, retrieval.maxBytes, hold) : confirmed.content;
        return Object.freeze({
          id: createSnapshotId(retrieval.holder),
          url: retrieval.asked,
          finalUrl: request.url.href,
          fetchedAt,
          exchanges: exchanges as [Exchange, ...Exchange[]],
          insecureTls: retrieval.insecureTls,
          maxRedirects: retrieval.maxRedirects,
          wire,
          content,
          final: confirmed === null ? result.exchange : freshened(confirmed.final, result.exchange),
        });
      }
      if (exchanges.filter(isRedirect).length > retrieval.maxRedirects) throw tooManyRedirects(retrieval, request.url);
      const next = redirectedRequest(request, result.exchange);
      // undici lets go of a connection a turn of the event loop after its response: the next exchange can then use it.
      if (next.url.origin === request.url.origin) await setImmediate();
      request = next;
    }
  } catch (error) {
    if (error instanceof FetchError) throw error.about(retrieval.asked, exchanges);
    throw isProblemError(error) ? error.after(exchanges) : error;
  } finally {
    deadline.clear();
  }
}

/** The conditions under which the final response of a stored retrieval answers a request; none where it is another's. */
function conditionsFor({ url, method }: RedirectableRequest, stored: Snapshot): HeaderField[] {
  const final = stored.final;
  return method === 'GET' && withoutFragment(url.href) === withoutFragment(final.url) ? conditionalFields(final) : [];
}

function admit(url: URL, policy: TargetPolicy, sentBy: Exchange | undefined, progress: RetrievalProgress | null): void {
  try {
    admitTarget(url, policy);
  } catch (error) {
    // As it looks where a name is resolved to what policy refuses: how it came to be refused is nobody's business.
    progress?.enter('dns');
    throw asTold(error, sentBy);
  }
}

/**
 * A redirect to what is forbidden is told by whom it was sent, not where it leads: that may be an address within. Nor is it
 * told whether the name was refused, or what it resolves to.
 */
function asTold(error: unknown, sentBy: Exchange | undefined): unknown {
  if (sentBy === undefined || !(error instanceof FetchError) || error.code !== 'TARGET_FORBIDDEN') return error;
  const detail = `a redirect leads where policy forbids; maxRedirects=0 shows it: redirected by ${sentBy.url}`;
  return new FetchError('TARGET_FORBIDDEN', detail, { url: sentBy.url, cause: error });
}

/** What is sent besides what undici adds (Host, Connection): the caller's fields win over ours. */
export function requestHeaders(retrieval: Retrieval, callerHeaders: readonly HeaderField[]): HeaderField[] {
  const ours: HeaderField[] = [];
  if (retrieval.userAgent !== null) ours.push({ name: 'User-Agent', value: retrieval.userAgent });
  if (retrieval.httpVersion === '1.1') {
    ours.push({ name: 'Accept', value: '*/*' }, { name: 'Accept-Encoding', value: 'gzip, deflate, br, zstd' });
  }
  if (retrieval.acceptLanguage !== null) ours.push({ name: 'Accept-Language', value: retrieval.acceptLanguage });
  const named = new Set(callerHeaders.map(({ name }) => name.toLowerCase()));
  return [...ours.filter(({ name }) => !named.has(name.toLowerCase())), ...callerHeaders];
}

async function contentOf({ exchange, content, chunks }: ExchangeResult, maxBytes: number, hold: Hold): Promise<SnapshotContent | null> {
  if (content === null) return null;
  const contentEncoding = combinedValue(exchange.headers, 'content-encoding');
  const bytes = await decodeContent(content, contentEncoding, maxBytes, exchange.url);
  if (bytes !== content) hold.grow(bytes.byteLength);
  return { bytes, mediaType: mediaTypeOf(exchange.headers, bytes), contentEncoding, transferBytes: content.length, chunks };
}

function tooManyRedirects({ url, maxRedirects }: Retrieval, last: URL): FetchError {
  const detail = `more than ${String(maxRedirects)} redirects, the last to come from ${last.href}: ${url.href}`;
  return new FetchError('TOO_MANY_REDIRECTS', detail, { url: url.href, phase: 'firstByte' });
}
