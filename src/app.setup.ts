import 'reflect-metadata';
import cors from '@fastify/cors';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify';
import { addAnswerHeaders } from './api/answer-headers.setup.ts';
import { ByteBudget } from './api/byte-budget.ts';
import { isOpenPath, isUncountedPath, KeyRing } from './api/caller.ts';
import { describeProblem } from './api/describe-problem.ts';
import { mountDocs } from './api/docs.setup.ts';
import { FrameworkLogger } from './api/framework-logger.setup.ts';
import { KnownRoutes } from './api/known-routes.ts';
import type { Load } from './api/load.module.ts';
import { Metrics } from './api/metrics.ts';
import { countRequests } from './api/metrics.setup.ts';
import { boundLoad } from './api/overload.setup.ts';
import { ProblemError } from './api/problem.ts';
import { ProblemFilter, sendProblem } from './api/problem.filter.ts';
import { RateLimit } from './api/rate-limit.ts';
import { Readiness } from './api/readiness.ts';
import { checkBody, checkHost, checkNoQuery } from './api/request-checks.ts';
import { createRequestId, withRequestId } from './api/request-id.ts';
import { Traffic } from './api/traffic.ts';
import { underWayOf } from './api/under-way.ts';
import { validationPipe } from './api/validation.setup.ts';
import { AppModule } from './app.module.ts';
import type { Settings } from './settings/settings.ts';

/** Fields of ours that a page of another origin may read. */
const EXPOSED = [
  'X-Request-Id',
  'ETag',
  'Cache-Status',
  'Link',
  'Server-Timing',
  'Retry-After',
  'Pagewire-Snapshot',
  'Pagewire-Status',
  'Pagewire-Final-Url',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];

/** What is not HTTP at all reaches no route; it gets a problem all the same. */
const answerBadHttp: NonNullable<FastifyServerOptions['clientErrorHandler']> = (error, socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const detail = error.code === 'HPE_HEADER_OVERFLOW' ? 'the request head is too large' : 'the request is not valid HTTP';
  const requestId = createRequestId();
  const content = JSON.stringify(describeProblem(new ProblemError('INVALID_REQUEST', detail), requestId));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nX-Request-Id: ${requestId}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${String(Buffer.byteLength(content))}\r\nConnection: close\r\n\r\n${content}`,
  );
};

/**
 * The whole application, as main, the tests and the contract's script use it; it does not listen yet. `others` are modules
 * beside its own.
 */
export async function createApp(settings: Settings, others: readonly DynamicModule[] = []): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: settings.LOG_LEVEL === 'silent' ? false : { level: settings.LOG_LEVEL, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: createRequestId,
    bodyLimit: Math.max(1_048_576, settings.FETCH_MAX_BYTES),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
      sendProblem(error, request, reply);
    },
    clientErrorHandler: answerBadHttp,
  });
  const server = adapter.getInstance();
  // Only JSON is taken: without this, text/plain would be, too.
  server.removeContentTypeParser('text/plain');
  const load: Load = {
    readiness: new Readiness(),
    traffic: new Traffic(),
    budget: new ByteBudget(settings.FETCH_MAX_TOTAL_BYTES),
    metrics: new Metrics(),
  };
  const routes = new KnownRoutes();
  server.addHook('onRoute', ({ method, url }) => {
    routes.add(method, url);
  });
  nameRequests(server, routes);
  // Before what may refuse a request: a page of another origin is to read the refusal, too.
  await server.register(cors, { origin: settings.CORS_ORIGINS.includes('*') ? '*' : [...settings.CORS_ORIGINS], exposedHeaders: EXPOSED });
  boundLoad(server, settings, load);
  countRequests(server, load.metrics);
  addHooks(server, settings, load.readiness, routes);
  addAnswerHeaders(server, settings.CORS_ORIGINS);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, load, others), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new FrameworkLogger(server.log),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  mountDocs(app);
  return app;
}

/** Every answer has the id of its request, whatever becomes of it. */
function nameRequests(server: FastifyInstance, routes: KnownRoutes): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id).header('X-Content-Type-Options', 'nosniff').header('Referrer-Policy', 'no-referrer');
    withRequestId(request.id, done);
  });
  // OPTIONS is for preflights, which the next hook answers: https://fetch.spec.whatwg.org/#cors-preflight-request
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] !== undefined) {
      done();
      return;
    }
    try {
      refuseMethod(routes, request, reply);
    } catch (error) {
      sendProblem(error, request, reply);
    }
  });
}

/** What happens to every request before and after its route: key, rate, the methods of a path, its shape, one log line. */
function addHooks(server: FastifyInstance, settings: Settings, readiness: Readiness, routes: KnownRoutes): void {
  const keys = new KeyRing(settings.API_KEYS);
  const rate = new RateLimit(settings.RATE_LIMIT_PER_MINUTE);
  server.addHook('onRequest', (request, reply, done) => {
    try {
      checkHost(request.host);
      if (!isOpenPath(request.url) && request.method !== 'OPTIONS') {
        const { authorization, 'x-api-key': apiKey } = request.headers;
        const caller = keys.identify({ authorization, apiKey, address: request.ip });
        if (!isUncountedPath(request.url)) {
          const { fields, problem } = rate.charge(caller);
          void reply.headers(fields);
          if (problem !== null) throw problem;
        }
      }
      if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
        throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'request bodies are taken as they are: send them without Content-Encoding');
      }
      if (request.is404) refuseMethod(routes, request, reply);
      done();
    } catch (error) {
      sendProblem(error, request, reply);
    }
  });
  server.addHook('preValidation', (request, reply, done) => {
    try {
      if (request.method === 'POST') checkBody(request.body);
      const route = request.routeOptions.url ?? '';
      if (request.method === 'POST' && route !== '/graphql') checkNoQuery(request.query, 'goes into the JSON body of a POST');
      if (route.startsWith('/snapshots/'))
        checkNoQuery(request.query, 'is not for a snapshot, which is given as it is; /fetch?snapshot= takes parameters');
      done();
    } catch (error) {
      sendProblem(error, request, reply);
    }
  });
  // A client that keeps its connection would hold up the end of the process.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (!readiness.isReady) void reply.header('Connection', 'close');
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const problems = [...new Set(underWayOf(request)?.problems)];
    request.log.info(
      {
        method,
        route: routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(problems.length > 0 && { code: problems.join(',') }),
      },
      'answered',
    );
    done();
  });
}

/** A path that exists for other methods is not unknown. RFC 9110, section 15.5.6. */
function refuseMethod(routes: KnownRoutes, request: FastifyRequest, reply: FastifyReply): never {
  const [path = ''] = request.url.split('?');
  const allowed = routes.methodsOf(path).filter((method) => method !== 'OPTIONS');
  if (allowed.length === 0) throw new ProblemError('NOT_FOUND', `there is no endpoint ${path.slice(0, 200)}; /docs lists those that are`);
  void reply.header('Allow', allowed.join(', '));
  throw new ProblemError('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(' and ')}, not ${request.method}`);
}
