/** The pages that figures are measured on: those of a folder, or made ones that look like them. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { between, oneOf, seededRandom } from '../reliability/random.mjs';

/** As many as the corpus that the figures were first measured on. */
const MADE = 130;
const EXTENSIONS = new Set(['.html', '.htm', '.xhtml']);
const WORDS =
  'the of and to a in for is on that by this with you it not or be are from at as your all have new more an was we will home can us about if page my has search free but our one other do no information time they site he up may what which their news out use any there see only so his when contact here business who web also now help get view online café naïve 東京 “quoted”'.split(
    ' ',
  );

function words(random, count) {
  return Array.from({ length: count }, () => oneOf(random, WORDS)).join(' ');
}

function anchor(random, number) {
  const href = oneOf(random, [
    `/news/${String(number)}/${words(random, 1)}.html`,
    `https://www.example.org/a/${String(number)}?from=page&amp;at=${String(number)}`,
    `item-${String(number)}.html#part`,
    `//cdn.example.net/files/${String(number)}`,
  ]);
  const title = number % 5 === 0 ? ` title="More &mdash; ${words(random, 2)}"` : '';
  return `<a class="link l${String(number % 7)}" href="${href}"${title}>${words(random, between(random, 1, 5))}</a>`;
}

/**
 * A page of about so many bytes with exactly so many links, evenly over its length: headings, lists, paragraphs, images, and
 * a style sheet and scripts of a share that real pages have. The same for the same arguments.
 */
export function madePage({ bytes, links, seed = 1 }) {
  const random = seededRandom(seed);
  const head = `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${words(random, 6)}</title>
<meta name="description" content="${words(random, 12)}"><meta property="og:title" content="${words(random, 5)}">
<link rel="canonical" href="https://www.example.org/${String(seed)}"></head><body><main>\n`;
  const foot = '</main></body></html>\n';
  const pieces = [head];
  let length = head.length + foot.length;
  let linked = 0;
  const add = (piece) => {
    pieces.push(piece);
    length += Buffer.byteLength(piece);
  };
  for (let block = 0; length < bytes || linked < links; block += 1) {
    if (block % 8 === 0) add(`<section id="s${String(block)}"><h2>${words(random, 5)}</h2>\n`);
    // Where the bytes lead, the links follow.
    const due = Math.min(links, length >= bytes ? links : Math.round((length / bytes) * links));
    while (linked < due) add(`<li>${anchor(random, linked++)} ${words(random, 1)}</li>\n`);
    if (length >= bytes) continue;
    const kind = block % 8;
    if (kind === 3 && bytes - length > 600) {
      add(`<script>var settings${String(block)} = {"a": [${'1, '.repeat(between(random, 20, 160))}2], "b": "<b>no tag</b>"};</script>\n`);
    } else if (kind === 5) {
      add(
        `<div class="card wide"><img src="/i/${String(block)}.png" alt="${words(random, 3)}" width=320><span>${words(random, 8)}</span></div>\n`,
      );
    } else {
      add(`<p class="text">${words(random, Math.min(60, Math.max(1, (bytes - length) >> 3)))} &amp; <em>${words(random, 2)}</em>.</p>\n`);
    }
    if (kind === 7) add('</section>\n');
  }
  pieces.push(foot);
  return Buffer.from(pieces.join(''));
}

/** All pages of a run, each with a name: the HTML files of a folder, or without one made ones. Throws where there is none. */
export function pagesOf(folder) {
  if (folder === undefined) {
    const random = seededRandom(7);
    return Array.from({ length: MADE }, (_, index) => ({
      name: `made-${String(index)}`,
      // Most are small and some are large, as real ones are: 190 KB and 170 links in the middle.
      bytes: madePage({ bytes: Math.round(20_000 + 500_000 * random() ** 2), links: between(random, 20, 320), seed: index + 1 }),
    }));
  }
  const files = readdirSync(folder).filter((file) => EXTENSIONS.has(extname(file).toLowerCase()));
  if (files.length === 0) throw new Error(`there is no page in ${folder}: files whose names end with ${[...EXTENSIONS].join(', ')}`);
  return files.sort().map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
