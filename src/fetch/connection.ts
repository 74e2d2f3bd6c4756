import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ConnectSpans } from './exchange-timings.ts';
import { type TlsFacts, tlsFacts } from './tls-facts.ts';

/** Who listens to the bytes of a socket: those that come off it before they are parsed, and those that go out. */
export interface ByteListener {
  /** Gives back what the HTTP parser is to see of them. */
  onBytes(bytes: Buffer): Buffer | null;
  /** Bytes, or text in latin1, that are written. */
  onWrite(bytes: string | Uint8Array): void;
  /** The system has taken all that was written so far. */
  onFlushed(): void;
}

const connections = new WeakMap<object, Connection>();

/** A socket to a target, and what is known about it. */
export class Connection {
  readonly remote: { address: string; port: number };
  readonly tls: TlsFacts | null;
  /** When it was being made. */
  readonly connecting: ConnectSpans;
  /** How many requests have been sent over it. */
  requests = 0;
  /** The error that ended it; null while it goes on, and after an orderly end. */
  failure: Error | null = null;
  /** Who hears the bytes of the exchange under way. */
  listener: ByteListener | null = null;
  readonly #socket: Socket;
  /** Writes that the system has not taken yet. */
  #unflushed = 0;

  constructor(socket: Socket, connecting: ConnectSpans) {
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.tls = socket instanceof TLSSocket ? tlsFacts(socket) : null;
    this.connecting = connecting;
    this.#socket = socket;
    connections.set(socket, this);
    // Before undici's own listener, which may take it for the end of a response.
    socket.prependListener('error', (error) => {
      this.failure = error;
    });
    this.#tap(socket);
  }

  /** The connection of a socket that the connector made. */
  static of(socket: object): Connection | undefined {
    return connections.get(socket);
  }

  /** Ends it: no other request is to go over it. */
  close(): void {
    this.#socket.destroy();
  }

  /** undici reads a socket by `read()` and writes by `write()`: what it is given or gives, the listener has heard first. */
  #tap(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const bytes: unknown = read(size);
      return bytes !== null && this.listener !== null ? this.listener.onBytes(bytes as Buffer) : bytes;
    };
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (...args: unknown[]): boolean => {
      const { listener } = this;
      if (listener === null) return write(...args);
      listener.onWrite(args[0] as string | Uint8Array);
      const last = args.at(-1);
      const callback = typeof last === 'function' ? (args.pop() as (error?: Error | null) => void) : null;
      this.#unflushed += 1;
      return write(...args, (error?: Error | null): void => {
        this.#unflushed -= 1;
        if (this.#unflushed === 0 && !error) listener.onFlushed();
        callback?.(error);
      });
    };
  }
}
