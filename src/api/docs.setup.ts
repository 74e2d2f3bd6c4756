import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { contractFile } from './contract-files.ts';

/** Nothing but this server's own: an API key may be typed into this page. Swagger UI sets styles inline and shows images as blobs. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Shows the contract at /docs, from this server alone. */
export function mountDocs(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  // A script must be of this server and be named by the page itself: content of a target, which /body gives, is the former.
  const nonces = new WeakMap<FastifyRequest, string>();
  server.addHook('onRequest', (request, reply, done) => {
    if (/^\/docs([/?]|$)/.test(request.url)) {
      const nonce = randomBytes(16).toString('base64');
      nonces.set(request, nonce);
      void reply.header('Content-Security-Policy', `${POLICY}, script-src 'nonce-${nonce}'`);
    }
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    const nonce = nonces.get(request);
    const isPage = typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html');
    done(null, isPage && nonce !== undefined ? payload.replaceAll('<script ', `<script nonce="${nonce}" `) : payload);
  });
  // Read when somebody looks for the first time.
  const read = (): OpenAPIObject => JSON.parse(contractFile('openapi.json')) as OpenAPIObject;
  SwaggerModule.setup('docs', app, read, {
    raw: false,
    customSiteTitle: 'Pagewire',
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: { displayRequestDuration: true, validatorUrl: null },
  });
}
