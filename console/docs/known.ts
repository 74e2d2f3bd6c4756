import { useEffect, useState } from 'preact/hooks';
import { ask, Failure } from '../server.ts';
import type { Known } from './part.ts';

/** What is in force on this server, asked once a page; null before it is known. */
export function useKnown(): Known | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    ask<NonNullable<Known['limits']>>({ path: '/limits' }, controller.signal).then(
      (limits) => {
        setKnown({ limits, failure: null });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setKnown({
          limits: null,
          failure: error instanceof Failure ? error : new Failure('The limits could not be read', String(error), null),
        });
      },
    );
    return () => {
      controller.abort();
    };
  }, []);
  return known;
}
