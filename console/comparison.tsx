import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from './contract.ts';
import { bytes, count, plural } from './figures.ts';
import { Status } from './summary.tsx';
import { plainly, TargetText } from './target-text.tsx';
import { TextDifference } from './text-difference.tsx';
import { Segments } from './tools.tsx';
import { Trouble } from './trouble.tsx';
import { Failure } from './server.ts';
import { changesOf, type Variant } from './variants.ts';
import { useView } from './view.ts';

type Answer = Schemas['CompareAnswer'];
type Compared = Answer['variants'][number];
type Difference = Schemas['Difference'];

/** What is told of each variant, in this order. */
const FACTS = [
  ['status', 'Status', ({ status }) => (status === null ? null : <Status status={status} />)],
  ['finalUrl', 'Final URL', ({ finalUrl }) => finalUrl],
  ['mediaType', 'Media type', ({ mediaType }) => mediaType],
  ['contentEncoding', 'Content coding', ({ contentEncoding }) => contentEncoding ?? 'none'],
  ['transferBytes', 'Sent', ({ transferBytes }) => (transferBytes === null ? null : bytes(transferBytes))],
  ['bytes', 'Content', (variant) => (variant.bytes === null ? null : plural(variant.bytes, 'byte'))],
  ['sha256', 'SHA-256', ({ sha256 }) => sha256 && <span title={sha256}>{sha256.slice(0, 12)}…</span>],
  ['links', 'Links', ({ links }) => links && count(links)],
  ['words', 'Words', ({ words }) => words && count(words)],
] as const satisfies readonly (readonly [string, string, (variant: Compared) => ComponentChildren])[];

/** How each member is called in a sentence. */
const IN_WORDS: Readonly<Record<string, string>> = {
  status: 'the status',
  finalUrl: 'the final URL',
  mediaType: 'the media type',
  contentEncoding: 'the content coding',
  transferBytes: 'the bytes sent',
  bytes: 'the length',
  sha256: 'the content',
  links: 'the links',
  words: 'the words',
};

