import type { Schemas } from '../contract.ts';
import { plural } from '../figures.ts';

const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `every hour`, `every 90 seconds`, `0 8 * * 1-5, Europe/Berlin` */
export function scheduleWords({ everyS, cron, timezone }: Pick<Schemas['Watch'], 'everyS' | 'cron' | 'timezone'>): string {
  if (everyS === null) return `${cron ?? ''}, ${timezone ?? 'UTC'}`;
  const [unit, length] = UNITS.find(([, size]) => everyS % size === 0) ?? ['second', 1];
  return everyS === length ? `every ${unit}` : `every ${plural(everyS / length, unit)}`;
}
