import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CompareAnswer } from '../src/compare/compare.model.ts';
import { startApp, type TestApp } from './support/app.ts';

/** What the origin says depends on the request, as its path says. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const agent = request.headers['user-agent'] ?? '';
  const isMobile = agent.includes('Phone');
  if (request.url === '/agent' || request.url === '/agent-vary') {
    if (request.url === '/agent-vary') response.setHeader('Vary', 'Accept-Encoding, User-Agent');
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('X-Layout', isMobile ? 'mobile' : 'desktop');
    response.end(isMobile ? '<p>small page</p><a href="/m">m</a>' : '<p>large page page</p><a href="/d">d</a><a href="/both">b</a>');
  } else if (request.url === '/language') {
    response.setHeader('Content-Type', 'text/plain');
    response.setHeader('Vary', 'Accept-Language');
    response.end(request.headers['accept-language'] === 'de' ? 'guten Tag' : 'good day');
  } else if (request.url === '/blocks') {
    if (isMobile) request.socket.destroy();
    else response.end('fine');
  } else {
    response.setHeader('Content-Type', 'text/plain');
    response.end('the same for all');
  }
}

describe('/compare', () => {
  let origin: Server;
  let requests = 0;
  let app: TestApp;
  let url: string;

  beforeAll(async () => {
    origin = createServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((origin.address() as AddressInfo).port)}`;
    app = await startApp({ ALLOW_TARGETS: '127.0.0.1' });
  });

  afterAll(async () => {
    await app.close();
    origin.closeAllConnections();
    origin.close();
  });

  const DESKTOP_AND_MOBILE = [{ name: 'desktop' }, { name: 'mobile', userAgent: 'Phone/1.0' }];

  async function compared(path: string, variants: unknown[], more: object = {}): Promise<CompareAnswer> {
    const { status, json } = await app.post<CompareAnswer>('/compare', { url: `${url}${path}`, variants, ...more });
    expect(status).toBe(200);
    return json;
  }

  it('says that the answers are the same, by one retrieval a variant', async () => {
    const before = requests;
    const answer = await compared('/same', [{}, { userAgent: 'Phone/1.0' }, { acceptLanguage: 'de' }]);
    expect(requests - before).toBe(3);
    expect(answer).toMatchObject({ same: true, differences: [], links: [], words: [], vary: { declared: [], missing: [], advice: null } });
    expect(answer.variants.map(({ name, status, words }) => [name, status, words])).toEqual([
      ['1', 200, 4],
      ['2', 200, 4],
      ['3', 200, 4],
    ]);
  });

  it('tells what differs: members, header fields, links and words', async () => {
    const answer = await compared('/agent', DESKTOP_AND_MOBILE);
    expect(answer.same).toBe(false);
    expect(answer.differences.map(({ name }) => name)).toEqual(['transferBytes', 'bytes', 'sha256', 'links', 'words']);
    expect(answer.headers).toContainEqual({
      name: 'X-Layout',
      values: [
        { variant: 'desktop', value: 'desktop' },
        { variant: 'mobile', value: 'mobile' },
      ],
    });
    expect(answer.links.map(({ name }) => name)).toEqual([`${url}/d`, `${url}/both`, `${url}/m`]);
    expect(answer.words).toContainEqual({
      name: 'page',
      values: [
        { variant: 'desktop', value: '2' },
        { variant: 'mobile', value: '1' },
      ],
    });
  });

  it('points out a Vary that is missing', async () => {
    const { vary } = await compared('/agent', DESKTOP_AND_MOBILE);
    expect(vary).toMatchObject({ declared: [], missing: ['user-agent'] });
    expect(vary.advice).toContain('user-agent');
  });

  it('is content with a Vary that owns up', async () => {
    expect((await compared('/agent-vary', DESKTOP_AND_MOBILE)).vary).toEqual({
      declared: ['accept-encoding', 'user-agent'],
      missing: [],
      advice: null,
    });
    expect((await compared('/language', [{}, { acceptLanguage: 'de' }])).vary.missing).toEqual([]);
  });

  it('lets a variant replace header fields of the request, whatever their letter case', async () => {
    const headers = [{ name: 'Accept-Language', value: 'en' }];
    const answer = await compared('/language', [{}, { headers: [{ name: 'accept-language', value: 'de' }] }], { headers });
    expect(answer.words.map(({ name }) => name)).toEqual(['good', 'day', 'guten', 'Tag']);
  });

  it('tells a variant that failed by its problem, and the others all the same', async () => {
    const { variants, same } = await compared('/blocks', DESKTOP_AND_MOBILE);
    expect(same).toBe(false);
    expect(variants[0]).toMatchObject({ status: 200, problem: null });
    expect(variants[1]).toMatchObject({ status: null, snapshot: null, problem: { code: 'CONNECTION_RESET' } });
  });

  it('does not call the same what was never retrieved', async () => {
    const { same, variants } = await compared('/blocks', [{ userAgent: 'Phone/1' }, { userAgent: 'Phone/1' }]);
    expect([same, variants.map(({ problem }) => problem?.code)]).toEqual([false, ['CONNECTION_RESET', 'CONNECTION_RESET']]);
  });

  it('does not accuse one of several fields that differ', async () => {
    const variants = [
      { userAgent: 'Phone/1.0', acceptLanguage: 'de' },
      { userAgent: 'desk', acceptLanguage: 'fr' },
    ];
    const { vary } = await compared('/agent', variants);
    expect(vary.missing).toEqual(['user-agent', 'accept-language']);
    expect(vary.advice).toMatch(/Vary names none of them.*vary one at a time/);
  });

  it('names snapshots that can be read', async () => {
    const { variants } = await compared('/agent', DESKTOP_AND_MOBILE);
    const { json } = await app.get<{ total: number }>('/links', { snapshot: variants[0]?.snapshot ?? '' });
    expect(json.total).toBe(2);
  });

  it.each([
    [{ variants: [{}] }, 'variants'],
    [{ variants: [{}, {}, {}, {}, {}, {}] }, 'variants'],
    [{ variants: [{}, { colour: 'red' }] }, 'variants[1].colour'],
    [{ variants: [{}, { headers: [{ name: 'Host', value: 'x' }] }] }, 'variants[1].headers[0].name'],
    [{}, 'variants'],
    [{ variants: [{ name: 'a' }, { name: 'a' }] }, 'variants'],
    [{ variants: [{ name: '2' }, {}] }, 'variants'],
    [{ url: undefined, variants: [{}, {}] }, 'url'],
  ])('refuses %j and names %s', async (body, parameter) => {
    const { status, json } = await app.post<{ errors: { parameter: string }[] }>('/compare', { url: `${url}/same`, ...body });
    expect(status).toBe(400);
    expect(json.errors.map((error) => error.parameter)).toContain(parameter);
  });

  it('refuses a request that there is no room for: what differs would be the load', async () => {
    const small = await startApp({ ALLOW_TARGETS: '127.0.0.1', FETCH_MAX_CONCURRENT: '1', FETCH_QUEUE: '1' });
    try {
      const variants = ['one', 'two', 'three'].map((name) => ({ name }));
      const answer = await small.post<{ code: string }>('/compare', { url: `${url}/same`, variants });
      expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '1']);
    } finally {
      await small.close();
    }
  });
});
