import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What TLS has agreed on, and with whom. */
export interface TlsFacts {
  protocol: string | null;
  cipher: string | null;
  alpn: string | null;
  authorized: boolean;
  authorizationError: string | null;
  certificate: CertificateFacts | null;
}

/** The certificate that a server showed. Times are ISO 8601. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  names: string[];
  validFrom: string;
  validTo: string;
  fingerprint256: string;
  serialNumber: string;
}

/** Milliseconds that a new connection took; `tls` is null without TLS, `dns` for a literal address. */
export interface ConnectTimings {
  dns: number | null;
  tcp: number;
  tls: number | null;
}

/** Who listens to the bytes of a socket: those that come off it before they are parsed, and those that go out. */
export interface ByteListener {
  onBytes(bytes: Buffer): void;
  /** Bytes, or text in latin1, that are written. */
  onWrite(bytes: string | Uint8Array): void;
}

const connections = new WeakMap<object, Connection>();

/** A socket to a target, and what is known about it. */
export class Connection {
  readonly remote: { address: string; port: number };
  readonly tls: TlsFacts | null;
  readonly timings: ConnectTimings;
  /** How many requests have been sent over it. */
  requests = 0;
  /** Who hears the bytes of the exchange under way. */
  listener: ByteListener | null = null;

  constructor(socket: Socket, timings: ConnectTimings) {
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.tls = socket instanceof TLSSocket ? tlsFacts(socket) : null;
    this.timings = timings;
    connections.set(socket, this);
    this.#tap(socket);
  }

  /** The connection of a socket that the connector made. */
  static of(socket: object): Connection | undefined {
    return connections.get(socket);
  }

  /** undici reads a socket by `read()` and writes by `write()`: what it is given or gives, the listener has heard first. */
  #tap(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const bytes: unknown = read(size);
      if (bytes !== null && this.listener !== null) this.listener.onBytes(bytes as Buffer);
      return bytes;
    };
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (...args: unknown[]): boolean => {
      this.listener?.onWrite(args[0] as string | Uint8Array);
      return write(...args);
    };
  }
}

function tlsFacts(socket: TLSSocket): TlsFacts {
  const peer = socket.getPeerX509Certificate();
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().standardName,
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
    authorized: socket.authorized,
    authorizationError: socket.authorized ? null : String(socket.authorizationError),
    certificate:
      peer === undefined
        ? null
        : {
            subject: peer.subject.replaceAll('\n', ', '),
            issuer: peer.issuer.replaceAll('\n', ', '),
            names: peer.subjectAltName?.split(', ') ?? [],
            validFrom: peer.validFromDate.toISOString(),
            validTo: peer.validToDate.toISOString(),
            fingerprint256: peer.fingerprint256,
            serialNumber: peer.serialNumber,
          },
  };
}
