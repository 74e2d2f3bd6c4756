import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Schemas } from './contract.ts';
import { bytes, count, plural } from './figures.ts';
import { type LinePair, pairedLines } from './line-differences.ts';
import { marked, plainly } from './target-text.tsx';
import { Trouble } from './trouble.tsx';
import { useView } from './view.ts';

type Compared = Schemas['CompareAnswer']['variants'][number];

/** Longer contents are not compared line by line here. */
const MOST_BYTES = 2_000_000;
/** So many rows are drawn. */
const MOST_ROWS = 1000;
/** So much of a line is shown. */
const MOST_SHOWN = 600;
/** So many equal lines are shown around what differs. */
const AROUND = 2;

/** The contents of two of the variants, line by line. */
export function TextDifference({ variants }: { variants: readonly Compared[] }): JSX.Element {
  const there = variants.filter(({ snapshot, sha256 }) => snapshot !== null && sha256 !== null);
  const [first] = there;
  const other = there.find(({ sha256 }) => sha256 !== first?.sha256);
  const [names, setNames] = useState([first?.name ?? '', other?.name ?? ''] as const);
  const [left, right] = names.map((name) => there.find((variant) => variant.name === name));
  const choice = (place: 0 | 1, label: string): JSX.Element => (
    <select
      aria-label={label}
      value={names[place]}
      onChange={({ currentTarget: { value } }) => {
        setNames(([one, another]) => (place === 0 ? [value, another] : [one, value]));
      }}
    >
      {there.map(({ name }) => (
        <option key={name} value={name}>
          {plainly(name)}
        </option>
      ))}
    </select>
  );
  return (
    <section>
      <div class="tools heading">
        <h2>The content, line by line</h2>
        {choice(0, 'Left')} {choice(1, 'Right')}
      </div>
      {left === undefined || right === undefined ? (
        <p class="empty">Only one of the variants has content.</p>
      ) : Math.max(left.bytes ?? 0, right.bytes ?? 0) > MOST_BYTES ? (
        <TooLong sides={[left, right]} />
      ) : (
        <Lines key={names.join('\n')} left={left} right={right} />
      )}
    </section>
  );
}

/** Nothing was compared: that is not to be taken for no difference. */
function TooLong({ sides }: { sides: readonly Compared[] }): JSX.Element {
  return (
    <p class="verdict warn">
      Not compared line by line: this page compares up to {bytes(MOST_BYTES)}, and{' '}
      {sides.map(({ name, bytes: length }) => `${plainly(name)} has ${bytes(length ?? 0)}`).join(', ')}. That they differ is known by their
      SHA-256, above.
    </p>
  );
}

type Content = Pick<Schemas['FetchAnswer'], 'body'>;

function Lines({ left, right }: { left: Compared; right: Compared }): JSX.Element {
  const one = useContent(left);
  const other = useContent(right);
  const texts = [one.answer?.body?.text ?? null, other.answer?.body?.text ?? null] as const;
  const lines = useMemo(() => {
    const [text, another] = texts;
    return text === null || another === null ? null : ([text.split(/\r?\n/), another.split(/\r?\n/)] as const);
  }, texts);
  const failed = [one, other].find(({ failure }) => failure !== null);
  if (failed?.failure != null) return <Trouble failure={failed.failure} onRetry={failed.again} />;
  if (one.answer === null || other.answer === null) return <p class="hint">Reading …</p>;
  if (lines === null) return <p class="empty">One of them is no text: its bytes differ, as their SHA-256 says.</p>;
  return <DifferentLines before={lines[0]} after={lines[1]} label="The content, line by line" isCounted />;
}

interface DifferentLinesProps {
  before: readonly string[];
  after: readonly string[];
  label: string;
  /** It is said how many lines differ. */
  isCounted?: boolean;
}

