import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count } from '../figures.ts';

/** The colour of each state. */
const CLASSES: Readonly<Record<Schemas['Batch']['state'], string>> = {
  queued: '',
  running: 'info',
  completed: 'good',
  failed: 'bad',
  cancelled: 'moved',
};

/** How a job stands, as a chip. */
export function State({ state }: { state: Schemas['Batch']['state'] }): JSX.Element {
  return <span class={`status ${CLASSES[state]}`}>{state}</span>;
}

/** How many stand how, in this order. */
const PARTS = [
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'dropped'],
  ['pending', 'to come'],
] as const;

/** How much of a job is done: a bar, and the figures of it in words. */
export function Standing({ counts }: { counts: Schemas['BatchCounts'] }): JSX.Element {
  const { total } = counts;
  const told = PARTS.filter(([name]) => counts[name] > 0).map(([name, words]) => `${count(counts[name])} ${words}`);
  return (
    <div class="standing">
      <div
        class="standing-bar"
        role="progressbar"
        aria-label="URLs that have a result"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={total - counts.pending}
        aria-valuetext={told.join(', ')}
      >
        {PARTS.map(([name]) => (
          <span key={name} class={`standing-${name}`} style={{ width: `${(counts[name] / Math.max(1, total)) * 100}%` }} />
        ))}
      </div>
      <span class="standing-words">
        {told.join(', ')} of {count(total)}
      </span>
    </div>
  );
}
