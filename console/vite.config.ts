import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const OUTPUT = new URL('../dist/console/', import.meta.url);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Each text beside itself as browsers take it over the wire: compressed once, and not for every answer. */
const compressed: Plugin = {
  name: 'compressed',
  // Of what is written in the end: Vite still changes code while a bundle is generated.
  async writeBundle(_options, bundle) {
    const texts = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|svg)$/.test(name));
    for (const name of texts) {
      const path = fileURLToPath(new URL(name, OUTPUT));
      const source = await readFile(path);
      await writeFile(`${path}.br`, brotliCompressSync(source));
      await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
    }
  },
};

/** The pages that a browser is shown: each is an HTML file here, all share what they have in common. */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  // Only what is here decides what is built.
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [compressed],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(OUTPUT),
    emptyOutDir: true,
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    // The policy lets scripts in by a nonce, which late imports inherit and elements made by a script do not have.
    modulePreload: false,
    manifest: true,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { input: { console: here('index.html') } },
  },
});
