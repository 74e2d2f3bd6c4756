import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Choice, type ChoiceName, CHOICES } from './address-words.ts';
import { readable } from './server.ts';

/**
 * The state that a reader can share is in the fragment of the address: it names what they look at, and browsers do not send it
 * to any server.
 */
export function parameters(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

const CHANGED = 'pagewire:address';

/** Writes parameters into the address: as a new entry of the history, or in place of the present one. */
export function writeParameters(next: URLSearchParams, how: 'push' | 'replace', state: unknown = history.state): void {
  const hash = readable(next);
  const address = location.pathname + location.search + (hash === '' ? '' : `#${hash}`);
  if (how === 'push') history.pushState(state, '', address);
  else history.replaceState(state, '', address);
  dispatchEvent(new Event(CHANGED));
}

/** The parameters, followed as they change. */
export function useParameters(): URLSearchParams {
  const [now, setNow] = useState(parameters);
  useEffect(() => {
    const read = (): void => {
      setNow(parameters());
    };
    addEventListener(CHANGED, read);
    addEventListener('popstate', read);
    return () => {
      removeEventListener(CHANGED, read);
      removeEventListener('popstate', read);
    };
  }, []);
  return now;
}

/** One parameter, and how to change it; what equals `preset` is left out of the address. */
export function useParameter(name: string, preset = '', how: 'push' | 'replace' = 'replace'): [string, (value: string) => void] {
  const value = useParameters().get(name) ?? preset;
  const set = useCallback(
    (next: string): void => {
      const all = parameters();
      if (next === preset) all.delete(name);
      else all.set(name, next);
      writeParameters(all, how);
    },
    [name, preset, how],
  );
  return [value, set];
}

/** One that is a word of a list; what is none of them is as if nothing were said. */
export function useChoice<Name extends ChoiceName>(name: Name): [Choice<Name>, (value: Choice<Name>) => void] {
  const words: readonly Choice<Name>[] = CHOICES[name];
  const preset = CHOICES[name][0] as Choice<Name>;
  const [value, set] = useParameter(name, preset);
  return [words.find((word) => word === value) ?? preset, set];
}
