import diagnostics from 'node:diagnostics_channel';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { Agent, type buildConnector, type Dispatcher as Undici } from 'undici';
import type { Phase } from '../api/problem.ts';
import { admitsAddress, literalAddress, type TargetPolicy } from './address-guard.ts';
import { badPort } from './bad-ports.ts';
import { Connection } from './connection.ts';
import { DemoOrigin } from './demo-origin.ts';
import { connectError } from './exchange-error.ts';
import { FetchError } from './fetch-error.ts';
import type { NameResolver, ResolvedAddress } from './name-resolver.ts';
import { forbiddenTarget, judgeTarget, portOf, type TargetVerdict } from './target-url.ts';

/** What the door is built from. */
export interface DispatcherOptions {
  policy: TargetPolicy;
  resolver: NameResolver;
  /** Connections at a time to one origin. */
  maxPerOrigin: number;
  /** Most bytes of a response head. */
  maxHeaderBytes: number;
  /** Milliseconds in which a connection must be made, names resolved and TLS agreed on. */
  connectTimeoutMs: number;
}

/** Who is told over which connection a request is about to be written. */
export interface RequestListener {
  onConnection(connection: Connection): void;
}

/** The part of an undici request that a connector is told. */
type ConnectTo = Pick<buildConnector.Options, 'hostname' | 'protocol' | 'port'> & { servername?: string | null };

/** What making a connection is busy with. */
export type ConnectingPhase = Extract<Phase, 'dns' | 'tcp' | 'tls'>;

/** The request that undici is starting now, in this very call stack. */
let starting: RequestListener | null = null;

diagnostics.subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { socket: Socket };
  const connection = Connection.of(socket);
  if (starting !== null && connection !== undefined) {
    connection.requests += 1;
    starting.onConnection(connection);
  }
  starting = null;
});

