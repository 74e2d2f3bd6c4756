/** Header fields in the order, case and number they are sent in. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** One request as it came off the socket. */
export interface OriginRequest {
  readonly method: string;
  /** The request target as sent: `/path?query`, or an absolute URL. */
  readonly target: string;
  /** The target resolved on this origin. */
  readonly url: URL;
  readonly httpVersion: string;
  /** The literal head, blank line included, a byte a character. */
  readonly head: string;
  readonly rawHeaders: readonly { name: string; value: string }[];
  readonly body: Buffer;
  /** Which connection it came over, counted from 1. */
  readonly connection: number;
  /** The value of the first field of that name, whatever its case. */
  header(name: string): string | undefined;
}

/** A connection in the hands of a scenario that plays on it. Whatever waits ends when the connection does. */
export interface OriginConnection {
  /** True when the bytes are on their way, false when the peer has gone. */
  write(bytes: string | Uint8Array): Promise<boolean>;
  /** True after so many milliseconds, false when the peer has gone meanwhile. */
  pause(ms: number): Promise<boolean>;
  end(): undefined;
  reset(): undefined;
}

/**
 * What a path answers: its literal bytes, a function that gives them, or one that plays on the connection. After bytes
 * whose head says `Connection: close` the connection is closed; a HEAD request gets their head alone.
 */
export type Scenario =
  Buffer | ((request: OriginRequest, connection: OriginConnection) => Buffer | undefined | Promise<Buffer | undefined>);

/** Scenarios by path. */
export type Scenarios = Readonly<Record<string, Scenario>>;

/** The bytes of a text, a byte a character: what the tests write as `\xe9` is that byte. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Lines as they go over the wire, with the blank line that ends a head, and what follows it. */
export function wire(lines: readonly string[], content: string | Uint8Array = ''): Buffer {
  return Buffer.concat([latin1(`${lines.join('\r\n')}\r\n\r\n`), typeof content === 'string' ? Buffer.from(content) : content]);
}

/** A response with the fields given and nothing besides, not even a length. */
export function bare(status: string, fields: Fields, content: string | Uint8Array = ''): Buffer {
  return wire([`HTTP/1.1 ${status}`, ...fields.map(([name, value]) => `${name}: ${value}`)], content);
}

/** A response with its `Content-Length` after the fields given. */
export function response(content: string | Uint8Array, fields: Fields = [], status = '200 OK'): Buffer {
  return bare(status, [...fields, ['Content-Length', String(Buffer.byteLength(content))]], content);
}

/** An HTML page in UTF-8, said so in its header. */
export function html(content: string | Uint8Array, fields: Fields = [], status = '200 OK'): Buffer {
  return response(content, [['Content-Type', 'text/html; charset=utf-8'], ...fields], status);
}

/** A plain text in UTF-8, said so in its header. */
export function text(content: string | Uint8Array, fields: Fields = [], status = '200 OK'): Buffer {
  return response(content, [['Content-Type', 'text/plain; charset=utf-8'], ...fields], status);
}
