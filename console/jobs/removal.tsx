import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask, type Failure, failureFrom } from '../server.ts';
import { Trouble } from '../trouble.tsx';

interface RemovalProps {
  kind: string;
  id: string;
  /** It goes on: then it is cancelled and stays. */
  isGoingOn: boolean;
  /** What goes with it. */
  words?: string;
  onCancelled: () => void;
}

/** Ends a job that goes on; deletes one that has ended, once that was said twice. */
export function Removal({ kind, id, isGoingOn, words = 'Delete it, with all its results', onCancelled }: RemovalProps): JSX.Element {
  const [isSure, setIsSure] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const remove = async (): Promise<void> => {
    if (!isGoingOn && !isSure) {
      setIsSure(true);
      return;
    }
    try {
      const { done } = await ask<{ done?: 'cancelled' | 'deleted' }>(
        { path: `/${kind}/${encodeURIComponent(id)}`, method: 'DELETE' },
        new AbortController().signal,
      );
      if (done === 'cancelled') onCancelled();
      else location.hash = `#${kind}`;
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void remove()}>
        {isGoingOn ? 'Cancel' : isSure ? words : 'Delete'}
      </button>
      {failure !== null && <Trouble failure={failure} />}
    </>
  );
}
