import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Brand } from '../brand.tsx';
import { type Late, LatePart } from '../late-part.tsx';
import { SchemeSwitch } from '../scheme-switch.tsx';
import { TargetText } from '../target-text.tsx';
import { useKnown } from './known.ts';
import type { PartProps } from './part.ts';
import { type Place, type SectionId, SECTIONS, usePlace } from './place.ts';
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

/** Parts are loaded when they are first looked at; the first steps are there at once. */
const PARTS: Readonly<Record<'endpoint' | Exclude<SectionId, 'start'>, Late<PartProps>>> = {
  endpoint: () => import('./endpoint-page.tsx'),
  graph: () => import('./graph.tsx'),
  limits: () => import('./limits.tsx'),
  standards: () => import('./standards.tsx'),
};

function Part({ place, known }: PartProps): JSX.Element {
  if (place.kind === 'nowhere') return <Nowhere text={place.text} />;
  const name = place.kind === 'section' ? place.id : place.kind;
  return name === 'start' ? <StartPart place={place} known={known} /> : <LatePart key={name} load={PARTS[name]} given={{ place, known }} />;
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
