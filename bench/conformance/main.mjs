/**
 * Runs public conformance suites against the sources: `npm run bench:conformance -- FOLDER`, where FOLDER holds the suites as
 * their publishers keep them, at any depth (README.md, "Standards implemented", says which). Prints a table in Markdown, and
 * every case that is missed with its reason. Exits with 1 where a case is missed that nothing explains, with 2 without suites.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { graphemeBreaks, wordBreaks } from './breaks.mjs';
import { legacyCharacters, legacyErrors } from './legacy-encodings.mjs';
import { mediaTypes } from './media-types.mjs';
import { encodingSniffing } from './encoding-sniffing.mjs';
import { domainsToAscii, urls } from './urls.mjs';

/** By file name: what reads the file, and the standard whose cases it holds. */
const SUITES = [
  { files: /^urltestdata(-javascript-only)?\.json$/, run: urls, standard: 'URL Standard, "basic URL parser"' },
  { files: /^toascii\.json$/, run: domainsToAscii, standard: 'URL Standard, "domain to ASCII"' },
  { files: /_chars(_extra)?\.html$/, run: legacyCharacters, standard: 'Encoding Standard, legacy multi-byte encodings' },
  { files: /_errors\.html$/, run: legacyErrors, standard: 'Encoding Standard, errors of decoders' },
  { files: /^tests\d+\.dat$/, run: encodingSniffing, standard: 'HTML Standard, "encoding sniffing algorithm"' },
  { files: /mime-types\.json$/, run: mediaTypes, standard: 'MIME Sniffing Standard, "parse a MIME type"' },
  { files: /^GraphemeBreakTest.*\.txt$/, run: graphemeBreaks, standard: 'UAX #29, grapheme clusters' },
  { files: /^WordBreakTest.*\.txt$/, run: wordBreaks, standard: 'UAX #29, words' },
];

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Name a folder of suites: npm run bench:conformance -- FOLDER. README.md, "Standards implemented", says which there are.');
  process.exit(2);
}

const files = filesBelow(folder);
const origins = originsOf(files);
const results = SUITES.flatMap((suite) => {
  const chosen = files.filter((path) => suite.files.test(basename(path)));
  return chosen.length === 0 ? [] : [{ ...suite, chosen, ...merged(chosen.map((path) => suite.run(path))) }];
});
if (results.length === 0) {
  console.error(`There is no suite in ${folder}; the names of the files are those of their publishers, such as urltestdata.json.`);
  process.exit(2);
}
report(results);
process.exit(results.some(({ misses }) => misses.some(({ reason }) => reason === null)) ? 1 : 0);

function filesBelow(directory) {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`${directory} is not a folder.`);
    process.exit(2);
  }
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(directory, entry.name)) : [join(directory, entry.name)]))
    .sort();
}

/** Where the files are from, as a file ORIGINS.md beside them says in a table: names or globs in backquotes, what it is, from where. */
function originsOf(paths) {
  const path = paths.find((each) => basename(each) === 'ORIGINS.md');
  if (path === undefined) return () => 'not said';
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, files = '', what = '', from = '']) => ({
      names: [...`${files} ${what}`.matchAll(/[^`/ ,]+(?=`)/g)].map(([name]) => name),
      from,
    }));
  const matches = (name, glob) =>
    new RegExp(
      `^${glob
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    ).test(name);
  return (file) => rows.find(({ names, from }) => from !== '' && names.some((name) => matches(basename(file), name)))?.from ?? 'not said';
}

/** Each suite answers { groups: { name: { passed, total } }, misses: [{ name, reason }] }. */
function merged(parts) {
  const groups = {};
  for (const [name, { passed, total }] of parts.flatMap((part) => Object.entries(part.groups))) {
    groups[name] ??= { passed: 0, total: 0 };
    groups[name].passed += passed;
    groups[name].total += total;
  }
  return { groups, misses: parts.flatMap(({ misses }) => misses) };
}

function report(all) {
  console.log('| standard | suite | cases | passed | from |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const { standard, chosen, groups } of all) {
    for (const [name, { passed, total }] of Object.entries(groups)) {
      const share = total === 0 ? '' : ` (${(Math.floor((passed / total) * 1000) / 10).toFixed(1)} %)`;
      console.log(`| ${standard} | ${name} | ${total} | ${passed}${share} | ${origins(chosen[0])} |`);
    }
  }
  console.log(`\nNode.js ${process.versions.node}, Unicode ${process.versions.unicode}\n`);
  for (const { standard, misses } of all) {
    if (misses.length === 0) continue;
    console.log(`\n### Missed: ${standard}\n`);
    for (const { name, reason } of misses) console.log(`- ${name}: ${reason ?? 'NOT EXPLAINED'}`);
  }
}
