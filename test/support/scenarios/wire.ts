import { gzipSync } from 'node:zlib';
import { bare, type Fields, latin1, response, type Scenario, type Scenarios, text } from './response.ts';

const CLOSE = ['Connection', 'close'] as const;
const CHUNKED = ['Transfer-Encoding', 'chunked'] as const;

function chunks(...pieces: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat([
    ...pieces.flatMap((piece) => [latin1(`${Buffer.byteLength(piece).toString(16)}\r\n`), Buffer.from(piece as string), latin1('\r\n')]),
    latin1('0\r\n\r\n'),
  ]);
}

function chunked(fields: Fields, ...pieces: readonly (string | Uint8Array)[]): Buffer {
  return bare('200 OK', [...fields, CHUNKED, CLOSE], chunks(...pieces));
}

/** "もし" in UTF-8: the first chunk ends within a character. */
const MOSHI = Buffer.from('e38282e38197', 'hex');

/** A server that knows methods by their spelling. */
const methods: Scenario = ({ method }) =>
  ['GET', 'HEAD', 'POST'].includes(method) ? text('known\n') : text(`${method} is not implemented\n`, [CLOSE], '501 Not Implemented');

/** What shows best as literal bytes. */
export const literal: Scenarios = {
  '/wire/methods': methods,
  '/wire/split-character': chunked([['Content-Type', 'text/plain; charset=utf-8']], MOSHI.subarray(0, 4), MOSHI.subarray(4)),
  '/wire/windows-1252': chunked([['Content-Type', 'text/plain; charset=windows-1252']], latin1('caf\xe9'), latin1(' \x80 5')),
  '/wire/utf-16': chunked([['Content-Type', 'text/plain; charset=utf-16le']], Buffer.from('text', 'utf16le')),
  '/wire/gzip': response(gzipSync('coded'), [['Content-Type', 'text/plain'], ['Content-Encoding', 'gzip'], CLOSE]),
  '/wire/gzip-chunked': chunked(
    [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', 'gzip'],
    ],
    gzipSync('coded and chunked').subarray(0, 20),
    gzipSync('coded and chunked').subarray(20),
  ),
  '/wire/trailers': bare('200 OK', [CHUNKED, ['Trailer', 'X-Sum']], '5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n'),
  '/wire/latin1-head': text('hello\n', [['X-City', 'Z\xfcrich'], CLOSE]),
  '/wire/small-image': response(Buffer.from('89504e470d0a1a0a00000000000000000000', 'hex'), [['Content-Type', 'image/png'], CLOSE]),
  '/wire/cookies': text('hello\n', [
    ['Set-Cookie', 'a=1; Path=/; HttpOnly; Expires=Wed, 01 Jan 2031 00:00:00 GMT'],
    ['Set-Cookie', 'b=2; Domain=127.0.0.1; Secure; SameSite=Lax'],
    ['Set-Cookie', ''],
  ]),
  '/wire/moved': bare(
    '302 Found',
    [
      ['Location', '/wire/methods?a=1&b=%C3%A9'],
      ['Content-Length', '6'],
    ],
    'moved\n',
  ),
  // Ends neither the connection nor the retrieval of who counts bytes.
  '/wire/stays-open': text('complete\n'),
  '/wire/hints': Buffer.concat([latin1('HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n'), text('after hints\n', [CLOSE])]),
};
