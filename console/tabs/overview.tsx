import type { ComponentChildren, JSX } from 'preact';
import type { Body, FetchAnswer } from '../contract.ts';
import { bytes, count, ms, plural } from '../figures.ts';
import { PHASES } from '../phases.tsx';
import { isFromCache, Status, totalMs } from '../summary.tsx';
import { marked, TargetText } from '../target-text.tsx';
import { type TabProps, useShows } from '../view.ts';

type Source = NonNullable<Body['encoding']>['source'];

/** Why an encoding was taken, to be read after "read as UTF-8". */
const BECAUSE: Readonly<Record<Source, string>> = {
  bom: 'because it begins with a byte order mark',
  override: 'because you said so',
  transport: 'because the Content-Type field says so',
  meta: 'because a <meta> in it says so',
  xml: 'because its XML declaration says so',
  detected: 'because nobody says, and all of it is UTF-8',
  default: 'by default: nobody says, and nothing in it shows that it is UTF-8',
};

/** What happened, told once in words and then in figures. */
export default function Overview({ answer }: TabProps): JSX.Element {
  useShows({
    path: '/fetch',
    graphql: 'finalUrl\nstatus\nexchanges { url status timings { total } }\nbody { mediaType bytes encoding { name source } }',
  });
  const { body, exchanges } = answer;
  const last = exchanges.at(-1);
  return (
    <>
      <Story answer={answer} />
      {exchanges.length > 1 && <Chain answer={answer} />}
      <div class="cards">
        <Card title="Response">
          <Row name="Status">
            {answer.status} <TargetText text={answer.statusText} />
          </Row>
          <Row name="Final URL">
            <code>{answer.finalUrl}</code>
          </Row>
          <Row name="From">
            {last === undefined ? null : (
              <>
                <code>
                  {last.remote.address}:{last.remote.port}
                </code>{' '}
                HTTP/{last.httpVersion}
              </>
            )}
          </Row>
          <Row name="TLS">
            {last?.tls == null ? 'none: anybody on the way can read it' : `${last.tls.protocol ?? '?'}, ${last.tls.cipher ?? '?'}`}
          </Row>
          <Row name="Cache">{cacheWords(answer)}</Row>
          <Row name="Snapshot">
            <code>{answer.snapshot}</code>
          </Row>
        </Card>
        <Card title="Size">
          <Row name="Head">{last === undefined ? null : plural(last.headerBytes, 'byte')}</Row>
          {body === null ? (
            <Row name="Content">none was read</Row>
          ) : (
            <>
              <Row name="Sent">{plural(body.transferBytes, 'byte')}</Row>
              <Row name="Coded">
                <TargetText text={body.contentEncoding ?? 'not at all'} />
              </Row>
              <Row name="Content">
                {plural(body.bytes, 'byte')}
                {body.transferBytes > 0 &&
                  body.bytes > body.transferBytes &&
                  `, ${(body.bytes / body.transferBytes).toFixed(1)} times what was sent`}
              </Row>
              <Row name="Pieces">{plural(body.chunks.length, 'piece')} off the socket</Row>
              <Row name="SHA-256">
                <code class="hash">{body.sha256}</code>
              </Row>
            </>
          )}
        </Card>
        {last !== undefined && (
          <Card title="Time of the last exchange">
            {PHASES.map(([phase, name, meaning]) => {
              const value = last.timings[phase];
              return value === null ? null : (
                <Row key={phase} name={name} title={meaning}>
                  <span class={`swatch phase-${phase}`} aria-hidden="true" />
                  {ms(value)}
                </Row>
              );
            })}
            <Row name="Total">{ms(last.timings.total)}</Row>
          </Card>
        )}
        {body?.encoding != null && <EncodingCard encoding={body.encoding} />}
      </div>
      {body?.text != null && body.text !== '' && <Start text={body.text} />}
    </>
  );
}

