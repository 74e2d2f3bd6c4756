/** The table that is printed and kept: a row a measurement; a part that is measured again replaces its rows. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import prettier from 'prettier';

const HEAD = '| part | what | asked | measured | result |';
const RULE = '| --- | --- | --- | --- | --- |';

export function rowOf(part, { what, asked, measured, passed }) {
  const cells = [part, what, asked, measured, passed ? 'pass' : '**FAIL**'];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What others ask of the machine: figures of a busy one say more of it than of the server. */
const loadBefore = loadavg()[0].toFixed(1);

/** Where it was measured, and with what. */
export function machine(version) {
  const [cpu] = cpus();
  return `Pagewire ${version}, Node.js ${process.versions.node}, undici ${undiciVersion()}, ${process.platform} on ${String(availableParallelism())} cores (${cpu?.model.trim() || 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load average ${loadBefore} before it began`;
}

function undiciVersion() {
  return JSON.parse(readFileSync(new URL('../../node_modules/undici/package.json', import.meta.url), 'utf8')).version;
}

/** Rows of a file written before, by the part that they begin with. */
export function keptRows(path, parts) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && parts.includes(line.split('|')[1].trim()));
}

/** Writes the file anew: rows of parts that were not measured now stay. `measured` maps a part to its rows. */
export async function writeReport(path, { order, measured, version }) {
  const kept = keptRows(
    path,
    order.filter((part) => !measured.has(part)),
  );
  const rows = order.flatMap((part) => measured.get(part) ?? kept.filter((line) => line.split('|')[1].trim() === part));
  const text = [
    '# Reliability, measured',
    '',
    `\`npm run bench:reliability\` wrote this on ${new Date().toISOString().slice(0, 10)} (${[...measured.keys()].join(', ')}): ${machine(version)}. The server`,
    'is the built one as a process of its own; origins and callers are processes of their own on the same machine and take their',
    'share of its cores. Cases that fail stay in. Settings are the defaults, with `ALLOW_TARGETS=127.0.0.1`; overload, hang-ups and',
    'soak have `CACHE_MAX_BYTES=33554432`, so that snapshots have filled their memory before it is measured; the soak has four times its',
    'load for a sixth of its time before that.',
    ...(kept.length === 0 ? [] : ['Rows of other parts are from an earlier run.']),
    '',
    HEAD,
    RULE,
    ...rows,
    '',
  ].join('\n');
  writeFileSync(path, await prettier.format(text, { ...(await prettier.resolveConfig(path)), parser: 'markdown' }));
}

const FROM = '<!-- written by npm run bench:reliability, from here -->';
const TO = '<!-- to here -->';

/** Tells in another document, between two marks, how many rows of each part passed, and in full those that did not. */
export async function writeSummary(path, reportPath, order) {
  const cells = keptRows(reportPath, order).map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const rows = order.flatMap((part) => {
    const own = cells.filter(([, name]) => name === part);
    const failed = own.filter(([, , , , , result]) => result !== 'pass');
    const told = failed.map(([, , what, asked, measured]) => `**${what}**: asked ${asked}; measured ${measured}`).join('. ');
    return own.length === 0 ? [] : [`| ${part} | ${String(own.length - failed.length)} of ${String(own.length)} | ${told || 'none'} |`];
  });
  const text = readFileSync(path, 'utf8');
  const [start, end] = [text.indexOf(FROM), text.indexOf(TO)];
  const table = ['| part | rows that passed | rows that failed |', '| --- | --- | --- |', ...rows].join('\n');
  const written = `${text.slice(0, start + FROM.length)}\n\n${table}\n\n${text.slice(end)}`;
  if (start !== -1 && end > start)
    writeFileSync(path, await prettier.format(written, { ...(await prettier.resolveConfig(path)), parser: 'markdown' }));
}

export const TABLE_HEAD = `${HEAD}\n${RULE}`;
