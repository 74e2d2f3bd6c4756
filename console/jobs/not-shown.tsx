import type { JSX } from 'preact';
import type { Failure } from '../server.ts';
import { Trouble } from '../trouble.tsx';

/** In place of what cannot be shown: why, and the way to all of its kind. */
export function NotShown({
  title,
  kind,
  failure,
  onRetry,
}: {
  title: string;
  kind: string;
  failure: Failure;
  onRetry: () => void;
}): JSX.Element {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <Trouble failure={failure} onRetry={onRetry}>
        <p>
          <a href={`#${kind}`}>All {kind}</a>
        </p>
      </Trouble>
    </>
  );
}
