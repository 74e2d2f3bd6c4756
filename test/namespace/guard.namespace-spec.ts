import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp, type TestApp } from '../support/app.ts';
import { type FetchAnswer, type Problem, PROBLEM_MEMBERS } from '../support/contract.ts';
import { html } from '../support/scenarios/response.ts';
import { type Ask, ENDPOINTS } from './endpoints.ts';
import { HOSTS, LOCATIONS, NAMES, OF_EACH_KIND, ORIGIN, PUBLIC, PUBLIC_V6, RECORDS } from './names.ts';
import { edgesOf, isUnlisted, NETWORKS_V4, NETWORKS_V6 } from './networks.ts';
import { AROUND, embeddings, hostOf, LITERALS, MISTAKES, PRIVATE_V4, SPECIAL_NAMES, SPELLINGS_V6, spellings } from './tries.ts';
import { startWorld, type World } from './world.ts';

/** The public addresses that lie directly beside a network that is not. */
const BESIDE = [...new Set([...NETWORKS_V4, ...NETWORKS_V6].flatMap((network) => edgesOf(network).beside))].filter(isUnlisted);

const LINKING = {
  '/linking': ({ url }: { url: URL }): Buffer => html(`<a href="${url.searchParams.get('to') ?? ''}">there</a>`),
};

let world: World;
let app: TestApp;
/** Every try that was made, so that the last test can count them. */
let tries = 0;

beforeAll(async () => {
  world = await startWorld(RECORDS, HOSTS, LINKING);
  app = await startApp();
});

afterAll(async () => {
  // Outside of a namespace neither has come to be.
  await (app as TestApp | undefined)?.close();
  await (world as World | undefined)?.close();
});

/** The connections that were made to what is not public, by the networks as the tests know them. */
function trapped(since?: readonly number[]): string[] {
  return world.visited(since).filter((address) => !isUnlisted(address));
}

/** Where the test before this one has ended. */
let mark: readonly number[] = [];

afterEach(() => {
  const caught = trapped(mark);
  mark = world.mark();
  expect(caught).toEqual([]);
});

/** What looks like an address in a text. */
function addressesIn(text: string): string[] {
  return text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi) ?? [];
}

/**
 * What is wrong with a refusal, or null. `said` is all that the caller or an origin has written: an address in the answer
 * that is not from there was learnt from DNS.
 */
function faultOf({ status, headers, text }: Answer<unknown>, said: string, isMistake = false): string | null {
  tries += 1;
  const [wantedStatus, wantedCode] = isMistake ? [400, 'INVALID_REQUEST'] : [403, 'TARGET_FORBIDDEN'];
  if (status !== wantedStatus) return `${String(status)} ${text.slice(0, 300)}`;
  const problem = JSON.parse(text) as Problem;
  if (problem.code !== wantedCode) return problem.code;
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true) return 'no problem by its type';
  if (Object.keys(problem).sort().join() !== PROBLEM_MEMBERS.join()) return Object.keys(problem).join();
  // A Location that is no target URL is a response that came, and was read.
  if ((problem.phase !== null && !(problem.phase === 'firstByte' && problem.detail.startsWith('the Location'))) || problem.retryable)
    return JSON.stringify([problem.phase, problem.retryable]);
  const learnt = addressesIn(text).filter((address) => !said.includes(address) && address !== PUBLIC);
  return learnt.length === 0 ? null : `tells ${learnt.join()}`;
}

/** Tries every target at one endpoint, and gives those that were not refused as they must be. */
async function faultsOf(urls: readonly string[], ask: Ask = ENDPOINTS['GET /fetch']!, isMistake = false): Promise<string[]> {
  const faults: string[] = [];
  for (const url of urls) {
    const said = `${url} ${URL.canParse(url) ? new URL(url).href : ''} ${url.includes('?') ? decodeURIComponent(url) : ''}`;
    const fault = faultOf(await ask(app, url), said, isMistake);
    if (fault !== null) faults.push(`${JSON.stringify(url)}: ${fault}`);
  }
  return faults;
}

