import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { type OpenApi, type Operation, resolveSchema, type Schema } from '../../src/api/open-api.ts';
import type { Contents } from './contents.ts';
import type { ArgumentKind, ArgumentKinds, GraphPlace, GraphPlaces } from './graph-places.ts';

/*
 * What /docs is made of, read when it is built: the two files of the contract and the README, which stay the one place where
 * each of it is said.
 */
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const VERBS = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** How deep a selection goes for what an endpoint answers: deeper ones are longer than anybody reads. */
const MOST_LEVELS = 3;

/** The contract, without the white space that its file has for people. */
export function contractJson(): string {
  return JSON.stringify(JSON.parse(read('openapi/openapi.json')));
}

/** What of it the list of all has. */
export function contents(): Contents {
  const { info, tags = [], paths } = JSON.parse(read('openapi/openapi.json')) as OpenApi;
  const entries = Object.entries(paths).flatMap(([path, item]) => {
    const shown = item.get ?? item.post ?? item.delete;
    if (shown === undefined) return [];
    const methods = (['GET', 'POST', 'PATCH', 'DELETE'] as const).filter((method) => item[VERBS[method]] !== undefined);
    // The summary of a POST says that it is one, which its method does.
    return [{ tag: shown.tags[0], entry: { path, methods, title: shown.summary.replace(/ \(JSON body\)$/, '') } }];
  });
  return {
    version: info.version ?? '',
    description: info.description ?? '',
    groups: tags.map(({ name, description }) => ({
      name,
      description,
      endpoints: entries.filter(({ tag }) => tag === name).map(({ entry }) => entry),
    })),
  };
}

/** The sections of the README about standards, as Markdown. */
export function standardsMarkdown(): string {
  const sections = read('README.md').split(/^(?=## )/m);
  return ['## Standards\n', '## Standards implemented\n']
    .map((heading) => {
      const section = sections.find((text) => text.startsWith(heading));
      if (section === undefined) throw new Error(`README.md has no section ${heading}`);
      return section;
    })
    .join('\n');
}

/** Where in the graph each endpoint is, by the names of the operations, with what of it REST answers, too. */
export function graphPlaces(): GraphPlaces {
  const document = JSON.parse(read('openapi/openapi.json')) as OpenApi;
  const schema = buildSchema(read('openapi/schema.graphql'));
  const roots = schema.getQueryType()?.getFields() ?? {};
  const page = getNamedType(roots['page']?.type);
  const ofPage = isObjectType(page) ? page.getFields() : {};
  const places: GraphPlaces['places'] = {};
  for (const operation of Object.values(document.paths).flatMap((item) => item.get ?? item.post ?? [])) {
    const name = graphName(operation);
    const answer = answerSchema(operation);
    const root = roots[name];
    const field = ofPage[name];
    const takesUrl = JSON.stringify(operation.parameters ?? []).includes('"name":"url"') || name === 'extract';
    const query = root === undefined ? undefined : placeOf(root, answer, document);
    const isWhole = answer !== undefined && (field === undefined || isListType(nullable(field)));
    const members = isWhole ? selectionOf(ofPage, answer, document) : undefined;
    const inPage =
      !takesUrl || (field === undefined && members === undefined)
        ? undefined
        : isWhole
          ? { field: null, selection: members ?? '', args: {} }
          : field && placeOf(field, answer, document);
    if (query !== undefined || inPage !== undefined) places[name] = { ...(query && { query }), ...(inPage && { page: inPage }) };
  }
  return { places, mutations: mutationsOf(schema, document), pageArgs: argumentKinds(roots['page']) };
}

/** What changes something: `postBatches` is `createBatch`, `patchWatch` is `updateWatch`, and `deleteBatch` that or `cancelBatch`. */
function mutationsOf(schema: GraphQLSchema, document: OpenApi): GraphPlaces['mutations'] {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const mutations: GraphPlaces['mutations'] = {};
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of [
      ['POST', item.post],
      ['PATCH', item.patch],
      ['DELETE', item.delete],
    ] as const) {
      if (operation === undefined) continue;
      const noun = operation.operationId.replace(/^(post|patch|delete)/, '');
      const names = {
        POST: [noun.replace(/s$/, ''), noun.replace(/es$/, '')].map((one) => `create${one}`),
        PATCH: [`update${noun}`],
        DELETE: [`delete${noun}`, `cancel${noun}`],
      }[method];
      const field = fields.find(({ name }) => names.includes(name));
      if (field !== undefined) mutations[`${method} ${path}`] = placeOf(field, answerSchema(operation), document);
    }
  }
  return mutations;
}

/** `getWordCount` → `wordCount`: endpoints and fields of the graph have the same names. */
function graphName({ operationId }: Operation): string {
  const name = operationId.replace(/^(get|post)/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function answerSchema({ responses }: Operation): Schema | undefined {
  // Where it is taken on, the answer says so, and not yet what came of it.
  const response = responses['202'] ?? responses['200'];
  const schema = response !== undefined && 'content' in response ? response.content['application/json']?.schema : undefined;
  return schema?.$ref === undefined ? undefined : schema;
}

const nullable = ({ type }: Field): unknown => (isNonNullType(type) ? type.ofType : type);

type Field = GraphQLField<unknown, unknown>;

function placeOf(field: Field, answer: Schema | undefined, document: OpenApi): GraphPlace {
  const type = getNamedType(field.type);
  const selection = isObjectType(type) ? selectionOf(type.getFields(), answer, document, field) : '';
  return { field: field.name, selection, args: argumentKinds(field) };
}

/** What a type and an answer of REST both have, as a selection; all that the type simply has where REST answers no JSON. */
function selectionOf(fields: Record<string, Field>, answer: Schema | undefined, document: OpenApi, within?: Field, level = 1): string {
  const members = answer === undefined ? undefined : membersOf(answer, document);
  // In the graph a list of models is the field itself.
  const isEntry = within !== undefined && isListType(nullable(within)) && members?.['problems'] !== undefined;
  const known = isEntry ? membersOf(members['problems'] ?? {}, document) : members;
  return Object.values(fields)
    .flatMap((field) => {
      if (known !== undefined && known[field.name] === undefined) return [];
      if (field.args.some(({ type }) => isNonNullType(type))) return [];
      const type = getNamedType(field.type);
      if (!isObjectType(type)) return [field.name];
      if (level >= MOST_LEVELS || known === undefined) return [];
      const inner = selectionOf(type.getFields(), known[field.name], document, undefined, level + 1);
      return inner === '' ? [] : [`${field.name} { ${inner} }`];
    })
    .join(' ');
}

/** The members of an object, of the entries of a list, of what may be null. */
function membersOf(schema: Schema, document: OpenApi): Record<string, Schema> {
  const { items, properties, anyOf, oneOf, allOf } = resolveSchema(schema, document);
  const inner = items ?? [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])].find(({ $ref }) => $ref !== undefined);
  return properties ?? (inner === undefined ? {} : membersOf(inner, document));
}

/** How the arguments of a field are written. */
const argumentKinds = (field: Field | undefined): ArgumentKinds =>
  Object.fromEntries((field?.args ?? []).map((one) => [one.name, kindOf(one)]));

function kindOf({ type: given }: GraphQLArgument | GraphQLInputField): ArgumentKind {
  const type = getNamedType(given);
  if (isEnumType(type)) return 'word';
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).map((one) => [one.name, kindOf(one)]));
  return type.name === 'Boolean' ? 'flag' : 'value';
}
