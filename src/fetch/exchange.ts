import type { Dispatcher as Undici } from 'undici';
import type { Hold } from '../api/byte-budget.ts';
import type { Phase } from '../api/problem.ts';
import { ByteList } from './byte-list.ts';
import { type Chunk, ChunkList } from './chunk-list.ts';
import type { ByteListener, Connection } from './connection.ts';
import type { Deadline } from './deadline.ts';
import type { Dispatcher, RequestListener } from './dispatcher.ts';
import { exchangeError } from './exchange-error.ts';
import { BAD_FRAMING, contentTooLarge, type ExchangeLimits, headTooLarge, malformed, mostBodyBytes } from './exchange-limits.ts';
import { type Timings, timingsOf } from './exchange-timings.ts';
import { FetchError } from './fetch-error.ts';
import { fieldsFromHead, fieldsFromRaw, type HeaderField } from './field-lines.ts';
import { HeadReader, type InformationalResponse, readInformational } from './head-reader.ts';
import { type Framing, framingOf } from './message-parts.ts';
import type { RetrievalProgress } from './progress.ts';
import type { TlsFacts } from './tls-facts.ts';

/** One request to send. */
export interface ExchangeRequest {
  url: URL;
  method: string;
  headers: readonly HeaderField[];
  content: Uint8Array | null;
  insecureTls: boolean;
}

/** One request and its response. Header fields are in wire order, letter case and duplicates kept. */
export interface Exchange {
  /** When it began, ISO 8601. */
  startedAt: string;
  url: string;
  method: string;
  httpVersion: string;
  status: number;
  statusText: string;
  requestHeaders: HeaderField[];
  headers: HeaderField[];
  /** Fields that came after a chunked content. RFC 9110, section 6.5. */
  trailers: HeaderField[];
  /** Responses that came before the final one. RFC 9110, section 15.2. */
  informational: InformationalResponse[];
  /** Bytes of the response head, its blank line included. */
  headerBytes: number;
  remote: { address: string; port: number };
  /** The connection had been used before. */
  reused: boolean;
  /** A stored response, which its origin confirmed by the 304 before it: it took place earlier. RFC 9111, section 4.3.3. */
  stored: boolean;
  tls: TlsFacts | null;
  timings: Timings;
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
  /** Informational responses included. Of a content that was not wanted, the beginning of what had come by then. */
  response: Uint8Array;
}

/** How an exchange is to be done. */
export interface ExchangeTerms {
  /** Decides by status and fields whether the content is read. */
  wantsContent: (exchange: Exchange) => boolean;
  limits: ExchangeLimits;
  deadline: Deadline;
  /** What arrives is added to it. */
  hold: Hold;
  /** Is told how it goes; null where nobody could listen. */
  progress: RetrievalProgress | null;
}

/** Content that nobody wants is read to its end only when it is this small: that keeps the connection. */
const DRAIN_BYTES = 16 * 1024;
const DRAIN_MS = 1000;
/** So much of it is kept of what had come: the few lines that redirects have. */
const MOST_UNWANTED_BYTES = 2048;
/** As many kept connections may turn out to be closed in turn. */
const MOST_RESENDS = 5;

/**
 * Sends a request and reads the response.
 *
 * @throws FetchError with the phase that failed, or whatever the deadline or the hold end it with.
 */
export function performExchange(dispatcher: Dispatcher, request: ExchangeRequest, terms: ExchangeTerms): Promise<ExchangeResult> {
  return new Promise((resolve, reject) => {
    const exchange = new RunningExchange(dispatcher, request, terms, { resolve, reject });
    exchange.start(terms.deadline);
  });
}

interface Settle {
  resolve: (result: ExchangeResult) => void;
  reject: (error: Error) => void;
}

/** An exchange under way: undici's handler, and the listener to the bytes of its connection. */
class RunningExchange implements Undici.DispatchHandler, RequestListener, ByteListener {
  readonly #dispatcher: Dispatcher;
  readonly #request: ExchangeRequest;
  readonly #wantsContent: (exchange: Exchange) => boolean;
  readonly #limits: ExchangeLimits;
  readonly #hold: Hold;
  readonly #progress: RetrievalProgress | null;
  readonly #head: HeadReader;
  readonly #startedAt = new Date().toISOString();
  readonly #dispatchedAt = performance.now();
  readonly #pieces = new ByteList();
  readonly #received = new ByteList();
  readonly #chunks = new ChunkList(this.#dispatchedAt);
  #settle: Settle | null;
  #stopWaiting: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;
  #controller: Undici.DispatchController | null = null;
  #connection: Connection | null = null;
  #exchange: Exchange | null = null;
  #requestHead = '';
  #phase: Phase | null = null;
  #writtenAt = 0;
  #sentAt: number | null = null;
  #contentBytes = 0;
  #isDraining = false;
  #framing: Framing = { kind: 'none' };
  #resends = 0;
  #drainTimer: NodeJS.Timeout | undefined;

