import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './support/app.ts';
import type { LinksAnswer, Problem, TagsAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('a hostile page', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval({ PARSE_TIMEOUT_MS: '3000', PARSE_THREADS: '2' });
  });

  afterAll(() => retrieval.close());

  /** The answer about a page, and how often the server said meanwhile that it is alive. */
  async function answeredWhileAlive<Json>(endpoint: string, path: string): Promise<{ answer: Answer<Json>; alive: number }> {
    const pending = retrieval.app.get<Json>(endpoint, { url: retrieval.origin.url + path });
    for (let alive = 1; ; alive += 1) {
      const probe = retrieval.app.get('/health/live');
      const first = await Promise.race([pending, probe.then(() => null)]);
      expect((await probe).status).toBe(200);
      if (first !== null) return { answer: first, alive };
    }
  }

  it.each([
    ['/tags', '/hostile/formatting?n=5000'],
    ['/links', '/hostile/formatting?n=5000'],
    ['/wordcount', '/hostile/formatting?n=5000'],
    ['/tags', '/hostile/formatting?n=50000'],
    ['/tags', '/hostile/flat?n=1200000'],
  ])('ends %s of %s within its limits, and the server goes on answering', async (endpoint, path) => {
    const { answer, alive } = await answeredWhileAlive<Problem>(endpoint, path);
    expect(answer.json).toMatchObject({ status: 422, code: 'PARSE_LIMIT_EXCEEDED', phase: 'parse', url: retrieval.origin.url + path });
    expect(alive).toBeGreaterThan(0);
  });

  it.each([
    '/hostile/deep?n=100000',
    '/hostile/deep?n=1000000',
    '/hostile/attributes?n=200000',
    '/hostile/unclosed-tag?n=5000000',
    '/hostile/tables?n=100000',
    '/hostile/flat?n=100000',
  ])('answers about %s, or says that it is too much', async (path) => {
    for (const endpoint of ['/links', '/tags', '/wordcount']) {
      const { answer } = await answeredWhileAlive<Problem>(endpoint, path);
      const said = answer.status === 200 ? 'an answer' : answer.json.code;
      expect(['an answer', 'PARSE_LIMIT_EXCEEDED']).toContain(said);
    }
  });

  it('ends a selector that would take half a minute', async () => {
    const selector = 'div:has(div:has(div:has(q)))';
    const { status, json } = await retrieval.app.get<Problem>('/select', { url: `${retrieval.origin.url}/hostile/deep?n=1500`, selector });
    expect([status, json.code, json.phase]).toEqual([422, 'PARSE_LIMIT_EXCEEDED', 'parse']);
    expect((await retrieval.app.get('/health/live')).status).toBe(200);
  });

  it('does not write an answer larger than its limit, and advises to ask for less', async () => {
    const url = `${retrieval.origin.url}/hostile/deep?n=5000`;
    const { status, json } = await retrieval.app.get<Problem>('/tags', { url, tag: 'div' });
    expect([status, json.code]).toEqual([422, 'PARSE_LIMIT_EXCEEDED']);
    const some = await retrieval.app.get<TagsAnswer>('/tags', { url, tag: 'div', limit: 1, offset: 4999 });
    expect(some.status === 200 ? some.json.total : some.status).toEqual(some.status === 200 ? 5000 : 422);
  });

  it('costs nobody else their answer', async () => {
    const hostile = Array.from({ length: 4 }, (_, index) =>
      retrieval.app.get('/tags', { url: `${retrieval.origin.url}/hostile/formatting?n=6000&again=${String(index)}` }),
    );
    const page = await retrieval.app.get<LinksAnswer>('/links', { url: `${retrieval.origin.url}/page1.htm` });
    expect([200, 422, 503]).toContain(page.status);
    for (const { status } of await Promise.all(hostile)) expect([422, 503]).toContain(status);
    expect((await retrieval.app.get<LinksAnswer>('/links', { url: `${retrieval.origin.url}/page1.htm` })).json.total).toBe(1);
  });
});
