import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import type { Known } from '../docs/part.ts';
import { count } from '../figures.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { Chip } from './chip.tsx';
import { JobLink, JobList } from './job-list.tsx';
import type { Kind } from './kind.ts';
import { isAboutToRun, LastRun } from './last-run.tsx';
import { scheduleWords } from './schedule-words.ts';
import type { Start } from './starts.tsx';
import { Time } from './times.tsx';

type Watch = Schemas['Watch'];

const STARTS: readonly (Start & { body: Schemas['WatchBody'] })[] = [
  {
    title: 'A price that changes',
    words: 'A shop of the demo whose price is another each second: begin, then look again now, and see what it was and is.',
    body: {
      url: 'http://pagewire.test/price.html',
      every: 'PT1H',
      views: { extract: { shape: { product: 'h1', price: '.price' } } },
      assert: [{ path: 'extract.data.product', op: 'equals', value: 'A tin of sunflower seeds' }],
    },
  },
  {
    title: 'What must hold, and does not',
    words: 'A title that is not the one that is expected: the assertion fails at the first look, and that is told.',
    body: {
      url: 'http://pagewire.test/page1.htm',
      every: 'P1D',
      views: { extract: { shape: { title: 'h1' } } },
      assert: [
        { path: 'status', op: 'equals', value: '200' },
        { path: 'extract.data.title', op: 'equals', value: 'The Second Page' },
      ],
    },
  },
  {
    title: 'On working days, at eight',
    words: 'The links of a page, by a cron expression in a time zone.',
    body: {
      url: 'http://pagewire.test/article.html',
      cron: '0 8 * * 1-5',
      timezone: 'Europe/Berlin',
      views: { links: {} },
    },
  },
];

/** All watches, the newest first. */
function WatchList({ known }: { known: Known }): JSX.Element {
  return (
    <JobList<Schemas['WatchesAnswer'], Watch>
      known={known}
      kind="watches"
      title="Watches"
      words={['watch', 'watches']}
      lead="A page that is looked at by a schedule: what changes on it is told with what it was and is, and so is what does not hold any more. The first look is what later ones are compared with."
      entriesOf={({ watches }) => watches}
      isGoingOn={isAboutToRun}
      columns={[
        { title: 'Watch', cell: ({ id }) => <JobLink kind="watches" id={id} /> },
        {
          title: 'Page',
          cell: ({ url }) => (
            <span class="jobs-url" title={plainly(url)}>
              <TargetText text={url} />
            </span>
          ),
        },
        { title: 'State', cell: ({ state }) => <Chip word={state} /> },
        { title: 'Runs', cell: (watch) => scheduleWords(watch) },
        {
          title: 'Next run',
          cell: ({ nextRunAt }, now) => (nextRunAt === null ? <span class="hint">not by itself</span> : <Time at={nextRunAt} now={now} />),
        },
        { title: 'Last run', cell: ({ lastRun }, now) => <LastRun run={lastRun} now={now} /> },
        { title: 'Changes', cell: ({ totals }) => count(totals.changes) },
      ]}
      starts={STARTS}
      none={
        <>
          There are none. <a href="#watches/new">Watch a page</a>: name it, what of it is compared, and how often.
        </>
      }
    />
  );
}

export const WATCHES: Kind = {
  kind: 'watches',
  title: 'Watches',
  List: WatchList,
  form: () => import('./watch-form.tsx'),
  one: () => import('./watch-page.tsx'),
};
