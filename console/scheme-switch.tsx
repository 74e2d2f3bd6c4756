import type { JSX } from 'preact';
import { SCHEMES, useScheme } from './scheme.ts';

/** Goes from one scheme to the next. */
export function SchemeSwitch(): JSX.Element {
  const [scheme, setScheme] = useScheme();
  const next = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? 'system';
  return (
    <button
      type="button"
      class="scheme"
      aria-label={`Colours: ${scheme}. Change to ${next}`}
      onClick={() => {
        setScheme(next);
      }}
    >
      {{ system: '◐', light: '○', dark: '●' }[scheme]}
    </button>
  );
}
