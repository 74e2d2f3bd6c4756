import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../contract.ts';
import { type ApiRequest, Failure, reach } from '../server.ts';

/** An answer as it came. */
export interface Answered {
  status: number;
  statusText: string;
  /** Milliseconds until all of it was here. */
  ms: number;
  headers: (readonly [name: string, value: string])[];
  /** Without its parameters. */
  mediaType: string;
  content: Blob;
  /** Where it is one. */
  problem: Problem | null;
}

/** Where a request that a reader tries stands. */
export type Run =
  | { phase: 'idle' }
  | { phase: 'running' }
  | { phase: 'answered'; answered: Answered }
  /** The server was not reached. */
  | { phase: 'failed'; failure: Failure };

/** The latest snapshot that an answer of this tab has named: endpoints about snapshots begin with it. */
let latest = '';
export const latestSnapshot = (): string => latest;

/** Sends a request, and gives its answer whatever its status is. @throws Failure where the server was not reached. */
export async function answerOf(request: ApiRequest, signal: AbortSignal): Promise<Answered> {
  const began = performance.now();
  const response = await reach(request, signal);
  let content: Blob;
  try {
    content = await response.blob();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Failure('The answer was cut short', 'The connection to this server ended before all of it had come.', null);
  }
  const ms = performance.now() - began;
  const mediaType = (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  latest = response.headers.get('Link')?.match(/<[^>]*\/snapshots\/([\w-]+)>/)?.[1] ?? latest;
  return {
    status: response.status,
    statusText: response.statusText,
    ms,
    headers: [...response.headers],
    mediaType,
    content,
    problem: mediaType === 'application/problem+json' ? (JSON.parse(await content.text()) as Problem) : null,
  };
}

/** Runs a request, one at a time. */
export function useRun(): { run: Run; start: (request: ApiRequest) => void; cancel: () => void } {
  const [run, setRun] = useState<Run>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  const start = useCallback((request: ApiRequest): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setRun({ phase: 'running' });
    answerOf(request, controller.signal).then(
      (answered) => {
        if (!controller.signal.aborted) setRun({ phase: 'answered', answered });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setRun({
          phase: 'failed',
          failure: error instanceof Failure ? error : new Failure('The answer could not be read', String(error), null),
        });
      },
    );
  }, []);
  const cancel = useCallback((): void => {
    running.current?.abort();
    setRun({ phase: 'idle' });
  }, []);
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );
  return { run, start, cancel };
}
