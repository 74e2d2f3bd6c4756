import { useCallback, useEffect, useState } from 'preact/hooks';
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

const CHANGED = 'pagewire:place';

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
export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = (): void => {
      setPlace(placeOf(location.hash));
    };
    addEventListener('hashchange', follow);
    addEventListener(CHANGED, follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener(CHANGED, follow);
    };
  }, []);
  return place;
}

/** One value of the place, and how to change it; empty is not said. */
export function usePlaceValue(name: string): [string, (value: string) => void] {
  const value = usePlace().values.get(name) ?? '';
  const set = useCallback(
    (next: string): void => {
      const now = placeOf(location.hash);
      if (next === '') now.values.delete(name);
      else now.values.set(name, next);
      history.replaceState(history.state, '', addressOf(now));
      dispatchEvent(new Event(CHANGED));
    },
    [name],
  );
  return [value, set];
}
