import places from 'virtual:graph-places';
import type { Schema } from '../../src/api/open-api.ts';
import type { ApiRequest } from '../server.ts';
import { enumValue, graphValue } from '../snippets.ts';
import { ENDPOINTS, type Endpoint, operationOf } from './endpoints.ts';
import type { ArgumentKind, ArgumentKinds, GraphPlace } from './graph-places.ts';

/** What a JSON body has, or what a form says, as values of their types. */
export function valuesOf({ operations }: Endpoint, request: ApiRequest): Record<string, unknown> {
  if (request.body !== undefined) return request.body as Record<string, unknown>;
  const parameters = operations.GET?.parameters ?? [];
  return Object.fromEntries(
    Object.entries(request.query ?? {}).map(([name, value]) => {
      const parameter = parameters.find((one) => one.name === name);
      return [name, parameter === undefined ? value : typedValue(parameter.schema, String(value))];
    }),
  );
}

/** A text of a form as a value of its type. */
export function typedValue({ type }: Schema, text: string): unknown {
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'array' ? text.split(',').map((word) => word.trim()) : text;
}

/** The name under which the graph has an endpoint. */
export function graphName(endpoint: Endpoint): string {
  const name = operationOf(endpoint).operation.operationId.replace(/^(get|post)/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The same request in the graph; null where the graph has no such field, or no word for what is said. */
export function graphRequest(path: string, request: ApiRequest): string | null {
  const endpoint = ENDPOINTS.find((one) => one.path === path);
  const place = endpoint && places.places[graphName(endpoint)];
  // A POST with a query of its own does something else than the GET: in the graph that is a mutation.
  const isOther = request.body !== undefined && endpoint?.operations.POST?.parameters !== undefined;
  const mutation = places.mutations[`${request.method ?? 'POST'} ${path}`];
  if (endpoint !== undefined && mutation !== undefined && (isOther || request.method !== undefined)) {
    const given: Record<string, unknown> = { ...(request.body as Record<string, unknown> | undefined), ...pathValues(endpoint, request) };
    const known = Object.entries(given).filter(([name]) => name in mutation.args);
    return areNames(given) ? laidOut(`mutation { ${fieldText(mutation, known)} }`) : null;
  }
  if (endpoint === undefined || place === undefined || request.method !== undefined || isOther) return null;
  const { pageArgs } = places;
  // `fields` and `format` say of an answer what a selection does.
  const { id, html, baseUrl, ...values }: Record<string, unknown> = { ...valuesOf(endpoint, request), ...pathValues(endpoint, request) };
  const isOfPage =
    place.page !== undefined && (place.query === undefined || values['url'] !== undefined || values['snapshot'] !== undefined);
  const chosen = isOfPage ? place.page : place.query;
  if (chosen === undefined || !areNames([values, id, html, baseUrl])) return null;
  const own = Object.entries(values).filter(([name]) => name in chosen.args);
  if (!isOfPage) return laidOut(`{ ${fieldText(chosen, id === undefined ? own : [['id', id]])} }`);
  if (html !== undefined) {
    const document = Object.entries({ html, baseUrl }).filter(([, value]) => value !== undefined);
    return laidOut(`{ document${argumentText(document, {})} { ${fieldText(chosen, own)} } }`);
  }
  const ofPage = Object.entries(values).filter(([name]) => !(name in chosen.args) && name in pageArgs);
  const inner = chosen.field === null ? chosen.selection : `finalUrl status ${fieldText(chosen, own)}`;
  return laidOut(`{ page${argumentText(ofPage, pageArgs)} { ${inner} } }`);
}

/** A brace, or a field with its arguments, in which strings may have any character. */
const PARTS = /[{}]|[^\s{}()]+(?:\((?:"(?:[^"\\]|\\.)*"|[^"()])*\))?/g;

/** An operation with a field a line. */
function laidOut(operation: string): string {
  let depth = 0;
  let text = '';
  for (const [part] of operation.matchAll(PARTS)) {
    if (part === '}') depth -= 1;
    text += part === '{' && text !== '' ? ' {' : `${text === '' ? '' : '\n'}${'  '.repeat(depth)}${part}`;
    if (part === '{') depth += 1;
  }
  return text;
}

function pathValues({ path }: Endpoint, request: ApiRequest): { id?: string } {
  if (!path.includes('{id}')) return {};
  const [id = ''] = request.path.slice(path.indexOf('{')).split('/');
  return { id: decodeURIComponent(id.replace(/\.\w+$/, '')) };
}

function fieldText({ field, selection, args }: GraphPlace, values: readonly (readonly [string, unknown])[]): string {
  return `${field ?? ''}${argumentText(values, args)}${selection === '' ? '' : ` { ${selection} }`}`;
}

function argumentText(values: readonly (readonly [string, unknown])[], kinds: ArgumentKinds): string {
  if (values.length === 0) return '';
  return `(${values.map(([name, value]) => `${name}: ${valueText(value, kinds[name])}`).join(', ')})`;
}

/** A value as the graph writes it where it stands. */
function valueText(value: unknown, kind: ArgumentKind | undefined): string {
  if (Array.isArray(value)) return `[${value.map((one) => valueText(one, kind)).join(', ')}]`;
  if (kind === 'word' && typeof value === 'string') return enumValue(value);
  const isObject = typeof value === 'object' && value !== null;
  // A view without options is asked for in REST by an object that is empty.
  if (kind === 'flag' && isObject) return 'true';
  if (!isObject || typeof kind !== 'object') return graphValue(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${valueText(member, kind[name])}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** The graph writes the names of members without quotes: not every name of JSON is one of its. */
function areNames(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => (Array.isArray(value) || /^[_A-Za-z]\w*$/.test(name)) && areNames(member));
}
