import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Counts every answer that was sent. */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    metrics.countRequest(routeOptions.url ?? null, method, reply.statusCode, reply.elapsedTime);
    if (method !== 'HEAD' && reply.statusCode !== 304) metrics.countSent(Number(reply.getHeader('content-length') ?? 0));
    for (const code of request.underWay?.problems ?? []) metrics.countProblem(code);
    done();
  });
}
