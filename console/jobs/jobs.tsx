import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Brand } from '../brand.tsx';
import { useKnown } from '../docs/known.ts';
import type { Known } from '../docs/part.ts';
import { SchemeSwitch } from '../scheme-switch.tsx';
import { Failure } from '../server.ts';
import { TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { BatchList } from './batch-list.tsx';
import { type Place, usePlace } from './place.ts';

/** What each part of the page is given. */
export interface PartProps {
  id: string;
  known: Known;
}

/** The kinds of jobs, each with its list. */
const KINDS: readonly { kind: string; title: string; List: ComponentType<{ known: Known }> }[] = [
  { kind: 'batches', title: 'Batches', List: BatchList },
];

/** Parts that are loaded when they are first looked at, by kind and by what of it they show. */
const PARTS: Readonly<Record<string, () => Promise<{ default: ComponentType<PartProps> }>>> = {
  'batches/new': () => import('./batch-form.tsx'),
  'batches/one': () => import('./batch-page.tsx'),
};

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
      {KINDS.length > 1 && (
        <nav class="jobs-kinds" aria-label="Kinds of jobs">
          {KINDS.map(({ kind, title }) => (
            <a key={kind} href={`#${kind}`} aria-current={kind === place.kind ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      )}
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
          : there are <a href="#batches">batches</a>.
        </p>
      </>
    );
  }
  if (id === null) return <found.List known={known} />;
  return <Part key={`${kind}/${id}`} name={`${kind}/${id === 'new' ? id : 'one'}`} id={id} known={known} />;
}

const loaded = new Map<string, ComponentType<PartProps>>();

function Part({ name, id, known }: PartProps & { name: string }): JSX.Element {
  const [, setLoads] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const load = PARTS[name];
    if (load === undefined || loaded.has(name)) return;
    load().then(
      ({ default: view }) => {
        loaded.set(name, view);
        setLoads((loads) => loads + 1);
      },
      () => {
        const words = 'The server may have been replaced by another version: reload the page.';
        setFailure(new Failure('This part of the page did not come', words, null));
      },
    );
  }, [name]);
  const View = loaded.get(name);
  if (View !== undefined) return <View id={id} known={known} />;
  return failure === null ? <p class="hint">Loading …</p> : <Trouble failure={failure} />;
}
