import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from './snapshot.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** A snapshot whose weight is mostly that of its literal bytes. */
function snapshot(id: string, bytes: number): Snapshot {
  const wire = [{ request: new Uint8Array(), response: new Uint8Array(bytes) }];
  return { id, exchanges: [{ headerBytes: 0 }], wire, content: null } as unknown as Snapshot;
}

describe('SnapshotStore', () => {
  it('tells which snapshots it no longer keeps, each once', () => {
    const forgotten: string[] = [];
    const store = new SnapshotStore(20_000, 60, (id) => forgotten.push(id));
    for (const id of ['a', 'b', 'c']) expect(store.keep(snapshot(id, 5000))).toBe(true);
    expect([forgotten, store.find('a'), store.find('c')?.id]).toEqual([['a'], null, 'c']);
  });

  it('keeps the same snapshot for as long again', () => {
    const forgotten: string[] = [];
    const store = new SnapshotStore(20_000, 60, (id) => forgotten.push(id));
    const kept = snapshot('a', 5000);
    store.keep(kept);
    store.keep(snapshot('b', 5000));
    store.keep(kept);
    store.keep(snapshot('c', 5000));
    expect(forgotten).toEqual(['b']);
  });

  it('does not keep what is larger than the whole store', () => {
    expect(new SnapshotStore(4000, 60).keep(snapshot('a', 5000))).toBe(false);
  });
});