  constructor(dispatcher: Dispatcher, request: ExchangeRequest, { wantsContent, limits, hold, progress }: ExchangeTerms, settle: Settle) {
    this.#dispatcher = dispatcher;
    this.#request = request;
    this.#wantsContent = wantsContent;
    this.#limits = limits;
    this.#hold = hold;
    this.#progress = progress;
    this.#head = new HeadReader(limits.maxHeaderBytes);
    this.#settle = settle;
  }

  start(deadline: Deadline): void {
    const { url } = this.#request;
    this.#stopWaiting = deadline.onExpiry(() => {
      this.#fail(deadline.failure(this.#phase ?? this.#dispatcher.connectingPhase(url), url.href));
    });
    this.#watch();
    this.#dispatch();
  }

  /** Says what making a connection is busy with, where somebody listens. */
  #watch(): void {
    const progress = this.#progress;
    if (progress?.isHeard !== true) return;
    this.#stopWatching = this.#dispatcher.watchConnecting(this.#request.url, (phase) => {
      if (this.#controller === null) progress.enter(phase);
    });
  }

  #dispatch(): void {
    const { url, method, headers, content, insecureTls } = this.#request;
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
    this.#progress?.enter('request');
    if (this.#settle === null) controller.abort(new Error('nobody waits for this exchange any more'));
  }

  onConnection(connection: Connection): void {
    this.#connection = connection;
    this.#writtenAt = performance.now();
    connection.listener = this;
  }

  onWrite(bytes: string | Uint8Array): void {
    if (this.#requestHead.endsWith('\r\n\r\n')) return;
    const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    this.#requestHead += end === -1 ? text : text.slice(0, end + 4);
  }

  /** Unlike undici's word that a request was sent: that comes while a large content still waits to leave. */
  onFlushed(): void {
    if (this.#phase !== 'request') return;
    this.#sentAt = performance.now();
    this.#phase = 'firstByte';
    this.#progress?.enter('firstByte');
  }

  onBytes(bytes: Buffer): Buffer | null {
    this.#phase = this.#exchange === null ? 'firstByte' : 'download';
    const now = performance.now();
    this.#chunks.read(now);
    // What is drained is not kept.
    if (this.#settle !== null) {
      if (!this.#takes(bytes.length)) return null;
      this.#received.push(bytes);
    }
    if (!this.#head.push(bytes, now)) {
      this.#fail(headTooLarge(this.#limits, this.#request.url));
      return null;
    }
    if (this.#head.fault !== null) {
      this.#fail(malformed(this.#head.fault, 'firstByte', this.#request.url));
      return null;
    }
    if (this.#received.length - this.#head.totalBytes > mostBodyBytes(this.#limits)) {
      this.#fail(contentTooLarge(this.#limits, this.#request.url));
      return null;
    }
    return this.#head.final;
  }

  onResponseStart(controller: Undici.DispatchController, status: number): void {
    if (this.#settle === null) return;
    this.#phase = 'download';
    const headers = fieldsFromRaw((controller.rawHeaders ?? []) as Buffer[]);
    this.#exchange = this.#describe(status, headers);
    this.#framing = framingOf(this.#exchange);
    this.#progress?.respond(status, this.#framing.kind === 'length' ? this.#framing.bytes : null);
    if (this.#framing.kind === 'malformed') {
      this.#fail(malformed(BAD_FRAMING, 'firstByte', this.#request.url));
      return;
    }
    const length = this.#framing.kind === 'length' ? this.#framing.bytes : null;
    if (!this.#wantsContent(this.#exchange)) {
      this.#succeed(false);
      this.#isDraining = this.#framing.kind === 'none' || (length !== null && length <= DRAIN_BYTES);
      if (this.#isDraining)
        this.#drainTimer = setTimeout(() => {
          this.#abort();
        }, DRAIN_MS);
      else this.#abort();
    } else if (length !== null && length > this.#limits.maxBytes) {
      this.#fail(contentTooLarge(this.#limits, this.#request.url));
    } else if (length !== null) this.#received.expect(this.#head.totalBytes + length);
  }

  onResponseData(_controller: Undici.DispatchController, data: Buffer): void {
    this.#contentBytes += data.length;
    if (this.#isDraining) {
      if (this.#contentBytes > DRAIN_BYTES) this.#abort();
      return;
    }
    if (this.#settle === null) return;
    if (this.#contentBytes > this.#limits.maxBytes) {
      this.#fail(contentTooLarge(this.#limits, this.#request.url));
      return;
    }
    if (this.#framing.kind === 'chunked') {
      if (!this.#takes(data.length)) return;
      this.#pieces.push(data);
    }
    this.#chunks.add(data.length);
    this.#progress?.receive(this.#contentBytes);
  }

  /** False where all requests together hold too much already: this one has failed then. */
  #takes(bytes: number): boolean {
    try {
      this.#hold.grow(bytes);
      return true;
    } catch (error) {
      this.#fail(error as Error);
      return false;
    }
  }

  onResponseEnd(controller: Undici.DispatchController): void {
    const trailers = fieldsFromRaw((controller.rawTrailers ?? []) as Buffer[]);
    if (this.#exchange !== null) this.#exchange.trailers = trailers;
    const failure = this.#connection?.failure ?? null;
    // To undici a content that the connection ends is complete, however the connection ended. RFC 9112, section 8.
    if (this.#framing.kind === 'until-close' && failure !== null) this.#fail(exchangeError(failure, 'download', this.#request.url.href));
    this.#succeed(true);
    // A Transfer-Encoding among trailers would spoil undici's reading of the next response.
    if (trailers.length > 0) this.#connection?.close();
    this.#leave();
  }

  onResponseError(_controller: Undici.DispatchController, error: Error): void {
    const phase = this.#phase ?? 'tcp';
    const failure = exchangeError(error, this.#exchange === null && phase === 'download' ? 'firstByte' : phase, this.#request.url.href);
    this.#leave();
    // What failed in making a connection is told as a FetchError already: else it was a kept one that undici meant to use.
    const wasNeverSent = this.#controller === null && !(error instanceof FetchError);
    if (this.#isStale(failure, wasNeverSent)) this.#dispatch();
    else this.#fail(failure);
  }

  /**
   * The other side had closed a kept connection before this request reached it: a request that changes nothing is sent
   * again. RFC 9112, section 9.3.1.
   */
  #isStale({ code }: FetchError, wasNeverSent: boolean): boolean {
    const { method, content } = this.#request;
    const isSafe = (method === 'GET' || method === 'HEAD') && content === null;
    const wasUnanswered = (this.#connection?.requests ?? 0) > 1 && this.#head.totalBytes === 0;
    const mayBeResent = code === 'CONNECTION_RESET' && (wasNeverSent || (isSafe && wasUnanswered));
    if (this.#settle === null || !mayBeResent || this.#resends >= MOST_RESENDS) return false;
    this.#resends += 1;
    this.#connection = null;
    this.#controller = null;
    this.#requestHead = '';
    this.#phase = null;
    this.#progress?.enter('wait');
    this.#sentAt = null;
    return true;
  }

  #describe(status: number, headers: HeaderField[]): Exchange {
    const { url, method } = this.#request;
    const connection = this.#connection;
    return {
      startedAt: this.#startedAt,
      url: url.href,
      method,
      httpVersion: this.#head.httpVersion,
      status,
      statusText: this.#head.statusText,
      requestHeaders: fieldsFromHead(this.#requestHead),
      headers,
      trailers: [],
      informational: this.#head.informational.map((head) => readInformational(head, this.#dispatchedAt)),
      headerBytes: this.#head.bytes,
      remote: connection?.remote ?? { address: '', port: 0 },
      reused: connection !== null && connection.requests > 1,
      stored: false,
      tls: connection?.tls ?? null,
      timings: this.#timings(),
    };
  }

  #timings(): Timings {
    const connection = this.#connection;
    return timingsOf({
      dispatchedAt: this.#dispatchedAt,
      connecting: connection?.requests === 1 ? connection.connecting : null,
      writtenAt: this.#writtenAt,
      sentAt: this.#sentAt,
      firstByteAt: this.#head.startedAt,
      endedAt: performance.now(),
    });
  }

  #succeed(isComplete: boolean): void {
    const settle = this.#settle;
    const exchange = this.#exchange;
    if (settle === null || exchange === null) return;
    this.#settle = null;
    this.#stopWaiting?.();
    this.#stopWatching?.();
    this.#progress?.end();
    const response = this.#received.concat(isComplete ? undefined : this.#head.totalBytes + MOST_UNWANTED_BYTES);
    settle.resolve({
      exchange: { ...exchange, timings: this.#timings() },
      content: isComplete ? this.#content(response) : null,
      chunks: this.#chunks.chunks,
      wire: { request: Buffer.concat([Buffer.from(this.#requestHead, 'latin1'), this.#request.content ?? Buffer.alloc(0)]), response },
    });
  }

  /** Without chunk framing the content lies in the literal bytes already: no second copy is kept. */
  #content(response: Buffer): Buffer {
    const start = this.#head.totalBytes;
    return this.#framing.kind === 'chunked' ? this.#pieces.concat() : response.subarray(start, start + this.#contentBytes);
  }

  #fail(error: Error): void {
    const settle = this.#settle;
    if (settle === null) return;
    this.#settle = null;
    this.#stopWaiting?.();
    this.#stopWatching?.();
    this.#progress?.end();
    this.#pieces.clear();
    this.#received.clear();
    settle.reject(error);
    this.#abort();
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
