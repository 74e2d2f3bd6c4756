import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Schemas } from '../../contract.ts';
import { Downloads } from '../downloads.tsx';
import { count, plural } from '../../figures.ts';
import { TargetText } from '../../target-text.tsx';
import { Segments } from '../../tools.tsx';
import { Trouble } from '../../trouble.tsx';
import { useView } from '../../view.ts';
import { usePlaceValue } from '../place.ts';
import type { CrawlPartProps } from '../crawl-part.ts';
import { Chosen } from './chosen.tsx';
import { Drawn, MOST_EDGES, type Paint } from './drawn.ts';
import { foundIn, GROUPS, nameOf, type Node, type Telling, type Web, webOf } from './web.ts';

/** So many pages are drawn; of more, when that is asked for, those of the greatest rank. */
const MOST_DRAWN = 2000;

type Answer = Pick<Schemas['CrawlGraphAnswer'], 'total' | 'totalEdges' | 'nodes' | 'edges'>;

/** For programs that draw graphs, and others, by how their files end. */
const FORMATS = [
  ['GraphML', 'graphml'],
  ['Graphviz', 'dot'],
  ['CSV', 'csv'],
  ['JSON', 'json'],
] as const;

/** Who links to whom in a crawl, drawn. */
export default function GraphPart({ crawl }: CrawlPartProps): JSX.Element {
  const isLarge = crawl.counts.known > MOST_DRAWN;
  const [isWanted, setIsWanted] = useState(!isLarge);
  const [round, setRound] = useState(Date.now);
  const path = `/crawls/${encodeURIComponent(crawl.id)}/graph`;
  const { answer, failure, again, isLoading } = useView<Answer>(
    isWanted ? { path, query: { limit: MOST_DRAWN, fields: 'total,totalEdges,nodes,edges' } } : null,
    undefined,
    // What is answered of one that goes on is another each time.
    crawl.finishedAt === null ? round : 0,
  );
  if (!isWanted) {
    return (
      <section aria-labelledby="graph">
        <h2 id="graph">Graph</h2>
        <p>
          It has {plural(crawl.counts.known, 'page')}, of which a drawing would show no more than a cloud: <PagesLink /> is a table of all
          of them, and the files below are for programs that draw large graphs.
        </p>
        <p class="tools">
          <button
            type="button"
            class="button"
            onClick={() => {
              setIsWanted(true);
            }}
          >
            Draw the {count(MOST_DRAWN)} of the greatest PageRank
          </button>
          <GraphFiles path={path} id={crawl.id} />
        </p>
      </section>
    );
  }
  return (
    <section aria-labelledby="graph">
      <div class="tools jobs-tools">
        <h2 id="graph">Graph</h2>
        {crawl.finishedAt === null && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              setRound(Date.now());
            }}
          >
            Draw it as it stands now
          </button>
        )}
        <GraphFiles path={path} id={crawl.id} />
      </div>
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {answer === null && isLoading && <p class="hint">Reading …</p>}
      {answer !== null && failure === null && <Drawing answer={answer} />}
    </section>
  );
}

function GraphFiles({ path, id }: { path: string; id: string }): JSX.Element {
  return <Downloads request={{ path }} name={`crawl-${id.slice(0, 10)}`} formats={FORMATS} />;
}

/** Colours of the page, which its style says: canvases know no custom properties. */
function paintOf(frame: HTMLElement, telling: Telling): Paint {
  const colourOf = (name: string): string => {
    const swatch = frame.querySelector(`.swatch-${name}`);
    return swatch === null ? '' : getComputedStyle(swatch).color;
  };
  const { fontFamily } = getComputedStyle(frame);
  return {
    groups: GROUPS[telling].map(([name]) => colourOf(name)),
    ink: colourOf('ink'),
    paper: colourOf('paper'),
    line: colourOf('line'),
    sent: colourOf('sent'),
    came: colourOf('came'),
    font: `12px ${fontFamily}`,
  };
}

