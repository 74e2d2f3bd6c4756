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

/** How the end of a body is found. RFC 9112, section 6.3. */
export type Framing = { kind: 'none' | 'chunked' | 'until-close' } | { kind: 'length'; bytes: number };

/** What says where the body of a response ends. https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
export function framingOf({ method, status, headers }: Responded): Framing {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  const coding = combinedValue(headers, 'transfer-encoding');
  if (coding !== null) return { kind: /(^|,)\s*chunked\s*$/i.test(coding) ? 'chunked' : 'until-close' };
  const length = combinedValue(headers, 'content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? { kind: 'length', bytes: Number(length) } : { kind: 'until-close' };
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
  if (framing.kind === 'until-close') return { end: rest.length, isComplete: wasRead };
  const { end, isComplete } = readChunks(rest);
  return { end, isComplete };
}

/** The content of a body: its chunk framing undone, its content codings not. */
export function contentOfBody({ body, isChunked }: MessageParts): Buffer {
  return isChunked ? Buffer.concat(readChunks(body).pieces) : body;
}

const LF = 10;

/** Reads chunks as far as they go, the trailer section included. https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
export function readChunks(body: Buffer): { pieces: Buffer[]; end: number; isComplete: boolean } {
  const pieces: Buffer[] = [];
  let position = 0;
  for (;;) {
    const line = body.indexOf(LF, position) + 1;
    const size = line === 0 ? NaN : parseInt(body.toString('latin1', position, Math.min(line, position + 20)), 16);
    if (Number.isNaN(size)) return { pieces, end: body.length, isComplete: false };
    if (size === 0) return { pieces, ...trailerEnd(body, line) };
    pieces.push(body.subarray(line, line + size));
    position = body.indexOf(LF, line + size) + 1;
    if (position === 0) return { pieces, end: body.length, isComplete: false };
  }
}

/** Field lines may follow the last chunk; a blank line ends them. RFC 9112, section 7.1.2. */
function trailerEnd(body: Buffer, start: number): { end: number; isComplete: boolean } {
  let position = start;
  for (;;) {
    const next = body.indexOf(LF, position) + 1;
    if (next === 0) return { end: body.length, isComplete: false };
    if (next - position <= 2 && body.toString('latin1', position, next).trim() === '') return { end: next, isComplete: true };
    position = next;
  }
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
