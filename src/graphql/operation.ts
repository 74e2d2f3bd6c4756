import type { ErrorLog } from '../api/problem.filter.ts';
import type { TargetRequest } from '../fetch/fetch.service.ts';
import { ProblemError } from '../api/problem.ts';
import { withSignal } from '../api/under-way.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import type { Ask } from '../parse/parse-task.ts';
import type { Passed, PassSource } from '../parse/parse.service.ts';
import { Readings } from './readings.ts';
import { type Budget, Retrievals, type Retriever } from './retrievals.ts';

/** A part of an answer, and its bytes in JSON. */
export interface Sized<Value> {
  value: Value;
  bytes: number;
  /** Bytes of the names that the operation gives its parts, however often; 0 unless given. */
  nameBytes?: number;
  /** How many objects it has; a few unless given. */
  objects?: number;
}

/** What is there already is counted before anything else is made. */
type Making<Value> = Sized<Value> | Promise<Sized<Value>>;

/** Reads several views off one document, in one go. */
export type Reader = (source: PassSource, asks: readonly Ask[]) => Promise<readonly (Passed | ProblemError)[]>;

/** What an operation may do, and what does it. */
export interface OperationMeans {
  retrieve: Retriever;
  readAll: Reader;
  maxRetrievals: number;
  /** Milliseconds for all of it. */
  timeoutMs: number;
}

/** Where in the answer something stands. */
export interface Path {
  readonly key: string | number;
  readonly prev: Path | undefined;
}

/** Bytes of what one operation answers: each part is resolved here, field by field. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Bytes that each part of an answer counts as, at least: what it costs to come by. */
const LEAST_BYTES = 1024;
/** Errors of one answer: nobody reads more. */
export const MAX_ERRORS = 1000;
/** Links that are followed besides those that may be retrieved: to pages that are known, or to an error. */
const MORE_LINKS = 2000;

/**
 * What one GraphQL operation may do: so many retrievals, each target once; so many readings of documents, each view once;
 * and an answer of so many bytes, within so much time. Past a limit nothing is done, and the field is an error.
 */
export class Operation {
  readonly #maxRetrievals: number;
  readonly #retrievals: Retrievals;
  readonly #readings: Readings<Sized<object | null>>;
  /** How pages at the root are retrieved, by {@link rootOf}. */
  readonly #hows = new Map<string, TargetRequest>();
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #turn: Promise<unknown> = Promise.resolve();
  #links = 0;
  #bytes = 0;

  constructor({ retrieve, readAll, maxRetrievals, timeoutMs }: OperationMeans) {
    this.#maxRetrievals = maxRetrievals;
    this.#retrievals = new Retrievals(retrieve, maxRetrievals, this.#end.signal);
    this.#readings = new Readings(async (source, asks) => {
      const outcomes = await withSignal(this.#end.signal, () => readAll(source, asks));
      return outcomes.map((outcome) => (outcome instanceof ProblemError ? outcome : this.#parsed(outcome)));
    }, maxRetrievals);
    this.#timer = setTimeout(() => {
      const detail = `this operation takes more than ${String(timeoutMs)} ms (GRAPHQL_TIMEOUT_MS), and what was not there by then was cut: ask for less at a time`;
      this.#end.abort(new ProblemError('TARGET_TIMEOUT', detail));
    }, timeoutMs).unref();
  }

  /** Nothing more will be asked. */
  finish(): void {
    clearTimeout(this.#timer);
  }

  get budget(): Budget {
    return this.#retrievals.budget;
  }

  /** Links that were not followed. */
  get passedOver(): number {
    return Math.max(0, this.#links - this.#maxRetrievals - MORE_LINKS);
  }

  /** True once so many links were followed that one more is not worth an error of its own; it is counted. */
  passesOver(): boolean {
    this.#links += 1;
    if (this.passedOver > 0) this.#retrievals.passOver();
    return this.passedOver > 0;
  }

  /** As {@link Retrievals.get}. Links below this path of the answer are followed in the same way. */
  retrieve(target: TargetRequest, path: Path): Promise<Retrieved> {
    const root = rootOf(path);
    if (target.snapshot === undefined && !this.#hows.has(root)) this.#hows.set(root, target);
    return this.#retrievals.get(target);
  }

  /** How the page was retrieved that led to this path of the answer; null of a snapshot, and of a document of the caller's own. */
  preset(path: Path): TargetRequest | null {
    return this.#hows.get(rootOf(path)) ?? null;
  }

  /** A view of a document, as far as it is asked for: as {@link Readings.view}. */
  view(source: PassSource, ask: Ask): Promise<Sized<object | null>> {
    return this.#readings.view(source, ask);
  }

  /** A document of the caller's own: the same for the same text, however often the operation has it. */
  inline(html: string, baseUrl: string | null): PassSource {
    return this.#readings.inline(html, baseUrl);
  }

  /**
   * A reading of a snapshot's content, from its JSON: as {@link Readings.once}.
   *
   * @param about - all that the reading depends on besides the snapshot
   */
  read({ snapshot }: Retrieved, about: object, make: () => Promise<Buffer>): Promise<Sized<object | null>> {
    return this.#readings.once(`${snapshot.id} ${JSON.stringify(about)}`, snapshot.url, async () => {
      const read = this.#parsed({ json: await withSignal(this.#end.signal, make), nameBytes: 0, objects: 0 });
      if (read instanceof ProblemError) throw read;
      return read;
    });
  }

  /**
   * What variants of one request bring back, as JSON: as {@link Readings.once}.
   *
   * @param make - is handed what retrieves each of them
   */
  variants(
    request: TargetRequest & { variants: readonly object[] },
    make: (retrieve: Retriever) => Promise<Buffer>,
  ): Promise<Sized<object | null>> {
    return this.#readings.once(`variants ${JSON.stringify(request)}`, request.url, async () => {
      const retrieve = this.#retrievals.variants(request.variants.length, request.url);
      const read = this.#parsed({ json: await withSignal(this.#end.signal, () => make(retrieve)), nameBytes: 0, objects: 0 });
      if (read instanceof ProblemError) throw read;
      return read;
    });
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
    const { value, bytes, nameBytes = 0 } = making instanceof Promise ? await making : making;
    this.#bytes += Math.max(LEAST_BYTES, bytes * repetition + nameBytes);
    this.#refuseBeyond(0);
    return value;
  }

  /** What is too large is not even parsed. */
  #parsed({ json, ...counts }: Passed): Sized<object | null> | ProblemError {
    const problem = this.#tooLarge(json.byteLength);
    return problem ?? { value: JSON.parse(json.toString()) as object | null, bytes: json.byteLength, ...counts };
  }

  #refuseBeyond(more: number): void {
    const problem = this.#tooLarge(more);
    if (problem !== null) throw problem;
  }

  #tooLarge(more: number): ProblemError | null {
    if (this.#bytes + more <= MAX_BYTES) return null;
    const detail = `the answer would be larger than ${String(MAX_BYTES)} bytes; ask for less with limit (and offset for the rest), for fewer fields, in several operations, or over REST`;
    return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse' });
  }
}

/** The field at the root that a path of the answer begins with, and of several pages which of them. */
function rootOf(path: Path): string {
  let [root, second] = [path, path];
  while (root.prev !== undefined) [root, second] = [root.prev, root];
  return typeof second.key === 'number' ? `${String(root.key)}.${String(second.key)}` : String(root.key);
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
