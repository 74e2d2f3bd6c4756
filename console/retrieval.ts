import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { parameters, writeParameters } from './address.ts';
import { askedOf, isUnsafe, membersOf, sharedParameters } from './asked.ts';
import type { Asked, FetchAnswer, Problem } from './contract.ts';
import { eventsOf } from './events.ts';
import { remember } from './history.ts';
import { type Live, NOT_BEGUN, type Progress, withProgress } from './live.ts';
import { ask, brokenOff, Failure, failureFrom, problemFailure, send } from './server.ts';
import { VARIANT } from './variants.ts';

/** Where the one retrieval stands that all tabs are about. */
export type Retrieval =
  | { phase: 'idle'; asked: Asked }
  /** An address asks for what may change something at the target: nothing was sent, and the reader is asked. */
  | { phase: 'held'; asked: Asked }
  | { phase: 'running'; asked: Asked; live: Live }
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

const EVENTS = 'text/event-stream';

/** HTTP/1.0 is spoken by /wire alone: what it brought back is a snapshot as any other. How the others go is told meanwhile. */
async function retrieve(asked: Asked, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<FetchAnswer> {
  const { httpVersion, ...body } = membersOf(asked);
  if (httpVersion !== '1.0') {
    const response = await send({ path: '/fetch', body, accept: EVENTS }, signal);
    return answerOf(response, onProgress);
  }
  const { headers } = await send({ path: '/wire', body: { ...body, httpVersion } }, signal);
  return keptAnswer(headers.get('Pagewire-Snapshot') ?? '', signal);
}

async function answerOf(response: Response, onProgress: (progress: Progress) => void): Promise<FetchAnswer> {
  for await (const { event, data } of eventsOf(response)) {
    if (event === 'progress') onProgress(data as Progress);
    if (event === 'answer') return data as FetchAnswer;
    if (event === 'problem') throw problemFailure(data as Problem);
  }
  throw brokenOff();
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
    setRetrieval({ phase: 'running', asked, live: NOT_BEGUN });
    const { signal } = controller;
    const onProgress = (progress: Progress): void => {
      if (signal.aborted) return;
      setRetrieval((now) => (now.phase === 'running' ? { ...now, live: withProgress(now.live, progress) } : now));
    };
    const answering =
      kept === undefined
        ? retrieve(asked, signal, onProgress)
        : keptAnswer(kept, signal).catch((error: unknown) => {
            if (error instanceof Failure && error.code === 'SNAPSHOT_NOT_FOUND' && !isUnsafe(asked))
              return retrieve(asked, signal, onProgress);
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
        const failure = failureFrom(error);
        const isForgotten = kept !== undefined && failure.code === 'SNAPSHOT_NOT_FOUND';
        setRetrieval(isForgotten ? { phase: 'held', asked } : { phase: 'failed', asked, failure });
      },
    );
  }, []);

  const start = useCallback(
    (asked: Asked): void => {
      const before = parameters();
      const tab = before.get('tab');
      const next = new URLSearchParams(sharedParameters(asked));
      if (tab !== null) next.set('tab', tab);
      // Who compares asks the same of another URL.
      if (tab === 'compare') for (const variant of before.getAll(VARIANT)) next.append(VARIANT, variant);
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
        setRetrieval({ phase: asked.url === '' ? 'idle' : 'held', asked });
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
