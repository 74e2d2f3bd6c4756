import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from './support/contract.ts';
import { startOrigin } from './support/origin-server.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('the exchanges that did succeed before one failed', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  /** A path that redirects to the first place, which redirects to the next, and so on. */
  function pathThrough(...places: readonly string[]): string {
    return places.reduceRight((next, place) => `${place}/redirect/to?to=${encodeURIComponent(next)}`);
  }

  it('are told in order when a later one cannot connect', async () => {
    const gone = await startOrigin();
    await gone.close();
    const path = pathThrough('', retrieval.origin.url, `${gone.url}/romeo.txt`);
    const problem = await retrieval.refused(path);
    expect(problem).toMatchObject({ code: 'CONNECTION_REFUSED', phase: 'tcp', url: retrieval.origin.url + path });
    expect(problem.detail).toContain(gone.url);
    expect(problem.exchanges.map(({ status, headers }) => [status, headers.find(({ name }) => name === 'Location')?.value])).toEqual([
      [302, `${retrieval.origin.url}/redirect/to?to=${encodeURIComponent(`${gone.url}/romeo.txt`)}`],
      [302, `${gone.url}/romeo.txt`],
    ]);
    expect(problem.exchanges[1]).toMatchObject({ method: 'GET', remote: { address: '127.0.0.1' }, reused: true, tls: null });
    expect(problem.exchanges[1]?.requestHeaders.length).toBeGreaterThan(2);
    expect(problem.exchanges[1]?.timings.total).toBeGreaterThan(0);
  });

  it.each([
    ['/redirect/chain?left=5', { maxRedirects: 3 }, 'TOO_MANY_REDIRECTS', 4],
    ['/redirect/unparsable', {}, 'MALFORMED_RESPONSE', 1],
    ['/redirect/to?to=/framing/garbage', {}, 'MALFORMED_RESPONSE', 1],
    ['/redirect/to?to=/framing/silence', { timeoutMs: 400 }, 'TARGET_TIMEOUT', 1],
    ['/redirect/to?to=/framing/short', {}, 'MALFORMED_RESPONSE', 1],
    // The exchange itself went well: what failed came after it.
    ['/coding/not-gzip', {}, 'CONTENT_CODING_FAILED', 1],
    ['/redirect/to?to=/coding/not-gzip', {}, 'CONTENT_CODING_FAILED', 2],
    ['/framing/garbage', {}, 'MALFORMED_RESPONSE', 0],
  ])('of %s %j, which ends as %s, are %#: %i', async (path, query, code, count) => {
    const problem = await retrieval.refused(path, query);
    expect([problem.code, problem.exchanges.length]).toEqual([code, count]);
  });

  it.each(['/redirect/private', '/redirect/localhost', '/redirect/bad-port', '/redirect/loopback-2'])(
    'are not told where policy forbids the target of %s: where it led is not told',
    async (path) => {
      const { code, exchanges } = await retrieval.refused(`/redirect/to?to=${path}`);
      expect([code, exchanges]).toEqual(['TARGET_FORBIDDEN', []]);
    },
  );

  it.each([
    ['/links', '/redirect/to?to=/image.png', {}, 'NOT_A_DOCUMENT'],
    ['/select', '/redirect/to?to=/page1.htm', { selector: 'a[' }, 'INVALID_SELECTOR'],
  ])('are told where %s cannot read what %s brought', async (endpoint, path, query, code) => {
    const { json } = await retrieval.app.get<Problem>(endpoint, { url: retrieval.origin.url + path, ...query });
    expect([json.code, json.exchanges.map(({ status }) => status)]).toEqual([code, [302, 200]]);
  });

  it('are told in the graph, too, and there are none of a problem without a target', async () => {
    const path = '/redirect/chain?left=2';
    const { json } = await retrieval.app.graphql('query ($url: String!) { page(url: $url, maxRedirects: 1) { status } }', {
      url: retrieval.origin.url + path,
    });
    const problem = json.errors?.[0]?.extensions.problem as Problem;
    expect([problem.code, problem.exchanges.map(({ status }) => status)]).toEqual(['TOO_MANY_REDIRECTS', [302, 302]]);
    expect((await retrieval.app.get<Problem>('/nowhere')).json.exchanges).toEqual([]);
  });
});
