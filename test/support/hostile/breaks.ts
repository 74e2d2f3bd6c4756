import {
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

const OK = 'HTTP/1.1 200 OK';
const LONG = head(OK, 'Content-Length: 500');
const CHUNKED = `${OK}\r\nTransfer-Encoding: chunked\r\n\r\n`;
const BEFORE = reset('firstByte', 'request', 'tcp');
const IN_HEAD = reset('firstByte');
const IN_CONTENT = reset('download');
const CUT_SHORT = malformed('download');
/** More than the buffers of a connection hold. */
const MUCH = 'x'.repeat(8_000_000);
const ROOM = { query: { maxBytes: 10_000_000 } } as const;

/** Where a connection may break, and what had been sent by then. */
const POINTS: readonly (readonly [point: string, sent: string | Uint8Array])[] = [
  ['within the status line', 'HTTP/1.1 20'],
  ['within the head', `${OK}\r\nContent-Le`],
  ['between the lines of the head', `${OK}\r\nContent-Length: 5\r\n`],
];
const POINTS_IN_CONTENT: readonly (readonly [point: string, sent: string | Uint8Array])[] = [
  ['after the head', `${OK}\r\nContent-Length: 5\r\n\r\n`],
  ['within the content', LONG],
  ['within a chunk size', `${CHUNKED}5\r\nhello\r\n1`],
  ['within a chunk', `${CHUNKED}5\r\nhel`],
  ['after a chunk', `${CHUNKED}5\r\nhello\r\n`],
  ['within the last chunk', `${CHUNKED}5\r\nhello\r\n0\r\n`],
];

/** The end of a connection before that of the response. */
const ends: readonly Hostile[] = [
  row('the end upon connecting', head(OK, 'Content-Length: 5'), BEFORE, {
    greets: takesOver((connection) => {
      connection.end();
    }),
  }),
  row('the end upon the request', thenEnds(), BEFORE),
  ...POINTS.map(([point, sent]) => row(`the end ${point}`, thenEnds(sent), reset('firstByte'))),
  ...POINTS_IN_CONTENT.map(([point, sent]) => row(`the end ${point}`, thenEnds(sent), CUT_SHORT)),
  row('8 MB of 9 at once, then the end', thenEnds(`${OK}\r\nContent-Length: 9000000\r\n\r\n`, MUCH), CUT_SHORT, ROOM),
];

const resets: readonly Hostile[] = [
  row('a reset upon connecting', head(OK, 'Content-Length: 5'), BEFORE, {
    greets: takesOver((connection) => {
      connection.reset();
    }),
  }),
  row('a reset upon the request', thenResets(), BEFORE),
  ...POINTS.map(([point, sent]) => row(`a reset ${point}`, thenResets(sent), IN_HEAD)),
  ...POINTS_IN_CONTENT.map(([point, sent]) => row(`a reset ${point}`, thenResets(sent), IN_CONTENT)),
  row('a reset within a content that the connection would end', thenResets(head(OK, 'Connection: close')), IN_CONTENT),
  row('8 MB of 9 at once, then a reset', thenResets(`${OK}\r\nContent-Length: 9000000\r\n\r\n`, MUCH), IN_CONTENT, ROOM),
  row('8 MB that the connection would end, then a reset', thenResets(`${OK}\r\nConnection: close\r\n\r\n`, MUCH), IN_CONTENT, ROOM),
];

/** Nothing more comes, or too slowly, or without end. */
const waits: readonly Hostile[] = [
  row('silence upon connecting', head(OK, 'Content-Length: 5'), timeout('firstByte'), { ...SOON, greets: takesOver(() => undefined) }),
  row('silence upon the request', () => undefined, timeout('firstByte'), SOON),
  row('silence within the status line', bytes('HTTP/1.1 2'), timeout('firstByte'), SOON),
  row('silence within the head', bytes(`${OK}\r\nContent-Le`), timeout('firstByte'), SOON),
  row('silence after the head', bytes(`${OK}\r\nContent-Length: 5\r\n\r\n`), timeout('download'), SOON),
  row('silence within the content', LONG, timeout('download'), SOON),
  row('silence within a chunk', bytes(`${CHUNKED}5\r\nhel`), timeout('download'), SOON),
  row('a content that drips, a byte every 20 ms', endless(LONG, 'x', 20), timeout('download'), SOON),
  row('chunks that drip, one every 20 ms', endless(CHUNKED, '1\r\nx\r\n', 20), timeout('download'), SOON),
  row('a content without end', endless(`${OK}\r\nConnection: close\r\n\r\n`, 'x'.repeat(65_536)), tooLarge('download')),
  row(
    'a content of single bytes, each a packet',
    async (_request, connection) => {
      await connection.write(`${OK}\r\nContent-Length: 2000\r\n\r\n`);
      for (let count = 0; count < 2000; count += 1) await connection.write('x');
      return undefined;
    },
    reads('x'.repeat(2000)),
  ),
];

export const breaks: readonly Hostile[] = [...ends, ...resets, ...waits];
