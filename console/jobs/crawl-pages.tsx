import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { Status } from '../summary.tsx';
import { TargetText } from '../target-text.tsx';
import type { CrawlPartProps } from './crawl-part.ts';
import { PageLink } from './page-links.tsx';
import { usePlaceValue } from './place.ts';
import { type ListColumn, WholeList } from './whole-list.tsx';

type Page = Schemas['CrawlPageEntry'];
/** As much as is read of each. */
const FIELDS = ['index', 'url', 'title', 'state', 'status', 'problem', 'depth', 'rank', 'inDegree', 'outDegree'] as const;
type Entry = Pick<Page, (typeof FIELDS)[number]>;

/** How a page stands: its status, or why it has none. */
function Standing({ state, status }: Entry): JSX.Element {
  return status === null ? <span class={`status ${state === 'failed' ? 'bad' : ''}`}>{state}</span> : <Status status={status} />;
}

/** All pages that a crawl knows, and how they are linked. */
export default function CrawlPages({ crawl }: CrawlPartProps): JSX.Element {
  const [orphans, setOrphans] = usePlaceValue('orphans');
  const columns: readonly ListColumn<Entry>[] = [
    {
      name: 'url',
      title: 'URL',
      cell: ({ index, url }) => (
        <span class="mono">
          <PageLink id={crawl.id} index={index} url={url} />
        </span>
      ),
      value: ({ url }) => url,
      whole: ({ url }) => url,
    },
    {
      name: 'title',
      title: 'Title',
      cell: ({ title }) => <TargetText text={title ?? ''} />,
      value: ({ title }) => title,
      whole: ({ title }) => title ?? '',
    },
    { name: 'status', title: 'Status', cell: (page) => <Standing {...page} />, value: ({ status }) => status },
    { name: 'depth', title: 'Depth', cell: ({ depth }) => depth, value: ({ depth }) => depth, isNumber: true },
    { name: 'in', title: 'In', cell: ({ inDegree }) => inDegree, value: ({ inDegree }) => inDegree, isGreatestFirst: true, isNumber: true },
    {
      name: 'out',
      title: 'Out',
      cell: ({ outDegree }) => outDegree,
      value: ({ outDegree }) => outDegree,
      isGreatestFirst: true,
      isNumber: true,
    },
    {
      name: 'rank',
      title: 'PageRank',
      cell: ({ rank }) => (rank === null ? <span class="hint">none</span> : rank.toPrecision(3)),
      value: ({ rank }) => rank,
      isGreatestFirst: true,
      isNumber: true,
    },
  ];
  return (
    <WholeList<Entry>
      title="Pages"
      words={['page', 'pages']}
      request={{
        path: `/crawls/${encodeURIComponent(crawl.id)}/pages`,
        query: { sort: 'rank', orphans: orphans === '' ? undefined : 'true', fields: ['total', ...FIELDS.map((name) => `pages.${name}`)] },
      }}
      member="pages"
      round={crawl.finishedAt ?? ''}
      file={`crawl-${crawl.id.slice(0, 10)}-pages`}
      columns={columns}
      sort="rank"
      textsOf={({ url, title, state, problem }) => [url, title, state, problem]}
      keyOf={({ index }) => index}
      class="pages-table"
      tools={
        <label class="check">
          <input
            type="checkbox"
            checked={orphans !== ''}
            onChange={({ currentTarget }) => {
              setOrphans(currentTarget.checked ? 'only' : '');
            }}
          />
          <span>Orphans alone</span>
        </label>
      }
      lead={
        <p class="hint">
          Every URL that the crawl knows. In and Out count other pages of it; orphans are those that no page links to. A URL leads to its
          place in the graph.
        </p>
      }
      none={orphans === '' ? 'It knows none yet.' : 'There is no orphan: a page links to each.'}
    />
  );
}
