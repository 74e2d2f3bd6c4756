/** A retrieval of before, as this browser remembers it. */
export interface Remembered {
  url: string;
  status: number;
  /** ISO 8601. */
  at: string;
  /** The parameters of its address. */
  address: string;
}

const NAME = 'pagewire.history';
const MOST = 30;

/** The latest first. What somebody else has written there is no reason to fail. */
export function remembered(): Remembered[] {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(entries) ? (entries as Remembered[]).filter(({ url }) => typeof url === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts a retrieval at the top; one that was there before moves up. */
export function remember(entry: Remembered): void {
  const others = remembered().filter(({ address }) => address !== entry.address);
  localStorage.setItem(NAME, JSON.stringify([entry, ...others].slice(0, MOST)));
}

/** Forgets them all. */
export function forgetAll(): void {
  localStorage.removeItem(NAME);
}