function Drawing({ answer }: { answer: Answer }): JSX.Element {
  const web = useMemo(() => webOf(answer), [answer]);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const [telling, setTelling] = useState<Telling>('state');
  const [state, setState] = useState({ scale: 100, progress: 0 });
  const [page, setPage] = usePlaceValue('page');
  const [text, setText] = useState('');
  const found = useMemo(() => foundIn(web, text), [web, text]);
  // The address has the number of the page in its crawl, whatever is drawn of that.
  const selected = (/^\d{1,9}$/.test(page) ? web.placeOf.get(Number(page)) : undefined) ?? null;
  const choose = useCallback(
    (place: number | null): void => {
      setPage(place === null ? '' : String(web.nodes[place]?.index ?? ''));
    },
    [web, setPage],
  );
  /** The next that is chosen goes to the middle: it was not pointed at. */
  const isSought = useRef(true);
  useEffect(() => {
    if (frame.current === null || canvas.current === null) return undefined;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Drawn(canvas.current, web, telling, paintOf(frame.current, telling), isStill, {
      onSelect: choose,
      onChange: (scale, progress) => {
        const next = { scale: Math.round(scale * 100), progress: progress < 1 ? Math.floor(progress * 50) / 50 : 1 };
        setState((before) => (before.scale === next.scale && before.progress === next.progress ? before : next));
      },
    });
    drawn.current = now;
    isSought.current = true;
    return () => {
      now.end();
    };
  }, [web, choose]);
  useEffect(() => {
    const paint = (): void => {
      if (frame.current !== null) drawn.current?.colour(telling, paintOf(frame.current, telling));
    };
    paint();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', paint);
    const observer = new MutationObserver(paint);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
    return () => {
      scheme.removeEventListener('change', paint);
      observer.disconnect();
    };
  }, [telling, web]);
  useEffect(() => {
    drawn.current?.select(selected, isSought.current);
    isSought.current = false;
  }, [selected, web]);
  useEffect(() => {
    drawn.current?.mark(found.all);
  }, [found]);
  const seek = (place: number): void => {
    if (place === selected) drawn.current?.select(place, true);
    isSought.current = place !== selected;
    choose(place);
  };
  const { nodes, edges } = web;
  const chosen = selected === null ? undefined : nodes[selected];
  const isWhole = answer.nodes.length === answer.total;
  return (
    <>
      <p class="hint">
        {isWhole
          ? `${plural(nodes.length, 'page')} and ${plural(edges.length / 2, 'link')} between them`
          : `The ${count(nodes.length)} of ${plural(answer.total, 'page')} that have the greatest PageRank, and ${plural(edges.length / 2, 'link')} between them`}
        {edges.length / 2 > MOST_EDGES &&
          `, of which one in ${count(Math.ceil(edges.length / 2 / MOST_EDGES))} is drawn: those of a page that is chosen are all`}
        . The larger, the greater its PageRank. As a table: <PagesLink />.
      </p>
      <div class="tools graph-tools">
        <Search web={web} text={text} onText={setText} found={found} onSeek={seek} />
        <Segments
          label="Colours tell"
          options={[
            ['state', 'State'],
            ['depth', 'Depth'],
          ]}
          value={telling}
          onChange={setTelling}
        />
        <span class="segments" role="group" aria-label="Zoom">
          <button type="button" aria-label="Smaller" onClick={() => drawn.current?.zoom(-1)}>
            −
          </button>
          <button type="button" aria-label="Larger" onClick={() => drawn.current?.zoom(1)}>
            +
          </button>
          <button type="button" onClick={() => drawn.current?.fit()}>
            All
          </button>
        </span>
        <output class="hint" aria-label="Scale">
          {state.scale} %
        </output>
      </div>
      <div class={selected === null ? 'graph' : 'graph chosen'} ref={frame}>
        <div class="graph-frame">
          <canvas
            ref={canvas}
            class="graph-canvas"
            tabIndex={0}
            role="application"
            aria-roledescription="graph"
            aria-label={`The graph of ${plural(nodes.length, 'page')}`}
            aria-describedby="graph-keys"
          />
          <ul class="graph-legend" aria-label="Colours">
            {GROUPS[telling].map(([name, title]) => (
              <li key={name}>
                <span class={`swatch swatch-${name}`} aria-hidden="true" /> {title}
              </li>
            ))}
            <li>
              <span class="swatch line swatch-came" aria-hidden="true" /> links to it
            </li>
            <li>
              <span class="swatch line swatch-sent" aria-hidden="true" /> links of it
            </li>
          </ul>
          {state.progress < 1 && (
            <progress class="graph-progress" aria-label="Laid out" value={state.progress} max={1}>
              {Math.round(state.progress * 100)} %
            </progress>
          )}
          <span hidden>
            {['ink', 'paper', 'line'].map((name) => (
              <span key={name} class={`swatch-${name}`} />
            ))}
          </span>
        </div>
        {selected !== null && (
          <Chosen
            web={web}
            place={selected}
            onSeek={seek}
            onClose={() => {
              choose(null);
              canvas.current?.focus();
            }}
          />
        )}
      </div>
      <p id="graph-keys" class="hint">
        Drag to move, a page to pull it; wheel or two fingers to zoom; a click chooses a page. By keys: arrows go to the next page in their
        direction, Home to the start, + and − zoom, 0 shows all, Escape chooses none.
      </p>
      <p class="aside" role="status">
        {chosen !== undefined && <Said node={chosen} />}
      </p>
      {page !== '' && selected === null && <p class="hint">The page of the address is not among those that are drawn.</p>}
    </>
  );
}

