import { membersOf, needsBody } from './asked.ts';
import type { Asked } from './contract.ts';
import { type ApiRequest, methodOf, queryString } from './server.ts';
import { escaped } from './target-text.tsx';
import type { Shown } from './view.ts';

/** In which words a request can be said. */
export const LANGUAGES = ['curl', 'fetch', 'Python', 'GraphQL', 'n8n'] as const;
export type Language = (typeof LANGUAGES)[number];

const NAME = 'pagewire.language';

/** The reader's choice. */
export function chosenLanguage(): Language {
  const name = localStorage.getItem(NAME);
  return LANGUAGES.find((language) => language === name) ?? 'curl';
}

/** Keeps it for the next time. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(NAME, language);
}

/** What a request is made of, before it is said in any language. */
export interface Told {
  origin: string;
  request: ApiRequest;
  hasKey: boolean;
  /** What its answer is; JSON unless said. */
  reads?: 'json' | 'text' | 'bytes';
}

/** Stands in place of an API key: nobody is to share theirs by copying a request. */
const KEY = 'YOUR_API_KEY';

/** The request that gives what a tab shows, from nothing: it names the target and not a snapshot, which is forgotten soon. */
export function requestFor(asked: Asked, { path, query = {}, body, isTargetless = false }: Shown): ApiRequest {
  if (isTargetless) return { path, query };
  if (body !== undefined) return { path, body: { ...membersOf(asked), ...query, ...body } };
  const { httpVersion, ...members } = membersOf(asked);
  const ofWire = path === '/wire' && httpVersion !== undefined ? { httpVersion } : {};
  const all = { ...members, ...ofWire, ...query };
  return needsBody(asked) && !(path === '/wire' && onlyMethod(asked))
    ? { path, body: all }
    : { path, query: all as ApiRequest['query'] & object };
}

/** /wire takes a method in its query, too. */
const onlyMethod = (asked: Asked): boolean => !needsBody({ ...asked, method: 'GET' });

/** The request in a language, ready to be copied. */
export function snippet(language: Language, asked: Asked, shown: Shown, { origin, hasKey }: Omit<Told, 'request'>): string {
  if (language === 'GraphQL') return escaped(graphql(asked, shown));
  return requestSnippet(language, { origin, hasKey, request: requestFor(asked, shown), reads: shown.path === '/wire' ? 'text' : 'json' });
}

/** Any request to this server in a language. */
export function requestSnippet(language: Exclude<Language, 'GraphQL'>, told: Told): string {
  return escaped(WRITERS[language](told));
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const json = (value: unknown): string => JSON.stringify(value, null, 2);
const indented = (text: string): string => text.replaceAll('\n', '\n  ');
const urlOf = ({ origin, request: { path, query } }: Told): string => origin + path + queryString(query);

const WRITERS: Readonly<Record<Exclude<Language, 'GraphQL'>, (told: Told) => string>> = {
  curl: (told) => {
    const { body } = told.request;
    const parts = [
      `curl ${told.request.method === undefined ? '' : `-X ${told.request.method} `}${quoted(urlOf(told))}`,
      ...(told.hasKey ? [`-H 'Authorization: Bearer ${KEY}'`] : []),
      ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
    ];
    return parts.join(' \\\n  ');
  },
  fetch: (told) => {
    const { body } = told.request;
    const headers = {
      ...(told.hasKey && { Authorization: `Bearer ${KEY}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const options = [
      ...(methodOf(told.request) === 'GET' ? [] : [`method: '${methodOf(told.request)}'`]),
      ...(Object.keys(headers).length === 0 ? [] : [`headers: ${indented(json(headers))}`]),
      ...(body === undefined ? [] : [`body: JSON.stringify(${indented(json(body))})`]),
    ];
    const init = options.length === 0 ? '' : `, {\n  ${options.join(',\n  ')},\n}`;
    return `const response = await fetch(${JSON.stringify(urlOf(told))}${init});\nconst answer = await response.${told.reads ?? 'json'}();`;
  },
  Python: (told) => {
    const { body } = told.request;
    const headers = {
      ...(told.hasKey && { Authorization: `Bearer ${KEY}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const more = [
      ...(body === undefined ? [] : [`data=json.dumps(json.loads(${JSON.stringify(JSON.stringify(body))})).encode()`]),
      ...(Object.keys(headers).length === 0 ? [] : [`headers=${JSON.stringify(headers)}`]),
      ...(told.request.method === undefined ? [] : [`method=${JSON.stringify(told.request.method)}`]),
    ];
    const read = { json: 'answer = json.load(response)', text: 'answer = response.read().decode()', bytes: 'answer = response.read()' }[
      told.reads ?? 'json'
    ];
    return `import json\nfrom urllib.request import Request, urlopen\n\nrequest = Request(${[JSON.stringify(urlOf(told)), ...more].join(',\n  ')})\nwith urlopen(request) as response:\n    ${read}`;
  },
  n8n: (told) => {
    const { path, query = {}, body } = told.request;
    const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    const parameters = {
      method: methodOf(told.request),
      url: told.origin + path,
      ...(entries.length > 0 && {
        sendQuery: true,
        queryParameters: { parameters: entries.map(([name, value]) => ({ name, value: String(value) })) },
      }),
      ...(told.hasKey && { sendHeaders: true, headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${KEY}` }] } }),
      ...(body !== undefined && { sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) }),
      options: {},
    };
    const node = { parameters, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [0, 0], name: `Pagewire ${path.slice(1)}` };
    return json({ nodes: [node], connections: {} });
  },
};

function graphql(asked: Asked, shown: Shown): string {
  if (shown.isTargetless === true) return `{\n  ${indented(shown.graphql)}\n}`;
  const members = Object.entries({ ...membersOf(asked), ...shown.body }).map(
    ([name, value]: [string, unknown]) =>
      `${name}: ${name === 'cache' && typeof value === 'string' ? enumValue(value) : graphValue(value)}`,
  );
  return `{\n  ${shown.field ?? 'page'}(${members.join(', ')}) {\n    ${indented(indented(shown.graphql))}\n  }\n}`;
}

/** A value as GraphQL writes it: JSON, but for the names of members, which have no quotes. */
export function graphValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(graphValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name}: ${graphValue(member)}`)
    .join(', ')} }`;
}

/** As GraphQL writes a word of the contract's lists. */
export function enumValue(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}
