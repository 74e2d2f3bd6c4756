import { useState } from 'preact/hooks';
import { ask, type Failure, failureFrom } from '../server.ts';
import { addressOf } from './place.ts';

/** Begins jobs of a kind by `POST`, and goes to the one that is begun. */
export interface Begin {
  begin: (body: object) => Promise<void>;
  isSending: boolean;
  /** Why the last was refused. */
  failure: Failure | null;
}

export function useBegin(kind: string): Begin {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const begin = async (body: object): Promise<void> => {
    setIsSending(true);
    setFailure(null);
    try {
      const { id } = await ask<{ id: string }>({ path: `/${kind}`, body }, new AbortController().signal);
      location.hash = addressOf({ kind, id });
    } catch (error) {
      setFailure(failureFrom(error));
    }
    setIsSending(false);
  };
  return { begin, isSending, failure };
}
