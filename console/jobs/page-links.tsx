import type { JSX } from 'preact';
import { readable } from '../server.ts';
import { TargetText } from '../target-text.tsx';
import { addressOf } from './place.ts';

/** Where a URL can be looked at. */
export function InConsole({ url }: { url: string }): JSX.Element {
  return (
    <a class="button small" href={`/#${readable(new URLSearchParams({ url }))}`}>
      Open in the console
    </a>
  );
}

/** A page of a crawl, which leads to its place in the graph. */
export function PageLink({ id, index, url }: { id: string; index: number | null; url: string }): JSX.Element {
  if (index === null) return <TargetText text={url} />;
  return (
    <a href={addressOf({ kind: 'crawls', id, values: new URLSearchParams({ part: 'graph', page: String(index) }) })}>
      <TargetText text={url} />
    </a>
  );
}
