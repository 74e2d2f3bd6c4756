import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { Status } from '../summary.tsx';
import { TargetText } from '../target-text.tsx';
import { Came, ENTRIES, EXAMPLES, LinkedFrom } from './crawl-links.tsx';
import type { CrawlPartProps } from './crawl-part.ts';
import { InConsole, PageLink } from './page-links.tsx';
import { type ListColumn, WholeList } from './whole-list.tsx';

type Redirect = Schemas['CrawlRedirect'];

/** Where redirects lead in the end, in a few words, and whether that is well. */
const OUTCOMES: Readonly<Record<Redirect['outcome'], readonly [words: string, kind: string]>> = {
  page: ['a page', 'good'],
  broken: ['nothing', 'bad'],
  loop: ['a loop', 'bad'],
  tooMany: ['too many', 'bad'],
  outside: ['elsewhere', 'info'],
  unretrieved: ['not retrieved', ''],
};

function Outcome({ outcome }: { outcome: Redirect['outcome'] }): JSX.Element {
  const [words, kind] = OUTCOMES[outcome];
  return <span class={`status ${kind}`}>{words}</span>;
}

const COLUMNS: readonly ListColumn<Redirect>[] = [
  { name: 'url', title: 'URL', cell: ({ url }) => <TargetText text={url} />, value: ({ url }) => url, whole: ({ url }) => url },
  {
    name: 'status',
    title: 'Status',
    cell: ({ hops: [first] }) => <Came status={first?.status ?? null} />,
    value: ({ hops: [first] }) => first?.status ?? null,
  },
  { name: 'outcome', title: 'Leads to', cell: (one) => <Outcome {...one} />, value: ({ outcome }) => outcome },
  {
    name: 'final',
    title: 'In the end',
    cell: ({ finalUrl }) => <TargetText text={finalUrl ?? ''} />,
    value: ({ finalUrl }) => finalUrl,
    whole: ({ finalUrl }) => finalUrl ?? '',
  },
  {
    name: 'hops',
    title: 'Steps',
    cell: ({ hops }) => hops.length,
    value: ({ hops }) => hops.length,
    isGreatestFirst: true,
    isNumber: true,
  },
  { name: 'links', title: 'Links', cell: ({ total }) => total, value: ({ total }) => total, isGreatestFirst: true, isNumber: true },
];

/** What redirects, where that leads, and the pages that link there. */
export default function CrawlRedirects({ crawl: { id, finishedAt } }: CrawlPartProps): JSX.Element {
  return (
    <WholeList<Redirect>
      title="Redirects"
      words={['redirect', 'redirects']}
      request={{ path: `/crawls/${encodeURIComponent(id)}/redirects`, query: { examples: EXAMPLES } }}
      member="redirects"
      page={ENTRIES}
      round={finishedAt ?? ''}
      file={`crawl-${id.slice(0, 10)}-redirects`}
      columns={COLUMNS}
      sort="links"
      textsOf={({ url, finalUrl, outcome, hops }) => [url, finalUrl, OUTCOMES[outcome][0], ...hops.map((hop) => hop.url)]}
      keyOf={({ index }) => index}
      titleOf={({ url }) => url}
      actions={InConsole}
      class="redirects-table"
      lead={<p class="hint">Each with where it leads, step by step, and the links to it, which could lead there at once.</p>}
      none="No page redirects."
      opened={({ url, hops, outcome, finalUrl, finalStatus, total, linkedFrom }) => (
        <>
          <h4>Step by step</h4>
          <ol class="linked-from">
            {hops.map((hop) => (
              <li key={hop.index}>
                <span class="mono">
                  <PageLink id={id} {...hop} />
                </span>
                <Status status={hop.status} />
              </li>
            ))}
            <li>
              {finalUrl !== null && (
                <span class="mono">
                  <TargetText text={finalUrl} />
                </span>
              )}
              <span>
                <Outcome outcome={outcome} /> {finalStatus !== null && <Status status={finalStatus} />}
              </span>
            </li>
          </ol>
          <LinkedFrom id={id} url={url} total={total} linkedFrom={linkedFrom} />
        </>
      )}
    />
  );
}
