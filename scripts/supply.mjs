#!/usr/bin/env node
/**
 * `npm run supply`: what is taken from others, and on which terms. Licences and install scripts of packages, a complete bill
 * of materials, actions pinned by commit, an image without root and secrets. Needs no network.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { lockedPackages } from './lock.mjs';
import { billOfMaterials } from './sbom.mjs';

/** Licences that ask for no more than to be named. A choice (`OR`) needs one of them, a sum (`AND`) all. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/** Packages that would run a script when they are installed, and why it is not missed: scripts are never run here. */
const NEEDLESS_SCRIPTS = new Map([
  ['@apollo/protobufjs', 'warns of versions that do not go together'],
  ['@parcel/watcher', 'compiles where no ready binary is published; ours are'],
  ['@scarf/scarf', 'reports the installation to its maker'],
  ['@swc/core', 'looks for a binary that npm has brought as a package of its own'],
  ['unrs-resolver', 'looks for a binary that npm has brought as a package of its own'],
]);

const problems = [];
const root = new URL('..', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

function isPermissive(license) {
  const bare = license.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermissive);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isPermissive);
  return PERMISSIVE.has(bare);
}

function checkPackages() {
  const packages = lockedPackages();
  const production = packages.filter(({ dev }) => !dev);
  const licences = new Map();
  for (const { name, version, license } of production) {
    licences.set(license, (licences.get(license) ?? 0) + 1);
    if (!isPermissive(license))
      problems.push(`${name}@${version} is under ${license || 'no licence'}, which is not known to be permissive`);
  }
  for (const { name, version, integrity } of packages) {
    if (!integrity.startsWith('sha512-')) problems.push(`${name}@${version} has no sha512 in the lock file`);
  }
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
  for (const { name, version } of scripted) {
    if (!NEEDLESS_SCRIPTS.has(name)) problems.push(`${name}@${version} has an install script: is it needed? Say so in scripts/supply.mjs`);
  }
  const most = [...licences].sort(([, one], [, other]) => other - one);
  console.log(`${String(production.length)} packages in production: ${most.map(([name, count]) => `${name} ${String(count)}`).join(', ')}`);
  console.log(
    `install scripts, none of them run: ${scripted.map(({ name }) => `${name} (${NEEDLESS_SCRIPTS.get(name) ?? '?'})`).join(', ')}`,
  );
}

/** Complete by its own check; here, that its parts fit together. */
function checkBill() {
  const { bomFormat, specVersion, metadata, components, dependencies } = billOfMaterials();
  const refs = new Set([metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  if (bomFormat !== 'CycloneDX' || refs.size !== components.length + 1) problems.push('the bill of materials names a component twice');
  for (const { ref, dependsOn } of dependencies) {
    for (const unknown of [ref, ...dependsOn].filter((one) => !refs.has(one)))
      problems.push(`the bill of materials depends on ${unknown}, which it lacks`);
  }
  console.log(`bill of materials: ${bomFormat} ${specVersion}, ${String(components.length)} components, none missing`);
}

function checkWorkflows() {
  let pinned = 0;
  for (const name of readdirSync(new URL('.github/workflows/', root))) {
    const text = read(`.github/workflows/${name}`);
    for (const [, uses] of text.matchAll(/^[\s-]*uses:\s*(.*)$/gm)) {
      if (/^[\w.-]+\/[\w./-]+@[\da-f]{40} # v\d[\w.]*$/.test(uses)) pinned += 1;
      else problems.push(`${name} uses ${uses}: pin it by the 40 digits of a commit, and name its version in a comment`);
    }
    if (!/^permissions:\n {2}contents: read\n(?! )/m.test(text) || /:\s*write/.test(text))
      problems.push(`${name} asks for more than to read contents`);
  }
  console.log(`actions pinned by commit: ${String(pinned)}`);
}

function checkImage() {
  const lines = read('Dockerfile').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const user = last.findLast((line) => line.startsWith('USER '));
  if (user === undefined || /^USER\s+(root|0)\b/.test(user)) problems.push('the image runs as root');
  if (!last.some((line) => line.startsWith('HEALTHCHECK '))) problems.push('the image has no HEALTHCHECK');
  for (const line of lines) {
    if (/\bnpm (ci|i|install)\b/.test(line) && !line.includes('--ignore-scripts')) problems.push(`the image runs install scripts: ${line}`);
    if (/^(ARG|ENV)\b.*(KEY|TOKEN|SECRET|PASSWORD)/i.test(line)) problems.push(`the image keeps a secret: ${line}`);
    if (line.startsWith('ADD ')) problems.push(`COPY takes what is here, ADD also what is elsewhere: ${line}`);
  }
  console.log(`image: ${String(user)}`);
}

checkPackages();
checkBill();
checkWorkflows();
checkImage();
for (const problem of problems) console.error(`problem: ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);
