import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { type Late, LatePart } from '../late-part.tsx';
import type { CrawlPartProps } from './crawl-part.ts';
import type { Reader, Row } from './follow.ts';
import { JobPage } from './job-page.tsx';
import type { PartProps } from './kind.ts';
import { addressOf, usePlaceValue } from './place.ts';
import type { Column } from './results.tsx';
import { type Counted, PROBLEMS, ResultsPart, STATUSES } from './results-part.tsx';
import { Standing } from './standing.tsx';

type Crawl = Schemas['Crawl'];
type Result = Schemas['CrawlResult'];

/** What is kept of a page beside what is kept of all results. */
interface PageRow extends Row {
  depth: number;
  title: string;
}

const CRAWL: Reader<Result, PageRow> = {
  kind: 'crawls',
  one: 'crawl',
  fields: ['depth', 'title', 'redirectsTo'],
  rowOf: (row, { depth, title, redirectsTo }) => ({ ...row, depth, title: title ?? (redirectsTo === null ? '' : `→ ${redirectsTo}`) }),
};
const COUNTED: readonly Counted<PageRow>[] = [
  {
    name: 'state',
    title: 'States',
    valueOf: ({ state }) => state,
    kind: (state) => ({ succeeded: 'good', failed: 'bad' })[state] ?? 'moved',
  },
  { name: 'depth', title: 'Links from the start', valueOf: ({ depth }) => String(depth), kind: () => 'info', isInOrder: true },
  STATUSES,
  PROBLEMS,
];
const COLUMNS: readonly Column<PageRow>[] = [
  { title: 'Depth', cell: ({ depth }) => depth },
  { title: 'Title', cell: ({ title }) => <TargetText text={title} />, whole: ({ title }) => title },
  { title: 'Problem', cell: ({ code }) => code },
];

/** The parts of a crawl beside its results, by how the address has them; most are loaded when they are first looked at. */
const PARTS: readonly { name: string; title: string; load: Late<CrawlPartProps>; count?: (crawl: Crawl) => number }[] = [
  {
    name: 'passed-over',
    title: 'Passed over',
    load: () => import('./crawl-passed-over.tsx'),
    count: ({ passedOver }) => passedOver.reduce((sum, one) => sum + one.count, 0),
  },
  { name: 'pages', title: 'Pages', load: () => import('./crawl-pages.tsx') },
  { name: 'broken', title: 'Broken links', load: () => import('./crawl-broken.tsx') },
  { name: 'redirects', title: 'Redirects', load: () => import('./crawl-redirects.tsx') },
  { name: 'duplicates', title: 'Duplicates', load: () => import('./crawl-duplicates.tsx') },
  { name: 'graph', title: 'Graph', load: () => import('./graph/graph-part.tsx') },
];

/** A crawl: how it stands, its results as they come, and what is to be seen of the site. */
export default function CrawlPage({ id }: PartProps): JSX.Element {
  const [part] = usePlaceValue('part');
  const shown = PARTS.find(({ name }) => name === part);
  return (
    <JobPage<Crawl, Result, PageRow>
      reader={CRAWL}
      id={id}
      title="Crawl"
      standing={(job) => <Progress job={job} />}
      facts={({ url, origins, limit, depth }) => ({
        From: (
          <span class="jobs-url" title={plainly(url)}>
            <TargetText text={url} />
          </span>
        ),
        Within: <TargetText text={origins.join(', ')} />,
        'At most': `${plural(limit, 'page')}, ${plural(depth, 'link')} from the start`,
      })}
    >
      {(job, followed) => (
        <>
          <nav class="job-parts" aria-label="Parts of the crawl">
            {[{ name: '', title: 'Results', count: undefined }, ...PARTS].map(({ name, title, count: countOf }) => (
              <button
                key={name}
                type="button"
                aria-current={part === name ? 'true' : undefined}
                onClick={() => {
                  location.hash = addressOf({ kind: 'crawls', id, values: new URLSearchParams(name === '' ? {} : { part: name }) });
                }}
              >
                {title}
                {countOf !== undefined && <span class="tab-count">{count(countOf(job))}</span>}
              </button>
            ))}
          </nav>
          {shown !== undefined ? (
            <LatePart key={shown.name} load={shown.load} given={{ crawl: job }} />
          ) : (
            <ResultsPart
              kind="crawls"
              one="crawl"
              followed={followed}
              job={job}
              total={Math.max(followed.known, Math.min(job.counts.known, job.limit))}
              counted={COUNTED}
              columns={COLUMNS}
              graph={graphOf(id)}
            />
          )}
        </>
      )}
    </JobPage>
  );
}

/** How many pages stand how; those that wait when it has ended are those that its limit left. */
function Progress({ job: { counts, finishedAt } }: { job: Crawl }): JSX.Element {
  const { known, depth, waiting } = counts;
  return (
    <>
      <Standing counts={counts} total={known} />
      <p class="hint">
        {plural(known, 'page')} known, the farthest that was begun is {plural(depth, 'link')} from the start.
        {finishedAt !== null && waiting > 0 && ` ${plural(waiting, 'page')} ${waiting === 1 ? 'was' : 'were'} left by its limit.`}
      </p>
    </>
  );
}

/** The same in the graph, where results are a field of their crawl. */
const graphOf = (id: string): string =>
  `{\n  crawl(id: ${JSON.stringify(id)}) {\n    state\n    counts { known succeeded failed forbidden waiting depth }\n    results(limit: 100) {\n      total\n      results { index url depth foundOn state status title problem { code detail } views }\n    }\n  }\n}`;
