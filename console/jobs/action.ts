import { useState } from 'preact/hooks';
import { type ApiRequest, ask, type Failure, failureFrom } from '../server.ts';

/** Something that is done by a click: one at a time. */
export interface Action {
  /** Says what was answered; null where it failed. */
  act: <Answer>(request: ApiRequest) => Promise<Answer | null>;
  isActing: boolean;
  failure: Failure | null;
}

export function useAction(): Action {
  const [isActing, setIsActing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const act = async <Answer>(request: ApiRequest): Promise<Answer | null> => {
    setIsActing(true);
    setFailure(null);
    try {
      return await ask<Answer>(request, new AbortController().signal);
    } catch (error) {
      setFailure(failureFrom(error));
      return null;
    } finally {
      setIsActing(false);
    }
  };
  return { act, isActing, failure };
}