/** The page that is chosen, for those who do not see it. */
function Said({ node }: { node: Node }): JSX.Element {
  return (
    <>
      Chosen: <TargetText text={nameOf(node)} />, <TargetText text={node.url} />
    </>
  );
}

/** Where the same is as a table. */
export function PagesLink(): JSX.Element {
  const [name = ''] = location.hash.split('?');
  return <a href={`${name}?part=pages`}>Pages</a>;
}

interface SearchProps {
  web: Web;
  text: string;
  onText: (text: string) => void;
  found: { all: ReadonlySet<number>; first: readonly number[] };
  onSeek: (place: number) => void;
}

/** Finds pages by their title and URL; the first is chosen by Enter. */
function Search({ web, text, onText, found, onSeek }: SearchProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { first, all } = found;
  const chosen = first[Math.min(active, first.length - 1)];
  const isShown = isOpen && text.trim() !== '';
  const take = (place: number): void => {
    setIsOpen(false);
    onSeek(place);
  };
  return (
    <span class="graph-search">
      <input
        type="text"
        class="filter"
        role="combobox"
        aria-label="Find a page"
        aria-expanded={isShown && first.length > 0}
        aria-controls="graph-found"
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen !== undefined ? `graph-found-${String(chosen)}` : undefined}
        placeholder="title or URL"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => {
          setActive(0);
          setIsOpen(true);
          onText(currentTarget.value);
        }}
        onFocus={() => {
          setIsOpen(true);
        }}
        onBlur={() => {
          setIsOpen(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && chosen !== undefined) take(chosen);
          else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, first.length - 1));
          else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
          else if (event.key === 'Escape') {
            setIsOpen(false);
            onText('');
          } else return;
          event.preventDefault();
        }}
      />
      <ul id="graph-found" class="graph-found" role="listbox" aria-label="Found" hidden={!isShown || first.length === 0}>
        {first.map((place) => {
          const node = web.nodes[place];
          if (node === undefined) return null;
          return (
            <li
              key={place}
              id={`graph-found-${String(place)}`}
              role="option"
              aria-selected={place === chosen}
              // Before the field loses the focus, which closes the list.
              onMouseDown={(event) => {
                event.preventDefault();
                take(place);
              }}
            >
              <strong>
                <TargetText text={nameOf(node)} />
              </strong>
              <span class="mono clip">
                <TargetText text={node.url} />
              </span>
            </li>
          );
        })}
      </ul>
      {text.trim() !== '' && (
        <span class="hint" role="status">
          {all.size === 0 ? 'no page' : plural(all.size, 'page')}
        </span>
      )}
    </span>
  );
}
