import { useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { ask, type Failure, failureFrom } from '../server.ts';
import { addressOf } from './place.ts';
import { keepSecret } from './secrets.tsx';

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
      const begun = await ask<{ id: string; webhook?: Schemas['WebhookAnswer'] | null }>(
        { path: `/${kind}`, body },
        new AbortController().signal,
      );
      keepSecret(begun);
      location.hash = addressOf({ kind, id: begun.id });
    } catch (error) {
      setFailure(failureFrom(error));
    }
    setIsSending(false);
  };
  return { begin, isSending, failure };
}
