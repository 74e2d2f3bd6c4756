import { randomFillSync } from 'node:crypto';

/** Random bytes for many names: asking for those of each one costs more than all else of a small answer. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** A name that nobody guesses, of so many random bytes, in base64url. */
export function randomId(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('base64url', used - bytes, used);
}
