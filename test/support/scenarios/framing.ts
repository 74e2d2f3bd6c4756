import { bare, latin1, type OriginConnection, response, type Scenario, type Scenarios, text, wire } from './response.ts';

const CHUNKED = ['Transfer-Encoding', 'chunked'] as const;
const CLOSE = ['Connection', 'close'] as const;
const PLAIN = ['Content-Type', 'text/plain; charset=utf-8'] as const;
/** More than a socket's buffers hold. */
const MUCH = 'x'.repeat(4_000_000);
const EARLY_HINTS = latin1('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n');

function chunked(content: string): Buffer {
  return bare('200 OK', [PLAIN, CHUNKED, CLOSE], content);
}

function lines(...all: string[]): Buffer {
  return wire(all, 'hello');
}

/** Sends the same bytes until the peer goes away. */
async function forever(connection: OriginConnection, bytes: string | Uint8Array, everyMs = 0): Promise<undefined> {
  while ((await connection.write(bytes)) && (everyMs === 0 || (await connection.pause(everyMs))));
}

/** Sends some bytes and resets the connection. */
function resetAfter(bytes: Buffer): Scenario {
  return async (_request, connection) => {
    await connection.write(bytes);
    await connection.pause(50);
    connection.reset();
  };
}

/** Sends the head at once, then the same bytes again and again. */
function endless(head: Buffer, bytes: string | Uint8Array, everyMs = 0): Scenario {
  return async (_request, connection) => {
    await connection.write(head);
    await forever(connection, bytes, everyMs);
  };
}

/** What is fine. */
export const framing: Scenarios = {
  '/framing/chunked': chunked('6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n'),
  '/framing/chunk-extensions': chunked('6;a=b;c="d"\r\nhello \r\n5;e\r\nworld\r\n0;f=g\r\n\r\n'),
  '/framing/trailers': bare('200 OK', [PLAIN, CHUNKED, ['Trailer', 'X-Sum']], '5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n'),
  '/framing/until-close': bare('200 OK', [PLAIN, CLOSE], 'ended by closing'),
  '/framing/http-1.0': wire(['HTTP/1.0 200 OK', 'Content-Type: text/plain', 'Connection: close'], 'one point oh'),
  '/framing/no-reason': lines('HTTP/1.1 200 ', 'Content-Type: text/plain', 'Content-Length: 5'),
  '/framing/no-reason-no-space': lines('HTTP/1.1 200', 'Content-Type: text/plain', 'Content-Length: 5'),
  '/framing/odd-reason': lines('HTTP/1.1 200 Pretty \xe9 Good', 'Content-Type: text/plain', 'Content-Length: 5'),
  '/framing/status-999': lines('HTTP/1.1 999 Request denied', 'Content-Type: text/plain', 'Content-Length: 5'),
  '/framing/status-599': text('hello', [], '599 Custom'),
  '/framing/204': bare('204 No Content', [['X-Kind', 'empty']]),
  '/framing/205': bare('205 Reset Content', [['Content-Length', '0']]),
  '/framing/304': bare('304 Not Modified', [['ETag', '"abc"']]),
  '/framing/304-with-length': bare('304 Not Modified', [['Content-Length', '500']]),
  '/framing/empty': text(''),
  '/framing/early-hints': Buffer.concat([EARLY_HINTS, EARLY_HINTS, latin1('HTTP/1.1 102 Processing\r\n\r\n'), text('after the hints')]),
  '/framing/keep-alive': ({ connection }) => text(`connection ${String(connection)}`),
  '/framing/duplicates': response('hello', [
    ['content-TYPE', 'text/plain'],
    ['Set-Cookie', 'a=1; Path=/'],
    ['X-Twice', 'first'],
    ['set-cookie', 'b=2'],
    ['x-twIce', 'second'],
    ['X-Empty', ''],
  ]),
  '/framing/non-ascii': response('hello', [PLAIN, ['X-City', 'Z\xfcrich'], ['X-Raw', '\xff\xfe']]),
  '/framing/wide-fields': lines('HTTP/1.1 200 OK', 'X-Spaced: \t  padded \t ', 'X-Tight:tight', 'Content-Length: 5'),
  '/framing/large-head': text('hello', [['X-Large', 'x'.repeat(40_000)]]),
};

