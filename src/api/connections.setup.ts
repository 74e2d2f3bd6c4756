import type { FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify';
import { describeProblem } from './describe-problem.ts';
import { ProblemError } from './problem.ts';
import { createRequestId } from './request-id.ts';

type AnswerBadHttp = NonNullable<FastifyServerOptions['clientErrorHandler']>;
type ClientError = Parameters<AnswerBadHttp>[0];
type ClientSocket = Parameters<AnswerBadHttp>[1];

/** Bytes of a request head, its URL included. */
const MAX_HEAD_BYTES = 16_384;
/** Milliseconds for a request head, which nothing makes long. */
const HEAD_MS = 10_000;
/** Milliseconds that a connection may rest between requests: longer than common proxies keep theirs, which would find it closed. */
const KEEP_ALIVE_MS = 72_000;
/** The most milliseconds between two looks for requests that are late. */
const CHECK_MS = 2000;

/** How long a caller may take to send, and how much it may send before it is even listened to. */
export function connectionLimits(requestTimeoutMs: number): {
  requestTimeout: number;
  keepAliveTimeout: number;
  http: { maxHeaderSize: number; headersTimeout: number; connectionsCheckingInterval: number };
} {
  return {
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      maxHeaderSize: MAX_HEAD_BYTES,
      headersTimeout: Math.min(HEAD_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(CHECK_MS, Math.ceil(requestTimeoutMs / 2)),
    },
  };
}

/** The answers that are due on each connection, in the order of their requests. */
const due = new WeakMap<ClientSocket, Set<FastifyReply>>();

/** Notes which answers are due. */
export function watchConnections(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    const replies = due.get(socket) ?? new Set();
    due.set(socket, replies.add(reply));
    reply.raw.once('close', () => replies.delete(reply));
    done();
  });
}

/** What is not HTTP at all, or does not come to its end in time, reaches no route; it gets a problem all the same. */
export const answerBadHttp: AnswerBadHttp = (error, socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const replies = [...(due.get(socket) ?? [])];
  const [last] = replies.slice(-1);
  if (last === undefined) {
    sayGoodbye(error, socket);
  } else if (last.request.raw.complete) {
    // The fault is that of a request behind those: what is said of it comes after their answers.
    last.raw.once('close', () => {
      sayGoodbye(error, socket);
    });
  } else if (replies.length === 1 && !last.raw.headersSent) {
    sayGoodbye(error, socket);
  } else {
    socket.destroy();
  }
};

function sayGoodbye(error: ClientError, socket: ClientSocket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = createRequestId();
  const problem = describeProblem(problemOf(error), requestId);
  const content = JSON.stringify(problem);
  const fields = [
    `HTTP/1.1 ${String(problem.status)} ${problem.status === 408 ? 'Request Timeout' : 'Bad Request'}`,
    `X-Request-Id: ${requestId}`,
    'Content-Type: application/problem+json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    `Content-Length: ${String(Buffer.byteLength(content))}`,
    'Connection: close',
  ];
  socket.end(`${fields.join('\r\n')}\r\n\r\n${content}`, () => {
    // Who goes on sending would hold the connection open.
    socket.destroySoon();
  });
}

function problemOf({ code }: ClientError): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ProblemError(
      'REQUEST_TIMEOUT',
      'the request did not come to its end in time (REQUEST_TIMEOUT_MS, 10 s at most for its head)',
    );
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const detail = `the request head, its URL included, is larger than ${String(MAX_HEAD_BYTES)} bytes: send long parameters in the JSON body of a POST`;
    return new ProblemError('INVALID_REQUEST', detail);
  }
  return new ProblemError('INVALID_REQUEST', 'the request is not valid HTTP');
}
