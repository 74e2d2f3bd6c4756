/**
 * Bundles what the compiler wrote into `dist/` into `dist/server/`, which is what runs: it reads a few large files when it starts in place of 1,900 small
 * ones, in half the time. Part of `npm run build`.
 */
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const built = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** Beside what is found out: it reads files that lie beside its own. */
const apart = new Set([built('../node_modules/@electric-sql/pglite')]);

/** What is not strict in these was read: it does the same in both. Each would take a hundred files with it when the server starts. */
const READ = ['@exodus/bytes/fallback/multi-byte.encodings.cjs', 'graphql-tag/', 'undici/lib/milo/'];

/** The first statement of a file, after its comments. */
const FIRST = /^(?:#!.*\n)?(?:\s|\/\/.*\n|\/\*[^]*?\*\/)*(.{0,12})/;

/** Data alone is the same in both. */
function isSloppy(file, code) {
  const isModule = !file.endsWith('.cjs') && /^\s*(?:import|export)\b/m.test(code);
  if (isModule || READ.some((path) => file.includes(`node_modules/${path}`))) return false;
  return /\bfunction\b|=>|\bclass\b/.test(code) && !/^(['"])use strict\1/.test(FIRST.exec(code)[1]);
}

/** A bundle is a strict module, where some code that was not written for it does something else: such packages stay files of their own. */
const sloppyOnes = {
  name: 'sloppy-ones',
  transform: {
    filter: { id: /node_modules\/.*\.c?js$/ },
    handler(code, file) {
      if (isSloppy(file, code)) apart.add(packageOf(file));
    },
  },
};

const packagesApart = {
  name: 'packages-apart',
  async resolveId(specifier, importer, options) {
    const resolved = await this.resolve(specifier, importer, { ...options, skipSelf: true });
    if (resolved === null || resolved.external || !apart.has(packageOf(resolved.id))) return resolved;
    return { id: relative(built('server'), resolved.id), external: true };
  },
};

/** Packages that Nest's own load by a `require` of theirs would otherwise be there twice: in the bundle, and as files. */
const requiresOfNest = {
  name: 'requires-of-nest',
  transform: {
    filter: { id: /node_modules\/@nestjs\// },
    handler: (code) => code.replace('const require = createRequire(import.meta.url);', ''),
  },
};

/** One character beyond ASCII makes V8 keep the whole file as two bytes a character. */
const ascii = {
  name: 'ascii',
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      if (file.type === 'chunk')
        file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

const bundleWith = (...plugins) =>
  rolldown({
    input: { main: built('main.js'), worker: built('worker.js'), 'embedded-thread': built('jobs/embedded-thread.js') },
    platform: 'node',
    plugins: [packagesApart, requiresOfNest, ...plugins],
    // Packages are asked for that need not be there.
    onLog: (level, log, report) => (log.code === 'UNRESOLVED_IMPORT' ? undefined : report(level, log)),
  });

const seen = await bundleWith(sloppyOnes);
await seen.generate();
await seen.close();
rmSync(built('server'), { recursive: true, force: true });
const bundle = await bundleWith(ascii);
await bundle.write({ dir: built('server'), keepNames: true, comments: false });
await bundle.close();
