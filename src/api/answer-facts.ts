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
