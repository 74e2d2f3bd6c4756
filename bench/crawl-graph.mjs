/**
 * What the link graph of a large crawl costs: fills a database with one of made pages and links, starts the built server on it, and says how long the
 * graph takes for the first time and from then on, how much memory the server had at most, and how long others waited meanwhile.
 * `npm run bench:crawl-graph` builds first; `-- --pages 100000 --links 50 --export`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { packLinks } from '../dist/crawls/page-links.js';
import { openDatabase } from '../dist/jobs/database.js';
import { EmbeddedConnections } from '../dist/jobs/embedded-connections.js';
import { startServer } from './reliability/children.mjs';
import { milliseconds, number } from './support/words.mjs';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '100000' },
    /** Of each page. */
    links: { type: 'string', default: '50' },
    /** Writes the whole graph and all links besides. */
    export: { type: 'boolean', default: false },
  },
});
const PAGES = Number(values.pages);
const LINKS = Number(values.links);
const ID = 'bench';
const PART = 500;

const directory = mkdtempSync(join(tmpdir(), 'pagewire-crawl-graph-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

let seed = 1;
function random() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}

/** Distinct targets: some pages are linked from everywhere, most from a few. */
function targetsOf(page) {
  const targets = new Set();
  while (targets.size < Math.min(LINKS, PAGES)) targets.add(Math.floor(PAGES * random() ** (page % 2 === 0 ? 1 : 4)));
  return [...targets];
}

const hex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

async function fill() {
  const onError = (error) => console.error(error);
  const database = await openDatabase(new EmbeddedConnections(directory), { isEmbedded: true, supervises: false, onError });
  const { tables } = database;
  const options = { url: 'http://site.test/', limit: PAGES, depth: 50, views: {} };
  await sql`insert into pagewire.job (id, kind, owner, caller, state, total, succeeded, concurrency, delay_ms, options, started_at, finished_at)
    values (${ID}, 'crawl', '', '', 'completed', ${PAGES}, ${PAGES}, 8, 0, ${JSON.stringify(options)}, now(), now())`.execute(tables);
  await sql`insert into pagewire.crawl (job_id, known, scope) values (${ID}, ${PAGES}, ${JSON.stringify({ origins: ['http://site.test'], domains: [] })})`.execute(
    tables,
  );
  for (let at = 0; at < PAGES; at += PART) {
    const indexes = Array.from({ length: Math.min(PART, PAGES - at) }, (_, place) => at + place);
    await sql`insert into pagewire.crawl_page (job_id, index, key, url, origin, depth, source, state, status, title, media_type, noindex, nofollow, redirects_to)
      select ${ID}, index, md5(index::text)::uuid, 'http://site.test/section-' || index % 97 || '/page-' || index || '.html', 'http://site.test', 1 + index % 7,
        'link', 'retrieved', case when index % 100 = 99 then 404 when index % 100 = 98 then 301 else 200 end, 'Page ' || index / 2, 'text/html', false, false,
        case when index % 100 = 98 then index + 1 end
      from unnest(${indexes}::int[]) as given (index)`.execute(tables);
    const packed = indexes.map((index) => {
      const targets = targetsOf(index);
      return packLinks({
        index,
        targets: Int32Array.from(targets),
        nofollow: Uint8Array.from(targets, () => Number(random() < 0.05)),
        texts: targets.map((target) => `Link to ${String(target)}`),
        outside: [],
        outsideTotal: 0,
      });
    });
    await sql`insert into pagewire.crawl_links (job_id, index, targets, marks, texts, outside, outside_total)
      select ${ID}, index, decode(targets, 'hex'), decode(marks, 'hex'), texts, '[]', 0
      from unnest(${packed.map(({ index }) => index)}::int[], ${packed.map(({ targets }) => hex(targets))}::text[],
        ${packed.map(({ marks }) => hex(marks))}::text[], ${packed.map(({ texts }) => texts)}::text[]) as given (index, targets, marks, texts)`.execute(
      tables,
    );
  }
  await sql`analyze`.execute(tables);
  await database.close();
}

function memoryMb(pid, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function timed(make) {
  const began = performance.now();
  const made = await make();
  return { made, ms: performance.now() - began };
}

/** Asks something, and something small over and over meanwhile. */
async function asked(server, path) {
  const waits = [];
  let isDone = false;
  const others = (async () => {
    while (!isDone) {
      waits.push((await timed(() => fetch(`${server.url}/health/live`).then((answer) => answer.text()))).ms);
      await sleep(5);
    }
  })();
  // What it had at most is counted from here on.
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
  const before = memoryMb(server.pid, 'VmRSS');
  const { made: bytes, ms } = await timed(async () => {
    let length = 0;
    const answer = await fetch(server.url + path);
    if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`);
    for await (const piece of answer.body) length += piece.length;
    return length;
  });
  isDone = true;
  await others;
  const most = memoryMb(server.pid, 'VmHWM');
  waits.sort((one, other) => one - other);
  console.log(
    `${path.replace(`/crawls/${ID}/`, '').padEnd(46)} ${milliseconds(ms).padStart(12)}, ${number(bytes / 1024).padStart(9)} KiB; ` +
      `memory ${number(before)} MiB before, ${number(most)} MiB at most; others waited ${milliseconds(waits.at(-1))} at most, ` +
      `${milliseconds(waits[Math.floor(waits.length * 0.99)])} of a hundred`,
  );
}

const filled = await timed(fill);
console.log(`${number(PAGES)} pages with ${number(LINKS)} links each, written in ${milliseconds(filled.ms)}`);
// As it is given out, it may have been finished just now.
const server = await startServer({ DATA_DIR: directory, LOG_LEVEL: 'error', MAX_EVENT_LOOP_DELAY_MS: '0' });
const paths = [
  '?fields=state',
  '/graph?limit=2000',
  '/graph?limit=2000',
  '/pages?sort=rank&limit=100',
  '/pages?sort=inDegree&limit=100&offset=50000',
  '/pages?format=csv',
  '/links?limit=1000&offset=4000000',
  '/links?to=0&limit=1000',
  '/broken?limit=100',
  '/redirects?limit=100',
  '/duplicates?limit=100',
  ...(values.export ? ['/graph?format=csv', '/graph?format=graphml', '/links?format=ndjson&limit=100000'] : []),
];
for (const path of paths) await asked(server, `/crawls/${ID}${path}`);
await server.end('SIGTERM');
process.exit(0);
