/**
 * Whether the built server says of pages what Chromium, scripts off, has in its DOM: `npm run bench:agreement -- FOLDER`, where
 * FOLDER holds pages as files (.html, .htm, .xhtml, at any depth), or without one those that the tests compare. Where python3 is there, it
 * counts words anew, of the content (`raw words`) and of Chromium's innerText (`text words`), for /wordcount to be held against. Prints every
 * difference, then on how many pages each aspect agrees; differences that README.md tells of are counted apart, by their names.
 * Pages are served on loopback; nothing else is loaded and no name resolved. Exits with 0 whatever it finds, with 2 when it cannot run.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, relative, resolve, sep } from 'node:path';
import { AGREEMENT_PAGES } from '../test/browser/agreement-pages.ts';
import { ASPECTS, compare } from '../test/browser/agreement.ts';
import { launch } from '../test/browser/chromium.ts';
import { domReader } from '../test/browser/dom.ts';
import { startOrigin } from '../test/support/origin-server.ts';
import { response } from '../test/support/scenarios/response.ts';
import { startServer } from './reliability/children.mjs';
import { countByPython, differencesOfWords } from './support/python-words.mjs';

const TYPES = { '.html': 'text/html', '.htm': 'text/html', '.xhtml': 'application/xhtml+xml' };
/** Differences of one page that are told in full. */
const TOLD = 10;

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** Each page of a folder by its path, read when it is asked for. Its files say nothing of their encoding but what is in them. */
function pagesOf(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) fail(`${folder} is not a folder.`);
  const files = readdirSync(folder, { recursive: true }).filter((file) => extname(file).toLowerCase() in TYPES);
  if (files.length === 0) fail(`There is no page in ${folder}: files whose names end with ${Object.keys(TYPES).join(', ')}.`);
  return Object.fromEntries(
    files.sort().map((file) => {
      const path = resolve(folder, file);
      const address = `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`;
      return [address, () => response(readFileSync(path), [['Content-Type', TYPES[extname(file).toLowerCase()]]])];
    }),
  );
}

function shortened(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function tell(path, differences) {
  const told = differences.filter(({ known }) => known === null);
  for (const { aspect, what, ours, theirs } of told.slice(0, TOLD)) {
    console.log(`${path}: ${aspect}, ${what}\n  Pagewire ${shortened(ours)}\n  Chromium ${shortened(theirs)}`);
  }
  if (told.length > TOLD) console.log(`${path}: and ${told.length - TOLD} differences more`);
}

const folder = process.argv[2];
const pages = folder === undefined ? AGREEMENT_PAGES : pagesOf(folder);
const browser = await launch(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']).catch(({ message }) => fail(message));
const origin = await startOrigin({ scenarios: pages });
// On a machine that is busy, too.
const server = await startServer({ PARSE_TIMEOUT_MS: '60000' }).catch(({ message }) => fail(message));
const read = await domReader(browser);

const hasPython = (() => {
  try {
    return countByPython('', 'UTF-8').length === 0;
  } catch ({ message }) {
    console.log(`Words are not counted anew: ${message}`);
    return false;
  }
})();
const aspects = [...ASPECTS, ...(hasPython ? ['raw words', 'text words'] : [])];
const paths = Object.keys(pages);
const counted = { links: 0, elements: 0, attributes: 0 };
/** By aspect, the pages that differ in it, for any reason and for none that is known. */
const differing = Object.fromEntries(aspects.map((aspect) => [aspect, { known: new Set(), unknown: new Set() }]));
const named = new Map();
for (const path of paths) {
  try {
    const compared = await compare(read, server.url, origin.url + path);
    const { counts } = compared;
    const differences = [...compared.differences, ...(hasPython ? await differencesOfWords(server.url, origin.url + path, compared) : [])];
    for (const name of Object.keys(counted)) counted[name] += counts[name];
    for (const { aspect, known } of differences) {
      differing[aspect][known === null ? 'unknown' : 'known'].add(path);
      if (known !== null) named.set(known, (named.get(known) ?? new Set()).add(path));
    }
    tell(path, differences);
  } catch (error) {
    console.log(`${path}: cannot be compared: ${error.message}`);
    for (const aspect of aspects) differing[aspect].unknown.add(path);
  }
}

const number = (value) => value.toLocaleString('en-US');
console.log(
  `\n${aspects.map((aspect) => `${aspect}: ${paths.length - differing[aspect].unknown.size} of ${paths.length} pages`).join('\n')}`,
);
console.log(
  `\ncompared: ${Object.entries(counted)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ')}, in Chromium ${browser.version()}`,
);
for (const [name, where] of named) console.log(`known difference on ${where.size} of ${paths.length} pages: ${name}`);
const others = origin.requests.filter(({ url }) => !paths.includes(url.pathname)).map(({ url }) => url.pathname);
if (others.length > 0) console.log(`asked for besides, and not found: ${[...new Set(others)].join(', ')}`);
await browser.close();
await server.end('SIGTERM');
process.exit(0);
