import { ChunkReader } from './chunk-reader.ts';
import type { Exchange, WireBytes } from './exchange.ts';
import { combinedValue, fieldsFromHead } from './field-lines.ts';
import { HeadReader } from './head-reader.ts';

/** The literal bytes of a response, taken apart. */
export interface MessageParts {
  /** The heads of informational responses, as they came. */
  informational: Buffer;
  /** The final head, its blank line included. */
  head: Buffer;
  /** The body as transferred, chunk framing included; bytes behind its end are no part of it. */
  body: Buffer;
  /** The body is chunked. */
  isChunked: boolean;
  /** Nothing is missing at the end of the body. */
  isComplete: boolean;
}

type Responded = Pick<Exchange, 'method' | 'status' | 'headers'>;

/** How the end of a body is found; it cannot be where the fields contradict each other. RFC 9112, section 6.3. */
export type Framing = { kind: 'none' | 'chunked' | 'until-close' | 'malformed' } | { kind: 'length'; bytes: number };

/** A `Content-Length`, which may say the same several times over; null when it is none. RFC 9110, section 8.6. */
export function declaredLength(value: string): number | null {
  const [first = '', ...more] = value.split(',').map((part) => part.trim());
  return /^\d{1,19}$/.test(first) && more.every((part) => part === first) ? Number(first) : null;
}

/** What says where the body of a response ends. https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
export function framingOf({ method, status, headers }: Responded): Framing {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  const codings = combinedValue(headers, 'transfer-encoding');
  const coding = codings?.toLowerCase() === 'identity' ? null : codings;
  const length = combinedValue(headers, 'content-length');
  // A length beside chunks is what responses are smuggled with. Of transfer codings we know chunked, and the one that once said that there is none.
  if (coding !== null) return { kind: coding.toLowerCase() === 'chunked' && length === null ? 'chunked' : 'malformed' };
  if (length === null) return { kind: 'until-close' };
  const bytes = declaredLength(length);
  return bytes === null ? { kind: 'malformed' } : { kind: 'length', bytes };
}

/**
 * Takes the literal bytes of a response apart, by what they say themselves.
 *
 * @param method - of the request
 * @param wasRead - the content was read to its end, which is what ends a body that nothing else ends
 */
export function partsOf(response: Uint8Array, method: string, wasRead: boolean): MessageParts {
  const bytes = bufferOf(response);
  const reader = new HeadReader(Infinity);
  reader.push(bytes);
  const start = reader.totalBytes;
  const rest = bytes.subarray(start);
  const head = bytes.subarray(start - reader.bytes, start);
  const lines = head.toString('latin1');
  const status = Number(/^\S+ (\d{3})/.exec(lines)?.[1] ?? 200);
  const framing = framingOf({ method, status, headers: fieldsFromHead(lines) });
  const { end, isComplete } = bodyEnd(rest, framing, wasRead);
  return {
    informational: bytes.subarray(0, start - reader.bytes),
    head,
    body: rest.subarray(0, end),
    isChunked: framing.kind === 'chunked',
    isComplete,
  };
}

function bodyEnd(rest: Buffer, framing: Framing, wasRead: boolean): { end: number; isComplete: boolean } {
  if (framing.kind === 'none') return { end: 0, isComplete: true };
  if (framing.kind === 'length') return { end: Math.min(framing.bytes, rest.length), isComplete: rest.length >= framing.bytes };
  if (framing.kind === 'until-close' || framing.kind === 'malformed') return { end: rest.length, isComplete: wasRead };
  const { bytes, isComplete } = chunksOf(rest);
  // What is not in chunks has no end of its own.
  return { end: isComplete ? bytes : rest.length, isComplete };
}

/** The content of a body: its chunk framing undone, as far as it goes; its content codings not. */
export function contentOfBody({ body, isChunked }: MessageParts): Buffer {
  return isChunked ? chunksOf(body).content() : body;
}

function chunksOf(body: Buffer): ChunkReader {
  const reader = new ChunkReader();
  reader.push(body);
  return reader;
}

/** The literal bytes of a request: its head, blank line included, and its content. */
export function requestParts({ request }: WireBytes): { head: Buffer; content: Buffer } {
  const bytes = bufferOf(request);
  const blank = bytes.indexOf('\r\n\r\n');
  const end = blank === -1 ? bytes.length : blank + 4;
  return { head: bytes.subarray(0, end), content: bytes.subarray(end) };
}

/** The same bytes, as a Buffer. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
