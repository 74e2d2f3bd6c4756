import type { Answer, TestApp } from '../support/app.ts';

/** Asks an endpoint about a target. */
export type Ask = (app: TestApp, url: string) => Promise<Answer<unknown>>;

const VIEWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/fetch': {},
  '/headers': {},
  '/body': {},
  '/wire': {},
  '/links': {},
  '/tags': {},
  '/select': { selector: 'a' },
  '/metadata': {},
  '/feed': {},
  '/wordcount': {},
};

/** Cookies, fields and content, which must not change who is reached. */
const REQUEST = {
  method: 'POST',
  headers: [
    { name: 'X-Forwarded-Host', value: '10.1.2.3' },
    { name: 'Forwarded', value: 'host=10.1.2.3' },
  ],
  cookies: [{ name: 'session', value: 'one' }],
  content: 'a=1',
};

/** Where a problem is told within an answer: it is given as if it were the answer. */
function problemWithin<Json>(answer: Answer<Json>, problem: { status: number } | null | undefined): Answer<unknown> {
  if (problem === null || problem === undefined) return answer;
  return Object.create(answer, {
    status: { value: problem.status },
    headers: { value: new Headers({ 'content-type': 'application/problem+json' }) },
    text: { value: JSON.stringify(problem) },
  }) as Answer<unknown>;
}

async function graphql(app: TestApp, url: string): Promise<Answer<unknown>> {
  const query = 'query ($url: String!) { page(url: $url) { status links { total } wordCount { total } select(selector: "a") { total } } }';
  const answer = await app.graphql<unknown>(query, { url });
  return problemWithin(answer, answer.json.errors?.[0]?.extensions.problem as { status: number } | undefined);
}

/** Every variant has its own problem; one that has none is the answer. */
async function compare(app: TestApp, url: string): Promise<Answer<unknown>> {
  const answer = await app.post<{ variants: { problem: { status: number } | null }[] }>('/compare', {
    url,
    variants: [{}, { userAgent: 'b' }, { insecureTls: true, method: 'POST', content: 'a=1' }],
  });
  const problems = answer.json.variants.map(({ problem }) => problem);
  return problems.length === 3 && !problems.includes(null) ? problemWithin(answer, problems.at(-1)) : answer;
}

/** Everything that takes a target. */
export const ENDPOINTS: Readonly<Record<string, Ask>> = {
  ...Object.fromEntries(
    Object.entries(VIEWS).flatMap(([path, query]): [string, Ask][] => [
      [`GET ${path}`, (app, url) => app.get(path, { url, ...query })],
      [`POST ${path}`, (app, url) => app.post(path, { url, ...query })],
    ]),
  ),
  'GET /wire of httpVersion=1.0': (app, url) => app.get('/wire', { url, httpVersion: '1.0' }),
  'POST /wire of httpVersion=1.0': (app, url) => app.post('/wire', { url, httpVersion: '1.0', ...REQUEST }),
  'GET /links by regular expression': (app, url) => app.get('/links', { url, method: 'regex' }),
  'GET /fetch without checking certificates': (app, url) => app.get('/fetch', { url, insecureTls: true }),
  'GET /fetch, reloaded': (app, url) => app.get('/fetch', { url, cache: 'reload' }),
  'POST /fetch with a request of its own': (app, url) => app.post('/fetch', { url, ...REQUEST }),
  'POST /extract': (app, url) => app.post('/extract', { url, shape: 'h1' }),
  'POST /compare': compare,
  GraphQL: graphql,
};
