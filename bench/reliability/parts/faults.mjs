/** Seven faults between the server and its origin: a right answer, or the right code, and a server that is well. */
import { createHash } from 'node:crypto';
import { isHealthy } from '../children.mjs';
import { counts } from '../words.mjs';

const TIMES = 20;
const PAGE_KB = 100;

/** `wants` is `right` for the page as it is, else the code. A head that does not come to its end is no answer: the connection was reset. */
const CASES = [
  { fault: 'latency', options: { latencyMs: 300, jitterMs: 100 }, wants: 'right' },
  { fault: 'latency', options: { latencyMs: 3000 }, timeoutMs: 1000, wants: 'TARGET_TIMEOUT' },
  { fault: 'bandwidth', options: { kilobytes: 200 }, wants: 'right' },
  { fault: 'bandwidth', options: { kilobytes: 10 }, timeoutMs: 1500, wants: 'TARGET_TIMEOUT' },
  { fault: 'slow_close', options: { delayMs: 1000 }, wants: 'right' },
  { fault: 'slow_close', options: { delayMs: 1000 }, page: '&close=1', wants: 'right' },
  { fault: 'timeout', options: { timeoutMs: 0 }, timeoutMs: 1500, wants: 'TARGET_TIMEOUT' },
  { fault: 'timeout', options: { timeoutMs: 300 }, wants: 'CONNECTION_RESET' },
  { fault: 'reset_peer', options: { afterBytes: 0 }, wants: 'CONNECTION_RESET' },
  { fault: 'reset_peer', options: { afterBytes: 50_000 }, wants: 'CONNECTION_RESET' },
  { fault: 'slicer', options: { bytes: 256 }, wants: 'right' },
  { fault: 'limit_data', options: { bytes: 60 }, wants: 'CONNECTION_RESET' },
  { fault: 'limit_data', options: { bytes: 50_000 }, wants: 'MALFORMED_RESPONSE' },
];

/** What one retrieval came to: `right`, `other bytes`, or a code. */
async function outcome(server, target, timeoutMs, digest) {
  const limit = timeoutMs === undefined ? '' : `&timeoutMs=${String(timeoutMs)}`;
  const response = await fetch(`${server.url}/body?url=${encodeURIComponent(target)}${limit}`, { signal: AbortSignal.timeout(60_000) });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) return JSON.parse(bytes.toString()).code;
  return digestOf(bytes) === digest ? 'right' : 'other bytes';
}

const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

export async function faults({ origins, startServer }) {
  const server = await startServer();
  const digest = digestOf(Buffer.from(await origins.ask('pageBytes', { kilobytes: PAGE_KB }), 'base64'));
  const rows = [];
  for (const { fault, options, timeoutMs, page = '', wants } of CASES) {
    const port = await origins.ask('proxy', { fault, options });
    const targets = Array.from(
      { length: TIMES },
      (_, n) => `http://127.0.0.1:${String(port)}/page?kb=${String(PAGE_KB)}${page}&n=${String(n)}`,
    );
    const found = {};
    for (const result of await Promise.all(targets.map((target) => outcome(server, target, timeoutMs, digest))))
      found[result] = (found[result] ?? 0) + 1;
    const isWell = await isHealthy(server, origins);
    const told = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`);
    rows.push({
      what: `\`${fault}\` (${[...told, ...(page === '' ? [] : ['content to the end of the connection'])].join(', ')})`,
      asked: `${String(TIMES)} retrievals of ${String(PAGE_KB)} KB${timeoutMs === undefined ? '' : ` in ${String(timeoutMs)} ms`}: ${wants === 'right' ? 'the page, byte for byte' : `\`${wants}\``}`,
      measured: `${counts(found)}; afterwards ${isWell ? 'healthy' : 'NOT healthy'}`,
      passed: found[wants] === TIMES && isWell,
    });
  }
  return rows;
}
