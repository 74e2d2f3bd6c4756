import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip as gzipWith, type InputType, type ZlibOptions } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { contents, contractJson, graphPlaces, standardsMarkdown } from './docs/build.ts';

const OUTPUT = new URL('../dist/console/', import.meta.url);
const brotli = promisify(brotliCompress);
const gzip = promisify<InputType, ZlibOptions, Buffer>(gzipWith);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Each text beside itself as browsers take it over the wire: compressed once, and not for every answer. */
const compressed: Plugin = {
  name: 'compressed',
  // Of what is written in the end: Vite still changes code while a bundle is generated.
  async writeBundle(_options, bundle) {
    const texts = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|svg)$/.test(name));
    const written = texts.map(async (name) => {
      const path = fileURLToPath(new URL(name, OUTPUT));
      const source = await readFile(path);
      await writeFile(`${path}.br`, await brotli(source));
      await writeFile(`${path}.gz`, await gzip(source, { level: 9 }));
    });
    await Promise.all(written);
  },
};

/** The faces that GraphiQL brings are half a megabyte of its style, as data URLs: what the reader's system has does. */
const withoutFaces: Plugin = {
  name: 'without-faces',
  enforce: 'pre',
  transform: {
    filter: { id: /\/node_modules\/(@graphiql|graphiql)\/.*\.css/ },
    handler: (code) => code.replace(/@font-face\s*\{[^}]*\}/g, ''),
  },
};

/** What /docs shows, made of the files that say it. A text to parse is read faster than a literal. */
const VIRTUAL: Readonly<Record<string, () => string>> = {
  'virtual:contents': () => `export default ${JSON.stringify(contents())}`,
  'virtual:contract': () => `export default JSON.parse(${JSON.stringify(contractJson())})`,
  'virtual:graph-places': () => `export default ${JSON.stringify(graphPlaces())}`,
  'virtual:standards': () => `export default ${JSON.stringify(standardsMarkdown())}`,
};

const madeOfTheContract: Plugin = {
  name: 'made-of-the-contract',
  resolveId: { filter: { id: /^virtual:/ }, handler: (id) => (id in VIRTUAL ? `\0${id}` : null) },
  load: { filter: { id: /^\0virtual:/ }, handler: (id) => VIRTUAL[id.slice(1)]?.() ?? null },
};

/** The pages that a browser is shown: each is an HTML file here, all share what they have in common. */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  // Only what is here decides what is built.
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [withoutFaces, madeOfTheContract, compressed],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(OUTPUT),
    emptyOutDir: true,
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    // The policy lets scripts in by a nonce, which late imports inherit and elements made by a script do not have.
    modulePreload: false,
    // GraphiQL's editor is one; no other page loads it.
    chunkSizeWarningLimit: 2000,
    manifest: true,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: {
        console: here('index.html'),
        graphiql: here('graphiql/index.html'),
        docs: here('docs/index.html'),
        jobs: here('jobs/index.html'),
        problem: here('docs/problem.html'),
      },
      checks: { bundlerTimings: false },
      // Packages say "use client" to frameworks that render on a server, which nobody does here.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
