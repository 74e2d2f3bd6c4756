import { describe, expect, it } from '@jest/globals';
import { createSnapshotId, holderOf } from './snapshot-id.ts';

describe('the id of a snapshot', () => {
  it('says which process keeps it, where there are several', () => {
    for (let holder = 1; holder < 200; holder++) expect(holderOf(createSnapshotId(holder))).toBe(holder);
    expect(holderOf(createSnapshotId(null))).toBeNull();
  });

  it.each(['', 'p7Yf3v0bq1yQ8o2JmVwQ1g-', 'p7Yf3v0bq1yQ8o2JmVwQ1g-0', 'p7Yf3v0bq1yQ8o2JmVwQ1g-1e3', 'x-1', 'p7Yf3v0bq1yQ8o2JmVwQ-1'])(
    'names none in %j',
    (id) => {
      expect(holderOf(id)).toBeNull();
    },
  );
});
