import type { ErrorLog } from '../api/problem.filter.ts';
import type { TargetArgs } from '../api/target.args.ts';
import { ProblemError } from '../api/problem.ts';
import type { Retrieved } from '../fetch/retrieved.ts';

/** Retrieves what a target names. */
export type Retriever = (target: TargetArgs) => Promise<Retrieved>;

/** A part of an answer, and its bytes in JSON. */
export interface Sized<Value> {
  value: Value;
  bytes: number;
}

/** What is there already is counted before anything else is made. */
type Making<Value> = Sized<Value> | Promise<Sized<Value>>;

/** What another process has read, of JSON. */
type Read = Sized<object | null>;

/** Bytes of what one operation answers: each part is resolved here, field by field. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Bytes that each part of an answer counts as, at least: what it costs to come by. */
const LEAST_BYTES = 1024;
/** Errors of one answer: nobody reads more. */
export const MAX_ERRORS = 1000;
/** Links that are followed besides those that may be retrieved: to pages that are known, or to an error. */
const MORE_LINKS = 2000;
/** Readings of documents, for each retrieval that an operation may do. */
const READINGS_PER_RETRIEVAL = 5;

/**
 * What one GraphQL operation may do: so many retrievals, each target once; so many readings of documents, each view once;
 * and an answer of so many bytes. Past a limit nothing is done, and the field is an error.
 */
export class Operation {
  readonly #maxRetrievals: number;
  readonly #retrieve: Retriever;
  readonly #retrieved = new Map<string, Promise<Retrieved>>();
  readonly #read = new Map<string, Promise<Read>>();
  #retrievals = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #links = 0;
  #bytes = 0;

  constructor(retrieve: Retriever, maxRetrievals: number) {
    this.#retrieve = retrieve;
    this.#maxRetrievals = maxRetrievals;
  }

  /** Links that were not followed. */
  get passedOver(): number {
    return Math.max(0, this.#links - this.#maxRetrievals - MORE_LINKS);
  }

  /** True once so many links were followed that one more is not worth an error of its own; it is counted. */
  passesOver(): boolean {
    this.#links += 1;
    return this.passedOver > 0;
  }

  /**
   * What a target brings back: the same promise for the same target, however often the operation asks.
   *
   * @throws ProblemError `INVALID_REQUEST` past the budget; nothing is retrieved then.
   */
  retrieve(target: TargetArgs): Promise<Retrieved> {
    // The encoding says how content is read, not what is retrieved.
    const key = keyOf({ ...target, encoding: undefined });
    const known = this.#retrieved.get(key);
    if (known !== undefined) return known;
    // A snapshot has been retrieved.
    const isRetrieval = target.snapshot === undefined;
    if (isRetrieval && this.#retrievals >= this.#maxRetrievals) {
      const detail = `this operation asks for more than ${String(this.#maxRetrievals)} retrievals (GRAPHQL_MAX_RETRIEVALS); this one was cut: ${target.url ?? ''}`;
      return Promise.reject(new ProblemError('INVALID_REQUEST', detail, { url: target.url }));
    }
    if (isRetrieval) this.#retrievals += 1;
    const coming = this.#retrieve(target);
    this.#retrieved.set(key, coming);
    return coming;
  }

  /**
   * A reading of a snapshot, from its JSON: the same promise for the same view of it.
   *
   * @param about - all that the reading depends on besides the snapshot
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` past the budget; nothing is read then.
   */
  read(retrieved: Retrieved, about: object, make: () => Promise<Buffer>): Promise<Read> {
    const key = `${retrieved.snapshot.id} ${keyOf(about)}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const most = READINGS_PER_RETRIEVAL * this.#maxRetrievals;
    if (this.#read.size >= most) {
      const detail = `this operation reads documents more than ${String(most)} times, which is ${String(READINGS_PER_RETRIEVAL)} for each of GRAPHQL_MAX_RETRIEVALS; this time was cut`;
      return Promise.reject(new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { url: retrieved.snapshot.url, phase: 'parse' }));
    }
    const coming = make().then((json) => {
      this.#refuseBeyond(json.byteLength);
      return { value: JSON.parse(json.toString()) as object | null, bytes: json.byteLength };
    });
    this.#read.set(key, coming);
    return coming;
  }

  /** Does something once all that came before it is done. */
  inTurn<Value>(make: () => Promise<Value>): Promise<Value> {
    const coming = this.#turn.then(make, make);
    this.#turn = coming;
    return coming;
  }

  /**
   * A part of the answer, counted into its size.
   *
   * @param repetition - how often the operation asks for the same part of it
   * @throws ProblemError `PARSE_LIMIT_EXCEEDED` where the answer would be too large; once it is, nothing more is made.
   */
  async answer<Value>(repetition: number, make: () => Making<Value>): Promise<Value> {
    this.#refuseBeyond(0);
    const making = make();
    const { value, bytes } = making instanceof Promise ? await making : making;
    this.#bytes += Math.max(LEAST_BYTES, bytes * repetition);
    this.#refuseBeyond(0);
    return value;
  }

  #refuseBeyond(more: number): void {
    if (this.#bytes + more <= MAX_BYTES) return;
    const detail = `the answer would be larger than ${String(MAX_BYTES)} bytes; ask for less with limit (and offset for the rest), for fewer fields, in several operations, or over REST`;
    throw new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse' });
  }
}

function keyOf(members: object): string {
  return JSON.stringify(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** A value of no more than its JSON. */
export function sized<Value>(value: Value): Sized<Value> {
  return { value, bytes: JSON.stringify(value).length };
}

/** What every resolver is handed. */
export interface OperationContext {
  /** Where unexpected errors go. */
  log: ErrorLog;
  operation: Operation;
}
