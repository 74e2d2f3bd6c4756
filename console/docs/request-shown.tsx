import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CopyButton } from '../copy-button.tsx';
import { apiKey, type ApiRequest } from '../server.ts';
import { chosenLanguage, type Language, LANGUAGES, requestSnippet, rememberLanguage, type Told } from '../snippets.ts';

type GraphWriter = (path: string, request: ApiRequest) => string | null;

let kept: GraphWriter | null = null;

/** Writes a request as an operation of the graph: read when somebody first wants to know. */
function useGraphWriter(isWanted: boolean): GraphWriter | null {
  const [, setReads] = useState(0);
  useEffect(() => {
    if (!isWanted || kept !== null) return;
    void import('./graph-request.ts').then(({ graphRequest }) => {
      kept = graphRequest;
      setReads((reads) => reads + 1);
    });
  }, [isWanted]);
  return kept;
}

interface RequestShownProps {
  request: ApiRequest;
  reads: NonNullable<Told['reads']>;
  /** The path of the endpoint as the contract has it. */
  path: string;
  /** The operation, where it is written already. */
  graph?: string;
}

/** A request as it will be sent, in the words of the reader's choice. */
export function RequestShown({ request, reads, path, graph }: RequestShownProps): JSX.Element {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const write = useGraphWriter(language === 'GraphQL' && graph === undefined);
  const inGraph = graph ?? (write === null ? '' : (write(path, request) ?? 'The graph has no field for it.'));
  const told = { origin: location.origin, hasKey: apiKey.get() !== null, request, reads };
  const text = language === 'GraphQL' ? inGraph : requestSnippet(language, told);
  return (
    <div class="request-shown" role="group" aria-label="The request">
      <div class="request-head">
        <div class="segments" role="group" aria-label="Language">
          {LANGUAGES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === language}
              onClick={() => {
                setLanguage(name);
                rememberLanguage(name);
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <CopyButton text={() => text} />
      </div>
      <pre class="request-text" tabIndex={0} aria-label={`As ${language}`}>
        {text}
      </pre>
    </div>
  );
}
