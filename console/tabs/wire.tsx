import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useChoice } from '../address.ts';
import { CopyButton } from '../copy-button.tsx';
import { count } from '../figures.ts';
import { sign } from '../target-text.tsx';
import { Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { readText, type TabProps, useShows, useView } from '../view.ts';
import { VirtualRows } from '../virtual-rows.tsx';

/** So much of a line is shown; what is longer is told. */
const MOST_SHOWN = 2000;

/** Whose line it is. */
type Side = 'sent' | 'came' | 'note';

interface WireLine {
  side: Side;
  text: string;
  /** How it ends. */
  end: '' | '\n' | '\r\n';
  /** It belongs to a head, and not to content. */
  isHead: boolean;
}

/** The literal transcript, as telnet would show it. */
export default function Wire({ answer }: TabProps): JSX.Element {
  const [bytes, setBytes] = useChoice('bytes');
  useShows({ path: '/wire', graphql: 'wire' });
  const { answer: text, failure, again } = useView<string>({ path: '/wire', query: { snapshot: answer.snapshot } }, readText);
  const lines = useMemo(() => (text === null ? [] : linesOf(text, answer.exchanges.length)), [text, answer]);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (text === null) return <p class="hint">Reading …</p>;
  const isShown = bytes === 'shown';
  return (
    <div class="filled">
      <div class="tools">
        <span class="legend">
          <span class="sent">what was sent</span> <span class="came">what came back</span>
        </span>
        <Segments
          label="Bytes that do not print"
          options={[
            ['shown', 'Show what does not print'],
            ['hidden', 'Text alone'],
          ]}
          value={bytes}
          onChange={setBytes}
        />
        <CopyButton text={() => text} />
      </div>
      <VirtualRows
        count={lines.length}
        height={20}
        label="Transcript"
        class="wire"
        row={(index) => <Line key={index} line={lines[index]} number={index + 1} isShown={isShown} />}
      />
    </div>
  );
}

function Line({ line, number, isShown }: { line: WireLine | undefined; number: number; isShown: boolean }): JSX.Element | null {
  if (line === undefined) return null;
  const { side, text, end, isHead } = line;
  const more = text.length - MOST_SHOWN;
  return (
    <div class={`wire-line wire-${side}${isHead ? ' wire-head' : ''}`}>
      <span class="wire-number" aria-hidden="true">
        {number}
      </span>
      <code>
        {visible(text.slice(0, MOST_SHOWN), isShown)}
        {more > 0 && <span class="wire-mark"> … {count(more)} more characters</span>}
        {isShown && end !== '' && side !== 'note' && <span class="wire-mark">{end === '\r\n' ? '\\r\\n' : '\\n'}</span>}
      </code>
    </div>
  );
}

/** Characters that print nothing, or another than one takes them for: controls, separators, directions, a byte order mark. */
const UNSEEN = /[\p{Cc}\p{Cf}\u00a0\u2028\u2029]/u;

/** A text with what does not print as signs of its own. */
function visible(text: string, isShown: boolean): (string | JSX.Element)[] {
  if (!isShown || !UNSEEN.test(text)) return [text];
  return text.split(/([\p{Cc}\p{Cf}\u00a0\u2028\u2029])/u).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} class="wire-mark" title={`U+${part.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`}>
        {part === '\t' ? '\\t\t' : part === '\r' ? '\\r' : sign(part)}
      </span>
    ),
  );
}

/**
 * The lines of a transcript. Of each exchange a request stands first, up to the line with which its response begins; where the
 * next exchange begins is said by a line of the server's own, which names its number.
 */
function linesOf(text: string, exchanges: number): WireLine[] {
  const lines: WireLine[] = [];
  let side: Side = 'sent';
  let isHead = true;
  let exchange = 1;
  for (const written of text.split(/(?<=\n)/)) {
    const end = written.endsWith('\r\n') ? '\r\n' : written.endsWith('\n') ? '\n' : '';
    const content = end === '' ? written : written.slice(0, -end.length);
    if (content === `[exchange ${exchange + 1} of ${exchanges}]`) {
      exchange += 1;
      side = 'sent';
      isHead = true;
      lines.push({ side: 'note', text: content, end, isHead: false });
      continue;
    }
    if (side === 'sent' && /^HTTP\/\d/.test(content)) {
      side = 'came';
      isHead = true;
    }
    const isNote = /^\[.*\]$/.test(content) && !isHead;
    lines.push({ side: isNote ? 'note' : side, text: content, end, isHead: isHead && content !== '' });
    if (content === '' && lines.length > 1) isHead = false;
  }
  return lines;
}
