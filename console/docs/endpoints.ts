import contract from 'virtual:contract';
import {
  type Operation,
  type Parameter,
  problemExamples,
  resolveResponse,
  resolveSchema,
  type Response,
  type Schema,
} from '../../src/api/open-api.ts';
import type { Method } from './contents.ts';

/** The contract that all of this page is generated from. */
export const CONTRACT = contract;

/** A path with its methods. */
export interface Endpoint {
  path: string;
  operations: Readonly<Partial<Record<Method, Operation>>>;
}

const METHODS = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** All that there are, in the order of the contract. */
export const ENDPOINTS: readonly Endpoint[] = Object.entries(CONTRACT.paths).map(([path, item]) => ({
  path,
  operations: Object.fromEntries(
    Object.entries(METHODS).flatMap(([method, verb]) => (item[verb] === undefined ? [] : [[method, item[verb]] as const])),
  ),
}));

/** The operation that is shown first. */
export function operationOf({ operations }: Endpoint): { method: Method; operation: Operation } {
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
    const operation = operations[method];
    if (operation !== undefined) return { method, operation };
  }
  throw new Error('a path of the contract has no operation');
}

/** The schema that is meant, where it is a name. */
export const schemaOf = (schema: Schema): Schema => resolveSchema(schema, CONTRACT);

/** The answers of an operation that are no problems, by their status. */
export function answersOf({ responses }: Operation): (readonly [status: string, answer: Response])[] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) < 400)
    .map(([status, response]) => [status, resolveResponse(response, CONTRACT)] as const);
}

/** A problem as an example of the contract has it. */
export interface ShownProblem {
  code: string;
  title: string;
  status: number;
  detail: string;
  type: string;
}

/** The problems that an operation can answer. */
export function problemsOf(operation: Operation): ShownProblem[] {
  return Object.values(problemExamples(operation, CONTRACT)).map(({ value }) => value as ShownProblem);
}

/** The fields that an answer can have, with what each is. */
export function headersOf({ headers = {} }: Response): { name: string; description: string; example: unknown }[] {
  return Object.entries(headers).map(([name, header]) => {
    const known = '$ref' in header ? CONTRACT.components.headers?.[header.$ref.replace(/.*\//, '')] : header;
    return { name, description: known?.description ?? '', example: known?.schema.examples?.[0] };
  });
}

/** In so many operations that retrieve a target a parameter is one of those that all have. */
const SHARED_BY = 14;

const counts = new Map<string, number>();
for (const { operations } of ENDPOINTS) {
  const parameters = operations.GET?.parameters ?? [];
  const hasTarget = parameters.some(({ name }) => name === 'url');
  for (const { name, description } of parameters) {
    const key = name + description;
    // What others have, too, such as the part of a list, says nothing of how a target is retrieved.
    counts.set(key, hasTarget ? (counts.get(key) ?? 0) + 1 : -Infinity);
  }
}

/** True of what says how a target is retrieved, and the like: most endpoints take it. */
export function isShared({ name, description, example }: Parameter): boolean {
  return example === undefined && (counts.get(name + description) ?? 0) >= SHARED_BY;
}

/** A value as people read it: a text without its quotes, a list with commas. */
export function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** What is taken where nothing is said, in a few words; nothing of a list that is empty then. */
export const presetWords = ({ default: preset }: Schema): string[] =>
  preset === undefined || plain(preset) === '' ? [] : [`default ${JSON.stringify(preset)}`];

/** What a value may be, in a few words. */
export function typeWords(schema: Schema): string {
  const { $ref, type, items, anyOf, oneOf, allOf, enum: words, format } = schema;
  if ($ref !== undefined) return $ref.replace(/.*\//, '');
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices !== undefined) return [...new Set(choices.map(typeWords))].join(' or ');
  if (items !== undefined && type === 'array') return `list of ${typeWords(items)}`;
  const types = typeof type === 'string' ? [type] : (type ?? ['any JSON']);
  return types
    .map((one) =>
      one === 'string' && words !== undefined
        ? 'one of a list'
        : one === 'array' && items !== undefined
          ? `list of ${typeWords(items)}`
          : one,
    )
    .map((one) => (one === 'string' && format === 'date-time' ? 'date and time' : one))
    .join(' or ');
}

/** The bounds of a value, in a few words each. */
export function boundsWords({ minimum, maximum, maxLength, maxItems }: Schema): string[] {
  const figure = (value: number): string => value.toLocaleString('en');
  return [
    ...(minimum === undefined || maximum === undefined ? [] : [`${figure(minimum)} to ${figure(maximum)}`]),
    ...(maxLength === undefined ? [] : [`at most ${figure(maxLength)} characters`]),
    ...(maxItems === undefined ? [] : [`at most ${figure(maxItems)}`]),
  ];
}

/** The members of an object, of the entries of a list, and of what may be null. */
export function membersOf(schema: Schema): readonly (readonly [name: string, schema: Schema, isRequired: boolean])[] {
  const { properties, items, anyOf, oneOf, allOf, required = [] } = schemaOf(schema);
  if (properties !== undefined) return Object.entries(properties).map(([name, member]) => [name, member, required.includes(name)] as const);
  if (items !== undefined) return membersOf(items);
  return [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])].flatMap(membersOf);
}
