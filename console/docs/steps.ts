import type { paths } from '../openapi.d.ts';
import type { ApiRequest } from '../server.ts';

/** A request of the first steps. Its path is one of the contract, or it does not compile. */
export interface Step {
  id: string;
  title: string;
  words: string;
  path: keyof paths;
  /** The target that the reader may change stands in it as `url`. */
  query?: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, unknown>>;
  /** Where the query of the body is an operation of the graph. */
  graph?: string;
}

const ORIGIN = 'http://pagewire.test';

const GRAPH = `{
  page(url: "${ORIGIN}/page1.htm") {
    finalUrl
    status
    headers(name: "content-type") { name value }
    links(limit: 10) { total links { url text } }
    wordCount(limit: 2) { total words { word count } }
  }
}`;

/** From a first answer to a first problem; the README begins in the same way. */
export const STEPS: readonly Step[] = [
  {
    id: 'links',
    title: 'Ask for the links of a page',
    words:
      'Name a URL; what comes back is data. `snapshot` is the retrieval that the answer was read off, `total` and `next` page through long lists, and each link says where it stands.',
    path: '/links',
    query: { url: `${ORIGIN}/page1.htm` },
  },
  {
    id: 'redirects',
    title: 'See what happened on the way',
    words:
      '`/fetch` answers the whole retrieval: each exchange with its header fields as sent, times, TLS. `fields` keeps the members that you name, here those of two redirects.',
    path: '/fetch',
    query: { url: `${ORIGIN}/old`, fields: 'finalUrl,exchanges.status,exchanges.url' },
  },
  {
    id: 'wire',
    title: 'Down to the wire',
    words: 'The literal request and response, as telnet shows them. This one speaks HTTP/1.0.',
    path: '/wire',
    query: { url: `${ORIGIN}/romeo.txt`, httpVersion: '1.0' },
  },
  {
    id: 'extract',
    title: 'Fill a shape of your own',
    words:
      'A POST takes the same parameters as members of a JSON body. `/extract` fills a shape: selectors stand where values are to be, and what the page does not have is null and told in `misses`.',
    path: '/extract',
    body: { url: `${ORIGIN}/article.html`, shape: { title: 'h1', links: [{ _: 'main a', text: '.', url: 'a@href' }] } },
  },
  {
    id: 'graph',
    title: 'Ask for several things at once',
    words: 'The same as one graph: one retrieval, however many fields ask. At `/graphql` it has an editor of its own.',
    path: '/graphql',
    body: { query: GRAPH },
    graph: GRAPH,
  },
  {
    id: 'problem',
    title: 'Meet a problem',
    words:
      'What fails says why: these two redirects lead to each other, and after ten of them it is enough. `code` is stable, `type` leads to the page about it, `exchanges` has what did succeed.',
    path: '/fetch',
    query: { url: `${ORIGIN}/loop`, fields: 'finalUrl' },
  },
];

/** The request of a step, about the reader's own URL where there is no demo. */
export function requestOf({ path, query, body, graph }: Step, url: string | null): ApiRequest {
  const own = url === null ? {} : { url };
  if (graph !== undefined) return { path, body: { query: graphOf(graph, url) } };
  return body === undefined ? { path, query: { ...query, ...own } } : { path, body: { ...body, ...own } };
}

/** An operation about the reader's own URL. */
export function graphOf(graph: string, url: string | null): string {
  return url === null ? graph : graph.replace(/url: "[^"]*"/, () => `url: ${JSON.stringify(url)}`);
}
