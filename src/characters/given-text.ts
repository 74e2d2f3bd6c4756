import { invalidParameter } from '../api/problem.ts';
import type { EncodeArgs } from '../encode/encode.args.ts';
import type { CharactersArgs, CharactersBody } from './characters.args.ts';

/** Names of what a page alone has, besides what says how it is retrieved. */
const OF_A_PAGE = ['url', 'snapshot', 'html', 'baseUrl', 'selector', 'source'] as const;

/**
 * The text that a request is about, with what is wanted of it; null where it names a page.
 *
 * @throws ProblemError `INVALID_REQUEST` where it names both or none
 */
export function givenText(request: CharactersArgs | CharactersBody): EncodeArgs | null {
  const named = OF_A_PAGE.find((name) => (request as CharactersBody)[name] !== undefined);
  const { text } = request;
  if (text === undefined) {
    if (named === undefined) throw invalidParameter('text', 'is required, or url or snapshot');
    return null;
  }
  if (named !== undefined) throw invalidParameter(named, 'must not be given together with text', request.url);
  const wanted = ['encodings', 'unencodable', 'normalization', 'limit', 'offset'] as const;
  const entries = wanted.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]] as const]));
  return { text, ...Object.fromEntries(entries) } as unknown as EncodeArgs;
}
