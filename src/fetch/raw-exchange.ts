import type { Socket } from 'node:net';
import type { Phase } from '../api/problem.ts';
import { ByteList } from './byte-list.ts';
import { ChunkList } from './chunk-list.ts';
import { Connection } from './connection.ts';
import type { Deadline } from './deadline.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Exchange, ExchangeLimits, ExchangeRequest, ExchangeResult } from './exchange.ts';
import { exchangeError } from './exchange-error.ts';
import { type Timings, timingsOf } from './exchange-timings.ts';
import { FetchError } from './fetch-error.ts';
import { fieldsFromHead, fieldsFromRaw } from './field-lines.ts';
import { HeadReader, readInformational } from './head-reader.ts';
import { contentOfBody, framingOf, partsOf } from './message-parts.ts';

/** A status line and field lines that may be told as they are. https://www.rfc-editor.org/rfc/rfc9112#section-4 */
const HEAD = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: ([^\r\n]*))?\r?\n((?:[!#$%&'*+.^_`|~\dA-Za-z-]+:[^\r\n\0]*\r?\n)*)\r?\n$/;

/**
 * Speaks HTTP/1.0 over a connection of its own: the absolute form of the target in the request line, the fields given and
 * none besides but the length of a content. The response ends where it says, or with the connection. RFC 1945.
 *
 * @throws FetchError with the phase that failed.
 */
export async function performRawExchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: ExchangeLimits,
  deadline: Deadline,
): Promise<ExchangeResult> {
  const startedAt = new Date().toISOString();
  const dispatchedAt = performance.now();
  const socket = await opened(dispatcher, request, deadline);
  const exchange = new RawExchange(request, limits, startedAt, dispatchedAt);
  try {
    return await exchange.over(socket, deadline);
  } finally {
    socket.destroy();
  }
}

/** A connection that comes when time is up is ended at once. */
function opened(dispatcher: Dispatcher, { url, insecureTls }: ExchangeRequest, deadline: Deadline): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const stopWaiting = deadline.onExpiry(() => {
      isLate = true;
      reject(timedOut(deadline, url, dispatcher.connectingPhase(url) ?? 'tcp'));
    });
    dispatcher.open(url, insecureTls, deadline.ms).then(
      (socket) => {
        stopWaiting();
        if (isLate) socket.destroy();
        else resolve(socket);
      },
      (error: unknown) => {
        stopWaiting();
        reject(exchangeError(error, 'tcp', url.href));
      },
    );
  });
}

/** What is sent: request line, fields, a blank line, the content. */
function requestBytes({ url, method, headers, content }: ExchangeRequest): Buffer {
  const fields = content === null ? headers : [...headers, { name: 'Content-Length', value: String(content.byteLength) }];
  const lines = [`${method} ${url.origin}${url.pathname}${url.search} HTTP/1.0`, ...fields.map(({ name, value }) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content ?? Buffer.alloc(0)]);
}

/** An exchange under way. */
class RawExchange {
  readonly #request: ExchangeRequest;
  readonly #limits: ExchangeLimits;
  readonly #startedAt: string;
  readonly #dispatchedAt: number;
  readonly #sent: Buffer;
  readonly #head: HeadReader;
  readonly #received = new ByteList();
  readonly #chunks: ChunkList;
  #writtenAt = 0;
  #sentAt: number | null = null;
  #described: Exchange | null = null;
  /** Bytes after which nothing follows; null while that is not known. */
  #wantedBytes: number | null = null;
  #phase: Phase = 'request';

  constructor(request: ExchangeRequest, limits: ExchangeLimits, startedAt: string, dispatchedAt: number) {
    this.#startedAt = startedAt;
    this.#request = request;
    this.#limits = limits;
    this.#dispatchedAt = dispatchedAt;
    this.#chunks = new ChunkList(dispatchedAt);
    this.#sent = requestBytes(request);
    this.#head = new HeadReader(limits.maxHeaderBytes);
  }

