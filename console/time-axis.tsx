import type { JSX } from 'preact';

/** Round steps for an axis of so many milliseconds: some five of them. */
function ticksOf(end: number): number[] {
  const rough = end / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** Steps are round: their last zeros say nothing. */
const tickLabel = (tick: number): string =>
  tick < 1000 ? `${Number(tick.toPrecision(3))} ms` : `${Number((tick / 1000).toPrecision(3))} s`;

/** A share as CSS has it. */
export const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Milliseconds along a drawing that ends at `end`. */
export function TimeAxis({ end }: { end: number }): JSX.Element {
  return (
    <div class="time-axis" aria-hidden="true">
      {ticksOf(end).map((tick) => (
        <span key={tick} style={{ left: percent(tick / end) }}>
          {tickLabel(tick)}
        </span>
      ))}
    </div>
  );
}
