import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { DifferentLines } from '../text-difference.tsx';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { Chip } from './chip.tsx';
import { SnapshotLink } from './snapshot-link.tsx';
import { Time } from './times.tsx';

type Change = Schemas['WatchChange'];

/** So many are asked for at once. */
const LIMIT = 50;

/** What has changed, run by run, the newest first: what it was beside what it is. */
export function WatchChanges({ watch, now }: { watch: Schemas['Watch']; now: number }): JSX.Element {
  const [shown, setShown] = useState(LIMIT);
  const { id, totals } = watch;
  const request = { path: `/watches/${encodeURIComponent(id)}/changes`, query: { limit: shown } };
  const { answer, failure, again } = useView<Schemas['WatchChangesAnswer']>(request, undefined, totals.changes);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  const { changes, total } = answer;
  if (total === 0) {
    return (
      <p class="empty">
        {totals.runs === 0
          ? 'The first look has not ended yet. It is what later ones are compared with.'
          : `Nothing has changed in ${plural(totals.runs, 'look')}. “Look now” compares the page with what was seen first; of a page that changes too often, leave parts out with “ignore”, or name what matters with “extract”.`}
      </p>
    );
  }
  const runs = [...new Set(changes.map(({ run }) => run))];
  return (
    <>
      {runs.map((run) => (
        <RunOfChanges key={run} run={run} changes={changes.filter((change) => change.run === run)} now={now} />
      ))}
      {total > changes.length && (
        <p class="tools">
          <span class="hint">
            The newest {count(changes.length)} of {plural(total, 'change')}.
          </span>
          <button
            type="button"
            class="button small"
            onClick={() => {
              setShown(shown + LIMIT);
            }}
          >
            Show more
          </button>
        </p>
      )}
    </>
  );
}

function RunOfChanges({ run, changes, now }: { run: number; changes: readonly Change[]; now: number }): JSX.Element | null {
  const [first] = changes;
  if (first === undefined) return null;
  const { beforeSnapshot, beforeFetchedAt, afterSnapshot, afterFetchedAt } = first;
  return (
    <section class="run-of-changes" aria-labelledby={`run-${String(run)}`}>
      <h2 id={`run-${String(run)}`}>
        Run {run}, <Time at={afterFetchedAt} now={now} />: {plural(changes.length, 'change')}
      </h2>
      <p class="change-snapshots">
        <SnapshotLink id={beforeSnapshot} words="The page before" /> <Time at={beforeFetchedAt} now={now} />
        <span class="separator"> · </span>
        <SnapshotLink id={afterSnapshot} words="The page then" /> <Time at={afterFetchedAt} now={now} />
      </p>
      <ul class="changes">
        {changes.map((change, index) => (
          <li key={index}>
            <p class="change-head">
              <Chip word={change.kind} />{' '}
              <code>
                <TargetText text={change.path} />
              </code>
            </p>
            <Difference change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What it was and is, as lines side by side. */
function Difference({ change: { kind, path, before, after } }: { change: Change }): JSX.Element {
  const [was, is] = useMemo(
    () => [kind === 'added' ? [] : linesOf(before), kind === 'removed' ? [] : linesOf(after)],
    [kind, JSON.stringify([before, after])],
  );
  return <DifferentLines before={was} after={is} label={`Before and after: ${path}`} />;
}

const linesOf = (value: unknown): string[] => (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
