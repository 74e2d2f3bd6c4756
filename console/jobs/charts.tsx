import type { JSX } from 'preact';
import { count, ms, plural } from '../figures.ts';
import { TimeAxis } from '../time-axis.tsx';
import type { Row } from './follow.ts';

/** So many points are drawn: a curve of more looks the same. */
const MOST_DRAWN = 1000;
/** So many bars. */
const MOST_BARS = 12;

/** When the results came: all of them, and beneath those that failed. */
export function Arrival({ rows, total }: { rows: readonly Row[]; total: number }): JSX.Element | null {
  if (rows.length === 0) return null;
  const end = Math.max(1, rows.at(-1)?.atMs ?? 1);
  const every = Math.ceil(rows.length / MOST_DRAWN);
  let failed = 0;
  let all = 'M0 200';
  let bad = 'M0 200';
  const y = (number: number): string => (200 - (number / Math.max(1, total)) * 200).toFixed(1);
  for (const [index, row] of rows.entries()) {
    if (row.state === 'failed') failed += 1;
    if (index % every !== 0 && index < rows.length - 1) continue;
    const x = ((row.atMs / end) * 1000).toFixed(1);
    all += `H${x}V${y(index + 1)}`;
    bad += `H${x}V${y(failed)}`;
  }
  return (
    <section class="chart chart-wide" aria-labelledby="chart-arrival">
      <h2 id="chart-arrival">When they came</h2>
      <div class="arrival-chart">
        <svg
          viewBox="0 0 1000 200"
          preserveAspectRatio="none"
          role="img"
          aria-label={`${plural(rows.length, 'result')} in ${ms(end)}, ${count(failed)} of them failed`}
        >
          <path class="arrival-area" d={`${all}H1000V200Z`} />
          <path class="chart-failed" d={`${bad}H1000V200Z`} />
          <path class="arrival-line" d={`${all}H1000`} vector-effect="non-scaling-stroke" />
        </svg>
        <span class="arrival-most">{count(total)}</span>
        <TimeAxis end={end} />
      </div>
    </section>
  );
}

interface BarsProps {
  title: string;
  /** Each name with how often it occurs. */
  entries: ReadonlyMap<string, number>;
  /** The one that the list is filtered by. */
  chosen: string;
  onChoose: (name: string) => void;
  /** How a bar is coloured, by its name. */
  kind: (name: string) => string;
  /** By their names, as numbers, rather than by how often they occur. */
  isInOrder?: boolean;
}

/** How often each occurs, the most frequent first unless they have an order; a click filters by it. */
export function Bars({ title, entries, chosen, onChoose, kind, isInOrder = false }: BarsProps): JSX.Element | null {
  if (entries.size === 0) return null;
  const sorted = [...entries].sort(([name, one], [otherName, other]) => (isInOrder ? Number(name) - Number(otherName) : other - one));
  const most = Math.max(...entries.values());
  return (
    <section class="chart">
      <h2>{title}</h2>
      <ul class="bars">
        {sorted.slice(0, MOST_BARS).map(([name, times]) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={name === chosen}
              onClick={() => {
                onChoose(name === chosen ? '' : name);
              }}
            >
              <span class="bar-name">{name}</span>
              <svg class="bar-space" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                <rect class={`bar-${kind(name)}`} width={Math.max(1, (times / most) * 100)} height="12" />
              </svg>
              <span class="bar-count">{count(times)}</span>
            </button>
          </li>
        ))}
      </ul>
      {sorted.length > MOST_BARS && (
        <p class="hint">
          {isInOrder ? `The first ${count(MOST_BARS)} of ${count(sorted.length)}.` : `The ${count(MOST_BARS)} most frequent.`}
        </p>
      )}
    </section>
  );
}

/** How often each value occurs. */
export function timesOf<One>(rows: readonly One[], valueOf: (row: One) => string | null): Map<string, number> {
  const times = new Map<string, number>();
  for (const row of rows) {
    const value = valueOf(row);
    if (value !== null) times.set(value, (times.get(value) ?? 0) + 1);
  }
  return times;
}
