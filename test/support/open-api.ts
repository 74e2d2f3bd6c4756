import ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { readFileSync } from 'node:fs';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  examples?: unknown[];
  enum?: unknown[];
}

export interface MediaType {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: Record<string, unknown> }>;
}

export interface Reply {
  $ref?: string;
  description: string;
  headers?: Record<string, { $ref?: string; required?: boolean }>;
  content?: Record<string, MediaType>;
}

export interface Parameter {
  name: string;
  in: string;
  description: string;
  example?: unknown;
  schema: Schema;
}

export interface Operation {
  path: string;
  method: 'get' | 'post' | 'patch' | 'delete';
  operationId: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, Reply>;
}

/** The committed file, as text. */
export const OPEN_API = readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8');

/** The committed file. */
export const CONTRACT = JSON.parse(OPEN_API) as {
  paths: Record<string, Record<string, Omit<Operation, 'path' | 'method' | 'parameters'> & { parameters?: Parameter[] }>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Reply>; headers: Record<string, { required?: boolean }> };
};

/** All of its operations. */
export const OPERATIONS: readonly Operation[] = Object.entries(CONTRACT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ parameters: [], ...operation, method: method as Operation['method'], path })),
);

/** An operation by its id; throws where there is none. */
export function operationOf(operationId: string): Operation {
  const operation = OPERATIONS.find((candidate) => candidate.operationId === operationId);
  if (operation === undefined) throw new Error(`the contract has no operation ${operationId}`);
  return operation;
}

/** The answer that an operation documents for a status; undefined where it documents none. */
export function replyOf({ responses }: Operation, status: number): Reply | undefined {
  const reply = responses[status];
  return reply?.$ref === undefined ? reply : CONTRACT.components.responses[reply.$ref.replace('#/components/responses/', '')];
}

/** The header fields that every such answer has; those that are no component are said of one answer alone. */
export function requiredHeaders({ headers = {} }: Reply): string[] {
  return Object.entries(headers).flatMap(([name, { $ref }]) =>
    $ref === undefined || CONTRACT.components.headers[$ref.replace('#/components/headers/', '')]?.required === true ? [name] : [],
  );
}

const validator = new ajv.Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
formats.default(validator);
// Bytes: no rule for JSON.
validator.addFormat('binary', true);

const compiled = new Map<string, ValidateFunction>();

/**
 * What of a value is not as the schema says. `isClosed` refuses every member that the schema does not name, also where
 * the contract leaves room for members to come.
 */
export function faults(schema: Schema, value: unknown, isClosed: boolean): ErrorObject[] {
  const whole = { $defs: CONTRACT.components.schemas, ...schema };
  const text = JSON.stringify(isClosed ? closed(whole) : whole).replaceAll('#/components/schemas/', '#/$defs/');
  const validate = compiled.get(text) ?? validator.compile(JSON.parse(text) as Schema);
  compiled.set(text, validate);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** The same schema for an answer that may lack any member, as it does where `fields` name others. */
export function trimmable(schema: Schema): Schema {
  const whole = { ...schema, $defs: CONTRACT.components.schemas };
  return JSON.parse(
    JSON.stringify(whole, (name, value: unknown) => (name === 'required' && Array.isArray(value) ? undefined : value)),
  ) as Schema;
}

/** The same schema, in which no object has room for other members. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, name === 'examples' ? value : closed(value)]));
  const isObject = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  return isObject ? { ...copy, additionalProperties: false } : copy;
}
