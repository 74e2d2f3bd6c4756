import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MediaType, Operation } from '../../src/api/open-api.ts';
import { Segments } from '../tools.tsx';
import { apiKey, type ApiRequest, ask } from '../server.ts';
import type { FetchAnswer } from '../contract.ts';
import { RunResult } from './answer.tsx';
import type { Method } from './contents.ts';
import { answersOf, type Endpoint, ENDPOINTS, headersOf, plain, problemsOf, typeWords } from './endpoints.ts';
import { Json } from './json-colours.tsx';
import { Inline, Markdown } from './markdown.tsx';
import { Parameters } from './parameters.tsx';
import type { PartProps } from './part.ts';
import { addressOf } from './place.ts';
import { RequestShown } from './request-shown.tsx';
import { latestSnapshot, useRun } from './run.ts';
import { bodyExamples, bodyFault, bodyOf, DEMO_URL, presets, queryRequest, type Typed } from './said.ts';
import { SchemaTree } from './schema-tree.tsx';

/** An endpoint: what it takes, what it answers, and a form that runs it here. */
export default function EndpointPart({ place, known: { limits } }: PartProps): JSX.Element | null {
  if (place.kind !== 'endpoint') return null;
  const { entry, method, values } = place;
  const endpoint = ENDPOINTS.find(({ path }) => path === entry.path);
  const operation = endpoint?.operations[method];
  if (endpoint === undefined || operation === undefined) return null;
  const { path, methods } = entry;
  return (
    <article class="endpoint">
      <header class="endpoint-head">
        <p class="endpoint-path">
          {methods.length > 1 ? (
            <Segments
              label="Method"
              options={methods.map((one) => [one, one] as const)}
              value={method}
              onChange={(next) => {
                location.hash = addressOf(path, next);
              }}
            />
          ) : (
            <b class="method">{method}</b>
          )}{' '}
          <code>{path}</code>
        </p>
        <h1 tabIndex={-1}>{operation.summary.replace(/ \(JSON body\)$/, '')}</h1>
        <Markdown text={operation.description} />
        {operation.summary.endsWith('(JSON body)') && methods.includes('GET') && (
          <p class="hint">The parameters of the GET as members of a JSON body, and what only a body can carry.</p>
        )}
      </header>
      {/* What is typed for one endpoint is not for the next. */}
      <Try
        key={`${method} ${path}`}
        endpoint={endpoint}
        method={method}
        operation={operation}
        values={values}
        isDemo={limits?.demo ?? true}
      />
    </article>
  );
}

/** The tab of the console that shows what an endpoint answers. */
const TABS: Readonly<Record<string, string>> = {
  '/headers': 'headers',
  '/links': 'links',
  '/links/compare': 'links',
  '/wire': 'wire',
  '/body': 'body',
  '/tags': 'tags',
  '/select': 'tags',
  '/text': 'text',
  '/markdown': 'text',
  '/wordcount': 'words',
  '/encode': 'encoding',
  '/metadata': 'metadata',
};

interface TryProps {
  endpoint: Endpoint;
  method: Method;
  operation: Operation;
  /** What the address fills in. */
  values: URLSearchParams;
  isDemo: boolean;
}

