import { AsyncLocalStorage } from 'node:async_hooks';

/** The phases of an exchange that an answer tells, as `Server-Timing` names them. */
export const TOLD_PHASES = ['dns', 'tcp', 'tls', 'firstByte', 'download', 'total'] as const;

/** Milliseconds of each phase of an exchange; null for what did not happen. */
export type PhaseTimings = Readonly<Record<(typeof TOLD_PHASES)[number], number | null>>;

/** What an answer about a target came from. */
export interface TargetFacts {
  snapshot: string;
  /** `cache` of the answer. */
  cache: { readonly status: string; readonly coalesced: boolean; readonly freshUntil: string | null };
  /** Of the exchanges that took place for it. */
  timings: readonly PhaseTimings[];
}

/** What came to be known while a request was answered, for the header fields of the answer. */
export interface AnswerFacts {
  targets: TargetFacts[];
  /** Milliseconds of reading documents; null when none was read. */
  parseMs: number | null;
}

const current = new AsyncLocalStorage<AnswerFacts>();

/** Does all that follows for an answer of which the facts are wanted. */
export function withAnswerFacts(facts: AnswerFacts, next: () => void): void {
  current.run(facts, next);
}

/** Notes that a snapshot is part of the answer under way. */
export function noteTarget(target: TargetFacts): void {
  current.getStore()?.targets.push(target);
}

/** Notes how long a document was read for the answer under way. */
export function noteParse(ms: number): void {
  const facts = current.getStore();
  if (facts !== undefined) facts.parseMs = (facts.parseMs ?? 0) + ms;
}
