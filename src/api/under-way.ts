import { AsyncLocalStorage } from 'node:async_hooks';
import type { Hold } from './byte-budget.ts';
import type { ProblemCode } from './problem.ts';

/** Nobody waits for an answer any more. It is told to nobody, and is no fault of this server. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';

  constructor() {
    super('the caller hung up');
  }
}

/** A request while it is answered. */
export interface UnderWay {
  /** Aborted when there is no sense in going on: its reason is a {@link CallerGone}, or the problem to answer with. */
  signal: AbortSignal;
  /** A name for who asked: of its key, or of the network of its address. */
  caller: string;
  /** What is held in memory for it. */
  hold: Hold;
  /** The problems that are part of the answer. */
  problems: ProblemCode[];
}

const requests = new WeakMap<object, UnderWay>();
const current = new AsyncLocalStorage<UnderWay>();

/** Does all that follows for a request under way, which is found again by the object that the framework has for it. */
export function withUnderWay(request: object, underWay: UnderWay, next: () => void): void {
  requests.set(request, underWay);
  current.run(underWay, next);
}

/** What is known of a request by the framework's object for it; null for one that no hook has seen. */
export function underWayOf(request: object): UnderWay | null {
  return requests.get(request) ?? null;
}

/** Notes a problem that becomes part of the answer under way. */
export function noteProblem(code: ProblemCode): void {
  current.getStore()?.problems.push(code);
}

/** The request that is being answered; null outside of one. */
export function currentUnderWay(): UnderWay | null {
  return current.getStore() ?? null;
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
