import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import request, { type Response } from 'supertest';
import { createContract } from '../src/api/contract.setup.ts';
import { Readiness } from '../src/api/readiness.ts';
import { startApp, type TestApp } from './support/app.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

const KEY = 'a-key-of-the-contract-test';
const OPEN_API = readFileSync(new URL('../openapi/openapi.json', import.meta.url), 'utf8');
const GRAPH = readFileSync(new URL('../openapi/schema.graphql', import.meta.url), 'utf8');

type Schema = Record<string, unknown>;
interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Reply {
  $ref?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, MediaType>;
}
interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: { name: string; in: string; example?: unknown; schema: { examples?: unknown[]; type?: string } }[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, Reply>;
}
interface Contract {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Reply> };
}

const contract = JSON.parse(OPEN_API) as Contract;
const OPERATIONS = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
);
type NamedOperation = (typeof OPERATIONS)[number];

/** Fails with the parts of an answer that are not as a schema has them. */
class Checker {
  readonly #ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  /** Knows the document as it is, or with every object closed, so that no answer has a member that it does not name. */
  constructor(isClosed: boolean) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-call -- a CommonJS default export, whose types say it is a namespace
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    // Words of OpenAPI within a schema, and a format that says "bytes": no rule for JSON.
    this.#ajv.addFormat('binary', true);
    this.#ajv.addSchema({ $id: 'contract', components: isClosed ? closed(contract.components) : contract.components }, 'contract');
  }

  faults(schema: Schema, value: unknown): unknown[] {
    const key = JSON.stringify(schema);
    const validate = this.#compiled.get(key) ?? this.#ajv.compile(referring(schema) as Schema);
    this.#compiled.set(key, validate);
    return validate(value) ? [] : (validate.errors ?? []);
  }
}
