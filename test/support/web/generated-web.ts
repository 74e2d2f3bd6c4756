import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type WebAnswer, WebModel, type WebOptions, type WebPage } from './web-model.ts';

/** A request that an origin had. Times are milliseconds of one clock. */
export interface WebRequest {
  /** With its query. */
  path: string;
  userAgent: string;
  beganAt: number;
  /** When the answer was sent, or the connection ended; null before. */
  endedAt: number | null;
}

/** How an origin was treated. */
export interface Politeness {
  requests: number;
  /** Milliseconds from the end of an answer to the next request, and from one request to the next; null where there are not two. */
  smallestGapMs: number | null;
  smallestInterval: number | null;
  mostAtATime: number;
}

/** A web on loopback that knows what is in it. */
export interface GeneratedWeb {
  readonly model: WebModel;
  /** Of each origin, without a slash at the end. */
  readonly origins: readonly string[];
  /** Where page 0 is, from which the others can be reached. */
  readonly seed: string;
  /** An origin that no crawl within the others may ask. */
  readonly outside: string;
  /** What an origin was asked for, in order. */
  requestsOf(origin: string): readonly WebRequest[];
  /** How each origin was treated, by its URL: all requests, or those for which `counts` is true. */
  politeness(counts?: (request: WebRequest) => boolean): Map<string, Politeness>;
  /** Forgets all requests. */
  forget(): void;
  close(): Promise<void>;
}

const DEFAULTS: WebOptions = {
  seed: 1,
  pages: 200,
  origins: 5,
  linksPerPage: 8,
  oddLinks: 60,
  traps: true,
  robots: ['open', 'rules', 'missing', 'named', 'untidy', 'moved', 'refused', 'unavailable', 'reset', 'slowly'],
  crawlDelayS: 0.1,
  pageBytes: 2000,
  slowMs: 300,
  pageMs: 0,
};

/** Starts a web: a server of its own for each origin, each on an address of its own where the system has more than one for loopback. */
export async function startWeb(given: Partial<WebOptions> = {}): Promise<GeneratedWeb> {
  const options = { ...DEFAULTS, ...given };
  const asked: WebRequest[][] = [];
  let model: WebModel | null = null;
  const servers: Server[] = [];
  // The last one is outside.
  for (let index = 0; index <= options.origins; index += 1) {
    const requests: WebRequest[] = [];
    asked.push(requests);
    const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
      record(requests, request, response);
      const { host = '' } = request.headers;
      const answer = index < options.origins ? model?.answerOf(`http://${host}${request.url ?? '/'}`) : undefined;
      void send(response, answer ?? { kind: 'failure', status: 404 }, options);
    });
    const host = process.platform === 'linux' ? `127.0.0.${String(index + 1)}` : '127.0.0.1';
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
    servers.push(server);
  }
  const urls = servers.map((server) => {
    const { address, port } = server.address() as AddressInfo;
    return `http://${address}:${String(port)}`;
  });
  const [outside = '', ...reversed] = [...urls].reverse();
  const origins = reversed.reverse();
  model = new WebModel(options, origins, outside);
  return {
    model,
    origins,
    outside,
    seed: model.urlOf(0),
    requestsOf: (origin) => asked[urls.indexOf(origin)] ?? [],
    politeness: (counts = () => true) => new Map(urls.map((url, index) => [url, politenessOf((asked[index] ?? []).filter(counts))])),
    forget: () => {
      for (const requests of asked) requests.length = 0;
    },
    close: async () => {
      await Promise.all(
        servers.map(async (server) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          await closed;
        }),
      );
    },
  };
}

function record(requests: WebRequest[], { url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const request: WebRequest = { path: url, userAgent: headers['user-agent'] ?? '', beganAt: performance.now(), endedAt: null };
  requests.push(request);
  const end = (): void => {
    request.endedAt ??= performance.now();
  };
  response.on('finish', end).on('close', end);
}

function politenessOf(requests: readonly WebRequest[]): Politeness {
  let [gap, interval] = [Infinity, Infinity];
  let endedAt = -Infinity;
  requests.forEach((request, index) => {
    const before = requests[index - 1];
    if (before !== undefined) {
      gap = Math.min(gap, request.beganAt - endedAt);
      interval = Math.min(interval, request.beganAt - before.beganAt);
    }
    endedAt = Math.max(endedAt, request.endedAt ?? Infinity);
  });
  const turns = requests.flatMap(({ beganAt, endedAt: end }) => [
    { at: beganAt, step: 1 },
    { at: end ?? Infinity, step: -1 },
  ]);
  turns.sort((one, other) => one.at - other.at || one.step - other.step);
  let [underWay, most] = [0, 0];
  for (const { step } of turns) {
    underWay += step;
    most = Math.max(most, underWay);
  }
  const known = (ms: number): number | null => (requests.length > 1 ? ms : null);
  return { requests: requests.length, smallestGapMs: known(gap), smallestInterval: known(interval), mostAtATime: most };
}

async function send(response: ServerResponse, answer: WebAnswer, { pageBytes, slowMs, pageMs }: WebOptions): Promise<void> {
  if (answer.kind === 'reset') response.socket?.resetAndDestroy();
  else if (answer.kind === 'failure') response.writeHead(answer.status, { 'Content-Type': 'text/plain' }).end(`${String(answer.status)}\n`);
  else if (answer.kind === 'redirect') response.writeHead(answer.status, { Location: answer.location }).end();
  else if (answer.kind === 'file') response.writeHead(200, { 'Content-Type': answer.mediaType }).end(Buffer.from('%PDF-1.7 \0\x01\x02'));
  else if (answer.kind === 'robots') response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(answer.text);
  else if (answer.kind === 'sitemap') {
    const bytes = Buffer.from(answer.text);
    response.writeHead(200, { 'Content-Type': answer.mediaType }).end(answer.isGzip ? gzipSync(bytes) : bytes);
  } else {
    const ms = answer.isSlow ? slowMs : pageMs;
    if (ms > 0) await sleep(ms, undefined, { ref: false });
    const content = Buffer.from(markupOf(answer, pageBytes));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': content.length }).end(content);
  }
}

const FILLER = 'Every page of this web says the same at length, so that reading it takes as long as reading another. ';

function markupOf({ title, base, canonical, links }: WebPage, pageBytes: number): string {
  const head = [
    `<title>${escaped(title)}</title>`,
    ...(base === null ? [] : [`<base href="${escaped(base)}">`]),
    ...(canonical === null ? [] : [`<link rel="canonical" href="${escaped(canonical)}">`]),
  ].join('');
  const items = links.map(({ href, text, rel }) => {
    const types = rel.length === 0 ? '' : ` rel="${rel.join(' ')}"`;
    return `<li><a href="${escaped(href)}"${types}>${escaped(text)}</a></li>`;
  });
  const text = FILLER.repeat(Math.max(0, Math.floor((pageBytes - items.join('').length) / FILLER.length)));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body><h1>${escaped(title)}</h1><p>${text}</p><ul>\n${items.join('\n')}</ul></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
