import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useChoice, useParameter } from '../address.ts';
import { type Choice, CHOICES } from '../address-words.ts';
import type { Schemas } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { count, plural } from '../figures.ts';
import { enumValue } from '../snippets.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { FilterInput, Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';
import { VirtualRows } from '../virtual-rows.tsx';

type Link = Schemas['Link'];
type Sort = Choice<'sort'>;

/** What the table shows of a link: of a long page, a fraction of all that is known. */
const FIELDS =
  'total,baseUrl,baseSource,links.href,links.url,links.text,links.kind,links.rel,links.landmark,links.nearestHeading,links.occurrences,links.position';

/** By what each column sorts. */
const KEYS: Readonly<Record<Sort, (link: Link) => string | number>> = {
  page: ({ position }) => position.index,
  kind: ({ kind }) => kind,
  text: ({ text }) => (text ?? '').toLowerCase(),
  url: ({ url, href }) => url ?? href,
  rel: ({ rel }) => rel.join(' '),
  times: ({ occurrences }) => -occurrences,
};
const COLUMNS: readonly (readonly [sort: Sort, title: string])[] = [
  ['page', 'Line'],
  ['kind', 'Kind'],
  ['text', 'Text'],
  ['url', 'URL'],
  ['rel', 'Rel'],
  ['times', 'Times'],
];

/** Every link of the page, and why a regular expression finds others. */
export default function Links({ answer }: TabProps): JSX.Element {
  const [mode, setMode] = useChoice('links');
  return (
    <div class="filled">
      <div class="tools">
        <Segments
          label="What is shown"
          options={[
            ['all', 'All links'],
            ['compare', 'Regex beside parser'],
          ]}
          value={mode}
          onChange={setMode}
        />
        {mode === 'all' && <Filters />}
      </div>
      {mode === 'all' ? <LinkTable answer={answer} /> : <Comparison answer={answer} />}
    </div>
  );
}

function Filters(): JSX.Element {
  const [kind, setKind] = useChoice('kind');
  const [rel, setRel] = useParameter('rel');
  const [contains, setContains] = useParameter('contains');
  return (
    <>
      <FilterInput label="Text or URL contains" placeholder="in text or URL" value={contains} onChange={setContains} />
      <select
        aria-label="Kind"
        value={kind}
        onChange={({ currentTarget }) => {
          setKind(currentTarget.value as Choice<'kind'>);
        }}
      >
        <option value="">every kind</option>
        {CHOICES.kind.slice(1).map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <FilterInput label="Link type" placeholder="rel, as nofollow" value={rel} onChange={setRel} />
    </>
  );
}

function LinkTable({ answer }: TabProps): JSX.Element {
  const [kind] = useChoice('kind');
  const [rel] = useParameter('rel');
  const [contains] = useParameter('contains');
  const [sort, setSort] = useChoice('sort');
  const [direction, setDirection] = useChoice('direction');
  useShows({
    path: '/links',
    query: { kind, rel, contains },
    graphql: `links${graphArguments({ kind, rel, contains })} {\n  total\n  links { url text kind rel }\n}`,
  });
  const {
    answer: links,
    failure,
    isLoading,
    again,
  } = useView<Schemas['LinksAnswer']>({
    path: '/links',
    query: { snapshot: answer.snapshot, fields: FIELDS },
  });
  const shown = useMemo(() => {
    const found = filtered(links?.links ?? [], { kind, rel, contains });
    return sorted(found, sort, direction === 'descending');
  }, [links, kind, rel, contains, sort, direction]);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (links === null) return <p class="hint">{isLoading ? 'Reading the page …' : ''}</p>;
  const choose = (next: Sort): void => {
    if (next === sort) setDirection(direction === 'ascending' ? 'descending' : 'ascending');
    else {
      setSort(next);
      setDirection('ascending');
    }
  };
  return (
    <>
      <p class="counts">
        <strong>
          {shown.length === links.total ? plural(links.total, 'link') : `${count(shown.length)} of ${plural(links.total, 'link')}`}
        </strong>
        <span>
          resolved against <code>{links.baseUrl}</code>, {BASE[links.baseSource]}
        </span>
        <CopyButton label="Copy as CSV" text={() => csv(shown)} />
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(shown, null, 2)} />
      </p>
      {shown.length === 0 ? (
        <p class="empty">
          {links.total === 0 ? 'This page has no links: no a and no area with an href.' : 'No link is like that. Take a filter away.'}
        </p>
      ) : (
        <VirtualRows
          count={shown.length}
          label="Links"
          role="table"
          class="link-table"
          head={
            <div class="rows-head" role="row">
              {COLUMNS.map(([name, title]) => (
                <span key={name} role="columnheader" aria-sort={name === sort ? direction : 'none'}>
                  <button
                    type="button"
                    onClick={() => {
                      choose(name);
                    }}
                  >
                    {title}
                    {name === sort && (direction === 'ascending' ? ' ▴' : ' ▾')}
                  </button>
                </span>
              ))}
            </div>
          }
          row={(index) => <LinkRow key={index} link={shown[index]} index={index} />}
        />
      )}
    </>
  );
}

const BASE: Readonly<Record<Schemas['LinksAnswer']['baseSource'], string>> = {
  element: 'as its <base> says',
  url: 'its own URL',
  parameter: 'as was asked',
};

