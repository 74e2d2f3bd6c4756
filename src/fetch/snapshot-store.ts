import { LRUCache } from 'lru-cache';
import { FetchError } from './fetch-error.ts';
import { type Snapshot, weightOf } from './snapshot.ts';

/** Snapshots in memory: so many bytes of them, each for so long; the least recently used goes first. */
export class SnapshotStore {
  readonly #snapshots: LRUCache<string, Snapshot>;
  readonly #ttlS: number;

  constructor(maxBytes: number, ttlS: number) {
    this.#ttlS = ttlS;
    // A bound of 0 bytes means none to lru-cache; one byte holds nothing either.
    this.#snapshots = new LRUCache({ maxSize: Math.max(1, maxBytes), ttl: ttlS * 1000, sizeCalculation: weightOf });
  }

  /** Keeps a snapshot; one that is larger than the whole store is not kept. */
  keep(snapshot: Snapshot): void {
    this.#snapshots.set(snapshot.id, snapshot);
  }

  /**
   * A snapshot by its id.
   *
   * @throws FetchError `SNAPSHOT_NOT_FOUND`.
   */
  get(id: string): Snapshot {
    const snapshot = this.#snapshots.get(id);
    if (snapshot !== undefined) return snapshot;
    const detail = `no snapshot ${JSON.stringify(id)} is kept here: snapshots live ${String(this.#ttlS)} s, or less when memory is short; ask again with url=`;
    throw new FetchError('SNAPSHOT_NOT_FOUND', detail);
  }
}
