/**
 * The callers, a process of its own: an order comes as a message, what became of it goes back as one. Contents are counted, not
 * kept, so that the core is left to the server.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** Kept of an answer that is not as it should be. */
const SHOWN = 400;

/** Sends one request: its status, how many bytes were answered, and how many milliseconds it took; what an answer that is not 200 says. */
function ask(pool, path) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    let status = 0;
    let bytes = 0;
    let shown = '';
    pool.dispatch(
      { method: 'GET', path },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (status !== 200 && shown.length < SHOWN) shown += chunk.toString().slice(0, SHOWN);
        },
        onResponseEnd() {
          resolve({ status, bytes, ms: performance.now() - startedAt, shown });
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

/**
 * Sends `count` requests, or sends for `seconds`, `lanes` at a time, each lane `everyMs` after its last answer: in turn to each of `targets` by
 * `view`, each with a query of its own, or to `path`. Fails at an answer that is not 200, unless `mayRefuse`: then those are counted.
 */
async function run({ server, view, targets, path, count = Infinity, seconds = Infinity, lanes = 16, everyMs = 0, mayRefuse = false }) {
  const pool = new Pool(server, { connections: lanes, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const times = [];
  let bytes = 0;
  let sent = 0;
  let refused = 0;
  const startedAt = performance.now();
  const elapsedS = () => (performance.now() - startedAt) / 1000;
  const lane = async () => {
    while (sent < count && elapsedS() < seconds) {
      const number = sent++;
      const target = path === undefined ? `${targets[number % targets.length]}?n=${unique()}` : '';
      const asked = path ?? `${view}?url=${encodeURIComponent(target)}`;
      const { status, bytes: more, ms, shown } = await ask(pool, asked);
      if (status !== 200 && !mayRefuse) throw new Error(`${asked} was answered ${String(status)}: ${shown}`);
      if (status !== 200) refused += 1;
      bytes += more;
      times.push(ms);
      if (everyMs > 0) await sleep(everyMs);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
    return { answers: times.length, refused, bytes, seconds: elapsedS(), ...percentiles(times) };
  } catch (error) {
    return { failed: String(error.message) };
  } finally {
    await pool.destroy();
  }
}

let last = 0;
/** Different from what any caller of this machine has asked before. */
const unique = () => `${String(process.pid)}-${String(++last)}`;

function percentiles(times) {
  times.sort((one, other) => one - other);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), most: times.at(-1) ?? Number.NaN };
}

process.on('message', async ({ id, command, ...order }) => {
  process.send({ id, result: command === 'run' ? await run(order) : null });
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: null });
