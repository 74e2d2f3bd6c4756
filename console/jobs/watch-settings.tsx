import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { Trouble } from '../trouble.tsx';
import { useAction } from './action.ts';
import { Fields, membersBut, saidOf, useForm } from './fields.tsx';

const CHANGEABLE = membersBut('WatchUpdate', ['paused']);

/** What may be changed of a watch while it is there. */
export function WatchSettings({ watch, onChanged }: { watch: Schemas['Watch']; onChanged: () => void }): JSX.Element {
  const { act, isActing, failure } = useAction();
  const form = useForm();
  const faults: string[] = [];
  const body = saidOf(form.filled, '', CHANGEABLE, faults);
  const isSaid = Object.keys(body).length > 0;
  const request = { path: `/watches/${encodeURIComponent(watch.id)}`, method: 'PATCH' as const, body };
  const change = async (): Promise<void> => {
    if ((await act(request)) === null) return;
    form.setFilled({});
    onChanged();
  };
  return (
    <form
      class="jobs-form"
      onSubmit={(event) => {
        event.preventDefault();
        void change();
      }}
    >
      <p class="hint">
        When it runs and how sure it must be; what is left empty stays as it is. What is compared cannot be changed: begin another watch.
      </p>
      <Fields group="" members={CHANGEABLE} form={form} />
      <p class="try-buttons">
        <button type="submit" class="button primary" disabled={!isSaid || isActing}>
          {isActing ? 'Changing …' : 'Change it'}
        </button>
      </p>
      {failure !== null && <Trouble failure={failure} />}
      {isSaid && <RequestShown request={request} reads="json" path="/watches/{id}" />}
    </form>
  );
}
