import { selfSigned } from '../certificate.ts';
import { type OriginConnection, text } from '../scenarios/response.ts';
import {
  badTls,
  bytes,
  endless,
  head,
  type Hostile,
  malformed,
  reads,
  reset,
  row,
  SOON,
  takesOver,
  thenEnds,
  thenResets,
  timeout,
  tooLarge,
} from './hostile.ts';

const identity = selfSigned('hostile.example');
const HELLO = text('hello');
const BAD = badTls('tls');
const OK = 'HTTP/1.1 200 OK';
/** A fatal alert, handshake_failure. RFC 8446, section 6. */
const ALERT = bytes('\x15\x03\x03\x00\x02\x02\x28');

function greeting(name: string, expected: Hostile['expected'], play: (connection: OriginConnection) => unknown, query = {}): Hostile {
  return row(name, HELLO, expected, { tls: identity, greets: takesOver(play), head: expected, query: { insecureTls: true, ...query } });
}

function within(name: string, plays: Hostile['plays'], expected: Hostile['expected'], query = {}): Hostile {
  return row(name, plays, expected, { tls: identity, query: { insecureTls: true, ...query } });
}

/** What an https port does instead of a handshake, and hostile responses within TLS. */
export const handshakes: readonly Hostile[] = [
  greeting('HTTP on the port of https', BAD, (connection) => connection.write(HELLO)),
  greeting('a fatal alert', BAD, (connection) => connection.write(ALERT)),
  greeting('junk in place of a handshake', BAD, (connection) => connection.write(Buffer.alloc(5000, 0xff))),
  greeting('a record of 64 KiB in place of a handshake', BAD, (connection) =>
    connection.write(bytes('\x16\x03\x03\xff\xff', 'x'.repeat(70_000))),
  ),
  greeting('the end in place of a handshake', BAD, (connection) => {
    connection.end();
  }),
  greeting('a reset in place of a handshake', BAD, async (connection) => {
    await connection.pause(700);
    connection.reset();
  }),
  greeting('silence in place of a handshake', timeout('tls'), () => undefined, SOON.query),
  greeting(
    'a handshake that drips',
    timeout('tls'),
    async (connection) => {
      await connection.write('\x16\x03\x03\x10\x00');
      while ((await connection.write('\x02')) && (await connection.pause(20)));
    },
    SOON.query,
  ),
  within('fields without end, over TLS', endless(`${OK}\r\n`, 'X-More: and more\r\n'.repeat(200)), tooLarge('firstByte')),
  within('a bad chunk size, over TLS', bytes(`${OK}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`), malformed('download')),
  within('the end within the content, over TLS', thenEnds(head(OK, 'Content-Length: 500')), malformed('download')),
  within('a reset within the content, over TLS', thenResets(head(OK, 'Content-Length: 500')), reset('download')),
  within('silence, over TLS', () => undefined, timeout('firstByte'), SOON.query),
  within('a content without end, over TLS', endless(`${OK}\r\n\r\n`, 'x'.repeat(16_000)), tooLarge('download')),
  within('a second response behind the first, over TLS', bytes(HELLO, text('poison')), reads('hello')),
];
