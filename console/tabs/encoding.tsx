import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useChoice, useParameter } from '../address.ts';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { FilterInput, Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';

/** So many characters are told one by one. */
const LIMIT = 200;
/** もしもし in Shift_JIS: the same bytes are another text in each encoding. */
const BYTES = '82 e0 82 b5 82 e0 82 b5';
/** Encodings that bytes of unknown origin are often in. */
const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'windows-1251',
  'koi8-r',
  'utf-16le',
  'utf-16be',
] as const;

/** Characters as bytes, and bytes as characters. */
export default function Encoding({ answer }: TabProps): JSX.Element {
  const [way, setWay] = useChoice('way');
  return (
    <div class="filled">
      <div class="tools">
        <Segments
          label="Which way"
          options={[
            ['encode', 'Characters to bytes'],
            ['decode', 'Bytes to characters'],
          ]}
          value={way}
          onChange={setWay}
        />
      </div>
      {way === 'decode' ? <Decode /> : <Encode snapshot={answer.snapshot} />}
    </div>
  );
}

type Answer = Pick<Schemas['CharactersAnswer'], 'total' | 'length' | 'characters' | 'encodings'>;

/** What the tab needs of an answer. */
const FIELDS = 'total,length,characters,encodings';
/** Code points of a part of a text that is too long to be told at once: pages of it end where it does, and the server takes 65,536. */
const PART = 65_400;

function Encode({ snapshot }: { snapshot: string }): JSX.Element {
  const [text, setText] = useParameter('text');
  const [at, setAt] = useParameter('at', '0');
  const isOwn = text !== '';
  const offset = /^\d{1,15}$/.test(at) ? Math.floor(Number(at) / LIMIT) * LIMIT : 0;
  const page = { limit: LIMIT, ...(offset > 0 && { offset }) };
  const pageWords = Object.entries(page).map(([name, value]) => `${name}: ${String(value)}`);
  const fields = '{\n  characters { character codePoint name utf8 utf16 utf32 }\n}';
  const { answer, failure, again } = useView<Answer>({
    path: '/encode',
    query: { ...(isOwn ? { text } : { snapshot }), ...page, fields: FIELDS },
  });
  const isLong = !isOwn && failure?.code === 'PARSE_LIMIT_EXCEEDED';
  useShows(
    isLong
      ? { path: '/text', graphql: 'text { text }' }
      : isOwn
        ? {
            path: '/encode',
            query: { text, ...page },
            graphql: `encode(${[`text: ${JSON.stringify(text)}`, ...pageWords].join(', ')}) ${fields}`,
            isTargetless: true,
          }
        : { path: '/encode', query: page, graphql: `encode(${pageWords.join(', ')}) ${fields}` },
  );
  const goTo = (next: number): void => {
    setAt(String(next));
  };
  return (
    <>
      <div class="tools">
        <FilterInput
          label="Text"
          placeholder="type or paste a text; or see that of the page"
          value={text}
          onChange={(next) => {
            setAt('0');
            setText(next);
          }}
        />
        {answer !== null && failure === null && <Lengths answer={answer} of="" />}
      </div>
      {isLong ? (
        <InParts snapshot={snapshot} offset={offset} goTo={goTo} />
      ) : (
        <>
          {failure !== null && <Trouble failure={failure} onRetry={again} />}
          {answer !== null && failure === null && <Characters answer={answer} from={offset} total={answer.total} goTo={goTo} />}
        </>
      )}
    </>
  );
}

/** A text that is too long to be told at once: read part by part, as the reader comes to it. */
function InParts({ snapshot, offset, goTo }: { snapshot: string; offset: number; goTo: (offset: number) => void }): JSX.Element {
  const whole = useView<Pick<Schemas['TextAnswer'], 'text'>>({ path: '/text', query: { snapshot, fields: 'text' } });
  const text = whole.answer?.text ?? '';
  const number = Math.floor(offset / PART);
  const part = useMemo(() => partOf(text, number), [text, number]);
  const total = useMemo(() => codePoints(text), [text]);
  const { answer, failure, again } = useView<Answer>(
    part === '' ? null : { path: '/encode', body: { text: part, limit: LIMIT, offset: offset - number * PART, fields: FIELDS.split(',') } },
  );
  const failed = whole.failure ?? failure;
  if (failed !== null) return <Trouble failure={failed} onRetry={whole.failure === null ? again : whole.again} />;
  if (whole.answer === null || (part !== '' && answer === null)) return <p class="hint">Reading …</p>;
  return (
    <>
      <p class="verdict warn">
        The text has {count(total)} code points: it is read in parts, this is part {count(number + 1)} of {count(Math.ceil(total / PART))}.
      </p>
      {answer !== null && <Lengths answer={answer} of="Of this part: " />}
      <Characters answer={answer ?? { characters: [] }} from={offset} total={total} goTo={goTo} />
    </>
  );
}

function codePoints(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) length += 1;
  return length;
}

/** A part of a text, by its number from 0. */
function partOf(text: string, number: number): string {
  let length = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) {
    if (length === number * PART) start = index;
    if (length === (number + 1) * PART) return text.slice(start, index);
    length += 1;
  }
  return length <= number * PART ? '' : text.slice(start);
}

