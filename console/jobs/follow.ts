import { useEffect, useRef, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { eventsOf } from '../events.ts';
import { ask, type Failure, failureFrom, send } from '../server.ts';

type Batch = Schemas['Batch'];
type Result = Schemas['BatchResult'];

/** What is kept of a result while all of them are looked at: its views, which may be large, are asked for when it is opened. */
export interface Row {
  /** Which it is in the order of arrival, from 0. */
  sequence: number;
  index: number;
  url: string;
  state: Result['state'];
  status: number | null;
  code: Schemas['Problem']['code'] | null;
  /** Milliseconds from the beginning of the batch to when it came, as far as that is known. */
  atMs: number;
}

/** A batch as far as it is known here. */
export interface Followed {
  batch: Batch | null;
  /** In the order of arrival. It is the same list while it grows. */
  rows: readonly Row[];
  /** How many of them there are: changes with each that comes. */
  known: number;
  failure: Failure | null;
  /** The connection was lost, and is tried again. */
  isLost: boolean;
}

const NOTHING: Followed = { batch: null, rows: [], known: 0, failure: null, isLost: false };
const FIELDS = 'total,batch,results.index,results.url,results.state,results.status,results.fetchedAt,results.problem.code';
/** Results that are asked for at a time. */
const PAGE = 2000;
/** Milliseconds between two drawings, and between two tries to come by a lost connection. */
const DRAW_MS = 80;
const AGAIN_MS = 1000;

type Facts = Pick<Result, 'index' | 'url' | 'state' | 'status' | 'fetchedAt'> & { problem: Pick<Schemas['Problem'], 'code'> | null };

function rowOf(
  { index, url, state, status, fetchedAt, problem }: Facts,
  sequence: number,
  batch: Batch | null,
  before: Row | undefined,
): Row {
  // Those that were not retrieved have no time: they came between their neighbours.
  const at = fetchedAt === null ? 0 : Date.parse(fetchedAt) - Date.parse(batch?.startedAt ?? batch?.createdAt ?? fetchedAt);
  return { sequence, index, url, state, status, code: problem?.code ?? null, atMs: Math.max(at, before?.atMs ?? 0) };
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, AGAIN_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Follows a batch to its end: what is there first, then what comes. `round` is another where it is to be read anew. */
export function useBatch(id: string, round: number): Followed {
  const [followed, setFollowed] = useState(NOTHING);
  const drawing = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const now: { -readonly [Name in keyof Followed]: Followed[Name] } & { rows: Row[] } = { ...NOTHING, rows: [] };
    const draw = (change: Partial<Omit<Followed, 'rows' | 'known'>>): void => {
      Object.assign(now, change);
      drawing.current ??= setTimeout(() => {
        drawing.current = null;
        if (!signal.aborted) setFollowed({ ...now, known: now.rows.length });
      }, DRAW_MS);
    };
    const put = (facts: Facts): void => {
      now.rows.push(rowOf(facts, now.rows.length, now.batch, now.rows.at(-1)));
    };
    const readThose = async (): Promise<void> => {
      for (;;) {
        const query = { limit: PAGE, offset: now.rows.length, fields: FIELDS };
        const page = await ask<Schemas['BatchResultsAnswer']>({ path: `/batches/${encodeURIComponent(id)}/results`, query }, signal);
        now.batch = page.batch;
        for (const result of page.results) put(result);
        draw({ batch: page.batch });
        if (page.results.length === 0 || now.rows.length >= page.total) return;
      }
    };
    /** What comes, until the batch has ended or the connection has. */
    const readThoseThatCome = async (): Promise<void> => {
      const path = `/batches/${encodeURIComponent(id)}/events`;
      const response = await send({ path, query: { after: now.rows.length }, accept: 'text/event-stream' }, signal);
      draw({ isLost: false });
      for await (const { event, data } of eventsOf(response)) {
        if (event === 'result') put(data as Facts);
        else now.batch = data as Batch;
        draw({ batch: now.batch });
      }
    };
    const isGoingOn = (): boolean => !signal.aborted && now.batch?.finishedAt === null;
    const follow = async (): Promise<void> => {
      await readThose();
      while (isGoingOn()) {
        try {
          await readThoseThatCome();
        } catch (error) {
          const failure = failureFrom(error);
          if (signal.aborted || failure.problem?.retryable === false) throw failure;
        }
        if (!isGoingOn()) return;
        draw({ isLost: true });
        await pause(signal);
      }
    };
    setFollowed(NOTHING);
    follow().catch((error: unknown) => {
      if (!signal.aborted) draw({ failure: failureFrom(error), isLost: false });
    });
    return () => {
      controller.abort();
      if (drawing.current !== null) clearTimeout(drawing.current);
      drawing.current = null;
    };
  }, [id, round]);
  return followed;
}
