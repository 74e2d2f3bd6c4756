import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Known } from '../docs/part.ts';
import { count, plural } from '../figures.ts';
import type { ApiRequest } from '../server.ts';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { type Start, Starts } from './starts.tsx';
import { useNow } from './times.tsx';

/** So many are asked for at once. */
const LIMIT = 50;
/** How often the list is asked for again while something goes on, in milliseconds. */
const LOOK_MS = 2000;

interface JobListProps<Answer, One> {
  known: Known;
  kind: string;
  /** Where the server has them, unless that is as the address does. */
  path?: string;
  title: string;
  /** What one is called, and many. */
  words: readonly [one: string, many: string];
  lead: ComponentChildren;
  /** What narrows the list down. */
  query?: ApiRequest['query'];
  /** Beside the title, before what begins one. */
  tools?: ComponentChildren;
  entriesOf: (answer: Answer) => readonly One[];
  isGoingOn: (one: One) => boolean;
  /** The first column is what a row is about. `now` is the time of this browser. */
  columns: readonly { title: string; cell: (one: One, now: number) => ComponentChildren }[];
  /** Jobs of the demo to begin with. */
  starts?: readonly Start[];
  /** Told where there is none, and the demo cannot be begun with. */
  none: ComponentChildren;
  /** There is no form that begins one. */
  isMadeElsewhere?: boolean;
}

/** All of a kind, the newest first, looked at again while something goes on. */
export function JobList<Answer extends { total: number }, One extends { id: string }>({
  known: { limits },
  kind,
  path = `/${kind}`,
  title,
  words: [one, many],
  lead,
  query,
  tools,
  entriesOf,
  isGoingOn,
  columns,
  starts = [],
  none,
  isMadeElsewhere = false,
}: JobListProps<Answer, One>): JSX.Element {
  const [shown, setShown] = useState(LIMIT);
  const [round, setRound] = useState(Date.now);
  const now = useNow();
  const request = { path, query: { ...query, limit: shown } };
  const { answer, failure, again, isLoading } = useView<Answer>(request, undefined, round);
  const entries = answer === null ? [] : entriesOf(answer);
  const isLookedAtAgain = entries.some(isGoingOn);
  useEffect(() => {
    if (!isLookedAtAgain || isLoading) return undefined;
    const timer = setTimeout(() => {
      if (!document.hidden) setRound(Date.now());
    }, LOOK_MS);
    return () => {
      clearTimeout(timer);
    };
    // Asked again after each answer; the clock wakes a page that was hidden.
  }, [isLookedAtAgain, isLoading, round, now]);
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>{title}</h1>
        <span class="tools">
          {tools}
          {!isMadeElsewhere && (
            <a class="button primary" href={`#${kind}/new`}>
              New {one}
            </a>
          )}
        </span>
      </div>
      <p class="lead">{lead}</p>
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {answer === null && failure === null && <p class="hint">Reading …</p>}
      {answer !== null && failure === null && answer.total > 0 && (
        <>
          <div class="jobs-frame" role="region" aria-label={`The ${many}`} tabIndex={0}>
            <table class="jobs-table">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column.title} scope="col">
                      {column.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.id}>
                    {columns.map((column, index) =>
                      index === 0 ? (
                        <th key={column.title} scope="row">
                          {column.cell(entry, now)}
                        </th>
                      ) : (
                        <td key={column.title}>{column.cell(entry, now)}</td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="tools">
            <span class="hint">
              {answer.total > entries.length
                ? `The newest ${count(entries.length)} of ${plural(answer.total, one, many)}.`
                : `${plural(answer.total, one, many)}.`}
            </span>
            {answer.total > entries.length && (
              <button
                type="button"
                class="button small"
                onClick={() => {
                  setShown(shown + LIMIT);
                }}
              >
                Show more
              </button>
            )}
          </p>
        </>
      )}
      {answer !== null &&
        failure === null &&
        (starts.length > 0 && limits?.demo === true ? (
          <Starts kind={kind} starts={starts} isFirst={answer.total === 0} />
        ) : answer.total === 0 ? (
          <p class="empty">{none}</p>
        ) : null)}
    </>
  );
}

/** Where the job of an id is, as a list links to it. */
export function JobLink({ kind, id }: { kind: string; id: string }): JSX.Element {
  return (
    <a href={`#${kind}/${encodeURIComponent(id)}`}>
      <code>{id.slice(0, 10)}</code>
    </a>
  );
}
