import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count, plural } from '../figures.ts';
import { ask, type ApiRequest, type Failure, failureFrom, queryString } from '../server.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { FilterInput } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { VirtualRows } from '../virtual-rows.tsx';
import { Downloads } from './downloads.tsx';
import { MOST_ROWS } from './follow.ts';
import { usePlaceValue } from './place.ts';

/** Entries that are asked for at a time, unless they are large. */
const PAGE = 5000;

interface Whole<One> {
  entries: readonly One[];
  /** How many there are at the server; null before that is known. */
  total: number | null;
  isDone: boolean;
  failure: Failure | null;
  again: () => void;
}

/** A list of the server, all of it or as much as has room here. `round` is another where it is to be read anew. */
function useWhole<One>({ path, query }: ApiRequest, member: string, round: string, page: number): Whole<One> {
  const [tries, setTries] = useState(0);
  const [whole, setWhole] = useState<Omit<Whole<One>, 'again'>>({ entries: [], total: null, isDone: false, failure: null });
  const name = path + queryString(query);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async (): Promise<void> => {
      const entries: One[] = [];
      for (;;) {
        const asked = { ...query, limit: page, offset: entries.length };
        const answer = await ask<Record<string, unknown>>({ path, query: asked }, signal);
        const read = answer[member] as One[];
        entries.push(...read);
        const total = answer['total'] as number;
        const isDone = read.length === 0 || entries.length >= Math.min(total, MOST_ROWS);
        setWhole({ entries: [...entries], total, isDone, failure: null });
        if (isDone) return;
      }
    };
    read().catch((error: unknown) => {
      if (!signal.aborted) setWhole({ entries: [], total: null, isDone: true, failure: failureFrom(error) });
    });
    return () => {
      controller.abort();
    };
    // The name says all that the request does.
  }, [name, member, round, tries]);
  return {
    ...whole,
    again: () => {
      setTries(tries + 1);
    },
  };
}

/** A column of a whole list. */
export interface ListColumn<One> {
  /** As the address has it where the list is in its order. */
  name: string;
  title: string;
  cell: (one: One) => ComponentChildren;
  /** By what the list is put in order; nothing is last. */
  value: (one: One) => number | string | null;
  /** The greatest first. */
  isGreatestFirst?: boolean;
  /** The text of the cell, where it may be longer than the column. */
  whole?: (one: One) => string;
  isNumber?: boolean;
}

interface WholeListProps<One> {
  title: string;
  /** What an entry is called, and many. */
  words: readonly [one: string, many: string];
  request: ApiRequest;
  member: string;
  round: string;
  /** How its file is called. */
  file: string;
  columns: readonly ListColumn<One>[];
  /** The column of its first order. */
  sort: string;
  /** The texts that a filter looks into. */
  textsOf: (one: One) => readonly (string | null)[];
  keyOf: (one: One) => number | string;
  /** Its columns' widths. */
  class: string;
  /** Beside the filter. */
  tools?: ComponentChildren;
  lead?: ComponentChildren;
  none: string;
  /** What is told of an entry beside the list, once it is opened by its first column. */
  opened?: (one: One) => JSX.Element;
  /** What that is called. */
  titleOf?: (one: One) => string;
  /** What can be done with it. */
  actions?: (one: One) => ComponentChildren;
  /** Entries that are asked for at a time. */
  page?: number;
}

