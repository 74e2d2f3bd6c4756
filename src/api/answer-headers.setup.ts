import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { VERSION } from '../settings/settings.ts';
import { type AnswerFacts, type TargetFacts, TOLD_PHASES } from './answer-facts.ts';
import { snapshotLinks } from './snapshot-links.ts';

/** Answers that depend on nothing but their URL and this version, unless they are about a target. Others may only be used again once they were confirmed. */
const PURE = /^\/(encode|decode)(\?|$)/;
/** What this server says of itself: it changes with the version. */
const CONTRACT = /^\/(openapi\.json|schema\.graphql)(\?|$)/;

/** Of an answer that no hook saw begin. */
const NO_FACTS: AnswerFacts = { targets: [], parseMs: null };

/**
 * Says of every answer how long it may be used, by which tag it is known, and what took how long; answers 304 to who has it
 * already. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 *
 * @param origins - who may see timings: those that may read answers
 */
export function addAnswerHeaders(server: FastifyInstance, origins: readonly string[]): void {
  const timingOrigins = origins.join(', ');
  server.addHook('onSend', (request, reply, payload, done) => {
    const facts = request.underWay?.facts ?? NO_FACTS;
    const [only, another] = facts.targets;
    if (only !== undefined && another === undefined) {
      const links = [reply.getHeader('link'), snapshotLinks(only.snapshot)].filter((link) => link !== undefined);
      void reply.header('Link', links.join(', ')).header('Cache-Status', cacheStatus(only));
    }
    const timing = serverTiming(facts);
    if (timing !== '') void reply.header('Server-Timing', timing);
    if (timing !== '' && timingOrigins !== '') void reply.header('Timing-Allow-Origin', timingOrigins);
    if (reply.statusCode >= 400 && !reply.hasHeader('cache-control')) void reply.header('Cache-Control', 'no-store');
    done(null, isUnchanged(request, reply, payload, facts) ? null : payload);
  });
}

/** Sets `ETag` and `Cache-Control` of an answer; true where the caller has it already, which is then a 304. */
function isUnchanged(request: FastifyRequest, reply: FastifyReply, payload: unknown, { targets }: AnswerFacts): boolean {
  const { method, url } = request;
  if ((method !== 'GET' && method !== 'HEAD') || reply.hasHeader('cache-control')) return false;
  const [target] = targets;
  if (target === undefined && !PURE.test(url) && !CONTRACT.test(url)) return false;
  const type = String(reply.getHeader('content-type'));
  // Ages and ids differ from answer to answer; what a view says of a snapshot in one format does not.
  const etag =
    target === undefined
      ? `"${digest(payload)}"`
      : `W/"${digest([VERSION, request.host, url, type, ...targets.map(({ snapshot }) => snapshot)].join('\n'))}"`;
  void reply
    .header('ETag', etag)
    .header('Cache-Control', target === undefined && PURE.test(url) ? 'private, max-age=3600' : 'private, no-cache');
  if (!matches(request.headers['if-none-match'], etag)) return false;
  void reply.code(304).removeHeader('Content-Type').removeHeader('Content-Length').removeHeader('Content-Disposition');
  return true;
}

function digest(payload: unknown): string {
  const bytes = typeof payload === 'string' || payload instanceof Uint8Array ? payload : String(payload);
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

/** The weak comparison of RFC 9110, section 8.8.3.2, with each tag of a list, or with `*`. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([tag]) => tag === opaque);
}

/** Why the target was, or was not, asked. https://www.rfc-editor.org/rfc/rfc9211#section-2 */
const FORWARDED: Readonly<Record<string, string>> = {
  miss: 'fwd=uri-miss',
  revalidated: 'fwd=stale; fwd-status=304',
  bypass: 'fwd=bypass',
};

function cacheStatus({ cache: { status, coalesced, freshUntil } }: TargetFacts): string {
  const ttl = freshUntil === null ? [] : [`ttl=${String(Math.ceil((Date.parse(freshUntil) - Date.now()) / 1000))}`];
  return ['pagewire', FORWARDED[status] ?? 'hit', ...(coalesced ? ['collapsed'] : []), ...ttl].join('; ');
}

/** https://www.w3.org/TR/server-timing/#the-server-timing-header-field */
function serverTiming({ targets, parseMs }: AnswerFacts): string {
  const timings = targets.flatMap((target) => target.timings);
  const phases = TOLD_PHASES.map((phase) => {
    const happened = timings.map((timing) => timing[phase]).filter((ms) => ms !== null);
    return happened.length === 0
      ? null
      : metric(
          phase,
          happened.reduce((sum, ms) => sum + ms, 0),
        );
  });
  const caches = [...new Set(targets.map(({ cache }) => cache.status))].map((status) => `cache;desc=${status}`);
  return [...caches, ...phases, parseMs === null ? null : metric('parse', parseMs)].filter((part) => part !== null).join(', ');
}

function metric(name: string, ms: number): string {
  return `${name};dur=${ms.toFixed(1)}`;
}
