import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { typedUrl } from '../asked.ts';
import { Trouble } from '../trouble.tsx';
import { RunResult } from './answer.tsx';
import { CONTENTS } from './contents.ts';
import { Inline } from './markdown.tsx';
import type { PartProps } from './part.ts';
import { addressOf } from './place.ts';
import { RequestShown } from './request-shown.tsx';
import { useRun } from './run.ts';
import { graphOf, requestOf, type Step, STEPS } from './steps.ts';

/** The first requests, each to be run here. */
export function StartPart({ known: { limits, failure } }: PartProps): JSX.Element {
  const isDemo = limits?.demo ?? true;
  const [url, setUrl] = useState('https://example.com/');
  return (
    <article class="prose">
      <h1 tabIndex={-1}>Getting started</h1>
      <p class="lead">
        <Inline text={CONTENTS.description} />
      </p>
      {failure !== null && <Trouble failure={failure} />}
      {isDemo ? (
        <p>
          <code>http://pagewire.test/</code> is an origin that this server answers itself, so that these requests need no Internet: press
          Run. <a href="/demo">What else the demo has</a>
        </p>
      ) : (
        <div class="note">
          <p>
            The demo is switched off on this server (<code>DEMO=false</code>), so <code>http://pagewire.test/</code> is nowhere. These
            requests are about a page of your own:
          </p>
          <label class="field">
            <span>URL</span>
            <input
              type="text"
              inputMode="url"
              autocomplete="off"
              spellcheck={false}
              value={url}
              onInput={({ currentTarget }) => {
                setUrl(currentTarget.value);
              }}
            />
          </label>
        </div>
      )}
      {limits?.keyRequired === true && (
        <p class="note">
          This server wants an API key. It asks for it when you run the first request, keeps it in this tab, and forgets it when you close
          it. Programs send it as <code>Authorization: Bearer</code> or as <code>X-API-Key</code>.
        </p>
      )}
      <ol class="steps">
        {STEPS.map((step) => (
          <li key={step.id} id={`step-${step.id}`}>
            <StepShown step={step} url={isDemo ? null : typedUrl(url)} />
          </li>
        ))}
      </ol>
      <h2>From here</h2>
      <ul class="bullets">
        <li>
          At the left is every endpoint, with its parameters and a form. What you fill in stands in the address: share it, or keep it.
        </li>
        <li>
          <a href="/">The console</a> shows one retrieval to people, in all its parts; <a href="/graphql">GraphiQL</a> is the editor of the
          graph.
        </li>
        <li>
          <a href="/problems">What problems mean</a>, <a href="#limits">what this server allows</a>,{' '}
          <a href="/openapi.json">the contract as OpenAPI 3.1</a>, from which all of this page is made.
        </li>
      </ul>
    </article>
  );
}

function StepShown({ step, url }: { step: Step; url: string | null }): JSX.Element {
  const { run, start, cancel } = useRun();
  const request = requestOf(step, url);
  const send = (): void => {
    start(request);
  };
  return (
    <section
      aria-labelledby={`title-${step.id}`}
      onKeyDown={({ key }) => {
        if (key === 'Escape') cancel();
      }}
    >
      <h2 id={`title-${step.id}`}>{step.title}</h2>
      <p>
        <Inline text={step.words} />
      </p>
      <RequestShown
        request={request}
        reads={step.path === '/wire' ? 'text' : 'json'}
        path={step.path}
        {...(step.graph !== undefined && { graph: graphOf(step.graph, url) })}
      />
      <p class="try-buttons">
        {run.phase === 'running' ? (
          <button type="button" class="button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" class="button primary" onClick={send}>
            Run
          </button>
        )}
        <a
          class="button"
          href={addressOf(
            step.path,
            step.body === undefined ? 'GET' : 'POST',
            new URLSearchParams(request.query as Record<string, string>),
          )}
        >
          All of <code>{step.path}</code>
        </a>
      </p>
      <RunResult run={run} onRetry={send} name={step.id} />
    </section>
  );
}
