import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Brand } from '../brand.tsx';
import { SchemeSwitch } from '../scheme-switch.tsx';
import { Failure } from '../server.ts';
import { TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { useKnown } from './known.ts';
import type { PartProps } from './part.ts';
import { type Place, SECTIONS, usePlace } from './place.ts';
import { Sidebar } from './sidebar.tsx';
import { StartPart } from './start.tsx';

/** The whole page. */
export function Docs(): JSX.Element {
  const place = usePlace();
  const known = useKnown();
  const [isOpen, setIsOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const title = titleOfPlace(place);
  const before = useRef(title);
  useEffect(() => {
    document.title = `${title} · Pagewire`;
    // A reader who goes elsewhere begins there at its top; who opens the page begins at the top of that.
    if (before.current === title) return;
    before.current = title;
    setIsOpen(false);
    scrollTo({ top: 0 });
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div class="docs-page">
      <header class="masthead docs-masthead">
        <Brand href="#start" />
        <nav class="elsewhere" aria-label="Elsewhere">
          <a href="/">Console</a>
          <a href="/jobs">Jobs</a>
          <a href="/graphql">Graph</a>
          <a href="/problems">Problems</a>
          <SchemeSwitch />
        </nav>
        <button
          type="button"
          class="button docs-menu"
          aria-expanded={isOpen}
          aria-controls="docs-side"
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          All endpoints
        </button>
      </header>
      <div class="docs-work">
        <div id="docs-side" class={isOpen ? 'docs-side-frame open' : 'docs-side-frame'}>
          <Sidebar
            place={place}
            onGo={() => {
              setIsOpen(false);
            }}
          />
        </div>
        <main class="docs-main" ref={main}>
          {known === null ? <p class="hint">Loading …</p> : <Part place={place} known={known} />}
        </main>
      </div>
    </div>
  );
}

function titleOfPlace(place: Place): string {
  if (place.kind === 'section') return SECTIONS.find(({ id }) => id === place.id)?.title ?? '';
  if (place.kind === 'nowhere') return 'Not here';
  return `${place.entry.path}: ${place.entry.title}`;
}

type View = ComponentType<PartProps>;

/** Parts are loaded when they are first looked at; the first steps are there at once. */
const PARTS: Readonly<Record<string, () => Promise<{ default: View }>>> = {
  endpoint: () => import('./endpoint-page.tsx'),
  graph: () => import('./graph.tsx'),
  limits: () => import('./limits.tsx'),
  standards: () => import('./standards.tsx'),
};

const loaded = new Map<string, View>([['start', StartPart]]);

function Part({ place, known }: PartProps): JSX.Element {
  const name = place.kind === 'section' ? place.id : place.kind;
  const [, setLoads] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const load = PARTS[name];
    setFailure(null);
    if (load === undefined || loaded.has(name)) return;
    load().then(
      ({ default: view }) => {
        loaded.set(name, view);
        setLoads((loads) => loads + 1);
      },
      () => {
        setFailure(
          new Failure('This part of the page did not come', 'The server may have been replaced by another version: reload the page.', null),
        );
      },
    );
  }, [name]);
  if (place.kind === 'nowhere') return <Nowhere text={place.text} />;
  const View = loaded.get(name);
  if (View !== undefined) return <View place={place} known={known} />;
  return failure === null ? <p class="hint">Loading …</p> : <Trouble failure={failure} />;
}

function Nowhere({ text }: { text: string }): JSX.Element {
  return (
    <article class="prose">
      <h1 tabIndex={-1}>Not here</h1>
      <p>
        There is no endpoint and no section{' '}
        <code>
          <TargetText text={text} />
        </code>
        . At the left is all that there is.
      </p>
    </article>
  );
}
