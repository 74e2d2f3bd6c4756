import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Parameter, Schema } from '../../src/api/open-api.ts';
import { typedUrl } from '../asked.ts';
import type { Schemas } from '../contract.ts';
import { Control } from '../docs/control.tsx';
import { membersOf, presetWords, schemaOf, typeWords } from '../docs/endpoints.ts';
import { typedValue } from '../docs/graph-request.ts';
import { Inline } from '../docs/markdown.tsx';
import { RequestShown } from '../docs/request-shown.tsx';
import { count, plural } from '../figures.ts';
import { ask, type Failure, failureFrom } from '../server.ts';
import { Trouble } from '../trouble.tsx';
import type { PartProps } from './jobs.tsx';

/** What is filled in: by the name of a view or `''` for the batch itself, then by the name of the option. Empty is not said. */
type Filled = Readonly<Record<string, Readonly<Record<string, string>>>>;

const MEMBERS = membersOf({ $ref: '#/components/schemas/BatchBody' });
const VIEWS = membersOf({ $ref: '#/components/schemas/BatchViews' });
/** What a batch takes beside its URLs and views. */
const PACE = MEMBERS.filter(([name]) => ['concurrency', 'perOriginDelayMs'].includes(name));
const OTHERS = MEMBERS.filter(([name]) => !['urls', 'csv', 'views', 'concurrency', 'perOriginDelayMs'].includes(name));
const MOST_URLS = schemaOf({ $ref: '#/components/schemas/BatchBody' }).properties?.['urls']?.maxItems ?? Infinity;

