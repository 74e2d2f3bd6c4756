import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asProblemError, describeProblem } from './describe-problem.ts';
import type { Problem } from './problem.model.ts';
import { CallerGone, noteProblem } from './under-way.ts';

/** The one way in which an error leaves: as `application/problem+json` over REST, thrown on to Apollo's own formatter in GraphQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') {
      logUnexpected(error, host.getArgByIndex<{ log: ErrorLog }>(2).log);
      return error;
    }
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return undefined;
  }
}

/** The part of a log that errors go to. */
export interface ErrorLog {
  error(facts: object, message: string): void;
}

function logUnexpected(error: unknown, log: ErrorLog): void {
  const known = asProblemError(error);
  if (known.code === 'INTERNAL' && !(known.cause instanceof CallerGone)) log.error({ err: known.cause }, 'unexpected error');
}

/** The problem that an error is, as part of an answer; logs the errors that nobody foresaw. */
export function tellProblem(error: unknown, request: FastifyRequest): Problem {
  const known = asProblemError(error);
  logUnexpected(known, request.log);
  noteProblem(known.code);
  return describeProblem(known, request.id);
}

/** Answers with the problem that an error is, and logs the errors that nobody foresaw. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = asProblemError(error);
  const problem = tellProblem(known, request);
  // A URL that is none reaches no hook, which would have said it.
  void reply.header('X-Request-Id', problem.requestId);
  if (known.retryAfterS !== null) void reply.header('Retry-After', String(known.retryAfterS));
  if (known.code === 'UNAUTHORIZED') void reply.header('WWW-Authenticate', 'Bearer realm="pagewire"');
  void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
