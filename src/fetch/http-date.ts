const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}:\d{2}:\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;

/**
 * Reads one of the three forms of an HTTP date, in milliseconds since 1970; null for anything else, which `Date.parse`
 * would guess at. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 *
 * @param now - milliseconds since 1970: what a year of two digits is read by
 */
export function parseHttpDate(text: string, now: number): number | null {
  const imf = IMF_FIXDATE.exec(text);
  if (imf !== null) return timeOf(imf[1], imf[2], imf[3], imf[4]);
  const old = RFC_850.exec(text);
  if (old !== null) return timeOf(old[1], old[2], fullYear(Number(old[3]), now), old[4]);
  const asctime = ASCTIME.exec(text);
  return asctime === null ? null : timeOf(asctime[2], asctime[1], asctime[4], asctime[3]);
}

function timeOf(day = '', month = '', year = '', time = ''): number | null {
  const at = Date.parse(`${day.trim()} ${month} ${year} ${time} GMT`);
  return Number.isNaN(at) ? null : at;
}

/** More than 50 years ahead is the past. */
function fullYear(twoDigits: number, now: number): string {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return String(year > thisYear + 50 ? year - 100 : year);
}
