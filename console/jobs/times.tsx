import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `3 minutes ago`, `in 6 days` */
export function ago(at: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(at) - nowMs) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[3];
  return relative.format(Math.round(seconds / length), unit);
}

/** The time of this browser, every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

/** A time as people tell it; exactly, to who asks. */
export function Time({ at, now }: { at: string; now: number }): JSX.Element {
  return (
    <time dateTime={at} title={at.slice(0, 19).replace('T', ' ')}>
      {ago(at, now)}
    </time>
  );
}
