import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../settings/settings.ts';
import { isOpenPath } from './caller.ts';
import {
  type MediaType,
  type OpenApi,
  type Operation,
  type Parameter,
  type Reference,
  resolveSchema,
  type Response,
  sampleOf,
  type Schema,
} from './open-api.ts';
import { PATHS } from './open-api-paths.ts';
import { answerHeaders, HEADERS, unchangedAnswer } from './open-api-headers.ts';
import { problemResponses, problemsOf } from './open-api-problems.ts';
import { Problem } from './problem.model.ts';

/** The OpenAPI document of the real application, as version 3.1. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Pagewire')
    .setDescription(
      'Give it a URL, get the page as data, down to the wire. Every error is a problem (RFC 9457) whose `code` says why. Every GET with query parameters has a POST twin with the same names in a JSON body; unknown names are refused.',
    )
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This server')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'API key', description: 'An API key, where the server has any.' },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key, where the server has any.' }, 'apiKey')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('apiKey')
    // Without API_KEYS no key is asked for.
    .addSecurityRequirements({})
    .addTag('Retrieval', 'What came back.')
    .addTag('Documents', 'What can be read off it.')
    .addTag('Characters', 'Characters, code points and bytes.')
    .addTag('Batches', 'Many pages, in the background.')
    .addTag('Watches', 'What changes on a page, over time.')
    .addTag('Webhooks', 'Who is told what becomes of them.')
    .addTag('Crawls', 'Whole sites: what they have, and all of it in the background.')
    .addTag('Graph', 'The same, as one graph.')
    .addTag('Probes', 'For those who run the server.')
    .addTag('About', 'What this server says of itself.')
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  return completed(document as unknown as OpenApi) as unknown as OpenAPIObject;
}

/** What the generator does not know: examples of whole answers, problems, which members go together. */
function completed(generated: OpenApi): OpenApi {
  // The generator writes an empty contact.
  const info = Object.fromEntries(Object.entries(generated.info).filter(([name]) => name !== 'contact'));
  const schemas = Object.fromEntries(Object.entries(generated.components.schemas).map(([name, schema]) => [name, asVersion31(schema)]));
  const components = { ...generated.components, schemas, headers: HEADERS };
  const document: OpenApi = { ...generated, info, components, paths: { ...generated.paths, ...PATHS } };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => ({ path, verb, operation: structuredClone(operation) })),
  );
  // Only what a request carries is closed: clients must take new members of answers.
  for (const { operation } of operations) closeBody(operation.requestBody?.content['application/json']?.schema, document);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { path, verb, operation } of operations) {
    paths[path] = { ...paths[path], [verb]: completedOperation(path, verb, operation, document) };
  }
  return { ...document, paths, components: { ...components, responses: problemResponses(document) } };
}

/** OpenAPI 3.0's `example` is one of JSON Schema's `examples`; a `$ref` may have neighbours now. */
function asVersion31({ example, allOf, properties, items, ...schema }: Schema): Schema {
  const [only, second] = allOf ?? [];
  return {
    ...(only?.$ref !== undefined && second === undefined ? { $ref: only.$ref } : allOf !== undefined && { allOf }),
    ...schema,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, asVersion31(member)])),
    }),
    ...(items !== undefined && { items: asVersion31(items) }),
    ...(example !== undefined && { examples: [example] }),
  };
}

/** Of each group exactly one member is given. */
const ALTERNATIVES = [
  ['text', 'url', 'snapshot', 'html'],
  ['hex', 'base64'],
  ['selector', 'xpath'],
  ['urls', 'csv'],
];

/** Those groups of which more than one member is there, and of each those that are. */
function alternativesIn(names: readonly string[]): string[][] {
  return ALTERNATIVES.map((group) => group.filter((name) => names.includes(name))).filter(({ length }) => length > 1);
}

/** A JSON body has no members that nobody knows, and not two where one is meant. */
function closeBody(reference: Schema | undefined, document: OpenApi): void {
  if (reference === undefined) return;
  const schema = resolveSchema(reference, document);
  const { properties = {} } = schema;
  for (const member of Object.values(properties)) {
    const nested = member.items ?? member;
    if (nested.$ref !== undefined) closeBody(nested, document);
  }
  schema.additionalProperties = false;
  const choices = alternativesIn(Object.keys(properties)).map((group) => ({ oneOf: group.map((name) => ({ required: [name] })) }));
  if (choices.length > 1) schema.allOf = choices;
  else Object.assign(schema, choices[0]);
  if ('baseUrl' in properties) schema.dependentRequired = { baseUrl: ['html'] };
}

