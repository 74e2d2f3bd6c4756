/** Characters of a URL: longer ones are made by machines. */
const LONGEST_URL = 2000;
/** Segments of a path. */
const MOST_SEGMENTS = 40;
/** How often the same one to three segments follow each other where a relative link leads into itself. */
const REPEATED = 3;
/** Parameters of a query that make a choice among choices, as facets do: which of them are given is no difference then. */
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

/**
 * What URLs have in common that can be made without end: those that differ in the values of their parameters alone, and in the date that they
 * end with. Null of all others, however many numbers they have: these are pages that somebody wrote.
 */
export function patternOf({ origin, pathname, search }: URL): string | null {
  const path = pathname.replace(/\d+/g, 'N');
  if (search === '') return isDate(pathname) ? `${origin}${path}` : null;
  const names = new Set([...new URLSearchParams(search).keys()].map((name) => name.replace(/\d+/g, 'N')));
  return names.size >= MANY_PARAMETERS ? `${origin}${path}?*` : `${origin}${path}?${[...names].toSorted().join('&')}`;
}

/** Whether nothing is behind a year with a month, or a day. */
function isDate(path: string): boolean {
  return /(?:^|\D)\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?\/?$/.test(path);
}
