import { useEffect, useState } from 'preact/hooks';

/** Light or dark, or as the system has it. */
export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const NAME = 'pagewire.scheme';

/** What the reader has chosen. */
export function chosenScheme(): Scheme {
  const name = localStorage.getItem(NAME);
  return SCHEMES.find((scheme) => scheme === name) ?? 'system';
}

/** Shows the page in a scheme; tokens.css knows what it means. */
export function showScheme(scheme: Scheme): void {
  if (scheme === 'system') delete document.documentElement.dataset['scheme'];
  else document.documentElement.dataset['scheme'] = scheme;
}

/** The reader's choice, and how to change it. */
export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, setScheme] = useState(chosenScheme);
  useEffect(() => {
    localStorage.setItem(NAME, scheme);
    showScheme(scheme);
  }, [scheme]);
  return [scheme, setScheme];
}