/** What is not. */
export const brokenFraming: Scenarios = {
  '/framing/short': bare('200 OK', [PLAIN, ['Content-Length', '500'], CLOSE], 'shorter than it said'),
  '/framing/short-html': bare('200 OK', [['Content-Type', 'text/html'], ['Content-Length', '500'], CLOSE], '<a href="x">x</a>'),
  '/framing/chunked-cut': chunked('6\r\nhello \r\n5\r\nwor'),
  '/framing/chunked-no-last': chunked('5\r\nhello\r\n'),
  '/framing/bad-chunk-size': chunked('5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n'),
  '/framing/bad-chunk-end': chunked('5\r\nhelloXX5\r\nworld\r\n0\r\n\r\n'),
  '/framing/huge-chunk-size': chunked('fffffffffffffffff\r\nhello\r\n0\r\n\r\n'),
  '/framing/two-lengths': lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 3'),
  '/framing/bad-length': lines('HTTP/1.1 200 OK', 'Content-Length: five'),
  '/framing/negative-length': lines('HTTP/1.1 200 OK', 'Content-Length: -5'),
  '/framing/length-and-chunked': bare('200 OK', [['Content-Length', '5'], CHUNKED, CLOSE], '5\r\nhello\r\n0\r\n\r\n'),
  '/framing/obs-fold': lines('HTTP/1.1 200 OK', 'X-Folded: one', '  two', 'Content-Length: 5'),
  '/framing/http-0.9': latin1('<h1>no head at all</h1>\nConnection: close\r\n\r\n'),
  '/framing/garbage': Buffer.concat([Buffer.from([0, 1, 2, 0xff, 0xfe, 10, 13, 200]), latin1('\r\nConnection: close\r\n\r\n')]),
  '/framing/smtp': latin1('220 mail.example ESMTP ready\r\nConnection: close\r\n\r\n'),
  '/framing/http-9': lines('HTTP/9.9 200 OK', 'Content-Length: 5'),
  '/framing/status-000': lines('HTTP/1.1 000 Nothing', 'Content-Length: 5'),
  '/framing/status-20': lines('HTTP/1.1 20 Short', 'Content-Length: 5'),
  '/framing/status-2000': lines('HTTP/1.1 2000 Long', 'Content-Length: 5'),
  '/framing/status-099': lines('HTTP/1.1 099 Low', 'Content-Length: 5'),
  '/framing/switching': bare('101 Switching Protocols', [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ]),
  '/framing/no-colon': lines('HTTP/1.1 200 OK', 'This is no field', 'Content-Length: 5'),
  '/framing/space-before-colon': lines('HTTP/1.1 200 OK', 'Content-Length : 5'),
  '/framing/nul-in-field': lines('HTTP/1.1 200 OK', 'X-Nul: a\x00b', 'Content-Length: 5'),
  '/framing/bare-cr': lines('HTTP/1.1 200 OK', 'X-Cr: a\rb', 'Content-Length: 5'),
  '/framing/bare-lf': latin1('HTTP/1.1 200 OK\nContent-Length: 5\nConnection: close\n\nhello'),
  '/framing/extra-bytes': Buffer.concat([text('hello'), latin1('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsmuggl')]),
  '/framing/unasked-continue': Buffer.concat([latin1('HTTP/1.1 100 Continue\r\n\r\n'), text('hello')]),
  '/framing/head-flood': text('hello', [['X-Flood', 'x'.repeat(100_000)]]),
  '/framing/field-flood': text(
    'hello',
    Array.from({ length: 5000 }, (_, index) => [`X-Field-${String(index)}`, 'some value'] as const),
  ),
  '/framing/endless-head': endless(latin1('HTTP/1.1 200 OK\r\n'), 'X-More: and more and more and more\r\n'.repeat(100)),
  '/framing/early-hints-flood': endless(Buffer.alloc(0), Buffer.concat(Array.from({ length: 100 }, () => EARLY_HINTS))),
  '/framing/early-hints-slowly': endless(Buffer.alloc(0), EARLY_HINTS, 50),
  '/framing/reset-before-head': resetAfter(Buffer.alloc(0)),
  '/framing/reset-in-head': resetAfter(latin1('HTTP/1.1 200 OK\r\nContent-Ty')),
  '/framing/reset-in-body': resetAfter(bare('200 OK', [PLAIN, ['Content-Length', '500']], 'and then no more')),
  '/framing/much-then-reset': resetAfter(bare('200 OK', [PLAIN, ['Content-Length', '8000000']], MUCH)),
  '/framing/much-then-close': bare('200 OK', [PLAIN, ['Content-Length', '8000000'], CLOSE], MUCH),
  '/framing/close-at-once': (_request, connection) => {
    connection.end();
    return undefined;
  },
  '/framing/close-in-head': latin1('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Ty'),
  '/framing/silence': () => undefined,
  '/framing/silence-in-head': latin1('HTTP/1.1 200 OK\r\nContent-Ty'),
  '/framing/silence-in-body': bare('200 OK', [PLAIN, ['Content-Length', '500']], 'and then nothing'),
  '/framing/drip': endless(bare('200 OK', [PLAIN, ['Content-Length', '100000']]), 'x', 100),
  '/framing/drip-head': endless(latin1('HTTP/1.1 200 OK\r\nX-Drip: '), 'x', 100),
  '/framing/endless-body': endless(bare('200 OK', [PLAIN, CLOSE]), 'x'.repeat(65_536)),
  '/framing/endless-chunks': endless(bare('200 OK', [PLAIN, CHUNKED]), `8000\r\n${'x'.repeat(0x8000)}\r\n`),
  '/framing/endless-page': endless(bare('200 OK', [['Content-Type', 'text/html'], CLOSE]), '<p>more</p>'.repeat(1000)),
};