/** A list with its filter, its orders, and its files, of which only the rows in sight are in the page. */
export function WholeList<One>({
  title,
  words: [one, many],
  request,
  member,
  round,
  file,
  columns,
  sort,
  textsOf,
  keyOf,
  class: name,
  tools,
  lead,
  none,
  opened,
  titleOf = () => '',
  actions,
  page = PAGE,
}: WholeListProps<One>): JSX.Element {
  const { entries, total, isDone, failure, again } = useWhole<One>(request, member, round, page);
  const [contains, setContains] = usePlaceValue('contains');
  const [order, setOrder] = usePlaceValue('sort');
  const [open, setOpen] = usePlaceValue('entry');
  const [asked = '', direction = ''] = (order === '' ? sort : order).split(' ');
  const column = columns.find((candidate) => candidate.name === asked) ?? columns.find((candidate) => candidate.name === sort);
  const isGreatestFirst = direction === '' ? (column?.isGreatestFirst ?? false) : direction === 'down';
  const shown = useMemo(() => {
    const needle = contains.toLowerCase();
    const found = entries.filter((entry) => needle === '' || textsOf(entry).some((text) => text?.toLowerCase().includes(needle)));
    if (column === undefined) return found;
    return found.toSorted((first, second) => {
      const [a, b] = [column.value(first), column.value(second)];
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      const difference = typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : Number(a !== b);
      return isGreatestFirst ? -difference : difference;
    });
  }, [entries, contains, column?.name, isGreatestFirst]);
  const openedOne = opened === undefined || open === '' ? undefined : entries.find((entry) => String(keyOf(entry)) === open);
  return (
    <section aria-labelledby="list">
      <div class="tools jobs-tools">
        <h2 id="list">{title}</h2>
        {tools}
        <FilterInput label="Contains" placeholder="in its texts" value={contains} onChange={setContains} />
        <span class="hint" role="status">
          {!isDone
            ? `Reading … ${count(entries.length)}`
            : shown.length === entries.length
              ? plural(entries.length, one, many)
              : `${count(shown.length)} of ${plural(entries.length, one, many)}`}
        </span>
        <Downloads request={request} name={file} />
      </div>
      {lead}
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {total !== null && total > MOST_ROWS && (
        <p class="hint">
          The first {count(MOST_ROWS)} of {count(total)} are shown: the files have all.
        </p>
      )}
      {failure === null && isDone && shown.length === 0 && (
        <p class="empty">{entries.length === 0 ? none : 'None is like that. Take the filter away.'}</p>
      )}
      {shown.length > 0 && (
        <div class={openedOne === undefined ? 'results' : 'results opened'}>
          <VirtualRows
            count={shown.length}
            label={title}
            of={`${contains}\n${order}\n${round}`}
            role="table"
            class={`result-table ${name}`}
            head={
              <div class="rows-head" role="row">
                {columns.map((candidate) => {
                  const isChosen = candidate === column;
                  return (
                    <span
                      key={candidate.name}
                      role="columnheader"
                      class={candidate.isNumber === true ? 'number' : ''}
                      aria-sort={isChosen ? (isGreatestFirst ? 'descending' : 'ascending') : 'none'}
                    >
                      <button
                        type="button"
                        class="sort-by"
                        onClick={() => {
                          setOrder(isChosen ? `${candidate.name} ${isGreatestFirst ? 'up' : 'down'}` : candidate.name);
                        }}
                      >
                        {candidate.title}
                        <span aria-hidden="true">{isChosen ? (isGreatestFirst ? ' ↓' : ' ↑') : ''}</span>
                      </button>
                    </span>
                  );
                })}
              </div>
            }
            row={(index) => {
              const entry = shown[index];
              if (entry === undefined) return <div key={index} role="row" class="rows-row" />;
              return (
                <div key={keyOf(entry)} class={`rows-row ${entry === openedOne ? 'chosen' : ''}`} role="row" aria-rowindex={index + 2}>
                  {columns.map(({ name: cellName, cell, whole, isNumber }, place) => (
                    <span
                      key={cellName}
                      role="cell"
                      class={isNumber === true ? 'number' : 'clip'}
                      title={whole === undefined ? undefined : plainly(whole(entry))}
                    >
                      {opened === undefined || place > 0 ? (
                        cell(entry)
                      ) : (
                        <button
                          type="button"
                          class="row-open"
                          aria-expanded={entry === openedOne}
                          onClick={() => {
                            setOpen(entry === openedOne ? '' : String(keyOf(entry)));
                          }}
                        >
                          {cell(entry)}
                        </button>
                      )}
                    </span>
                  ))}
                </div>
              );
            }}
          />
          {openedOne !== undefined && opened !== undefined && (
            <OpenedEntry
              key={open}
              title={titleOf(openedOne)}
              actions={actions?.(openedOne)}
              onClose={() => {
                setOpen('');
              }}
            >
              {opened(openedOne)}
            </OpenedEntry>
          )}
        </div>
      )}
    </section>
  );
}

/** An entry that is opened: it takes the focus, and Escape closes it. */
function OpenedEntry({
  title,
  actions,
  onClose,
  children,
}: {
  title: string;
  actions: ComponentChildren;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
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
        <TargetText text={title} />
      </h3>
      <p class="tools">
        {actions}
        <button type="button" class="button small" onClick={onClose}>
          Close
        </button>
      </p>
      {children}
    </section>
  );
}
