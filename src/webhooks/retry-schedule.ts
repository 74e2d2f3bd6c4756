/** Seconds from a failed attempt to the next: the schedule that Standard Webhooks gives as its example, as far as a day goes. */
const PAUSES_S = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600] as const;
/** A pause is longer by this part of it at most, so that what failed together is not tried together. */
const JITTER = 0.2;

/** Attempts in all. */
export const MOST_TRIES = PAUSES_S.length + 1;

/**
 * Seconds until the next attempt; null where there is none.
 *
 * @param tries - attempts so far
 * @param retryAfterS - what the receiver asked for, which is not waited for longer than the longest pause; null where it did not
 * @param chance - from 0 to 1
 */
export function pauseAfter(tries: number, retryAfterS: number | null, chance: number): number | null {
  const pause = PAUSES_S[tries - 1];
  if (pause === undefined) return null;
  return Math.max(pause * (1 + JITTER * chance), Math.min(retryAfterS ?? 0, Math.max(...PAUSES_S)));
}
