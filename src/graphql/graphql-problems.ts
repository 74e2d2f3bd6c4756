import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { asProblemError, describeProblem } from '../api/describe-problem.ts';
import { ProblemError } from '../api/problem.ts';
import { currentRequestId } from '../api/under-way.ts';
import { noteProblem } from '../api/under-way.ts';
import { MAX_ERRORS, type OperationContext } from './operation.ts';
import { MAX_TOKENS } from './query-limits.ts';

/** Apollo's and GraphQL's own refusals: the operation is wrong, not this server. */
const CALLERS_FAULT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** Apollo gives these no code. */
const OF_PERSISTED_QUERIES = /^(?:provided sha does not match query|Unsupported persisted query version)$/;

/** Characters of an error that GraphQL words: it repeats values of variables whole. */
const LONGEST_MESSAGE = 1000;

/** What the libraries say, where ours says more. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  // V8's words about an operation nested deeper than graphql-js can follow.
  [/Maximum call stack size exceeded/, 'the operation is nested too deeply'],
  [
    /^Syntax Error: Document contains more that? \d+ tokens\b.*/,
    `the operation has more than ${String(MAX_TOKENS)} tokens, the most that is allowed`,
  ],
  [/^Validation aborted\.$/, 'the operation asks for fields of one name too often to be checked'],
  [
    /^GraphQL introspection is not allowed by Apollo Server.*/,
    'introspection is off on this server (GRAPHQL_INTROSPECTION); /schema.graphql has the schema',
  ],
];

/** An error as the graph tells it: the same problem as over REST, in `extensions.problem`, and its code. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = causeOf(error);
  const code = String(formatted.extensions?.['code']);
  const isCallers = CALLERS_FAULT.has(code) || OF_PERSISTED_QUERIES.test(formatted.message);
  const known =
    cause instanceof ProblemError || !isCallers ? asProblemError(cause) : new ProblemError('INVALID_REQUEST', worded(formatted.message));
  noteProblem(known.code);
  const problem = describeProblem(known, currentRequestId());
  return {
    message: problem.detail,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: problem.code, problem },
  };
}

function worded(message: string): string {
  const ours = WORDS.reduce((text, [theirs, words]) => text.replace(theirs, words), message);
  return ours.length > LONGEST_MESSAGE ? `${ours.slice(0, LONGEST_MESSAGE)}…` : ours;
}

/** GraphQL wraps what a resolver throws. */
function causeOf(error: unknown): unknown {
  const { originalError } = (error ?? {}) as { originalError?: unknown };
  return originalError === undefined ? error : causeOf(originalError);
}

/**
 * GraphQL over HTTP, section 6.4: `application/json` is answered 200 also when the operation could not be parsed or
 * validated; only `application/graphql-response+json` says 400.
 */
export const statusByMediaType: ApolloServerPlugin = {
  requestDidStart: (): Promise<GraphQLRequestListener<object>> =>
    Promise.resolve({
      willSendResponse: ({ request, response }): Promise<void> => {
        const accepted = request.http?.headers.get('accept') ?? '';
        if (response.http.status === 400 && !accepted.includes('application/graphql-response+json')) response.http.status = 200;
        return Promise.resolve();
      },
    }),
};

/** Of more errors than anybody reads it is said how many they are. */
export const boundErrors: ApolloServerPlugin<OperationContext> = {
  requestDidStart: (): Promise<GraphQLRequestListener<OperationContext>> =>
    Promise.resolve({
      willSendResponse: ({ response: { body }, contextValue }): Promise<void> => {
        if (body.kind !== 'single') return Promise.resolve();
        const { errors = [] } = body.singleResult;
        const more = Math.max(0, errors.length - MAX_ERRORS) + contextValue.operation.passedOver;
        if (more > 0) {
          const message = `${String(more)} more fields are null: there are too many errors to tell, or links to follow`;
          const last = formatError({ message, extensions: { code: 'BAD_USER_INPUT' } }, null);
          body.singleResult.errors = [...errors.slice(0, MAX_ERRORS), last];
        }
        return Promise.resolve();
      },
    }),
};

/** Every answer says how many retrievals the operation asked for, made, and might still have made. The operation is over then. */
export const tellBudget: ApolloServerPlugin<OperationContext> = {
  requestDidStart: (): Promise<GraphQLRequestListener<OperationContext>> =>
    Promise.resolve({
      willSendResponse: ({ response: { body }, contextValue: { operation } }): Promise<void> => {
        operation.finish();
        if (body.kind === 'single') body.singleResult.extensions = { ...body.singleResult.extensions, budget: operation.budget };
        return Promise.resolve();
      },
    }),
};

/** Logs what no resolver threw and nobody foresaw; what a resolver throws, the filter of problems logs. */
export const logUnexpected: ApolloServerPlugin<OperationContext> = {
  requestDidStart: (): Promise<GraphQLRequestListener<OperationContext>> =>
    Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }): Promise<void> => {
        for (const error of errors) {
          const isForeseen =
            CALLERS_FAULT.has(String(error.extensions['code'])) ||
            OF_PERSISTED_QUERIES.test(error.message) ||
            error.originalError !== undefined;
          if (!isForeseen) contextValue.log.error({ err: error }, 'unexpected error');
        }
        return Promise.resolve();
      },
    }),
};
