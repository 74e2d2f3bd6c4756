import { bytes, endless, head, type Hostile, malformed, reads, row, SOON, thenEnds, timeout, tooLarge } from './hostile.ts';

const OK = 'HTTP/1.1 200 OK';
const CHUNKED = 'Transfer-Encoding: chunked';
const HELLO = reads('hello');
const BAD_HEAD = malformed('firstByte');
const BAD_CHUNKS = malformed('download');
const LARGE = tooLarge('download');
const LAST = '0\r\n\r\n';

function length(...values: readonly string[]): Buffer {
  return head(OK, ...values.map((value) => `Content-Length: ${value}`));
}

function chunked(body: string): Buffer {
  return bytes(`${OK}\r\n${CHUNKED}\r\n\r\n${body}`);
}

/** How long the content is said to be. RFC 9112, section 6.3. */
const lengths: readonly Hostile[] = [
  row('two lengths that differ', length('5', '3'), BAD_HEAD),
  row('the same length twice', length('5', '5'), BAD_HEAD, { over10: HELLO }),
  row('a list of equal lengths', length('5, 5'), BAD_HEAD, { over10: HELLO }),
  row('a list of lengths that differ', length('5, 3'), BAD_HEAD),
  row('a negative length', length('-5'), BAD_HEAD),
  row('length +5', length('+5'), BAD_HEAD),
  row('length 0x5', length('0x5'), BAD_HEAD),
  row('length 5.0', length('5.0'), BAD_HEAD),
  row('length 5e0', length('5e0'), BAD_HEAD),
  row('an empty length', length(''), BAD_HEAD),
  row('a length in words', length('five'), BAD_HEAD),
  row('a length of 2^53', length('9007199254740992'), LARGE),
  row('a length of 2^64 + 5', length('18446744073709551621'), malformed('firstByte')),
  row('a length of 400 digits', length('9'.repeat(400)), malformed('firstByte')),
  row('a length just beyond maxBytes', length('1000001'), LARGE, { query: { maxBytes: 1_000_000 } }),
  row('a length of 500 and 5 bytes, then the end', thenEnds(length('500')), BAD_CHUNKS),
  row('more bytes than the length says', bytes(length('5'), ' and goodbye'), HELLO),
];

/** Transfer codings. RFC 9112, sections 6.1 and 7. */
const codings: readonly Hostile[] = [
  row('a length beside chunks', head(OK, 'Content-Length: 5', CHUNKED), BAD_HEAD),
  row('chunks beside a length', head(OK, CHUNKED, 'Content-Length: 5'), BAD_HEAD),
  row('chunked said in two fields', bytes(`${OK}\r\n${CHUNKED}\r\n${CHUNKED}\r\n\r\n5\r\nhello\r\n${LAST}`), BAD_HEAD),
  row('chunked, chunked', head(OK, 'Transfer-Encoding: chunked, chunked'), BAD_HEAD),
  row('transfer coding identity', thenEnds(head(OK, 'Transfer-Encoding: identity')), HELLO),
  row('transfer coding xchunked', thenEnds(head(OK, 'Transfer-Encoding: xchunked')), BAD_HEAD),
  row('transfer coding gzip, chunked', bytes(`${OK}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n${LAST}`), BAD_HEAD),
  row('transfer coding chunked, gzip', thenEnds(head(OK, 'Transfer-Encoding: chunked, gzip')), BAD_HEAD),
  row('an empty transfer coding', thenEnds(head(OK, 'Transfer-Encoding:')), BAD_HEAD),
  row('a vertical tab before chunked', head(OK, 'Transfer-Encoding: \x0bchunked'), BAD_HEAD),
  row('chunks in HTTP/1.0, the connection kept', bytes(`HTTP/1.0 200 OK\r\n${CHUNKED}\r\n\r\n5\r\nhello\r\n${LAST}`), HELLO),
];

/** Chunks. RFC 9112, section 7.1. */
const chunks: readonly Hostile[] = [
  row('a chunk size that is not hexadecimal', chunked(`zz\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('a negative chunk size', chunked(`1\r\nx\r\n-5\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('chunk size 0x5', chunked(`0x5\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('chunk size +5', chunked(`+5\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('an empty chunk size', chunked(`\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('a chunk size beyond 64 bits', chunked('fffffffffffffffff\r\nhello'), BAD_CHUNKS),
  row('a chunk size of 2^52 - 1, then the end', thenEnds(chunked('fffffffffffff\r\nhello')), BAD_CHUNKS),
  row('a chunk longer than its size', chunked(`5\r\nhelloXX\r\n${LAST}`), BAD_CHUNKS),
  row('no CRLF after a chunk', chunked(`5\r\nhello${LAST}`), BAD_CHUNKS),
  row('LF alone after a chunk size', chunked(`5\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('LF alone after a chunk', chunked(`5\r\nhello\n${LAST}`), BAD_CHUNKS),
  row('a space before a chunk size', chunked(` 5\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('LF in a chunk extension', chunked(`5;a\n\r\nhello\r\n${LAST}`), BAD_CHUNKS),
  row('a chunk extension without end', endless(chunked('5;'), 'x'.repeat(8192)), LARGE),
  row('chunk extensions without end', endless(chunked(''), `1;${'x'.repeat(8192)}\r\nx\r\n`), LARGE),
  row('a chunk size of zeros without end', endless(chunked(''), '0'.repeat(8192)), LARGE),
  row('chunks without end', endless(chunked(''), `8000\r\n${'x'.repeat(0x8000)}\r\n`), LARGE),
  row('chunks of one byte without end', endless(chunked(''), '1\r\nx\r\n'.repeat(4000)), LARGE),
  row('no last chunk, then the end', thenEnds(chunked('5\r\nhello\r\n')), BAD_CHUNKS),
  row('no last chunk, then silence', chunked('5\r\nhello\r\n'), timeout('download'), SOON),
  row('100,000 chunks of one byte', chunked(`${'1\r\nx\r\n'.repeat(100_000)}${LAST}`), reads('x'.repeat(100_000))),
];

/** What follows the last chunk. RFC 9112, section 7.1.2. */
const trailers: readonly Hostile[] = [
  row('a trailer section', chunked('5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n'), HELLO),
  row('a length in the trailer section', chunked('5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n'), BAD_CHUNKS, { over10: HELLO }),
  row('a transfer coding in the trailer section', chunked('5\r\nhello\r\n0\r\nTransfer-Encoding: identity\r\n\r\n'), HELLO),
  row('a line in the trailer section that is no field', chunked('5\r\nhello\r\n0\r\nno field\r\n\r\n'), BAD_CHUNKS),
  row('a trailer section without end', endless(chunked('5\r\nhello\r\n0\r\n'), 'X-More: and more\r\n'.repeat(200)), LARGE),
  row('a trailer field without end', endless(chunked('5\r\nhello\r\n0\r\nX-Long: '), 'x'.repeat(4096)), LARGE),
  row('a trailer section cut short', thenEnds(chunked('5\r\nhello\r\n0\r\nX-Sum: 4')), BAD_CHUNKS),
  row('a trailer section and then silence', chunked('5\r\nhello\r\n0\r\nX-Sum: 42\r\n'), timeout('download'), SOON),
];

export const framings: readonly Hostile[] = [...lengths, ...codings, ...chunks, ...trailers];
