import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { Trouble } from '../trouble.tsx';
import { useAction } from './action.ts';
import { keepSecret, SecretTold } from './secrets.tsx';
import { Time, useNow } from './times.tsx';

/** For how long the secret before signs as well. */
const GRACES = [
  [0, 'at once: somebody else knows it'],
  [3600, 'in an hour'],
  [86_400, 'in a day'],
  [604_800, 'in a week'],
] as const;
const DAY = 86_400;

/** Replaces the secret of a webhook: the new one is told once. */
export function SecretRotation({ webhook }: { webhook: string }): JSX.Element {
  const [graceS, setGraceS] = useState(DAY);
  const [until, setUntil] = useState<string | null>(null);
  const { act, isActing, failure } = useAction();
  const now = useNow();
  const path = `/webhooks/${encodeURIComponent(webhook)}/secret/rotate`;
  const body = graceS === DAY ? {} : { gracePeriodS: graceS };
  const rotate = async (): Promise<void> => {
    const rotated = await act<Schemas['WebhookAnswer']>({ path, body });
    if (rotated === null) return;
    keepSecret({ webhook: rotated });
    setUntil(rotated.previousSecretUntil);
  };
  return (
    <section aria-labelledby="rotation">
      <h2 id="rotation">Another secret</h2>
      <p>
        The new one signs from now on, and the one before beside it for as long as you say: give the new one to the receiver meanwhile, and
        nothing is missed.
      </p>
      <p class="tools">
        <label class="field inline">
          <span>The one before ends</span>
          <select
            value={String(graceS)}
            onChange={({ currentTarget }) => {
              setGraceS(Number(currentTarget.value));
            }}
          >
            {GRACES.map(([seconds, words]) => (
              <option key={seconds} value={String(seconds)}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" disabled={isActing} onClick={() => void rotate()}>
          {isActing ? 'Replacing …' : 'Replace the secret'}
        </button>
      </p>
      {failure !== null && <Trouble failure={failure} onRetry={() => void rotate()} />}
      <SecretTold webhook={webhook} />
      {until !== null && (
        <p class="hint">
          The one before signs as well, and ends <Time at={until} now={now} />.
        </p>
      )}
      <RequestShown request={{ path, body }} reads="json" path="/webhooks/{id}/secret/rotate" />
    </section>
  );
}