function Try({ endpoint, method, operation, values, isDemo }: TryProps): JSX.Element {
  const { path } = endpoint;
  const [typed, setTyped] = useState<Typed>(() => startOf(endpoint, operation, values, isDemo));
  const examples = useMemo(() => bodyExamples(operation, isDemo), [operation, isDemo]);
  const [body, setBody] = useState(examples[0]?.text ?? '{}');
  const { run, start, cancel } = useRun();
  const form = useRef<HTMLFormElement>(null);
  const address = useRef(location.hash);
  const hasBody = method === 'POST' || method === 'PATCH';
  const fault = hasBody ? bodyFault(body) : null;
  const sent = hasBody ? bodyOf(body) : undefined;
  const request = sent === null ? null : { ...queryRequest(endpoint, method, operation, typed), ...(sent !== undefined && { body: sent }) };

  useEffect(() => {
    // The address was changed by somebody else than this form: by a link, or by going back.
    const follow = (): void => {
      if (location.hash !== address.current)
        setTyped(startOf(endpoint, operation, new URLSearchParams(location.hash.split('?')[1]), isDemo));
      address.current = location.hash;
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [endpoint, operation, isDemo]);

  const type = (name: string, value: string): void => {
    const next = { ...typed, [name]: value };
    setTyped(next);
    const said = Object.entries(next).filter(([, text]) => text !== '');
    address.current = addressOf(path, method, new URLSearchParams(said));
    history.replaceState(history.state, '', address.current);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (request !== null) start(request);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
    if (event.key === 'Escape' && run.phase === 'running') cancel();
  };
  return (
    <form class="try" ref={form} onSubmit={submit} onKeyDown={onKeyDown}>
      <div class="try-takes">
        <h2>{hasBody ? 'The body' : 'Parameters'}</h2>
        {hasBody && <Body operation={operation} examples={examples} text={body} fault={fault} onText={setBody} />}
        {hasBody && operation.parameters !== undefined && <h3>Its query</h3>}
        {path.startsWith('/snapshots/') && (
          <SnapshotSource
            value={typed['id'] ?? ''}
            isDemo={isDemo}
            onTake={(id) => {
              type('id', id);
            }}
          />
        )}
        {(!hasBody || operation.parameters !== undefined) && (
          <Parameters parameters={operation.parameters ?? []} typed={typed} onType={type} />
        )}
      </div>
      <div class="try-runs">
        <h2>Try it</h2>
        {request !== null && <RequestShown request={request} reads={readsOf(operation, typed['format'])} path={path} />}
        <p class="try-buttons">
          {run.phase === 'running' ? (
            <button type="button" class="button" onClick={cancel}>
              Cancel
            </button>
          ) : (
            <button type="submit" class="button primary" disabled={request === null}>
              Run
            </button>
          )}
          {request !== null && <ConsoleLink endpoint={endpoint} request={request} />}
          <span class="hint">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
        </p>
        <RunResult
          run={run}
          name={operation.operationId}
          onRetry={() => {
            form.current?.requestSubmit();
          }}
        />
      </div>
      <div class="try-answers">
        <Answers operation={operation} />
        <Problems operation={operation} />
      </div>
    </form>
  );
}

/** What the form begins with: what the address says, or else what an answer needs. */
function startOf({ path }: Endpoint, operation: Operation, values: URLSearchParams, isDemo: boolean): Typed {
  const said = Object.fromEntries(values);
  return Object.keys(said).length > 0 ? said : presets(operation, isDemo, path.startsWith('/snapshots/') ? latestSnapshot() : '');
}

/** What a program makes of the answer. */
function readsOf(operation: Operation, format: string | undefined): 'json' | 'text' | 'bytes' {
  const types = Object.keys(answersOf(operation)[0]?.[1].content ?? {});
  if (format !== undefined && format !== '' && format !== 'json') return 'text';
  if (types.some((type) => type.endsWith('json'))) return 'json';
  return types.some((type) => type.startsWith('text/')) ? 'text' : 'bytes';
}

function ConsoleLink({ endpoint, request }: { endpoint: Endpoint; request: ApiRequest }): JSX.Element | null {
  const { url }: { url?: unknown } = request.body ?? request.query ?? {};
  if (typeof url !== 'string' || url === '' || request.path.startsWith('/compare')) return null;
  const state = new URLSearchParams({ url, ...(TABS[endpoint.path] !== undefined && { tab: TABS[endpoint.path] }) });
  return (
    <a class="button" href={`/#${state.toString()}`}>
      Open in the console
    </a>
  );
}

interface BodyProps {
  operation: Operation;
  examples: readonly { name: string; summary: string; text: string }[];
  text: string;
  fault: string | null;
  onText: (text: string) => void;
}

/** What a body may have, and the one that is sent. */
function Body({ operation, examples, text, fault, onText }: BodyProps): JSX.Element {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return (
    <>
      {examples.length > 1 && (
        <label class="field body-example">
          <span>Begin with</span>
          <select
            value={examples.find((example) => example.text === text)?.name ?? ''}
            onChange={({ currentTarget }) => {
              const chosen = examples.find(({ name }) => name === currentTarget.value);
              if (chosen !== undefined) onText(chosen.text);
            }}
          >
            <option value="" disabled>
              a body of your own
            </option>
            {examples.map(({ name, summary }) => (
              <option key={name} value={name}>
                {summary}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field body-editor">
        <span>JSON</span>
        <textarea
          rows={Math.min(24, Math.max(6, text.split('\n').length + 1))}
          spellcheck={false}
          value={text}
          aria-invalid={fault !== null}
          aria-describedby="body-fault"
          onInput={({ currentTarget }) => {
            onText(currentTarget.value);
          }}
        />
      </label>
      <p id="body-fault" class="fault" role="status">
        {fault}
      </p>
      {schema !== undefined && (
        <>
          <h3>Its members</h3>
          <SchemaTree schema={schema} showsRequired />
        </>
      )}
    </>
  );
}

/** Endpoints about snapshots need one: of the answer before, or of the demo. */
function SnapshotSource({ value, isDemo, onTake }: { value: string; isDemo: boolean; onTake: (id: string) => void }): JSX.Element | null {
  const [said, setSaid] = useState('');
  if (value !== '' || !isDemo) return null;
  const take = async (): Promise<void> => {
    try {
      const { snapshot } = await ask<FetchAnswer>({ path: '/fetch', query: { url: DEMO_URL } }, new AbortController().signal);
      onTake(snapshot);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <p class="answer-tools">
      <button type="button" class="button small" onClick={() => void take()}>
        Take a snapshot of the demo
      </button>
      <span class="hint">{said}</span>
    </p>
  );
}

/** What is answered: each status, each media type, its members and its header fields. */
function Answers({ operation }: { operation: Operation }): JSX.Element {
  return (
    <>
      <h2>What it answers</h2>
      {answersOf(operation).map(([status, answer]) => (
        <section key={status} class="answers" aria-label={`Status ${status}`}>
          <p class="answers-head">
            <span class={`status ${status.startsWith('2') ? 'good' : 'moved'}`}>{status}</span> <Inline text={answer.description} />
          </p>
          {Object.entries(answer.content ?? {}).map(([mediaType, content]) => (
            <Content key={mediaType} mediaType={mediaType} content={content} />
          ))}
          {headersOf(answer).length > 0 && (
            <details>
              <summary>Header fields of ours</summary>
              <dl class="answers-headers">
                {headersOf(answer).map(({ name, description, example }) => (
                  <div key={name}>
                    <dt>
                      <code>{name}</code>
                    </dt>
                    <dd>
                      <Inline text={description} />
                      {example !== undefined && (
                        <>
                          {' '}
                          <code class="hint">{plain(example)}</code>
                        </>
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </section>
      ))}
    </>
  );
}

function Content({ mediaType, content: { schema, example, examples } }: { mediaType: string; content: MediaType }): JSX.Element {
  const shown = example ?? Object.values(examples ?? {})[0]?.value;
  const isModel = schema?.$ref !== undefined || schema?.properties !== undefined;
  return (
    <div class="content">
      <h3>
        <code>{mediaType}</code> {schema !== undefined && <span class="tree-type">{typeWords(schema)}</span>}
      </h3>
      {isModel && <SchemaTree schema={schema} />}
      {shown !== undefined && (
        <details open={!isModel}>
          <summary>An example</summary>
          <pre class="docs-code" tabIndex={0} aria-label={`An example of ${mediaType}`}>
            {typeof shown === 'string' ? shown : <Json text={JSON.stringify(shown, null, 2)} />}
          </pre>
        </details>
      )}
    </div>
  );
}

function Problems({ operation }: { operation: Operation }): JSX.Element {
  return (
    <>
      <h2>Problems that it can answer</h2>
      <ul class="problems">
        {problemsOf(operation).map(({ code, status, title, detail, type }) => (
          <li key={code}>
            <span class="status bad">{status}</span>
            <a href={type}>
              <code>{code}</code>
            </a>
            <span class="problems-words">
              {title}. <span class="hint">Such as: {detail}</span>
            </span>
          </li>
        ))}
      </ul>
      {apiKey.get() !== null && (
        <p class="hint">
          Requests are sent with the API key of this tab.{' '}
          <button
            type="button"
            class="button small"
            onClick={() => {
              apiKey.forget();
              location.reload();
            }}
          >
            Forget it
          </button>
        </p>
      )}
    </>
  );
}
