import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Schemas } from '../contract.ts';
import { RequestShown } from '../docs/request-shown.tsx';
import { count } from '../figures.ts';
import { readable } from '../server.ts';
import { TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { useView } from '../view.ts';
import { useAction } from './action.ts';
import { Assertion } from './assertions.tsx';
import { Chip } from './chip.tsx';
import { Facts } from './facts.tsx';
import type { PartProps } from './kind.ts';
import { NotShown } from './not-shown.tsx';
import { usePlaceValue } from './place.ts';
import { ReceiverShown } from './receiver-shown.tsx';
import { Removal } from './removal.tsx';
import { scheduleWords } from './schedule-words.ts';
import { SecretRotation } from './secret-rotation.tsx';
import { SecretTold } from './secrets.tsx';
import { Time, useNow } from './times.tsx';
import { WatchChanges } from './watch-changes.tsx';
import { WatchEvents, WatchRuns } from './watch-runs.tsx';
import { WatchSettings } from './watch-settings.tsx';
import { isAboutToRun, LastRun } from './last-run.tsx';

type Watch = Schemas['Watch'];

/** How often it is looked at again: while a run is to be seen, and else, in milliseconds. */
const LOOK_MS = 1000;
const SELDOM_MS = 15_000;
/** Seconds that a run is waited for. */
const WAIT_S = 30;

const PARTS = [
  ['', 'Changes'],
  ['runs', 'Runs'],
  ['events', 'Events'],
  ['webhook', 'Webhook'],
  ['settings', 'Settings'],
  ['request', 'Request'],
] as const;

/** A watch: how it stands, what it has found, and what can be done with it. */
export default function WatchPage({ id }: PartProps): JSX.Element {
  const [part, setPart] = usePlaceValue('part');
  const [round, setRound] = useState(Date.now);
  const now = useNow();
  const path = `/watches/${encodeURIComponent(id)}`;
  const { answer: watch, failure, isLoading, again } = useView<Watch>({ path }, undefined, round);
  const { act, isActing, failure: refusal } = useAction();
  const isSoon = watch !== null && isAboutToRun(watch);
  useEffect(() => {
    if (isLoading) return undefined;
    const timer = setTimeout(
      () => {
        if (!document.hidden) setRound(Date.now());
      },
      isSoon ? LOOK_MS : SELDOM_MS,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [isSoon, isLoading, round]);
  const readAgain = (): void => {
    setRound(Date.now());
  };
  const run = async (): Promise<void> => {
    await act({ path: `${path}/run`, query: { wait: WAIT_S }, body: {} });
    readAgain();
  };
  const pause = async (paused: boolean): Promise<void> => {
    await act({ path, method: 'PATCH', body: { paused } });
    readAgain();
  };
  if (failure !== null) {
    return <NotShown title="Watch" kind="watches" failure={failure} onRetry={again} />;
  }
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>
          Watch <code>{id.slice(0, 10)}</code>
        </h1>
        {watch !== null && (
          <span class="tools">
            <button type="button" class="button primary" disabled={isActing} onClick={() => void run()}>
              {isActing ? 'Under way …' : 'Look now'}
            </button>
            <button type="button" class="button" disabled={isActing} onClick={() => void pause(watch.state === 'active')}>
              {watch.state === 'active' ? 'Pause' : 'Go on'}
            </button>
            <Removal kind="watches" id={id} isGoingOn={false} words="Delete it, with all that it has found" onCancelled={readAgain} />
          </span>
        )}
      </div>
      {refusal !== null && <Trouble failure={refusal} />}
      {watch === null ? (
        <p class="hint">Reading …</p>
      ) : (
        <>
          {watch.webhook !== null && <SecretTold webhook={watch.webhook.id} />}
          <Standing watch={watch} now={now} />
          <nav class="job-parts" aria-label="Parts of the watch">
            {PARTS.map(([name, title]) => (
              <button
                key={name}
                type="button"
                aria-current={part === name ? 'true' : undefined}
                onClick={() => {
                  setPart(name);
                }}
              >
                {title}
                <Counted name={name} watch={watch} />
              </button>
            ))}
          </nav>
          <Part part={part} watch={watch} now={now} onChanged={readAgain} />
        </>
      )}
    </>
  );
}

function Counted({ name, watch: { totals } }: { name: string; watch: Watch }): JSX.Element | null {
  const total = { '': totals.changes, runs: totals.runs, events: totals.events }[name];
  return total === undefined ? null : <span class="tab-count">{count(total)}</span>;
}

interface PartOfWatchProps {
  part: string;
  watch: Watch;
  now: number;
  onChanged: () => void;
}

function Part({ part, watch, now, onChanged }: PartOfWatchProps): JSX.Element {
  if (part === 'runs') return <WatchRuns watch={watch} now={now} />;
  if (part === 'events') return <WatchEvents watch={watch} now={now} />;
  if (part === 'webhook') return <WebhookPart watch={watch} />;
  if (part === 'settings') return <WatchSettings watch={watch} onChanged={onChanged} />;
  if (part === 'request')
    return <RequestShown request={{ path: `/watches/${watch.id}` }} reads="json" path="/watches/{id}" graph={graphOf(watch.id)} />;
  return <WatchChanges watch={watch} now={now} />;
}

function Standing({ watch, now }: { watch: Watch; now: number }): JSX.Element {
  const { url, state, views, headers, body, ignore, assertions, confirm, jitterS, nextRunAt, lastRun, createdAt } = watch;
  const compared = [...views, ...headers.map((name) => `headers.${name.toLowerCase()}`), ...(body ? ['the content as a whole'] : [])];
  const facts: Record<string, ComponentChildren> = {
    Page: (
      <a class="jobs-url" href={`/#${readable(new URLSearchParams({ url }))}`}>
        <TargetText text={url} />
      </a>
    ),
    Runs: `${scheduleWords(watch)}${jitterS > 0 ? `, up to ${count(jitterS)} s later` : ''}`,
    'Next run': nextRunAt === null ? 'not by itself' : <Time at={nextRunAt} now={now} />,
    'Last run': <LastRun run={lastRun} now={now} />,
    Begun: <Time at={createdAt} now={now} />,
    Compared: <TargetText text={compared.join(', ')} />,
    ...(ignore.length > 0 && { 'Left out': <TargetText text={ignore.join(', ')} /> }),
    ...(confirm > 1 && { 'Believed after': `${count(confirm)} runs in a row` }),
  };
  return (
    <div class="jobs-facts">
      <p role="status">
        <Chip word={state} />
      </p>
      <Facts facts={facts} />
      {assertions.length > 0 && (
        <ul class="assertions" aria-label="What must hold">
          {assertions.map((assertion) => {
            const isFailed = lastRun?.failed.some((one) => JSON.stringify(one) === JSON.stringify(assertion)) ?? false;
            return (
              <li key={JSON.stringify(assertion)}>
                <span class={`status ${lastRun === null ? '' : isFailed ? 'bad' : 'good'}`}>
                  {lastRun === null ? 'not looked yet' : isFailed ? 'does not hold' : 'holds'}
                </span>{' '}
                <Assertion assertion={assertion} />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** Where it is told what happens, and with what secret. */
function WebhookPart({ watch: { id, webhook } }: { watch: Watch }): JSX.Element {
  if (webhook === null) {
    return (
      <p class="empty">
        Nobody is told. A watch that is begun with a <code>webhook</code> posts what happens there: a change, a failure, a condition that
        does not hold any more. <a href="#watches/new">Begin one</a>.
      </p>
    );
  }
  const { url, events, previousSecretUntil, disabledAt } = webhook;
  return (
    <>
      {disabledAt !== null && (
        <p class="verdict warn">
          Nothing is told there any more: the receiver answered 410. A delivery that is made again and taken ends that.
        </p>
      )}
      <div class="jobs-facts">
        <Facts
          facts={{
            'Posted to': (
              <span class="jobs-url">
                <TargetText text={url} />
              </span>
            ),
            Events: events === null ? 'all' : events.join(', '),
            Secret:
              previousSecretUntil === null
                ? 'told once, when it was made'
                : `one, and one before it until ${previousSecretUntil.slice(0, 16).replace('T', ' ')} UTC`,
            Deliveries: <a href={`#deliveries?of=${encodeURIComponent(id)}`}>what it was told</a>,
          }}
        />
      </div>
      <SecretRotation webhook={webhook.id} />
      <ReceiverShown />
    </>
  );
}

/** The same in the graph, where runs and changes are fields of their watch. */
const graphOf = (id: string): string =>
  `{\n  watch(id: ${JSON.stringify(id)}) {\n    state\n    nextRunAt\n    lastRun { state status startedAt failed { path op value } }\n    changes(limit: 10) {\n      total\n      changes { run kind path before after beforeSnapshot afterSnapshot }\n    }\n  }\n}`;
