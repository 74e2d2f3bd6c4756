import type { FastifyInstance } from 'fastify';
import { answerPage } from '../api/console.setup.ts';
import { varyByAccept } from '../api/vary-by-accept.setup.ts';
import { namesMediaType } from '../formats/list-format.ts';

/**
 * What the editor needs beside what the console may do: it sets styles inline, draws its icons from data URLs and a font, and reads the
 * schema in workers. It writes descriptions of the schema as markup, so that trusted types are not asked for here: what targets sent is
 * shown as the text of an editor alone.
 */
const policyOf = (nonce: string): string =>
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none', " +
  `script-src 'nonce-${nonce}'; worker-src 'self'`;

const UNBUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>GraphiQL</title>' +
  '<p>GraphiQL is not built: <code>npm run build</code> does it. <a href="/schema.graphql">The schema</a>, served at <code>POST /graphql</code></html>\n';

/**
 * Shows GraphiQL to a browser that opens /graphql. It is a page, as those of the console are: no key is asked for before it is there. A GET
 * with a query is none of its business.
 */
export function showGraphiql(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'GET' || !/^\/graphql\/?\??$/.test(request.url)) {
      done();
      return;
    }
    varyByAccept(reply);
    if (namesMediaType('text/html', request.headers.accept))
      void reply.send(answerPage(reply, 'graphiql/index.html', () => UNBUILT, policyOf));
    else done();
  });
}
