import { Slots } from '../tasks/slots.ts';
import type { Colleagues } from '../workers/colleagues.ts';
import { type PackedSnapshot, packSnapshot, unpackSnapshot } from './packed-snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { holderOf } from './snapshot-id.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** Snapshots that are on their way here at a time: each may be as large as content may be, and is held twice meanwhile. */
const MAX_COMING = 4;
/** Those who may wait for one. */
const MAX_WAITING = 128;
/** Milliseconds that one may wait. */
const MAX_WAIT_MS = 5000;

/** A snapshot between two processes. */
interface Parcel {
  packed: PackedSnapshot;
  bytes: Uint8Array;
}

/** Snapshots that other processes of this server keep, found by what their ids say. What comes from there is not kept here. */
export class KeptElsewhere {
  readonly #colleagues: Colleagues;
  readonly #slots = new Slots({
    concurrent: MAX_COMING,
    perOrigin: MAX_COMING,
    queue: MAX_WAITING,
    maxWaitMs: MAX_WAIT_MS,
    what: 'snapshots of other processes',
  });

  /** @param store - what this process keeps, for others to find */
  constructor(colleagues: Colleagues, store: SnapshotStore) {
    this.#colleagues = colleagues;
    colleagues.onAsked('snapshot', (id) => {
      const snapshot = typeof id === 'string' ? store.find(id) : null;
      if (snapshot === null) return null;
      const { packed, bytes } = packSnapshot(snapshot);
      return { packed, bytes: Buffer.concat(bytes) } satisfies Parcel;
    });
  }

  /**
   * A snapshot by its id; null where no other process has it, or none that still runs.
   *
   * @throws ProblemError `OVERLOADED` when too many are on their way already; the signal's reason once that is aborted
   */
  async find(id: string, caller: string, signal: AbortSignal | null): Promise<Snapshot | null> {
    const { own } = this.#colleagues;
    const holder = holderOf(id);
    if (own === null || holder === null || holder === own) return null;
    const leave = await this.#slots.enter({ caller, origin: '' }, signal);
    try {
      const [parcel] = (await this.#colleagues.ask('snapshot', id, holder)) as Parcel[];
      if (parcel === undefined) return null;
      const { buffer, byteOffset, byteLength } = parcel.bytes;
      return Object.freeze(unpackSnapshot(parcel.packed, Buffer.from(buffer, byteOffset, byteLength)));
    } finally {
      leave();
    }
  }
}
