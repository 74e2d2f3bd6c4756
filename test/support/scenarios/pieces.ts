import { setImmediate } from 'node:timers/promises';
import { bare, latin1, type OriginConnection, type Scenario, type Scenarios, text } from './response.ts';

const PLAIN = ['Content-Type', 'text/plain; charset=utf-8'] as const;
const CHUNKED = ['Transfer-Encoding', 'chunked'] as const;

/** Pieces of a text, each sent when the one before it has had time to be read, also by a peer in this process. */
function inPieces(head: Buffer, pieces: readonly string[], pauseMs: number): Scenario {
  return async (_request, connection) => {
    await connection.write(head);
    for (const piece of pieces) {
      if (!(await pauseToRead(connection, pauseMs))) return;
      await connection.write(latin1(piece));
    }
  };
}

/** A timer alone may fire before the peer's socket was looked at: the loop goes round. */
async function pauseToRead(connection: OriginConnection, ms: number): Promise<boolean> {
  const isThere = ms === 0 || (await connection.pause(ms));
  for (let round = 0; round < 3; round++) await setImmediate();
  return isThere;
}

function chunk(content: string): string {
  return `${content.length.toString(16)}\r\n${content}\r\n`;
}

const VERSES = ['But soft ', 'what light ', 'through yonder window breaks'];
const SINGLE = 12_000;

/** Contents that come in pieces, and how long they are. */
export const pieces: Scenarios = {
  '/pieces/plain': inPieces(bare('200 OK', [PLAIN, ['Content-Length', '48']]), VERSES, 40),
  '/pieces/with-head': inPieces(
    Buffer.alloc(0),
    [`${bare('200 OK', [PLAIN, ['Content-Length', '10']]).toString('latin1')}01234`, '56789'],
    40,
  ),
  '/pieces/chunked': inPieces(
    bare('200 OK', [PLAIN, CHUNKED]),
    // Two chunks in one piece, one chunk in two pieces, framing alone.
    [chunk('But ') + chunk('soft '), 'b\r\nwhat l', 'ight ', '\r\n', '0\r\n\r\n'],
    40,
  ),
  '/pieces/single-bytes': inPieces(bare('200 OK', [PLAIN, ['Content-Length', String(SINGLE)]]), Array.from('x'.repeat(SINGLE)), 0),
  '/pieces/single-byte-chunks': bare('200 OK', [PLAIN, CHUNKED], `${chunk('x').repeat(200_000)}0\r\n\r\n`),
  '/pieces/hints-first': async (_request, connection) => {
    await connection.write(latin1('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'));
    await pauseToRead(connection, 80);
    return text('after the hints');
  },
};
