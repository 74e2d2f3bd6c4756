import type { Dispatcher as Undici } from 'undici';
import type { Phase } from '../api/problem.ts';
import type { ByteListener, Connection, TlsFacts } from './connection.ts';
import type { Deadline } from './deadline.ts';
import type { Dispatcher, RequestListener } from './dispatcher.ts';
import { exchangeError } from './exchange-error.ts';
import { FetchError } from './fetch-error.ts';
import { fieldsFromHead, fieldsFromRaw, firstValue, type HeaderField } from './field-lines.ts';
import { HeadReader } from './head-reader.ts';

/** One request to send. */
export interface ExchangeRequest {
  url: URL;
  method: string;
  headers: readonly HeaderField[];
  content: Uint8Array | null;
  insecureTls: boolean;
}

/** Milliseconds of each phase; null for what did not happen. `total` runs from the start of the exchange to its last byte. */
export interface Timings {
  wait: number | null;
  dns: number | null;
  tcp: number | null;
  tls: number | null;
  request: number | null;
  firstByte: number | null;
  download: number | null;
  total: number;
}

/** A 1xx response. */
export interface InformationalResponse {
  status: number;
  statusText: string;
  headers: HeaderField[];
}

/** One request and its response. Header fields are in wire order, letter case and duplicates kept. */
export interface Exchange {
  url: string;
  method: string;
  httpVersion: string;
  status: number;
  statusText: string;
  requestHeaders: HeaderField[];
  headers: HeaderField[];
  /** Responses that came before the final one. RFC 9110, section 15.2. */
  informational: InformationalResponse[];
  /** Bytes of the response head, its blank line included. */
  headerBytes: number;
  remote: { address: string; port: number };
  /** The connection had been used before. */
  reused: boolean;
  tls: TlsFacts | null;
  timings: Timings;
}

/** Content as it came off the socket, once a read: bytes of this piece, bytes so far, milliseconds since the start. */
export interface Chunk {
  bytes: number;
  total: number;
  atMs: number;
}

/** What an exchange brought: its content as coded (null when it was not wanted), the pieces it came in, the literal bytes. */
export interface ExchangeResult {
  exchange: Exchange;
  content: Uint8Array | null;
  chunks: Chunk[];
  wire: WireBytes;
}

/** The literal bytes of an exchange as they went over the connection: heads, framing and content as coded. */
export interface WireBytes {
  request: Uint8Array;
  /** Informational responses included. Of a content that was not wanted, what had come by then. */
  response: Uint8Array;
}

/** Limits of one exchange. */
export interface ExchangeLimits {
  /** Most bytes of content as coded. */
  maxBytes: number;
  /** Most bytes of all response heads together, informational ones included. */
  maxHeaderBytes: number;
}

/** Content that nobody wants is read to its end only when it is this small: that keeps the connection. */
const DRAIN_BYTES = 16 * 1024;
const DRAIN_MS = 1000;
/** So many pieces are told apart; what comes after counts to the last. */
const MAX_CHUNKS = 10_000;

/**
 * Sends a request and reads the response. `wantsContent` decides by status and fields whether the content is read.
 *
 * @throws FetchError with the phase that failed.
 */
export function performExchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  wantsContent: (exchange: Exchange) => boolean,
  limits: ExchangeLimits,
  deadline: Deadline,
): Promise<ExchangeResult> {
  return new Promise((resolve, reject) => {
    const exchange = new RunningExchange(dispatcher, request, wantsContent, limits, { resolve, reject });
    exchange.start(deadline);
  });
}

interface Settle {
  resolve: (result: ExchangeResult) => void;
  reject: (error: FetchError) => void;
}

/** An exchange under way: undici's handler, and the listener to the bytes of its connection. */
class RunningExchange implements Undici.DispatchHandler, RequestListener, ByteListener {
  readonly #dispatcher: Dispatcher;
  readonly #request: ExchangeRequest;
  readonly #wantsContent: (exchange: Exchange) => boolean;
  readonly #limits: ExchangeLimits;
  readonly #head: HeadReader;
  readonly #dispatchedAt = performance.now();
  readonly #pieces: Buffer[] = [];
  readonly #received: Buffer[] = [];
  readonly #chunks: Chunk[] = [];
  #settle: Settle | null;
  #stopWaiting: (() => void) | null = null;
  #controller: Undici.DispatchController | null = null;
  #connection: Connection | null = null;
  #exchange: Exchange | null = null;
  #requestHead = '';
  #phase: Phase | null = null;
  #sentAt = 0;
  #firstByteAt = 0;
  #contentBytes = 0;
  #pieceIsNew = true;
  #isDraining = false;
  #drainTimer: NodeJS.Timeout | undefined;

