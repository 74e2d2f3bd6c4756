import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count } from '../figures.ts';
import { Chip } from './chip.tsx';
import { Time } from './times.tsx';

type Watch = Schemas['Watch'];

/** True while a run of it is to be seen soon: the first one, or one that is due. */
export const isAboutToRun = ({ lastRun, nextRunAt, state }: Watch): boolean =>
  (lastRun === null && state === 'active') || (nextRunAt !== null && Date.parse(nextRunAt) <= Date.now());

/** What the last run found, and when. */
export function LastRun({ run, now }: { run: Watch['lastRun']; now: number }): JSX.Element {
  if (run === null) return <span class="hint">none yet</span>;
  return (
    <>
      <Chip word={run.state} /> <Time at={run.startedAt} now={now} />
      {run.failed.length > 0 && (
        <>
          {' '}
          <span class="fact warn">{count(run.failed.length)} not held</span>
        </>
      )}
    </>
  );
}