/** What variants of a request brought back, side by side. */
export function Comparison({ answer, variants }: { answer: Answer; variants: readonly Variant[] }): JSX.Element {
  const different = new Set(answer.differences.map(({ name }) => name));
  const names = answer.variants.map(({ name }) => name);
  const failed = answer.variants.flatMap(({ name, problem }) => (problem === null ? [] : [{ name, problem }]));
  return (
    <>
      <Verdict answer={answer} failed={failed.length} />
      <VaryVerdict vary={answer.vary} />
      <Sides label="What each variant brought back">
        <thead>
          <tr>
            <td />
            {answer.variants.map(({ name }, index) => (
              <th key={name} scope="col">
                <TargetText text={name} />
                {changesOf(variants[index] ?? {}).map((line) => (
                  <code key={line} class="variant-says" title={plainly(line)}>
                    <TargetText text={line} />
                  </code>
                ))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FACTS.map(([name, title, tell]) => (
            <tr key={name} class={different.has(name) ? 'differs' : undefined}>
              <th scope="row">
                <div class="row-name">
                  {title}
                  <Sign words={different.has(name) ? 'differs' : 'same'} />
                </div>
              </th>
              {answer.variants.map((variant) => (
                <td key={variant.name}>
                  {variant.problem !== null ? (
                    name === 'status' && <span class="status bad">{variant.problem.code}</span>
                  ) : (
                    <Value>{tell(variant)}</Value>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Sides>
      {failed.map(({ name, problem }) => (
        <section key={name} aria-label={`Why ${name} failed`}>
          <Trouble failure={new Failure(`${name}: ${problem.title}`, problem.detail, problem)} />
        </section>
      ))}
      <Fields answer={answer} />
      {different.has('sha256') && <TextDifference variants={answer.variants} />}
      <Counted title="Links that not all have alike" of="How often each has it" names={names} entries={answer.links} />
      <Counted title="Words that not all have alike" of="How often each has it" names={names} entries={answer.words} />
    </>
  );
}

function Verdict({ answer: { same, differences, headers, variants }, failed }: { answer: Answer; failed: number }): JSX.Element {
  const what = differences.map(({ name }) => IN_WORDS[name] ?? name);
  const inAll = what.length < 2 ? what.join('') : `${what.slice(0, -1).join(', ')} and ${what.at(-1) ?? ''}`;
  const fields =
    headers.length === 0
      ? 'no header field is another'
      : `${plural(headers.length, 'header field')} differ${headers.length === 1 ? 's' : ''}`;
  return (
    <p class="story small">
      <strong>
        {same ? `All ${variants.length} get the same` : failed > 0 ? `${plural(failed, 'variant')} failed` : 'They do not get the same'}
      </strong>
      {same ? ': status, place and content' : what.length > 0 && `: ${inAll} differ${what.length === 1 ? 's' : ''}`}; {fields}.
    </p>
  );
}

function VaryVerdict({ vary }: { vary: Answer['vary'] }): JSX.Element {
  const { declared, missing, advice } = vary;
  const says = declared.length === 0 ? 'There is no Vary' : `Vary names ${declared.join(', ')}`;
  return (
    <p class={`verdict ${missing.length === 0 ? 'good' : 'warn'}`}>
      <TargetText text={says} />.{' '}
      {missing.length === 0 ? 'Nothing is missing in it for these variants.' : `Missing: ${missing.join(', ')}. ${sentence(advice ?? '')}`}
    </p>
  );
}

const sentence = (text: string): string => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** A table as wide as it has variants: it moves within its own frame. */
function Sides({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="sides" role="region" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

/** Whether a row is the same for all, for eyes that see no colours and for those that see nothing. */
function Sign({ words }: { words: string }): JSX.Element {
  return <span class="sign">{words}</span>;
}

function Value({ children }: { children: ComponentChildren }): JSX.Element {
  if (children === null || children === '') return <span class="hint">none</span>;
  return <>{typeof children === 'string' ? <TargetText text={children} /> : children}</>;
}

/** Header fields: those that differ, or all of them. */
function Fields({ answer: { headers, variants } }: { answer: Answer }): JSX.Element {
  const [shown, setShown] = useState<'different' | 'all'>('different');
  const names = variants.map(({ name }) => name);
  return (
    <section>
      <div class="tools heading">
        <h2>Header fields</h2>
        <Segments
          label="Which header fields"
          options={[
            ['different', `Those that differ, ${count(headers.length)}`],
            ['all', 'All'],
          ]}
          value={shown}
          onChange={setShown}
        />
      </div>
      {shown === 'all' ? (
        <AllFields variants={variants} />
      ) : headers.length === 0 ? (
        <p class="empty">No header field differs between the answers.</p>
      ) : (
        <FieldTable names={names} fields={headers} />
      )}
    </section>
  );
}

/** What the answer does not tell, the fields that are the same, is asked of each snapshot. */
function AllFields({ variants }: { variants: readonly Compared[] }): JSX.Element {
  return <AsFields variants={variants} index={0} known={[]} />;
}

interface Known {
  name: string;
  headers: Schemas['HeadersAnswer']['headers'];
}

/** Asks for one variant after the other, as each is a question of its own. */
function AsFields({ variants, index, known }: { variants: readonly Compared[]; index: number; known: readonly Known[] }): JSX.Element {
  const variant = variants[index];
  const { answer, failure, again } = useView<Pick<Schemas['HeadersAnswer'], 'headers'>>(
    variant === undefined || variant.snapshot === null
      ? null
      : { path: '/headers', query: { snapshot: variant.snapshot, fields: 'headers' } },
  );
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (variant === undefined) return <FieldTable names={known.map(({ name }) => name)} fields={joined(known)} />;
  if (answer === null && variant.snapshot !== null) return <p class="hint">Reading …</p>;
  return (
    <AsFields
      key={index + 1}
      variants={variants}
      index={index + 1}
      known={[...known, { name: variant.name, headers: answer?.headers ?? [] }]}
    />
  );
}

/** The fields of all variants as the contract tells those that differ. */
function joined(known: readonly Known[]): Difference[] {
  const names = new Map<string, string>();
  for (const { name } of known.flatMap(({ headers }) => headers)) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names].map(([key, name]) => ({
    name,
    values: known.map(({ name: variant, headers }) => {
      const values = headers.filter((field) => field.name.toLowerCase() === key).map(({ value }) => value);
      return { variant, value: values.length === 0 ? null : values.join('\n') };
    }),
  }));
}

/** So many rows are drawn. */
const MOST_ROWS = 300;

function FieldTable({ names, fields }: { names: readonly string[]; fields: readonly Difference[] }): JSX.Element {
  return (
    <Sides label="Header fields">
      <Head names={names} />
      <tbody>
        {fields.slice(0, MOST_ROWS).map(({ name, values }) => {
          const differs = values.some(({ value }) => value !== values[0]?.value);
          return (
            <tr key={name} class={differs ? 'differs' : undefined}>
              <th scope="row">
                <div class="row-name">
                  <code>
                    <TargetText text={name} />
                  </code>
                  <Sign words={wordsFor(values)} />
                </div>
              </th>
              {values.map(({ variant, value }) => (
                <td key={variant}>
                  {value === null ? (
                    <span class="hint">not there</span>
                  ) : (
                    <code>
                      <TargetText text={value} />
                    </code>
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </Sides>
  );
}

/** How a field differs. */
function wordsFor(values: Difference['values']): string {
  const there = values.filter(({ value }) => value !== null);
  if (there.length === 1 && values.length > 1) return `only in ${there[0]?.variant ?? ''}`;
  if (values.every(({ value }) => value === values[0]?.value)) return 'same';
  return there.length < values.length ? 'not in all' : 'other value';
}

function Head({ names }: { names: readonly string[] }): JSX.Element {
  return (
    <thead>
      <tr>
        <td />
        {names.map((name) => (
          <th key={name} scope="col">
            <TargetText text={name} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Entries that the variants have, but not equally often. */
function Counted({
  title,
  of,
  names,
  entries,
}: {
  title: string;
  of: string;
  names: readonly string[];
  entries: readonly Difference[];
}): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 class="heading">{title}</h2>
      <Sides label={`${title}: ${of}`}>
        <Head names={names} />
        <tbody>
          {entries.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">
                <code>
                  <TargetText text={name} />
                </code>
              </th>
              {values.map(({ variant, value }) => (
                <td key={variant} class={`times${value === '0' ? ' none' : ''}`}>
                  {value ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Sides>
    </section>
  );
}
