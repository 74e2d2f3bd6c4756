import { isOpenPath, isUncountedPath } from './caller.ts';
import { describeProblem } from './describe-problem.ts';
import { type Header, type OpenApi, type Operation, type Reference, resolveSchema, type Response, schemaRef } from './open-api.ts';
import { type ProblemCode, PROBLEMS } from './problem.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';

/** The request that examples are about. */
export const REQUEST_ID = 'lq3vJ0c1T7y2';

/** Header fields of ours, by the name under which answers refer to them. */
export const HEADERS: Readonly<Record<string, Header>> = {
  'X-Request-Id': {
    description: 'Id of the request, as in the `requestId` of a problem and in the log.',
    schema: { type: 'string', examples: [REQUEST_ID] },
  },
  'Retry-After': {
    description: 'Seconds after which asking again makes sense.',
    schema: { type: 'integer', minimum: 1, examples: [42] },
  },
  'WWW-Authenticate': {
    description: 'How to show a key.',
    schema: { type: 'string', examples: ['Bearer realm="pagewire"'] },
  },
};

/** A header field of {@link HEADERS}. */
export function headerRef(name: string): Record<string, Reference> {
  return { [name]: { $ref: `#/components/headers/${name}` } };
}

/** One answer for each HTTP status of a problem, with an example for each code; those that some operation refers to. */
export function problemResponses(used: readonly (Response | Reference)[]): Record<string, Response> {
  const references = new Set(used.map((answer) => ('$ref' in answer ? answer.$ref : '')));
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].filter((status) => references.has(problemRef(status).$ref));
  const ofStatus = (status: number): ProblemCode[] => codes.filter((code) => PROBLEMS[code].status === status);
  return Object.fromEntries(statuses.map((status) => [`Problem${String(status)}`, problemResponse(status, ofStatus(status))]));
}

function problemRef(status: number): Reference {
  return { $ref: `#/components/responses/Problem${String(status)}` };
}

function problemResponse(status: number, codes: readonly ProblemCode[]): Response {
  const example = (code: ProblemCode): { summary: string; value: unknown } => ({
    summary: PROBLEMS[code].title,
    value: describeProblem(PROBLEM_EXAMPLES[code], REQUEST_ID),
  });
  return {
    description: codes.map((code) => `- \`${code}\`: ${PROBLEM_MEANINGS[code]}`).join('\n'),
    headers: {
      ...headerRef('X-Request-Id'),
      ...(status === 401 && headerRef('WWW-Authenticate')),
      ...((status === 429 || status === 503) && headerRef('Retry-After')),
    },
    content: {
      'application/problem+json': {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(codes.map((code) => [code, example(code)])),
      },
    },
  };
}

/** The problems that an operation can give, by what it takes; beside those that it declares itself. */
export function problemsOf(path: string, verb: string, operation: Operation, document: OpenApi): Record<string, Reference> {
  const members = membersOf(operation, document);
  const takesTarget = members.includes('snapshot');
  const statuses = [
    400,
    ...(isOpenPath(path) ? [] : [401]),
    ...(isOpenPath(path) || isUncountedPath(path) ? [] : [429]),
    ...(verb === 'post' ? [413, 415] : []),
    ...(takesTarget ? [403, 404, 502, 503, 504] : []),
    ...(takesTarget && operation.tags.includes('Documents') ? [422] : []),
    500,
    ...Object.keys(operation.responses)
      .map(Number)
      .filter((status) => status >= 400),
  ];
  return Object.fromEntries(statuses.map((status) => [status, problemRef(status)]));
}

/** What an operation takes, in the query or in a JSON body. */
function membersOf({ parameters = [], requestBody }: Operation, document: OpenApi): string[] {
  const body = requestBody?.content['application/json']?.schema;
  return [
    ...parameters.map(({ name }) => name),
    ...Object.keys(body === undefined ? {} : (resolveSchema(body, document).properties ?? {})),
  ];
}