  /** Writes the request and reads until the response has ended. */
  over(socket: Socket, deadline: Deadline): Promise<ExchangeResult> {
    const { url } = this.#request;
    return new Promise<ExchangeResult>((resolve, reject) => {
      const fail = (error: unknown): void => {
        reject(exchangeError(error, this.#phase, url.href));
      };
      const end = (): void => {
        try {
          resolve(this.#result(socket));
        } catch (error) {
          fail(error);
        }
      };
      const stopWaiting = deadline.onExpiry(() => {
        fail(timedOut(deadline, url, this.#phase));
      });
      socket
        .on('data', (bytes: Buffer) => {
          try {
            if (this.#take(bytes, socket)) end();
          } catch (error) {
            fail(error);
          }
        })
        .once('end', end)
        .once('error', fail)
        .once('close', () => {
          stopWaiting();
          // After an end or an error this comes too late to matter.
          fail(connectionClosed('ECONNRESET'));
        });
      this.#writtenAt = performance.now();
      socket.write(this.#sent, () => {
        if (this.#phase !== 'request') return;
        this.#sentAt = performance.now();
        this.#phase = 'firstByte';
      });
    });
  }

  /** True once the response has ended, although the connection has not. */
  #take(bytes: Buffer, socket: Socket): boolean {
    const now = performance.now();
    this.#chunks.read(now);
    this.#received.push(bytes);
    if (this.#phase === 'request') this.#phase = 'firstByte';
    const { maxHeaderBytes, maxBytes } = this.#limits;
    if (!this.#head.push(bytes, now)) throw this.#tooLarge(`the response head is larger than ${String(maxHeaderBytes)} bytes`, 'firstByte');
    const { isDone, totalBytes } = this.#head;
    if (!isDone) return false;
    this.#phase = 'download';
    this.#described ??= this.#describe(socket);
    const contentBytes = this.#received.length - totalBytes;
    if (contentBytes > maxBytes || (this.#wantedBytes ?? 0) > maxBytes + totalBytes) {
      throw this.#tooLarge(
        `the content is larger than ${String(maxBytes)} bytes; ask with a larger maxBytes if this server allows it`,
        'download',
      );
    }
    if (contentBytes > 0) this.#chunks.add(Math.min(bytes.length, contentBytes));
    return this.#wantedBytes !== null && this.#received.length >= this.#wantedBytes;
  }

  /** Reads the final head, once it is whole. */
  #describe(socket: Socket): Exchange {
    const { url, method } = this.#request;
    const { totalBytes, bytes, informational } = this.#head;
    const head = this.#received.concat().toString('latin1', totalBytes - bytes, totalBytes);
    const [, httpVersion, status, statusText = '', lines = ''] = HEAD.exec(head) ?? [];
    if (httpVersion === undefined) {
      throw new FetchError('MALFORMED_RESPONSE', `the response is not valid HTTP: ${url.href}`, { url: url.href, phase: 'firstByte' });
    }
    const connection = Connection.of(socket);
    const exchange: Exchange = {
      startedAt: this.#startedAt,
      url: url.href,
      method,
      httpVersion,
      status: Number(status),
      statusText,
      requestHeaders: fieldsFromHead(this.#sent.toString('latin1', 0, this.#sent.indexOf('\r\n\r\n'))),
      headers: fieldsFromRaw(lines.split(/\r?\n/).flatMap((line) => (line === '' ? [] : nameAndValue(line)))),
      trailers: [],
      informational: informational.map((response) => readInformational(response, this.#dispatchedAt)),
      headerBytes: bytes,
      remote: connection?.remote ?? { address: '', port: 0 },
      reused: false,
      stored: false,
      tls: connection?.tls ?? null,
      timings: this.#timings(socket),
    };
    const framing = framingOf(exchange);
    if (framing.kind === 'none') this.#wantedBytes = totalBytes;
    if (framing.kind === 'length') this.#wantedBytes = totalBytes + framing.bytes;
    return exchange;
  }

  #timings(socket: Socket): Timings {
    return timingsOf({
      dispatchedAt: this.#dispatchedAt,
      connecting: Connection.of(socket)?.connecting ?? null,
      writtenAt: this.#writtenAt,
      sentAt: this.#sentAt,
      firstByteAt: this.#head.startedAt,
      endedAt: performance.now(),
    });
  }

  /** The whole exchange. */
  #result(socket: Socket): ExchangeResult {
    const response = this.#received.concat();
    const exchange = this.#described;
    const parts = exchange === null ? null : partsOf(response, exchange.method, true);
    if (exchange === null || parts?.isComplete !== true) throw connectionClosed('UND_ERR_SOCKET');
    return {
      exchange: { ...exchange, timings: this.#timings(socket) },
      content: contentOfBody(parts),
      chunks: this.#chunks.chunks,
      wire: { request: this.#sent, response },
    };
  }

  #tooLarge(what: string, phase: Phase): FetchError {
    const { href } = this.#request.url;
    return new FetchError('RESPONSE_TOO_LARGE', `${what}: ${href}`, { url: href, phase });
  }
}

function nameAndValue(line: string): string[] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1)];
}

function timedOut({ ms }: Deadline, { href }: URL, phase: Phase): FetchError {
  return new FetchError('TARGET_TIMEOUT', `no answer within ${String(ms)} ms (${phase}): ${href}`, { url: href, phase });
}

/** What a connection that ends too early is called by the libraries whose errors we know. */
function connectionClosed(code: 'ECONNRESET' | 'UND_ERR_SOCKET'): Error {
  return Object.assign(new Error('the connection was closed'), { code });
}
