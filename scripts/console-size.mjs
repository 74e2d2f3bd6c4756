#!/usr/bin/env node
/**
 * `npm run console:size`: what a browser loads before a page of the console is there, in bytes as sent. Fails past the limit,
 * so that nobody adds to it unnoticed.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip, fonts as they are: those of a first view. */
const LIMIT = 150_000;

const folder = new URL('../dist/console/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8'));

/** The files of a chunk and of all it imports at once; not of what it loads when asked. */
function filesOf(name, seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const { file, css = [], assets = [], imports = [] } = manifest[name];
  return [file, ...css, ...assets, ...imports.flatMap((one) => filesOf(one, seen))];
}

const sentBytes = (file) => {
  const bytes = readFileSync(new URL(file, folder));
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};

/** Prints what one page weighs; true where that is within the limit. */
function weigh(page) {
  const files = [...new Set([page, ...filesOf(page)])].map((file) => [file, sentBytes(file)]);
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [file, bytes] of files) console.log(`${String(bytes).padStart(8)}  ${file}`);
  console.log(`${String(total).padStart(8)}  the first view of ${page}, of ${String(LIMIT)}\n`);
  return total <= LIMIT;
}

const weighed = ['index.html', 'docs/index.html', 'docs/problem.html', 'jobs/index.html'].map(weigh);
process.exit(weighed.every(Boolean) ? 0 : 1);
