/** Minutes east of UTC. The names are those of RFC 822; every other name would be guessed at. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UT', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
]);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ISO_8601 =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?[ ]?([Zz]|UTC|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;
const RFC_5322 =
  /^(?:[a-z]{3,9}\.?,? +)?(\d{1,2})[ -]([a-z]{3})[a-z]{0,6}\.?[ -](\d{4}|\d\d)(?: +(\d{1,2}):(\d\d)(?::(\d\d))?(?: +([+-]\d{4}|[a-z]{1,4}))?)?$/i;
/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7, which is C's, whose zone is not said. */
const ASCTIME = /^[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/i;

interface Parts {
  year: number;
  month: number;
  day: number;
  time: readonly [hours: number, minutes: number, seconds: number, milliseconds: number] | null;
  /** Minutes east of UTC; null where it is not said. */
  zone: number | null;
}

/**
 * A date as ISO 8601: in UTC with milliseconds where its zone is said, otherwise just as exact as written (`2026-01-05`,
 * `2026-01-05T10:00:00`). Reads the calendar dates of RFC 3339, of RFC 822 and its successors, and of `asctime`; null for anything else,
 * as no zone and no order of day and month is guessed. https://www.rfc-editor.org/rfc/rfc5322#section-4.3
 */
export function isoDate(written: string): string | null {
  const text = written.trim().replace(/[\t\n\f\r ]+/g, ' ');
  if (text.length > 64) return null;
  if (/^\d{4}$/.test(text)) return text;
  const yearAndMonth = /^\d{4}-(\d\d)$/.exec(text);
  if (yearAndMonth !== null) return isBetween(Number(yearAndMonth[1]), 1, 12) ? text : null;
  const parts = iso8601(text) ?? rfc5322(text) ?? asctime(text);
  return parts === null ? null : formatted(parts);
}

function iso8601(text: string): Parts | null {
  const match = ISO_8601.exec(text);
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds = '0', fraction = '0', zone] = match;
  const offset = zone === undefined ? null : zoneOffset(zone);
  if (zone !== undefined && offset === null) return null;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    time: hours === undefined ? null : [Number(hours), Number(minutes), Number(seconds), milliseconds],
    zone: offset,
  };
}

function rfc5322(text: string): Parts | null {
  const match = RFC_5322.exec(text.replace(/\([^()]*\)/g, '').trim());
  if (match === null) return null;
  const [, day, month = '', year = '', hours, minutes, seconds = '0', zone] = match;
  const offset = zone === undefined ? null : zoneOffset(zone);
  if (zone !== undefined && offset === null) return null;
  return {
    year: year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year),
    month: MONTHS.indexOf(month.toLowerCase()) + 1,
    day: Number(day),
    time: hours === undefined ? null : [Number(hours), Number(minutes), Number(seconds), 0],
    zone: offset,
  };
}

function asctime(text: string): Parts | null {
  const match = ASCTIME.exec(text);
  if (match === null) return null;
  const [, month = '', day, hours, minutes, seconds, year] = match;
  return {
    year: Number(year),
    month: MONTHS.indexOf(month.toLowerCase()) + 1,
    day: Number(day),
    time: [Number(hours), Number(minutes), Number(seconds), 0],
    zone: null,
  };
}

/** Minutes east of UTC; null for what is no zone. https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function zoneOffset(zone: string): number | null {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) return ZONES.get(zone.toUpperCase()) ?? null;
  const [hours, minutes] = [Number(match[2]), Number(match[3] ?? 0)];
  if (!isBetween(hours, 0, 23) || !isBetween(minutes, 0, 59)) return null;
  const offset = hours * 60 + minutes;
  return match[1] === '-' ? -offset : offset;
}

function formatted({ year, month, day, time, zone }: Parts): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || month === 0) return null;
  if (time === null) return date.toISOString().slice(0, 10);
  const [hours, minutes, seconds, milliseconds] = time;
  if (!isBetween(hours, 0, 23) || !isBetween(minutes, 0, 59) || !isBetween(seconds, 0, 59)) return null;
  date.setUTCHours(hours, minutes - (zone ?? 0), seconds, milliseconds);
  const iso = date.toISOString();
  return zone === null ? iso.replace(/(?:\.000)?Z$/, '') : iso;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
