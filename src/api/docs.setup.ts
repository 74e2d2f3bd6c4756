import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { contractFile } from './contract-files.ts';

/** Shows the contract at /docs, from this server alone. */
export function mountDocs(app: NestFastifyApplication): void {
  const read = (): OpenAPIObject => JSON.parse(contractFile('openapi.json')) as OpenAPIObject;
  SwaggerModule.setup('docs', app, read, { raw: false, customSiteTitle: 'Pagewire' });
}
