/**
 * Whether the tree of HTML, made with a tokenizer of ours, is the one that parse5 makes with its own:
 * `npm run bench:tree-agreement -- [FOLDER] [--runs 100000] [--seed 1]`. Compares the pages of FOLDER (.html, .htm, at any depth, read as UTF-8) as
 * they are and with other newlines, then so many random texts: markup put together from pieces, and cuts of those pages changed in a few places.
 * Prints what differs; exits with 1 where something does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { anyMarkup, mutationOf, ORDINARY_PAGE } from '../test/support/markup.ts';
import { differenceOfTrees } from '../test/support/tree-agreement.ts';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
  allowPositionals: true,
});
const [folder] = positionals;
const files =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true })
        .filter((file) => ['.html', '.htm'].includes(extname(file)))
        .sort();
const pages = files.map((file) => readFileSync(join(folder, file), 'utf8'));

const unequal = files.filter((file, index) => {
  const page = pages[index];
  const newlines = [page, page.replaceAll('\n', '\r\n'), page.replaceAll('\n', '\r')];
  const difference = newlines.map(differenceOfTrees).find((each) => each !== null);
  if (difference !== undefined) console.log(file, difference);
  return difference !== undefined;
});
if (folder !== undefined) console.log(`${String(files.length - unequal.length)} of ${String(files.length)} pages have the same tree`);

const agrees = (markup) => {
  const difference = differenceOfTrees(markup);
  if (difference !== null) throw new Error(JSON.stringify(difference));
};
const mutations = mutationOf([ORDINARY_PAGE, ...pages].filter((page) => page !== ''));
const outcome = fc.check(fc.property(fc.oneof(anyMarkup, mutations), agrees), { numRuns: Number(values.runs), seed: Number(values.seed) });
console.log(`${String(outcome.numRuns)} random texts (seed ${values.seed}): ${outcome.failed ? 'a difference' : 'no difference'}`);
if (outcome.failed) console.log(JSON.stringify(outcome.counterexample), outcome.errorInstance?.message);
process.exit(unequal.length > 0 || outcome.failed ? 1 : 0);
