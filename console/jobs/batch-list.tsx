import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import type { Known } from '../docs/part.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { count, plural } from '../figures.ts';
import { ask, type Failure, failureFrom } from '../server.ts';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { Standing, State } from './standing.tsx';
import { type Start, STARTS } from './starts.ts';
import { Time, useNow } from './times.tsx';

/** So many are asked for at once. */
const LIMIT = 50;
/** How often the list is asked for again while a batch goes on, in milliseconds. */
const LOOK_MS = 2000;

/** All batches, the newest first. */
export function BatchList({ known: { limits } }: { known: Known }): JSX.Element {
  const [shown, setShown] = useState(LIMIT);
  const [round, setRound] = useState(Date.now);
  const now = useNow();
  const { answer, failure, again, isLoading } = useView<Schemas['BatchesAnswer']>(
    { path: '/batches', query: { limit: shown } },
    undefined,
    round,
  );
  const isGoingOn = answer?.batches.some(({ finishedAt }) => finishedAt === null) ?? false;
  useEffect(() => {
    if (!isGoingOn || isLoading) return undefined;
    const timer = setTimeout(() => {
      if (!document.hidden) setRound(Date.now());
    }, LOOK_MS);
    return () => {
      clearTimeout(timer);
    };
    // Asked again after each answer; the clock wakes a page that was hidden.
  }, [isGoingOn, isLoading, round, now]);
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>Batches</h1>
        <a class="button primary" href="#batches/new">
          New batch
        </a>
      </div>
      <p class="lead">
        Up to 10,000 URLs, retrieved and read in the background: each has one result, whatever ends meanwhile, and they are kept for a week
        unless the server says otherwise.
      </p>
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {answer === null && failure === null && <p class="hint">Reading …</p>}
      {answer !== null && failure === null && answer.total > 0 && (
        <>
          <div class="jobs-frame" role="region" aria-label="The batches" tabIndex={0}>
            <table class="jobs-table">
              <thead>
                <tr>
                  <th scope="col">Batch</th>
                  <th scope="col">State</th>
                  <th scope="col">Results</th>
                  <th scope="col">Views</th>
                  <th scope="col">Taken on</th>
                  <th scope="col">Deleted</th>
                </tr>
              </thead>
              <tbody>
                {answer.batches.map((batch) => (
                  <tr key={batch.id}>
                    <th scope="row">
                      <a href={`#batches/${batch.id}`}>
                        <code>{batch.id.slice(0, 10)}</code>
                      </a>
                    </th>
                    <td>
                      <State state={batch.state} />
                    </td>
                    <td>
                      <Standing counts={batch.counts} />
                    </td>
                    <td>{batch.views.length === 0 ? <span class="hint">none</span> : batch.views.join(', ')}</td>
                    <td>
                      <Time at={batch.createdAt} now={now} />
                    </td>
                    <td>
                      {batch.expiresAt === null ? <span class="hint">not before it ends</span> : <Time at={batch.expiresAt} now={now} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="tools">
            <span class="hint">
              {answer.total > answer.batches.length
                ? `The newest ${count(answer.batches.length)} of ${plural(answer.total, 'batch', 'batches')}.`
                : `${plural(answer.total, 'batch', 'batches')}.`}
            </span>
            {answer.total > answer.batches.length && (
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
      {answer !== null && failure === null && <Starts isFirst={answer.total === 0} isDemo={limits?.demo ?? false} />}
    </>
  );
}

/** What there is to begin with, one click each; on a server without the demo, where to go. */
function Starts({ isFirst, isDemo }: { isFirst: boolean; isDemo: boolean }): JSX.Element | null {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [chosen, setChosen] = useState<Start | null>(null);
  const start = async ({ body }: Start): Promise<void> => {
    setFailure(null);
    try {
      const { id } = await ask<Schemas['Batch']>({ path: '/batches', body }, new AbortController().signal);
      location.hash = `#batches/${id}`;
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  if (!isDemo) {
    return isFirst ? (
      <p class="empty">
        There are none. <a href="#batches/new">Begin with a list of URLs</a>, pasted or as a file.
      </p>
    ) : null;
  }
  return (
    <section aria-labelledby="starts">
      <h2 id="starts">{isFirst ? 'There are none yet: begin with the demo' : 'On the demo, one click each'}</h2>
      <ul class="lessons presets">
        {STARTS.map((one) => (
          <li key={one.title}>
            <button
              type="button"
              onClick={() => {
                setChosen(one);
                void start(one);
              }}
            >
              <strong>{one.title}</strong>
              <span>{one.words}</span>
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && chosen !== null && (
        <Trouble
          failure={failure}
          onRetry={() => {
            void start(chosen);
          }}
        />
      )}
      {isFirst && STARTS[0] !== undefined && (
        <>
          <h3>The first of them, said to a program</h3>
          <RequestShown request={{ path: '/batches', body: STARTS[0].body }} reads="json" path="/batches" />
        </>
      )}
    </section>
  );
}
