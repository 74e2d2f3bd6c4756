import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.ts';
import type { FetchAnswer, Problem } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('snapshots', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it('answers every view of a snapshot without asking the origin again', async () => {
    const { snapshot } = await retrieval.fetched('/page1.htm?snapshot', { cache: 'reload' });
    const before = retrieval.origin.requests.length;
    const again = await retrieval.app.get<FetchAnswer>('/fetch', { snapshot });
    expect(again.json).toMatchObject({ snapshot, url: `${retrieval.origin.url}/page1.htm?snapshot`, status: 200, body: { bytes: 128 } });
    expect((await retrieval.app.get('/headers', { snapshot })).json).toMatchObject({
      snapshot,
      headerBytes: again.json.exchanges[0]?.headerBytes,
    });
    expect((await retrieval.app.get('/body', { snapshot })).bytes).toHaveLength(128);
    expect((await retrieval.app.get('/links', { snapshot })).json).toMatchObject({ snapshot, total: 1 });
    expect((await retrieval.app.get('/tags', { snapshot })).json).toMatchObject({ snapshot, total: 1 });
    expect((await retrieval.app.get('/wordcount', { snapshot })).json).toMatchObject({ snapshot, total: 13 });
    expect((await retrieval.app.post('/links', { snapshot })).json).toMatchObject({ snapshot, total: 1 });
    expect(retrieval.origin.requests).toHaveLength(before);
  });

  it('reads a snapshot in another encoding when asked to', async () => {
    const { snapshot } = await retrieval.fetched('/encoding/windows-1251');
    const { json } = await retrieval.app.get<FetchAnswer>('/fetch', { snapshot, encoding: 'koi8-r' });
    expect(json.body.encoding).toMatchObject({ name: 'KOI8-R', source: 'override' });
  });

  it.each([
    ['maxBytes', { maxBytes: 1 }],
    ['cache', { cache: 'reload' }],
    ['insecureTls', { insecureTls: true }],
    ['userAgent', { userAgent: 'x' }],
  ])('refuses %s, which would have no effect on one', async (parameter, query) => {
    const { snapshot } = await retrieval.fetched('/page1.htm');
    const { status, json } = await retrieval.app.get<Problem>('/links', { snapshot, ...query });
    expect([status, json.errors.map((error) => error.parameter)]).toEqual([400, [parameter]]);
  });

  it('does not know a snapshot that was never made', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/fetch', { snapshot: 'never-made' });
    expect([status, json.code]).toEqual([404, 'SNAPSHOT_NOT_FOUND']);
  });

  it('forgets a snapshot when its time is over', async () => {
    const short = await startApp({ ALLOW_TARGETS: '127.0.0.1', SNAPSHOT_TTL_S: '1' });
    try {
      const { snapshot } = (await short.get<FetchAnswer>('/fetch', { url: `${retrieval.origin.url}/plain.txt` })).json;
      expect((await short.get('/fetch', { snapshot })).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect((await short.get('/fetch', { snapshot })).status).toBe(404);
    } finally {
      await short.close();
    }
  });
});
