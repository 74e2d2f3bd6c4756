import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import type { Known } from '../docs/part.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { JobLink, JobList } from './job-list.tsx';
import type { Kind } from './kind.ts';
import { Standing, State } from './standing.tsx';
import type { Start } from './starts.tsx';
import { Time } from './times.tsx';

type Crawl = Schemas['Crawl'];

const GARDEN = 'http://pagewire.test/garden/';

const STARTS: readonly (Start & { body: Schemas['CrawlBody'] })[] = [
  {
    title: 'A small site, whole',
    words: 'What it has, what links to what, and what is wrong with it: broken links, redirects, pages that are there twice.',
    body: { url: GARDEN },
  },
  {
    title: 'All of the demo',
    words:
      'Everything that it has to look at, and all that can go wrong on the way: loops, a refusal, encodings, a page that takes its time.',
    body: { url: 'http://pagewire.test/' },
  },
  {
    title: 'Two links deep, read on the way',
    words: 'The small site no farther than two links from its start, with what each page says of itself.',
    body: { url: GARDEN, depth: 2, views: { metadata: {} } },
  },
  {
    title: 'Politely, one page after the other',
    words: 'A third of a second between two retrievals, and never more than one at a time: watch it come, or cancel it.',
    body: { url: GARDEN, perOriginDelayMs: 333 },
  },
];

/** All crawls, the newest first. */
function CrawlList({ known }: { known: Known }): JSX.Element {
  return (
    <JobList<Schemas['CrawlsAnswer'], Crawl>
      known={known}
      kind="crawls"
      title="Crawls"
      words={['crawl', 'crawls']}
      lead="A site, retrieved and read page by page: depth by depth from where it begins, as robots.txt and its sitemaps say. Each page that it comes to has one result, whatever ends meanwhile."
      entriesOf={({ crawls }) => crawls}
      isGoingOn={({ finishedAt }) => finishedAt === null}
      columns={[
        { title: 'Crawl', cell: ({ id }) => <JobLink kind="crawls" id={id} /> },
        {
          title: 'From',
          cell: ({ url }) => (
            <span class="jobs-url" title={plainly(url)}>
              <TargetText text={url} />
            </span>
          ),
        },
        { title: 'State', cell: ({ state }) => <State state={state} /> },
        { title: 'Pages', cell: ({ counts }) => <Standing counts={counts} total={counts.known} /> },
        { title: 'Depth', cell: ({ counts }) => counts.depth },
        { title: 'Taken on', cell: ({ createdAt }, now) => <Time at={createdAt} now={now} /> },
      ]}
      starts={STARTS}
      none={
        <>
          There are none. <a href="#crawls/new">Begin with the URL of a site</a>.
        </>
      }
    />
  );
}

export const CRAWLS: Kind = {
  kind: 'crawls',
  title: 'Crawls',
  List: CrawlList,
  form: () => import('./crawl-form.tsx'),
  one: () => import('./crawl-page.tsx'),
};
