/** What package-lock.json names. */
import { readFileSync } from 'node:fs';

/** @typedef {{ name: string, version: string, license: string, integrity: string, dev: boolean, hasInstallScript: boolean }} LockedPackage */

/** Every package of the lock file, one entry a place in node_modules. `dev` are those that production does without. */
export function lockedPackages() {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { name, version, license, integrity, dev, hasInstallScript }]) => ({
      name: name ?? path.split('node_modules/').at(-1),
      version,
      license: license ?? '',
      integrity: integrity ?? '',
      dev: dev === true,
      hasInstallScript: hasInstallScript === true,
    }));
}
