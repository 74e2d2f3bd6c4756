import { text } from '../scenarios/response.ts';
import { bytes, type Hostile, inPieces, reads, row, thenEnds } from './hostile.ts';

const HELLO = reads('hello');
const FIRST = text('hello');
const SECOND = text('poison');

/** Bytes that a kept connection would give to the next request, and connections that are not as kept as they seem. */
export const connections: readonly Hostile[] = [
  row('a second response behind the first', bytes(FIRST, SECOND), HELLO),
  row('a second response 30 ms after the first', inPieces(30, FIRST, SECOND), HELLO, { settlesMs: 100 }),
  row('a hundred responses behind the first', bytes(FIRST, ...Array.from({ length: 100 }, () => SECOND)), HELLO),
  row(
    'a second response behind the last chunk',
    bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n', SECOND),
    HELLO,
  ),
  row('half a second response behind the first', bytes(FIRST, 'HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\npoi'), HELLO),
  row('junk behind the response', bytes(FIRST, '\0\x01\x02 junk'), HELLO),
  row('blank lines behind the response', bytes(FIRST, '\r\n\r\n'), HELLO),
  row('a 103 behind the response', bytes(FIRST, 'HTTP/1.1 103 Early Hints\r\n\r\n'), HELLO),
  row('a content on a 204', bytes('HTTP/1.1 204 No Content\r\n\r\n', SECOND), reads('', 204)),
  row('a length and a content on a 204', bytes('HTTP/1.1 204 No Content\r\nContent-Length: 6\r\n\r\npoison'), reads('', 204)),
  row('chunks on a 204', bytes('HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n6\r\npoison\r\n0\r\n\r\n'), reads('', 204)),
  row('a content on a 304', bytes('HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\npoison'), reads('', 304)),
  row('a content on a 205', bytes('HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello'), reads('hello', 205)),
  row('a response before the request', FIRST, reads('early'), {
    greets: (connection) => {
      void connection.write(text('early'));
      return false;
    },
  }),
  row(
    '408 on a connection that waits',
    inPieces(30, FIRST, 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
    HELLO,
    { settlesMs: 100 },
  ),
  row('the end right after the response', thenEnds(FIRST), HELLO),
  row(
    'a reset soon after the response',
    async (_request, connection) => {
      await connection.write(FIRST);
      await connection.pause(20);
      connection.reset();
      return undefined;
    },
    HELLO,
  ),
  row(
    'a connection kept for no second',
    text('hello', [
      ['Keep-Alive', 'timeout=0'],
      ['Connection', 'keep-alive'],
    ]),
    HELLO,
  ),
  row(
    'a connection kept for ages',
    text('hello', [
      ['Keep-Alive', `timeout=${'9'.repeat(400)}`],
      ['Connection', 'keep-alive'],
    ]),
    HELLO,
  ),
  row('a Connection field that names every field', text('hello', [['Connection', 'Content-Length, Content-Type, Host']]), HELLO),
];
