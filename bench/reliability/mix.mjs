/** What callers ask for: mixes of requests with their weights, and what is a right answer to each. */
import { between, oneOf } from './random.mjs';

const GRAPHQL =
  'query($url: String!) { page(url: $url) { status headers { name } links(limit: 5) { total links { url } } wordCount(limit: 3) { total } } }';

/** One view of one page, over REST. `right` are the codes that are right besides an answer of 200. */
function view(endpoint, target, { extra = '', right = [] } = {}) {
  return { what: endpoint, method: 'GET', path: `/${endpoint}?url=${encodeURIComponent(target)}${extra}`, right };
}

function graph(target) {
  const body = JSON.stringify({ query: GRAPHQL, variables: { url: target } });
  return { what: 'graphql', method: 'POST', path: '/graphql', body, right: [] };
}

const VIEWS = ['links', 'headers', 'fetch', 'wordcount', 'select', 'tags', 'encode', 'graphql'];

/** Any view of a page. */
function anyView(random, target) {
  const endpoint = oneOf(random, VIEWS);
  if (endpoint === 'graphql') return graph(target);
  if (endpoint === 'encode')
    return { what: 'encode', method: 'GET', path: `/encode?text=${String(between(random, 1000, 9999))}%E3%82%82`, right: [] };
  return view(endpoint, target, { extra: endpoint === 'select' ? '&selector=h2&limit=10' : '' });
}

/**
 * Each mix makes a request from random numbers and the number of the request, which no other request has: every target is
 * retrieved for itself. `origins` are the ports of the origins, with `garbagePort` and `closedPort`.
 */
export const MIXES = {
  /** Pages of 2 to 64 KB at origins that take 20 ms. */
  views(random, n, { ports }) {
    const kilobytes = oneOf(random, [2, 8, 8, 16, 64]);
    return anyView(random, `http://127.0.0.1:${String(oneOf(random, ports))}/page?kb=${String(kilobytes)}&ms=20&n=${n}`);
  },
  /** Targets alone, at origins that take `100` to `400` ms. */
  slow(random, n, { ports }) {
    const target = `http://127.0.0.1:${String(oneOf(random, ports))}/page?kb=8&ms=${String(between(random, 100, 400))}&n=${n}`;
    return view(oneOf(random, ['links', 'fetch', 'headers', 'wordcount']), target);
  },
  /** What a long day brings: pages, large ones, redirects, and origins that fail in every way. */
  soak(random, n, { ports, closedPort }) {
    const at = `http://127.0.0.1:${String(oneOf(random, ports))}`;
    const dice = random();
    if (dice < 0.7) return MIXES.views(random, n, { ports });
    if (dice < 0.76)
      return view(oneOf(random, ['links', 'fetch', 'headers']), `${at}/redirect?left=${String(between(random, 1, 5))}&n=${n}`);
    if (dice < 0.79) return view('fetch', `${at}/redirect?left=30&n=${n}`, { right: ['TOO_MANY_REDIRECTS'] });
    if (dice < 0.82) return view('links', `${at}/page?kb=1024&gzip=1&n=${n}`, { extra: '&limit=100' });
    if (dice < 0.85) return view('fetch', `${at}/status?code=${String(oneOf(random, [404, 500, 503]))}&n=${n}`);
    if (dice < 0.88) return view('links', `${at}/reset?n=${n}`, { right: ['CONNECTION_RESET'] });
    if (dice < 0.9) return view('fetch', `http://127.0.0.1:${String(closedPort)}/?n=${n}`, { right: ['CONNECTION_REFUSED'] });
    if (dice < 0.92) return view('fetch', `${at}/hang?n=${n}`, { extra: '&timeoutMs=1500', right: ['TARGET_TIMEOUT'] });
    if (dice < 0.94) return view('wordcount', `${at}/cut?n=${n}`, { right: ['MALFORMED_RESPONSE'] });
    if (dice < 0.96) return view('fetch', `http://10.0.0.1/?n=${n}`, { right: ['TARGET_FORBIDDEN'] });
    if (dice < 0.98) return { ...view('fetch', `${at}/drip?n=${n}`), hangsUpMs: between(random, 1, 500) };
    return { ...view('links', `${at}/page?kb=1024&ms=50&n=${n}`), hangsUpMs: between(random, 1, 150) };
  },
  /** Slow and large targets whose callers hang up at any moment, also before anything has left. */
  hangUps(random, n, { ports }) {
    const at = `http://127.0.0.1:${String(oneOf(random, ports))}`;
    const target = oneOf(random, [
      '/page?kb=8&ms=400',
      '/page?kb=2048&ms=10',
      '/hang?',
      '/drip?',
      '/redirect?left=5',
      '/page?kb=64&gzip=1&ms=50',
    ]);
    const asked =
      random() < 0.2
        ? graph(`${at}${target}&n=${n}`)
        : view(oneOf(random, ['links', 'fetch', 'headers', 'wordcount', 'body', 'wire']), `${at}${target}&n=${n}`);
    return { ...asked, hangsUpMs: between(random, 0, 600) };
  },
  /** What no server should send; any answer that is not 500 is right. */
  garbage(random, n, { garbagePort, seed }) {
    const target = `http://127.0.0.1:${String(garbagePort)}/?seed=${String(seed + Number(n.split('-').at(-1)))}`;
    return view(oneOf(random, ['fetch', 'links', 'headers', 'wordcount', 'tags', 'body', 'wire']), target, {
      extra: '&timeoutMs=2000',
      right: ['*'],
    });
  },
};