/** A batch to be begun: its URLs, what is read off each, and how fast. */
export default function BatchForm({ known: { limits } }: PartProps): JSX.Element {
  const [text, setText] = useState(limits?.demo === true ? 'http://pagewire.test/page1.htm\nhttp://pagewire.test/article.html\n' : '');
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [views, setViews] = useState<readonly string[]>(['links']);
  const [filled, setFilled] = useState<Filled>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const urls = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(typedUrl);
  const { body, faults } = bodyOf(file === null ? { urls } : { csv: file.csv }, views, filled);
  const isReady = (file !== null || (urls.length > 0 && urls.length <= MOST_URLS)) && faults.length === 0;

  const fill = (group: string, name: string, value: string): void => {
    setFilled({ ...filled, [group]: { ...filled[group], [name]: value } });
  };
  const submit = async (): Promise<void> => {
    setIsSending(true);
    setFailure(null);
    try {
      const { id } = await ask<Schemas['Batch']>({ path: '/batches', body }, new AbortController().signal);
      location.hash = `#batches/${id}`;
    } catch (error) {
      setFailure(failureFrom(error));
      setIsSending(false);
    }
  };
  return (
    <form
      class="jobs-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="jobs-head">
        <h1 tabIndex={-1}>New batch</h1>
        <a class="button" href="#batches">
          All batches
        </a>
      </div>
      <section aria-labelledby="form-urls">
        <h2 id="form-urls">Which URLs</h2>
        {file === null ? (
          <label class="field">
            <span>One a line, or with white space between them; {count(MOST_URLS)} at most</span>
            <textarea
              rows={8}
              spellcheck={false}
              aria-label="URLs"
              placeholder="https://example.com/"
              value={text}
              onInput={({ currentTarget }) => {
                setText(currentTarget.value);
              }}
            />
          </label>
        ) : (
          <p>
            <code>{file.name}</code>, {plural(file.csv.split(/\r?\n/).filter((line) => line.trim() !== '').length, 'line')}
          </p>
        )}
        <p class="tools">
          {file === null ? (
            <>
              <label class="field file">
                <span>Or a CSV file, with a column “url” or one URL a line</span>
                <input
                  type="file"
                  accept=".csv,.txt,text/csv,text/plain"
                  aria-label="CSV file"
                  onChange={({ currentTarget }) => {
                    const [chosen] = currentTarget.files ?? [];
                    if (chosen !== undefined)
                      void chosen.text().then((csv) => {
                        setFile({ name: chosen.name, csv });
                      });
                  }}
                />
              </label>
              <span class="hint" role="status">
                {plural(urls.length, 'URL')}
                {urls.length > MOST_URLS && `: more than the ${count(MOST_URLS)} that one batch takes`}
              </span>
            </>
          ) : (
            <button
              type="button"
              class="button small"
              onClick={() => {
                setFile(null);
              }}
            >
              Take URLs that are typed instead
            </button>
          )}
        </p>
      </section>
      <section aria-labelledby="form-views">
        <h2 id="form-views">What to read off each</h2>
        <p class="hint">None of them: then it is said what came back.</p>
        <ul class="view-choices">
          {VIEWS.map(([name, schema]) => (
            <li key={name}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={views.includes(name)}
                  onChange={({ currentTarget }) => {
                    setViews(currentTarget.checked ? [...views, name] : views.filter((one) => one !== name));
                  }}
                />
                <span>{name}</span>
              </label>
              {views.includes(name) && membersOf(schema).length > 0 && (
                <Options
                  group={name}
                  title={`${name}: ${plural(membersOf(schema).length, 'option')}`}
                  members={membersOf(schema)}
                  filled={filled[name] ?? {}}
                  isOpen={membersOf(schema).some(([, , isRequired]) => isRequired)}
                  fill={fill}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="form-pace">
        <h2 id="form-pace">How fast</h2>
        <Fields group="" members={PACE} filled={filled[''] ?? {}} fill={fill} />
        <Options group="" title="How each is retrieved" members={OTHERS} filled={filled[''] ?? {}} isOpen={false} fill={fill} />
      </section>
      {faults.length > 0 && (
        <ul class="fault" role="status">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <p class="try-buttons">
        <button type="submit" class="button primary" disabled={!isReady || isSending}>
          {isSending ? 'Sending …' : 'Begin'}
        </button>
      </p>
      {failure !== null && <Trouble failure={failure} onRetry={() => void submit()} />}
      {isReady && (
        <section aria-labelledby="form-request">
          <h2 id="form-request">The request that does this</h2>
          <RequestShown request={{ path: '/batches', body }} reads="json" path="/batches" />
        </section>
      )}
    </form>
  );
}

interface OptionsProps {
  group: string;
  title: string;
  members: ReturnType<typeof membersOf>;
  filled: Readonly<Record<string, string>>;
  isOpen: boolean;
  fill: (group: string, name: string, value: string) => void;
}

/** Options that few need, folded. */
function Options({ title, isOpen, ...fields }: OptionsProps): JSX.Element {
  return (
    <details class="shared" open={isOpen}>
      <summary>{title}</summary>
      <Fields {...fields} />
    </details>
  );
}

/** A control for each option, by what the contract says of it. */
function Fields({ group, members, filled, fill }: Omit<OptionsProps, 'title' | 'isOpen'>): JSX.Element {
  return (
    <ul class="parameters">
      {members.map(([name, given, isRequired]) => {
        const schema = { ...schemaOf(given), ...given };
        const id = `option-${group}-${name}`;
        return (
          <li key={name} class={(filled[name] ?? '') === '' ? 'parameter' : 'parameter said'}>
            <div class="parameter-head">
              <label for={id}>
                <code>{name}</code>
              </label>
              <span class="tree-type">{[typeWords(given), ...presetWords(schema)].join(', ')}</span>
              {isRequired && <span class="required">required</span>}
            </div>
            <div class="parameter-control">
              <Control
                id={id}
                parameter={asParameter(name, schema, isRequired)}
                value={filled[name] ?? ''}
                onChange={(value) => {
                  fill(group, name, value);
                }}
              />
              {schema.type === 'array' && <span class="hint">separated by commas</span>}
              {isJson(schema) && <span class="hint">as JSON</span>}
            </div>
            <div class="parameter-words" id={`${id}-words`}>
              <Inline text={(schema.description ?? '').split('\n')[0] ?? ''} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const asParameter = (name: string, schema: Schema, required: boolean): Parameter => ({
  name,
  in: 'query',
  required,
  description: schema.description ?? '',
  schema,
});

/** True of what no text can say but JSON. */
const isJson = ({ type, properties, anyOf, oneOf }: Schema): boolean =>
  type === 'object' || properties !== undefined || (type === undefined && (anyOf ?? oneOf) !== undefined);

/** The body of the request, and what of the form is none. */
function bodyOf(list: { urls: string[] } | { csv: string }, views: readonly string[], filled: Filled): { body: object; faults: string[] } {
  const faults: string[] = [];
  const valuesOf = (group: string, members: ReturnType<typeof membersOf>): object =>
    Object.fromEntries(
      members.flatMap(([name, given, isRequired]): [string, unknown][] => {
        const text = filled[group]?.[name] ?? '';
        if (text === '' && isRequired) faults.push(`${group}: ${name} is required.`);
        if (text === '') return [];
        const schema = { ...schemaOf(given), ...given };
        if (!isJson(schema)) return [[name, typedValue(schema, text)]];
        try {
          return [[name, JSON.parse(text) as unknown]];
        } catch {
          faults.push(`${group}: ${name} must be JSON.`);
          return [];
        }
      }),
    );
  const chosen = VIEWS.filter(([name]) => views.includes(name)).map(([name, schema]) => [name, valuesOf(name, membersOf(schema))] as const);
  const body = {
    ...list,
    ...(chosen.length > 0 && { views: Object.fromEntries(chosen) }),
    ...valuesOf('', [...PACE, ...OTHERS]),
  };
  return { body, faults };
}
