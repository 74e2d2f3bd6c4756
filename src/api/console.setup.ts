import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CONSOLE_FOLDER, consolePage } from './console-files.ts';
import { RENDERED_PAGE, RENDERED_POLICY } from './rendered-page.ts';

/**
 * Nothing but this server's own: an API key may be typed into this page, and it shows what targets sent. Scripts are of this
 * server and named by the page itself, since content of a target, which /body gives, is the former; no text becomes markup
 * (`trusted-types`); images of a target are shown from memory, and its markup in a frame of {@link RENDERED_POLICY}: what else is here
 * lets nobody frame it.
 */
const policyOf = (nonce: string): string =>
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none', " +
  `script-src 'nonce-${nonce}'`;

/** Names of these files have a digest of their content in them. */
const FOREVER = { maxAge: '365d', immutable: true };

/**
 * Serves the files of the console's build under /console/, each as a route of its own, and the page in which it shows those of targets.
 * Its own pages are answered by controllers.
 */
export async function mountConsole(server: FastifyInstance): Promise<void> {
  server.get('/console/rendered', (_request, reply) => {
    void reply.headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': RENDERED_POLICY,
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'no-cache',
    });
    return RENDERED_PAGE;
  });
  const assets = new URL('assets/', CONSOLE_FOLDER);
  if (!existsSync(assets)) return;
  await server.register(serveStatic, {
    ...FOREVER,
    root: fileURLToPath(assets),
    prefix: '/console/assets/',
    wildcard: false,
    index: false,
    preCompressed: true,
    decorateReply: false,
  });
}

/**
 * Answers with a page of the console's build, under a policy that lets nothing else run.
 *
 * @param name - the path of its HTML file in `console/`
 * @param otherwise - what is answered where the console was not built
 * @param policy - the page's own policy, where it needs more
 */
export function answerPage(reply: FastifyReply, name: string, otherwise: () => string, policy = policyOf): string {
  const nonce = randomBytes(16).toString('base64');
  void reply.headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy(nonce),
    'Cache-Control': 'no-cache',
  });
  return consolePage(name, nonce) ?? otherwise();
}
