import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { count, plural } from '../../figures.ts';
import { Status } from '../../summary.tsx';
import { TargetText } from '../../target-text.tsx';
import { Facts } from '../facts.tsx';
import { InConsole } from '../page-links.tsx';
import { nameOf, type Web } from './web.ts';

/** So many are listed at first, and as many more with each click. */
const STEP = 50;

interface ChosenProps {
  web: Web;
  place: number;
  onSeek: (place: number) => void;
  onClose: () => void;
}

/** The page that is chosen: what is known of it, and the links to it and of it. */
export function Chosen({ web, place, onSeek, onClose }: ChosenProps): JSX.Element | null {
  const node = web.nodes[place];
  if (node === undefined) return null;
  const { url, status, state, depth, rank, inDegree, outDegree } = node;
  return (
    <section
      class="opened-result graph-chosen"
      aria-labelledby="chosen"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <h3 id="chosen">
        <TargetText text={nameOf(node)} />
      </h3>
      <p class="mono jobs-url">
        <TargetText text={url} />
      </p>
      <div class="jobs-facts">
        <Facts
          facts={{
            State: state,
            Status: status === null ? <span class="hint">none</span> : <Status status={status} />,
            Depth: plural(depth, 'link'),
            PageRank: rank === null ? <span class="hint">none</span> : rank.toPrecision(3),
          }}
        />
      </div>
      <p class="tools">
        <InConsole url={url} />
        <button type="button" class="button small" onClick={onClose}>
          Close
        </button>
      </p>
      <Ends key={`to-${String(place)}`} title="Links to it" web={web} places={web.from[place] ?? []} all={inDegree} onSeek={onSeek} />
      <Ends key={`of-${String(place)}`} title="Links of it" web={web} places={web.to[place] ?? []} all={outDegree} onSeek={onSeek} />
    </section>
  );
}

interface EndsProps {
  title: string;
  web: Web;
  places: readonly number[];
  /** How many there are, drawn or not; redirects and canonical links, which are drawn as well, are not counted there. */
  all: number;
  onSeek: (place: number) => void;
}

/** Pages at the other ends of links, each of which can be gone to. */
function Ends({ title, web, places, all, onSeek }: EndsProps): JSX.Element {
  const [shown, setShown] = useState(STEP);
  useEffect(() => {
    setShown(STEP);
  }, [places]);
  return (
    <section>
      <h4>
        {title} <span class="tab-count">{count(Math.max(all, places.length))}</span>
      </h4>
      {places.length === 0 && <p class="hint">{all === 0 ? 'None.' : 'None of them is drawn.'}</p>}
      <ul class="graph-ends">
        {places.slice(0, shown).map((place) => {
          const node = web.nodes[place];
          return node === undefined ? null : (
            <li key={place}>
              <button
                type="button"
                class="row-open"
                onClick={() => {
                  onSeek(place);
                }}
              >
                <TargetText text={nameOf(node)} />
              </button>
            </li>
          );
        })}
      </ul>
      {places.length > shown && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            setShown(shown + STEP);
          }}
        >
          More of {count(places.length)}
        </button>
      )}
      {places.length > 0 && places.length < all && <p class="hint">{count(all - places.length)} more are not drawn.</p>}
    </section>
  );
}
