import type { Problem } from './problem.model.ts';
import { isProblemError, ProblemError, PROBLEMS, type ProblemCode } from './problem.ts';

/** What the framework's own refusals are called, by HTTP status. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  // Only files are forbidden: a path that leads out of those of /console. There is nothing.
  403: 'NOT_FOUND',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  // A part of the path that is longer than any id.
  414: 'NOT_FOUND',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
};

/** The problem that an error is told as (RFC 9457). What nobody foresaw is `INTERNAL` and says nothing of itself. */
export function describeProblem(error: unknown, requestId: string): Problem {
  const known = asProblemError(error);
  const { status, title, retryable } = PROBLEMS[known.code];
  return {
    type: `/problems/${known.code}`,
    title,
    status,
    detail: known.message,
    code: known.code,
    url: known.url,
    phase: known.phase,
    retryable,
    requestId,
    errors: [...known.errors],
    exchanges: known.exchanges,
  };
}

/** The error itself where it is one of ours, else what its HTTP status is called, else `INTERNAL`. */
export function asProblemError(error: unknown): ProblemError {
  if (isProblemError(error)) return error;
  const {
    status,
    statusCode,
    message,
    code: frameworkCode,
  } = (error ?? {}) as Partial<Record<'status' | 'statusCode' | 'message' | 'code', unknown>>;
  const code = BY_STATUS[Number(status ?? statusCode)];
  if (code === undefined) {
    return new ProblemError('INTERNAL', 'something went wrong within this server; its log has more under this requestId', { cause: error });
  }
  if (code === 'UNSUPPORTED_MEDIA_TYPE') return new ProblemError(code, 'request bodies are JSON: send "Content-Type: application/json"');
  const words = FRAMEWORK_WORDS[String(frameworkCode)];
  return new ProblemError(code, words ?? (typeof message === 'string' ? message : PROBLEMS[code].title), { cause: error });
}

/** The framework's own words where ours say more. */
const FRAMEWORK_WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is empty: send a JSON object with the parameters as its members',
  FST_ERR_MAX_PARAM_LENGTH: 'there is nothing under a path as long as this; /docs lists the endpoints',
  FST_ERR_BAD_URL: 'the path is not valid: a % must be followed by two hexadecimal digits',
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is larger than this server takes: its limit is that of FETCH_MAX_BYTES, 1 MiB at least',
};
