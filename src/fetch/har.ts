import { Cookie } from 'tough-cookie';
import { describeBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { combinedValue, firstValue, type HeaderField } from './field-lines.ts';
import { bufferOf, contentOfBody, partsOf, requestParts } from './message-parts.ts';
import { isRedirect } from './redirect.ts';
import { eachExchange, type Snapshot, type SnapshotContent, type SnapshotExchange } from './snapshot.ts';

/** An HTTP Archive. Members that begin with `_` are beside the format, which allows them. */
export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[]; _snapshot: string; _insecureTls: boolean };
}

type HarEntry = Record<string, unknown>;

/**
 * A snapshot as an HTTP Archive 1.2: one entry an exchange. http://www.softwareishard.com/blog/har-12-spec/
 *
 * @param version - of this server
 */
export function harOf(snapshot: Snapshot, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Pagewire', version },
      // Oldest first: one that was stored took place before the 304 that confirmed it.
      entries: eachExchange(snapshot)
        .sort((one, other) => Date.parse(one.exchange.startedAt) - Date.parse(other.exchange.startedAt))
        .map((part) => entryOf(part, snapshot)),
      _snapshot: snapshot.id,
      _insecureTls: snapshot.insecureTls,
    },
  };
}

function entryOf(part: SnapshotExchange, snapshot: Snapshot): HarEntry {
  const { exchange } = part;
  const timings = timingsOf(exchange);
  const { blocked, dns, connect, send, wait, receive } = timings;
  return {
    startedDateTime: exchange.startedAt,
    // `ssl` is part of `connect`, and what did not happen is -1.
    time: Math.round([blocked, dns, connect, send, wait, receive].reduce((sum, ms) => sum + Math.max(0, ms) * 1000, 0)) / 1000,
    request: requestOf(part),
    response: responseOf(part, snapshot),
    cache: {},
    timings,
    ...(exchange.remote.address !== '' && { serverIPAddress: exchange.remote.address }),
    _remotePort: exchange.remote.port,
    _reused: exchange.reused,
    ...(exchange.stored && { comment: 'a stored response, which its origin then confirmed by a 304' }),
    _stored: exchange.stored,
    _tls: exchange.tls,
    _informational: exchange.informational,
    ...(part.isFinal && { _chunks: snapshot.content?.chunks ?? [] }),
  };
}

/** The phases in HAR's words: `connect` holds `ssl`, too. */
function timingsOf({ timings: { wait, dns, tcp, tls, request, firstByte, download } }: Exchange): Record<string, number> & {
  blocked: number;
  dns: number;
  connect: number;
  send: number;
  wait: number;
  receive: number;
} {
  return {
    blocked: wait ?? -1,
    dns: dns ?? -1,
    connect: tcp === null ? -1 : tcp + (tls ?? 0),
    ssl: tls ?? -1,
    send: request ?? 0,
    wait: firstByte ?? 0,
    receive: download ?? 0,
  };
}

function requestOf({ exchange: { url, method, requestHeaders }, wire }: SnapshotExchange): Record<string, unknown> {
  const { head, content } = requestParts(wire);
  const target = new URL(url);
  target.hash = '';
  return {
    method,
    url: target.href,
    httpVersion: /(HTTP\/\d\.\d)\r\n/.exec(head.toString('latin1'))?.[1] ?? 'HTTP/1.1',
    cookies: requestHeaders.filter(isNamed('cookie')).flatMap(({ value }) => value.split(/; ?/).map(cookiePair)),
    headers: requestHeaders,
    queryString: [...target.searchParams].map(([name, value]) => ({ name, value })),
    ...(content.length > 0 && { postData: { mimeType: combinedValue(requestHeaders, 'content-type') ?? '', ...textOrBase64(content) } }),
    headersSize: head.length,
    bodySize: content.length,
  };
}

/** HAR has no way to say that a content sent is not text: the member that says so is our own. */
function textOrBase64(content: Buffer): { text: string; _encoding?: 'base64' } {
  const text = content.toString('utf8');
  return Buffer.from(text).equals(content) ? { text } : { text: content.toString('base64'), _encoding: 'base64' };
}

function responseOf(part: SnapshotExchange, snapshot: Snapshot): Record<string, unknown> {
  const { exchange, wire, isFinal } = part;
  const content = isFinal ? snapshot.content : null;
  const parts = partsOf(wire.response, exchange.method, content !== null);
  const hasBody = !parts.isComplete || parts.body.length > 0;
  return {
    status: exchange.status,
    statusText: exchange.statusText,
    httpVersion: `HTTP/${exchange.httpVersion}`,
    cookies: exchange.headers.filter(isNamed('set-cookie')).flatMap(({ value }) => cookieOf(value)),
    headers: exchange.headers,
    content:
      content !== null
        ? contentOf(content, exchange)
        : { size: 0, mimeType: mimeTypeOf(exchange), ...(hasBody && { comment: 'the content was not kept' }) },
    redirectURL: isRedirect(exchange) ? (firstValue(exchange.headers, 'location') ?? '') : '',
    headersSize: exchange.headerBytes,
    bodySize: parts.isComplete ? contentOfBody(parts).length : -1,
    _transferSize: wire.response.byteLength,
  };
}

/** Text where the content is text without a fault, else base64: HAR readers get every byte. */
function contentOf(content: SnapshotContent, exchange: Exchange): Record<string, unknown> {
  const body = describeBody(content, undefined);
  const isExact = body.text !== null && body.encoding?.replacements === 0;
  return {
    size: body.bytes,
    compression: body.bytes - body.transferBytes,
    mimeType: mimeTypeOf(exchange),
    ...(isExact ? { text: body.text } : { text: body.base64 ?? bufferOf(content.bytes).toString('base64'), encoding: 'base64' }),
    _encoding: body.encoding,
    _sha256: body.sha256,
  };
}

/** As sent, parameters included. */
function mimeTypeOf({ headers }: Exchange): string {
  return combinedValue(headers, 'content-type') ?? '';
}

function isNamed(name: string): (field: HeaderField) => boolean {
  return (field) => field.name.toLowerCase() === name;
}

function cookiePair(pair: string): { name: string; value: string } {
  const equals = pair.indexOf('=');
  return equals === -1 ? { name: '', value: pair } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
}

/** One cookie that a response sets; what is none by RFC 6265 is seen among the header fields alone. */
function cookieOf(value: string): Record<string, unknown>[] {
  const cookie = Cookie.parse(value, { loose: true });
  if (cookie === undefined) return [];
  const { key, path, domain, expires, httpOnly, secure, sameSite } = cookie;
  return [
    {
      name: key,
      value: cookie.value,
      ...(path !== null && { path }),
      ...(domain !== null && { domain }),
      ...(expires instanceof Date && { expires: expires.toISOString() }),
      httpOnly,
      secure,
      ...(sameSite !== undefined && { _sameSite: sameSite }),
    },
  ];
}
