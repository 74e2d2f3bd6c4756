#!/usr/bin/env node
/**
 * `npm run --silent sbom`: what production is made of, as CycloneDX JSON on standard output, from the lock file alone. npm
 * writes it for everything; its own `--omit dev` leaves out what development needs as well (rxjs, for one), so the lock
 * file says here what stays.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lockedPackages } from './lock.mjs';

const refOf = ({ name, version }) => `${name}@${version}`;

/**
 * The bill of materials as an object.
 *
 * @throws Error when npm fails, or when a package of the lock file would be missing.
 */
export function billOfMaterials() {
  const wanted = new Set(
    lockedPackages()
      .filter(({ dev }) => !dev)
      .map(refOf),
  );
  const run = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) throw new Error(`npm sbom failed (npm 10 or newer has it): ${run.stderr}`);
  const bill = JSON.parse(run.stdout);
  const { component } = bill.metadata;
  const stays = (ref) => wanted.has(ref);
  // npm 10 names what lies in several places several times.
  const components = new Map(bill.components.filter((one) => stays(one['bom-ref'])).map((one) => [one['bom-ref'], one]));
  const needs = new Map();
  for (const { ref, dependsOn } of bill.dependencies.filter((one) => one.ref === component['bom-ref'] || stays(one.ref))) {
    needs.set(ref, new Set([...(needs.get(ref) ?? []), ...dependsOn.filter(stays)]));
  }
  const missing = [...wanted].filter((ref) => !components.has(ref));
  if (missing.length > 0) throw new Error(`the bill of materials lacks ${missing.join(', ')}`);
  return {
    ...bill,
    // npm names it after its directory.
    metadata: { ...bill.metadata, component: { ...component, name: component['bom-ref'].split('@')[0] } },
    components: [...components.values()],
    dependencies: [...needs].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${JSON.stringify(billOfMaterials(), null, 2)}\n`);
