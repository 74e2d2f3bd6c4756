import type { JSX } from 'preact';
import type { Exchange } from '../contract.ts';
import { bytes, count, ms, plural } from '../figures.ts';
import { type Phase, PHASES, placedPhases, startsOf } from '../phases.tsx';
import { Status } from '../summary.tsx';
import { percent, TimeAxis } from '../time-axis.tsx';
import { type TabProps, useShows } from '../view.ts';

/** When everything happened: the phases of each exchange, and how the content came in. */
export default function Timing({ answer: { exchanges, body } }: TabProps): JSX.Element {
  useShows({
    path: '/fetch',
    query: { fields: ['exchanges.url', 'exchanges.timings', 'body.chunks'] },
    graphql: 'exchanges {\n  url\n  timings { wait dns tcp tls request firstByte download total }\n}\nbody { chunks { bytes total atMs } }',
  });
  const last = exchanges.at(-1);
  return (
    <>
      <Waterfall exchanges={exchanges} />
      {body !== null && last !== undefined && body.chunks.length > 0 && <Arrival chunks={body.chunks} exchange={last} />}
    </>
  );
}

function Waterfall({ exchanges }: { exchanges: readonly Exchange[] }): JSX.Element {
  const starts = startsOf(exchanges);
  const end = Math.max(0.1, ...exchanges.map(({ stored, timings }, index) => (starts[index] ?? 0) + (stored ? 0 : timings.total)));
  const used = new Set<Phase>(exchanges.flatMap((exchange) => placedPhases(exchange).map(({ phase }) => phase)));
  return (
    <section class="waterfall" aria-labelledby="waterfall">
      <h2 class="heading" id="waterfall">
        {plural(exchanges.length, 'exchange')}, {ms(end)}
      </h2>
      <ul class="phase-legend" aria-label="Phases">
        {PHASES.filter(([phase]) => used.has(phase)).map(([phase, name, meaning]) => (
          <li key={phase} title={meaning}>
            <span class={`swatch phase-${phase}`} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
      <TimeAxis end={end} />
      <ol>
        {exchanges.map((exchange, index) => (
          <li key={index} class="waterfall-row">
            <div class="waterfall-name">
              <Status status={exchange.status} />
              <code class="clip" title={exchange.url}>
                {exchange.url}
              </code>
            </div>
            <div class="waterfall-bars">
              {exchange.stored ? (
                <span class="hint">stored earlier: nothing of it was sent this time</span>
              ) : (
                placedPhases(exchange, starts[index]).map(({ phase, name, start, length }) => (
                  <span
                    key={phase}
                    class={`waterfall-bar phase-${phase}`}
                    style={{ left: percent(start / end), width: percent(length / end) }}
                    title={`${name}: ${ms(length)}`}
                  />
                ))
              )}
            </div>
            {exchange.stored && (
              <p class="hint">
                The 304 before it says that the stored response still holds, so that its content did not come again. The figures are of{' '}
                {exchange.startedAt.slice(0, 19).replace('T', ' ')} UTC, when it came, and no part of this retrieval.
              </p>
            )}
            <dl class="waterfall-figures">
              {PHASES.map(([phase, name]) => {
                const value = exchange.timings[phase];
                return value === null ? null : (
                  <div key={phase}>
                    <dt>{name}</dt>
                    <dd>{ms(value)}</dd>
                  </div>
                );
              })}
              <div>
                <dt>Total</dt>
                <dd>{ms(exchange.timings.total)}</dd>
              </div>
              {exchange.reused && (
                <div>
                  <dt>Connection</dt>
                  <dd>used before</dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Chunks = readonly { readonly bytes: number; readonly total: number; readonly atMs: number }[];

/** So many pieces are drawn one by one: a curve of more looks the same. */
const MOST_DRAWN = 2000;
/** So many are listed. */
const MOST_LISTED = 100;

/** How the content came in: a step for each piece. */
function Arrival({ chunks, exchange }: { chunks: Chunks; exchange: Exchange }): JSX.Element {
  const all = chunks.at(-1)?.total ?? 0;
  const end = Math.max(exchange.timings.total, chunks.at(-1)?.atMs ?? 0, 0.1);
  const every = Math.ceil(chunks.length / MOST_DRAWN);
  const drawn = chunks.filter((_, index) => index % every === 0 || index === chunks.length - 1);
  const x = (atMs: number): string => ((atMs / end) * 1000).toFixed(2);
  const y = (total: number): string => (200 - (all === 0 ? 0 : total / all) * 200).toFixed(2);
  const steps = drawn.map(({ atMs, total }) => `H${x(atMs)}V${y(total)}`).join('');
  const curve = `M0 200${steps}H1000`;
  return (
    <section class="arrival" aria-labelledby="arrival">
      <h2 class="heading" id="arrival">
        How the content came in: {bytes(all)} in {plural(chunks.length, 'piece')}
      </h2>
      <div class="arrival-chart">
        <svg viewBox="0 0 1000 200" preserveAspectRatio="none" role="img" aria-label={`${bytes(all)} by ${ms(chunks.at(-1)?.atMs ?? 0)}`}>
          <path class="arrival-area" d={`${curve}V200Z`} />
          <path class="arrival-line" d={curve} vector-effect="non-scaling-stroke" />
        </svg>
        <span class="arrival-most">{bytes(all)}</span>
        <TimeAxis end={end} />
      </div>
      <table class="plain">
        <caption class="aside">Pieces as they came</caption>
        <thead>
          <tr>
            <th scope="col">Piece</th>
            <th scope="col">At</th>
            <th scope="col">Bytes</th>
            <th scope="col">So far</th>
          </tr>
        </thead>
        <tbody>
          {chunks.slice(0, MOST_LISTED).map((chunk, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              <td>{ms(chunk.atMs)}</td>
              <td>{count(chunk.bytes)}</td>
              <td>{count(chunk.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {chunks.length > MOST_LISTED && <p class="hint">The first {MOST_LISTED}.</p>}
    </section>
  );
}
