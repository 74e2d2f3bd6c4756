/**
 * How fast a site is crawled: `npm run bench:crawl`, by Pagewire on its embedded database and on PostgreSQL with one and several processes, and with `--peers`
 * beside Scrapy and Crawlee, which are installed into a temporary folder (`--peers-in FOLDER`: into that one, where they stay). Sides take turns within one
 * run, on the same web, whose origins say what was asked of them. Writes bench/CRAWL.md; `--quick` only tries every step with few pages and writes nothing.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { crawlee, embedded, onPostgres, scrapy } from './crawl/sides.mjs';
import { installPeers } from './peers/install.mjs';
import { commanded } from './reliability/children.mjs';
import { machine } from './reliability/report.mjs';
import { inTurn, ratioOf, spreadOf } from './support/side-by-side.mjs';
import { between, mebibytes, milliseconds, number, times } from './support/words.mjs';

const fromHere = (path) => new URL(path, import.meta.url);
const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    'peers-in': { type: 'string' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    pages: { type: 'string', default: '3000' },
    origins: { type: 'string', default: '8' },
    /** Bytes of a page, and links beside those down the tree. */
    bytes: { type: 'string', default: '16000' },
    links: { type: 'string', default: '40' },
    /** Sides, comma-separated; all of them unless given. */
    only: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(fromHere('CRAWL.md')) },
  },
});
const quick = values.quick
  ? { rounds: 1, warmUps: 0, pages: 200 }
  : { rounds: Number(values.rounds), warmUps: 1, pages: Number(values.pages) };
/** Requests at a time: in all, and of one origin where a side bounds that. */
const CONCURRENCY = 32;
const PER_ORIGIN = 8;

