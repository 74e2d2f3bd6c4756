import { type ParameterError, ProblemError } from '../api/problem.ts';

/** Where something stands: the names and numbers that lead there. */
export type Path = readonly (string | number)[];

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function jsonPointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** As much of a text as a message has room for, in quotation marks. */
export function quoted(text: string): string {
  return text.length > LONGEST_QUOTE ? `${JSON.stringify(text.slice(0, LONGEST_QUOTE))}…` : JSON.stringify(text);
}

const LONGEST_QUOTE = 100;
/** Faults that one answer tells. */
const MOST_FAULTS = 20;
/** Characters of a pointer, as far as it is repeated. */
const LONGEST_POINTER = 200;

/** What is wrong with a shape, each fault at its place. */
export class ShapeFaults {
  readonly #faults: ParameterError[] = [];
  #inSelectors = 0;

  /** So many are known that no more are looked for. */
  get isFull(): boolean {
    return this.#faults.length >= MOST_FAULTS;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** Notes one more. Answers null, in place of the rule that there is not. */
  add(path: Path, message: string): null {
    this.#faults.push({ parameter: `shape${jsonPointer(path)}`.slice(0, LONGEST_POINTER), message });
    return null;
  }

  /** The same of a selector that cannot be read. */
  addSelector(path: Path, message: string): null {
    this.#inSelectors++;
    return this.add(path, message);
  }

  /** All of them as one problem: `INVALID_SELECTOR` where nothing but selectors is at fault. */
  problem(url: string | null): ProblemError {
    const errors = this.#faults.slice(0, MOST_FAULTS);
    const told = errors.map(({ parameter, message }) => `${parameter}: ${message}`).join('; ');
    const code = this.#inSelectors === this.#faults.length ? 'INVALID_SELECTOR' : 'INVALID_REQUEST';
    return new ProblemError(code, this.isFull ? `${told}; what follows was not looked at` : told, { errors, url: url ?? undefined });
  }
}
