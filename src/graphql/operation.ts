import type { ErrorLog } from '../api/problem.filter.ts';
import type { TargetArgs } from '../api/target.args.ts';
import { ProblemError } from '../api/problem.ts';
import type { Retrieved } from '../fetch/retrieved.ts';

/** Retrieves what a target names. */
export type Retriever = (target: TargetArgs) => Promise<Retrieved>;

/** Bytes that the contents and the readings of documents in one operation may have as JSON: each is resolved here, field by field. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What one GraphQL operation takes: each target is retrieved once, and so many of them at most. */
export class Operation {
  readonly #maxRetrievals: number;
  readonly #retrieve: Retriever;
  readonly #retrievals = new Map<string, Promise<Retrieved>>();
  #bytes = 0;

  constructor(retrieve: Retriever, maxRetrievals: number) {
    this.#retrieve = retrieve;
    this.#maxRetrievals = maxRetrievals;
  }

  /**
   * What a target brings back: the same promise for the same target, however often the operation asks.
   *
   * @throws ProblemError `INVALID_REQUEST` past the budget; nothing is retrieved then.
   */
  retrieve(target: TargetArgs): Promise<Retrieved> {
    // The encoding says how content is read, not what is retrieved.
    const key = JSON.stringify(
      Object.entries(target)
        .filter(([name, value]) => name !== 'encoding' && value !== undefined)
        .sort(),
    );
    const known = this.#retrievals.get(key);
    if (known !== undefined) return known;
    if (this.#retrievals.size >= this.#maxRetrievals) {
      const detail = `this operation asks for more than ${String(this.#maxRetrievals)} retrievals (GRAPHQL_MAX_RETRIEVALS); this one was cut: ${target.url ?? target.snapshot ?? ''}`;
      return Promise.reject(new ProblemError('INVALID_REQUEST', detail, { url: target.url }));
    }
    const coming = this.#retrieve(target);
    this.#retrievals.set(key, coming);
    return coming;
  }

  /**
   * Counts bytes of what has been read for it.
   *
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` past the budget
   */
  spend(bytes: number, url: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= MAX_BYTES) return;
    const detail = `this operation reads more than ${String(MAX_BYTES)} bytes from its pages: ask for less with limit (and offset for the rest), or over REST; this was cut: ${url}`;
    throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url, phase: 'parse' });
  }
}

/** What every resolver is handed. */
export interface OperationContext {
  /** Where unexpected errors go. */
  log: ErrorLog;
  operation: Operation;
}
