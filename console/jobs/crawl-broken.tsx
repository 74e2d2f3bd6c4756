import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { TargetText } from '../target-text.tsx';
import { Came, ENTRIES, EXAMPLES, LinkedFrom } from './crawl-links.tsx';
import type { CrawlPartProps } from './crawl-part.ts';
import { InConsole } from './page-links.tsx';
import { type ListColumn, WholeList } from './whole-list.tsx';

type Broken = Schemas['CrawlBrokenPage'];

const COLUMNS: readonly ListColumn<Broken>[] = [
  { name: 'url', title: 'URL', cell: ({ url }) => <TargetText text={url} />, value: ({ url }) => url, whole: ({ url }) => url },
  { name: 'came', title: 'What came', cell: (one) => <Came {...one} />, value: ({ status, problem }) => status ?? problem },
  { name: 'links', title: 'Links', cell: ({ total }) => total, value: ({ total }) => total, isGreatestFirst: true, isNumber: true },
  {
    name: 'from',
    title: 'The first on',
    cell: ({ linkedFrom: [first] }) => <TargetText text={first?.url ?? ''} />,
    value: ({ linkedFrom: [first] }) => first?.url ?? null,
    whole: ({ linkedFrom: [first] }) => first?.url ?? '',
  },
  {
    name: 'text',
    title: 'Text of the link',
    cell: ({ linkedFrom: [first] }) => <TargetText text={first?.text ?? ''} />,
    value: ({ linkedFrom: [first] }) => first?.text ?? null,
    whole: ({ linkedFrom: [first] }) => first?.text ?? '',
  },
];

/** What cannot be had, and the pages that link there. */
export default function CrawlBroken({ crawl: { id, finishedAt } }: CrawlPartProps): JSX.Element {
  return (
    <WholeList<Broken>
      title="Broken links"
      words={['broken page', 'broken pages']}
      request={{ path: `/crawls/${encodeURIComponent(id)}/broken`, query: { examples: EXAMPLES } }}
      member="broken"
      page={ENTRIES}
      round={finishedAt ?? ''}
      file={`crawl-${id.slice(0, 10)}-broken`}
      columns={COLUMNS}
      sort="links"
      textsOf={({ url, problem, linkedFrom }) => [url, problem, ...linkedFrom.flatMap((from) => [from.url, from.text])]}
      keyOf={({ index }) => index}
      titleOf={({ url }) => url}
      actions={InConsole}
      class="broken-table"
      lead={
        <p class="hint">
          Pages with a status of 400 or more, or none, and the links that lead there, by way of redirects, too. A URL tells which.
        </p>
      }
      none="No link is broken."
      opened={(one) => <LinkedFrom id={id} {...one} />}
    />
  );
}
