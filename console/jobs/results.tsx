import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { problemFailure } from '../server.ts';
import { Status } from '../summary.tsx';
import { plainly, TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { VirtualRows } from '../virtual-rows.tsx';
import { InConsole } from './page-links.tsx';
import type { Row } from './follow.ts';
import { JsonTree } from './json-tree.tsx';
import { usePlaceValue } from './place.ts';

/** A column beside those that all results have. */
export interface Column<One> {
  title: string;
  cell: (row: One) => ComponentChildren;
  /** The text of the cell, where it may be longer than the column. */
  whole?: (row: One) => string;
}

interface ResultsProps<One> {
  kind: string;
  id: string;
  isFinished: boolean;
  rows: readonly One[];
  /** Of all rows, filtered or not. */
  known: number;
  /** By what they are filtered. */
  filter: string;
  columns: readonly Column<One>[];
}

const COLORS: Readonly<Record<Row['state'], string>> = { succeeded: 'good', failed: 'bad', forbidden: 'moved' };

/** The results of a job: a line each, and the one that is opened beside them. */
export function Results<One extends Row>({ kind, id, isFinished, rows, known, filter, columns }: ResultsProps<One>): JSX.Element {
  const [opened, setOpened] = usePlaceValue('result');
  const sequence = /^\d{1,9}$/.test(opened) ? Number(opened) : null;
  if (rows.length === 0) {
    return (
      <p class="empty">
        {known > 0
          ? 'No result is like that. Take a filter away.'
          : isFinished
            ? 'There is none: it was cancelled before anything was retrieved.'
            : 'There is none yet: the first comes as soon as it is retrieved.'}
      </p>
    );
  }
  return (
    <div class={sequence === null ? 'results' : 'results opened'}>
      <VirtualRows
        count={rows.length}
        label="Results"
        of={filter}
        role="table"
        class={`result-table result-table-${kind}`}
        head={
          <div class="rows-head" role="row">
            {['No', 'State', 'Status', 'URL', ...columns.map(({ title }) => title)].map((title) => (
              <span key={title} role="columnheader">
                {title}
              </span>
            ))}
          </div>
        }
        row={(index) => (
          <ResultRow
            key={rows[index]?.sequence}
            row={rows[index]}
            index={index}
            columns={columns}
            isOpen={rows[index]?.sequence === sequence}
            onOpen={(next) => {
              setOpened(next === sequence ? '' : String(next));
            }}
          />
        )}
      />
      {sequence !== null && (
        <Opened
          key={sequence}
          path={`/${kind}/${encodeURIComponent(id)}/results`}
          sequence={sequence}
          onClose={() => {
            setOpened('');
          }}
        />
      )}
    </div>
  );
}

interface ResultRowProps<One> {
  row: One | undefined;
  index: number;
  columns: readonly Column<One>[];
  isOpen: boolean;
  onOpen: (sequence: number) => void;
}

function ResultRow<One extends Row>({ row, index, columns, isOpen, onOpen }: ResultRowProps<One>): JSX.Element | null {
  if (row === undefined) return null;
  return (
    <div class={`rows-row ${isOpen ? 'chosen' : ''}`} role="row" aria-rowindex={index + 2}>
      <span role="cell" class="number">
        {row.index + 1}
      </span>
      <span role="cell">
        <span class={`status ${COLORS[row.state]}`}>{row.state}</span>
      </span>
      <span role="cell">{row.status === null ? <span class="hint">none</span> : <Status status={row.status} />}</span>
      <span role="cell" class="clip mono" title={plainly(row.url)}>
        <button
          type="button"
          class="row-open"
          aria-expanded={isOpen}
          onClick={() => {
            onOpen(row.sequence);
          }}
        >
          <TargetText text={row.url} />
        </button>
      </span>
      {columns.map(({ title, cell, whole }) => (
        <span key={title} role="cell" class="clip" title={whole === undefined ? undefined : plainly(whole(row))}>
          {cell(row)}
        </span>
      ))}
    </div>
  );
}

/** What all results have that may be opened. */
type Opening = Pick<Schemas['BatchResult'], 'url' | 'problem' | 'failures' | 'views'>;

/** What is told of a result beside what stands above it: its views, and its problems. */
const factsOf = (result: Opening): object =>
  Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'views' && name !== 'failures' && name !== 'problem'));

/** A result, whole: it is asked for when it is opened, as what was read off a page may be large. */
function Opened({ path, sequence, onClose }: { path: string; sequence: number; onClose: () => void }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  const { answer, failure, again } = useView<{ results: Opening[] }>({
    path,
    query: { limit: 1, offset: sequence, fields: 'results' },
  });
  const result = answer?.results[0];
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      class="opened-result"
      aria-labelledby="opened"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <h3 id="opened" tabIndex={-1} ref={heading}>
        {result === undefined ? 'Result' : <TargetText text={result.url} />}
      </h3>
      <p class="tools">
        {result !== undefined && (
          <>
            <InConsole url={result.url} />
            <CopyButton label="Copy as JSON" text={() => JSON.stringify(result, null, 2)} />
          </>
        )}
        <button type="button" class="button small" onClick={onClose}>
          Close
        </button>
      </p>
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {answer === null && failure === null && <p class="hint">Reading …</p>}
      {answer !== null && result === undefined && (
        <p class="empty">There is no such result: it has not come yet, or its job was deleted.</p>
      )}
      {result !== undefined && (
        <>
          {result.problem !== null && result.failures.length === 0 && <Trouble failure={problemFailure(result.problem)} />}
          {result.failures.map(({ view, problem }) => (
            <Trouble key={view} failure={problemFailure({ ...problem, title: `${view}: ${problem.title}` })} />
          ))}
          {Object.entries(result.views ?? {}).map(([name, value]) =>
            value === null ? null : <JsonTree key={name} name={name} value={value} isOpen />,
          )}
          <JsonTree name="result" value={factsOf(result)} isOpen={Object.values(result.views ?? {}).every((value) => value === null)} />
        </>
      )}
    </section>
  );
}
