const WINDOW_MS = 60_000;
/** Charges within this time are forgotten together: so a caller needs 60 marks at most, whatever its quota. */
const MARK_MS = 1000;
/** Callers among which the one with the least to lose is forgotten when there are too many. */
const CANDIDATES = 64;

/** Units that were charged at about the same time, and when the last of them was. */
interface Mark {
  firstMs: number;
  lastMs: number;
  units: number;
}

/** What a caller has used. */
interface Account {
  marks: Mark[];
  used: number;
}

/** Where a caller stands. */
export interface Standing {
  /** Units within any minute. */
  quota: number;
  remaining: number;
  /** Seconds until some more are there. */
  resetS: number;
}

/**
 * Counts units for each caller over a sliding window: never more than the quota within any 60 seconds, at no edge.
 *
 * Callers are bounded, so that a million addresses do not fill the memory. Those whose minute is over are forgotten first,
 * which changes nothing for them; then, of those not heard of for longest, the one that has used least. So whoever has used
 * up a quota does not get a new one by filling this with other addresses.
 */
export class RateLimit {
  readonly #quota: number;
  readonly #maxCallers: number;
  /** The one charged last comes last. */
  readonly #accounts = new Map<string, Account>();

  constructor(quota: number, maxCallers = 100_000) {
    this.#quota = quota;
    this.#maxCallers = maxCallers;
  }

  /**
   * Takes units from a caller's quota: all of them, or none where they are not there.
   *
   * @param nowMs - milliseconds of a clock that never goes back
   * @returns 0, or the seconds after which they would be there
   */
  take(caller: string, units: number, nowMs = performance.now()): number {
    const account = this.#current(caller, nowMs);
    if (account.used + units > this.#quota) return waitFor(account, account.used + units - this.#quota, nowMs);
    const last = account.marks.at(-1);
    if (last !== undefined && nowMs - last.firstMs < MARK_MS) {
      last.units += units;
      last.lastMs = nowMs;
    } else {
      account.marks.push({ firstMs: nowMs, lastMs: nowMs, units });
    }
    account.used += units;
    this.#accounts.delete(caller);
    this.#makeRoom(nowMs);
    this.#accounts.set(caller, account);
    return 0;
  }

  /** Where a caller stands, at no charge. */
  standing(caller: string, nowMs = performance.now()): Standing {
    const account = this.#current(caller, nowMs);
    return { quota: this.#quota, remaining: Math.max(0, this.#quota - account.used), resetS: waitFor(account, 1, nowMs) };
  }

  /** What a caller has used of this minute. */
  #current(caller: string, nowMs: number): Account {
    const account = this.#accounts.get(caller) ?? { marks: [], used: 0 };
    while (account.marks[0] !== undefined && nowMs - account.marks[0].lastMs >= WINDOW_MS) {
      account.used -= account.marks.shift()?.units ?? 0;
    }
    return account;
  }

  #makeRoom(nowMs: number): void {
    for (const [caller, { marks }] of this.#accounts) {
      if (nowMs - (marks.at(-1)?.lastMs ?? 0) < WINDOW_MS) break;
      this.#accounts.delete(caller);
    }
    if (this.#accounts.size < this.#maxCallers) return;
    let least: { caller: string; used: number } | null = null;
    let seen = 0;
    for (const [caller, { used }] of this.#accounts) {
      if (least === null || used < least.used) least = { caller, used };
      seen += 1;
      if (seen === CANDIDATES) break;
    }
    if (least !== null) this.#accounts.delete(least.caller);
  }
}

/** Whole seconds until so many units come free; 60 where more are wanted than were ever used. */
function waitFor({ marks }: Account, units: number, nowMs: number): number {
  let free = 0;
  for (const mark of marks) {
    free += mark.units;
    if (free >= units) return Math.max(1, Math.ceil((mark.lastMs + WINDOW_MS - nowMs) / 1000));
  }
  return WINDOW_MS / 1000;
}
