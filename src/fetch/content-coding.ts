import zlib from 'node:zlib';
import { FetchError } from './fetch-error.ts';

/** Most codings that one content may carry. */
const MAX_CODINGS = 3;

/** Below this many coded bytes, undoing a coding at once costs less than a trip to another thread. */
const INLINE_BYTES = 256 * 1024;

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
  // zlib refuses a bound of 0; one byte more than allowed is refused by the length below.
  const options = { maxOutputLength: Math.max(1, maxBytes) };
  if (coding === 'br')
    return coded.length < INLINE_BYTES
      ? settle(() => zlib.brotliDecompressSync(coded, options))
      : later((done) => {
          zlib.brotliDecompress(coded, options, done);
        });
  if (coding === 'zstd')
    return coded.length < INLINE_BYTES
      ? settle(() => zlib.zstdDecompressSync(coded, options))
      : later((done) => {
          zlib.zstdDecompress(coded, options, done);
        });
  throw failed(`the content coding ${JSON.stringify(coding.slice(0, 40))} is not known; known are gzip, deflate, br and zstd`, url);
}

function settle<Value>(compute: () => Value): Promise<Value> {
  return new Promise((resolve) => {
    resolve(compute());
  });
}

function later(start: (done: (error: Error | null, result: Buffer) => void) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}

/** The first member of a gzip file; what follows it is junk that browsers tolerate. RFC 1952. */
async function gunzip(coded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const start = gzipHeaderLength(coded);
  const { buffer, engine } = await inflateWith('raw', coded.subarray(start), maxBytes);
  const trailer = new DataView(coded.buffer, coded.byteOffset + start + engine.bytesWritten);
  if (trailer.byteLength < 8) throw new Error('the gzip member is cut short');
  if (trailer.getUint32(0, true) !== zlib.crc32(buffer)) throw new Error('the checksum of the gzip member is wrong');
  return buffer;
}

/** `deflate` means the zlib format, but some servers send the bare one. RFC 9110, section 8.4.1.2. */
async function undeflate(coded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const isZlib = ((coded[0] ?? 0) & 0x0f) === 8 && (((coded[0] ?? 0) << 8) | (coded[1] ?? 0)) % 31 === 0;
  return (await inflateWith(isZlib ? 'zlib' : 'raw', coded, maxBytes)).buffer;
}

function inflateWith(format: 'raw' | 'zlib', coded: Uint8Array, maxBytes: number): Promise<Decoded> {
  const options = { maxOutputLength: Math.max(1, maxBytes), info: true };
  const [inflateNow, inflateLater] = format === 'raw' ? [zlib.inflateRawSync, zlib.inflateRaw] : [zlib.inflateSync, zlib.inflate];
  const result =
    coded.length < INLINE_BYTES
      ? settle(() => inflateNow(coded, options))
      : later((done) => {
          inflateLater(coded, options, done);
        });
  // The types do not know that `info` changes the result.
  return result as unknown as Promise<Decoded>;
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
  if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
    const detail = `undoing ${coding} gives more than ${String(maxBytes)} bytes; ask with a larger maxBytes if this server allows it: ${url}`;
    return new FetchError('RESPONSE_TOO_LARGE', detail, { url, phase: 'decode', cause: error });
  }
  return failed(`the content is declared to be ${coding}, but cannot be undone (${(error as Error).message})`, url, error);
}
