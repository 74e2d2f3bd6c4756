import { expect } from '@jest/globals';
import { type Answer, startApp, type TestApp } from './app.ts';
import { type FetchAnswer, type HeadersAnswer, type Problem, PROBLEM_MEMBERS } from './contract.ts';
import { type Origin, startOrigin } from './origin-server.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

/** An application and the one origin that it may reach. */
export interface Retrieval {
  readonly app: TestApp;
  readonly origin: Origin;
  /** The snapshot of a path of the origin; fails the test with the problem when there is one. */
  fetched(path: string, query?: Query): Promise<FetchAnswer>;
  /** The same by POST. */
  posted(json: unknown): Promise<Answer<FetchAnswer>>;
  /** The answer of `/headers` about a path of the origin. */
  headersOf(path: string, query?: Query): Promise<HeadersAnswer>;
  /** The problem that comes instead of a snapshot; fails the test when it is not one, or not a whole one. */
  refused(path: string, query?: Query): Promise<Problem>;
  close(): Promise<void>;
}

/** Starts both. */
export async function startRetrieval(env: Readonly<Record<string, string>> = {}): Promise<Retrieval> {
  const origin = await startOrigin();
  const app = await startApp({ ALLOW_TARGETS: '127.0.0.1', ...env });

  async function answered<Json>(endpoint: string, path: string, query: Query): Promise<Json> {
    const answer = await app.get<Json>(endpoint, { url: origin.url + path, ...query });
    expect({ status: answer.status, problem: answer.status === 200 ? null : answer.json }).toEqual({ status: 200, problem: null });
    return answer.json;
  }

  return {
    app,
    origin,
    fetched: (path, query = {}) => answered('/fetch', path, query),
    posted: (json) => app.post('/fetch', json),
    headersOf: (path, query = {}) => answered('/headers', path, query),
    refused: async (path, query = {}) => {
      const { status, headers, json } = await app.get<Problem>('/fetch', { url: origin.url + path, ...query });
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(Object.keys(json).sort()).toEqual(PROBLEM_MEMBERS);
      expect(json.status).toBe(status);
      return json;
    },
    close: async () => {
      await app.close();
      await origin.close();
    },
  };
}