describe('in a network where every address answers, the guard refuses', () => {
  it('the first, the middle and the last address of every network that is not public', async () => {
    expect(await faultsOf(LITERALS.map((host) => `http://${host}/`))).toEqual([]);
  });

  it.each(PRIVATE_V4)('every IPv6 address that carries %s', async (v4) => {
    expect(await faultsOf(Object.values(embeddings(v4)).map((address) => `http://[${address}]/`))).toEqual([]);
  });

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '192.168.0.1', '100.100.100.200', '0.0.0.0'])('every spelling of %s', async (v4) => {
    expect(await faultsOf(spellings(v4).map((host) => `http://${host}/`))).toEqual([]);
  });

  it('every spelling of IPv6 addresses', async () => {
    expect(await faultsOf(SPELLINGS_V6.map((host) => `http://${host}/`))).toEqual([]);
  });

  it.each(['127.0.0.1', '2130706433', '[::1]', 'localhost', 'hidden-0.example.com'])('%s, whatever is around it', async (host) => {
    expect(await faultsOf(AROUND.map((around) => around.replace('HOST', host)))).toEqual([]);
  });

  it('as a mistake, what is no target URL', async () => {
    expect(await faultsOf(MISTAKES, async (to, url) => to.post('/fetch', { url }), true)).toEqual([]);
  });

  it('names by what they resolve to, and does not tell what that is', async () => {
    expect(await faultsOf(NAMES.map((name) => `http://${name}/`))).toEqual([]);
    expect(world.names.queries).toContain('A hidden-0.example.com');
  });

  it('special names, without asking DNS about them, which would say that they are public', async () => {
    expect(await faultsOf(SPECIAL_NAMES.map((name) => `http://${name}/`))).toEqual([]);
    expect(world.names.queries.filter((query) => !query.endsWith('.example.com'))).toEqual([]);
  });

  describe('at every endpoint', () => {
    it.each(Object.entries(ENDPOINTS))('%s', async (_name, ask) => {
      expect(await faultsOf(OF_EACH_KIND, ask)).toEqual([]);
    });

    it.each(Object.entries(ENDPOINTS))('%s, after a redirect', async (name, ask) => {
      // HTTP/1.0 shows a redirect and follows none.
      if (name.includes('1.0')) return;
      const urls = OF_EACH_KIND.map((to) => `${ORIGIN}/redirect/to?${new URLSearchParams({ to, status: '307' }).toString()}`);
      expect(await faultsOf(urls, ask)).toEqual([]);
    });
  });

  it.each(OF_EACH_KIND)('the link to %s that GraphQL is to follow', async (to) => {
    const query = '{ page(url: $url) { links { links { url page { status } } } } }';
    const url = `${ORIGIN}/linking?${new URLSearchParams({ to }).toString()}`;
    const { json } = await app.graphql<unknown>(`query ($url: String!) ${query}`, { url });
    expect(json.data).toEqual({ page: { links: { links: [{ url: new URL(to).href, page: null }] } } });
    expect(json.errors?.map(({ extensions }) => extensions.code)).toEqual(['TARGET_FORBIDDEN']);
    tries += 1;
  });

  describe.each([301, 302, 303, 307, 308])('the %d redirect to', (status) => {
    it.each(LOCATIONS)('%s, by GET, by POST with cookies, and as the second of two', async (to) => {
      const url = `${ORIGIN}/redirect/to?${new URLSearchParams({ to, status: String(status) }).toString()}`;
      const twice = `${ORIGIN}/redirect/to?${new URLSearchParams({ to: url, status: String(status) }).toString()}`;
      const request = { method: 'POST', content: 'a=1', cookies: [{ name: 'session', value: 'one' }] };
      const answers = [
        await app.get('/fetch', { url }),
        await app.post('/fetch', { url, ...request }),
        await app.get('/wire', { url: twice }),
      ];
      // The JSON of the answer escapes what the Location has in it.
      const said = decodeURIComponent(twice) + JSON.stringify(to);
      expect(answers.map((answer) => faultOf(answer, said))).toEqual([null, null, null]);
    });
  });
});

describe('in a network where every address answers, the guard connects', () => {
  it.each(BESIDE)('to %s, which lies beside a network that is not public', async (address) => {
    const { status, json } = await app.get<FetchAnswer>('/fetch', { url: `http://${hostOf(address)}/romeo.txt` });
    expect([status, json.status]).toEqual([200, 200]);
    expect(world.origin.visited.at(-1)).toBe(new URL(`http://${hostOf(address)}`).hostname.replace(/[[\]]/g, ''));
  });

  it.each([
    ['public.example.com', [PUBLIC]],
    ['public-6.example.com', [PUBLIC_V6]],
    ['both.example.com', [PUBLIC, PUBLIC_V6]],
  ])('to what %s resolves to, and to nothing else', async (name, addresses) => {
    const before = world.mark();
    const answer = await app.get('/wire', { url: `http://${name}/romeo.txt`, httpVersion: '1.0', cache: 'reload' });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('200 OK')]);
    const visited = world.visited(before);
    expect(visited).toHaveLength(1);
    expect(addresses).toContain(visited[0]);
  });
});

describe('a name that resolves to something else each time', () => {
  it.each(['turning.example.com', 'turning-6.example.com'])('is judged for every connection anew: %s', async (name) => {
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const query = { url: `http://${name}/romeo.txt`, httpVersion: '1.0', cache: 'reload' };
      statuses.push((await app.get('/wire', query)).status);
      tries += 1;
    }
    expect(statuses).toEqual(Array.from({ length: 20 }, (_, round) => (round % 2 === 0 ? 200 : 403)));
    // Asked once for each connection: what was judged is what was connected to.
    expect(world.names.queries.filter((query) => query === `A ${name}`)).toHaveLength(20);
  });

  it('is judged anew for a redirect that leads to itself', async () => {
    const url = 'http://turning-once.example.com/redirect/to?to=http://turning-once.example.com:8080/';
    expect(faultOf(await app.get('/fetch', { url }), url)).toBeNull();
    expect(world.names.queries.filter((query) => query === 'A turning-once.example.com')).toHaveLength(2);
  });
});

describe('all in all', () => {
  it('more than 1500 tries reached nothing', () => {
    expect(tries).toBeGreaterThan(1500);
    expect(trapped()).toEqual([]);
  });

  it('DNS was asked about nothing but what the targets name', () => {
    const known = new Set(Object.keys(RECORDS));
    const asked = world.names.queries.map((query) => query.replace(/^A+ /, ''));
    expect([...new Set(asked)].filter((name) => !known.has(name) || !name.endsWith('.example.com'))).toEqual([]);
  });
});
