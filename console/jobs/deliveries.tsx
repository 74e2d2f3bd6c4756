import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import type { Known } from '../docs/part.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { plural } from '../figures.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { Chip } from './chip.tsx';
import { JobLink, JobList } from './job-list.tsx';
import type { Kind } from './kind.ts';
import { usePlaceValue } from './place.ts';
import { ReceiverShown } from './receiver-shown.tsx';
import { Time } from './times.tsx';

type Delivery = Schemas['Delivery'];

const STATES = ['pending', 'delivered', 'failed'] as const satisfies readonly Delivery['state'][];
const EXAMPLE = { urls: ['http://pagewire.test/page1.htm'], webhook: 'https://example.com/hook' };

/** What is told to webhooks, the newest first. */
function DeliveryList({ known }: { known: Known }): JSX.Element {
  const [state, setState] = usePlaceValue('state');
  const [of, setOf] = usePlaceValue('of');
  const isNarrowed = state !== '' || of !== '';
  return (
    <>
      <JobList<Schemas['DeliveriesAnswer'], Delivery>
        key={`${state}/${of}`}
        known={known}
        kind="deliveries"
        path="/webhooks/deliveries"
        title="Deliveries"
        words={['delivery', 'deliveries']}
        lead="What happened and was or is to be told to a webhook: signed, tried for more than a day where it is not taken, and kept for as long as what it tells of."
        query={{ state, of }}
        isMadeElsewhere
        tools={
          <>
            <label class="field inline">
              <span>State</span>
              <select
                value={state}
                onChange={({ currentTarget }) => {
                  setState(currentTarget.value);
                }}
              >
                <option value="">all</option>
                {STATES.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </label>
            {of !== '' && (
              <button
                type="button"
                class="button small"
                onClick={() => {
                  setOf('');
                }}
              >
                Not only of <TargetText text={of.slice(0, 10)} />
              </button>
            )}
          </>
        }
        entriesOf={({ deliveries }) => deliveries}
        isGoingOn={({ nextAttemptAt }) => nextAttemptAt !== null && Date.parse(nextAttemptAt) <= Date.now() + 1000}
        columns={[
          { title: 'Delivery', cell: ({ id }) => <JobLink kind="deliveries" id={id} /> },
          { title: 'What happened', cell: ({ type }) => type },
          { title: 'State', cell: ({ state: one }) => <Chip word={one} /> },
          {
            title: 'To',
            cell: ({ url }) => (
              <span class="jobs-url" title={plainly(url)}>
                <TargetText text={url} />
              </span>
            ),
          },
          { title: 'Attempts', cell: ({ attempts }) => <LastAttempt attempts={attempts} /> },
          { title: 'Happened', cell: ({ createdAt }, now) => <Time at={createdAt} now={now} /> },
          {
            title: 'Tried next',
            cell: ({ nextAttemptAt }, now) =>
              nextAttemptAt === null ? <span class="hint">no more</span> : <Time at={nextAttemptAt} now={now} />,
          },
        ]}
        none={
          isNarrowed ? (
            'There are none of these.'
          ) : (
            <>
              Nothing was told yet. A <a href="#watches/new">watch</a>, a <a href="#batches/new">batch</a> or a{' '}
              <a href="#crawls/new">crawl</a> with a <code>webhook</code> posts what becomes of it there, and each message is here with its
              attempts.
            </>
          )
        }
      />
      {!isNarrowed && (
        <section aria-labelledby="ask-for-one">
          <h2 id="ask-for-one">How one is asked for</h2>
          <RequestShown request={{ path: '/batches', body: EXAMPLE }} reads="json" path="/batches" />
        </section>
      )}
      <ReceiverShown />
    </>
  );
}

function LastAttempt({ attempts }: Pick<Delivery, 'attempts'>): JSX.Element {
  const last = attempts.at(-1);
  if (last === undefined) return <span class="hint">none yet</span>;
  return (
    <>
      {plural(attempts.length, 'attempt')}, last{' '}
      {last.status === null ? last.code : <span class={`status ${last.status < 300 ? 'good' : 'bad'}`}>{last.status}</span>}
    </>
  );
}

export const DELIVERIES: Kind = {
  kind: 'deliveries',
  title: 'Deliveries',
  List: DeliveryList,
  one: () => import('./delivery-page.tsx'),
};
