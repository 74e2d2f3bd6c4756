import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { Segments } from '../tools.tsx';
import { ENTRIES, EXAMPLES } from './crawl-links.tsx';
import type { CrawlPartProps } from './crawl-part.ts';
import { PageLink } from './page-links.tsx';
import { usePlaceValue } from './place.ts';
import { type ListColumn, WholeList } from './whole-list.tsx';

type Duplicate = Schemas['CrawlDuplicate'];

/** What pages share, in the words of what they are to be looked through for. */
const MEMBERS = [
  ['title', 'Titles'],
  ['canonical', 'Canonical links'],
] as const;

const NO_TITLE = 'pages without a title';

/** What several pages share that should be each page's own. */
export default function CrawlDuplicates({ crawl: { id, finishedAt } }: CrawlPartProps): JSX.Element {
  const [asked, setAsked] = usePlaceValue('of');
  const of = MEMBERS.find(([name]) => name === asked)?.[0] ?? 'title';
  const columns: readonly ListColumn<Duplicate>[] = [
    {
      name: 'value',
      title: of === 'title' ? 'Title' : 'Canonical link',
      cell: ({ value }) => (value === null ? NO_TITLE : <TargetText text={value} />),
      value: ({ value }) => value,
      whole: ({ value }) => value ?? NO_TITLE,
    },
    { name: 'pages', title: 'Pages', cell: ({ total }) => total, value: ({ total }) => total, isGreatestFirst: true, isNumber: true },
    {
      name: 'first',
      title: 'The first',
      cell: ({ pages: [first] }) => <TargetText text={first?.url ?? ''} />,
      value: ({ pages: [first] }) => first?.url ?? null,
      whole: ({ pages: [first] }) => first?.url ?? '',
    },
  ];
  return (
    <WholeList<Duplicate>
      title="Duplicates"
      words={['group', 'groups']}
      request={{ path: `/crawls/${encodeURIComponent(id)}/duplicates`, query: { of, examples: EXAMPLES } }}
      member="duplicates"
      page={ENTRIES}
      round={finishedAt ?? ''}
      file={`crawl-${id.slice(0, 10)}-duplicates`}
      columns={columns}
      sort="pages"
      textsOf={({ value, pages }) => [value ?? NO_TITLE, ...pages.map(({ url }) => url)]}
      keyOf={({ value }) => (value === null ? '-' : `=${value}`)}
      titleOf={({ value }) => value ?? NO_TITLE}
      class="duplicates-table"
      tools={
        <Segments
          label="What they share"
          options={MEMBERS}
          value={of}
          onChange={(next) => {
            setAsked(next === 'title' ? '' : next);
          }}
        />
      }
      lead={<p class="hint">Titles that several pages have, and pages that have none; or what several canonical links name.</p>}
      none={of === 'title' ? 'Each page has a title of its own.' : 'No two canonical links name the same.'}
      opened={({ total, pages }) => (
        <>
          <h4>
            Pages that share it <span class="tab-count">{count(total)}</span>
          </h4>
          <ul class="linked-from">
            {pages.map(({ index, url }) => (
              <li key={url} class="mono">
                <PageLink id={id} index={index} url={url} />
              </li>
            ))}
          </ul>
          {total > pages.length && <p class="hint">{plural(total - pages.length, 'page')} more.</p>}
        </>
      )}
    />
  );
}
