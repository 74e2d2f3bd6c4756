/**
 * What `WORKERS=2` gives: pages a second and CPU a page of `/links`, beside the same server with one process, in turn, 16 requests in flight.
 * Origin and callers are processes of their own, so two processors are not enough for all: the ratio is of this machine, as loaded as it is.
 * `npm run bench:workers` builds first; `-- --rounds 11 --workers 2 --answers 2000`.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { commanded, startServer } from './reliability/children.mjs';
import { cpuMs } from './reliability/process-facts.mjs';
import { ordered, targetsOf } from './support/retrievals.mjs';
import { inTurn, ratioOf, spreadOf } from './support/side-by-side.mjs';
import { between, milliseconds, number, times } from './support/words.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '11' },
    workers: { type: 'string', default: '2' },
    answers: { type: 'string', default: '2000' },
    /** A folder of pages, in place of made ones. */
    corpus: { type: 'string' },
  },
});
/** So many of one caller wait for a place however long it takes. */
const IN_FLIGHT = 16;

const fromHere = (path) => new URL(path, import.meta.url);
const origin = await commanded(fromHere('support/origin.mjs'), values.corpus === undefined ? [] : [values.corpus]);
const loader = await commanded(fromHere('support/loader.mjs'));
const targets = targetsOf({ origin }, 'identity');
const cpuOf = { one: [], several: [] };

async function sideOf(name, workers) {
  // Both may retrieve as many at a time: shares of what is set, and connections are not dealt out evenly to the last one.
  const settings = { WORKERS: workers, FETCH_MAX_PER_ORIGIN: '64', MAX_EVENT_LOOP_DELAY_MS: '0' };
  const server = await startServer(settings);
  return async () => {
    const before = cpuMs(server.pid);
    const order = { server: server.url, view: '/links', targets, count: Number(values.answers), lanes: IN_FLIGHT };
    const { answers, seconds } = await ordered(loader, order);
    cpuOf[name].push((cpuMs(server.pid) - before) / answers);
    return (seconds * 1000) / answers;
  };
}

const sides = { one: await sideOf('one', '1'), several: await sideOf('several', values.workers) };
const warmUps = 2;
const ms = await inTurn(sides, { rounds: Number(values.rounds), warmUps });
const rate = (side) => number(1000 / spreadOf(ms[side]).median);
const ratio = ratioOf(ms.one, ms.several);
const cpu = (side) => spreadOf(cpuOf[side].slice(warmUps));
console.log(
  `${String(availableParallelism())} processors, load ${loadavg()[0].toFixed(1)}; ${values.rounds} rounds of ${values.answers} answers`,
);
console.log(
  `pages a second: ${rate('several')} with WORKERS=${values.workers}, ${rate('one')} with 1: ${times(ratio.median)} (middle half ${between(ratio, times)})`,
);
console.log(`CPU a page: ${milliseconds(cpu('several').median)} with WORKERS=${values.workers}, ${milliseconds(cpu('one').median)} with 1`);
process.exit(0);
