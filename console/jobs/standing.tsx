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
  ['forbidden', 'forbidden'],
  ['cancelled', 'dropped'],
  ['pending', 'to come'],
  ['waiting', 'waiting'],
] as const;
type Part = (typeof PARTS)[number][0];

interface StandingProps {
  counts: Readonly<Partial<Record<Part, number>>>;
  total: number;
}

/** How much of a job is done: a bar, and the figures of it in words. */
export function Standing({ counts, total }: StandingProps): JSX.Element {
  const of = (name: Part): number => counts[name] ?? 0;
  const told = PARTS.filter(([name]) => of(name) > 0).map(([name, words]) => `${count(of(name))} ${words}`);
  return (
    <div class="standing">
      <div
        class="standing-bar"
        role="progressbar"
        aria-label="URLs that have a result"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={total - of('pending') - of('waiting')}
        aria-valuetext={told.join(', ')}
      >
        {PARTS.map(([name]) => (
          <span key={name} class={`standing-${name}`} style={{ width: `${(of(name) / Math.max(1, total)) * 100}%` }} />
        ))}
      </div>
      <span class="standing-words">
        {told.join(', ')} of {count(total)}
      </span>
    </div>
  );
}
