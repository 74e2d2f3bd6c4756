/**
 * The origins that the server is pointed at, in a process of their own: HTTP on eight ports (the server takes so many
 * retrievals an origin), a port for garbage, and proxies with faults. Run by children.mjs.
 */
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { garbage } from './garbage.mjs';
import { startProxy } from './proxy.mjs';

const PORTS = 8;

const pages = new Map();

/** A page of so many kilobytes with links, headings and words; always the same bytes for a size. */
function pageOf(kilobytes) {
  let page = pages.get(kilobytes);
  if (page === undefined) {
    const lines = [];
    for (let bytes = 0, line = 1; bytes < kilobytes * 1024; line += 1) {
      const text = `<h2>Part ${String(line)}</h2><p>Some words about <a href="/page?kb=${String(line % 64)}">page ${String(line)}</a>, and more of them.</p>\n`;
      lines.push(text);
      bytes += text.length;
    }
    const plain = Buffer.from(`<!doctype html><title>${String(kilobytes)} KB</title>\n${lines.join('')}`);
    page = { plain, gzip: gzipSync(plain) };
    pages.set(kilobytes, page);
  }
  return page;
}

/** Requests that wait for each other: none is answered before `wanted` of them are here. */
const barriers = new Map();

function atBarrier(key, wanted, answer) {
  const waiting = [...(barriers.get(key) ?? []), answer];
  if (waiting.length < wanted) {
    barriers.set(key, waiting);
    return;
  }
  barriers.delete(key);
  for (const release of waiting) release();
}

/** Numbers of the requests that came, since they are counted. */
const seen = new Set();
let isCounting = false;

const SCENARIOS = {
  page(query, response) {
    const { plain, gzip } = pageOf(Number(query.get('kb') ?? 8));
    const isCoded = query.has('gzip');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (isCoded) response.setHeader('Content-Encoding', 'gzip');
    // By its length, or by the end of the connection.
    if (query.has('close')) response.useChunkedEncodingByDefault = response.shouldKeepAlive = false;
    else response.setHeader('Content-Length', (isCoded ? gzip : plain).length);
    response.end(isCoded ? gzip : plain);
  },
  redirect(query, response) {
    const left = Number(query.get('left') ?? 3);
    const n = query.get('n') ?? '';
    response
      .writeHead(302, { Location: left > 0 ? `/redirect?left=${String(left - 1)}&n=${n}` : `/page?kb=4&n=${n}`, 'Content-Length': 0 })
      .end();
  },
  status(query, response) {
    response.writeHead(Number(query.get('code') ?? 500), { 'Content-Type': 'text/html' }).end('<p>no</p>');
  },
  reset(_query, response) {
    response.socket?.resetAndDestroy();
  },
  hang() {
    // Never answered.
  },
  cut(_query, response) {
    response.writeHead(200, { 'Content-Length': 5000 }).write('half');
    setTimeout(() => response.socket?.destroy(), 20);
  },
  drip(_query, response) {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 20 });
    let left = 20;
    const timer = setInterval(() => {
      response.write('.');
      if (--left === 0) response.end();
    }, 20);
    response.on('close', () => clearInterval(timer));
  },
  barrier(query, response) {
    atBarrier(query.get('key'), Number(query.get('wanted')), () => response.end('together'));
  },
};

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://origin');
  const scenario = SCENARIOS[pathname.slice(1)];
  if (isCounting && searchParams.has('n')) seen.add(searchParams.get('n'));
  if (scenario === undefined) {
    response.writeHead(404).end();
    return;
  }
  const lateMs = Number(searchParams.get('ms') ?? 0);
  if (lateMs === 0) scenario(searchParams, response);
  else setTimeout(() => scenario(searchParams, response), lateMs);
}

function answerGarbage(socket) {
  socket.on('error', () => undefined);
  socket.once('data', (request) => {
    const seed = Number(/[?&]seed=(\d+)/.exec(request.toString('latin1'))?.[1] ?? 0);
    const { bytes, pieces, end } = garbage(seed);
    const step = Math.ceil(bytes.length / pieces) || 1;
    let start = 0;
    const next = () => {
      if (socket.destroyed) return;
      if (start < bytes.length) {
        socket.write(bytes.subarray(start, (start += step)));
        setTimeout(next, 2);
      } else if (end === 'end') socket.end();
      else if (end === 'reset') socket.resetAndDestroy();
    };
    next();
  });
}

function listen(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

const ports = [];
for (let index = 0; index < PORTS; index += 1) {
  const server = createServer({ keepAliveTimeout: 5000, noDelay: true }, answer);
  server.on('clientError', (_error, socket) => socket.destroy());
  ports.push(await listen(server));
}
const garbagePort = await listen(createTcpServer({ noDelay: true }, answerGarbage));
// Nobody listens there once it is closed.
const gone = createTcpServer();
const closedPort = await listen(gone);
gone.close();

let proxy = null;

const COMMANDS = {
  count() {
    seen.clear();
    isCounting = true;
  },
  /** Which of these numbers have come. */
  seen: ({ numbers }) => numbers.filter((number) => seen.has(number)),
  async proxy({ fault, options }) {
    proxy?.close();
    proxy = await startProxy(ports[0], fault, options);
    return proxy.port;
  },
  pageBytes: ({ kilobytes }) => pageOf(kilobytes).plain.toString('base64'),
};

process.on('message', async ({ id, command, ...rest }) => {
  process.send({ id, result: (await COMMANDS[command](rest)) ?? null });
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: { ports, garbagePort, closedPort } });
