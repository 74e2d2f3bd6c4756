import type { Schemas } from './contract.ts';

export type Progress = Schemas['Progress'];

/** An exchange that is going on, or has ended, as far as it was told. */
export interface LiveExchange extends Pick<Progress, 'exchange' | 'url' | 'status' | 'bytes' | 'expectedBytes'> {
  /** Its phases so far, from when in milliseconds since the retrieval began; each ends where the next one begins. */
  phases: readonly { readonly phase: Progress['phase']; readonly fromMs: number }[];
}

/** A retrieval that is going on. */
export interface Live {
  exchanges: readonly LiveExchange[];
  /** Milliseconds since the retrieval began, and when that was told by the clock of this page. */
  atMs: number;
  toldAt: number;
}

export const NOT_BEGUN: Live = { exchanges: [], atMs: 0, toldAt: 0 };

/** What is known once this is told, too. */
export function withProgress({ exchanges }: Live, progress: Progress): Live {
  const { exchange, url, status, bytes, expectedBytes, phase, atMs } = progress;
  const before = exchanges.find((one) => one.exchange === exchange);
  const phases = before?.phases ?? [];
  const next: LiveExchange = {
    exchange,
    url,
    status,
    bytes,
    expectedBytes,
    phases: phases.at(-1)?.phase === phase ? phases : [...phases, { phase, fromMs: atMs }],
  };
  return { exchanges: [...exchanges.filter((one) => one.exchange !== exchange), next], atMs, toldAt: performance.now() };
}

/** A phase of an exchange, placed on the time of its retrieval. */
export interface LivePhase {
  phase: Progress['phase'];
  fromMs: number;
  toMs: number;
}

/** Where the phases of all exchanges lie, the last one going on until now. */
export function livePhases({ exchanges }: Live, nowMs: number): LivePhase[][] {
  return exchanges.map(({ phases }, index) =>
    phases.map(({ phase, fromMs }, at) => ({
      phase,
      fromMs,
      toMs: phases[at + 1]?.fromMs ?? exchanges[index + 1]?.phases[0]?.fromMs ?? nowMs,
    })),
  );
}
