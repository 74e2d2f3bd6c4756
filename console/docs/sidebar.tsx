import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CONTENTS } from './contents.ts';
import { addressOfEntry, type Place, SECTIONS } from './place.ts';
import type { Found } from './search.ts';

/** All that there is, and a field to find it by. */
export function Sidebar({ place, onGo }: { place: Place; onGo: () => void }): JSX.Element {
  const [query, setQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const links = [...(nav.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    if (event.key === 'Escape' && query !== '') {
      event.preventDefault();
      setQuery('');
      input.current?.focus();
    } else if (event.key === 'Enter' && event.target === input.current) {
      event.preventDefault();
      if (query !== '') links[0]?.click();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = links.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
      if (next < 0) input.current?.focus();
      else links[Math.min(next, links.length - 1)]?.focus();
    }
  };
  const go = (): void => {
    setQuery('');
    onGo();
  };
  return (
    <div class="docs-side" onKeyDown={onKeyDown}>
      <div class="docs-search" role="search">
        <input
          ref={input}
          type="search"
          aria-label="Search endpoints, parameters and problems"
          placeholder="Search"
          autocomplete="off"
          spellcheck={false}
          value={query}
          onInput={({ currentTarget }) => {
            setQuery(currentTarget.value);
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <nav ref={nav} aria-label="Documentation">
        {query.trim() === '' ? <All place={place} onGo={go} /> : <FoundList query={query} onGo={go} />}
        <p class="hint docs-version">Pagewire {CONTENTS.version}</p>
      </nav>
    </div>
  );
}

function All({ place, onGo }: { place: Place; onGo: () => void }): JSX.Element {
  return (
    <>
      <ul>
        {SECTIONS.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={place.kind === 'section' && place.id === id ? 'page' : undefined} onClick={onGo}>
              {title}
            </a>
          </li>
        ))}
        <li>
          <a href="/problems">Problem types</a>
        </li>
      </ul>
      {CONTENTS.groups.map(({ name, description, endpoints }) => (
        <section key={name} aria-label={name}>
          <h2 title={description}>{name}</h2>
          <ul>
            {endpoints.map((entry) => (
              <li key={entry.path}>
                <a
                  class="docs-path"
                  href={addressOfEntry(entry)}
                  title={entry.title}
                  aria-current={place.kind === 'endpoint' && place.entry === entry ? 'page' : undefined}
                  onClick={onGo}
                >
                  <code>{entry.path}</code>
                  {!entry.methods.includes('GET') && <span class="method">POST</span>}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function FoundList({ query, onGo }: { query: string; onGo: () => void }): JSX.Element {
  const search = useSearch();
  if (search === null) return <p class="hint">Reading …</p>;
  const found = search(query);
  return (
    <>
      <p class="hint" role="status">
        {found.length === 0 ? 'Nothing has all of these words.' : `${found.length} found`}
      </p>
      <ul class="docs-found">
        {found.map(({ kind, name, words, href }) => (
          <li key={kind + name + words}>
            <a href={href} onClick={onGo}>
              <code>{name}</code> <span class="tree-type">{kind}</span>
              <span class="docs-found-words">{words}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

type Search = (query: string) => Found[];

let kept: Search | null = null;

/** What finds things: read, with the contract, when somebody first looks for one. */
function useSearch(): Search | null {
  const [, setReads] = useState(0);
  useEffect(() => {
    if (kept !== null) return;
    void import('./search.ts').then(({ search }) => {
      kept = search;
      setReads((reads) => reads + 1);
    });
  }, []);
  return kept;
}
