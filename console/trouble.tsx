import type { ComponentChildren, JSX } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { useParameter } from './address.ts';
import type { Problem } from './contract.ts';
import { apiKey, type Failure } from './server.ts';
import { TargetText } from './target-text.tsx';
import { AgainContext, AskedContext } from './view.ts';

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
  const { url } = useContext(AskedContext);
  if (problem?.code === 'NOT_A_DOCUMENT' && url !== '') return <NotADocument />;
  // The detail of a single one says it already.
  const errors = problem?.errors.filter((error) => !message.includes(error.message)) ?? [];
  return (
    <section class="trouble" role="alert">
      <h2>{title}</h2>
      <p class="trouble-detail">
        <TargetText text={message} />
      </p>
      {errors.length > 0 && (
        <ul class="trouble-errors">
          {errors.map((error) => (
            <li key={error.parameter + error.message}>
              <code>
                <TargetText text={error.parameter} />
              </code>{' '}
              <TargetText text={error.message} />
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
        {failure.retryAfterS !== null && <Countdown key={failure.problem?.requestId} seconds={failure.retryAfterS} />}
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

/** How long to wait before asking again makes sense; told to those who look at it, and not each second to those who listen. */
function Countdown({ seconds }: { seconds: number }): JSX.Element {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [seconds]);
  return (
    <span class="hint" role="timer" aria-live="off">
      {left === 0 ? 'Asking again makes sense now.' : `Asking again makes sense in ${String(left)} s.`}
    </span>
  );
}

/** Nothing has gone wrong: most of what is retrieved is no page. */
function NotADocument(): JSX.Element {
  const [, setTab] = useParameter('tab', '', 'push');
  return (
    <p class="empty">
      Nothing of it can be shown here: this tab reads HTML and XML and, where that is enough, text.{' '}
      <button
        type="button"
        class="button small"
        onClick={() => {
          setTab('body');
        }}
      >
        See it as it is
      </button>
    </p>
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
        // A header field takes no others: the browser would refuse to send it.
        pattern="\s*[\x21-\x7E]+\s*"
        title="A key has letters, digits and signs of ASCII, and no space"
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
