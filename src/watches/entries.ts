import { createHash } from 'node:crypto';

/** A value of a page that is compared. */
export type Scalar = string | number | boolean | null;

/**
 * What a page said, as single values by their paths. An entry of a list has the path of its list and what it is called by (its URL, id or
 * name) or what it is, so that the order of a list counts for nothing.
 */
export type Entries = Record<string, Scalar>;

/** Stands before what an entry of a list is called by, and before what that has. No value of a page is taken for them: JSON escapes both. */
export const OF_LIST = '\u0001';
export const WITHIN = '\u0002';

/** Characters of a value that are kept: of a longer one a digest tells whether it is the same. */
const LONGEST = 1000;
/** Entries of one page, and characters of them. */
const MOST_ENTRIES = 20_000;
const MOST_CHARACTERS = 2_000_000;
/** Objects and lists within each other. */
const DEEPEST = 64;

/** Where things stand, and what they look like besides: they change with all that is above them. */
const NOISE: ReadonlySet<string> = new Set(['position', 'index', 'html', 'contents', 'next', 'misses']);

/** There is more on a page than is compared. */
export class TooManyEntries extends Error {
  override readonly name = 'TooManyEntries';
}

/**
 * Takes JSON apart into single values.
 *
 * @throws TooManyEntries
 */
export function entriesOf(json: unknown): Entries {
  const entries: Entries = Object.create(null) as Entries;
  let [count, characters] = [0, 0];
  const put = (path: string, value: Scalar): void => {
    if (path in entries) return;
    const kept = typeof value === 'string' ? shortened(value) : value;
    entries[path] = kept;
    count += 1;
    characters += path.length + (typeof kept === 'string' ? kept.length : 8);
    if (count > MOST_ENTRIES || characters > MOST_CHARACTERS) throw new TooManyEntries();
  };
  const visit = (value: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST) throw new TooManyEntries();
    if (Array.isArray(value)) for (const entry of value as unknown[]) visitEntry(entry, path, depth);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) if (!NOISE.has(name)) visit(member, joined(path, name), depth + 1);
    } else if (typeof value === 'string' && value.includes('\n')) {
      for (const line of value.split('\n')) if (line.trim() !== '') put(path + OF_LIST + shortened(line.trim()), true);
    } else put(path, (value ?? null) as Scalar);
  };
  const visitEntry = (entry: unknown, path: string, depth: number): void => {
    const name = nameOf(entry);
    put(path + OF_LIST + shortened(name ?? (typeof entry === 'string' ? entry : JSON.stringify(withoutNoise(entry)))), true);
    if (name !== null) visit(entry, path + OF_LIST + shortened(name) + WITHIN, depth + 1);
  };
  visit(json, '', 0);
  return { ...entries };
}

/** A path as people read it, and what an entry of a list is. */
export function readable(key: string): { path: string; entry: string | null } {
  const last = key.lastIndexOf(OF_LIST);
  const isEntry = last >= 0 && !key.includes(WITHIN, last);
  const shown = (isEntry ? key.slice(0, last) : key).replaceAll(OF_LIST, '[').replaceAll(WITHIN, '].');
  return { path: shown, entry: isEntry ? key.slice(last + 1) : null };
}

function joined(path: string, name: string): string {
  return path === '' || path.endsWith(WITHIN) ? path + name : `${path}.${name}`;
}

/** What an entry of a list is called by; null where it has no such name. */
function nameOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { url, href, id, name } = entry as Record<string, unknown>;
  const isPair = 'value' in entry || 'content' in entry;
  const found = [url, href, id, isPair ? name : null].find((candidate) => typeof candidate === 'string' && candidate !== '');
  return (found as string | undefined) ?? null;
}

function withoutNoise(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !NOISE.has(name)));
}

function shortened(text: string): string {
  // What tells lists from what they have is no text of a page, and a database takes no NUL.
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const plain = text.replace(/[\u0000-\u0002]/g, ' ');
  if (plain.length <= LONGEST) return plain;
  return `${plain.slice(0, LONGEST)}… (${String(plain.length)} characters, SHA-256 ${createHash('sha256').update(plain).digest('hex').slice(0, 16)})`;
}
