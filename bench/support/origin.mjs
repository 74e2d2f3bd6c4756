/**
 * The origin that every side retrieves from, a process of its own: `/page/{identity|gzip}/{number}` is a page of the run,
 * `/made/{bytes}/{links}` a made one, with any query. With `fresh=1` the answer may be cached for an hour. On several ports, as the
 * server takes so many retrievals an origin.
 */
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { madePage, pagesOf } from './pages.mjs';

const PORTS = 4;

const pages = pagesOf(process.argv[2]).map(({ bytes }) => ({ identity: bytes, gzip: null }));
const made = new Map();

function contentOf([what, first, second]) {
  if (what === 'page') {
    const page = pages[Number(second)];
    return first === 'gzip' ? (page.gzip ??= gzipSync(page.identity)) : page.identity;
  }
  const key = `${first} ${second}`;
  if (!made.has(key)) made.set(key, madePage({ bytes: Number(first), links: Number(second) }));
  return made.get(key);
}

function answer({ url }, response) {
  const [path, query = ''] = url.split('?');
  const parts = path.slice(1).split('/');
  const content = contentOf(parts);
  response.writeHead(200, {
    'Content-Type': 'text/html',
    'Content-Length': content.length,
    ...(parts[1] === 'gzip' && { 'Content-Encoding': 'gzip' }),
    ...(query.includes('fresh=1') && { 'Cache-Control': 'max-age=3600' }),
  });
  response.end(content);
}

const ports = [];
for (let index = 0; index < PORTS; index += 1) {
  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, answer);
  ports.push(await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port))));
}
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: { ports, pages: pages.length, bytes: pages.reduce((sum, { identity }) => sum + identity.length, 0) } });
