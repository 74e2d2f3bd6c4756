import { RE2JS } from 're2js';

/** How a value is held against another. */
export const OPERATORS = {
  equals: 'It is that value.',
  differs: 'It is another value.',
  less: 'It is a number below.',
  atMost: 'It is a number not above.',
  greater: 'It is a number above.',
  atLeast: 'It is a number not below.',
  contains: 'It is a text, or a list, with that in it.',
  excludes: 'It is there, without that in it.',
  matches: 'It is a text in which the regular expression (RE2) matches.',
  exists: 'It is there, and not null.',
  missing: 'It is not there, or null.',
} as const;

export type Operator = keyof typeof OPERATORS;

/** What is to hold of a page. */
export interface Assertion {
  /** Dotted, as `extract.data.price`; numbers are places in lists. */
  path: string;
  op: Operator;
  /** As text; what it is compared with says whether it is a number. */
  value: string | null;
}

/** What is wrong with an assertion, in words; null where nothing is. */
export function assertionFault({ op, value }: Assertion): string | null {
  if (op === 'exists' || op === 'missing') return null;
  if (value === null) return `needs a value for ${op}`;
  if (['less', 'atMost', 'greater', 'atLeast'].includes(op) && !isNumber(value)) return `needs a number for ${op}`;
  if (op !== 'matches') return null;
  try {
    RE2JS.compile(value);
    return null;
  } catch (error) {
    return `needs a regular expression of RE2: ${(error as Error).message}`;
  }
}

/** What a page has at a path; undefined where there is nothing. */
export function valueAt(facts: unknown, path: string): unknown {
  let value = facts;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Whether an assertion holds of a page. */
export function holds(facts: unknown, { path, op, value }: Assertion): boolean {
  const found = valueAt(facts, path);
  const wanted = value ?? '';
  switch (op) {
    case 'exists':
      return found !== undefined && found !== null;
    case 'missing':
      return found === undefined || found === null;
    case 'equals':
      return isSame(found, wanted);
    case 'differs':
      return !isSame(found, wanted);
    case 'contains':
      return contains(found, wanted) === true;
    case 'excludes':
      return contains(found, wanted) === false;
    case 'matches':
      return typeof found === 'string' && RE2JS.compile(wanted).matcher(found).find();
    default:
      return isOrdered(found, op, Number(wanted));
  }
}

function isSame(found: unknown, wanted: string): boolean {
  if (typeof found === 'number') return isNumber(wanted) && found === Number(wanted);
  return typeof found === 'string' ? found === wanted : JSON.stringify(found) === wanted;
}

/** Null where nothing could be in it. */
function contains(found: unknown, wanted: string): boolean | null {
  if (typeof found === 'string') return found.includes(wanted);
  return Array.isArray(found) ? found.some((entry) => isSame(entry, wanted)) : null;
}

function isOrdered(found: unknown, op: 'less' | 'atMost' | 'greater' | 'atLeast', wanted: number): boolean {
  const number = typeof found === 'number' ? found : typeof found === 'string' && isNumber(found) ? Number(found) : Number.NaN;
  return { less: number < wanted, atMost: number <= wanted, greater: number > wanted, atLeast: number >= wanted }[op];
}

function isNumber(text: string): boolean {
  return /^[+-]?\d{1,30}(\.\d{1,30})?$/.test(text.trim());
}
