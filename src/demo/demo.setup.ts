import type { FastifyInstance } from 'fastify';
import { DEMO_HOST, DEMO_ORIGIN } from '../settings/settings.ts';
import { demoResources } from './demo-resources.ts';
import type { DemoResource } from './demo-resource.ts';

/** As for the content of any target: nothing in it runs, loads or is framed. */
const SANDBOX = "sandbox; default-src 'none'";

/** Fields that say how a content is to be read, or where else it is; cookies and lifetimes are the demo's own. */
const PASSED_ON = new Set(['content-type', 'content-encoding', 'location']);

/** Shows people under /demo what retrievals get from the demo origin, each resource as a route of its own. */
export function mountDemo(server: FastifyInstance): void {
  for (const path of ['/demo', '/demo/']) {
    server.get(path, (_request, reply) => {
      void reply.headers({ 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': SANDBOX });
      return indexPage();
    });
  }
  for (const resource of demoResources().values()) {
    // People are shown the same list with more to it.
    if (resource.path === '/') continue;
    server.get(`/demo${resource.path}`, (request, reply) => {
      const chosen = resource.chosenFor?.(request.headers) ?? resource;
      void reply.code(chosen.status).headers({ ...passedOn(chosen), 'Content-Security-Policy': SANDBOX });
      const content = Buffer.concat(chosen.pieces.map(({ bytes }) => bytes));
      return isPage(chosen) ? ledHere(content.toString()) : content;
    });
  }
}

/** HTML, none of which is compressed or in another encoding than UTF-8. */
function isPage({ headers }: DemoResource): boolean {
  return headers.some(([name, value]) => name === 'Content-Type' && value.startsWith('text/html'));
}

/** A page whose links lead people to the demo as they see it: nobody but this server has an origin of its name. */
function ledHere(page: string): string {
  return page.replaceAll(`="${DEMO_ORIGIN}`, '="/demo/').replaceAll(/="\/(?!demo\/)/g, '="/demo/');
}

function passedOn({ headers }: DemoResource): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => PASSED_ON.has(name.toLowerCase())));
}

function indexPage(): string {
  const rows = [...demoResources().values()].map(
    ({ path, about }) =>
      `<tr><td><a href="/demo${path}">${path}</a><td>${about}<td><a href="/#url=http://${DEMO_HOST}${path}">look at it</a>\n`,
  );
  return (
    `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>The demo of Pagewire</title>\n<h1>The demo</h1>\n` +
    `<p>These are retrieved as <code>http://${DEMO_HOST}/…</code>, with no Internet:</p>\n` +
    `<table>\n<tr><th>path<th>what is in it<th>in the console\n${rows.join('')}</table>\n</html>\n`
  );
}
