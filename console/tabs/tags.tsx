import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useParameter } from '../address.ts';
import type { Schemas } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { count, plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { FilterInput } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';

type Found = Schemas['Element'];

/** So many elements are listed. */
const LIMIT = 200;
/** So many names are drawn, and attributes of an element. */
const MOST_NAMES = 500;
/** So much of a value is shown. */
const MOST_SHOWN = 400;

/** Which elements the page is made of, and each of them taken apart. */
export default function Tags({ answer }: TabProps): JSX.Element {
  const { snapshot } = answer;
  const [tag, setTag] = useParameter('tag');
  const [selector, setSelector] = useParameter('selector');
  const isSelecting = selector !== '';
  const asked = isSelecting
    ? {
        path: '/select',
        query: { selector, limit: LIMIT },
        graphql: `select(selector: ${JSON.stringify(selector)}, limit: ${LIMIT}) {\n  total\n  elements { html text attributes { name value } }\n}`,
      }
    : {
        path: '/tags',
        query: { tag: tag === '' ? '*' : tag, limit: LIMIT },
        graphql: `tags(tag: ${JSON.stringify(tag === '' ? '*' : tag)}, limit: ${LIMIT}) {\n  total\n  tags { name html attributes { name value } }\n}`,
      };
  useShows(asked);
  const names = useView<{ tags: { name: string }[] }>({ path: '/tags', query: { snapshot, tag: '*', fields: 'tags.name' } });
  const counted = useMemo(() => countsOf(names.answer?.tags ?? []), [names.answer]);
  const found = useView<{ total: number; tags?: Found[]; elements?: Found[] }>(
    isSelecting || tag !== '' ? { path: asked.path, query: { snapshot, ...asked.query } } : null,
  );
  if (names.failure !== null) return <Trouble failure={names.failure} onRetry={names.again} />;
  const most = Math.max(1, ...counted.map(([, times]) => times));
  return (
    <div class="filled">
      <div class="tools">
        <FilterInput label="CSS selector" placeholder="CSS selector, as main > h1" value={selector} onChange={setSelector} />
        <span class="hint">{isSelecting ? 'what it matches, as you type' : 'or an element name below'}</span>
        {isSelecting && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              setSelector('');
            }}
          >
            Clear
          </button>
        )}
      </div>
      <div class="halves">
        <section class="half" aria-label="Elements by name" tabIndex={0}>
          {names.answer === null ? (
            <p class="hint">Reading …</p>
          ) : (
            <h2 class="heading">
              {plural(names.answer.tags.length, 'element')}, {plural(counted.length, 'name')}
            </h2>
          )}
          <ul class="bars">
            {counted.slice(0, MOST_NAMES).map(([name, times]) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={!isSelecting && name === tag}
                  onClick={() => {
                    setSelector('');
                    setTag(name === tag ? '' : name);
                  }}
                >
                  <span class="bar-name">
                    <TargetText text={name} />
                  </span>
                  <span class="bar-space">
                    <span class="bar" style={{ width: `${(times / most) * 100}%` }} />
                  </span>
                  <span class="bar-count">{count(times)}</span>
                </button>
              </li>
            ))}
          </ul>
          {counted.length > MOST_NAMES && <p class="hint">The {MOST_NAMES} most frequent.</p>}
        </section>
        <section class="half" aria-label="Elements found" tabIndex={0}>
          <Elements view={found} isAsked={isSelecting || tag !== ''} />
        </section>
      </div>
    </div>
  );
}

function Elements({
  view,
  isAsked,
}: {
  view: ReturnType<typeof useView<{ total: number; tags?: Found[]; elements?: Found[] }>>;
  isAsked: boolean;
}): JSX.Element {
  const { answer, failure, again } = view;
  if (!isAsked) return <p class="empty">Choose a name: here are then its elements, each with its attributes and where it stands.</p>;
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  const elements = answer.tags ?? answer.elements ?? [];
  return (
    <>
      <h2 class="heading spread">
        {answer.total > elements.length
          ? `The first ${count(elements.length)} of ${plural(answer.total, 'element')}`
          : plural(answer.total, 'element')}
        <CopyButton text={() => elements.map(({ html }) => html).join('\n')} />
      </h2>
      {elements.length === 0 && <p class="hint">Nothing on this page is like that.</p>}
      <ol class="elements">
        {elements.map((element, index) => (
          <li key={index}>
            <p class="element-head">
              <code class="code-tag">
                &lt;
                <TargetText text={element.name} />
                &gt;
              </code>
              {element.position.line !== null && <span class="hint">line {count(element.position.line)}</span>}
            </p>
            {element.attributes.slice(0, MOST_NAMES).map(({ name, value }) => (
              <p key={name} class="attribute">
                <code>
                  <span class="code-name">
                    <TargetText text={name} />
                  </span>
                  =
                  <span class="code-value">
                    "<TargetText text={value.slice(0, MOST_SHOWN)} />"
                  </span>
                </code>
              </p>
            ))}
            {element.text !== '' && (
              <p class="element-text">
                <TargetText text={element.text.slice(0, MOST_SHOWN)} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** How often each name occurs, the most frequent first. */
function countsOf(elements: readonly { name: string }[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
