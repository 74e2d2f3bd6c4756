/**
 * What becomes of requests when the server is told to stop under load: keep-alive and new connections ask for slow and for
 * quick targets, SIGTERM comes in the midst of it, and every connection that was made must bring an answer. `npm run build`
 * first. Prints what was counted as JSON; ends with 1 when an answer was lost.
 *
 * node bench/reliability/drain.mjs [runs] [signal] [milliseconds between new connections]
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

const [runs = '20', signal = 'SIGTERM', newEachMs = '4'] = process.argv.slice(2);
const KEPT = 24;
const NEW_EACH_MS = Number(newEachMs);
const LOAD_MS = 700;
const MAIN = new URL('../../dist/server/main.js', import.meta.url).pathname;

/** Asks over a connection, again and again while it is kept; counts what comes of each request. */
function caller(port, path, isKept, counts, isOver) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let isConnected = false;
    let isWaiting = false;
    let read = '';
    const ask = () => {
      isWaiting = true;
      read = '';
      counts.asked += 1;
      socket.write(`GET ${path()} HTTP/1.1\r\nHost: 127.0.0.1\r\n${isKept ? '' : 'Connection: close\r\n'}\r\n`);
    };
    socket.on('connect', () => {
      isConnected = true;
      ask();
    });
    socket.on('data', (bytes) => {
      read += bytes.toString('latin1');
      const end = read.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(read)?.[1] ?? 0);
      if (end === -1 || read.length < end + 4 + length) return;
      isWaiting = false;
      const status = read.slice(9, 12);
      counts.statuses[status] = (counts.statuses[status] ?? 0) + 1;
      if (isKept && !/\r\nconnection: close/i.test(read) && !isOver())
        setTimeout(() => !socket.destroyed && socket.writable && ask(), Math.random() * 20);
      else socket.end();
    });
    socket.on('error', (error) => {
      if (!isConnected) counts.refused += 1;
      else if (isWaiting) counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    });
    socket.on('close', () => {
      if (isConnected && isWaiting) counts.lost += 1;
      resolve();
    });
  });
}

async function run(origin, counts) {
  const env = { ...process.env, PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'silent', MAX_EVENT_LOOP_DELAY_MS: '0' };
  const server = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', (code, by) => resolve(code ?? by)));
  const port = await new Promise((resolve) =>
    server.stdout.on('data', (data) => resolve(Number(/127\.0\.0\.1:(\d+)/.exec(String(data))?.[1]))),
  );
  let isOver = false;
  let n = 0;
  const path = () => `/headers?cache=reload&url=${encodeURIComponent(`http://127.0.0.1:${origin}/${(n += 1) % 5 === 0 ? 300 : 5}`)}`;
  const callers = Array.from({ length: KEPT }, () => caller(port, path, true, counts, () => isOver));
  const timer = setInterval(() => callers.push(caller(port, path, false, counts, () => isOver)), NEW_EACH_MS);
  await sleep(LOAD_MS);
  const told = performance.now();
  server.kill(signal);
  const code = await ended;
  clearInterval(timer);
  isOver = true;
  await Promise.all(callers);
  counts.codes[code] = (counts.codes[code] ?? 0) + 1;
  counts.slowestEndMs = Math.max(counts.slowestEndMs, Math.round(performance.now() - told));
}

const origin = createServer((request, response) => setTimeout(() => response.end('x'), Number(request.url.slice(1))));
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));
const counts = { runs: Number(runs), asked: 0, statuses: {}, lost: 0, errors: {}, refused: 0, codes: {}, slowestEndMs: 0 };
for (let left = Number(runs); left > 0; left -= 1) await run(origin.address().port, counts);
origin.close();
origin.closeAllConnections();
console.log(JSON.stringify(counts));
process.exitCode = counts.lost === 0 ? 0 : 1;
