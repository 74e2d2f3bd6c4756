import type { JSX } from 'preact';
import type { FetchAnswer } from './contract.ts';
import { bytes, ms } from './figures.ts';
import { PhaseLine } from './phases.tsx';
import { TargetText } from './target-text.tsx';

/** What the first digit of a status means, for its colour. RFC 9110, section 15. */
export function statusClass(status: number): string {
  return ['other', 'info', 'good', 'moved', 'bad', 'bad'][Math.floor(status / 100)] ?? 'other';
}

/** A status as a chip. */
export function Status({ status, text = '' }: { status: number; text?: string }): JSX.Element {
  return (
    <span class={`status ${statusClass(status)}`}>
      {status} {text !== '' && <TargetText text={text} />}
    </span>
  );
}

/** Milliseconds that a retrieval took, exchanges that took place earlier left out. */
export function totalMs({ exchanges }: FetchAnswer): number {
  return exchanges.filter(({ stored }) => !stored).reduce((sum, { timings }) => sum + timings.total, 0);
}

/** True for a stored response of earlier. A snapshot that is asked for by its id is a hit, too, and of no cache: it has no freshness. */
export function isFromCache({ cache }: FetchAnswer): boolean {
  return cache.status === 'hit' && cache.freshUntil !== null;
}

/** The line above all tabs: what came back. */
export function Summary({ answer }: { answer: FetchAnswer }): JSX.Element {
  const { body, exchanges } = answer;
  const last = exchanges.at(-1);
  return (
    <section class="summary" aria-label="What came back">
      <div class="summary-facts">
        <Status status={answer.status} text={answer.statusText} />
        <span class="summary-url" title={answer.finalUrl}>
          {answer.finalUrl}
        </span>
        <span class="fact">HTTP/{last?.httpVersion}</span>
        {body !== null && <span class="fact">{body.mediaType}</span>}
        {body?.encoding != null && <span class="fact">{body.encoding.name}</span>}
        {body !== null && <span class="fact">{bytes(body.bytes)}</span>}
        <span class="fact">{ms(totalMs(answer))}</span>
        {isFromCache(answer) && <span class="fact note">from the cache</span>}
        {answer.insecureTls && <span class="fact warn">certificate not checked</span>}
      </div>
      <PhaseLine exchanges={exchanges} />
    </section>
  );
}
