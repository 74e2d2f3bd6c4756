#!/usr/bin/env node
/**
 * `npm run tag-reader`: compiles `assembly/tag-reader.ts` to the WebAssembly that `src/parse/tag-reader-code.ts` holds; with `--check` only
 * says whether that is in step. The compiler is large and asked for here alone, so it is no dependency of the project.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--use', 'abort=', '--initialMemory', '2'];
const source = fileURLToPath(new URL('../assembly/tag-reader.ts', import.meta.url));
const written = fileURLToPath(new URL('../src/parse/tag-reader-code.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'pagewire-tag-reader-'));
try {
  const compiled = join(folder, 'tag-reader.wasm');
  const { status } = spawnSync('npm', ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', source, '-o', compiled, ...OPTIONS], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${COMPILER} could not compile ${source}; its own message above says why`);
  const code =
    readFileSync(compiled)
      .toString('base64')
      .match(/.{1,130}/g) ?? [];
  const text = `// Written by \`npm run tag-reader\` from assembly/tag-reader.ts.\n\n/** The tag reader as WebAssembly, in Base64. */\nexport const TAG_READER = \`\n${code.join('\n')}\n\`;\n`;
  if (!process.argv.includes('--check')) writeFileSync(written, text);
  else if (readFileSync(written, 'utf8') !== text)
    throw new Error(`${written} is not what ${source} gives: run \`npm run tag-reader\` and commit it`);
  console.log(`src/parse/tag-reader-code.ts ${process.argv.includes('--check') ? 'is in step' : 'is written'}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
