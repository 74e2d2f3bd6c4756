import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { Asked, FetchAnswer } from './contract.ts';
import { type ApiRequest, type Failure, failureFrom, queryString, send } from './server.ts';

/** What a tab is given: the snapshot that it is about. */
export interface TabProps {
  answer: FetchAnswer;
}

/** What is known of an answer so far; the one before stays while the next is under way. */
export interface View<Answer> {
  answer: Answer | null;
  failure: Failure | null;
  isLoading: boolean;
  /** Asks once more, as where there was too much to do. */
  again: () => void;
}

/** The request that gives what a tab shows, in both faces of the server. */
export interface Shown {
  path: string;
  /** Beside the target. */
  query?: ApiRequest['query'];
  /** The target as it is asked for here, where that is not as it was retrieved. */
  asked?: Asked;
  /** Beside the target, where that takes a POST. */
  body?: object;
  /** The same as fields of `page`, or of the query itself where `isTargetless`. */
  graphql: string;
  /** The field of the query that takes the target and `body`; `page` unless said. */
  field?: string;
  /** It is not about a target. */
  isTargetless?: boolean;
}

/** How a tab says by which request its content comes. */
export const ShowsContext = createContext<(shown: Shown) => void>(() => undefined);

/** What was asked for the snapshot that all tabs are about. */
export const AskedContext = createContext<Asked>({ url: '' });

/** How a tab has the whole retrieval made again, as where its snapshot is forgotten. */
export const AgainContext = createContext<() => void>(() => undefined);

/** Says by which request the content of this tab comes. */
export function useShows(shown: Shown): void {
  const show = useContext(ShowsContext);
  const text = JSON.stringify(shown);
  useEffect(() => {
    show(JSON.parse(text) as Shown);
  }, [show, text]);
}

/** Answers about snapshots, which never change: so many of the latest are kept. */
const kept = new Map<string, unknown>();
const MOST_KEPT = 40;

/** How an answer is read. */
export const readJson = (response: Response): Promise<unknown> => response.json();
export const readText = (response: Response): Promise<unknown> => response.text();
export const readBytes = async (response: Response): Promise<unknown> => new Uint8Array(await response.arrayBuffer());

/** Asks for what a tab shows, again whenever the request or `round` is another; nothing while the request is null. */
export function useView<Answer>(
  request: ApiRequest | null,
  read: (response: Response) => Promise<unknown> = readJson,
  round = 0,
): View<Answer> {
  const name = request === null ? null : JSON.stringify([request.path + queryString(request.query), request.body ?? null, round]);
  const [view, setView] = useState<Omit<View<Answer>, 'again'>>({ answer: null, failure: null, isLoading: request !== null });
  const [tries, setTries] = useState(0);
  const again = useCallback((): void => {
    setTries((now) => now + 1);
  }, []);
  useEffect(() => {
    if (request === null || name === null) {
      setView({ answer: null, failure: null, isLoading: false });
      return undefined;
    }
    if (kept.has(name)) {
      setView({ answer: kept.get(name) as Answer, failure: null, isLoading: false });
      return undefined;
    }
    const controller = new AbortController();
    setView(({ answer, failure }) => ({ answer, failure, isLoading: true }));
    send(request, controller.signal)
      .then(read)
      .then(
        (answer) => {
          keep(name, answer);
          if (!controller.signal.aborted) setView({ answer: answer as Answer, failure: null, isLoading: false });
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          setView({ answer: null, failure: failureFrom(error), isLoading: false });
        },
      );
    return () => {
      controller.abort();
    };
    // The name says all that the request does.
  }, [name, tries]);
  return { ...view, again };
}

function keep(name: string, answer: unknown): void {
  kept.set(name, answer);
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
}
