/**
 * What the server withstands, measured: `npm run bench:reliability`, or parts of it, `-- --only load,faults`. Prints a row a
 * measurement and writes bench/RELIABILITY.md and the summary of it in SECURITY.md. On loopback alone; ends its processes whatever happens.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startLoader, startOrigins, startServer } from './reliability/children.mjs';
import { faults } from './reliability/parts/faults.mjs';
import { garbage } from './reliability/parts/garbage.mjs';
import { hangUps } from './reliability/parts/hang-ups.mjs';
import { load } from './reliability/parts/load.mjs';
import { overload } from './reliability/parts/overload.mjs';
import { restarts } from './reliability/parts/restarts.mjs';
import { soak } from './reliability/parts/soak.mjs';
import { rowOf, TABLE_HEAD, writeReport, writeSummary } from './reliability/report.mjs';

const PARTS = { load, overload, faults, 'hang-ups': hangUps, restarts, garbage, soak };

const REPORT = fileURLToPath(new URL('RELIABILITY.md', import.meta.url));

const { values } = parseArgs({
  options: {
    /** Parts, comma-separated; all of them unless given. */
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    /** load: requests in flight, and for how long. */
    'in-flight': { type: 'string', default: '32' },
    seconds: { type: 'string', default: '30' },
    /** overload: how many times capacity, and for how long. */
    times: { type: 'string', default: '4' },
    'overload-seconds': { type: 'string', default: '60' },
    /** soak: for how long, and how many requests a second. */
    minutes: { type: 'string', default: '30' },
    'per-second': { type: 'string', default: '20' },
    /** hang-ups, restarts, garbage: how many. */
    callers: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '5' },
    runs: { type: 'string', default: '20' },
    responses: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    /** Where the table is kept. */
    out: { type: 'string', default: REPORT },
  },
});

const only = values.only.split(',');
const unknown = only.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`no part is called ${unknown}: ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
const number = (name) => {
  const value = Number(values[name]);
  if (value > 0) return value;
  console.error(`--${name} must be a number above 0`);
  process.exit(2);
};
const options = {
  inFlight: number('in-flight'),
  seconds: number('seconds'),
  times: number('times'),
  overloadSeconds: number('overload-seconds'),
  minutes: number('minutes'),
  perSecond: number('per-second'),
  callers: number('callers'),
  kills: number('kills'),
  runs: number('runs'),
  responses: number('responses'),
  seed: number('seed'),
};

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const measured = new Map();
let isAllPassed = true;
console.log(TABLE_HEAD);
for (const part of Object.keys(PARTS).filter((name) => only.includes(name))) {
  const [origins, loader] = await Promise.all([startOrigins(), startLoader()]);
  const servers = [];
  const start = async (...given) => {
    const server = await startServer(...given);
    servers.push(server);
    return server;
  };
  let rows;
  try {
    rows = await PARTS[part]({ origins, loader, startServer: start, options });
  } catch (error) {
    rows = [{ what: 'the measurement itself', asked: 'to come to its end', measured: String(error.message).slice(0, 500), passed: false }];
  } finally {
    await Promise.all([...servers.map((server) => server.end('SIGKILL')), origins.end(), loader.end()]);
  }
  isAllPassed &&= rows.every(({ passed }) => passed);
  measured.set(
    part,
    rows.map((row) => rowOf(part, row)),
  );
  console.log(measured.get(part).join('\n'));
  await writeReport(values.out, { order: Object.keys(PARTS), measured, version });
  if (values.out === REPORT) await writeSummary(fileURLToPath(new URL('../SECURITY.md', import.meta.url)), REPORT, Object.keys(PARTS));
}
process.exit(isAllPassed ? 0 : 1);