/**
 * The one door through which every connection leaves. The guard sits in it: whatever is dispatched, the host is judged
 * when the connection is made, by the addresses that are then connected to.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #agents: Record<'checked' | 'unchecked', Agent>;
  readonly #demo = new DemoOrigin();
  /** The connections that are being made. */
  readonly #connecting = new Set<{ readonly origin: string; phase: Phase }>();
  /** Who would like to know what making connections to an origin is busy with. */
  readonly #watchers = new Set<{ readonly origin: string; readonly tell: (phase: ConnectingPhase) => void }>();
  /** The authorities that are trusted, read once: a context of its own would cost every connection time and memory. */
  #secureContext: SecureContext | null = null;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#agents = { checked: this.#agent(true), unchecked: this.#agent(false) };
  }

  /** Sends one request. `insecureTls` skips the checks of certificates, on connections kept apart from the others. */
  dispatch(request: Undici.DispatchOptions, handler: Undici.DispatchHandler & RequestListener, insecureTls: boolean): void {
    const agent = insecureTls ? this.#agents.unchecked : this.#agents.checked;
    const start = handler.onRequestStart?.bind(handler);
    handler.onRequestStart = (controller, context): void => {
      starting = handler;
      start?.(controller, context);
    };
    agent.dispatch(request, handler);
  }

  /** Opens a connection, in so many milliseconds, for one who speaks over it alone and ends it. The guard judges it as any other. */
  open(url: URL, insecureTls: boolean, timeoutMs: number): Promise<Socket> {
    return this.#connect(connectTo(url), !insecureTls, timeoutMs);
  }

  /** What making connections to an origin is busy with, the one begun last for all; null when none is being made. */
  connectingPhase(url: URL): Phase | null {
    const origin = originOf(connectTo(url));
    return [...this.#connecting].findLast((connecting) => connecting.origin === origin)?.phase ?? null;
  }

  /** Tells from now on what making connections to an origin is busy with; gives back how to stop. */
  watchConnecting(url: URL, tell: (phase: ConnectingPhase) => void): () => void {
    const watcher = { origin: originOf(connectTo(url)), tell };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#agents.checked.destroy(), this.#agents.unchecked.destroy()]);
    await this.#demo.close();
  }

  #agent(checksCertificates: boolean): Agent {
    return new Agent({
      allowH2: false,
      pipelining: 1,
      connections: this.#options.maxPerOrigin,
      maxHeaderSize: this.#options.maxHeaderBytes,
      // The retrieval's one deadline rules; undici's own timers would only add to it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (to, callback): void => {
        this.#connect(to, checksCertificates).then(
          (socket) => {
            callback(null, socket);
          },
          (error: unknown) => {
            callback(error as Error, null);
          },
        );
      },
    });
  }

  async #connect(to: ConnectTo, checksCertificates: boolean, timeoutMs = this.#options.connectTimeoutMs): Promise<Socket> {
    const origin = originOf(to);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort();
    }, timeoutMs);
    const connecting: { readonly origin: string; phase: Phase } = { origin, phase: 'dns' };
    const enter = (next: ConnectingPhase): void => {
      connecting.phase = next;
      for (const watcher of this.#watchers) if (watcher.origin === origin) watcher.tell(next);
    };
    this.#connecting.add(connecting);
    try {
      const started = performance.now();
      const verdict = judgeTarget(this.#options.policy, to);
      const place = await this.#admit(to, origin, verdict, enter);
      const resolved = performance.now();
      enter('tcp');
      const tcp = await openTcp(to, place, abort.signal);
      const connected = performance.now();
      // It was reset as soon as it was there.
      if (tcp.remoteAddress === undefined) throw connectionReset();
      if (!admitsAddress(this.#options.policy, tcp.remoteAddress, verdict.nameIsAllowed)) {
        tcp.destroy();
        throw forbiddenTarget(origin);
      }
      tcp.setNoDelay(true).setKeepAlive(true, 60_000);
      const asksDns = !verdict.isDemo && literalAddress(to.hostname) === null && !this.#options.resolver.isLocal(to.hostname);
      const spans = { dns: asksDns ? { from: started, to: resolved } : null, tcp: { from: resolved, to: connected } };
      if (to.protocol !== 'https:') {
        new Connection(tcp, { ...spans, tls: null });
        return tcp;
      }
      enter('tls');
      this.#secureContext ??= createSecureContext();
      const socket = await openTls(tcp, to, { secureContext: this.#secureContext, rejectUnauthorized: checksCertificates }, abort.signal);
      new Connection(socket, { ...spans, tls: { from: connected, to: performance.now() } });
      return socket;
    } catch (error) {
      throw connectError(error, connecting.phase, origin, abort.signal.aborted);
    } finally {
      clearTimeout(timer);
      this.#connecting.delete(connecting);
    }
  }

  /** The guard: the addresses that may be connected to, each of them judged; one that is refused refuses the name. */
  async #admit(to: ConnectTo, origin: string, verdict: TargetVerdict, enter: (phase: ConnectingPhase) => void): Promise<Place> {
    const literal = literalAddress(to.hostname);
    const port = portOf(to);
    if (!verdict.admitted || badPort(port) !== null) throw forbiddenTarget(origin);
    if (literal !== null) return { addresses: [{ address: literal, family: literal.includes(':') ? 6 : 4 }], port };
    const place = verdict.isDemo ? await this.#demoPlace() : await this.#resolve(to, port, enter);
    const { policy } = this.#options;
    if (!place.addresses.every(({ address }) => admitsAddress(policy, address, verdict.nameIsAllowed))) throw forbiddenTarget(origin);
    return place;
  }

  async #resolve(to: ConnectTo, port: number, enter: (phase: ConnectingPhase) => void): Promise<Place> {
    enter('dns');
    return { addresses: await this.#options.resolver.resolve(to.hostname), port };
  }

  /** The demo's own socket: the one place on this machine that its name leads to. */
  async #demoPlace(): Promise<Place> {
    const { address, port } = await this.#demo.address();
    return { addresses: [{ address, family: 4 }], port };
  }
}

/** Where a connection goes. */
interface Place {
  addresses: readonly ResolvedAddress[];
  port: number;
}

/** Most bytes that a socket holds before it is read, as in files. */
const READ_BYTES = 64 * 1024;

/** As undici tells a connector: brackets off. */
function connectTo({ protocol, hostname, port }: URL): ConnectTo {
  return { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

function originOf(to: ConnectTo): string {
  return `${to.protocol}//${to.hostname}:${String(portOf(to))}`;
}

/** Connects to the addresses given, in turn and with a head start for the first (RFC 8305), and to nothing else. */
function openTcp(to: ConnectTo, { addresses, port }: Place, signal: AbortSignal): Promise<Socket> {
  const lookup: LookupFunction = (_name, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(first === undefined ? new Error('no addresses') : null, first?.address ?? '', first?.family);
  };
  const options = { host: to.hostname, port, lookup, autoSelectFamily: true, highWaterMark: READ_BYTES };
  const socket = connectTcp(options);
  return settled(socket, 'connect', signal);
}

/** Whom to trust, and whether to insist on it. */
interface Trust {
  secureContext: SecureContext;
  rejectUnauthorized: boolean;
}

function openTls(tcp: Socket, to: ConnectTo, trust: Trust, signal: AbortSignal): Promise<TLSSocket> {
  const servername = literalAddress(to.hostname) === null ? to.hostname.replace(/\.$/, '') : '';
  const options = {
    socket: tcp,
    host: to.hostname,
    servername,
    ...trust,
    ALPNProtocols: ['http/1.1'],
    highWaterMark: READ_BYTES,
  };
  const socket = connectTls(options);
  return settled(socket, 'secureConnect', signal);
}

function connectionReset(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}

/** Waits for a socket to be ready; when it fails, or time runs out, nothing of it stays. */
function settled<S extends Socket>(socket: S, ready: string, signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      cleanUp();
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => {
      cleanUp();
      resolve(socket);
    };
    const onClose = (): void => {
      fail(connectionReset());
    };
    const onAbort = (): void => {
      fail(new FetchError('TARGET_TIMEOUT', 'no connection in time'));
    };
    const cleanUp = (): void => {
      socket.off(ready, onReady).off('error', fail).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    // An error that comes when nobody waits any more must not end the process.
    socket.on('error', () => undefined);
    socket.once(ready, onReady).once('error', fail).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
