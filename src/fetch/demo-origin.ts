import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { demoResources } from '../demo/demo-resources.ts';
import { DEMO_HOST } from '../settings/settings.ts';

/** Where the demo is served, on this machine alone. */
const LOOPBACK = '127.0.0.1';

/** The server of the demo's resources: it listens from the first retrieval on, on a port that the system chooses. */
export class DemoOrigin {
  #listening: Promise<Server> | null = null;

  /** The port that it listens on, at 127.0.0.1. Rejects with the system's error where it cannot. */
  async address(): Promise<{ address: string; port: number }> {
    this.#listening ??= listen().catch((error: unknown) => {
      this.#listening = null;
      throw error;
    });
    const { address, port } = (await this.#listening).address() as AddressInfo;
    return { address, port };
  }

  /** Ends it, with every connection to it. */
  async close(): Promise<void> {
    const server = await this.#listening?.catch(() => null);
    this.#listening = null;
    if (server === null || server === undefined) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}

function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      // Whoever asked has gone.
      response.destroy();
    });
  });
  server.unref();
  return new Promise((resolve, reject) => {
    // Not shared with the other processes of WORKERS.
    server.once('error', reject).listen({ port: 0, host: LOOPBACK, exclusive: true }, () => {
      resolve(server.off('error', reject));
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const { method, url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': '0' }).end();
    return;
  }
  const resources = demoResources();
  // Over HTTP/1.0 it may be asked for by its whole URL. RFC 9112, section 3.2.2.
  const path = URL.parse(url, `http://${DEMO_HOST}`)?.pathname ?? '';
  const found = resources.get(path) ?? resources.get('/missing');
  if (found === undefined) throw new Error('the demo has no /missing');
  const resource = found.chosenFor?.(request.headers) ?? found;
  response.writeHead(resource.status, ['Server', 'Pagewire-Demo', ...resource.headers.flat()]);
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  for (const { afterMs, bytes } of method === 'HEAD' ? [] : resource.pieces) {
    if (afterMs > 0) await wait(afterMs, undefined, { signal: gone.signal });
    response.write(bytes);
  }
  response.end();
}
