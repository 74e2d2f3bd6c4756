import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type Fields, response, type Scenario, type Scenarios } from './response.ts';

/** The content of every sound page under `/coding`. */
export const CODED_PAGE = `<!DOCTYPE html><title>Coded</title>\n${'<p><a href="page2.htm">Second Page</a></p>\n'.repeat(200)}`;

/** What the bombs decode to: 24 MiB of zeros, past the 20 MiB that one retrieval may bring back. */
const ZEROS = Buffer.alloc(24 * 1024 * 1024);

const HTML: Fields = [['Content-Type', 'text/html; charset=utf-8']];
const gzipped = gzipSync(CODED_PAGE);

function coded(coding: string, content: Uint8Array): Buffer {
  return response(content, [...HTML, ['Content-Encoding', coding]]);
}

function bomb(coding: string, compress: (content: Uint8Array) => Buffer): Scenario {
  let built: Buffer | undefined;
  return () => (built ??= response(compress(ZEROS), [['Content-Encoding', coding]]));
}

function flipped(content: Buffer, index: number): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(index) ^ 0xff, index);
  return copy;
}

/** Content codings, sound and unsound. */
export const codings: Scenarios = {
  '/coding/identity': coded('identity', Buffer.from(CODED_PAGE)),
  '/coding/gzip': coded('gzip', gzipped),
  '/coding/x-gzip': coded('x-gzip', gzipped),
  '/coding/upper-case': coded('GZIP', gzipped),
  '/coding/br': coded('br', brotliCompressSync(CODED_PAGE)),
  '/coding/zstd': coded('zstd', zstdCompressSync(CODED_PAGE)),
  '/coding/deflate': coded('deflate', deflateSync(CODED_PAGE)),
  '/coding/deflate-raw': coded('deflate', deflateRawSync(CODED_PAGE)),
  '/coding/two': coded('gzip, br', brotliCompressSync(gzipped)),
  '/coding/two-fields': response(brotliCompressSync(gzipped), [...HTML, ['Content-Encoding', 'gzip'], ['Content-Encoding', 'br']]),
  '/coding/four': coded('gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipped)))),
  '/coding/unknown': coded('rot13', Buffer.from(CODED_PAGE)),
  '/coding/gzip-junk': coded('gzip', Buffer.concat([gzipped, Buffer.from('junk after the member')])),
  '/coding/gzip-truncated': coded('gzip', gzipped.subarray(0, Math.floor(gzipped.length / 2))),
  '/coding/gzip-no-trailer': coded('gzip', gzipped.subarray(0, -8)),
  '/coding/gzip-bad-crc': coded('gzip', flipped(gzipped, gzipped.length - 6)),
  '/coding/gzip-corrupt': coded('gzip', flipped(gzipped, 20)),
  '/coding/br-truncated': coded('br', brotliCompressSync(CODED_PAGE).subarray(0, 40)),
  '/coding/zstd-truncated': coded('zstd', zstdCompressSync(CODED_PAGE).subarray(0, 40)),
  '/coding/not-gzip': coded('gzip', Buffer.from(CODED_PAGE)),
  '/coding/gzip-empty': coded('gzip', new Uint8Array()),
  '/coding/br-empty': coded('br', new Uint8Array()),
  '/coding/gzip-no-content': response('', [['Content-Encoding', 'gzip']], '404 Not Found'),
  '/coding/bomb-gzip': bomb('gzip', gzipSync),
  '/coding/bomb-br': bomb('br', brotliCompressSync),
  '/coding/bomb-zstd': bomb('zstd', zstdCompressSync),
  '/coding/bomb-deflate': bomb('deflate', deflateSync),
  '/coding/bomb-nested': bomb('gzip, gzip', (content) => gzipSync(gzipSync(content))),
};
