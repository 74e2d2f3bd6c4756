import type { FastifyInstance } from 'fastify';
import { checkJson, refusedJson } from './json-body.ts';
import { ACTIONS, BODILESS } from './request-checks.ts';

/** Takes JSON alone as a request body (text/plain would be taken, too), and has its bytes checked before they are read. */
export function readJsonBodies(server: FastifyInstance): void {
  const read = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      checkJson(bytes);
    } catch (error) {
      done(error as Error);
      return;
    }
    const text = bytes.toString();
    // Some clients say of what type the body would be that they do not send.
    const route = request.routeOptions.url ?? '';
    if (text === '' && (request.method === 'DELETE' || ACTIONS.has(route) || BODILESS.has(route))) {
      done(null, undefined);
      return;
    }
    void read(request, text, (error, body) => {
      done(error === null || text === '' ? error : refusedJson(text), body);
    });
  });
}