const { version } = JSON.parse(readFileSync(fromHere('../package.json'), 'utf8'));
const peers = values.peers || values['peers-in'] !== undefined ? installPeers(values['peers-in']) : null;
const web = await commanded(fromHere('crawl/web.mjs'), [quick.pages, values.origins, values.bytes, values.links].map(String));
const { seed, origins, pages, links } = web.facts;
const directory = mkdtempSync(join(tmpdir(), 'pagewire-crawl-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const SIDES = {
  'Pagewire, embedded database': () => embedded(directory),
  'Pagewire, PostgreSQL, 1 process': () => onPostgres(1),
  'Pagewire, PostgreSQL, 2 processes': () => onPostgres(2),
  'Pagewire, PostgreSQL, 4 processes': () => onPostgres(4),
  ...(peers?.scrapy && { [`Scrapy ${peers.scrapy}`]: () => scrapy(peers.folder) }),
  ...(peers?.crawlee && { [`Crawlee ${peers.crawlee}, CheerioCrawler`]: () => crawlee(peers.folder) }),
};
const wanted = Object.keys(SIDES).filter((name) => values.only === undefined || values.only.split(',').some((part) => name.includes(part)));
const sides = {};
for (const name of wanted) sides[name] = await SIDES[name]();

/** What each crawl of a side was like. */
const seen = Object.fromEntries(wanted.map((name) => [name, []]));
const crawled = (name) => async () => {
  await web.ask('forget');
  const taken = await sides[name].crawl({ seed, origins, concurrency: CONCURRENCY, perOrigin: PER_ORIGIN });
  const asked = await web.ask('seen');
  seen[name].push({ ...taken, ...asked });
  console.error(`${name}: ${number(taken.pages / taken.seconds)} pages/s, ${milliseconds(taken.cpuMs / taken.pages)} CPU a page`);
  return taken.seconds / pages;
};
const secondsOf = await inTurn(Object.fromEntries(wanted.map((name) => [name, crawled(name)])), quick);
await Promise.all(Object.values(sides).map((side) => side.end()));
const order = { seed, origins, concurrency: CONCURRENCY };
const alone = values.only === undefined ? await onPostgres(1) : null;
const database = await alone?.costs(order);
await alone?.end();
await web.end();

const beside = wanted.find((name) => name.startsWith('Scrapy'));
let isExact = true;
const rows = wanted.map((name) => {
  const counted = seen[name].slice(quick.warmUps);
  const rate = spreadOf(secondsOf[name].map((seconds) => 1 / seconds));
  const cpu = spreadOf(counted.map((one) => one.cpuMs / one.pages));
  const memory = counted.some((one) => one.memoryMb === undefined) ? '' : mebibytes(spreadOf(counted.map((one) => one.memoryMb)).median);
  const ratio = beside === undefined || name === beside ? null : ratioOf(secondsOf[beside], secondsOf[name]);
  const exact = counted.every((one) => one.pages === pages && one.missing + one.beyond === 0);
  isExact &&= exact;
  const least = Math.min(...counted.map((one) => one.smallestIntervalMs));
  return [
    name,
    number(rate.median),
    between(rate, number),
    ratio === null ? '' : `${times(ratio.median)} (${between(ratio, times)})`,
    milliseconds(cpu.median),
    memory,
    exact
      ? `all ${number(pages)}`
      : `**${counted.map((one) => `${String(one.missing)} missing, ${String(one.beyond)} beyond`).join('; ')}**`,
    String(Math.max(...counted.map((one) => one.twice))),
    String(Math.max(...counted.map((one) => one.mostAtOnce))),
    milliseconds(Math.max(0, least)),
  ];
});
const HEAD = ['who', 'pages/s', 'middle half', 'beside Scrapy', 'CPU a page', 'memory', 'pages found', 'asked twice', 'most at once of an origin', 'least from one request of an origin to the next']; // prettier-ignore
const table = (head, body) => [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What a page costs the database, of a crawl of its own by one process on PostgreSQL. */
const costs = [];
if (database !== undefined) {
  const { before, after } = database;
  const per = (value) => (value / pages).toFixed(value / pages < 10 ? 2 : 0);
  costs.push(
    ['transactions', per(after.commits - before.commits)],
    ['rows inserted, updated and deleted', per(after.rowsWritten - before.rowsWritten)],
    ['bytes of write-ahead log', per(after.walBytes - before.walBytes)],
    ...['result', 'crawl_page', 'crawl_links', 'item'].map((name) => [`bytes of \`${name}\`, indexes included`, per(after.tables[name])]),
  );
}

const text = `# Crawls, measured

\`npm run bench:crawl\` wrote this on ${new Date().toISOString().slice(0, 10)}: ${machine(version)}, ${loadavg()[0].toFixed(1)} after it.
A web of ${number(pages)} pages on ${String(origins.length)} origins of loopback, ${number(Number(values.bytes))} bytes and ${links.toFixed(1)} links a page, by a process of its own. Each side goes through all of it, ${String(quick.rounds)} times, in turn within
one run; the median and the middle half are told. Every page takes its origin 10 ms. ${String(CONCURRENCY)} requests at a time, no delay; robots.txt is kept to. Each side reads title and links with their texts off every page; Pagewire records them, and the graph of
links, so that nothing is lost when it is killed, which the others do not: they keep everything in memory. CPU is user and system time of all processes of a side, PostgreSQL
included. The origins say which pages were asked for, how often, and how many at once. The processors are shared by the sides, the web and whatever else runs there.

${table(HEAD, rows)}

${costs.length === 0 ? '' : `What a page costs the database (one process on PostgreSQL, a crawl of its own, ${links.toFixed(1)} links a page):\n\n${table(['a page', ''], costs)}`}
${peers === null || peers.why === '' ? '' : `\nNot to be had here: ${peers.why}\n`}`;
const written = await prettier.format(text, { ...(await prettier.resolveConfig(values.out)), parser: 'markdown' });
process.stdout.write(written);
if (!values.quick && values.only === undefined) writeFileSync(values.out, written);
process.exit(isExact ? 0 : 1);
