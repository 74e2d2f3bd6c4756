import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { RequestShown } from '../docs/request-shown.tsx';
import { count, plural } from '../figures.ts';
import { statusClass } from '../summary.tsx';
import { FilterInput } from '../tools.tsx';
import { Arrival, Bars, timesOf } from './charts.tsx';
import { Downloads } from './downloads.tsx';
import { type Followed, type Job, MOST_ROWS, type Row } from './follow.ts';
import { usePlaceValue } from './place.ts';
import { type Column, Results } from './results.tsx';

/** What results are counted by, and filtered by a click on a count. The name is that of the value in the address. */
export interface Counted<One> {
  name: string;
  title: string;
  valueOf: (row: One) => string | null;
  /** How a bar is coloured, by its value. */
  kind: (value: string) => string;
  /** By their values rather than by how often they occur. */
  isInOrder?: boolean;
}

export const STATUSES: Counted<Row> = {
  name: 'status',
  title: 'Status codes',
  valueOf: ({ status }) => String(status ?? 'none'),
  kind: (name) => (name === 'none' ? 'bad' : statusClass(Number(name))),
};
export const PROBLEMS: Counted<Row> = { name: 'code', title: 'Problems', valueOf: ({ code }) => code, kind: () => 'bad' };

interface ResultsPartProps<Of extends Job, One extends Row> {
  kind: string;
  /** What one is called. */
  one: string;
  followed: Followed<Of, One>;
  job: Of;
  /** Results that it will have, as far as that is known. */
  total: number;
  /** The same each time. */
  counted: readonly Counted<One>[];
  columns: readonly Column<One>[];
  /** The operation of the graph that gives them. */
  graph: string;
}

/** The results of a job as they come: when, how many of which, one by one, and as files. */
export function ResultsPart<Of extends Job, One extends Row>({
  kind,
  one,
  followed: { rows, known },
  job,
  total,
  counted,
  columns,
  graph,
}: ResultsPartProps<Of, One>): JSX.Element {
  const [show, setShow] = usePlaceValue('show');
  const [contains, setContains] = usePlaceValue('contains');
  const chosen = counted.map(({ name }) => usePlaceValue(name));
  const filter = [show, contains, ...chosen.map(([value]) => value)].join('\n');
  const found = useMemo(() => {
    const needle = contains.toLowerCase();
    return rows.filter(
      (row) =>
        (show !== 'failed' || row.state === 'failed') &&
        (needle === '' || row.url.toLowerCase().includes(needle)) &&
        counted.every(({ valueOf }, index) => (chosen[index]?.[0] ?? '') === '' || valueOf(row) === chosen[index]?.[0]),
    );
    // The list is the same while it grows.
  }, [rows, known, filter]);
  const entries = useMemo(() => counted.map(({ valueOf }) => timesOf(rows, valueOf)), [rows, known]);
  const request = { path: `/${kind}/${encodeURIComponent(job.id)}/results` };
  return (
    <>
      <div class="charts">
        <Arrival rows={rows} total={total} />
        {counted.map(({ name, title, kind: colour, isInOrder }, index) => (
          <Bars
            key={name}
            title={title}
            entries={entries[index] ?? new Map()}
            chosen={chosen[index]?.[0] ?? ''}
            onChoose={chosen[index]?.[1] ?? (() => undefined)}
            kind={colour}
            isInOrder={isInOrder ?? false}
          />
        ))}
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
        <Downloads request={request} name={`${one}-${job.id.slice(0, 10)}`} />
      </div>
      {known >= MOST_ROWS && <p class="hint">The first {count(MOST_ROWS)} are shown: the files have all.</p>}
      <Results kind={kind} id={job.id} isFinished={job.finishedAt !== null} rows={found} known={known} filter={filter} columns={columns} />
      <h2>The request that gives them</h2>
      <RequestShown request={{ ...request, query: { limit: 100 } }} reads="json" path={`/${kind}/{id}/results`} graph={graph} />
    </>
  );
}
