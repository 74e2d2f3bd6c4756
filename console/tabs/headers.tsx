import type { JSX } from 'preact';
import { CopyButton } from '../copy-button.tsx';
import type { Exchange } from '../contract.ts';
import { plural } from '../figures.ts';
import { explained } from '../header-fields.ts';
import { Status } from '../summary.tsx';
import { TargetText } from '../target-text.tsx';
import { type TabProps, useShows } from '../view.ts';

/** Every exchange as it was sent: fields in their order, their letter case kept, each that is known with what it means. */
export default function Headers({ answer: { exchanges } }: TabProps): JSX.Element {
  useShows({
    path: '/headers',
    graphql: 'exchanges {\n  url\n  status\n  requestHeaders { name value }\n  headers { name value }\n}',
  });
  return (
    <>
      {exchanges.map((exchange, index) => (
        <ExchangeFields key={index} exchange={exchange} number={index + 1} of={exchanges.length} />
      ))}
    </>
  );
}

function ExchangeFields({ exchange, number, of }: { exchange: Exchange; number: number; of: number }): JSX.Element {
  const { method, url, status, statusText, httpVersion, requestHeaders, headers, trailers, informational } = exchange;
  return (
    <section class="exchange" aria-label={`Exchange ${number} of ${of}`}>
      {of > 1 && (
        <h2 class="exchange-title">
          Exchange {number} of {of} {exchange.stored && <span class="fact note">stored earlier</span>}
        </h2>
      )}
      <FieldTable kind="sent" title="Sent" line={`${method} ${url}`} fields={requestHeaders} />
      {informational.map((response, index) => (
        <FieldTable
          key={index}
          kind="came"
          title="Came before"
          line={`HTTP/${httpVersion} ${response.status} ${response.statusText}`}
          fields={response.headers}
        />
      ))}
      <FieldTable kind="came" title="Came back" line={`HTTP/${httpVersion} ${status} ${statusText}`} status={status} fields={headers} />
      {trailers.length > 0 && <FieldTable kind="came" title="After the content" line="Trailer section" fields={trailers} />}
    </section>
  );
}

interface FieldTableProps {
  kind: 'sent' | 'came';
  title: string;
  line: string;
  status?: number;
  fields: Exchange['headers'];
}

function FieldTable({ kind, title, line, status, fields }: FieldTableProps): JSX.Element {
  const text = (): string => [line, ...fields.map(({ name, value }) => `${name}: ${value}`)].join('\n');
  return (
    <div class={`fields fields-${kind}`}>
      <h2 class="fields-head">
        <span class="fields-title">{title}</span>
        <code class="fields-line">
          <TargetText text={line} />
        </code>
        {status !== undefined && status >= 300 && <Status status={status} />}
        <span class="fields-count">{plural(fields.length, 'field')}</span>
        <CopyButton text={text} />
      </h2>
      <dl>
        {fields.map(({ name, value }, index) => (
          <Field key={index} name={name} value={value} />
        ))}
      </dl>
    </div>
  );
}

function Field({ name, value }: { name: string; value: string }): JSX.Element {
  const known = explained(name);
  return (
    <div class="field-row">
      <dt>
        <TargetText text={name} />
      </dt>
      <dd class="field-value">{value === '' ? <span class="hint">empty</span> : <TargetText text={value} />}</dd>
      <dd class="field-meaning">
        {known === null ? (
          <span class="hint">no standard field</span>
        ) : (
          <>
            {known.meaning}{' '}
            <a href={known.url} rel="noreferrer" target="_blank">
              {known.reference}
            </a>
          </>
        )}
      </dd>
    </div>
  );
}
