import { CronExpressionParser } from 'cron-parser';

/** When a watch runs: every so many seconds, or by a cron expression in a time zone. */
export type Schedule = { everyS: number; jitterS: number } | { cron: string; timezone: string; jitterS: number };

/** https://www.rfc-editor.org/rfc/rfc3339#appendix-A, without years and months, which are not equally long. */
const DURATION = /^P(?:(\d{1,5})W|(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)$/;
/** Runs of a cron expression between which the shortest pause is looked for. */
const LOOKED_AT = 50;

/** The seconds of an ISO 8601 duration (`PT10M`, `P1D`) or of a number of seconds (`600`); null for anything else. */
export function durationS(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const parts = DURATION.exec(text);
  if (parts === null || /[PT]$/.test(text)) return null;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part: string | undefined) => Number(part ?? 0));
  return (weeks * 7 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds;
}

/** What is wrong with a schedule, of which parameter; null where nothing is. `minimumS`: seconds from one run to the next, at least. */
export function scheduleFault(schedule: Schedule, minimumS: number, now: Date): { parameter: string; message: string } | null {
  const least = `${String(minimumS)} seconds, the least that this server allows (WATCH_MIN_INTERVAL_S)`;
  if ('everyS' in schedule) {
    if (schedule.everyS < minimumS) return { parameter: 'every', message: `must be at least ${least}` };
    return schedule.jitterS < schedule.everyS ? null : { parameter: 'jitterS', message: 'must be less than every' };
  }
  if (schedule.cron.trim().split(/\s+/).length !== 5)
    return { parameter: 'cron', message: 'must have five fields, such as "0 8 * * 1-5": minute, hour, day of month, month, day of week' };
  if (!isTimezone(schedule.timezone)) return { parameter: 'timezone', message: 'must be a time zone of IANA, such as Europe/Berlin' };
  try {
    const runs = expressionOf(schedule, now).take(LOOKED_AT);
    const pauses = runs.slice(1).map((run, index) => run.getTime() - (runs[index]?.getTime() ?? 0));
    return Math.min(...pauses) < minimumS * 1000 ? { parameter: 'cron', message: `must leave at least ${least}, between two runs` } : null;
  } catch (error) {
    return { parameter: 'cron', message: `cannot be read: ${(error as Error).message}` };
  }
}

/**
 * When a watch runs next, after a run that began just now: those that were missed meanwhile are not made up for.
 *
 * @param chance - from 0 to 1, of the jitter
 */
export function nextRun(schedule: Schedule, now: Date, chance: number): Date {
  const at = 'everyS' in schedule ? now.getTime() + schedule.everyS * 1000 : expressionOf(schedule, now).next().getTime();
  return new Date(at + Math.floor(schedule.jitterS * 1000 * chance));
}

function expressionOf({ cron, timezone }: { cron: string; timezone: string }, now: Date): ReturnType<typeof CronExpressionParser.parse> {
  return CronExpressionParser.parse(cron, { currentDate: now, tz: timezone });
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
