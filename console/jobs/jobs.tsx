import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Brand } from '../brand.tsx';
import { useKnown } from '../docs/known.ts';
import type { Known } from '../docs/part.ts';
import { LatePart } from '../late-part.tsx';
import { SchemeSwitch } from '../scheme-switch.tsx';
import { TargetText } from '../target-text.tsx';
import { BATCHES } from './batches.tsx';
import { CRAWLS } from './crawls.tsx';
import { DELIVERIES } from './deliveries.tsx';
import type { Kind } from './kind.ts';
import { type Place, usePlace } from './place.ts';
import { WATCHES } from './watches.tsx';

/** The kinds of jobs, in the order of their tabs. */
const KINDS: readonly Kind[] = [BATCHES, CRAWLS, WATCHES, DELIVERIES];

/** The whole page. */
export function Jobs(): JSX.Element {
  const place = usePlace();
  const known = useKnown();
  const main = useRef<HTMLElement>(null);
  const name = `${place.kind}/${place.id ?? ''}`;
  const before = useRef(name);
  useEffect(() => {
    document.title = `${titleOf(place)} · Pagewire`;
    if (before.current === name) return;
    before.current = name;
    scrollTo({ top: 0 });
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [name]);
  return (
    <div class="jobs-page">
      <header class="masthead docs-masthead">
        <Brand href="/" label="Pagewire, the console" />
        <nav class="elsewhere" aria-label="Elsewhere">
          <a href="/">Console</a>
          <a href="/docs">Endpoints</a>
          <a href="/graphql">Graph</a>
          <SchemeSwitch />
        </nav>
      </header>
      <nav class="jobs-kinds" aria-label="Kinds of jobs">
        {KINDS.map(({ kind, title }) => (
          <a key={kind} href={`#${kind}`} aria-current={kind === place.kind ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <main class="jobs-main" ref={main}>
        {known === null ? <p class="hint">Loading …</p> : <Shown place={place} known={known} />}
      </main>
    </div>
  );
}

function titleOf({ kind, id }: Place): string {
  const title = KINDS.find((one) => one.kind === kind)?.title ?? 'Not here';
  return id === null ? title : id === 'new' ? `New: ${title}` : `${id.slice(0, 8)} · ${title}`;
}

function Shown({ place: { kind, id }, known }: { place: Place; known: Known }): JSX.Element {
  const found = KINDS.find((one) => one.kind === kind);
  if (found === undefined) {
    return (
      <>
        <h1 tabIndex={-1}>Not here</h1>
        <p>
          There is no kind of jobs{' '}
          <code>
            <TargetText text={kind.slice(0, 100)} />
          </code>
          : above are those that there are.
        </p>
      </>
    );
  }
  if (id === null) return <found.List key={kind} known={known} />;
  const load = id === 'new' && found.form !== undefined ? found.form : found.one;
  return <LatePart key={`${kind}/${id}`} load={load} given={{ id, known }} />;
}
