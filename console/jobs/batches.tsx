import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import type { Known } from '../docs/part.ts';
import { JobLink, JobList } from './job-list.tsx';
import type { Kind } from './kind.ts';
import { Standing, State } from './standing.tsx';
import type { Start } from './starts.tsx';
import { Time } from './times.tsx';

const all = (...paths: readonly string[]): string[] => paths.map((path) => `http://pagewire.test/${path}`);

const STARTS: readonly (Start & { body: Schemas['BatchBody'] })[] = [
  {
    title: 'Three pages, read in two ways',
    words: 'Their links, and what each says of itself: every result is one tree.',
    body: { urls: all('page1.htm', 'page2.htm', 'article.html'), views: { links: { limit: 10 }, metadata: {} } },
  },
  {
    title: 'What failures look like',
    words: 'A loop of redirects, one that policy refuses, and two texts that have no links.',
    body: { urls: all('loop', 'inside', 'romeo.txt', 'missing', 'page1.htm'), views: { links: {} } },
  },
  {
    title: 'Politely, one after the other',
    words: 'Twenty retrievals of one origin, a third of a second between them: watch them come, or cancel it.',
    body: {
      urls: all(...Array.from({ length: 20 }, (_, index) => `page${String((index % 2) + 1)}.htm`)),
      perOriginDelayMs: 333,
      views: { wordCount: { limit: 3 } },
    },
  },
];

type Batch = Schemas['Batch'];

/** All batches, the newest first. */
function BatchList({ known }: { known: Known }): JSX.Element {
  return (
    <JobList<Schemas['BatchesAnswer'], Batch>
      known={known}
      kind="batches"
      title="Batches"
      words={['batch', 'batches']}
      lead="Up to 10,000 URLs, retrieved and read in the background: each has one result, whatever ends meanwhile, and they are kept for a week unless the server says otherwise."
      entriesOf={({ batches }) => batches}
      isGoingOn={({ finishedAt }) => finishedAt === null}
      columns={[
        { title: 'Batch', cell: ({ id }) => <JobLink kind="batches" id={id} /> },
        { title: 'State', cell: ({ state }) => <State state={state} /> },
        { title: 'Results', cell: ({ counts }) => <Standing counts={counts} total={counts.total} /> },
        { title: 'Views', cell: ({ views }) => (views.length === 0 ? <span class="hint">none</span> : views.join(', ')) },
        { title: 'Taken on', cell: ({ createdAt }, now) => <Time at={createdAt} now={now} /> },
        {
          title: 'Deleted',
          cell: ({ expiresAt }, now) =>
            expiresAt === null ? <span class="hint">not before it ends</span> : <Time at={expiresAt} now={now} />,
        },
      ]}
      starts={STARTS}
      none={
        <>
          There are none. <a href="#batches/new">Begin with a list of URLs</a>, pasted or as a file.
        </>
      }
    />
  );
}

export const BATCHES: Kind = {
  kind: 'batches',
  title: 'Batches',
  List: BatchList,
  form: () => import('./batch-form.tsx'),
  one: () => import('./batch-page.tsx'),
};
