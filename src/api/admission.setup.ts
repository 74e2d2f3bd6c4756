import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Allowance } from './allowance.ts';
import { isOpenPath, isUncountedPath, KeyRing } from './caller.ts';
import { sendProblem } from './problem.filter.ts';
import { rateFields } from './rate-fields.ts';
import { RateLimit } from './rate-limit.ts';
import { checkForwarded, checkHost } from './request-checks.ts';

/** What admission depends on. */
interface AdmissionOptions {
  keys: readonly string[] | null;
  /** Requests and retrievals for each caller; 0 means without limit. */
  perMinute: number;
}

/**
 * Who may ask, and how much: a key where there are keys, and the rate of each caller. The header fields about it are set
 * when an answer leaves, since retrievals are charged while it comes to be.
 */
export function admitCallers(server: FastifyInstance, { keys, perMinute }: AdmissionOptions): void {
  const ring = new KeyRing(keys);
  const limit = perMinute === 0 ? null : new RateLimit(perMinute);
  const fieldsOf = new WeakMap<FastifyRequest, () => Record<string, string>>();

  const admit = (request: FastifyRequest): void => {
    checkHost(request.host, request.raw.rawHeaders);
    checkForwarded(request.protocol);
    if (isOpenPath(request.url) || request.method === 'OPTIONS') return;
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const address = request.ip;
    // Of who shows a key that is none, the guesses are counted; replaced by what is counted of who is let in.
    if (keys !== null) fieldsOf.set(request, () => rateFields('authentication', ring.guessesLeft(address)));
    const caller = ring.identify({ authorization, apiKey, address });
    fieldsOf.delete(request);
    const { underWay } = request;
    if (underWay !== null) underWay.caller = caller;
    if (limit === null || isUncountedPath(request.url)) return;
    fieldsOf.set(request, () => rateFields('default', limit.standing(caller)));
    const allowance = new Allowance(limit, caller);
    allowance.pay(1);
    if (underWay !== null) underWay.allowance = allowance;
  };

  server.addHook('onRequest', (request, reply, done) => {
    try {
      admit(request);
    } catch (error) {
      sendProblem(error, request, reply);
      return;
    }
    done();
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    const fields = fieldsOf.get(request);
    if (fields !== undefined) void reply.headers(fields());
    done();
  });
}
