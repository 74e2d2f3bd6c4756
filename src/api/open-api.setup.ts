import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../settings/settings.ts';
import { Problem } from './problem.model.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The OpenAPI document of the real application, as version 3.1. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Pagewire')
    .setDescription('Give it a URL, get the page as data, down to the wire. Every error is a problem (RFC 9457) whose `code` says why.')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This server')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, where the server has any.' }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key, where the server has any.' }, 'apiKey')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('apiKey')
    // Without API_KEYS no key is asked for.
    .addSecurityRequirements({})
    .addTag('Retrieval', 'What came back.')
    .addTag('Documents', 'What can be read off it.')
    .addTag('Characters', 'Characters, code points and bytes.')
    .addTag('Probes', 'For those who run the server.')
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  return asVersion31(document as unknown as Json) as unknown as OpenAPIObject;
}

/** `nullable` was OpenAPI 3.0's; in 3.1 null is a type like any other, and a $ref may have neighbours. */
function asVersion31(node: Json): Json {
  if (Array.isArray(node)) return node.map(asVersion31);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, asVersion31(value)]));
  if (nullable !== true) return rest;
  const { type, allOf, enum: words, ...others } = rest;
  if (Array.isArray(allOf)) return { ...others, oneOf: [...allOf, { type: 'null' }] };
  return { ...others, ...(type !== undefined && { type: [type, 'null'] }), ...(Array.isArray(words) && { enum: [...words, null] }) };
}
