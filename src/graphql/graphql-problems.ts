import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { asProblemError, describeProblem } from '../api/describe-problem.ts';
import { ProblemError } from '../api/problem.ts';
import { currentRequestId } from '../api/request-id.ts';
import { noteProblem } from '../api/under-way.ts';

/** Apollo's and GraphQL's own refusals: the operation is wrong, not this server. */
const CALLERS_FAULT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What V8 says of an operation nested deeper than graphql-js can follow. */
const OVERFLOW = /Maximum call stack size exceeded/;

/** An error as the graph tells it: the same problem as over REST, in `extensions.problem`, and its code. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = causeOf(error);
  const code = String(formatted.extensions?.['code']);
  const known =
    cause instanceof ProblemError || !CALLERS_FAULT.has(code)
      ? asProblemError(cause)
      : new ProblemError('INVALID_REQUEST', formatted.message.replace(OVERFLOW, 'the operation is nested too deeply'));
  noteProblem(known.code);
  const problem = describeProblem(known, currentRequestId());
  return {
    message: problem.detail,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: problem.code, problem },
  };
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
