import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { RequestShown } from '../docs/request-shown.tsx';
import { Trouble } from '../trouble.tsx';
import { useBegin } from './begin.ts';

/** A job of the demo that teaches something. */
export interface Start {
  title: string;
  words: string;
  body: object;
}

interface StartsProps {
  kind: string;
  starts: readonly Start[];
  /** There are no jobs of this kind yet. */
  isFirst: boolean;
}

/** What there is to begin with, one click each. */
export function Starts({ kind, starts, isFirst }: StartsProps): JSX.Element {
  const [chosen, setChosen] = useState<Start | null>(null);
  const { begin, failure } = useBegin(kind);
  return (
    <section aria-labelledby="starts">
      <h2 id="starts">{isFirst ? 'There are none yet: begin with the demo' : 'On the demo, one click each'}</h2>
      <ul class="lessons presets">
        {starts.map((one) => (
          <li key={one.title}>
            <button
              type="button"
              onClick={() => {
                setChosen(one);
                void begin(one.body);
              }}
            >
              <strong>{one.title}</strong>
              <span>{one.words}</span>
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && chosen !== null && <Trouble failure={failure} onRetry={() => void begin(chosen.body)} />}
      {isFirst && starts[0] !== undefined && (
        <>
          <h3>The first of them, said to a program</h3>
          <RequestShown request={{ path: `/${kind}`, body: starts[0].body }} reads="json" path={`/${kind}`} />
        </>
      )}
    </section>
  );
}
