import { LRUCache } from 'lru-cache';
import { FetchError } from './fetch-error.ts';
import { type Snapshot, weightOf } from './snapshot.ts';

/** Snapshots in memory: so many bytes of them, each for so long; the least recently used goes first. */
export class SnapshotStore {
  readonly #snapshots: LRUCache<string, Snapshot>;
  readonly #ttlS: number;

  /** @param forgotten - is told the id of each snapshot that is no longer kept */
  constructor(maxBytes: number, ttlS: number, forgotten: (id: string) => void = () => undefined) {
    this.#ttlS = ttlS;
    this.#snapshots = new LRUCache({
      // A bound of 0 bytes means none to lru-cache; one byte holds nothing either.
      maxSize: Math.max(1, maxBytes),
      ttl: ttlS * 1000,
      sizeCalculation: weightOf,
      dispose: (_snapshot, id) => {
        forgotten(id);
      },
    });
  }

  /** Bytes that the snapshots take. */
  get bytes(): number {
    return this.#snapshots.calculatedSize;
  }

  /** How many snapshots there are. */
  get entries(): number {
    return this.#snapshots.size;
  }

  /** Keeps a snapshot, or keeps it for as long again. False for one that is larger than the whole store: it is not kept. */
  keep(snapshot: Snapshot): boolean {
    this.#snapshots.set(snapshot.id, snapshot);
    return this.#snapshots.has(snapshot.id);
  }

  /** Lets go of what has expired: until then it is only not found. */
  purge(): void {
    this.#snapshots.purgeStale();
  }

  /** A snapshot by its id, or null. */
  find(id: string): Snapshot | null {
    return this.#snapshots.get(id) ?? null;
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
