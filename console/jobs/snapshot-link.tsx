import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { useView } from '../view.ts';
import { JsonTree } from './json-tree.tsx';

const FIELDS = 'url,finalUrl,status,statusText,fetchedAt,headers,body';

/** A snapshot, to be looked at where it is still kept. */
export function SnapshotLink({ id, words }: { id: string; words: string }): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const path = `/snapshots/${encodeURIComponent(id)}`;
  const { answer: there, failure } = useView<Pick<Schemas['FetchAnswer'], 'snapshot'>>({ path, query: { fields: 'snapshot' } });
  const { answer } = useView<object>(isOpen ? { path, query: { fields: FIELDS } } : null);
  if (failure !== null) return <span class="hint">{words}: not kept any more</span>;
  return (
    <span class="snapshot-link">
      <button
        type="button"
        class="row-open"
        aria-expanded={isOpen}
        disabled={there === null}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        {words}
      </button>{' '}
      <a href={path}>JSON</a> <a href={`${path}.har`}>HAR</a>
      {isOpen && answer !== null && (
        <span class="jobs-panel">
          <JsonTree name="snapshot" value={answer} isOpen />
        </span>
      )}
    </span>
  );
}
