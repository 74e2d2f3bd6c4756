import { ProblemError } from '../api/problem.ts';

/** Bytes that one answer may have. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Counts an answer while it is built. */
export interface AnswerBudget {
  /** Throws PARSE_LIMIT_EXCEEDED where the answer would have passed its limit with this text too. Answers the text. */
  spend(text: string): string;
}

/**
 * A budget of bytes of text in UTF-8, before JSON adds its own marks. Elements within elements make an answer the square of the page: it
 * must end while it is built, not after.
 */
export function createAnswerBudget(url: string | null, maxBytes: number = MAX_ANSWER_BYTES): AnswerBudget {
  let bytes = 0;
  return {
    spend(text) {
      // A code unit is never less than a byte: a long text is judged before it is measured.
      if (bytes + text.length <= maxBytes) bytes += Buffer.byteLength(text);
      else bytes = Infinity;
      if (bytes > maxBytes) {
        throw new ProblemError(
          'PARSE_LIMIT_EXCEEDED',
          `The answer would have more than ${String(maxBytes)} bytes. Ask for less with limit (and offset for the rest).`,
          { phase: 'parse', url: url ?? undefined },
        );
      }
      return text;
    },
  };
}
