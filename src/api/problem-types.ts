import { describeProblem } from './describe-problem.ts';
import { REQUEST_ID } from './open-api-headers.ts';
import { ProblemError, type ProblemCode, PROBLEMS } from './problem.ts';
import { PROBLEM_ADVICE } from './problem-advice.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';
import type { ProblemType, ProblemTypes } from './problem-type.model.ts';

/** All codes, in the order of their statuses. */
const CODES = Object.keys(PROBLEMS) as ProblemCode[];

/**
 * What is known of a code.
 *
 * @throws ProblemError `NOT_FOUND` for a code that does not exist.
 */
export function problemType(code: string): ProblemType {
  if (!isCode(code))
    throw new ProblemError('NOT_FOUND', `no problem has the code ${JSON.stringify(code.slice(0, 80))}; /problems lists those that are`);
  return typeOf(code);
}

/** What is known of all of them, or of one. */
export function problemTypes(only: readonly ProblemCode[] = CODES): ProblemTypes {
  return { total: only.length, problems: only.map(typeOf) };
}

function isCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

function typeOf(code: ProblemCode): ProblemType {
  return {
    code,
    type: `/problems/${code}`,
    ...PROBLEMS[code],
    meaning: PROBLEM_MEANINGS[code],
    ...PROBLEM_ADVICE[code],
    example: describeProblem(PROBLEM_EXAMPLES[code], REQUEST_ID),
  };
}
