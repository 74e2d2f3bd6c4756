import { type Entries, OF_LIST, readable, type Scalar, WITHIN } from './entries.ts';

/** A difference between two pages. */
export interface Difference {
  /** Of the entry, in both. */
  key: string;
  kind: 'changed' | 'added' | 'removed';
  /** As `links.links[https://example.com/].text`. */
  path: string;
  /** Null of what is added. */
  before: Scalar;
  /** Null of what is removed. */
  after: Scalar;
}

/** What is different between two pages, by the order of their paths. Of an entry of a list that is added or removed nothing is told but that. */
export function differences(before: Entries, after: Entries): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const found: Difference[] = [];
  let told: string | null = null;
  for (const key of keys) {
    const [had, has] = [before[key], after[key]];
    if (had === has) continue;
    if (told !== null && key.startsWith(told)) continue;
    const { path, entry } = readable(key);
    const isEntry = entry !== null;
    if (isEntry && key.includes(OF_LIST)) told = key + WITHIN;
    const kind = had === undefined ? 'added' : has === undefined ? 'removed' : 'changed';
    found.push({ key, kind, path, before: valueOf(had, entry), after: valueOf(has, entry) });
  }
  return found;
}

function valueOf(value: Scalar | undefined, entry: string | null): Scalar {
  return value === undefined ? null : (entry ?? value);
}