function Lengths({ answer, of }: { answer: Answer; of: string }): JSX.Element {
  return (
    <span class="hint">
      {of}
      {plural(answer.length.graphemes, 'character')} to a reader, {plural(answer.length.codePoints, 'code point')},{' '}
      {plural(answer.length.codeUnits, 'code unit')} of UTF-16;{' '}
      {answer.encodings.map(({ name, bytes }) => `${name} ${count(bytes)}`).join(', ')} bytes
    </span>
  );
}

interface CharactersProps {
  answer: Pick<Answer, 'characters'>;
  /** Which of all is the first of them, from 0. */
  from: number;
  total: number;
  goTo: (offset: number) => void;
}

/** Characters one by one, a page of them, and the way to the others. */
function Characters({ answer, from, total, goTo }: CharactersProps): JSX.Element {
  const end = from + answer.characters.length;
  return (
    <>
      {total > answer.characters.length && (
        <p class="tools">
          <button
            type="button"
            class="button small"
            disabled={from === 0}
            onClick={() => {
              goTo(Math.max(0, Math.min(from, total) - LIMIT));
            }}
          >
            Earlier
          </button>
          <button
            type="button"
            class="button small"
            disabled={end >= total || end === from}
            onClick={() => {
              goTo(from + LIMIT);
            }}
          >
            Later
          </button>
          <span class="hint" role="status">
            {end === from
              ? `There are ${count(total)}, and none from ${count(from + 1)} on.`
              : `${count(from + 1)} to ${count(end)} of ${count(total)}.`}
          </span>
        </p>
      )}
      <div class="scrolled" tabIndex={0} role="region" aria-label="Characters">
        <table class="characters">
          <thead>
            <tr>
              {['', 'Code point', 'Name', 'UTF-8', 'UTF-16', 'UTF-32'].map((title, index) => (
                <th key={title} scope="col">
                  {index === 0 ? <span class="aside">Character</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.characters.map((one, index) => (
              <tr key={index}>
                <td class="glyph">{/^[\p{C}\p{Z}]$/u.test(one.character) ? <span class="hint">·</span> : one.character}</td>
                <td class="mono">{one.codePoint}</td>
                <td class="character-name">{one.name}</td>
                <td>
                  <Cells hex={one.utf8} kind={one.utf8.length === 2 ? 'one' : 'lead'} />
                </td>
                <td>
                  <Cells hex={one.utf16} kind="unit" />
                </td>
                <td>
                  <Cells hex={one.utf32} kind="wide" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Bytes, each a cell; in UTF-8 those that go on from a first byte are of another colour. */
function Cells({ hex, kind }: { hex: string; kind: 'one' | 'lead' | 'unit' | 'wide' }): JSX.Element {
  const cells = hex.match(/../g) ?? [];
  return (
    <span class="cells">
      {cells.map((byte, index) => (
        <span key={index} class={`cell cell-${kind === 'lead' && index > 0 ? 'next' : byte === '00' ? 'zero' : kind}`}>
          {byte}
        </span>
      ))}
    </span>
  );
}

function Decode(): JSX.Element {
  const [hex, setHex] = useParameter('hex', BYTES);
  useShows({
    path: '/decode',
    query: { hex, encoding: 'shift_jis' },
    graphql: `decode(hex: ${JSON.stringify(hex)}, encoding: "shift_jis") {\n  text\n  replacements\n  sequences { hex text valid }\n}`,
    isTargetless: true,
  });
  return (
    <>
      <div class="tools">
        <FilterInput label="Bytes, hexadecimal" placeholder="82 e0 82 b5" value={hex} onChange={setHex} />
        <span class="hint">the same bytes, read in each of these encodings</span>
      </div>
      <div class="scrolled" tabIndex={0} role="region" aria-label="Bytes decoded">
        {ENCODINGS.map((encoding) => (
          <Decoded key={encoding} hex={hex} encoding={encoding} />
        ))}
      </div>
    </>
  );
}

function Decoded({ hex, encoding }: { hex: string; encoding: string }): JSX.Element {
  const { answer, failure, again } = useView<Schemas['DecodedText']>(
    hex.trim() === '' ? null : { path: '/decode', query: { hex, encoding, limit: 64 } },
  );
  return (
    <section class="decoded" aria-label={encoding}>
      <h2>{answer?.encoding ?? encoding}</h2>
      {failure !== null && (
        <p class="hint">
          {failure.message}{' '}
          {failure.problem?.retryable !== false && (
            <button type="button" class="button small" onClick={again}>
              Ask again
            </button>
          )}
        </p>
      )}
      {answer !== null && (
        <>
          <p class="decoded-text">
            <TargetText text={answer.text} />
          </p>
          <p class="hint">{answer.replacements === 0 ? 'all of it valid' : `${plural(answer.replacements, 'sequence')} of it not valid`}</p>
          <span class="cells">
            {answer.sequences.map((sequence, index) => (
              <span key={index} class={`sequence${sequence.valid ? '' : ' invalid'}`}>
                <span class="cell cell-unit">{sequence.hex}</span>
                <span>
                  <TargetText text={sequence.text} />
                </span>
              </span>
            ))}
          </span>
        </>
      )}
    </section>
  );
}
