import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type ApiRequest, type Failure, failureFrom, send } from '../server.ts';
import { Trouble } from '../trouble.tsx';

/** In which formats a list can be had, by how their files end. */
const FORMATS = [
  ['NDJSON', 'ndjson'],
  ['CSV', 'csv'],
  ['JSON', 'json'],
] as const;

interface DownloadsProps {
  request: ApiRequest;
  /** Others than those of lists. */
  formats?: readonly (readonly [title: string, format: string])[];
  /** How the file is called. */
  name: string;
}

/** Hands a list over as a file: with the key of this tab, which a plain link would not send. */
export function Downloads({ request, name, formats = FORMATS }: DownloadsProps): JSX.Element {
  const [underWay, setUnderWay] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = async (format: string): Promise<void> => {
    setUnderWay(format);
    setFailure(null);
    try {
      const response = await send({ ...request, query: { ...request.query, format } }, new AbortController().signal);
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = `${name}.${format}`;
      link.click();
      setTimeout(() => {
        URL.revokeObjectURL(url);
      }, 10_000);
    } catch (error) {
      setFailure(failureFrom(error));
    }
    setUnderWay('');
  };
  return (
    <>
      <span class="segments" role="group" aria-label="Download">
        {formats.map(([title, format]) => (
          <button key={format} type="button" disabled={underWay !== ''} onClick={() => void load(format)}>
            {underWay === format ? `${title} …` : title}
          </button>
        ))}
      </span>
      {failure !== null && <Trouble failure={failure} />}
    </>
  );
}
