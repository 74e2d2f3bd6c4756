import type { TargetRequest } from '../fetch/fetch.service.ts';
import { ProblemError } from '../api/problem.ts';
import { headersAnswer, targetAnswer } from '../fetch/answers.ts';
import { withoutContentFields } from '../fetch/redirect.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { type Sized, sized } from './operation.ts';
import type { Page } from './page.model.ts';

/** A snapshot as the graph shows it to who asked for this target, and what it costs beside the fields that have resolvers of their own. */
export function sizedPage(retrieved: Retrieved, target: TargetRequest): Sized<Page> {
  const { statusText, httpVersion, headerBytes, redirects } = headersAnswer(retrieved);
  const about = targetAnswer(retrieved);
  const answer = {
    ...about,
    url: target.url ?? about.url,
    finalUrl: withFragment(about.finalUrl, target.url),
    statusText,
    httpVersion,
    headerBytes,
    redirects,
    ok: about.status >= 200 && about.status < 300,
    redirected: redirects.length > 0,
  };
  return { value: { ...answer, source: { retrieved, encoding: target.encoding }, target }, bytes: sized(answer).bytes };
}

/** What was retrieved once is asked for with one fragment and with another. https://fetch.spec.whatwg.org/#concept-response-location-url */
function withFragment(finalUrl: string, asked: string | undefined): string {
  const fragment = URL.parse(asked ?? '')?.hash ?? '';
  return finalUrl.includes('#') ? finalUrl : finalUrl + fragment;
}

/**
 * A link as a target, retrieved in the same way as another, but for what was meant for that one alone; null of one that no retrieval
 * can follow. Header fields and cookies go along to the same origin, the method and the content nowhere: to follow a link is a GET.
 *
 * @throws ProblemError `TARGET_FORBIDDEN` for a user name in it: a page would have its reader log in
 */
export function targetOf(url: string | null, how: TargetRequest): TargetRequest | null {
  if (url === null || !/^https?:/.test(url)) return null;
  const { username, password, origin } = new URL(url);
  if (username !== '' || password !== '')
    throw new ProblemError('TARGET_FORBIDDEN', `a link with a user name in it is not followed: ${url}`);
  const { headers = [], cookies, ...target } = how;
  delete target.encoding;
  delete target.snapshot;
  delete target.method;
  delete target.content;
  delete target.contentBase64;
  delete target.httpVersion;
  if (origin !== URL.parse(how.url ?? '')?.origin) return { ...target, url };
  const kept = withoutContentFields(headers);
  return { ...target, url, ...(kept.length > 0 && { headers: kept }), ...(cookies !== undefined && { cookies }) };
}
