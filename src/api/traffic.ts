import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** A connection of a caller. */
interface Line {
  since: number;
  lastUsed: number;
  requests: number;
}

/** What can be ended before its time. */
interface Abortable {
  abort(reason: Error): void;
}

/** Who is connected to this server, and which of their requests are under way: what a server that stops must see to its end. */
export class Traffic {
  readonly #lines = new Map<Duplex, Line>();
  readonly #requests = new Set<Abortable>();
  #accepted = 0;

  /** Watches the connections of a server from now on. */
  watch(server: EventEmitter): void {
    server.on('connection', (socket: Duplex) => {
      const now = performance.now();
      this.#accepted += 1;
      this.#lines.set(socket, { since: now, lastUsed: now, requests: 0 });
      socket.once('close', () => this.#lines.delete(socket));
    });
  }

  /** Connections that were made, ever. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#lines.size;
  }

  /** Requests that have not been answered yet. */
  get underWay(): number {
    return this.#requests.size;
  }

  /** A request has come over a connection; gives back how to say that it has ended. */
  begin(socket: Duplex, request: Abortable): () => void {
    const line = this.#lines.get(socket);
    if (line !== undefined) line.requests += 1;
    this.#requests.add(request);
    return () => {
      this.#requests.delete(request);
      if (line === undefined) return;
      line.requests -= 1;
      line.lastUsed = performance.now();
    };
  }

  /** True for a connection that was made after a time of `performance.now()`. */
  isNewerThan(socket: Duplex, time: number): boolean {
    return (this.#lines.get(socket)?.since ?? 0) > time;
  }

  /** Connections made before a time over which something may still come: used within so many milliseconds. */
  inUse(before: number, idleMs: number): number {
    const now = performance.now();
    return [...this.#lines.values()].filter(({ since, lastUsed, requests }) => since <= before && (requests > 0 || now - lastUsed < idleMs))
      .length;
  }

  /** Closes the connections that no request is under way on, and over which none has come for so many milliseconds. */
  closeIdle(idleMs: number): void {
    const now = performance.now();
    for (const [socket, { lastUsed, requests }] of this.#lines) if (requests === 0 && now - lastUsed >= idleMs) socket.destroy();
  }

  /** Ends every request under way with a reason. */
  abortAll(reason: Error): void {
    for (const request of [...this.#requests]) request.abort(reason);
  }
}
