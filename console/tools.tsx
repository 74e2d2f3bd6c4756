import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** One of a few, side by side. */
export function Segments<Id extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly (readonly [id: Id, title: string])[];
  value: Id;
  onChange: (id: Id) => void;
}): JSX.Element {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map(([id, title]) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === value}
          onClick={() => {
            onChange(id);
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

/** How long somebody has stopped typing, in milliseconds, before it is acted upon. */
const PAUSE_MS = 200;

/** A text to filter by; `onChange` is told when the typing pauses. */
export function FilterInput({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
}): JSX.Element {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => {
      onChange(typed);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, value, onChange]);
  return (
    <input
      type="text"
      class="filter"
      aria-label={label}
      placeholder={placeholder}
      autocomplete="off"
      spellcheck={false}
      value={typed}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value);
      }}
    />
  );
}
