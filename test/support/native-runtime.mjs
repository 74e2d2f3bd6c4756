/**
 * Test files run as the server does: as native ES modules, in the realm that Node.js itself is in. Jest's own runtime gives each file a
 * realm and all modules anew, of which the server and its packages have two thousand; here a worker loads them once.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { jestExpect as expect } from '@jest/expect';
import { transformSync } from '@swc/core';
import Runtime from 'jest-runtime';

const SOURCES = new URL('../../', import.meta.url).href;
const PACKAGES = new URL('node_modules/', SOURCES).href;
const GLOBALS = new URL('globals.mjs', import.meta.url).href;

/** Decorators with their metadata are what Node.js does not strip. */
const COMPILED = {
  module: { type: 'es6' },
  sourceMaps: 'inline',
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

let files = 0;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: `${GLOBALS}?${String(files)}`, shortCircuit: true } : next(specifier, context),
  load(url, context, next) {
    const [address] = url.split('?');
    if (!address.endsWith('.ts') || !address.startsWith(SOURCES) || address.startsWith(PACKAGES)) return next(url, context);
    const filename = fileURLToPath(address);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...COMPILED, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

process.setSourceMapsEnabled(true);

class NativeRuntime extends Runtime {
  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    // What is compared is of this realm, and so is what compares it.
    globalThis[Symbol.for('pagewire.test')] = { ...globals, expect };
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    files += 1;
    // Jest's own way to the lines of the sources knows only what Jest has compiled.
    Error.prepareStackTrace = undefined;
    return import(`${pathToFileURL(path).href}?${String(files)}`);
  }
}

export { NativeRuntime as 'module.exports' };
