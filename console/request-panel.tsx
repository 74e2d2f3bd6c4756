import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Asked } from './contract.ts';
import { CopyButton } from './copy-button.tsx';
import { apiKey } from './server.ts';
import { chosenLanguage, type Language, LANGUAGES, rememberLanguage, snippet } from './snippets.ts';
import type { Shown } from './view.ts';

/** The request that gives what the tab above shows: a line of it, and all of it when it is opened. */
export function RequestPanel({ asked, shown }: { asked: Asked; shown: Shown }): JSX.Element {
  const [language, setLanguage] = useState(chosenLanguage);
  const [isOpen, setIsOpen] = useState(false);
  const text = snippet(language, asked, shown, { origin: location.origin, hasKey: apiKey.get() !== null });
  const choose = (next: Language): void => {
    setLanguage(next);
    rememberLanguage(next);
    setIsOpen(true);
  };
  return (
    <section class={`request-panel${isOpen ? ' open' : ''}`} aria-label="The request that gives this">
      <div class="request-head">
        <button
          type="button"
          class="disclosure"
          aria-expanded={isOpen}
          aria-controls="request-text"
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          The request that gives this
        </button>
        <div class="segments" role="group" aria-label="Language">
          {LANGUAGES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === language}
              onClick={() => {
                choose(name);
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <CopyButton text={() => text} />
      </div>
      <pre id="request-text" class="request-text" tabIndex={0} aria-label={`As ${language}`}>
        {isOpen ? text : text.replaceAll(/\s*\\?\n\s*/g, ' ')}
      </pre>
    </section>
  );
}
