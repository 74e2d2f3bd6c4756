import { ProblemError } from '../api/problem.ts';

/** Bytes that one answer may have. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Why there is no answer. `advice` says how to have one all the same. */
export function answerTooLarge(
  advice = 'ask for less with limit (and offset for the rest), with fields, or for fewer encodings',
  url?: string,
): ProblemError {
  const detail = `the answer would have more than ${String(MAX_ANSWER_BYTES)} bytes: ${advice}`;
  return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse', url });
}
