import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { count } from '../figures.ts';
import { marked } from '../target-text.tsx';

/** So many members are shown at first, and as many more with each click; so much of a text. */
const STEP = 100;
const MOST_SHOWN = 2000;

/** A JSON value as a tree: what is within is made when it is looked at, however deep and however long it is. */
export function JsonTree({ name, value, isOpen = false }: { name: string; value: unknown; isOpen?: boolean }): JSX.Element {
  const [open, setOpen] = useState(isOpen);
  const [shown, setShown] = useState(STEP);
  if (typeof value !== 'object' || value === null) {
    return (
      <p class="json-line">
        <Name name={name} /> <Plain value={value} />
      </p>
    );
  }
  const members = Object.keys(value);
  const isList = Array.isArray(value);
  if (members.length === 0) {
    return (
      <p class="json-line">
        <Name name={name} /> <span class="hint">{isList ? '[]' : '{}'}</span>
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        class="json-line disclosure"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Name name={name} /> <span class="hint">{isList ? `[${count(members.length)}]` : `{${count(members.length)}}`}</span>
      </button>
      {open && (
        <ul class="json-members">
          {members.slice(0, shown).map((member) => (
            <li key={member}>
              <JsonTree name={member} value={(value as Record<string, unknown>)[member]} />
            </li>
          ))}
          {members.length > shown && (
            <li>
              <button
                type="button"
                class="button small"
                onClick={() => {
                  setShown(shown + STEP);
                }}
              >
                {count(Math.min(STEP, members.length - shown))} more of {count(members.length)}
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function Name({ name }: { name: string }): JSX.Element {
  return (
    <code class="json-name">
      <bdi>{marked(name)}</bdi>
    </code>
  );
}

function Plain({ value }: { value: unknown }): JSX.Element {
  if (typeof value !== 'string') return <code class="json-number">{String(value)}</code>;
  const more = value.length - MOST_SHOWN;
  return (
    <code class="json-string">
      <bdi>{marked(JSON.stringify(value.slice(0, MOST_SHOWN)))}</bdi>
      {more > 0 && <span class="wire-mark"> … {count(more)} more characters</span>}
    </code>
  );
}
