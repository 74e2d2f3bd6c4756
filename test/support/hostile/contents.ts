import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { response } from '../scenarios/response.ts';
import { badCoding, type Expected, type Hostile, reads, row, tooLarge } from './hostile.ts';

const TEXT = 'hello, hello, hello, hello';
const HELLO = reads(TEXT);
const UNDOABLE = badCoding('decode');
const BOMB = tooLarge('decode');
/** Past the limit of content that the table is asked with. */
const ZEROS = Buffer.alloc(30_000_000);
const gzipped = gzipSync(TEXT);

function coded(name: string, coding: string, content: Uint8Array, expected: Expected): Hostile {
  return row(
    name,
    response(content, [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', coding],
    ]),
    expected,
  );
}

/** One level of compression alone: what is asked is whether it is stopped. */
function lazily(name: string, coding: string, compress: (zeros: Uint8Array) => Buffer): Hostile {
  let built: Buffer | undefined;
  return row(name, () => (built ??= response(compress(ZEROS), [['Content-Encoding', coding]])), BOMB);
}

function changed(content: Uint8Array, index: number): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(index) ^ 0xff, index);
  return copy;
}

/** A frame whose window is 128 MiB, and in it a raw block. RFC 8878, section 3.1.1; RFC 9659 allows 8 MiB. */
const WIDE_WINDOW = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, (TEXT.length << 3) | 1, 0, 0]), Buffer.from(TEXT)]);

const brotliFast = (content: Uint8Array): Buffer => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });

/** Content codings. RFC 9110, section 8.4. */
export const contents: readonly Hostile[] = [
  lazily('a bomb in gzip', 'gzip', gzipSync),
  lazily('a bomb in deflate', 'deflate', deflateSync),
  lazily('a bomb in raw deflate', 'deflate', deflateRawSync),
  lazily('a bomb in br', 'br', brotliFast),
  lazily('a bomb in zstd', 'zstd', zstdCompressSync),
  lazily('a bomb within a bomb', 'gzip, gzip', (zeros) => gzipSync(gzipSync(zeros))),
  lazily('a bomb within two others', 'br, zstd, gzip', (zeros) => gzipSync(zstdCompressSync(brotliFast(zeros)))),
  coded('two codings', 'gzip, br', brotliCompressSync(gzipped), HELLO),
  coded('three codings', 'gzip, br, zstd', zstdCompressSync(brotliCompressSync(gzipped)), HELLO),
  coded('four codings', 'gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipped))), UNDOABLE),
  coded('1,000 codings', Array.from({ length: 1000 }, () => 'gzip').join(','), gzipped, UNDOABLE),
  coded('plain text said to be gzip', 'gzip', Buffer.from(TEXT), UNDOABLE),
  coded('plain text said to be deflate', 'deflate', Buffer.from(TEXT), UNDOABLE),
  coded('gzip said to be br', 'br', gzipped, UNDOABLE),
  coded('gzip said to be zstd', 'zstd', gzipped, UNDOABLE),
  coded('zstd said to be gzip', 'gzip', zstdCompressSync(TEXT), UNDOABLE),
  coded('plain text said to be identity', 'identity', Buffer.from(TEXT), HELLO),
  coded('an unknown coding', 'rot13', Buffer.from(TEXT), UNDOABLE),
  coded('a coding named constructor', 'constructor', Buffer.from(TEXT), UNDOABLE),
  coded('gzip cut short', 'gzip', gzipped.subarray(0, gzipped.length / 2), UNDOABLE),
  coded('gzip cut within its header', 'gzip', gzipped.subarray(0, 5), UNDOABLE),
  coded('gzip without its checksum', 'gzip', gzipped.subarray(0, -8), UNDOABLE),
  coded('gzip with a wrong checksum', 'gzip', changed(gzipped, gzipped.length - 6), UNDOABLE),
  coded('gzip with a wrong length', 'gzip', changed(gzipped, gzipped.length - 2), UNDOABLE),
  coded(
    'gzip whose header names more than there is',
    'gzip',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0, 0xff, 0xff])]),
    UNDOABLE,
  ),
  coded('gzip and then junk', 'gzip', Buffer.concat([gzipped, Buffer.from('junk')]), HELLO),
  coded('two members of gzip: browsers read the first', 'gzip', Buffer.concat([gzipped, gzipped]), HELLO),
  coded('nothing said to be gzip', 'gzip', Buffer.alloc(0), reads('')),
  coded('gzip of nothing', 'gzip', gzipSync(''), reads('')),
  coded('zstd with a window of 128 MiB', 'zstd', WIDE_WINDOW, UNDOABLE),
  coded('zstd cut short', 'zstd', zstdCompressSync(TEXT).subarray(0, 12), UNDOABLE),
  coded('br cut short', 'br', brotliCompressSync(TEXT).subarray(0, 8), UNDOABLE),
  coded('deflate cut short', 'deflate', deflateSync(TEXT).subarray(0, 8), UNDOABLE),
];
