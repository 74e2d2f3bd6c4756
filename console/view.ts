import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { FetchAnswer } from './contract.ts';
import type { ApiRequest } from './server.ts';

/** What a tab is given: the snapshot that it is about. */
export interface TabProps {
  answer: FetchAnswer;
}

/** The request that gives what a tab shows, in both faces of the server. */
export interface Shown {
  path: string;
  /** Beside the target. */
  query?: ApiRequest['query'];
  /** The same as a field of `page`, or of the query itself where `isTargetless`. */
  graphql: string;
  /** It is not about a target. */
  isTargetless?: boolean;
}

/** How a tab says by which request its content comes. */
export const ShowsContext = createContext<(shown: Shown) => void>(() => undefined);

/** Says by which request the content of this tab comes. */
export function useShows(shown: Shown): void {
  const show = useContext(ShowsContext);
  const text = JSON.stringify(shown);
  useEffect(() => {
    show(JSON.parse(text) as Shown);
  }, [show, text]);
}
