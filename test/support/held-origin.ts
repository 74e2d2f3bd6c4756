import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An origin that answers no request until it is told to. */
export interface HeldOrigin {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** The answers that are due, in the order of their requests. */
  readonly due: readonly ServerResponse[];
  /** Requests so far. */
  readonly asked: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Answers all that is due, and whatever comes from now on. */
  release(): void;
  close(): Promise<void>;
}

/** Starts one on 127.0.0.1. */
export async function startHeldOrigin(content: string | Buffer = '<a href="x">x</a>', mediaType = 'text/html'): Promise<HeldOrigin> {
  const due: ServerResponse[] = [];
  const sockets = new Set<Socket>();
  let isReleased = false;
  let asked = 0;
  const answer = (response: ServerResponse): void => void response.writeHead(200, { 'content-type': mediaType }).end(content);
  const server = createServer((_request, response) => {
    asked += 1;
    if (isReleased) answer(response);
    else due.push(response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    due,
    get asked() {
      return asked;
    },
    get open() {
      return sockets.size;
    },
    release: () => {
      isReleased = true;
      for (const response of due.splice(0)) answer(response);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Comes back once something is so; the test's own time limit says when it never was. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5);
}
