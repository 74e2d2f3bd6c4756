import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { Identity } from './certificate.ts';
import { articles } from './scenarios/articles.ts';
import { caching } from './scenarios/cache.ts';
import { chapter } from './scenarios/chapter.ts';
import { codings } from './scenarios/codings.ts';
import { documents, encodings } from './scenarios/documents.ts';
import { feeds } from './scenarios/feeds.ts';
import { brokenFraming, framing } from './scenarios/framing.ts';
import { hostilePages, pages } from './scenarios/pages.ts';
import { pieces } from './scenarios/pieces.ts';
import { redirects } from './scenarios/redirects.ts';
import { type OriginConnection, type OriginRequest, type Scenarios, text } from './scenarios/response.ts';
import { literal } from './scenarios/wire.ts';

const SCENARIOS: Scenarios = {
  ...chapter,
  ...redirects,
  ...codings,
  ...framing,
  ...brokenFraming,
  ...encodings,
  ...documents,
  ...pages,
  ...hostilePages,
  ...pieces,
  ...literal,
  ...articles,
  ...caching,
  ...feeds,
};

/** What a client that speaks TLS begins with. RFC 8446, section 5.1. */
const TLS_HANDSHAKE = 0x16;

interface OriginOptions {
  everywhere?: boolean;
  /** A free one unless given. */
  port?: number;
  /** Paths of the test's own, besides those of `scenarios/`. */
  scenarios?: Scenarios;
  /** What `node:tls` is told: a key and a certificate at least. */
  tls?: (Identity & TlsOptions) | null;
  /** Plays on a connection as soon as it is there, beneath TLS; true when nothing else is to be served on it. */
  greet?: (connection: OriginConnection, number: number) => boolean;
}

/** A running origin and what it was asked. */
export interface Origin {
  /** `http://127.0.0.1:PORT` or `https:`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly OriginRequest[];
  /** How many connections were opened, ever. */
  readonly connections: number;
  /** Which of this machine's addresses each connection was made to, in their order. */
  readonly visited: readonly string[];
  /** The requests for a path, whatever their query. */
  requestsFor(path: string): OriginRequest[];
  close(): Promise<void>;
}

/**
 * Starts a server written on bare TCP, so that every byte it sends is ours: the path is the scenario (see
 * `scenarios/`). It listens on 127.0.0.1, or on every address of this machine; with a
 * certificate it speaks TLS.
 */
export async function startOrigin({
  everywhere = false,
  port: wantedPort = 0,
  tls = null,
  scenarios = {},
  greet = () => false,
}: OriginOptions = {}): Promise<Origin> {
  const requests: OriginRequest[] = [];
  const visited: string[] = [];
  const known = { ...SCENARIOS, ...scenarios };
  const sockets = new Set<Socket>();
  let connections = 0;
  let served = 0;

  const onConnection = (socket: Socket): void => {
    socket.on('error', () => undefined); // a peer that goes away is one of the scenarios
    const beneath = [...sockets].find(({ remotePort }) => remotePort === socket.remotePort) ?? socket;
    serve(socket, beneath, ++served, known, (request) => requests.push(request));
  };
  const tlsServer = tls === null ? null : createTlsServer(tls, onConnection).on('tlsClientError', () => undefined);
  // Without delay, so that what is written apart leaves apart.
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    visited.push((socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''));
    sockets.add(socket);
    const closed = new AbortController();
    socket
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(socket);
        closed.abort();
      });
    if (greet(connectionOf(socket, socket, closed.signal), connections)) socket.resume();
    else if (tlsServer === null) onConnection(socket);
    else tlsServer.emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen({ port: wantedPort, ...(!everywhere && { host: '127.0.0.1' }) }, resolve),
  );
  const { port } = server.address() as AddressInfo;

  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    port,
    requests,
    visited,
    get connections() {
      return connections;
    },
    requestsFor: (path) => requests.filter(({ url }) => url.pathname === path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers the requests of one connection, one after the other. */
function serve(socket: Socket, beneath: Socket, connection: number, scenarios: Scenarios, record: (request: OriginRequest) => void): void {
  const closed = new AbortController();
  socket.on('close', () => {
    closed.abort();
  });
  const play = connectionOf(socket, beneath, closed.signal);
  let pending: Buffer = Buffer.alloc(0);
  let turn = Promise.resolve();

  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    if (pending[0] === TLS_HANDSHAKE) socket.end(text('this port speaks no TLS\n', [['Connection', 'close']], '400 Bad Request'));
    for (let taken = takeRequest(pending, connection); taken !== null; taken = takeRequest(pending, connection)) {
      const { request, rest } = taken;
      pending = rest;
      record(request);
      turn = turn.then(() => answer(request, scenarios, play));
    }
  });
}

async function answer(request: OriginRequest, scenarios: Scenarios, connection: OriginConnection): Promise<void> {
  const scenario = scenarios[request.url.pathname] ?? text(`no scenario for ${request.url.pathname}\n`, [], '404 Not Found');
  const bytes = typeof scenario === 'function' ? await scenario(request, connection) : scenario;
  if (bytes === undefined) return;
  const blank = bytes.indexOf('\r\n\r\n');
  const head = blank === -1 ? bytes : bytes.subarray(0, blank + 4);
  await connection.write(request.method === 'HEAD' ? head : bytes);
  if (/^connection: *close\s*$/im.test(head.toString('latin1'))) connection.end();
}

/** What is beneath TLS is reset: TLS itself knows no resets. */
function connectionOf(socket: Socket, beneath: Socket, signal: AbortSignal): OriginConnection {
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(false);
        else
          socket.write(bytes, (error) => {
            resolve(!error);
          });
      }),
    pause: (ms) =>
      setTimeout(ms, true, { signal, ref: false }).then(
        () => !socket.destroyed,
        () => false,
      ),
    end: () => void socket.end(),
    reset: () => void beneath.resetAndDestroy(),
  };
}

/** The first whole request of the bytes received so far, and what follows it; null while it is not whole. */
function takeRequest(bytes: Buffer, connection: number): { request: OriginRequest; rest: Buffer } | null {
  const blank = bytes.indexOf('\r\n\r\n');
  if (blank === -1) return null;
  const head = bytes.toString('latin1', 0, blank + 4);
  const [requestLine = '', ...fieldLines] = head.trimEnd().split('\r\n');
  const [method = '', target = '', version = ''] = requestLine.split(' ');
  const rawHeaders = fieldLines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
  const header = (name: string): string | undefined => rawHeaders.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
  const bodyStart = blank + 4;
  const bodyEnd = bodyStart + Number(header('content-length') ?? '0');
  if (bytes.length < bodyEnd) return null;
  // A target such as //x is a path here, and not a host.
  const url = new URL(target.startsWith('/') ? `http://${header('host') ?? 'no-host.example'}${target}` : target);
  const body = bytes.subarray(bodyStart, bodyEnd);
  return {
    request: { method, target, url, httpVersion: version.replace('HTTP/', ''), head, rawHeaders, body, connection, header },
    rest: bytes.subarray(bodyEnd),
  };
}
