/** The parts of an OpenAPI 3.1 document that this server writes. https://spec.openapis.org/oas/v3.1.1.html */
export interface OpenApi {
  info: { contact?: unknown; description?: string; version?: string };
  tags?: { name: string; description: string }[];
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Response>; headers?: Record<string, Header> };
}

/** The operations of a path. */
export type PathItem = Partial<Record<'get' | 'post' | 'patch' | 'delete', Operation>>;

/** One method of a path. */
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; description?: string; content: Record<string, MediaType> };
  responses: Record<string, Response | Reference>;
}

/** A query or path parameter. */
export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: Schema;
  example?: unknown;
  style?: string;
  explode?: boolean;
}

/** An answer of one status. */
export interface Response {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Record<string, MediaType>;
}

/** A header field of an answer. */
export interface Header {
  description: string;
  /** Every such answer has it. */
  required?: boolean;
  schema: Schema;
}

/** Content of one media type. */
export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { summary: string; value: unknown }>;
}

/** Something that stands under `components`. */
export interface Reference {
  $ref: string;
}

/** JSON Schema 2020-12, as far as it is used. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean;
  dependentRequired?: Record<string, string[]>;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  pattern?: string;
  examples?: unknown[];
  /** OpenAPI 3.0's word for one of `examples`. */
  example?: unknown;
}

const SCHEMAS = '#/components/schemas/';
const RESPONSES = '#/components/responses/';

/** A schema that stands under `components`, by its name. */
export function schemaRef(name: string): Reference {
  return { $ref: SCHEMAS + name };
}

/** The schema itself, or the one that it refers to. */
export function resolveSchema(schema: Schema, { components }: OpenApi): Schema {
  if (schema.$ref === undefined) return schema;
  const target = components.schemas[schema.$ref.slice(SCHEMAS.length)];
  if (target === undefined) throw new Error(`the contract has no schema ${schema.$ref}`);
  return target;
}

/** The answer itself, or the one that it refers to. */
export function resolveResponse(response: Response | Reference, { components }: OpenApi): Response {
  if (!('$ref' in response)) return response;
  const target = components.responses?.[response.$ref.slice(RESPONSES.length)];
  if (target === undefined) throw new Error(`the contract has no response ${response.$ref}`);
  return target;
}

/** The codes of the problems that an operation can answer, with an example of each; a problem within another answer is that answer's. */
export function problemExamples({ responses }: Operation, document: OpenApi): Record<string, { summary: string; value: unknown }> {
  const contents = Object.values(responses).map((response) => resolveResponse(response, document).content?.['application/problem+json']);
  return Object.assign({}, ...contents.map((content) => content?.examples)) as Record<string, { summary: string; value: unknown }>;
}

/** A value as a schema's own examples have it; members without an example are made of theirs. */
export function sampleOf(schema: Schema, document: OpenApi): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  const { anyOf, items, properties } = schema.$ref === undefined ? schema : resolveSchema(schema, document);
  if (anyOf?.[0] !== undefined) return sampleOf(anyOf[0], document);
  if (items !== undefined) return [sampleOf(items, document)];
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, member]) => [name, sampleOf(member, document)]));
}

/** What an operation takes, in the query or in a JSON body. */
export function membersOf({ parameters = [], requestBody }: Operation, document: OpenApi): string[] {
  const body = requestBody?.content['application/json']?.schema;
  return [
    ...parameters.map(({ name }) => name),
    ...Object.keys(body === undefined ? {} : (resolveSchema(body, document).properties ?? {})),
  ];
}
