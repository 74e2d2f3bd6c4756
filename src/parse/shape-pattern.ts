import { RE2JS } from 're2js';

/** A regular expression that takes time in proportion to the text, whatever it is. https://github.com/google/re2/wiki/Syntax */
export interface Pattern {
  /** As it is written. */
  expression: string;
  /** What may be wrong with it where it does not match, as the end of a sentence. */
  advice: string;
  /** Whether anything matches. */
  matches(text: string): boolean;
  /** The first group of the first match, or the whole match where there are no groups; null where nothing matches, or the group took no part. */
  capture(text: string): string | null;
}

/** Characters of an expression. */
const LONGEST_EXPRESSION = 1000;
/** Instructions of what an expression is compiled to: repetitions multiply. */
const MAX_PROGRAM = 10_000;

/**
 * Reads a regular expression in RE2's syntax, which has no references back and no look-around.
 *
 * @throws Error that says what of it cannot be read
 */
export function compilePattern(expression: string): Pattern {
  if (expression.length > LONGEST_EXPRESSION) throw new Error(`must have at most ${String(LONGEST_EXPRESSION)} characters`);
  const compiled = compile(expression);
  if (compiled.programSize() > MAX_PROGRAM) throw new Error('repeats too much: let it count less');
  const group = Math.min(compiled.groupCount(), 1);
  return {
    expression,
    advice: /^\/.*\/[a-z]*$/s.test(expression) ? '; the slashes around it are part of it: leave them out, and write (?i) for /i' : '',
    matches: (text) => compiled.matcher(text).find(),
    capture(text) {
      const matcher = compiled.matcher(text);
      return matcher.find() ? matcher.group(group) : null;
    },
  };
}

function compile(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const said = (error as Error).message.replace(/^error parsing regexp: /, '');
    const advice = ADVICE.find(([pattern]) => pattern.test(said))?.[1] ?? '';
    throw new Error(`is no regular expression of RE2: ${said}${advice}`, { cause: error });
  }
}

/** What other engines have, and RE2 has not. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/`\(\?<?[=!]/, '; it has no look-around: match what stands around, too, and put what is wanted in (…)'],
  [/`\\[1-9]/, '; it has no references back'],
  [/^missing argument to repetition/, '; a character that is meant itself has a backslash before it, two in JSON'],
];
