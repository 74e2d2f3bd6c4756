import { AsyncLocalStorage } from 'node:async_hooks';
import type { Allowance } from './allowance.ts';
import type { AnswerFacts, TargetFacts } from './answer-facts.ts';
import type { Hold } from './byte-budget.ts';
import type { ProblemCode } from './problem.ts';

/** Nobody waits for an answer any more. It is told to nobody, and is no fault of this server. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';

  constructor() {
    super('the caller hung up');
  }
}

/** A request while it is answered, and all that is known of it meanwhile. */
export interface UnderWay {
  readonly id: string;
  /** A name for who asked: of its key, or of the network of its address. */
  caller: string;
  /** What is held in memory for it. */
  readonly hold: Hold;
  /** What it may spend on retrievals; null where nothing is counted. */
  allowance: Allowance | null;
  /** The problems that are part of the answer. */
  readonly problems: ProblemCode[];
  /** What the answer was made of. */
  readonly facts: AnswerFacts;
  /** Aborted when there is no sense in going on: its reason is a {@link CallerGone}, or the problem to answer with. */
  readonly signal: AbortSignal;
}

/** A request of a caller, which can be ended. Most answers never need a signal: it is made for who asks for it. */
export class RequestUnderWay implements UnderWay {
  readonly id: string;
  caller: string;
  readonly hold: Hold;
  allowance: Allowance | null = null;
  readonly problems: ProblemCode[] = [];
  readonly facts: AnswerFacts = { targets: [], parseMs: null };
  #controller: AbortController | null = null;
  #reason: Error | null = null;

  constructor(id: string, caller: string, hold: Hold) {
    this.id = id;
    this.caller = caller;
    this.hold = hold;
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Ends whatever is done for it; the first reason is the one that counts. */
  abort(reason: Error): void {
    this.#reason ??= reason;
    this.#controller?.abort(this.#reason);
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before the first hook that knows it. */
    underWay: UnderWay | null;
  }
}

const current = new AsyncLocalStorage<UnderWay>();

/** Does all that follows for a request under way. */
export function withUnderWay(underWay: UnderWay, next: () => void): void {
  current.run(underWay, next);
}

/**
 * Does a job's work until the signal is aborted: beside requests of the same caller, not before them. What was held for it is let go at the end.
 *
 * @throws what the work throws, such as the reason of the signal
 */
export async function withJobUnderWay<Value>(
  { id, caller }: { id: string; caller: string },
  hold: Hold,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<Value> {
  const underWay = new RequestUnderWay(id, `job of ${caller}`, hold);
  const stop = (): void => {
    underWay.abort(signal.reason as Error);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await current.run(underWay, work);
  } finally {
    signal.removeEventListener('abort', stop);
    hold.release();
  }
}

/** The request that is being answered; null outside of one. */
export function currentUnderWay(): UnderWay | null {
  return current.getStore() ?? null;
}

/** The id of the request that is being answered; empty outside of one. */
export function currentRequestId(): string {
  return current.getStore()?.id ?? '';
}

/** Notes a problem that becomes part of the answer under way. */
export function noteProblem(code: ProblemCode): void {
  current.getStore()?.problems.push(code);
}

/** Notes that a snapshot is part of the answer under way. */
export function noteTarget(target: TargetFacts): void {
  current.getStore()?.facts.targets.push(target);
}

/** Notes how long a document was read for the answer under way. */
export function noteParse(ms: number): void {
  const facts = current.getStore()?.facts;
  if (facts !== undefined) facts.parseMs = (facts.parseMs ?? 0) + ms;
}

/**
 * Charges the request under way for a retrieval that is about to begin.
 *
 * @throws ProblemError `RATE_LIMITED`
 */
export function chargeRetrieval(): void {
  current.getStore()?.allowance?.spend();
}

/**
 * Charges the request under way for so many retrievals to come, before any of them.
 *
 * @throws ProblemError `RATE_LIMITED`
 */
export function chargeRetrievals(count: number): void {
  current.getStore()?.allowance?.pay(count);
}

/** Does something for the request under way that ends when this signal is aborted, too: its reason is the problem to answer with. */
export function withSignal<Value>(signal: AbortSignal, make: () => Value): Value {
  const underWay = current.getStore();
  return underWay === undefined ? make() : current.run({ ...underWay, signal: AbortSignal.any([underWay.signal, signal]) }, make);
}

/** What a promise brings, unless the signal is aborted before: then its reason is thrown, and the promise goes on alone. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | null): Promise<Value> {
  if (signal === null) return promise;
  // Whoever has gone does not hear how it ends.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
