/**
 * How fast the server is, beside the floor and its peers: `npm run bench`, or some figures of it, `-- --only F1,F5`. The pages
 * are those of a folder (`--corpus FOLDER`), else made ones. `--peers` installs those that it is compared with into a temporary
 * folder; without it their rows are not measured. Prints a row a measurement and writes bench/RESULTS.md and the table of README.md;
 * `--quick` only tries every step with few requests and writes nothing. On loopback alone; ends its processes whatever happens.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { linkScanner } from './figures/f1-link-scanner.mjs';
import { linksBesideTheFloor } from './figures/f2-links.mjs';
import { linksBesidePeers } from './figures/f3-peers.mjs';
import { views } from './figures/f4-views.mjs';
import { smallAnswers } from './figures/f5-small-answers.mjs';
import { largePages } from './figures/f6-large-pages.mjs';
import { manyCallers } from './figures/f7-many-callers.mjs';
import { growth } from './figures/f8-growth.mjs';
import { start } from './figures/f9-start.mjs';
import { installPeers } from './peers/install.mjs';
import { commanded, startServer } from './reliability/children.mjs';
import { rowOf, TABLE_HEAD, writeReadme, writeResults } from './support/report.mjs';

const FIGURES = {
  F1: linkScanner,
  F2: linksBesideTheFloor,
  F3: linksBesidePeers,
  F4: views,
  F5: smallAnswers,
  F6: largePages,
  F7: manyCallers,
  F8: growth,
  F9: start,
};

const fromHere = (path) => new URL(path, import.meta.url);
const RESULTS = fileURLToPath(fromHere('RESULTS.md'));

const { values } = parseArgs({
  options: {
    /** A folder of pages. */
    corpus: { type: 'string' },
    /** Figures, comma-separated; all of them unless given. */
    only: { type: 'string', default: Object.keys(FIGURES).join(',') },
    peers: { type: 'boolean', default: false },
    /** Where peers are installed and stay, in place of a temporary folder. */
    'peers-in': { type: 'string' },
    quick: { type: 'boolean', default: false },
    /** Rounds of each figure. */
    rounds: { type: 'string', default: '11' },
    /** Where the table is kept. */
    out: { type: 'string', default: RESULTS },
  },
});

const only = values.only.split(',');
const unknown = only.find((figure) => !(figure in FIGURES));
if (unknown !== undefined) {
  console.error(`no figure is called ${unknown}: ${Object.keys(FIGURES).join(', ')}`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('Processor time and memory are read from /proc: this needs Linux.');
  process.exit(2);
}

/**
 * How much of everything: rounds that count and that do not, times over the pages, answers of a round, seconds of large pages and how often
 * they are measured, a factor for F8, starts, and how long a server rests before its memory is read.
 */
const options = values.quick
  ? {
      rounds: 1,
      warmUps: 0,
      passes: 1,
      smallAnswers: 300,
      cachedAnswers: 128,
      seconds: 2,
      largeRounds: 1,
      growth: 1,
      starts: 1,
      restMs: 500,
    }
  : {
      ...{ rounds: Number(values.rounds), warmUps: 2, passes: 3, smallAnswers: 8000, cachedAnswers: 1024 },
      ...{ seconds: 15, largeRounds: 3, growth: 4, starts: 7, restMs: 20_000 },
    };

const { version } = JSON.parse(readFileSync(fromHere('../package.json'), 'utf8'));
const peers = values.peers || values['peers-in'] !== undefined ? installPeers(values['peers-in']) : null;
const origin = await commanded(fromHere('support/origin.mjs'), values.corpus === undefined ? [] : [values.corpus]);
const { pages, bytes } = origin.facts;
const about = `Pages: ${String(pages)} ${values.corpus === undefined ? 'made ones' : 'of a folder'}, ${(bytes / 2 ** 20).toFixed(1)} MiB.`;

const measured = new Map();
let isAllPassed = true;
let isAllDone = true;
console.log(`${about}\n\n${TABLE_HEAD}`);
for (const figure of Object.keys(FIGURES).filter((name) => only.includes(name))) {
  const started = [];
  const keep = async (starting) => {
    const child = await starting;
    started.push(child);
    return child;
  };
  const startChild = (file, given = []) => keep(commanded(fromHere(file), given));
  const startHttp = async (file, given) => {
    const child = await startChild(file, given);
    return { ...child, url: `http://127.0.0.1:${String(child.facts.port)}` };
  };
  let rows;
  try {
    rows = await FIGURES[figure]({
      origin,
      options,
      peers,
      corpus: values.corpus,
      loader: await startChild('support/loader.mjs'),
      keep,
      startLoader: () => startChild('support/loader.mjs'),
      startChild,
      startHttp,
      startFloor: () => startHttp('support/floor.mjs'),
      startBare: () => startHttp('support/bare.mjs'),
      startServer: (...given) => keep(startServer(...given)),
    });
  } catch (error) {
    isAllDone = false;
    const told = String(error.stack).slice(0, 600).replaceAll(/\s+/g, ' ');
    rows = [{ what: 'the measurement itself', asked: 'to come to its end', median: '', spread: '', measured: told, passed: false }];
  } finally {
    await Promise.all(started.map((child) => child.end('SIGKILL')));
  }
  isAllPassed &&= rows.every(({ passed }) => passed !== false);
  measured.set(
    figure,
    rows.map((row) => rowOf(figure, row)),
  );
  console.log(measured.get(figure).join('\n'));
  if (!values.quick) await writeResults(values.out, { figures: Object.keys(FIGURES), measured, version, about });
}
if (!values.quick && values.out === RESULTS) await writeReadme(fileURLToPath(fromHere('../README.md')), RESULTS, Object.keys(FIGURES));
// A quick run says nothing of speed.
process.exit(isAllDone && (isAllPassed || values.quick) ? 0 : 1);
