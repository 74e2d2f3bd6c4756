import type { Socket } from 'node:net';
import type { Hold } from '../api/byte-budget.ts';
import { isProblemError, type Phase } from '../api/problem.ts';
import { ByteList } from './byte-list.ts';
import { ChunkReader } from './chunk-reader.ts';
import { ChunkList } from './chunk-list.ts';
import { Connection } from './connection.ts';
import type { Deadline } from './deadline.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Exchange, ExchangeRequest, ExchangeResult } from './exchange.ts';
import { exchangeError } from './exchange-error.ts';
import { BAD_FRAMING, contentTooLarge, type ExchangeLimits, headTooLarge, malformed, mostBodyBytes } from './exchange-limits.ts';
import { type Timings, timingsOf } from './exchange-timings.ts';
import { fieldsFromHead, fieldsFromRaw } from './field-lines.ts';
import { HeadReader, readInformational } from './head-reader.ts';
import { type Framing, framingOf } from './message-parts.ts';

/** A status line and field lines that may be told as they are. https://www.rfc-editor.org/rfc/rfc9112#section-4 */
const HEAD = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: ([\t -~\x80-\xff]*))?\r?\n((?:[!#$%&'*+.^_`|~\dA-Za-z-]+:[\t -~\x80-\xff]*\r?\n)*)\r?\n$/;

/**
 * Speaks HTTP/1.0 over a connection of its own: the absolute form of the target in the request line, the fields given and
 * none besides but the length of a content. The response ends where it says, or with the connection. RFC 1945.
 *
 * @throws FetchError with the phase that failed, or whatever the deadline or the hold end it with.
 */
export async function performRawExchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: ExchangeLimits,
  deadline: Deadline,
  hold: Hold,
): Promise<ExchangeResult> {
  const startedAt = new Date().toISOString();
  const dispatchedAt = performance.now();
  const socket = await opened(dispatcher, request, deadline);
  const exchange = new RawExchange(request, limits, hold, startedAt, dispatchedAt);
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
      reject(deadline.failure(dispatcher.connectingPhase(url) ?? 'tcp', url.href));
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
  readonly #hold: Hold;
  readonly #startedAt: string;
  readonly #dispatchedAt: number;
  readonly #sent: Buffer;
  readonly #head: HeadReader;
  readonly #received = new ByteList();
  readonly #chunks: ChunkList;
  #writtenAt = 0;
  #sentAt: number | null = null;
  #described: Exchange | null = null;
  #framing: Framing = { kind: 'until-close' };
  readonly #chunked = new ChunkReader();
  #phase: Phase = 'request';

  constructor(request: ExchangeRequest, limits: ExchangeLimits, hold: Hold, startedAt: string, dispatchedAt: number) {
    this.#startedAt = startedAt;
    this.#request = request;
    this.#limits = limits;
    this.#hold = hold;
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
        reject(isProblemError(error) ? error : exchangeError(error, this.#phase, url.href));
      };
      const end = (): void => {
        try {
          resolve(this.#result(socket));
        } catch (error) {
          fail(error);
        }
      };
      const stopWaiting = deadline.onExpiry(() => {
        reject(deadline.failure(this.#phase, url.href));
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
    this.#hold.grow(bytes.length);
    this.#received.push(bytes);
    if (this.#phase === 'request') this.#phase = 'firstByte';
    const { url } = this.#request;
    if (!this.#head.push(bytes, now)) throw headTooLarge(this.#limits, url);
    if (this.#head.fault !== null) throw malformed(this.#head.fault, 'firstByte', url);
    if (!this.#head.isDone) return false;
    this.#described ??= this.#describe(socket);
    this.#phase = 'download';
    const bodyBytes = this.#received.length - this.#head.totalBytes;
    return this.#takeBody(bytes.subarray(Math.max(0, bytes.length - bodyBytes)), bodyBytes);
  }

  /** Reads on in the body, of which so many bytes have come; true at its end. */
  #takeBody(bytes: Buffer, bodyBytes: number): boolean {
    const { url } = this.#request;
    const framing = this.#framing;
    const before = this.#chunked.contentBytes;
    if (framing.kind === 'chunked') this.#chunked.push(bytes);
    if (this.#chunked.isMalformed) throw malformed('its content is not in chunks', 'download', url);
    const contentBytes = framing.kind === 'chunked' ? this.#chunked.contentBytes : framing.kind === 'length' ? framing.bytes : bodyBytes;
    if (framing.kind !== 'none' && (contentBytes > this.#limits.maxBytes || bodyBytes > mostBodyBytes(this.#limits))) {
      throw contentTooLarge(this.#limits, url);
    }
    const ofContent = framing.kind === 'chunked' ? contentBytes - before : Math.min(bytes.length, contentBytes - bodyBytes + bytes.length);
    if (framing.kind !== 'none' && ofContent > 0) this.#chunks.add(ofContent);
    return this.#isWhole(bodyBytes);
  }

  /** Nothing more is to come of a body, of which so many bytes are there. */
  #isWhole(bodyBytes: number): boolean {
    const framing = this.#framing;
    if (framing.kind === 'length') return bodyBytes >= framing.bytes;
    return framing.kind === 'chunked' ? this.#chunked.isComplete : framing.kind === 'none';
  }

  /** Reads the final head, once it is whole. */
  #describe(socket: Socket): Exchange {
    const { url, method } = this.#request;
    const { totalBytes, bytes, informational } = this.#head;
    const head = this.#received.concat().toString('latin1', totalBytes - bytes, totalBytes);
    const [, httpVersion, status, statusText = '', lines = ''] = HEAD.exec(head) ?? [];
    if (httpVersion === undefined) throw malformed('a line of its head is no field', 'firstByte', url);
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
    this.#framing = framingOf(exchange);
    if (this.#framing.kind === 'malformed') throw malformed(BAD_FRAMING, 'firstByte', url);
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

  /** The whole exchange, now that it or its connection has ended. */
  #result(socket: Socket): ExchangeResult {
    const response = this.#received.concat();
    const exchange = this.#described;
    const start = this.#head.totalBytes;
    const isComplete = this.#framing.kind === 'until-close' || this.#isWhole(response.length - start);
    if (exchange === null || !isComplete) throw connectionClosed('UND_ERR_SOCKET');
    return {
      exchange: { ...exchange, trailers: fieldsFromRaw(this.#chunked.trailers.flatMap(nameAndValue)), timings: this.#timings(socket) },
      content: this.#content(response.subarray(start)),
      chunks: this.#chunks.chunks,
      wire: { request: this.#sent, response },
    };
  }

  #content(body: Buffer): Buffer {
    const framing = this.#framing;
    if (framing.kind === 'chunked') return this.#chunked.content();
    return framing.kind === 'until-close' ? body : body.subarray(0, framing.kind === 'length' ? framing.bytes : 0);
  }
}

function nameAndValue(line: string): string[] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1)];
}

/** What a connection that ends too early is called by the libraries whose errors we know. */
function connectionClosed(code: 'ECONNRESET' | 'UND_ERR_SOCKET'): Error {
  return Object.assign(new Error('the connection was closed'), { code });
}
