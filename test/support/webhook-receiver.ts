import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that a receiver was sent. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody who is told what happens: a real server, whose path says how it answers. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What came to a path, and how often. */
  at(path: string): Received[];
  close(): void;
}

/** What is answered at a path, whatever its query, to the message of that number there, from 1. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse, number: number) => void>> = {
  '/taken': (response) => response.writeHead(204).end(),
  '/third-time': (response, number) => response.writeHead(number < 3 ? 500 : 200).end(number < 3 ? `not yet: ${String(number)}\0` : ''),
  '/hangs': () => undefined,
  '/hangs-once': (response, number) => (number === 1 ? undefined : response.writeHead(204).end()),
  '/gone': (response) => response.writeHead(410).end(),
  '/gone-once': (response, number) => response.writeHead(number === 1 ? 410 : 200).end(),
  '/elsewhere': (response) => response.writeHead(307, { Location: '/taken' }).end(),
  '/busy': (response) => response.writeHead(429, { 'Retry-After': '900' }).end(),
  '/talks': (response) => {
    response.writeHead(200);
    for (let sent = 0; sent < 100; sent += 1) response.write('all that there is to say '.repeat(400));
    response.end();
  },
};

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(pieces).toString() });
      const number = received.filter((each) => each.path === path).length;
      (ANSWERS[path.split('?')[0] ?? ''] ?? ANSWERS['/taken'])?.(response, number);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    received,
    at: (path) => received.filter((each) => each.path === path),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