function LinkRow({ link, index }: { link: Link | undefined; index: number }): JSX.Element | null {
  if (link === undefined) return null;
  const { position, kind, text, url, href, rel, occurrences } = link;
  const isTarget = url !== null && /^https?:/.test(url);
  return (
    <div class="rows-row" role="row" aria-rowindex={index + 2}>
      <span role="cell" class="number">
        {position.line}
      </span>
      <span role="cell">
        <span class={`kind kind-${kind}`}>{kind}</span>
      </span>
      <span role="cell" class="clip" title={plainly(text ?? '')}>
        {text === null || text === '' ? <span class="hint">no text</span> : <TargetText text={text} />}
      </span>
      <span role="cell" class="clip mono" title={plainly(href === url ? href : `written ${href}`)}>
        {isTarget ? <a href={`#${new URLSearchParams({ url }).toString()}`}>{url}</a> : <TargetText text={url ?? href} />}
      </span>
      <span role="cell" class="clip">
        <TargetText text={rel.join(' ')} />
      </span>
      <span role="cell" class="number">
        {occurrences}
      </span>
    </div>
  );
}

interface LinkFilter {
  kind: string;
  rel: string;
  contains: string;
}

/** As the server filters: letter case is ignored, and any of the words of `rel` is enough. */
function filtered(links: readonly Link[], { kind, rel, contains }: LinkFilter): Link[] {
  const needle = contains.toLowerCase();
  const types = rel
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((type) => type !== '');
  return links.filter(
    (link) =>
      (kind === '' || link.kind === kind) &&
      (types.length === 0 || types.some((type) => link.rel.includes(type))) &&
      (needle === '' || (link.url ?? link.href).toLowerCase().includes(needle) || (link.text ?? '').toLowerCase().includes(needle)),
  );
}

function sorted(links: Link[], sort: Sort, isDescending: boolean): Link[] {
  const key = KEYS[sort];
  if (sort === 'page' && !isDescending) return links;
  const keyed = links.map((link) => ({ link, value: key(link) }));
  const sign = isDescending ? -1 : 1;
  keyed.sort((one, other) => (one.value < other.value ? -sign : one.value > other.value ? sign : 0));
  return keyed.map(({ link }) => link);
}

function graphArguments({ kind, rel, contains }: LinkFilter): string {
  const words = [
    ...(kind === '' ? [] : [`kind: ${enumValue(kind)}`]),
    ...(rel === '' ? [] : [`rel: ${JSON.stringify(rel.split(/[\s,]+/))}`]),
    ...(contains === '' ? [] : [`contains: ${JSON.stringify(contains)}`]),
  ];
  return words.length === 0 ? '' : `(${words.join(', ')})`;
}

/** RFC 4180; what a spreadsheet would take for a formula has an apostrophe before it, as in the server's CSV. */
function csv(links: readonly Link[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = links.map(({ href, url, text, kind, rel, position }) =>
    [href, url ?? '', text ?? '', kind, rel.join(' '), String(position.line ?? '')].map(cell).join(','),
  );
  return ['href,url,text,kind,rel,position.line', ...rows].join('\r\n');
}

const COMPARE_LIMIT = 300;

/** What the expression finds and a parser does not, and the other way round. */
function Comparison({ answer }: TabProps): JSX.Element {
  const [reason, setReason] = useParameter('reason');
  useShows({
    path: '/links/compare',
    query: { reason },
    graphql: `linksCompare${reason === '' ? '' : `(reason: ${enumValue(reason)})`} {\n  regex\n  parser\n  both\n  reasons { reason foundBy count }\n}`,
  });
  const {
    answer: found,
    failure,
    again,
  } = useView<Schemas['LinksCompareAnswer']>({
    path: '/links/compare',
    query: { snapshot: answer.snapshot, limit: COMPARE_LIMIT, reason },
  });
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (found === null) return <p class="hint">Reading the page …</p>;
  const most = Math.max(1, ...found.reasons.map((one) => one.count));
  return (
    <div class="scrolled" tabIndex={0} role="region" aria-label="Regular expression beside parser">
      <p class="story small">
        <code>{found.expression}</code> finds <strong>{count(found.regex)}</strong>, a parser <strong>{count(found.parser)}</strong>; at{' '}
        {plural(found.both, 'place')} they find the same link.
      </p>
      <ul class="bars" aria-label="Why they differ">
        {found.reasons.map((one) => (
          <li key={one.reason + one.foundBy}>
            <button
              type="button"
              aria-pressed={one.reason === reason}
              onClick={() => {
                setReason(one.reason === reason ? '' : one.reason);
              }}
            >
              <span class="bar-name">
                {one.reason} <span class="hint">{FOUND_BY[one.foundBy]}</span>
              </span>
              <span class="bar-space">
                <span class="bar" style={{ width: `${(one.count / most) * 100}%` }} />
              </span>
              <span class="bar-count">{count(one.count)}</span>
            </button>
          </li>
        ))}
      </ul>
      <ol class="differences">
        {found.links.map((link, index) => (
          <li key={index}>
            <span class={`found found-${link.foundBy}`}>{FOUND_BY[link.foundBy]}</span>
            <code>
              <TargetText text={(link.parser ?? link.regex)?.href ?? ''} />
            </code>
            <span class="hint">
              <TargetText text={link.explanation ?? ''} />
            </span>
          </li>
        ))}
      </ol>
      {found.total > COMPARE_LIMIT && (
        <p class="hint">
          The first {COMPARE_LIMIT} of {plural(found.total, 'place')}.
        </p>
      )}
    </div>
  );
}

const FOUND_BY = { both: 'both', regex: 'regex alone', parser: 'parser alone' } as const;
