import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from './server.ts';
import { Trouble } from './trouble.tsx';

/** A part of a page whose code is loaded when it is first looked at. */
export type Late<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** The parts that are there, by what loads them. */
const loaded = new Map<unknown, unknown>();

/** Shows such a part. `load` is the same function each time. */
export function LatePart<Props extends object>({ load, given }: { load: Late<Props>; given: Props }): JSX.Element {
  const [, setLoads] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    setFailure(null);
    if (loaded.has(load)) return;
    load().then(
      ({ default: view }) => {
        loaded.set(load, view);
        setLoads((loads) => loads + 1);
      },
      () => {
        const words = 'The server may have been replaced by another version: reload the page.';
        setFailure(new Failure('This part of the page did not come', words, null));
      },
    );
  }, [load]);
  const View = loaded.get(load) as ComponentType<Props> | undefined;
  if (View !== undefined) return <View {...given} />;
  return failure === null ? <p class="hint">Loading …</p> : <Trouble failure={failure} />;
}
