import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { bytes, count, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { Facts } from './facts.tsx';
import { type Facts as ResultFacts, type Followed, type Job, type Reader, type Row, useJob } from './follow.ts';
import { NotShown } from './not-shown.tsx';
import { Removal } from './removal.tsx';
import { SecretTold } from './secrets.tsx';
import { State } from './standing.tsx';
import { Time, useNow } from './times.tsx';

interface JobPageProps<Of extends Job, Result extends ResultFacts, One extends Row> {
  /** The same each time. */
  reader: Reader<Result, One>;
  id: string;
  /** What one is called. */
  title: string;
  /** How much of it is done. */
  standing: (job: Of) => JSX.Element;
  /** What is told of it beside what is told of all. */
  facts?: (job: Of) => Readonly<Record<string, ComponentChildren>>;
  children: (job: Of, followed: Followed<Of, One>) => ComponentChildren;
}

/** A job that is followed: how it stands, what ends it, and what its kind shows of it. */
export function JobPage<Of extends Job, Result extends ResultFacts, One extends Row>({
  reader,
  id,
  title,
  standing,
  facts = () => ({}),
  children,
}: JobPageProps<Of, Result, One>): JSX.Element {
  const { kind } = reader;
  const [round, setRound] = useState(0);
  const followed = useJob<Of, Result, One>(reader, id, round);
  const { job, failure, isLost } = followed;
  const readAgain = (): void => {
    setRound(round + 1);
  };
  if (failure !== null) {
    return <NotShown title={title} kind={kind} failure={failure} onRetry={readAgain} />;
  }
  return (
    <>
      <div class="jobs-head">
        <h1 tabIndex={-1}>
          {title} <code>{id.slice(0, 10)}</code>
        </h1>
        {job !== null && <Removal kind={kind} id={id} isGoingOn={job.finishedAt === null} onCancelled={readAgain} />}
      </div>
      {job === null ? (
        <p class="hint">Reading …</p>
      ) : (
        <div class="jobs-facts">
          <p role="status">
            <State state={job.state} /> {isLost && <span class="fact warn">the connection is lost: trying again</span>}
          </p>
          {standing(job)}
          <Shared job={job} facts={facts(job)} />
          {job.webhook !== null && <SecretTold webhook={job.webhook.id} />}
        </div>
      )}
      {job !== null && children(job, followed)}
    </>
  );
}

function Shared({ job, facts }: { job: Job; facts: Readonly<Record<string, ComponentChildren>> }): JSX.Element {
  const now = useNow();
  const { createdAt, finishedAt, expiresAt, views, concurrency, perOriginDelayMs, resultBytes, webhook } = job;
  return (
    <Facts
      facts={{
        ...facts,
        'Taken on': <Time at={createdAt} now={now} />,
        Finished: finishedAt === null ? 'not yet' : <Time at={finishedAt} now={now} />,
        Deleted: expiresAt === null ? 'not before it ends' : <Time at={expiresAt} now={now} />,
        Views: views.length === 0 ? 'none: what came back' : views.join(', '),
        Pace: `${plural(concurrency, 'retrieval')} at a time${perOriginDelayMs > 0 ? `, ${count(perOriginDelayMs)} ms between two of one origin` : ''}`,
        Results: bytes(resultBytes),
        ...(webhook !== null && {
          'Its end is told to': (
            <>
              <TargetText text={webhook.url} /> (<a href={`#deliveries?of=${encodeURIComponent(job.id)}`}>deliveries</a>)
            </>
          ),
        }),
      }}
    />
  );
}
