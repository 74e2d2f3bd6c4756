import type { JSX } from 'preact';

/** The colour of each word that says how something of watches and webhooks stands; others have none. */
const CLASSES: Readonly<Record<string, string>> = {
  active: 'good',
  paused: 'moved',
  baseline: 'info',
  changed: 'moved',
  failed: 'bad',
  delivered: 'good',
  pending: 'info',
  added: 'good',
  removed: 'bad',
};

/** How something stands, as a chip. */
export function Chip({ word }: { word: string }): JSX.Element {
  return <span class={`status ${CLASSES[word] ?? ''}`}>{word}</span>;
}
