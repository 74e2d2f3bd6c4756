import { describeBody } from './body.ts';
import type { FetchAnswer, HeadersAnswer, TargetAnswer } from './fetch.model.ts';
import type { Retrieved } from './retrieved.ts';
import { firstValue } from './field-lines.ts';
import type { Snapshot } from './snapshot.ts';
import { isRedirect } from './redirect.ts';

/** What every answer says of its target. */
export function targetAnswer({ snapshot, cache }: Retrieved): TargetAnswer {
  return {
    snapshot: snapshot.id,
    url: snapshot.url,
    finalUrl: snapshot.finalUrl,
    status: snapshot.final.status,
    fetchedAt: snapshot.fetchedAt,
    insecureTls: snapshot.insecureTls,
    cache,
  };
}

/** The same of what has no target: a text or a document that the caller sent. */
export const NO_TARGET = { snapshot: null, url: null, finalUrl: null, status: null, fetchedAt: null, insecureTls: false, cache: null };

/** The whole snapshot. `encoding` is a label to decode the content with, which is done where `body` is wanted alone; else it is null. */
export function fetchAnswer(retrieved: Retrieved, encoding: string | undefined, isBodyWanted: boolean): FetchAnswer {
  const { snapshot } = retrieved;
  const { status, statusText, headers } = snapshot.final;
  return {
    ...targetAnswer(retrieved),
    statusText,
    ok: status >= 200 && status < 300,
    redirected: redirectsOf(snapshot).length > 0,
    headers,
    exchanges: snapshot.exchanges,
    body: isBodyWanted && snapshot.content !== null ? describeBody(snapshot.content, encoding) : null,
  };
}

/** The head of the final response, and how it was come to. */
export function headersAnswer(retrieved: Retrieved): HeadersAnswer {
  const { snapshot } = retrieved;
  const { statusText, httpVersion, headers, headerBytes } = snapshot.final;
  return { ...targetAnswer(retrieved), statusText, httpVersion, headers, headerBytes, redirects: redirectsOf(snapshot) };
}

function redirectsOf({ exchanges }: Snapshot): HeadersAnswer['redirects'] {
  return exchanges
    .slice(0, -1)
    .filter(isRedirect)
    .map(({ url, status, headers }) => ({ url, status, location: firstValue(headers, 'location') ?? '' }));
}
