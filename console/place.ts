import { useEffect, useState } from 'preact/hooks';

/** Told where a page changes its fragment without an entry in the history, which browsers tell nobody of. */
const REPLACED = 'pagewire:fragment';

/** What the fragment of the address says, followed as it changes. `read` is the same function each time. */
export function useFragment<Place>(read: (hash: string) => Place): Place {
  const [place, setPlace] = useState(() => read(location.hash));
  useEffect(() => {
    const follow = (): void => {
      setPlace(read(location.hash));
    };
    addEventListener('hashchange', follow);
    addEventListener(REPLACED, follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener(REPLACED, follow);
    };
  }, [read]);
  return place;
}

/** Says something else in the fragment, in place of what stands there. */
export function replaceFragment(hash: string): void {
  history.replaceState(history.state, '', hash);
  dispatchEvent(new Event(REPLACED));
}
