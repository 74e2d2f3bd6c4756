import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { eventsOf } from '../events.ts';
import { count, ms, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { Assertion } from './assertions.tsx';
import { Chip } from './chip.tsx';
import { JsonTree } from './json-tree.tsx';
import { SnapshotLink } from './snapshot-link.tsx';
import { Time } from './times.tsx';

interface PartOfWatch {
  watch: Schemas['Watch'];
  now: number;
}

/** So many are asked for at once. */
const LIMIT = 50;
/** Of so many runs it is looked up whether their snapshots are kept. */
const LOOKED_UP = 10;

/** Each look at the page, the newest first. */
export function WatchRuns({ watch: { id, totals }, now }: PartOfWatch): JSX.Element {
  const [shown, setShown] = useState(LIMIT);
  const request = { path: `/watches/${encodeURIComponent(id)}/runs`, query: { limit: shown } };
  const { answer, failure, again } = useView<Schemas['WatchRunsAnswer']>(request, undefined, totals.runs);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  if (answer.total === 0) return <p class="empty">It has not run yet: the first look is what later ones are compared with.</p>;
  return (
    <>
      <div class="jobs-frame" role="region" aria-label="The runs" tabIndex={0}>
        <table class="jobs-table">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">When</th>
              <th scope="col">Found</th>
              <th scope="col">Status</th>
              <th scope="col">Changes</th>
              <th scope="col">Not held, or why it failed</th>
              <th scope="col">Took</th>
              <th scope="col">Page</th>
            </tr>
          </thead>
          <tbody>
            {answer.runs.map(({ number, startedAt, isAsked, state, status, changes, failed, code, detail, tookMs, snapshot }, index) => (
              <tr key={number}>
                <th scope="row">{number}</th>
                <td>
                  <Time at={startedAt} now={now} />
                  {isAsked && <span class="hint">, asked for</span>}
                </td>
                <td>
                  <Chip word={state} />
                </td>
                <td>{status ?? <span class="hint">none</span>}</td>
                <td>{changes === 0 ? <span class="hint">none</span> : count(changes)}</td>
                <td class="attempt-words">
                  {failed.map((assertion) => (
                    <Assertion key={JSON.stringify(assertion)} assertion={assertion} />
                  ))}
                  {code !== null && <code>{code}</code>}
                  {detail !== null && <TargetText text={detail} />}
                  {failed.length === 0 && code === null && <span class="hint">all holds</span>}
                </td>
                <td>{ms(tookMs)}</td>
                <td>
                  {snapshot === null ? (
                    <span class="hint">none</span>
                  ) : index < LOOKED_UP ? (
                    <SnapshotLink id={snapshot} words="Snapshot" />
                  ) : (
                    <code>{snapshot.slice(0, 10)}</code>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.total > answer.runs.length && (
        <p class="tools">
          <span class="hint">
            The newest {count(answer.runs.length)} of {plural(answer.total, 'run')}.
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

/** What is told of a watch, as webhooks are told it. */
interface Told {
  type: string;
  timestamp: string;
  data: { run: number; assertion?: Schemas['WatchAssertion']; total?: number; problem?: { code: string; detail: string } };
}

async function readEvents(response: Response): Promise<unknown> {
  const events: unknown[] = [];
  for await (const { data } of eventsOf(response)) events.push(data);
  return events;
}

/** What has happened, the newest first: changes, failures, assertions that failed and hold again. */
export function WatchEvents({ watch: { id, totals }, now }: PartOfWatch): JSX.Element {
  const path = `/watches/${encodeURIComponent(id)}/events`;
  const { answer, failure, again } = useView<Told[]>({ path, query: { follow: false } }, readEvents, totals.events);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  if (answer.length === 0) {
    return (
      <p class="empty">
        Nothing has happened. What is told here, and to a webhook: changes, a page that cannot be retrieved, conditions that do not hold,
        and all that is well again.
      </p>
    );
  }
  return (
    <ol class="events">
      {[...answer].reverse().map((event, index) => (
        <li key={answer.length - index}>
          <p>
            <span class={`status ${event.type.endsWith('failed') ? 'bad' : event.type.endsWith('recovered') ? 'good' : 'moved'}`}>
              {event.type}
            </span>{' '}
            by run {event.data.run}, <Time at={event.timestamp} now={now} />
            {event.data.assertion !== undefined && (
              <>
                : <Assertion assertion={event.data.assertion} />
              </>
            )}
            {event.data.total !== undefined && `: ${plural(event.data.total, 'change')}`}
            {event.data.problem !== undefined && (
              <>
                : <TargetText text={event.data.problem.detail} />
              </>
            )}
          </p>
          <JsonTree name="what is told" value={event} />
        </li>
      ))}
    </ol>
  );
}
