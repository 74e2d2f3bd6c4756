import { isOpenPath } from './caller.ts';
import { describeProblem } from './describe-problem.ts';
import { membersOf, type OpenApi, type Operation, type Reference, type Response, schemaRef } from './open-api.ts';
import { headerRefs, RATE, REQUEST_ID } from './open-api-headers.ts';
import { type ProblemCode, PROBLEMS } from './problem.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';

/** What decides which problems an operation can give. */
interface Traits {
  path: string;
  isPost: boolean;
  tags: readonly string[];
  /** What it takes. */
  members: readonly string[];
}

const isProbe = ({ path }: Traits): boolean => /^\/(?:health|metrics)/.test(path);
const takesTargets = ({ members }: Traits): boolean => members.includes('snapshot');
const readsDocuments = (traits: Traits): boolean =>
  takesTargets(traits) && (traits.tags.includes('Documents') || traits.path === '/encode');

/** Which problems which operations give; those that name a status that an operation has content of its own for are that content's. */
const OCCURRENCES: readonly (readonly [codes: readonly ProblemCode[], occurs: (traits: Traits) => boolean])[] = [
  [['INVALID_REQUEST', 'INTERNAL'], () => true],
  [['INVALID_SELECTOR'], ({ members }) => members.includes('selector') || members.includes('shape')],
  [['UNAUTHORIZED', 'RATE_LIMITED'], ({ path }) => !isOpenPath(path)],
  [['REQUEST_TIMEOUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'], ({ isPost }) => isPost],
  [['NOT_FOUND'], ({ path }) => path === '/problems/{code}'],
  [['SNAPSHOT_NOT_FOUND'], (traits) => takesTargets(traits) || traits.path.startsWith('/snapshots/')],
  [['TARGET_FORBIDDEN', 'TARGET_TIMEOUT', 'NOT_CACHED', ...codesOf(502)], (traits) => takesTargets(traits) || traits.path === '/map'],
  [['NOT_A_DOCUMENT'], readsDocuments],
  [['PARSE_LIMIT_EXCEEDED'], (traits) => readsDocuments(traits) || /^\/(?:fetch|wire|compare|decode|snapshots\/.*)$/.test(traits.path)],
  [['PARSE_LIMIT_EXCEEDED'], ({ path }) => /^\/(?:batches|crawls)\/\{id\}\/(?:results|pages|links|broken|redirects|graph)$/.test(path)],
  [['JOB_NOT_FOUND'], ({ path }) => /^\/(?:batches|crawls|watches|webhooks|webhooks\/deliveries)\/\{/.test(path)],
  [['DATABASE_UNAVAILABLE'], ({ path }) => /^\/(?:batches|crawls|watches|webhooks)/.test(path)],
  [['QUOTA_EXCEEDED'], ({ path, isPost }) => isPost && /^\/(?:batches|crawls|watches)$/.test(path)],
  [['OVERLOADED'], (traits) => !isProbe(traits) || traits.path === '/health/ready'],
];

function codesOf(status: number): ProblemCode[] {
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code].status === status);
}

/** Codes of one status, and the name of the answer that has one of them. */
interface ProblemSet {
  name: string;
  status: number;
  codes: readonly ProblemCode[];
}

function problemSets(path: string, verb: string, operation: Operation, document: OpenApi): ProblemSet[] {
  const traits: Traits = {
    path,
    isPost: verb === 'post' || verb === 'patch',
    tags: operation.tags,
    members: membersOf(operation, document),
  };
  const given = new Set(OCCURRENCES.flatMap(([codes, occurs]) => (occurs(traits) ? codes : [])));
  const statuses = [...new Set(Array.from(given, (code) => PROBLEMS[code].status))].sort();
  return statuses.map((status) => {
    const all = codesOf(status);
    const codes = all.filter((code) => given.has(code));
    return { name: `Problem${String(status)}${codes.length === all.length ? '' : codes.map(pascalCase).join('Or')}`, status, codes };
  });
}

/** `NOT_CACHED` → `NotCached`. */
function pascalCase(code: ProblemCode): string {
  return code.toLowerCase().replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The problems that an operation can give, by its path and what it takes. */
export function problemsOf(path: string, verb: string, operation: Operation, document: OpenApi): Record<string, Reference> {
  const sets = problemSets(path, verb, operation, document);
  return Object.fromEntries(sets.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]));
}

/** The answers that {@link problemsOf} refers to, with an example for each code. */
export function problemResponses(document: OpenApi): Record<string, Response> {
  const sets = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([verb, operation]) => {
      const isOwn = (status: number): boolean => 'content' in (operation.responses[status] ?? {});
      return problemSets(path, verb, operation, document).filter(({ status }) => !isOwn(status));
    }),
  );
  const named = new Map(sets.map((set) => [set.name, set]));
  return Object.fromEntries(
    [...named.values()].sort((one, other) => (one.name < other.name ? -1 : 1)).map((set) => [set.name, problemResponse(set)]),
  );
}

function problemResponse({ status, codes }: ProblemSet): Response {
  const example = (code: ProblemCode): { summary: string; value: unknown } => ({
    summary: PROBLEMS[code].title,
    value: describeProblem(PROBLEM_EXAMPLES[code], REQUEST_ID),
  });
  return {
    description: codes.map((code) => `- \`${code}\`: ${PROBLEM_MEANINGS[code]}`).join('\n'),
    headers: {
      ...headerRefs('X-Request-Id'),
      ...(status === 401 && headerRefs('WWW-Authenticate')),
      ...((status === 429 || status === 503) && headerRefs('Retry-After')),
      ...(status === 429 && headerRefs(...RATE)),
    },
    content: {
      'application/problem+json': {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(codes.map((code) => [code, example(code)])),
      },
    },
  };
}
