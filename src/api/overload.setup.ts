import { type PassThrough, Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings/settings.ts';
import type { Hold } from './byte-budget.ts';
import { nameOfAddress } from './caller.ts';
import { describeProblem } from './describe-problem.ts';
import type { Load } from './load.module.ts';
import { LoopDelay } from './loop-delay.ts';
import { ProblemError } from './problem.ts';
import { sendProblem } from './problem.filter.ts';
import { CallerGone, noteProblem, RequestUnderWay, withUnderWay } from './under-way.ts';

/** Paths that tell of the load, and are answered under any. */
const PROBE = /^\/(health|metrics)(\/|\?|$)/;
/** Answers up to this size are sent at once: they are counted, and never refused. */
const SMALL_BYTES = 64 * 1024;
/** A request body up to this size is read to its end although nobody wants it: that keeps the connection. */
const READ_OFF_BYTES = 1_048_576;

/**
 * Keeps the server within its means: requests past them are refused before their bodies are read, those whose callers
 * have gone are ended, and what they hold in memory is counted from the first byte in to the last byte out.
 */
export function boundLoad(server: FastifyInstance, settings: Settings, load: Load): void {
  // Of several processes that are all full, each would otherwise pass a connection on to the next one, for ever.
  Object.assign(server.server, { maxConnections: settings.MAX_CONNECTIONS, dropMaxConnection: true });
  load.traffic.watch(server.server);
  load.metrics.watchConnections(load.traffic);
  load.metrics.watchBudget(load.budget);
  noticeHangUps(server, load);
  if (settings.ROLE === 'worker') refuseAll(server);
  refuseNewCallers(server, load);
  refuseWhenLate(server, new LoopDelay(settings.MAX_EVENT_LOOP_DELAY_MS));
  countBodies(server);
  countAnswers(server, settings.SEND_TIMEOUT_MS);
}

/** From here on everything is done in the name of a request, which ends with its answer or with its caller. */
function noticeHangUps(server: FastifyInstance, { traffic, budget, metrics }: Load): void {
  server.decorateRequest('underWay', null);
  server.addHook('onRequest', (request, reply, done) => {
    const hold = budget.open();
    const underWay = new RequestUnderWay(request.id, nameOfAddress(request.ip), hold);
    request.underWay = underWay;
    const end = traffic.begin(request.raw.socket, underWay);
    let isSent = false;
    reply.raw.once('finish', () => {
      isSent = true;
    });
    reply.raw.once('close', () => {
      end();
      if (!isSent) {
        metrics.countHangUp();
        const { method, routeOptions } = request;
        request.log.info(
          { method, route: routeOptions.url ?? null, status: null, ms: Math.round(reply.elapsedTime) },
          'the caller hung up',
        );
        underWay.abort(new CallerGone());
      }
      hold.release();
    });
    withUnderWay(underWay, done);
  });
}

/** A process that works on jobs leaves callers to others. */
function refuseAll(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (PROBE.test(request.url)) done();
    else sendProblem(refusal(request, reply, 'this process works on jobs and answers probes alone (ROLE=worker)'), request, reply);
  });
}

/** A server that stops answers the callers that it has, and sends new ones elsewhere. */
function refuseNewCallers(server: FastifyInstance, { readiness, traffic }: Load): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { stoppedAt } = readiness;
    if (stoppedAt === null || PROBE.test(request.url) || !traffic.isNewerThan(request.raw.socket, stoppedAt)) done();
    else sendProblem(refusal(request, reply, 'this server is stopping'), request, reply);
  });
}

/** Who is let in while there is too much to do makes everybody wait. */
function refuseWhenLate(server: FastifyInstance, delay: LoopDelay): void {
  server.addHook('onListen', (done) => {
    delay.start();
    done();
  });
  server.addHook('onClose', (_instance, done) => {
    delay.stop();
    done();
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (delay.isLate && !PROBE.test(request.url)) sendProblem(refusal(request, reply, 'this server is busy'), request, reply);
    else done();
  });
}

/** A problem for a request whose body has not been read. */
function refusal({ headers }: FastifyRequest, reply: FastifyReply, why: string): ProblemError {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = headers;
  if (coding !== undefined || Number(length) > READ_OFF_BYTES) void reply.header('Connection', 'close');
  return new ProblemError('OVERLOADED', `${why}; ask again in a moment`, { retryAfterS: 1 });
}

/** A request body is held from its first byte on, as text and as what is read of it. */
function countBodies(server: FastifyInstance): void {
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const hold = request.underWay?.hold;
    const length = Number(request.headers['content-length'] ?? '0');
    try {
      hold?.grow(2 * length);
      done(null, length > 0 || hold === undefined ? payload : payload.pipe(counting(hold)));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Passes on what it is given, and counts it. */
function counting(hold: Hold): PassThrough {
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback): void {
      try {
        hold.grow(2 * chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** What an answer was made of is let go of when it is sent; the answer itself, when its caller has taken it. */
function countAnswers(server: FastifyInstance, sendTimeoutMs: number): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const bytes = typeof payload === 'string' || payload instanceof Uint8Array ? payload.length : 0;
    try {
      request.underWay?.hold.resize(bytes, bytes > SMALL_BYTES);
    } catch (error) {
      done(null, refuseAnswer(error as ProblemError, request, reply));
      return;
    }
    if (bytes > SMALL_BYTES) {
      const timer = setTimeout(() => {
        request.log.info({ bytes }, 'the caller did not take its answer in time');
        reply.raw.destroy();
      }, sendTimeoutMs);
      reply.raw.once('close', () => {
        clearTimeout(timer);
      });
    }
    done(null, payload);
  });
}

function refuseAnswer(error: ProblemError, request: FastifyRequest, reply: FastifyReply): string {
  noteProblem(error.code);
  const problem = describeProblem(error, request.id);
  for (const name of ['Content-Length', 'Content-Disposition']) void reply.removeHeader(name);
  void reply.code(problem.status).type('application/problem+json; charset=utf-8');
  void reply.headers({ 'Retry-After': String(error.retryAfterS ?? 1), 'Cache-Control': 'no-store' });
  return JSON.stringify(problem);
}
