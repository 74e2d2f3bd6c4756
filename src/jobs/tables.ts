import type { ColumnType, Generated } from 'kysely';

/** How a job stands. `failed` is one without a single result that is none. */
export type JobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

/** What was asked for, and what came of it so far. */
interface JobTable {
  id: string;
  /** Which worker does it, as `batch`. */
  kind: string;
  /** The key it belongs to; empty where there are no keys. */
  owner: string;
  /** Who asked, as its quota counts. */
  caller: string;
  state: JobState;
  created_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
  /** From then on it may be deleted; null of one that is not finished. */
  expires_at: Date | null;
  total: number;
  succeeded: Generated<number>;
  failed: Generated<number>;
  cancelled: Generated<number>;
  /** Bytes of its results. */
  bytes: Generated<number>;
  /** Retrievals at a time, in all processes. */
  concurrency: number;
  /** Milliseconds between the end of one retrieval of an origin and the beginning of the next. */
  delay_ms: number;
  /** What the worker of its kind is told, as JSON. */
  options: string;
}

/** What is still to be done. A result takes the place of its item: both are never there. */
interface ItemTable {
  job_id: string;
  index: number;
  url: string;
  origin: string;
}

/** What is to be done of one job at one origin. Those that are `queued` are in the queue, or are worked on: as many as the job may have retrievals. */
interface LaneTable {
  job_id: string;
  origin: string;
  /** Of its first item. */
  position: number;
  state: 'waiting' | 'queued';
  /** In the queue. */
  queue_id: string | null;
}

/** What came of an item. */
interface ResultTable {
  job_id: string;
  index: number;
  /** From 1, in the order in which they came, without a gap. */
  sequence: number;
  succeeded: boolean;
  bytes: number;
  /** JSON, as it is answered. */
  answer: string;
}

/** When an origin was last asked by a job. */
interface OriginTable {
  origin: string;
  asked_at: ColumnType<Date, Date | undefined, Date>;
}

/** The tables of ours; the queue's are its own. */
export interface Tables {
  job: JobTable;
  item: ItemTable;
  lane: LaneTable;
  result: ResultTable;
  origin: OriginTable;
}