  constructor(
    dispatcher: Dispatcher,
    request: ExchangeRequest,
    wantsContent: (exchange: Exchange) => boolean,
    limits: ExchangeLimits,
    settle: Settle,
  ) {
    this.#dispatcher = dispatcher;
    this.#request = request;
    this.#wantsContent = wantsContent;
    this.#limits = limits;
    this.#head = new HeadReader(limits.maxHeaderBytes);
    this.#settle = settle;
  }

  start(deadline: Deadline): void {
    const { url, method, headers, content, insecureTls } = this.#request;
    this.#stopWaiting = deadline.onExpiry(() => {
      const phase = this.#phase ?? this.#dispatcher.connectingPhase(connectOrigin(url)) ?? 'tcp';
      this.#fail(
        new FetchError('TARGET_TIMEOUT', `no answer within ${String(deadline.ms)} ms (${phase}): ${url.href}`, { url: url.href, phase }),
      );
    });
    try {
      this.#dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: headers.flatMap(({ name, value }) => [name, value]),
          body: content,
        },
        this,
        insecureTls,
      );
    } catch (error) {
      this.#fail(exchangeError(error, 'request', url.href));
    }
  }

  onRequestStart(controller: Undici.DispatchController): void {
    this.#controller = controller;
    this.#phase = 'request';
    if (this.#settle === null) controller.abort(new Error('nobody waits for this exchange any more'));
  }

  onConnection(connection: Connection): void {
    this.#connection = connection;
    this.#sentAt = performance.now();
    connection.listener = this;
  }

  onWrite(bytes: string | Uint8Array): void {
    if (this.#requestHead.endsWith('\r\n\r\n')) return;
    const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    this.#requestHead += end === -1 ? text : text.slice(0, end + 4);
  }

  onRequestSent(): void {
    this.#phase = 'firstByte';
  }

  onBytes(bytes: Buffer): void {
    this.#phase = this.#exchange === null ? 'firstByte' : 'download';
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
    this.#pieceIsNew = true;
    this.#received.push(bytes);
    if (!this.#head.push(bytes)) {
      const detail = `the response head is larger than ${String(this.#limits.maxHeaderBytes)} bytes: ${this.#request.url.href}`;
      this.#fail(new FetchError('RESPONSE_TOO_LARGE', detail, { url: this.#request.url.href, phase: 'firstByte' }));
    }
  }

  onResponseStart(controller: Undici.DispatchController, status: number, _headers: unknown, statusText?: string): void {
    // Informational responses come here, too; the final one is yet to come. RFC 9110, section 15.2.
    if (status < 200 || this.#settle === null) return;
    this.#phase = 'download';
    const headers = fieldsFromRaw((controller.rawHeaders ?? []) as Buffer[]);
    this.#exchange = this.#describe(status, statusText ?? '', headers);
    const length = declaredLength(headers);
    if (!this.#wantsContent(this.#exchange)) {
      this.#succeed(false);
      this.#isDraining = length !== null && length <= DRAIN_BYTES;
      if (this.#isDraining)
        this.#drainTimer = setTimeout(() => {
          this.#abort();
        }, DRAIN_MS);
      else this.#abort();
    } else if (length !== null && length > this.#limits.maxBytes && this.#request.method !== 'HEAD') {
      this.#failTooLarge();
    }
  }

  onResponseData(_controller: Undici.DispatchController, data: Buffer): void {
    this.#contentBytes += data.length;
    if (this.#isDraining) {
      if (this.#contentBytes > DRAIN_BYTES) this.#abort();
      return;
    }
    if (this.#settle === null) return;
    if (this.#contentBytes > this.#limits.maxBytes) {
      this.#failTooLarge();
      return;
    }
    this.#pieces.push(data);
    this.#note(data.length);
  }

  onResponseEnd(): void {
    this.#succeed(true);
    this.#leave();
  }

  onResponseError(_controller: Undici.DispatchController, error: Error): void {
    const phase = this.#phase ?? 'tcp';
    this.#fail(exchangeError(error, this.#exchange === null && phase === 'download' ? 'firstByte' : phase, this.#request.url.href));
    this.#leave();
  }

  #describe(status: number, statusText: string, headers: HeaderField[]): Exchange {
    const { url, method } = this.#request;
    const connection = this.#connection;
    return {
      url: url.href,
      method,
      httpVersion: this.#head.httpVersion,
      status,
      statusText,
      requestHeaders: fieldsFromHead(this.#requestHead),
      headers,
      informational: this.#head.informational.map(readInformational),
      headerBytes: this.#head.bytes,
      remote: connection?.remote ?? { address: '', port: 0 },
      reused: connection !== null && connection.requests > 1,
      tls: connection?.tls ?? null,
      timings: this.#timings(),
    };
  }

  #timings(): Timings {
    const now = performance.now();
    const made = this.#connection !== null && this.#connection.requests === 1 ? this.#connection.timings : null;
    const connecting = made === null ? 0 : (made.dns ?? 0) + made.tcp + (made.tls ?? 0);
    const round = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);
    const roundOrNull = (ms: number | null | undefined): number | null => (ms === null || ms === undefined ? null : round(ms));
    return {
      wait: round(this.#sentAt - this.#dispatchedAt - connecting),
      dns: roundOrNull(made?.dns),
      tcp: roundOrNull(made?.tcp),
      tls: roundOrNull(made?.tls),
      request: 0,
      firstByte: round(this.#firstByteAt - this.#sentAt),
      download: round(now - this.#firstByteAt),
      total: round(now - this.#dispatchedAt),
    };
  }

  /** What one read of the socket brought is one piece, however many chunks of a chunked content it held. */
  #note(bytes: number): void {
    const last = this.#chunks.at(-1);
    const atMs = Math.round((performance.now() - this.#dispatchedAt) * 1000) / 1000;
    if (last !== undefined && (!this.#pieceIsNew || this.#chunks.length >= MAX_CHUNKS)) {
      last.bytes += bytes;
      last.total += bytes;
    } else {
      this.#chunks.push({ bytes, total: this.#contentBytes, atMs });
    }
    this.#pieceIsNew = false;
  }

  #succeed(isComplete: boolean): void {
    const settle = this.#settle;
    const exchange = this.#exchange;
    if (settle === null || exchange === null) return;
    this.#settle = null;
    this.#stopWaiting?.();
    const response = Buffer.concat(this.#received);
    settle.resolve({
      exchange: { ...exchange, timings: this.#timings() },
      content: isComplete ? this.#content(response) : null,
      chunks: this.#chunks,
      wire: { request: Buffer.concat([Buffer.from(this.#requestHead, 'latin1'), this.#request.content ?? Buffer.alloc(0)]), response },
    });
  }

  /** Without chunk framing the content lies in the literal bytes already: no second copy is kept. */
  #content(response: Buffer): Buffer {
    const end = this.#head.totalBytes + this.#contentBytes;
    return response.length === end ? response.subarray(this.#head.totalBytes) : Buffer.concat(this.#pieces, this.#contentBytes);
  }

  #fail(error: FetchError): void {
    const settle = this.#settle;
    if (settle === null) return;
    this.#settle = null;
    this.#stopWaiting?.();
    this.#pieces.length = 0;
    this.#received.length = 0;
    settle.reject(error);
    this.#abort();
  }

  #failTooLarge(): void {
    const { url } = this.#request;
    const detail = `the content is larger than ${String(this.#limits.maxBytes)} bytes; ask with a larger maxBytes if this server allows it: ${url.href}`;
    this.#fail(new FetchError('RESPONSE_TOO_LARGE', detail, { url: url.href, phase: 'download' }));
  }

  #abort(): void {
    this.#controller?.abort(new Error('the rest of this response is not wanted'));
  }

  /** The connection may be used by another exchange now. */
  #leave(): void {
    clearTimeout(this.#drainTimer);
    if (this.#connection?.listener === this) this.#connection.listener = null;
  }
}

/** Reads the literal head of a 1xx response. */
function readInformational(head: string): InformationalResponse {
  const [, status, statusText] = /^HTTP\/\d\.\d (\d{3}) ?(.*)/.exec(head) ?? [];
  return { status: Number(status ?? 0), statusText: statusText ?? '', headers: fieldsFromHead(head) };
}

function declaredLength(headers: readonly HeaderField[]): number | null {
  const value = firstValue(headers, 'content-length');
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** An origin as the dispatcher names it: brackets off, the port always there. */
function connectOrigin(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.protocol}//${url.hostname.replace(/^\[(.*)\]$/, '$1')}:${port}`;
}
