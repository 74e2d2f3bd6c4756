import type { FastifyReply } from 'fastify';

/** Says that another `Accept` may be answered otherwise, beside what the answer depends on already. RFC 9110, section 12.5.5. */
export function varyByAccept(reply: FastifyReply): void {
  const varies = [reply.getHeader('vary'), 'Accept'].filter((names) => names !== undefined);
  void reply.header('Vary', varies.join(', '));
}