/** Two texts side by side, as far as they differ. `before` and `after` are the same each time. */
export function DifferentLines({ before, after, label, isCounted = false }: DifferentLinesProps): JSX.Element {
  const rows = useMemo(() => rowsOf(pairedLines(before, after)), [before, after]);
  const changed = rows.filter((row) => typeof row !== 'number').filter(({ kind }) => kind === 'changed').length;
  return (
    <>
      {isCounted && (
        <p class="hint">
          {changed === 0
            ? 'Every line is the same: they differ in how lines end.'
            : `${plural(changed, 'line')} differ${changed === 1 ? 's' : ''}.`}
        </p>
      )}
      <div class="diff" role="region" aria-label={label} tabIndex={0}>
        {rows.slice(0, MOST_ROWS).map((row, index) =>
          typeof row === 'number' ? (
            <p key={index} class="diff-gap">
              {plural(row, 'equal line')}
            </p>
          ) : (
            <Row key={index} pair={row} left={before[row.left ?? -1]} right={after[row.right ?? -1]} />
          ),
        )}
      </div>
      {rows.length > MOST_ROWS && <p class="hint">The first {count(MOST_ROWS)} rows.</p>}
    </>
  );
}

const useContent = ({ snapshot }: Compared): ReturnType<typeof useView<Content>> =>
  useView<Content>({ path: '/fetch', query: { snapshot: snapshot ?? '', fields: 'body.text' } });

/** What differs with some lines around it; in place of the other equal lines, how many they are. */
function rowsOf(pairs: readonly LinePair[]): (LinePair | number)[] {
  const isNear = new Array<boolean>(pairs.length).fill(false);
  for (const [index, { kind }] of pairs.entries()) {
    if (kind === 'changed') isNear.fill(true, Math.max(0, index - AROUND), index + AROUND + 1);
  }
  const rows: (LinePair | number)[] = [];
  for (const [index, pair] of pairs.entries()) {
    const last = rows.at(-1);
    if (isNear[index] === true) rows.push(pair);
    else if (typeof last === 'number') rows[rows.length - 1] = last + 1;
    else rows.push(1);
  }
  return rows;
}

function Row({ pair, left, right }: { pair: LinePair; left: string | undefined; right: string | undefined }): JSX.Element {
  const isChange = pair.kind === 'changed' && left !== undefined && right !== undefined;
  const [from, to] = isChange ? edges(left, right) : [0, 0];
  return (
    <div class={`diff-row diff-${pair.kind}`}>
      <Side side="left" number={pair.left} text={left} from={from} to={to} isChange={isChange} />
      <Side side="right" number={pair.right} text={right} from={from} to={to} isChange={isChange} />
    </div>
  );
}

/** How many characters two lines have in common at their start, and at their end. */
function edges(left: string, right: string): [number, number] {
  const most = Math.min(left.length, right.length);
  let from = 0;
  while (from < most && left[from] === right[from]) from += 1;
  let to = 0;
  while (to < most - from && left.at(-1 - to) === right.at(-1 - to)) to += 1;
  return [from, to];
}

interface SideProps {
  side: 'left' | 'right';
  number: number | null;
  text: string | undefined;
  from: number;
  to: number;
  isChange: boolean;
}

function Side({ side, number, text, from, to, isChange }: SideProps): JSX.Element {
  if (number === null || text === undefined) return <div class={`diff-side diff-none diff-${side}`} />;
  const more = text.length - MOST_SHOWN;
  const cut = (part: string, start: number): string => part.slice(0, Math.max(0, MOST_SHOWN - start));
  const end = text.length - to;
  return (
    <div class={`diff-side diff-${side}`}>
      <span class="wire-number" aria-hidden="true">
        {number + 1}
      </span>
      <code>
        {isChange ? (
          <>
            {marked(cut(text.slice(0, from), 0))}
            {end > from && <mark>{marked(cut(text.slice(from, end), from))}</mark>}
            {marked(cut(text.slice(end), end))}
          </>
        ) : (
          marked(cut(text, 0))
        )}
        {more > 0 && <span class="wire-mark"> … {count(more)} more characters</span>}
      </code>
    </div>
  );
}
