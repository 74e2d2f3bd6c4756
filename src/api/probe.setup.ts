import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Load } from './load.module.ts';
import { isKnownHost } from './request-checks.ts';
import { createRequestId } from './request-id.ts';

/** What a probe asks. */
const LIVE = '/health/live';
const ALIVE = JSON.stringify({ status: 'ok' });

/** Header fields of a request by which an answer may differ, or that say that it has a body: it is answered as any other. */
const TELLING: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'if-none-match',
  'origin',
  'sec-fetch-dest',
  'transfer-encoding',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

/** Header fields of an answer that are of that answer alone. */
const OWN: ReadonlySet<string> = new Set(['connection', 'x-request-id']);

type Incoming = FastifyRequest['raw'];
type Outgoing = FastifyReply['raw'];
type Handle = (request: Incoming, response: Outgoing) => void;

/**
 * Answers the plain request of a probe, "does the process live?", before anything else looks at it: the first one is answered by its
 * route, and those after it in the same words. Nothing is logged of them.
 */
export function answerProbes(server: FastifyInstance, { readiness, metrics }: Load): void {
  let head: readonly string[] | null = null;

  const isPlain = ({ method, url, rawHeaders, headers }: Incoming): boolean => {
    if (url !== LIVE || method !== 'GET' || !readiness.isReady || !isKnownHost(headers.host ?? '', rawHeaders)) return false;
    for (const name in headers) if (TELLING.has(name)) return false;
    return true;
  };

  server.addHook('onResponse', (request, reply, done) => {
    if (head === null && reply.statusCode === 200 && isPlain(request.raw)) {
      const fields = Object.entries(reply.getHeaders()).filter(([name]) => !OWN.has(name));
      head = fields.flatMap(([name, value]) => [name, String(value)]);
    }
    done();
  });

  server.addHook('onListen', (done) => {
    const handlers = server.server.listeners('request') as Handle[];
    server.server.removeAllListeners('request');
    server.server.on('request', (request: Incoming, response: Outgoing) => {
      if (head === null || !isPlain(request)) {
        for (const handle of handlers) handle(request, response);
        return;
      }
      response.writeHead(200, ['x-request-id', createRequestId(), ...head]);
      response.end(ALIVE);
      metrics.countRequest(LIVE, 'GET', 200, 0);
      metrics.countSent(ALIVE.length);
    });
    done();
  });
}
