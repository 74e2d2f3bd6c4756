import type { ComponentChildren, JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Problem } from './contract.ts';
import { apiKey, type Failure } from './server.ts';
import { AgainContext } from './view.ts';

const PHASES: Readonly<Record<NonNullable<Problem['phase']>, string>> = {
  dns: 'while the name was resolved',
  tcp: 'while connecting',
  tls: 'while agreeing on TLS',
  request: 'while the request was sent',
  firstByte: 'while waiting for the first byte',
  download: 'while the content came',
  decode: 'while the content was decoded',
  parse: 'while the document was read',
};

/** What failed, in the words of the problem, and what to do next. */
export function Trouble({
  failure,
  onRetry,
  children,
}: {
  failure: Failure;
  onRetry?: () => void;
  children?: ComponentChildren;
}): JSX.Element {
  const { problem, title, message } = failure;
  const again = useContext(AgainContext);
  return (
    <section class="trouble" role="alert">
      <h2>{title}</h2>
      <p class="trouble-detail">{message}</p>
      {problem !== null && problem.errors.length > 0 && (
        <ul class="trouble-errors">
          {problem.errors.map((error) => (
            <li key={error.parameter + error.message}>
              <code>{error.parameter}</code> {error.message}
            </li>
          ))}
        </ul>
      )}
      {problem?.code === 'UNAUTHORIZED' ? <KeyForm onKey={onRetry} /> : null}
      <p class="trouble-next">
        {problem !== null && (
          <span>
            {problem.phase === null ? 'This server refused it. ' : `It happened ${PHASES[problem.phase]}. `}
            {problem.retryable ? 'The same request may succeed later.' : 'The same request will fail again.'}
          </span>
        )}
        {onRetry !== undefined && problem?.retryable !== false && (
          <button type="button" class="button" onClick={onRetry}>
            Ask again
          </button>
        )}
        {problem?.code === 'SNAPSHOT_NOT_FOUND' && (
          <button type="button" class="button primary" onClick={again}>
            Retrieve it again
          </button>
        )}
        {problem !== null && (
          <a class="button" href={problem.type}>
            What {problem.code} means
          </a>
        )}
      </p>
      {children}
      {problem !== null && (
        <p class="trouble-id">
          HTTP status {problem.status}, request <code>{problem.requestId}</code>
        </p>
      )}
    </section>
  );
}

/** Asks for the API key that this server wants. */
function KeyForm({ onKey }: { onKey: (() => void) | undefined }): JSX.Element {
  const [key, setKey] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    apiKey.set(key.trim());
    onKey?.();
  };
  return (
    <form class="key-form" onSubmit={submit}>
      <label for="api-key">API key</label>
      <input
        id="api-key"
        type="password"
        autocomplete="off"
        required
        value={key}
        onInput={(event) => {
          setKey(event.currentTarget.value);
        }}
      />
      <button type="submit" class="button primary">
        Use this key
      </button>
      <p class="hint">It stays in this tab, and is forgotten when you close it.</p>
    </form>
  );
}