function completedOperation(path: string, verb: string, operation: Operation, document: OpenApi): Operation {
  const { parameters = [], requestBody, responses, ...rest } = operation;
  const own = Object.entries(responses).filter(([, answer]) => 'content' in answer);
  return {
    ...rest,
    ...(isOpenPath(path) && { security: [] }),
    ...(parameters.length > 0 && { parameters: parameters.map((parameter) => completedParameter(parameter, parameters)) }),
    ...(requestBody !== undefined && { requestBody: { ...requestBody, content: withBodyExamples(requestBody.content, document) } }),
    responses: {
      ...problemsOf(path, verb, operation, document),
      ...unchangedAnswer(path, verb, operation, document),
      ...Object.fromEntries(
        own.map(([status, answer]) => [status, completedAnswer(answer, answerHeaders(path, verb, operation, document), document)]),
      ),
    },
  };
}

function completedAnswer(answer: Response | Reference, headers: Record<string, Reference>, document: OpenApi): Response | Reference {
  if ('$ref' in answer) return answer;
  return {
    ...answer,
    headers: { ...headers, ...answer.headers },
    ...(answer.content !== undefined && { content: withExamples(answer.content, document) }),
  };
}

/** A page that tries requests out fills in beforehand what is required, and of alternatives the first: just what is needed for an answer. */
function completedParameter(parameter: Parameter, all: readonly Parameter[]): Parameter {
  const filledIn = alternativesIn(all.map(({ name }) => name)).map(([first]) => first);
  const schema = asVersion31(parameter.schema);
  return {
    ...parameter,
    ...((parameter.required || filledIn.includes(parameter.name)) && { example: schema.examples?.[0] }),
    // A list is one value with commas in it.
    ...(schema.type === 'array' && { style: 'form', explode: false }),
    schema,
  };
}

/** Requests to show: those whose members the body has. */
const BODY_EXAMPLES = [
  { name: 'target', summary: 'A target', members: ['url'] },
  { name: 'fields', summary: 'A target, with header fields of your own', members: ['url', 'headers'] },
  { name: 'request', summary: 'A target, with a whole request of your own', members: ['url', 'method', 'headers', 'content'] },
  { name: 'inline', summary: 'A document of your own', members: ['html', 'baseUrl'] },
  { name: 'urls', summary: 'A list of URLs', members: ['urls', 'views'] },
  { name: 'csv', summary: 'A list of URLs, as CSV', members: ['csv'] },
  { name: 'text', summary: 'A text', members: ['text', 'encodings'] },
  { name: 'hex', summary: 'Bytes in hexadecimal', members: ['hex', 'encoding'] },
  { name: 'base64', summary: 'Bytes in base64', members: ['base64', 'encoding'] },
];

function withBodyExamples(content: Record<string, MediaType>, document: OpenApi): Record<string, MediaType> {
  const schema = content['application/json']?.schema;
  if (schema === undefined || content['application/json']?.examples !== undefined) return content;
  const { properties = {}, required = [] } = resolveSchema(schema, document);
  const shown = BODY_EXAMPLES.filter(({ members }) =>
    // Of /links `method` is how links are found.
    members.every((name) => properties[name] !== undefined && !(name === 'method' && 'enum' in properties[name])),
  );
  const alternatives = alternativesIn(Object.keys(properties));
  const examples = shown.map(({ name, summary, members }) => {
    const chosen = alternatives.filter((group) => !group.some((member) => members.includes(member))).flatMap(([first]) => first ?? []);
    const value = Object.fromEntries(
      [...new Set([...members, ...required, ...chosen])].map((member) => [member, sampleOf(properties[member] ?? {}, document)]),
    );
    return [name, { summary, value }] as const;
  });
  return { ...content, 'application/json': { schema, examples: Object.fromEntries(examples) } };
}

function withExamples(content: Record<string, MediaType>, document: OpenApi): Record<string, MediaType> {
  const json = content['application/json'];
  if (json?.schema === undefined || json.example !== undefined || json.examples !== undefined) return content;
  return { ...content, 'application/json': { ...json, example: sampleOf(json.schema, document) } };
}
