import { useCallback } from 'preact/hooks';
import { replaceFragment, useFragment } from '../place.ts';
import { readable } from '../server.ts';

/**
 * What is looked at, which the fragment of the address says: `#batches`, `#batches/new`, `#batches/ID?show=failed`. Nobody but this page
 * reads it.
 */
export interface Place {
  kind: string;
  /** Of a list, nothing; `new` is a form. */
  id: string | null;
  values: URLSearchParams;
}

/** What a fragment says. */
export function placeOf(hash: string): Place {
  const [name = '', ...query] = hash.replace(/^#/, '').split('?');
  const [kind = '', id = ''] = name.split('/');
  return { kind: kind === '' ? 'batches' : kind, id: id === '' ? null : id, values: new URLSearchParams(query.join('?')) };
}

/** The fragment that says it. */
export function addressOf({ kind, id, values }: Partial<Place> & { kind: string }): string {
  const query = values === undefined ? '' : readable(values);
  return `#${kind}${id == null ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`;
}

/** What is looked at now, followed as it changes. */
export const usePlace = (): Place => useFragment(placeOf);

/** One value of the place, and how to change it; empty is not said. */
export function usePlaceValue(name: string): [string, (value: string) => void] {
  const value = usePlace().values.get(name) ?? '';
  const set = useCallback(
    (next: string): void => {
      const now = placeOf(location.hash);
      if (next === '') now.values.delete(name);
      else now.values.set(name, next);
      replaceFragment(addressOf(now));
    },
    [name],
  );
  return [value, set];
}
