/**
 * Whether a page can stall the server: every hostile page of the tests in several sizes, asked for by every view from the
 * built server, while another process asks `/health/live` every 5 ms. Prints what came of each, how late `/health/live`
 * was and the most memory the server took (Linux). `npm run build` first.
 *
 * node bench/hostile-pages.mjs [sizes in KB, comma-separated] [part of a page's name] [one of the views below]
 */
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTILE_PAGES } from '../test/support/hostile-pages.ts';

const IN_FLIGHT = 4;
const PROBE_MS = 5;
const here = new URL(import.meta.url).pathname;

/** Serves a page as `/?name=…&bytes=…`; the last one is kept, as each is asked for several times. */
function serveOrigin() {
  let made = { key: '', content: '' };
  const server = createServer(({ url }, response) => {
    const query = new URL(url, 'http://origin').searchParams;
    const page = HOSTILE_PAGES[query.get('name')];
    const key = `${query.get('name')} ${query.get('bytes')}`;
    if (made.key !== key) made = { key, content: page.make(Number(query.get('bytes'))) };
    response.setHeader('Content-Type', page.type).end(made.content);
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

/** Asks `/health/live` all the time; at a message, tells what it took since the last one. */
function probe(url) {
  const agent = new Agent({ keepAlive: true });
  let taken = [];
  let failed = 0;
  const ask = () => {
    const start = performance.now();
    get(`${url}/health/live`, { agent }, (response) => {
      response.resume().on('end', () => {
        taken.push(performance.now() - start);
        if (response.statusCode !== 200) failed += 1;
        setTimeout(ask, PROBE_MS);
      });
    }).on('error', () => {
      failed += 1;
      setTimeout(ask, PROBE_MS);
    });
  };
  process.on('message', () => {
    process.send({ taken, failed });
    taken = [];
    failed = 0;
  });
  ask();
}

const GRAPH = `query ($url: String!) { page(url: $url) { body { sha256 encoding { name } } links { total links { url text } }
  tags(tag: "*") { total tags { name text } } select(selector: "*") { total elements { name } } wordCount { total words { word count } } } }`;

const get_ = (path, query) => [`${path}?${new URLSearchParams(query)}`, {}];
const VIEWS = {
  links: (url) => get_('/links', { url }),
  regex: (url) => get_('/links', { url, method: 'regex' }),
  compared: (url) => get_('/links/compare', { url }),
  tags: (url) => get_('/tags', { url, tag: '*' }),
  select: (url) => get_('/select', { url, selector: '*' }),
  words: (url) => get_('/wordcount', { url }),
  graphql: (url) => [
    '/graphql',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: GRAPH, variables: { url } }),
    },
  ],
  fetch: (url) => get_('/fetch', { url }),
  wire: (url) => get_('/wire', { url }),
  har: (_url, id) => [`/snapshots/${id}.har`, {}],
  warc: (_url, id) => [`/snapshots/${id}.warc`, {}],
};

async function ask(server, [path, init]) {
  const start = performance.now();
  try {
    const response = await fetch(server + path, init);
    const content = Buffer.from(await response.arrayBuffer());
    const graphErrors =
      path === '/graphql' ? [...new Set((content.toString().match(/"code":"[A-Z_]+"/g) ?? []).map((code) => code.slice(8, -1)))] : [];
    const code = response.ok ? ['200', ...graphErrors].join('+') : JSON.parse(content).code;
    return {
      code,
      ms: performance.now() - start,
      bytes: content.length,
      id: response.headers.get('link')?.match(/snapshots\/([\w-]+)/)?.[1],
    };
  } catch (error) {
    return { code: `FAILED: ${error.cause?.code ?? error.message}`, ms: performance.now() - start, bytes: 0 };
  }
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

function memoryOf(pid, name) {
  try {
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return NaN;
  }
}

async function measure(sizes, wanted, view) {
  const views = view === undefined ? VIEWS : { [view]: VIEWS[view] };
  const origin = fork(here, ['origin']);
  const port = await new Promise((resolve) => origin.once('message', resolve));
  const server = spawn(process.execPath, [new URL('../dist/server/main.js', import.meta.url).pathname], {
    env: { ...process.env, PORT: '0', ALLOW_TARGETS: '127.0.0.1', LOG_LEVEL: 'fatal' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ended = null;
  server.once('exit', (code, signal) => (ended = signal ?? code));
  const url = await new Promise((resolve) => server.stdout.on('data', (line) => resolve(/ready at (\S+)\//.exec(line)[1])));
  const prober = fork(here, ['probe', url]);
  const probed = () =>
    new Promise((resolve) => {
      prober.once('message', resolve);
      prober.send('');
    });
  await sleep(1000);
  const atRest = memoryOf(server.pid, 'VmRSS');
  await probed();
  const all = [];
  let failures = 0;
  for (const size of sizes) {
    for (const name of Object.keys(HOSTILE_PAGES).filter((page) => page.includes(wanted))) {
      const target = `http://127.0.0.1:${port}/?${new URLSearchParams({ name, bytes: String(size * 1000) })}`;
      const { id } = await ask(url, get_('/headers', { url: target, cache: 'reload' }));
      const { id: snapshot = id } = await ask(url, get_('/body', { url: target }));
      await probed();
      const todo = Object.entries(views);
      const outcomes = {};
      const lane = async () => {
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
          const [asked, request] = next;
          const { code, ms } = await ask(url, request(target, snapshot));
          outcomes[asked] = `${asked} ${code} ${(ms / 1000).toFixed(1)}s`;
        }
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
      const { taken, failed } = await probed();
      failures += failed;
      all.push(...taken);
      console.log(
        `${String(size).padStart(6)} KB ${name}: ${Object.values(outcomes).join(' · ')} · live ≤ ${Math.max(...taken).toFixed(0)} ms`,
      );
      if (ended !== null) {
        origin.kill();
        prober.kill();
        throw new Error(`the server ended with ${ended} at ${name}`);
      }
    }
  }
  all.sort((one, other) => one - other);
  const [p50, p99, max] = [percentile(all, 0.5), percentile(all, 0.99), all.at(-1)].map((ms) => ms.toFixed(1));
  console.log(`/health/live meanwhile: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms, ${all.length} answers, ${failures} failures`);
  const peak = memoryOf(server.pid, 'VmHWM');
  console.log(`memory (resident set): ${atRest} MiB at rest, ${peak} MiB at most, ${memoryOf(server.pid, 'VmRSS')} MiB in the end`);
  server.kill();
  origin.kill();
  prober.kill();
}

const [role, argument = '', view] = process.argv.slice(2);
if (role === 'origin') serveOrigin();
else if (role === 'probe') probe(argument);
else await measure((role ?? '20,300,3000').split(',').map(Number), argument, view);
