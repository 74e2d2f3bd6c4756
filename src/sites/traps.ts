/** Characters of a URL: longer ones are made by machines. */
const LONGEST_URL = 2000;
/** Segments of a path. */
const MOST_SEGMENTS = 40;
/** How often the same one to three segments follow each other where a relative link leads into itself. */
const REPEATED = 3;
/** Parameters of a query that make a choice among choices, as facets do. */
const MANY_PARAMETERS = 3;

/** Why a URL looks like one of a site that never ends: its length, or segments that repeat themselves. Null of all others. */
export function trapOf({ href, pathname }: URL): 'tooLong' | 'repeating' | null {
  if (href.length > LONGEST_URL) return 'tooLong';
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (segments.length > MOST_SEGMENTS) return 'tooLong';
  return repeats(segments) ? 'repeating' : null;
}

function repeats(segments: readonly string[]): boolean {
  for (let size = 1; size <= 3; size += 1) {
    let run = 0;
    for (let at = size; at < segments.length; at += 1) {
      run = segments[at] === segments[at - size] ? run + 1 : 0;
      // So many segments have been the same as those before them: it is there once more than that.
      if (run >= size * (REPEATED - 1)) return true;
    }
  }
  return false;
}

/** What URLs have in common that differ in numbers, or in the values of their parameters, alone. */
export interface UrlPattern {
  pattern: string;
  /** They can be made without end: days of a calendar, or choices among many. */
  isEndless: boolean;
}

/** The pattern of a URL. Of one there are only so many: {@link patternBudget}. */
export function patternOf({ origin, pathname, search }: URL): UrlPattern {
  const path = pathname.replace(/\d+/g, 'N');
  if (search === '') return { pattern: `${origin}${path}`, isEndless: isDate(pathname) };
  const names = [...new URLSearchParams(search).keys()].map((name) => name.replace(/\d+/g, 'N'));
  const kinds = [...new Set(names)].toSorted();
  return {
    // Which of many choices are made is no difference.
    pattern: kinds.length >= MANY_PARAMETERS ? `${origin}${path}?*` : `${origin}${path}?${kinds.join('&')}`,
    isEndless: kinds.length >= MANY_PARAMETERS || isDate(pathname) || isDate(search) || kinds.some((name) => CALENDAR.test(name)),
  };
}

/** Names of parameters that say which day is shown. */
const CALENDAR = /^(?:date|day|month|year|week|from|to|start|end|calendar|cal)$/i;

/** A year with a month at the end of it, with nothing but numbers behind. */
function isDate(text: string): boolean {
  return /(?:^|\D)\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?\/?$/.test(text);
}

/** How many URLs of one pattern may be known, of those that any pattern may have. */
export function patternBudget({ isEndless }: UrlPattern, most: number): number {
  return isEndless ? Math.ceil(most / 10) : most;
}
