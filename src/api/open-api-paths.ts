import { describeProblem } from './describe-problem.ts';
import { type MediaType, type Operation, type PathItem, type Schema, schemaRef } from './open-api.ts';
import { headerRefs, REQUEST_ID } from './open-api-headers.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';

const REQUEST: Schema = {
  type: 'object',
  required: ['query'],
  properties: {
    query: { type: 'string', description: 'The operations, in GraphQL.' },
    variables: { type: ['object', 'null'], description: 'Values of the variables that the operation declares.' },
    operationName: { type: ['string', 'null'], description: 'Which operation is meant, where there are several.' },
  },
};

const ERROR: Schema = {
  type: 'object',
  required: ['message', 'extensions'],
  properties: {
    message: { type: 'string', description: "The problem's `detail`." },
    locations: {
      type: 'array',
      description: 'Where in `query`.',
      items: { type: 'object', required: ['line', 'column'], properties: { line: { type: 'integer' }, column: { type: 'integer' } } },
    },
    path: { type: 'array', description: 'Which field of `data`.', items: { type: ['string', 'integer'] } },
    extensions: {
      type: 'object',
      required: ['code', 'problem'],
      properties: { code: { type: 'string', description: "The problem's `code`." }, problem: schemaRef('Problem') },
    },
  },
};

const BUDGET: Schema = {
  type: 'object',
  description: 'Retrievals of the operation.',
  required: ['asked', 'used', 'left'],
  properties: {
    asked: { type: 'integer', description: 'How many different ones it asked for.' },
    used: { type: 'integer', description: 'How many it made.' },
    left: { type: 'integer', description: 'How many it might still have made.' },
  },
};

const ANSWER: Schema = {
  type: 'object',
  properties: {
    data: { type: ['object', 'null'], description: 'The fields that were asked for.' },
    errors: { type: 'array', description: 'What could not be answered.', items: ERROR },
    extensions: { type: 'object', required: ['budget'], properties: { budget: BUDGET } },
  },
};

/** GraphQL's answer under the media types of "GraphQL over HTTP". */
function graphAnswer(example: unknown): Record<string, MediaType> {
  const type: MediaType = { schema: ANSWER, example };
  return { 'application/json': type, 'application/graphql-response+json': type };
}

const PROBLEM = describeProblem(PROBLEM_EXAMPLES.INVALID_REQUEST, REQUEST_ID);
const QUERY = '{ encode(text: "H") { characters { codePoint utf8 } } }';
const DATA = { encode: { characters: [{ codePoint: 'U+0048', utf8: '48' }] } };

/** A GET of a file or a page of ours. */
function about(operationId: string, summary: string, description: string, content: Record<string, MediaType>): Operation {
  return { operationId, summary, description, tags: ['About'], responses: { 200: { description: 'The answer.', content } } };
}

/** Paths beside those that controllers describe: the graph, and what this server says of itself. */
export const PATHS: Readonly<Record<string, PathItem>> = {
  '/graphql': {
    post: {
      operationId: 'postGraphql',
      summary: 'The same, as one graph',
      description:
        'However many fields ask about a target, it is retrieved once. /schema.graphql has all fields. Their problems are in `errors`, and the status is 200.',
      tags: ['Graph'],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: REQUEST, examples: { encode: { summary: 'A text', value: { query: QUERY } } } } },
      },
      responses: {
        200: {
          description: 'The answer. With `application/json` also for an operation that is not valid.',
          content: graphAnswer({ data: DATA }),
        },
        400: {
          description: 'The request is not one of GraphQL; with `application/graphql-response+json` also: the operation is not valid.',
          headers: headerRefs('X-Request-Id'),
          content: {
            ...graphAnswer({ errors: [{ message: PROBLEM.detail, extensions: { code: PROBLEM.code, problem: PROBLEM } }] }),
            'application/problem+json': { schema: schemaRef('Problem'), example: PROBLEM },
          },
        },
      },
    },
  },
  '/openapi.json': {
    get: about('getOpenapiJson', 'This contract', 'The REST face, as OpenAPI 3.1.', {
      'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } },
    }),
  },
  '/schema.graphql': {
    get: about('getSchemaGraphql', 'The graph', "The GraphQL face, in GraphQL's schema language.", {
      'text/plain': { schema: { type: 'string' }, example: 'type Query { … }' },
    }),
  },
  '/metrics': {
    get: {
      operationId: 'getMetrics',
      summary: 'Metrics for Prometheus',
      description:
        'What this process counts of itself, in the text format of Prometheus. Nothing in it names a caller or a target. Where the server has API keys, one is asked for here, too; neither the rate limit nor load keeps it from answering.',
      tags: ['Probes'],
      responses: {
        200: {
          description: 'The answer.',
          content: {
            'text/plain': {
              schema: { type: 'string' },
              example: '# TYPE pagewire_retrievals_running gauge\npagewire_retrievals_running 3\n',
            },
          },
        },
      },
    },
  },
};
