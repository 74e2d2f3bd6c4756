/** The table that is printed and kept: a row a measurement; a figure that is measured again replaces its rows. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import prettier from 'prettier';
import { keptRows, machine } from '../reliability/report.mjs';

const HEAD = '| figure | what | asked | median | middle half | measured | result |';
const RULE = '| --- | --- | --- | --- | --- | --- | --- |';
export const TABLE_HEAD = `${HEAD}\n${RULE}`;

export function rowOf(figure, { what, asked, median, spread, measured, passed }) {
  const result = passed === null ? (median === '' ? 'not measured' : 'shown') : passed ? 'pass' : '**FAIL**';
  return `| ${[figure, what, asked, median, spread, measured, result].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const formatted = async (path, text) => prettier.format(text, { ...(await prettier.resolveConfig(path)), parser: 'markdown' });

/**
 * Writes bench/RESULTS.md anew: rows of figures that were not measured now stay. `measured` maps a figure to its rows, in the
 * order of `figures`; `about` is a line on the pages.
 */
export async function writeResults(path, { figures, measured, version, about }) {
  const kept = keptRows(
    path,
    figures.filter((figure) => !measured.has(figure)),
  );
  const rows = figures.flatMap((figure) => measured.get(figure) ?? kept.filter((line) => line.split('|')[1].trim() === figure));
  const text = `# Speed, measured

\`npm run bench\` wrote this on ${new Date().toISOString().slice(0, 10)} (${[...measured.keys()].join(', ')}): ${machine(version)}, ${loadavg()[0].toFixed(1)} after it.
${about}${kept.length === 0 ? '' : ' Rows of other figures are from an earlier run.'}

Sides are measured in turn within one run, so that whatever else the machine does hits all of them alike; a ratio is taken round by
round, and its median and middle half are told. CPU is user and system time of a server's process and all that it starts. The
server is the one that \`npm start\` starts, in production, with the default settings and \`ALLOW_TARGETS=127.0.0.1\`; origin and callers are
processes of their own. Every retrieval of F2, F3, F4, F6 and F8 is of a URL that was never asked for. What fails stays in.

${TABLE_HEAD}
${rows.join('\n')}
`;
  writeFileSync(path, await formatted(path, text));
}

const FROM = '<!-- written by npm run bench, from here -->';
const TO = '<!-- to here -->';

/** Shows the rows of the results in README.md, between two marks, without how each was measured. */
export async function writeReadme(path, resultsPath, figures) {
  const text = readFileSync(path, 'utf8');
  const [start, end] = [text.indexOf(FROM), text.indexOf(TO)];
  if (!existsSync(resultsPath) || start === -1 || end < start) return;
  const rows = keptRows(resultsPath, figures).map((line) => {
    const [, figure, what, asked, median, , , result] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return `| ${[figure, what, asked, median, result].join(' | ')} |`;
  });
  const table = ['| | what | asked | median | result |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
  writeFileSync(path, await formatted(path, `${text.slice(0, start + FROM.length)}\n\n${table}\n\n${text.slice(end)}`));
}
