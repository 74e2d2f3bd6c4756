import zlib from 'node:zlib';
import { FetchError } from './fetch-error.ts';

/** Most codings that one content may carry. */
const MAX_CODINGS = 3;

/** Windows of zstd are at most 8 MiB in a content coding. RFC 9659, section 2. */
const ZSTD_WINDOW = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };

/** Undoing a coding at once costs less than a trip to another thread, as long as this many coded bytes do not become more than so many. */
const INLINE_BYTES = 256 * 1024;
const INLINE_OUTPUT = 1024 * 1024;

/** How much may come out. */
interface Bound {
  maxOutputLength: number;
}

/** What `info: true` makes of a result: how many coded bytes it took. */
interface Decoded {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/**
 * The content codings of a `Content-Encoding` value, in the order in which they were applied. `identity` codes nothing.
 * RFC 9110, section 8.4.
 */
export function contentCodings(value: string | null): string[] {
  return (value ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Undoes the content codings of a whole content: gzip, deflate, br and zstd, at most three of them.
 *
 * @throws FetchError `CONTENT_CODING_FAILED`, or `RESPONSE_TOO_LARGE` once more than `maxBytes` come out.
 */
export async function decodeContent(coded: Uint8Array, contentEncoding: string | null, maxBytes: number, url: string): Promise<Uint8Array> {
  const codings = contentCodings(contentEncoding);
  // A content of no bytes is what HEAD, 204, 304 and some servers' errors have, whatever they declare.
  if (codings.length === 0 || coded.length === 0) return coded;
  if (codings.length > MAX_CODINGS) throw failed(`more than ${String(MAX_CODINGS)} content codings (${codings.join(', ')})`, url);
  let content = coded;
  for (const coding of codings.reverse()) {
    try {
      content = await decodeOne(coding, content, maxBytes, url);
    } catch (error) {
      throw asFetchError(error, coding, maxBytes, url);
    }
  }
  return content;
}

function decodeOne(coding: string, coded: Uint8Array, maxBytes: number, url: string): Promise<Uint8Array> {
  if (coding === 'gzip' || coding === 'x-gzip') return gunzip(coded, maxBytes);
  if (coding === 'deflate') return undeflate(coded, maxBytes);
  if (coding === 'br') return undo(zlib.brotliDecompressSync, zlib.brotliDecompress, coded, maxBytes, {});
  if (coding === 'zstd') return undo(zlib.zstdDecompressSync, zlib.zstdDecompress, coded, maxBytes, { params: ZSTD_WINDOW });
  throw failed(`the content coding ${JSON.stringify(coding.slice(0, 40))} is not known; known are gzip, deflate, br and zstd`, url);
}

/** Undoes one coding at once, or in another thread where that would hold up everybody else. */
async function undo<Options extends object>(
  now: (coded: Uint8Array, options: Options & Bound) => Buffer,
  later: (coded: Uint8Array, options: Options & Bound, done: (error: Error | null, result: Buffer) => void) => void,
  coded: Uint8Array,
  maxBytes: number,
  options: Options,
): Promise<Buffer> {
  // zlib refuses a bound of 0.
  const bound = Math.max(1, maxBytes);
  if (coded.length < INLINE_BYTES) {
    try {
      return now(coded, { ...options, maxOutputLength: Math.min(bound, INLINE_OUTPUT) });
    } catch (error) {
      if (bound <= INLINE_OUTPUT || !isTooLarge(error)) throw error;
    }
  }
  return new Promise((resolve, reject) => {
    later(coded, { ...options, maxOutputLength: bound }, (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}

function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** The first member of a gzip file; what follows it is junk that browsers tolerate. RFC 1952. */
async function gunzip(coded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const start = gzipHeaderLength(coded);
  const { buffer, engine } = await inflateWith('raw', coded.subarray(start), maxBytes);
  const trailer = new DataView(coded.buffer, coded.byteOffset + start + engine.bytesWritten);
  if (trailer.byteLength < 8) throw new Error('the gzip member is cut short');
  if (trailer.getUint32(0, true) !== zlib.crc32(buffer)) throw new Error('the checksum of the gzip member is wrong');
  if (trailer.getUint32(4, true) !== buffer.length % 2 ** 32) throw new Error('the length of the gzip member is wrong');
  return buffer;
}

/** `deflate` means the zlib format, but some servers send the bare one. RFC 9110, section 8.4.1.2. */
async function undeflate(coded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const isZlib = ((coded[0] ?? 0) & 0x0f) === 8 && (((coded[0] ?? 0) << 8) | (coded[1] ?? 0)) % 31 === 0;
  return (await inflateWith(isZlib ? 'zlib' : 'raw', coded, maxBytes)).buffer;
}

async function inflateWith(format: 'raw' | 'zlib', coded: Uint8Array, maxBytes: number): Promise<Decoded> {
  const [now, later] = format === 'raw' ? [zlib.inflateRawSync, zlib.inflateRaw] : [zlib.inflateSync, zlib.inflate];
  // The types do not know that `info` changes the result.
  return (await undo(now, later, coded, maxBytes, { info: true })) as unknown as Decoded;
}

/** Length of a gzip member's header. RFC 1952, section 2.3. */
function gzipHeaderLength(bytes: Uint8Array): number {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) throw new Error('this is not gzip');
  const flags = bytes[3] ?? 0;
  let position = 10;
  if ((flags & 4) !== 0) position += 2 + (bytes[position] ?? 0) + ((bytes[position + 1] ?? 0) << 8);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, position);
    if (end === -1) throw new Error('the gzip header is cut short');
    position = end + 1;
  }
  if ((flags & 2) !== 0) position += 2;
  if (position > bytes.length) throw new Error('the gzip header is cut short');
  return position;
}

function failed(what: string, url: string, cause?: unknown): FetchError {
  return new FetchError('CONTENT_CODING_FAILED', `${what}: ${url}`, { url, phase: 'decode', cause });
}

function asFetchError(error: unknown, coding: string, maxBytes: number, url: string): FetchError {
  if (error instanceof FetchError) return error;
  if (isTooLarge(error)) {
    const detail = `undoing ${coding} gives more than ${String(maxBytes)} bytes; ask with a larger maxBytes if this server allows it: ${url}`;
    return new FetchError('RESPONSE_TOO_LARGE', detail, { url, phase: 'decode', cause: error });
  }
  return failed(`the content is declared to be ${coding}, but cannot be undone (${(error as Error).message})`, url, error);
}
