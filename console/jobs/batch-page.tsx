import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { bytes, count, plural } from '../figures.ts';
import { statusClass } from '../summary.tsx';
import { FilterInput } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { Arrival, Bars, timesOf } from './charts.tsx';
import { Downloads } from './downloads.tsx';
import { Facts } from './facts.tsx';
import { type Row, useBatch } from './follow.ts';
import type { PartProps } from './kind.ts';
import { usePlaceValue } from './place.ts';
import { Removal } from './removal.tsx';
import { Results } from './results.tsx';
import { Standing, State } from './standing.tsx';
import { Time, useNow } from './times.tsx';

/** A batch: how it stands, and its results as they come. */
export default function BatchPage({ id }: PartProps): JSX.Element {
  const [round, setRound] = useState(0);
  const { batch, rows, known, failure, isLost } = useBatch(id, round);
  const readAgain = (): void => {
    setRound(round + 1);
  };
  if (failure !== null) {
    return (
      <>
        <h1 tabIndex={-1}>Batch</h1>
        <Trouble failure={failure} onRetry={readAgain}>
          <p>
            <a href="#batches">All batches</a>
          </p>
        </Trouble>
      </>
    );
  }
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>
          Batch <code>{id.slice(0, 10)}</code>
        </h1>
        {batch !== null && <Removal kind="batches" id={id} isGoingOn={batch.finishedAt === null} onCancelled={readAgain} />}
      </div>
      {batch === null ? <p class="hint">Reading …</p> : <Head batch={batch} isLost={isLost} />}
      {batch !== null && <Shown batch={batch} rows={rows} known={known} />}
    </>
  );
}

function Head({ batch, isLost }: { batch: Schemas['Batch']; isLost: boolean }): JSX.Element {
  const now = useNow();
  const { state, counts, createdAt, finishedAt, expiresAt, views, concurrency, perOriginDelayMs, resultBytes } = batch;
  return (
    <div class="jobs-facts">
      <p role="status">
        <State state={state} /> {isLost && <span class="fact warn">the connection is lost: trying again</span>}
      </p>
      <Standing counts={counts} total={counts.total} />
      <Facts
        facts={{
          'Taken on': <Time at={createdAt} now={now} />,
          Finished: finishedAt === null ? 'not yet' : <Time at={finishedAt} now={now} />,
          Deleted: expiresAt === null ? 'not before it ends' : <Time at={expiresAt} now={now} />,
          Views: views.length === 0 ? 'none: what came back' : views.join(', '),
          Pace: `${plural(concurrency, 'retrieval')} at a time${perOriginDelayMs > 0 ? `, ${count(perOriginDelayMs)} ms between two of one origin` : ''}`,
          Results: bytes(resultBytes),
        }}
      />
    </div>
  );
}

function Shown({ batch, rows, known }: { batch: Schemas['Batch']; rows: readonly Row[]; known: number }): JSX.Element {
  const [show, setShow] = usePlaceValue('show');
  const [status, setStatus] = usePlaceValue('status');
  const [code, setCode] = usePlaceValue('code');
  const [contains, setContains] = usePlaceValue('contains');
  const found = useMemo(() => {
    const needle = contains.toLowerCase();
    return rows.filter(
      (row) =>
        (show !== 'failed' || row.state === 'failed') &&
        (status === '' || String(row.status ?? 'none') === status) &&
        (code === '' || row.code === code) &&
        (needle === '' || row.url.toLowerCase().includes(needle)),
    );
    // The list is the same while it grows.
  }, [rows, known, show, status, code, contains]);
  const statuses = useMemo(() => timesOf(rows, (row) => String(row.status ?? 'none')), [rows, known]);
  const codes = useMemo(() => timesOf(rows, (row) => row.code), [rows, known]);
  const request = { path: `/batches/${encodeURIComponent(batch.id)}/results` };
  return (
    <>
      <div class="charts">
        <Arrival rows={rows} total={batch.counts.total} />
        <Bars
          title="Status codes"
          entries={statuses}
          chosen={status}
          onChoose={setStatus}
          kind={(name) => (name === 'none' ? 'bad' : statusClass(Number(name)))}
        />
        <Bars title="Problems" entries={codes} chosen={code} onChoose={setCode} kind={() => 'bad'} />
      </div>
      <div class="tools jobs-tools">
        <h2>Results</h2>
        <FilterInput label="URL contains" placeholder="in the URL" value={contains} onChange={setContains} />
        <label class="check">
          <input
            type="checkbox"
            checked={show === 'failed'}
            onChange={({ currentTarget }) => {
              setShow(currentTarget.checked ? 'failed' : '');
            }}
          />
          <span>Failed ones alone</span>
        </label>
        <span class="hint" role="status">
          {found.length === known ? plural(known, 'result') : `${count(found.length)} of ${plural(known, 'result')}`}
        </span>
        <Downloads request={request} name={`batch-${batch.id.slice(0, 10)}`} />
      </div>
      <Results batch={batch} rows={found} known={known} filter={[show, status, code, contains].join('\n')} />
      <h2>The request that gives them</h2>
      <RequestShown request={{ ...request, query: { limit: 100 } }} reads="json" path="/batches/{id}/results" graph={graphOf(batch.id)} />
    </>
  );
}

/** The same in the graph, where results are a field of their batch. */
const graphOf = (id: string): string =>
  `{\n  batch(id: ${JSON.stringify(id)}) {\n    state\n    counts { total succeeded failed pending }\n    results(limit: 100) {\n      total\n      results { index url state status problem { code detail } views }\n    }\n  }\n}`;
