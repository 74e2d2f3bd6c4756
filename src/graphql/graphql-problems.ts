import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { asProblemError, describeProblem } from '../api/describe-problem.ts';
import type { Problem } from '../api/problem.model.ts';
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

/** Characters that the errors of an answer have together, exchanges left out, and those of their exchanges. */
const MAX_ERROR_CHARACTERS = 4_194_304;
const MAX_EXCHANGE_CHARACTERS = 4_194_304;

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

/** Of more errors than anybody reads, or of more in them than an answer may have, it is said how many they are. */
export const boundErrors: ApolloServerPlugin<OperationContext> = {
  requestDidStart: (): Promise<GraphQLRequestListener<OperationContext>> =>
    Promise.resolve({
      willSendResponse: ({ response: { body }, contextValue }): Promise<void> => {
        if (body.kind !== 'single') return Promise.resolve();
        const { errors = [] } = body.singleResult;
        const told = withinBounds(errors);
        const more = errors.length - told.length + contextValue.operation.passedOver;
        if (more > 0) {
          const message = `${String(more)} more fields are null: there are too many errors to tell, or links to follow`;
          told.push(formatError({ message, extensions: { code: 'BAD_USER_INPUT' } }, null));
        }
        if (told.length > 0) body.singleResult.errors = told;
        return Promise.resolve();
      },
    }),
};

/** Those of the errors that fit, the later ones without the exchanges that led to them where these are too many. */
function withinBounds(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const lengths = new Map<object, number>();
  const lengthOf = (exchange: object): number => {
    const length = lengths.get(exchange) ?? JSON.stringify(exchange).length;
    lengths.set(exchange, length);
    return length;
  };
  const told: GraphQLFormattedError[] = [];
  let [own, ofExchanges] = [0, 0];
  for (const error of errors.slice(0, MAX_ERRORS)) {
    const problem = error.extensions?.['problem'] as Problem;
    const bare = { ...error, extensions: { ...error.extensions, problem: { ...problem, exchanges: [] } } };
    // A name in the path may be as long as the operation, and stands in the path of each field below it.
    own += (error.path ?? []).reduce<number>((sum, key) => sum + String(key).length, JSON.stringify({ ...bare, path: [] }).length);
    if (own > MAX_ERROR_CHARACTERS) break;
    const length = (problem.exchanges as object[]).reduce((sum, exchange) => sum + lengthOf(exchange), 0);
    const fits = ofExchanges + length <= MAX_EXCHANGE_CHARACTERS;
    if (fits) ofExchanges += length;
    told.push(fits ? error : bare);
  }
  return told;
}

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
