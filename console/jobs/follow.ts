import { useEffect, useRef, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { eventsOf } from '../events.ts';
import { ask, type Failure, failureFrom, send } from '../server.ts';

/** What all jobs say of themselves that have results. */
export type Job = Pick<
  Schemas['Batch'],
  | 'id'
  | 'state'
  | 'createdAt'
  | 'startedAt'
  | 'finishedAt'
  | 'expiresAt'
  | 'views'
  | 'concurrency'
  | 'perOriginDelayMs'
  | 'resultBytes'
  | 'webhook'
>;

/** What is kept of a result while all of them are looked at: its views, which may be large, are asked for when it is opened. */
export interface Row {
  /** Which it is in the order of arrival, from 0. */
  sequence: number;
  index: number;
  url: string;
  state: Schemas['CrawlResult']['state'];
  status: number | null;
  code: Schemas['Problem']['code'] | null;
  /** Milliseconds from the beginning of the job to when it came, as far as that is known. */
  atMs: number;
}

/** How jobs of a kind are read. */
export interface Reader<Result extends Facts, One extends Row> {
  /** As the path of the server has it, and the member of an answer about one. */
  kind: string;
  one: string;
  /** Members of a result that are read beside those of a row, and what is kept of them. */
  fields: readonly (keyof Result & string)[];
  rowOf: (row: Row, result: Result) => One;
}

/** A job as far as it is known here. */
export interface Followed<Of extends Job, One extends Row> {
  job: Of | null;
  /** In the order of arrival. It is the same list while it grows. */
  rows: readonly One[];
  /** How many of them there are: changes with each that comes. */
  known: number;
  failure: Failure | null;
  /** The connection was lost, and is tried again. */
  isLost: boolean;
}

const NOTHING = { job: null, rows: [], known: 0, failure: null, isLost: false };
const FIELDS = ['index', 'url', 'state', 'status', 'fetchedAt', 'problem.code'];
/** So many results are kept here: of more, the first. */
export const MOST_ROWS = 50_000;
/** Results that are asked for at a time. */
const PAGE = 2000;
/** Milliseconds between two drawings, and between two tries to come by a lost connection. */
const DRAW_MS = 80;
const AGAIN_MS = 1000;

/** What is read of each result. */
export type Facts = Pick<Row, 'index' | 'url' | 'state' | 'status'> & {
  fetchedAt: string | null;
  problem: { code: Schemas['Problem']['code'] } | null;
};

function rowOf({ index, url, state, status, fetchedAt, problem }: Facts, sequence: number, job: Job | null, before: Row | undefined): Row {
  // Those that were not retrieved have no time: they came between their neighbours.
  const at = fetchedAt === null ? 0 : Date.parse(fetchedAt) - Date.parse(job?.startedAt ?? job?.createdAt ?? fetchedAt);
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

/** Follows a job to its end: what is there first, then what comes. `round` is another where it is to be read anew; `reader` is the same each time. */
export function useJob<Of extends Job, Result extends Facts, One extends Row>(
  reader: Reader<Result, One>,
  id: string,
  round: number,
): Followed<Of, One> {
  const [followed, setFollowed] = useState<Followed<Of, One>>(NOTHING);
  const drawing = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const { kind, one, fields } = reader;
    const path = `/${kind}/${encodeURIComponent(id)}`;
    const now: Omit<Followed<Of, One>, 'rows'> & { rows: One[] } = { ...NOTHING, rows: [] };
    const draw = (change: Partial<Omit<Followed<Of, One>, 'rows' | 'known'>>): void => {
      Object.assign(now, change);
      drawing.current ??= setTimeout(() => {
        drawing.current = null;
        if (!signal.aborted) setFollowed({ ...now, known: now.rows.length });
      }, DRAW_MS);
    };
    const put = (result: Result): void => {
      now.rows.push(reader.rowOf(rowOf(result, now.rows.length, now.job, now.rows.at(-1)), result));
    };
    const isFull = (): boolean => now.rows.length >= MOST_ROWS;
    const readThose = async (): Promise<void> => {
      const wanted = ['total', one, ...[...FIELDS, ...fields].map((name) => `results.${name}`)].join();
      for (;;) {
        const query = { limit: Math.min(PAGE, MOST_ROWS - now.rows.length), offset: now.rows.length, fields: wanted };
        const page = await ask<Record<string, unknown>>({ path: `${path}/results`, query }, signal);
        const results = page['results'] as Result[];
        now.job = page[one] as Of;
        for (const result of results) put(result);
        draw({ job: now.job });
        if (results.length === 0 || isFull() || now.rows.length >= (page['total'] as number)) return;
      }
    };
    /** What comes, until the job has ended or the connection has, or there is no room here for more. */
    const readThoseThatCome = async (): Promise<void> => {
      const response = await send({ path: `${path}/events`, query: { after: now.rows.length }, accept: 'text/event-stream' }, signal);
      draw({ isLost: false });
      for await (const { event, data } of eventsOf(response)) {
        if (event === 'result') put(data as Result);
        else now.job = data as Of;
        draw({ job: now.job });
        if (isFull()) break;
      }
    };
    const readHowItStands = async (): Promise<void> => {
      await pause(signal);
      draw({ job: await ask<Of>({ path }, signal), isLost: false });
    };
    const isGoingOn = (): boolean => !signal.aborted && now.job?.finishedAt === null;
    const follow = async (): Promise<void> => {
      await readThose();
      while (isGoingOn()) {
        try {
          await (isFull() ? readHowItStands() : readThoseThatCome());
        } catch (error) {
          const failure = failureFrom(error);
          if (signal.aborted || failure.problem?.retryable === false) throw failure;
        }
        if (!isGoingOn()) return;
        if (isFull()) continue;
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
  }, [reader, id, round]);
  return followed;
}
