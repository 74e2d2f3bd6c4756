import 'reflect-metadata';
import { parse as parseQuery } from 'node:querystring';
import cors from '@fastify/cors';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { admitCallers } from './api/admission.setup.ts';
import { addAnswerHeaders } from './api/answer-headers.setup.ts';
import { ByteBudget } from './api/byte-budget.ts';
import { DatabaseState } from './api/database-state.ts';
import { answerBadHttp, connectionLimits, watchConnections } from './api/connections.setup.ts';
import { mountConsole } from './api/console.setup.ts';
import { FrameworkLogger } from './api/framework-logger.setup.ts';
import { KnownRoutes } from './api/known-routes.ts';
import type { Load } from './api/load.module.ts';
import { logStream } from './api/log-stream.ts';
import { Metrics } from './api/metrics.ts';
import { countRequests } from './api/metrics.setup.ts';
import { boundLoad } from './api/overload.setup.ts';
import { answerProbes } from './api/probe.setup.ts';
import { ProblemError } from './api/problem.ts';
import { ProblemFilter, sendProblem } from './api/problem.filter.ts';
import { Readiness } from './api/readiness.ts';
import { bodyLimit } from './api/json-body.ts';
import { readJsonBodies } from './api/json-body.setup.ts';
import { ACTIONS, BODILESS, checkBody, checkDestination, checkNoBody, checkNoQuery } from './api/request-checks.ts';
import { createRequestId } from './api/request-id.ts';
import { secureAnswers } from './api/security-headers.setup.ts';
import { Traffic } from './api/traffic.ts';
import { validationPipe } from './api/validation.setup.ts';
import { AppModule } from './app.module.ts';
import { readCsvBodies } from './batches/csv-body.setup.ts';
import { mountDemo } from './demo/demo.setup.ts';
import { showGraphiql } from './graphql/graphiql.setup.ts';
import { JobsService } from './jobs/jobs.service.ts';
import type { Settings } from './settings/settings.ts';
import { Colleagues } from './workers/colleagues.ts';

/** Fields of ours that a page of another origin may read. */
const EXPOSED = [
  'X-Request-Id',
  'ETag',
  'Location',
  'Cache-Status',
  'Link',
  'Server-Timing',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Pagewire-Snapshot',
  'Pagewire-Status',
  'Pagewire-Final-Url',
  'Pagewire-Total',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];

/**
 * The whole application, as main, the tests and the contract's script use it; it does not listen yet. `others` are modules
 * beside its own, `colleagues` the other processes of this server.
 */
export async function createApp(
  settings: Settings,
  others: readonly DynamicModule[] = [],
  colleagues = new Colleagues(),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: settings.LOG_LEVEL === 'silent' ? false : { level: settings.LOG_LEVEL, stream: logStream() },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: createRequestId,
    bodyLimit: bodyLimit(settings),
    trustProxy: trustedProxies(settings.TRUST_PROXY),
    ...connectionLimits(settings.REQUEST_TIMEOUT_MS),
    // Fastify's own gives a value back as it was written where one escape in it is not UTF-8.
    routerOptions: { maxParamLength: 200, querystringParser: (text) => parseQuery(text) },
    // What comes while the process stops is answered as ever: the framework's own refusal would be no problem of ours.
    return503OnClosing: false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
      sendProblem(error, request, reply);
    },
    clientErrorHandler: answerBadHttp,
  });
  const server = adapter.getInstance();
  readJsonBodies(server);
  readCsvBodies(server);
  const load: Load = {
    readiness: new Readiness(),
    traffic: new Traffic(),
    budget: new ByteBudget(settings.FETCH_MAX_TOTAL_BYTES),
    metrics: new Metrics(colleagues),
    colleagues,
    database: new DatabaseState(),
  };
  const routes = new KnownRoutes();
  server.addHook('onRoute', ({ method, url }) => {
    routes.add(method, url);
  });
  watchConnections(server);
  nameRequests(server, routes);
  secureAnswers(server, settings.CORS_ORIGINS);
  // Before what may refuse a request: a page of another origin is to read the refusal, too.
  await server.register(cors, {
    origin: settings.CORS_ORIGINS.includes('*') ? '*' : [...settings.CORS_ORIGINS],
    exposedHeaders: EXPOSED,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  });
  boundLoad(server, settings, load);
  countRequests(server, load.metrics);
  showGraphiql(server);
  admitCallers(server, { keys: settings.API_KEYS, perMinute: settings.RATE_LIMIT_PER_MINUTE });
  addHooks(server, load.readiness, routes);
  addAnswerHeaders(server, settings.CORS_ORIGINS);
  answerProbes(server, load);
  await mountConsole(server);
  if (settings.DEMO) mountDemo(server);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, load, others), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new FrameworkLogger(server.log),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  server.addHook('onListen', (done) => {
    app.get(JobsService).begin();
    done();
  });
  return app;
}

/** A GET of the graph may come as a POST; how the answer to a new batch comes is no part of the batch. */
const TAKES_QUERY: ReadonlySet<string> = new Set(['/graphql', '/batches', '/crawls', '/watches', '/watches/:id/run']);

/** Every answer has the id of its request, whatever becomes of it. */
function nameRequests(server: FastifyInstance, routes: KnownRoutes): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    done();
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

/** What happens to every request that was let in, before and after its route: the methods of a path, its shape, one log line. */
function addHooks(server: FastifyInstance, readiness: Readiness, routes: KnownRoutes): void {
  server.addHook('onRequest', (request, reply, done) => {
    try {
      checkDestination(request.url, request.headers['sec-fetch-dest']);
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
      const route = request.routeOptions.url ?? '';
      if (BODILESS.has(route)) request.body ??= {};
      if (request.method === 'POST' || request.method === 'PATCH') (ACTIONS.has(route) ? checkNoBody : checkBody)(request.body);
      if (request.method === 'POST' && !TAKES_QUERY.has(route)) checkNoQuery(request.query, 'goes into the JSON body of a POST');
      // Its JSON may be trimmed; the other forms are files.
      if (route.startsWith('/snapshots/') && route !== '/snapshots/:id')
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
    const problems = [...new Set(request.underWay?.problems)];
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

/** As Fastify takes them: it does not take a number, since whoever reaches the server past the proxies may then claim any address. */
function trustedProxies(trusted: Settings['TRUST_PROXY']): false | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  // An empty list would be looked through for every request.
  return trusted === null || trusted.length === 0 ? false : [...trusted];
}

/** A path that exists for other methods is not unknown. RFC 9110, section 15.5.6. */
function refuseMethod(routes: KnownRoutes, request: FastifyRequest, reply: FastifyReply): never {
  const [path = ''] = request.url.split('?');
  const allowed = routes.methodsOf(path).filter((method) => method !== 'OPTIONS');
  if (allowed.length === 0) throw new ProblemError('NOT_FOUND', `there is no endpoint ${path.slice(0, 200)}; /docs lists those that are`);
  void reply.header('Allow', allowed.join(', '));
  throw new ProblemError('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(' and ')}, not ${request.method}`);
}
