import { useEffect, useState } from 'preact/hooks';

/** Light or dark, or as the system has it. */
export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const NAME = 'pagewire.scheme';

function chosen(): Scheme {
  const name = localStorage.getItem(NAME);
  return SCHEMES.find((scheme) => scheme === name) ?? 'system';
}

/** The reader's choice, and how to change it; tokens.css knows what it means. */
export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, setScheme] = useState(chosen);
  useEffect(() => {
    localStorage.setItem(NAME, scheme);
    if (scheme === 'system') delete document.documentElement.dataset['scheme'];
    else document.documentElement.dataset['scheme'] = scheme;
  }, [scheme]);
  return [scheme, setScheme];
}
