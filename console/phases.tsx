import type { JSX } from 'preact';
import type { Exchange } from './contract.ts';
import { ms } from './figures.ts';

/** The phases of an exchange in their order, and what each is. */
export const PHASES = [
  ['wait', 'Wait', 'until the connection is being made, or is free'],
  ['dns', 'DNS', 'resolving the name'],
  ['tcp', 'TCP', 'connecting'],
  ['tls', 'TLS', 'agreeing on TLS'],
  ['request', 'Request', 'sending the request'],
  ['firstByte', 'First byte', 'waiting for the response'],
  ['download', 'Download', 'from the first byte to the last'],
] as const;

export type Phase = (typeof PHASES)[number][0];

/** A phase of an exchange, placed on the time of its retrieval: milliseconds from its start. */
export interface PlacedPhase {
  phase: Phase;
  name: string;
  start: number;
  length: number;
}

/** Where each phase of an exchange lies, the exchange itself beginning at `start`. */
export function placedPhases({ timings }: Exchange, start = 0): PlacedPhase[] {
  let at = start;
  return PHASES.flatMap(([phase, name]) => {
    const length = timings[phase];
    if (length === null) return [];
    const placed = { phase, name, start: at, length };
    at += length;
    return [placed];
  });
}

/** When each exchange began, in milliseconds since the first; one that took place earlier (a stored response) is not among them. */
export function startsOf(exchanges: readonly Exchange[]): number[] {
  const [first] = exchanges;
  const zero = first === undefined ? 0 : Date.parse(first.startedAt);
  let previousEnd = 0;
  return exchanges.map((exchange) => {
    // The clock of startedAt is of whole milliseconds: an exchange begins when the one before has ended, or later.
    const start = exchange.stored ? previousEnd : Math.max(Date.parse(exchange.startedAt) - zero, previousEnd);
    previousEnd = exchange.stored ? previousEnd : start + exchange.timings.total;
    return start;
  });
}

/** The whole retrieval as one line, in the colours of its phases. */
export function PhaseLine({ exchanges }: { exchanges: readonly Exchange[] }): JSX.Element {
  const live = exchanges.filter(({ stored }) => !stored);
  const starts = startsOf(live);
  const end = Math.max(0.001, ...live.map(({ timings }, index) => (starts[index] ?? 0) + timings.total));
  const phases = live.flatMap((exchange, index) => placedPhases(exchange, starts[index]));
  return (
    <svg
      class="phase-line"
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Phases of the retrieval, ${ms(end)} in all`}
    >
      {phases.map(({ phase, name, start, length }) => (
        <rect
          key={`${phase}${String(start)}`}
          class={`phase-${phase}`}
          x={(start / end) * 1000}
          y="0"
          width={Math.max((length / end) * 1000, 1)}
          height="10"
        >
          <title>{`${name}: ${ms(length)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
