import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { RequestShown } from '../docs/request-shown.tsx';
import { ms } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { useAction } from './action.ts';
import { Chip } from './chip.tsx';
import { Facts } from './facts.tsx';
import { JsonTree } from './json-tree.tsx';
import type { PartProps } from './kind.ts';
import { NotShown } from './not-shown.tsx';
import { ReceiverShown } from './receiver-shown.tsx';
import { SecretRotation } from './secret-rotation.tsx';
import { Time, useNow } from './times.tsx';

type Delivery = Schemas['Delivery'];

/** How often it is looked at again while it is tried, in milliseconds. */
const LOOK_MS = 1000;
/** What it tells of, by how its type begins. */
const KINDS: Readonly<Record<string, string>> = { batch: 'batches', crawl: 'crawls', watch: 'watches' };

/** A delivery: each attempt, what is posted, and how to have it made again. */
export default function DeliveryPage({ id }: PartProps): JSX.Element {
  const path = `/webhooks/deliveries/${encodeURIComponent(id)}`;
  const [round, setRound] = useState(Date.now);
  const now = useNow();
  const { answer, failure, isLoading, again } = useView<Delivery>({ path }, undefined, round);
  const { act, isActing, failure: refusal } = useAction();
  const isDue = answer?.nextAttemptAt != null && Date.parse(answer.nextAttemptAt) <= now + LOOK_MS;
  useEffect(() => {
    if (!isDue || isLoading) return undefined;
    const timer = setTimeout(() => {
      setRound(Date.now());
    }, LOOK_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isDue, isLoading, round]);
  const replay = async (): Promise<void> => {
    await act({ path: `${path}/replay`, body: {} });
    setRound(Date.now());
  };
  if (failure !== null) {
    return <NotShown title="Delivery" kind="deliveries" failure={failure} onRetry={again} />;
  }
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>
          Delivery <code>{id.slice(0, 14)}</code>
        </h1>
        <span class="tools">
          <a class="button" href="#deliveries">
            All deliveries
          </a>
          <button type="button" class="button primary" disabled={isActing || answer === null} onClick={() => void replay()}>
            {isActing ? 'Sending …' : 'Deliver again'}
          </button>
        </span>
      </div>
      {refusal !== null && <Trouble failure={refusal} />}
      {answer === null ? (
        <p class="hint">Reading …</p>
      ) : (
        <>
          <Told delivery={answer} now={now} />
          <Attempts attempts={answer.attempts} now={now} />
          <section aria-labelledby="posted">
            <div class="tools heading">
              <h2 id="posted">What is posted</h2>
              <CopyButton label="Copy as JSON" text={() => JSON.stringify(answer.body, null, 2)} />
            </div>
            <div class="jobs-panel">
              <JsonTree name="body" value={answer.body} isOpen />
            </div>
          </section>
          <section aria-labelledby="replayed">
            <h2 id="replayed">The request that delivers it again</h2>
            <RequestShown request={{ path: `${path}/replay`, body: {} }} reads="json" path="/webhooks/deliveries/{id}/replay" />
          </section>
          <ReceiverShown />
          <SecretRotation webhook={answer.webhook} />
        </>
      )}
    </>
  );
}

function Told({
  delivery: { state, type, of, url, createdAt, nextAttemptAt, finishedAt },
  now,
}: {
  delivery: Delivery;
  now: number;
}): JSX.Element {
  const kind = KINDS[type.split('.')[0] ?? ''];
  return (
    <div class="jobs-facts">
      <p role="status">
        <Chip word={state} />
      </p>
      <Facts
        facts={{
          'What happened': type,
          Of: kind === undefined ? <code>{of.slice(0, 10)}</code> : <a href={`#${kind}/${encodeURIComponent(of)}`}>{of.slice(0, 10)}</a>,
          To: (
            <span class="jobs-url">
              <TargetText text={url} />
            </span>
          ),
          Happened: <Time at={createdAt} now={now} />,
          ...(nextAttemptAt !== null && { 'Tried next': <Time at={nextAttemptAt} now={now} /> }),
          ...(finishedAt !== null && { [state === 'delivered' ? 'Taken' : 'Given up']: <Time at={finishedAt} now={now} /> }),
        }}
      />
    </div>
  );
}

function Attempts({ attempts, now }: { attempts: Delivery['attempts']; now: number }): JSX.Element {
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      {attempts.length === 0 ? (
        <p class="empty">None yet: it is tried in a moment.</p>
      ) : (
        <div class="jobs-frame" role="region" aria-label="The attempts" tabIndex={0}>
          <table class="jobs-table">
            <thead>
              <tr>
                <th scope="col">Attempt</th>
                <th scope="col">When</th>
                <th scope="col">Took</th>
                <th scope="col">Answer</th>
                <th scope="col">In words</th>
              </tr>
            </thead>
            <tbody>
              {[...attempts].reverse().map(({ number, startedAt, tookMs, status, code, detail, answer }) => (
                <tr key={number}>
                  <th scope="row">{number}</th>
                  <td>
                    <Time at={startedAt} now={now} />
                  </td>
                  <td>{ms(tookMs)}</td>
                  <td>{status === null ? <code>{code}</code> : <span class={`status ${status < 300 ? 'good' : 'bad'}`}>{status}</span>}</td>
                  <td class="attempt-words">
                    {detail === null ? <span class="hint">it was taken</span> : <TargetText text={detail} />}
                    {answer !== null && (
                      <code>
                        <TargetText text={answer} />
                      </code>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
