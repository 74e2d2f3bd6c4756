import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';

/**
 * What every answer tells a browser: nothing in it runs, loads or is framed. Pages of ours allow themselves what they need,
 * and content of a target is sandboxed besides. Strict-Transport-Security is left to whoever terminates TLS: this server
 * does not, and would speak for other services of its host.
 *
 * @param origins - who may read answers (CORS_ORIGINS)
 */
export function secureAnswers(server: FastifyInstance, origins: readonly string[]): void {
  const fields = securityFields(origins);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(fields);
    // Over plain HTTP browsers ignore it, and complain of it.
    if (request.protocol === 'https') void reply.header('Cross-Origin-Opener-Policy', 'same-origin');
    done();
  });
}

/** They are the same for all answers, so they are made once. */
function securityFields(origins: readonly string[]): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  const collector = {
    setHeader(name: string, value: string): void {
      fields[name] = value;
    },
    removeHeader: (): void => undefined,
  };
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    // What every origin may read, every page may show; else the pages of no other origin.
    crossOriginResourcePolicy: { policy: origins.includes('*') ? 'cross-origin' : 'same-origin' },
    crossOriginOpenerPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
    // Of use to browsers that are no more, or to Flash.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    xDnsPrefetchControl: false,
    originAgentCluster: false,
  })({} as FastifyRequest['raw'], collector as unknown as FastifyReply['raw'], () => undefined);
  return fields;
}
