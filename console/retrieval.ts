import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { parameters, writeParameters } from './address.ts';
import { askedOf, isUnsafe, membersOf, sharedParameters } from './asked.ts';
import type { Asked, FetchAnswer } from './contract.ts';
import { remember } from './history.ts';
import { ask, Failure, send } from './server.ts';

/** Where the one retrieval stands that all tabs are about. */
export type Retrieval =
  | { phase: 'idle'; asked: Asked }
  | { phase: 'running'; asked: Asked }
  | { phase: 'failed'; asked: Asked; failure: Failure }
  | { phase: 'done'; asked: Asked; answer: FetchAnswer };

/** What is kept beside an address in the browser's history, so that going back and reloading retrieve nothing. */
interface Kept {
  snapshot?: string;
}

/** The retrieval that the address names, how to start another, and how to end it early. */
export interface Retriever {
  retrieval: Retrieval;
  start: (asked: Asked) => void;
  cancel: () => void;
}

/** HTTP/1.0 is spoken by /wire alone: what it brought back is a snapshot as any other. */
async function retrieve(asked: Asked, signal: AbortSignal): Promise<FetchAnswer> {
  const { httpVersion, ...body } = membersOf(asked);
  if (httpVersion !== '1.0') return ask<FetchAnswer>({ path: '/fetch', body }, signal);
  const { headers } = await send({ path: '/wire', body: { ...body, httpVersion } }, signal);
  return keptAnswer(headers.get('Pagewire-Snapshot') ?? '', signal);
}

const keptAnswer = (id: string, signal: AbortSignal): Promise<FetchAnswer> =>
  ask<FetchAnswer>({ path: `/snapshots/${encodeURIComponent(id)}` }, signal);

const idOf = (asked: Asked): string => new URLSearchParams(sharedParameters(asked)).toString();

export function useRetrieval(): Retriever {
  const [retrieval, setRetrieval] = useState<Retrieval>({ phase: 'idle', asked: { url: '' } });
  const running = useRef<AbortController | null>(null);
  const present = useRef('');

  const run = useCallback((asked: Asked, kept?: string): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    present.current = idOf(asked);
    setRetrieval({ phase: 'running', asked });
    const { signal } = controller;
    const answering =
      kept === undefined
        ? retrieve(asked, signal)
        : keptAnswer(kept, signal).catch((error: unknown) => {
            if (error instanceof Failure && error.code === 'SNAPSHOT_NOT_FOUND' && !isUnsafe(asked)) return retrieve(asked, signal);
            throw error;
          });
    answering.then(
      (answer) => {
        if (signal.aborted) return;
        history.replaceState({ snapshot: answer.snapshot } satisfies Kept, '');
        remember({ url: asked.url, status: answer.status, at: answer.fetchedAt, address: idOf(asked) });
        setRetrieval({ phase: 'done', asked, answer });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        const failure = error instanceof Failure ? error : new Failure('The answer could not be read', String(error), null);
        setRetrieval({ phase: 'failed', asked, failure });
      },
    );
  }, []);

  const start = useCallback(
    (asked: Asked): void => {
      const tab = parameters().get('tab');
      const next = new URLSearchParams(sharedParameters(asked));
      if (tab !== null) next.set('tab', tab);
      present.current = idOf(asked);
      writeParameters(next, 'push', null);
      run(asked);
    },
    [run],
  );

  const cancel = useCallback((): void => {
    running.current?.abort();
    // What was asked stays where it was typed, to be asked otherwise; the address is that of the start.
    present.current = idOf({ url: '' });
    writeParameters(new URLSearchParams(), 'replace', null);
    setRetrieval(({ asked }) => ({ phase: 'idle', asked }));
  }, []);

  useEffect(() => {
    const follow = (): void => {
      const asked = askedOf(parameters());
      if (idOf(asked) === present.current) return;
      const { snapshot } = (history.state ?? {}) as Kept;
      present.current = idOf(asked);
      // A link that somebody sent is not to change anything by itself.
      if (asked.url !== '' && (snapshot !== undefined || !isUnsafe(asked))) run(asked, snapshot);
      else {
        running.current?.abort();
        setRetrieval({ phase: 'idle', asked });
      }
    };
    follow();
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('popstate', follow);
    };
  }, [run]);

  return { retrieval, start, cancel };
}
