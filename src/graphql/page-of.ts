import type { TargetArgs } from '../api/target.args.ts';
import { ProblemError } from '../api/problem.ts';
import { headersAnswer, targetAnswer } from '../fetch/answers.ts';
import type { Retrieved } from '../fetch/retrieved.ts';
import { type Sized, sized } from './operation.ts';
import type { Page } from './page.model.ts';

/** A snapshot as the graph shows it to who asked for this target, and what it costs beside the fields that have resolvers of their own. */
export function sizedPage(retrieved: Retrieved, target: TargetArgs): Sized<Page> {
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
 * A link as a target, retrieved in the same way as another; null of one that no retrieval can follow.
 *
 * @throws ProblemError `TARGET_FORBIDDEN` for a user name in it: a page would have its reader log in
 */
export function targetOf(url: string | null, how: TargetArgs): TargetArgs | null {
  if (url === null || !/^https?:/.test(url)) return null;
  const { username, password } = new URL(url);
  if (username !== '' || password !== '')
    throw new ProblemError('TARGET_FORBIDDEN', `a link with a user name in it is not followed: ${url}`);
  const target: TargetArgs = { ...how, url };
  // What was said of that page alone.
  delete target.encoding;
  delete target.snapshot;
  return target;
}
