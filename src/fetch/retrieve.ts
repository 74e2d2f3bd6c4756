import { randomBytes } from 'node:crypto';
import type { TargetPolicy } from './address-guard.ts';
import { ChainCookies } from './chain-cookies.ts';
import { decodeContent } from './content-coding.ts';
import { Deadline } from './deadline.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type Exchange, type ExchangeResult, performExchange, type WireBytes } from './exchange.ts';
import { FetchError } from './fetch-error.ts';
import { combinedValue, type HeaderField } from './field-lines.ts';
import { mediaTypeOf } from './media-type.ts';
import { isRedirect, redirectedRequest, type RedirectableRequest } from './redirect.ts';
import type { Snapshot, SnapshotContent } from './snapshot.ts';
import { admitTarget } from './target-url.ts';

/** One retrieval, total: every choice made, every limit named. */
export interface Retrieval {
  /** The target URL as the caller wrote it. */
  asked: string;
  url: URL;
  method: string;
  /** Fields that the caller named; they go to the first origin alone. */
  callerHeaders: readonly HeaderField[];
  userAgent: string;
  acceptLanguage: string | null;
  content: Uint8Array | null;
  insecureTls: boolean;
  maxRedirects: number;
  timeoutMs: number;
  maxBytes: number;
  maxHeaderBytes: number;
  /** False when the response head is enough. */
  wantsContent: boolean;
}

/**
 * Retrieves a target: exchange after exchange, each admitted anew, until a response that does not redirect, or one
 * redirect when none is to be followed (`maxRedirects` 0). One deadline bounds it all.
 *
 * @throws FetchError
 */
export async function retrieve(dispatcher: Dispatcher, policy: TargetPolicy, retrieval: Retrieval): Promise<Snapshot> {
  const deadline = new Deadline(retrieval.timeoutMs);
  const fetchedAt = new Date().toISOString();
  const exchanges: Exchange[] = [];
  const wire: WireBytes[] = [];
  const cookies = new ChainCookies();
  let request: RedirectableRequest = { ...retrieval, headers: [] };
  try {
    for (;;) {
      admit(request.url, policy, exchanges.at(-1));
      const result = await performExchange(
        dispatcher,
        { ...request, headers: [...requestHeaders(retrieval, request.callerHeaders), ...cookies.fieldsFor(request.url)] },
        (exchange) => retrieval.wantsContent && !(isRedirect(exchange) && retrieval.maxRedirects > 0),
        retrieval,
        deadline,
      );
      exchanges.push(result.exchange);
      wire.push(result.wire);
      cookies.keep(result.exchange);
      if (!isRedirect(result.exchange) || retrieval.maxRedirects === 0) {
        const content = await contentOf(result, retrieval.maxBytes);
        return Object.freeze({
          id: randomBytes(16).toString('base64url'),
          url: retrieval.asked,
          finalUrl: request.url.href,
          fetchedAt,
          exchanges: exchanges as [Exchange, ...Exchange[]],
          insecureTls: retrieval.insecureTls,
          wire,
          content,
        });
      }
      if (exchanges.length > retrieval.maxRedirects) throw tooManyRedirects(retrieval, request.url);
      request = redirectedRequest(request, result.exchange);
    }
  } catch (error) {
    throw error instanceof FetchError ? error.about(retrieval.asked) : error;
  } finally {
    deadline.clear();
  }
}

/** A redirect to what is forbidden is told by whom it was sent, not where it leads: that may be an address within. */
function admit(url: URL, policy: TargetPolicy, sentBy: Exchange | undefined): void {
  try {
    admitTarget(url, policy);
  } catch (error) {
    if (sentBy === undefined) throw error;
    const detail = `a redirect leads where policy forbids; maxRedirects=0 shows it: redirected by ${sentBy.url}`;
    throw new FetchError('TARGET_FORBIDDEN', detail, { url: sentBy.url, cause: error });
  }
}

/** What is sent besides what undici adds (Host, Connection): the caller's fields win over ours. */
function requestHeaders(retrieval: Retrieval, callerHeaders: readonly HeaderField[]): HeaderField[] {
  const ours: HeaderField[] = [
    { name: 'User-Agent', value: retrieval.userAgent },
    { name: 'Accept', value: '*/*' },
    { name: 'Accept-Encoding', value: 'gzip, deflate, br, zstd' },
  ];
  if (retrieval.acceptLanguage !== null) ours.push({ name: 'Accept-Language', value: retrieval.acceptLanguage });
  const named = new Set(callerHeaders.map(({ name }) => name.toLowerCase()));
  return [...ours.filter(({ name }) => !named.has(name.toLowerCase())), ...callerHeaders];
}

async function contentOf({ exchange, content, chunks }: ExchangeResult, maxBytes: number): Promise<SnapshotContent | null> {
  if (content === null) return null;
  const contentEncoding = combinedValue(exchange.headers, 'content-encoding');
  const bytes = await decodeContent(content, contentEncoding, maxBytes, exchange.url);
  return { bytes, mediaType: mediaTypeOf(exchange.headers, bytes), contentEncoding, transferBytes: content.length, chunks };
}

function tooManyRedirects({ url, maxRedirects }: Retrieval, last: URL): FetchError {
  const detail = `more than ${String(maxRedirects)} redirects, the last to come from ${last.href}: ${url.href}`;
  return new FetchError('TOO_MANY_REDIRECTS', detail, { url: url.href, phase: 'firstByte' });
}
