/**
 * What it costs to note everything of an exchange (literal bytes, timings, pieces, heads): the built server beside the
 * same server without it, on the same pages, in turn, 16 requests in flight. `npm run bench:bookkeeping` builds first.
 */
import { fork, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { cpuMs } from './reliability/process-facts.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 25);
const IN_FLIGHT = 16;
/** Requests of one round, by view: those that read the whole document take longer. */
const VIEWS = { headers: 600, body: 600, links: 100 };

if (process.argv[2] === 'origin') serveOrigin();
else await measure();

function serveOrigin() {
  const page = Buffer.from('<p>A page of words and <a href="/x">links</a>.</p>\n'.repeat(2000));
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').setHeader('Cache-Control', 'no-store').end(page),
  );
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

async function measure() {
  const origin = fork(new URL(import.meta.url).pathname, ['origin']);
  const port = await new Promise((resolve) => origin.once('message', resolve));
  const servers = {
    with: await startServer([]),
    without: await startServer(['--import', new URL('without-bookkeeping.mjs', import.meta.url).href]),
  };
  let asked = 0;

  const round = async ({ pool, pid }, view) => {
    let left = VIEWS[view];
    const lane = async () => {
      while (left-- > 0) {
        const target = encodeURIComponent(`http://127.0.0.1:${port}/?${asked++}`);
        const { statusCode, body } = await pool.request({
          method: 'GET',
          path: `/${view}?url=${target}${view === 'links' ? '&limit=1' : ''}`,
        });
        if (statusCode !== 200) throw new Error(`${view}: ${statusCode} ${await body.text()}`);
        await body.dump({ limit: 1e9 });
      }
    };
    const [before, started] = [cpuMs(pid), performance.now()];
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return { cpuMs: (cpuMs(pid) - before) / VIEWS[view], perSecond: (VIEWS[view] / (performance.now() - started)) * 1000 };
  };

  for (const view of Object.keys(VIEWS)) {
    const results = { with: [], without: [] };
    for (const server of Object.values(servers)) await round(server, view);
    for (let index = 0; index < ROUNDS; index += 1) {
      // Who goes first changes from round to round.
      const order = index % 2 === 0 ? ['with', 'without'] : ['without', 'with'];
      for (const name of order) results[name].push(await round(servers[name], view));
    }
    for (const [name, rounds] of Object.entries(results)) {
      const cpu = median(rounds.map((each) => each.cpuMs));
      const rate = median(rounds.map(({ perSecond }) => perSecond));
      console.log(
        `/${view.padEnd(8)} ${name.padEnd(8)} ${cpu.toFixed(3)} ms CPU a page, ${rate.toFixed(0)} pages/s (medians of ${ROUNDS} rounds of ${VIEWS[view]})`,
      );
    }
    for (const [what, ratioOf] of Object.entries({
      'pages/s, with : without': (one, other) => one.perSecond / other.perSecond,
      'CPU a page, with : without': (one, other) => one.cpuMs / other.cpuMs,
    })) {
      const ratios = results.with.map((one, index) => ratioOf(one, results.without[index])).sort((one, other) => one - other);
      const [low, high] = [0.25, 0.75].map((part) => ratios[Math.floor(ratios.length * part)].toFixed(3));
      console.log(`/${view.padEnd(8)} ${what}, pair by pair: median ${median(ratios).toFixed(3)}, middle half ${low} to ${high}`);
    }
  }
  for (const { child, pool } of Object.values(servers)) {
    await pool.close();
    child.kill();
  }
  origin.kill();
}

/** The built server, as it is run, on a port of its own. */
async function startServer(flags) {
  const main = new URL('../dist/server/main.js', import.meta.url).pathname;
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ALLOW_TARGETS: '127.0.0.1', MAX_EVENT_LOOP_DELAY_MS: '0' };
  const child = spawn(process.execPath, [...flags, main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  const [url] = /http:\/\/[\d.:]+/.exec(line);
  return { child, pid: child.pid, pool: new Pool(url, { connections: IN_FLIGHT }) };
}

function median(values) {
  return [...values].sort((one, other) => one - other)[values.length >> 1];
}
