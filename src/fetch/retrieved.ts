import type { Snapshot } from './snapshot.ts';

/** How an answer came about. `age` in seconds, `freshUntil` in ISO 8601. */
export interface CacheFacts {
  status: 'miss' | 'hit' | 'revalidated' | 'bypass';
  coalesced: boolean;
  age: number | null;
  freshUntil: string | null;
}

/** A snapshot, and how it came about. */
export interface Retrieved {
  snapshot: Snapshot;
  cache: CacheFacts;
}
