import type { ComponentChildren, JSX } from 'preact';
import { RequestShown } from '../docs/request-shown.tsx';
import { Trouble } from '../trouble.tsx';
import { useBegin } from './begin.ts';

interface JobFormProps {
  kind: string;
  one: string;
  many: string;
  /** What is sent. */
  body: object;
  /** What of the form is no value. */
  faults: readonly string[];
  /** What has to be said is there. */
  isReady: boolean;
  children: ComponentChildren;
}

/** What a form that begins a job of a kind has whatever is in it: where it goes, what is wrong, and the request that does the same. */
export function JobForm({ kind, one, many, body, faults, isReady, children }: JobFormProps): JSX.Element {
  const { begin, isSending, failure } = useBegin(kind);
  const isComplete = isReady && faults.length === 0;
  return (
    <form
      class="jobs-form"
      onSubmit={(event) => {
        event.preventDefault();
        void begin(body);
      }}
    >
      <div class="jobs-head">
        <h1 tabIndex={-1}>New {one}</h1>
        <a class="button" href={`#${kind}`}>
          All {many}
        </a>
      </div>
      {children}
      {faults.length > 0 && (
        <ul class="fault" role="status">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <p class="try-buttons">
        <button type="submit" class="button primary" disabled={!isComplete || isSending}>
          {isSending ? 'Sending …' : 'Begin'}
        </button>
      </p>
      {failure !== null && <Trouble failure={failure} onRetry={() => void begin(body)} />}
      {isComplete && (
        <section aria-labelledby="form-request">
          <h2 id="form-request">The request that does this</h2>
          <RequestShown request={{ path: `/${kind}`, body }} reads="json" path={`/${kind}`} />
        </section>
      )}
    </form>
  );
}
