import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { membersOf, typedUrl } from './asked.ts';
import type { Asked } from './contract.ts';
import { type Change, Drawer } from './drawer.tsx';
import { remembered } from './history.ts';

interface UrlBarProps {
  /** What was asked last; what is typed begins with it. */
  asked: Asked;
  isRunning: boolean;
  onAsk: (asked: Asked) => void;
  onCancel: () => void;
}

/** Where a URL is typed, and all else that a request can say. */
export function UrlBar({ asked, isRunning, onAsk, onCancel }: UrlBarProps): JSX.Element {
  const [typed, setTyped] = useState(asked);
  const [drafts, setDrafts] = useState({ headers: '', cookies: '' });
  const [isOpen, setIsOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Fields, cookies and content that were typed stay, as no address has them.
    setTyped(({ headers, cookies, content }) => ({
      ...asked,
      ...membersOf({ url: asked.url, ...keptParts({ headers, cookies, content }) }),
    }));
  }, [asked]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
      if (event.key === 'Escape' && isRunning) onCancel();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [isRunning, onCancel]);
  const edit = (change: Change): void => {
    setTyped((now) => ({ ...(membersOf({ ...now, ...change } as Asked) as Asked), url: now.url }));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const url = typedUrl(typed.url);
    if (url === '') input.current?.focus();
    else onAsk({ ...typed, url });
  };
  const changes = Object.keys(membersOf(typed)).filter((name) => name !== 'url').length;
  return (
    <>
      <form class="ask" role="search" onSubmit={submit}>
        <button
          type="button"
          class="ask-options"
          aria-expanded={isOpen}
          aria-controls="drawer"
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {typed.method ?? 'GET'}
          {changes > 0 && (
            <span class="badge" title={`${String(changes)} said besides the URL`}>
              {changes}
            </span>
          )}
        </button>
        <input
          ref={input}
          class="ask-url"
          type="text"
          inputMode="url"
          aria-label="URL"
          placeholder="https://example.com/"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          list="asked-before"
          value={typed.url}
          onInput={({ currentTarget: { value } }) => {
            setTyped((now) => ({ ...now, url: value }));
          }}
        />
        <datalist id="asked-before">
          {[...new Set(remembered().map(({ url }) => url))].map((url) => (
            <option key={url} value={url} />
          ))}
        </datalist>
        {isRunning ? (
          <button type="button" class="button" onClick={onCancel}>
            Cancel
          </button>
        ) : (
          <button type="submit" class="button primary">
            Retrieve
          </button>
        )}
      </form>
      {isOpen && <Drawer asked={typed} edit={edit} drafts={drafts} setDrafts={setDrafts} />}
    </>
  );
}

function keptParts(parts: { [Name in 'headers' | 'cookies' | 'content']: Asked[Name] | undefined }): Partial<Asked> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
