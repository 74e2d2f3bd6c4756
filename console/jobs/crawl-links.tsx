import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { Status } from '../summary.tsx';
import { TargetText } from '../target-text.tsx';
import { PageLink } from './page-links.tsx';

/** Pages that are told of each entry: the files may have more. */
export const EXAMPLES = 50;
/** Entries that are asked for at a time, each with as many pages. */
export const ENTRIES = 500;

/** What came in place of a page. */
export function Came({ status, problem = null }: { status: number | null; problem?: string | null }): JSX.Element {
  if (status !== null) return <Status status={status} />;
  return problem === null ? <span class="hint">none</span> : <span class="status bad">{problem}</span>;
}

interface LinkedFromProps {
  id: string;
  url: string;
  total: number;
  linkedFrom: readonly Schemas['CrawlLinkSource'][];
}

/** The pages with links to a URL, each with the text of its link: there they are mended. */
export function LinkedFrom({ id, url, total, linkedFrom }: LinkedFromProps): JSX.Element {
  return (
    <>
      <h4>
        Pages that link there <span class="tab-count">{count(total)}</span>
      </h4>
      {total === 0 && <p class="hint">No page does.</p>}
      <ul class="linked-from">
        {linkedFrom.map(({ index, url: from, to, text, nofollow }) => (
          <li key={`${String(index)} ${to}`}>
            <span class="mono">
              <PageLink id={id} index={index} url={from} />
            </span>
            <span class="hint">
              {text === '' ? 'a link without a text' : <TargetText text={`“${text}”`} />}
              {nofollow && ', nofollow'}
              {to !== url && (
                <>
                  , by way of <TargetText text={to} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {total > linkedFrom.length && <p class="hint">{plural(total - linkedFrom.length, 'link')} more.</p>}
    </>
  );
}
