import type { Identity } from '../certificate.ts';
import { latin1, type OriginConnection, type Scenario } from '../scenarios/response.ts';

/** What is to be answered about a hostile response: a problem, or the content that there is all the same. */
export type Expected = { code: string; phases: readonly (string | null)[] } | { status: number; text: string };

/** A response that means no good, and what is to be answered about it. */
export interface Hostile {
  /** What the origin does, in words. */
  name: string;
  plays: Scenario;
  /** By `/fetch`, `/body` and, as far as it is about the head, `/headers`. */
  expected: Expected;
  /** By `/wire` over HTTP/1.0, which reads a response by itself, where that differs. */
  over10?: Expected;
  /** By `/headers`, where it is not what follows from `expected`. */
  head?: Expected;
  /** Besides `url`. */
  query?: Readonly<Record<string, string | number | boolean>>;
  /** The origin does this to its first connection before anything is read of it; true when nothing is served on it. */
  greets?: (connection: OriginConnection) => boolean;
  /** Milliseconds until all has been sent: what it did not ask for is there before the next request. */
  settlesMs?: number;
  /** The origin speaks TLS, which nobody has reason to trust. */
  tls?: Identity;
}

/** A row of the table. */
export function row(name: string, plays: Scenario, expected: Expected, more: Omit<Hostile, 'name' | 'plays' | 'expected'> = {}): Hostile {
  return { name, plays, expected, ...more };
}

const problem =
  (code: string) =>
  (...phases: readonly (string | null)[]): Expected => ({ code, phases });

export const malformed = problem('MALFORMED_RESPONSE');
export const tooLarge = problem('RESPONSE_TOO_LARGE');
export const timeout = problem('TARGET_TIMEOUT');
export const reset = problem('CONNECTION_RESET');
export const badCoding = problem('CONTENT_CODING_FAILED');
export const badTls = problem('TLS_FAILED');
export const forbidden = problem('TARGET_FORBIDDEN');
export const tooManyRedirects = problem('TOO_MANY_REDIRECTS');

/** The content is read. */
export function reads(text: string, status = 200): Expected {
  return { status, text };
}

/** So much time is given where time must run out. */
export const SOON = { query: { timeoutMs: 1000 } } as const;

/** Bytes as they are, then the connection stays open. */
export function bytes(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part)));
}

/** The lines of a head and the blank line, and `hello`, which its fields may say or not say. */
export function head(...lines: readonly string[]): Buffer {
  return bytes(`${lines.join('\r\n')}\r\n\r\nhello`);
}

/** The same bytes are written, at once or one piece after the other, until the peer goes away. */
export function endless(first: string | Uint8Array, again: string | Uint8Array, everyMs = 0): Scenario {
  return async (_request, connection) => {
    await connection.write(bytes(first));
    while ((await connection.write(bytes(again))) && (everyMs === 0 || (await connection.pause(everyMs))));
    return undefined;
  };
}

/** Bytes, and a while later the end of the connection or its reset. */
export function thenEnds(...parts: readonly (string | Uint8Array)[]): Scenario {
  return async (_request, connection) => {
    await connection.write(bytes(...parts));
    connection.end();
    return undefined;
  };
}

export function thenResets(...parts: readonly (string | Uint8Array)[]): Scenario {
  return async (_request, connection) => {
    await connection.write(bytes(...parts));
    await connection.pause(50);
    connection.reset();
    return undefined;
  };
}

/** A piece, a while, the next piece. */
export function inPieces(everyMs: number, ...pieces: readonly (string | Uint8Array)[]): Scenario {
  return async (_request, connection) => {
    for (const piece of pieces) {
      await connection.write(bytes(piece));
      await connection.pause(everyMs);
    }
    return undefined;
  };
}

/** Plays on a connection on which nothing else is then served. */
export function takesOver(play: (connection: OriginConnection) => unknown): NonNullable<Hostile['greets']> {
  return (connection) => {
    play(connection);
    return true;
  };
}
