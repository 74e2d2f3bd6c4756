import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useChoice } from '../address.ts';
import type { Schemas } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { count, plural } from '../figures.ts';
import { marked } from '../target-text.tsx';
import { Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';

/** So many characters are shown; a text that wraps is laid out as a whole. */
const MOST_SHOWN = 500_000;
/** A longer run without white space is drawn with no kerning: Chromium lays it out anew for each line otherwise, for minutes. */
const LONGEST_KERNED = 1000;

/** What is written to be read, as text or as Markdown. */
export default function Text({ answer: { snapshot } }: TabProps): JSX.Element {
  const [form, setForm] = useChoice('as');
  const [scope, setScope] = useChoice('scope');
  useShows({ path: `/${form}`, query: { scope }, graphql: `${form}(scope: ${scope.toUpperCase()}) {\n  ${form}\n}` });
  const { answer, failure, again } = useView<Partial<Schemas['TextAnswer'] & Schemas['MarkdownAnswer']>>({
    path: `/${form}`,
    query: { snapshot, scope },
  });
  const text = form === 'text' ? answer?.text : answer?.markdown;
  const shown = useMemo(() => text?.slice(0, MOST_SHOWN) ?? '', [text]);
  const pieces = useMemo(() => marked(shown), [shown]);
  const isUnbroken = useMemo(() => shown.split(/\s/).some((run) => run.length > LONGEST_KERNED), [shown]);
  return (
    <div class="filled">
      <div class="tools">
        <Segments
          label="Form"
          options={[
            ['text', 'Text'],
            ['markdown', 'Markdown'],
          ]}
          value={form}
          onChange={setForm}
        />
        <Segments
          label="Of what"
          options={[
            ['page', 'The page'],
            ['article', 'Its main article'],
          ]}
          value={scope}
          onChange={setScope}
        />
        {answer?.characters !== undefined && <span class="hint">{plural(answer.characters, 'character')}</span>}
        {answer?.words !== undefined && <span class="hint">{plural(answer.words, 'word')}</span>}
        {text !== undefined && text.length > MOST_SHOWN && <span class="hint">shown are the first {count(MOST_SHOWN)}, copied is all</span>}
        {text !== undefined && <CopyButton text={() => text} />}
      </div>
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {failure === null && text === undefined && <p class="hint">Reading …</p>}
      {text === '' && <p class="empty">There is nothing to read on it: no text that a reader would see. Body has its source.</p>}
      {failure === null && text !== undefined && text !== '' && (
        <pre class={`reading reading-${form} ${isUnbroken ? 'unkerned' : ''}`} tabIndex={0} role="region" aria-label="Text">
          {pieces}
        </pre>
      )}
    </div>
  );
}