/** The retrieval in one or two sentences. */
function Story({ answer }: TabProps): JSX.Element {
  const { body, exchanges } = answer;
  const way = exchanges.length > 1 ? `, at the end of ${plural(exchanges.length, 'exchange')}` : '';
  return (
    <p class="story">
      {new URL(answer.finalUrl).host} answered{' '}
      <strong>
        {answer.status} <TargetText text={answer.statusText} />
      </strong>{' '}
      in <strong>{ms(totalMs(answer))}</strong>
      {way}.{' '}
      {body === null ? (
        'No content was read.'
      ) : body.bytes === 0 ? (
        'It sent no content.'
      ) : (
        <>
          It sent <strong>{bytes(body.bytes)}</strong> of <strong>{body.mediaType}</strong>
          {body.contentEncoding !== null && ` as ${bytes(body.transferBytes)} of ${body.contentEncoding}`}
          {body.encoding !== null && (
            <>
              , read as <strong>{body.encoding.name}</strong> {BECAUSE[body.encoding.source]}
            </>
          )}
          .
        </>
      )}
    </p>
  );
}

/** How many characters of the content are shown at once. */
const START = 1200;

/** How the content begins. */
function Start({ text }: { text: string }): JSX.Element {
  return (
    <section class="start" aria-labelledby="start">
      <h2 class="heading" id="start">
        How the content begins
      </h2>
      <pre>{marked(text.slice(0, START))}</pre>
    </section>
  );
}

function cacheWords(answer: FetchAnswer): string {
  const { status, age, freshUntil } = answer.cache;
  const until = freshUntil === null ? '' : `, fresh until ${freshUntil.slice(11, 19)} UTC`;
  if (isFromCache(answer)) return `a stored response, ${plural(age ?? 0, 'second')} old${until}`;
  const words = {
    miss: 'retrieved now',
    hit: `retrieved at ${answer.fetchedAt.slice(11, 19)} UTC, and kept as a snapshot`,
    revalidated: 'a stored response, confirmed by its origin',
    bypass: 'retrieved now, and not for sharing',
  };
  return words[status] + until;
}

function Chain({ answer: { exchanges } }: TabProps): JSX.Element {
  return (
    <ol class="chain" aria-label="Exchanges">
      {exchanges.map((exchange, index) => (
        <li key={index}>
          <Status status={exchange.status} text={exchange.statusText} />
          <span class="chain-method">{exchange.method}</span>
          <code>{exchange.url}</code>
          <span class="chain-time">{exchange.stored ? 'stored' : ms(exchange.timings.total)}</span>
        </li>
      ))}
    </ol>
  );
}

function EncodingCard({ encoding }: { encoding: NonNullable<Body['encoding']> }): JSX.Element {
  return (
    <Card title="Encoding, and why">
      <Row name="Read as">
        <strong>{encoding.name}</strong> {BECAUSE[encoding.source]}
      </Row>
      {encoding.candidates.map((candidate, index) => (
        <Row key={index} name={index === 0 ? 'Who spoke' : ''}>
          {candidate.source}:{' '}
          <code>
            <TargetText text={candidate.label} />
          </code>
          {candidate.offset !== null && ` at byte ${count(candidate.offset)}`}
        </Row>
      ))}
      {encoding.conflict && <Row name="Conflict">two declarations name different encodings</Row>}
      <Row name="Not valid">
        {encoding.replacements === 0
          ? 'nothing'
          : `${plural(encoding.replacements, 'byte sequence')} became U+FFFD, the first at byte ${count(encoding.firstInvalidOffset ?? 0)}`}
      </Row>
      {encoding.repair !== null && (
        <Row name="Repair">
          looks like {encoding.repair.to} read as {encoding.repair.from}:{' '}
          <q>
            <TargetText text={encoding.repair.sample} />
          </q>
        </Row>
      )}
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="card">
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

function Row({ name, title, children }: { name: string; title?: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="row" title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
