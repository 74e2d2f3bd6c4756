import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Asked } from './contract.ts';
import { bytes, ms } from './figures.ts';
import { type Live, type LiveExchange, type LivePhase, livePhases } from './live.ts';
import { PHASES } from './phases.tsx';
import { Status } from './summary.tsx';
import { TargetText } from './target-text.tsx';

/** How often what goes on is drawn anew, in milliseconds. */
const TICK_MS = 100;

/** A retrieval while it goes on: each exchange, each of its phases, and what has come so far. */
export function Running({ asked, live }: { asked: Asked; live: Live }): JSX.Element {
  const [began] = useState(() => performance.now());
  const [now, setNow] = useState(began);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const { exchanges } = live;
  const nowMs = exchanges.length === 0 ? 0 : live.atMs + Math.max(0, now - live.toldAt);
  const phases = livePhases(live, nowMs);
  const end = Math.max(nowMs, 1);
  return (
    <section class="running" aria-label="The retrieval, as it goes on">
      <div class="running-line" aria-hidden="true" />
      <p>
        Retrieving{' '}
        <code class="running-url">
          <TargetText text={asked.url} />
        </code>
      </p>
      <p class="hint">{((now - began) / 1000).toFixed(1)} s. Esc cancels.</p>
      {asked.httpVersion === '1.0' && (
        <p class="hint">HTTP/1.0 is spoken as by telnet: how it goes is told when all of it is here, and not phase by phase.</p>
      )}
      <ol class="live">
        {exchanges.map((exchange, index) => (
          <Exchange
            key={exchange.exchange}
            exchange={exchange}
            phases={phases[index] ?? []}
            end={end}
            isLast={index === exchanges.length - 1}
          />
        ))}
      </ol>
    </section>
  );
}

interface ExchangeProps {
  exchange: LiveExchange;
  phases: readonly LivePhase[];
  /** Milliseconds that the drawing is wide. */
  end: number;
  isLast: boolean;
}

function Exchange({ exchange, phases, end, isLast }: ExchangeProps): JSX.Element {
  const { url, status, expectedBytes } = exchange;
  const present = isLast ? phases.at(-1)?.phase : undefined;
  return (
    <li class="waterfall-row">
      <div class="waterfall-name">
        {status === null ? <span class="status">…</span> : <Status status={status} />}
        <code class="clip" title={url ?? undefined}>
          {url ?? 'where that leads'}
        </code>
      </div>
      <div class="waterfall-bars" aria-hidden="true">
        {phases.map(({ phase, fromMs, toMs }) => (
          <span
            key={`${phase}${String(fromMs)}`}
            class={`waterfall-bar phase-${phase}`}
            style={{ left: `${(fromMs / end) * 100}%`, width: `${((toMs - fromMs) / end) * 100}%` }}
          />
        ))}
      </div>
      <ol class="live-phases">
        {PHASES.map(([phase, name, meaning]) => {
          const found = phases.findLast((one) => one.phase === phase);
          return found === undefined ? null : (
            <li key={phase} title={meaning} class={phase === present ? 'present' : undefined}>
              <span class={`swatch phase-${phase}`} aria-hidden="true" />
              {name} <span class="live-time">{ms(found.toMs - found.fromMs)}</span>
            </li>
          );
        })}
      </ol>
      {present === 'download' && (
        <p class="live-bytes">
          <progress
            aria-label="Content"
            {...(expectedBytes !== null && expectedBytes > 0 && { value: exchange.bytes, max: expectedBytes })}
          />
          {bytes(exchange.bytes)}
          {expectedBytes !== null && ` of ${bytes(expectedBytes)}`}
        </p>
      )}
    </li>
  );
}
