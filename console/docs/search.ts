import type { Parameter } from '../../src/api/open-api.ts';
import { ENTRIES } from './contents.ts';
import { type Endpoint, ENDPOINTS, membersOf, operationOf, problemsOf } from './endpoints.ts';
import { addressOf, SECTIONS } from './place.ts';

/** Something that can be looked for. */
export interface Found {
  kind: 'endpoint' | 'parameter' | 'problem' | 'section';
  name: string;
  words: string;
  href: string;
  /** All that it is found by, in lower case. */
  haystack: string;
}

/** As much as anybody reads. */
const MOST_FOUND = 40;

let index: Found[] | null = null;

/** Everything that the page has, with what is more likely to be meant before the rest. */
function all(): Found[] {
  const found = (kind: Found['kind'], name: string, words: string, href: string, more = ''): Found => ({
    kind,
    name,
    words,
    href,
    haystack: `${name} ${words} ${more}`.toLowerCase(),
  });
  const endpoints = ENDPOINTS.map((endpoint) => {
    const { method, operation } = operationOf(endpoint);
    return found(
      'endpoint',
      endpoint.path,
      ENTRIES.get(endpoint.path)?.title ?? '',
      addressOf(endpoint.path, method),
      operation.description,
    );
  });
  const parameters = new Map<string, Found>();
  for (const endpoint of ENDPOINTS) {
    for (const { name, description } of parameterNames(endpoint)) {
      const key = `${name} ${description}`;
      const known = parameters.get(key);
      const { method } = operationOf(endpoint);
      const [words = ''] = description.split('\n');
      if (known === undefined)
        parameters.set(key, found('parameter', name, `${endpoint.path}: ${words}`, addressOf(endpoint.path, method), description));
      else if (!known.words.includes(' and others: ')) known.words = known.words.replace(': ', ' and others: ');
    }
  }
  const problems = new Map(
    ENDPOINTS.flatMap(({ operations }) => Object.values(operations).flatMap(problemsOf)).map((problem) => [problem.code, problem] as const),
  );
  return [
    ...SECTIONS.map(({ id, title }) => found('section', title, '', `#${id}`)),
    ...endpoints,
    ...[...problems.values()].map(({ code, title, status, type }) => found('problem', code, `${status} ${title}`, type)),
    ...parameters.values(),
  ];
}

/** What has every word of a query, those first whose name has it. */
export function search(query: string): Found[] {
  index ??= all();
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const hits = index.filter(({ haystack }) => words.every((word) => haystack.includes(word)));
  const rank = ({ name }: Found): number => {
    const lower = name.toLowerCase();
    const [first = ''] = words;
    return lower.replace(/^\//, '').startsWith(first.replace(/^\//, '')) ? 0 : words.some((word) => lower.includes(word)) ? 1 : 2;
  };
  return hits.sort((one, other) => rank(one) - rank(other)).slice(0, MOST_FOUND);
}

/** The parameters of an endpoint by name, of its body where it has no query. */
function parameterNames(endpoint: Endpoint): { name: string; description: string }[] {
  const { operation } = operationOf(endpoint);
  const body = operation.requestBody?.content['application/json']?.schema;
  const ofBody = body === undefined ? [] : membersOf(body).map(([name, schema]) => ({ name, description: schema.description ?? '' }));
  return [...(operation.parameters ?? []).map(({ name, description }: Parameter) => ({ name, description })), ...ofBody];
}
