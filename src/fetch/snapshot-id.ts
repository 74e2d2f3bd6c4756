import { randomId } from '../api/random-id.ts';

/** Random bytes of an id. */
const BYTES = 16;

/** An id that nobody guesses. Where a server has several processes it ends with the number of the one that keeps the snapshot. */
export function createSnapshotId(holder: number | null): string {
  const id = randomId(BYTES);
  return holder === null ? id : `${id}-${String(holder)}`;
}

/** The process that keeps the snapshot with this id; null where the id names none. */
export function holderOf(id: string): number | null {
  const [, number] = /^[\w-]{22}-([1-9]\d{0,8})$/.exec(id) ?? [];
  return number === undefined ? null : Number(number);
}
