import { quoted } from './shape-faults.ts';
import type { Outcome } from './shape-outcome.ts';

/** Between groups of three digits, whatever stands before decimals: spaces that do not break, and apostrophes. */
const MARKS = "\u00a0\u2009\u202f'\u2019";

const SPACE = '[ \\u00a0\\u2009\\u202f]?';
const CURRENCY = `(?:[A-Z]{0,3}\\p{Sc}|${Intl.supportedValuesOf('currency').join('|')})`;
/** With the currency that stands between it and the digits: `-£5`, `-US$ 5`, `-EUR 5`. */
const SIGN = `(?<sign>[-+\u2212\u2013])(?:(?<=\u2212|^\\s*[-+])${SPACE}|(?<!\u2013|\u2212)|(?<=^\\s*\u2013))(?:${CURRENCY}${SPACE})?`;

// A hyphen before a space, and a dash, is as often between two things: there it is a sign at the begin of the text alone.
// Who writes "1 299" writes a comma before decimals; elsewhere "15 256 GB" are two numbers.
const NUMBER = { '.': numberPattern('.', `,${MARKS}`, ','), ',': numberPattern(',', `. ${MARKS}`, '.') } as const;

function numberPattern(decimal: string, marks: string, pairMark: string): RegExp {
  // The same mark between all groups; and India's, where they are pairs before the last three.
  const grouped = `\\d{1,3}(?<mark>[${marks}])\\d{3}(?:\\k<mark>\\d{3})*(?!\\d)|\\d{1,2}(?:[${pairMark}]\\d\\d)+[${pairMark}]\\d{3}(?!\\d)`;
  // A hyphen after a letter or a digit is no sign, and a point there begins no decimals.
  const apart = '(?<![\\p{L}\\p{N}])';
  const digits = `(?:(?:${grouped}|\\d+)(?:[${decimal}]\\d+)?|${apart}[${decimal}]\\d+)`;
  return new RegExp(`(?:${apart}${SIGN})?(?<digits>${digits}(?:[eE][-+]?\\d+)?)`, 'gu');
}

/**
 * The one number of a text, whatever else stands around it; of several, none is meant more than the others. `decimal` stands before
 * decimals, and what may stand between thousands depends on it.
 */
export function numberIn(text: string, decimal: '.' | ','): Outcome {
  const [first, second] = firstTwo(text, decimal);
  if (first?.groups === undefined) return { reason: 'no-number', message: `${quoted(text)} has no number in it` };
  if (second !== undefined) return { reason: 'no-number', message: several(text, first[0], second[0], decimal) };
  const { sign = '', digits = '' } = first.groups;
  const written = digits
    .replace(/[^\d.,eE+-]/g, '')
    .replaceAll(decimal === '.' ? ',' : '.', '')
    .replace(',', '.');
  const value = Number(`${/[-\u2212\u2013]/.test(sign) ? '-' : ''}${written}`);
  const isExact = Number.isFinite(value) && (!/^\d+$/.test(written) || Number.isSafeInteger(value));
  return isExact ? { value } : { reason: 'no-number', message: `${quoted(first[0])} is more than a number of JSON holds: take it as text` };
}

/** No more are looked for: a text may be a whole page. */
function firstTwo(text: string, decimal: '.' | ','): (RegExpExecArray | undefined)[] {
  const found = text.matchAll(NUMBER[decimal]);
  return [found.next().value, found.next().value];
}

function several(text: string, one: string, next: string, decimal: '.' | ','): string {
  const other = decimal === '.' ? ',' : '.';
  const [first, second] = firstTwo(text, other);
  const isOne = first !== undefined && second === undefined;
  const advice = isOne ? `is "decimal": "${other}" meant?` : 'match takes the one that is meant';
  return `${quoted(text)} has more than one number in it, ${quoted(one)} and ${quoted(next)}: ${advice}`;
}
